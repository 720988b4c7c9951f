package command

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"ebmcheck/properties"
	"ebmcheck/properties/profile"
	"ebmcheck/properties/result"
	"ebmcheck/reports"
)

func profileCommand() *cobra.Command {
	var name, condition, page string
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

Parameters are above 0. Those that the condition of --if mentions are as it says.

Exit codes: 0 answered, 2 usage.`,
		Example: `  ebmcheck profile 'pos(m + F[y] - F[ybar])^2'
  ebmcheck profile --if '0 <= eps and eps < 1' '(1 - eps)*F[y] + eps*F[ybar]'
  ebmcheck profile --page hinge.html 'pos(m + F[y] - F[ybar])'
  ebmcheck profile --op hinge --json`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(args) == 1) == (name != "") {
				return exit{result.ExitUsage, fmt.Errorf("want a formula, or --op with the name of an op")}
			}
			var p *profile.Profile
			var err error
			if name != "" {
				p, err = properties.Profile(properties.Op(name), condition)
			} else {
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
	c.Flags().StringVar(&page, "page", "", "write a page too, with the loss over the plane of F and F̄ and the proofs, to `FILE`")
	return c
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
