package command

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"ebmcheck/properties"
	"ebmcheck/properties/result"
	"ebmcheck/reports"
)

func explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain ID",
		Short: "Say what a claim states, and where, how it is judged, and prove it",
		Long: `Say what a claim states, where it is stated, how it is judged, and prove it. ID
is a name or number of list, a theorem, an identity (I13), an erratum (E8), a
row of Table 1 (T1.hinge), or a claim about what is no operation, such as
anneal.unbiased, all of which reports/claims.md has.`,
		Example: "  ebmcheck explain C37\n  ebmcheck explain nll.gradient\n  ebmcheck explain simple.branch-zero-wrong\n  ebmcheck explain I13",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := properties.Find(args[0])
			if err != nil {
				if c, ok := reports.FindApart(args[0]); ok {
					explainApart(cmd.OutOrStdout(), c)
					return nil
				}
				return explainReference(cmd.OutOrStdout(), args[0], err)
			}
			shown, err := counterexample(cmd.Context(), c)
			if err != nil {
				return exit{result.ExitIncomplete, err}
			}
			explain(cmd.OutOrStdout(), c, shown)
			if err := explainProofs(cmd.OutOrStdout(), c); err != nil {
				return exit{result.ExitRefuted, err}
			}
			fmt.Fprintf(cmd.OutOrStdout(), "\nTo judge it: ebmcheck verify --claims %s\n", c.ID)
			return nil
		},
	}
}

// explainReference writes what is proved of a row of Table 1, an erratum or an identity, or of that name, and which statements are about it.
// Where there is neither it says that there is no such claim.
func explainReference(w io.Writer, ref string, unknown error) error {
	claims, _ := properties.Select(ref)
	claims = slices.DeleteFunc(claims, func(c properties.Claim) bool { return c.Layer() == "code" })
	theorems, err := theoremsOf([]string{ref})
	switch {
	case err == nil:
		explainPart(w, ref)
		if err := explainTheorems(w, theorems); err != nil {
			return exit{result.ExitRefuted, err}
		}
	case len(claims) > 0:
	default:
		return exit{result.ExitUsage, unknown}
	}
	for _, c := range claims {
		fmt.Fprintf(w, "\nA statement about it (%s):\n%s\n    More: ebmcheck explain %s\n", c.Where, wrap(c.Says, 76, "    "), c.ID)
	}
	return nil
}

// counterexample is where a statement does not hold as printed, as the special cases and
// a few random ones show it; "" if they do not. What is claimed of code fails on a subject.
func counterexample(ctx context.Context, c properties.Claim) (shown string, err error) {
	if c.Layer() == "code" {
		return "", nil
	}
	const checks = 100
	run := properties.Run{Claims: []properties.Claim{c}, Seed: 1, Checks: checks, Emit: func(r result.Result) error {
		shown = reports.Witness(r)
		return nil
	}}
	err = run.Do(ctx)
	return shown, err
}

// explain writes all that the ledger says about c, and the counterexample.
func explain(w io.Writer, c properties.Claim, shown string) {
	where := c.Where
	if len(c.Refs) > 0 {
		where += "; " + strings.Join(c.Refs, ", ")
	}
	fmt.Fprintf(w, "%s  (%s)\n\n", c.ID, where)
	parts := [][2]string{{"It says", c.Says}}
	if c.Layer() == "code" {
		parts = append(parts, [2]string{"As a formula", c.Formula})
	} else {
		holds, shows := reports.Headings(c.Verdict, c.Stated)
		if c.Formula == c.Printed {
			c.Formula = ""
		}
		parts = slices.Concat(parts, reports.Printed(c.Printed, c.Stated), [][2]string{
			{"Verdict", reports.Word(c.Verdict)}, {"Why", c.Why}, {"Condition", c.Condition}, {shows, shown}, {holds, c.Formula},
		})
	}
	for _, part := range append(parts, [2]string{"Planted fault", c.Fault}) {
		if part[1] != "" {
			fmt.Fprintf(w, "%s:\n%s\n", part[0], wrap(part[1], 76, "    "))
		}
	}
}

// explainApart writes what the page of claims about no operation says of one.
func explainApart(w io.Writer, c reports.Apart) {
	fmt.Fprintf(w, "%s  (%s)\n\n", c.ID, c.Where)
	for _, part := range [][2]string{{"It says", c.Says}, {"Of", c.Of}, {"Evidence", c.Evidence}, {"Planted faults", c.Faults}} {
		fmt.Fprintf(w, "%s:\n%s\n", part[0], wrap(part[1], 76, "    "))
	}
	fmt.Fprintf(w, "\nNo program is asked for it: reports/claims.md says why.\nTo judge it: go test ./%s -run Claims\n", c.Package)
}

// wrap breaks text into lines of at most width characters, each indented.
func wrap(text string, width int, indent string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		b.WriteString(indent)
		at := 0
		for _, word := range strings.Fields(line) {
			n := len([]rune(word))
			if at > 0 && at+1+n > width-len(indent) {
				b.WriteString("\n" + indent)
				at = 0
			} else if at > 0 {
				b.WriteByte(' ')
				at++
			}
			b.WriteString(word)
			at += n
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}
