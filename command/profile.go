package command

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"ebmcheck/properties"
	"ebmcheck/properties/op"
	"ebmcheck/properties/profile"
	"ebmcheck/properties/result"
	"ebmcheck/reports"
)

func profileCommand() *cobra.Command {
	var name, condition, page string
	var d doorway
	var asJSON bool
	c := &cobra.Command{
		Use:   "profile [FORMULA]",
		Short: "Say which of the theory's conditions a loss meets, and prove it",
		Long: `Profile answers of a loss, given by its formula or as an op of the catalogue:
its gradient, its sign, where it is 0, whether it is convex, shift-invariant,
homogeneous, monotone and smooth, its margin by Condition 3 of LeCun et al.
2006, whether it permits collapse, whether its slope fades where F ≥ F̄, and
which known losses it equals or lies between. Each answer is proved, refuted by
a case, or sampled in so many cases; where none is, it says so. --page writes
this for a browser, with the loss over the plane of F and F̄ and each proof line
by line.

Parameters are above 0. Those that the condition of --if mentions are as it
says.

With a command after -- the op is asked of that program: of the questions those
that sums of its answers decide. They are refuted by calls, beyond what REQUIRED
allows the answers to be off together, or sampled; never proved.

Exit codes: 0 answered, 2 usage, 3 the program could not be started or broke
the protocol, 4 nothing was answered.`,
		Example: `  ebmcheck profile 'pos(m + F[y] - F[ybar])^2'
  ebmcheck profile --if '0 <= eps and eps < 1' '(1 - eps)*F[y] + eps*F[ybar]'
  ebmcheck profile --page hinge.html 'pos(m + F[y] - F[ybar])'
  ebmcheck profile --op hinge --json
  ebmcheck profile --op hinge -- python3 my_losses.py`,
		RunE: func(cmd *cobra.Command, args []string) error {
			var p *profile.Profile
			var err error
			switch {
			case cmd.ArgsLenAtDash() >= 0:
				p, err = d.profile(cmd, name, condition+page, args)
				if err != nil {
					return err
				}
			case len(args) > 1 || (len(args) == 1) == (name != ""):
				return exit{result.ExitUsage, fmt.Errorf("want a formula, or --op with the name of an op")}
			case name != "":
				p, err = properties.Profile(properties.Op(name), condition)
			default:
				p, err = profile.Of(args[0], condition)
			}
			if err != nil {
				return exit{result.ExitUsage, err}
			}
			if page != "" {
				var b bytes.Buffer
				if err := writeProfile(&b, p); err != nil {
					return err
				}
				if err := put(page, b.Bytes()); err != nil {
					return exit{result.ExitUsage, fmt.Errorf("--page: %s: %w", page, cause(err))}
				}
			}
			if asJSON {
				e := json.NewEncoder(cmd.OutOrStdout())
				e.SetEscapeHTML(false)
				e.SetIndent("", "  ")
				return e.Encode(p)
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), p.Text())
			return err
		},
	}
	c.Flags().StringVar(&name, "op", "", "an op of the catalogue, in place of a formula")
	c.Flags().StringVar(&condition, "if", "", "what is known of parameters, as a condition: 'm >= 0 and eps < 1'")
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	d.flags(c)
	c.Flags().StringVar(&page, "page", "", "write a page too, with the loss over the plane of F and F̄ and the proofs, to `FILE`")
	return c
}

// profile asks the program that command starts about an op; only is what is said of formulas alone.
func (d *doorway) profile(cmd *cobra.Command, name, only string, command []string) (*profile.Profile, error) {
	if err := commandAfterDash(cmd, command); err != nil {
		return nil, exit{result.ExitUsage, err}
	}
	if name == "" || only != "" {
		return nil, exit{result.ExitUsage, fmt.Errorf("want ebmcheck profile --op NAME -- COMMAND ARGS: --if and --page are of formulas")}
	}
	ctx, stop := interruptible()
	defer stop()
	door, subject, err := d.open(ctx, cmd.ErrOrStderr(), command)
	if err != nil {
		return nil, err
	}
	defer door.Close()
	o := properties.Op(name)
	if r, ok := op.Find(o); ok && r.Answers == op.AsValue && !subject.Offers(o) {
		return nil, exit{result.ExitIncomplete, fmt.Errorf("%s does not offer %s: it offers %v", subject.Name, o, subject.Ops)}
	}
	p, err := profile.OfProgram(subject, o)
	switch unanswered := new(profile.Unanswered); {
	case errors.As(err, &unanswered):
		return nil, interrupted(ctx, exit{result.ExitIncomplete, err})
	case err != nil:
		return nil, exit{result.ExitUsage, err}
	}
	return p, interrupted(ctx, nil)
}

// writeProfile writes the page on a loss.
func writeProfile(w io.Writer, p *profile.Profile) error {
	page := reports.LossProfile{Formula: p.Formula, ForAll: p.ForAll}
	if p.Plane != nil {
		page.Plane = &reports.LossPlane{Loss: p.Plane.Loss, Margin: p.Plane.Margin, At: p.Plane.At}
	}
	for _, a := range p.Answers {
		shown := reports.LossAnswer{Question: a.Question, Answer: a.Answer, Formula: a.Formula, Evidence: string(a.Evidence), Rests: a.Rests(), Why: a.Why}
		if a.Evidence == profile.Refuted {
			shown.Fails, shown.Case = a.Fails, a.Case
		}
		for _, s := range a.Statements {
			t := reports.LossStatement{Text: s.Text}
			if s.Proof != nil {
				lines, err := s.Proof.Listing()
				if err != nil {
					return err
				}
				for _, l := range lines {
					t.Proof = append(t.Proof, reports.ProofLine(l))
				}
				t.Steps = s.Proof.Steps
			}
			shown.Statements = append(shown.Statements, t)
		}
		page.Answers = append(page.Answers, shown)
	}
	return reports.Profile(w, page)
}
