package command

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"ebmcheck/properties"
	"ebmcheck/properties/result"
)

// ofCode stands where a statement has its verdict: a program has none before it is judged.
const ofCode = "code"

func listCommand() *cobra.Command {
	verdicts := []string{string(result.Holds), string(result.HoldsIf), string(result.IsRefuted), string(result.NotCheckable), ofCode}
	var only string
	c := &cobra.Command{
		Use:   "list [PATTERN]",
		Short: "List the claims, a line each: number, name, verdict, what it says",
		Long: `List the claims, a line each: number, name, verdict, what it says. PATTERN is
as for verify --claims: names or numbers, with * for any characters, and
commas. Claims about densities, chains and samplers, which are no operations
and which no program is asked for, are on a page of their own,
reports/claims.md; explain has them. A terminal is given lines of 80 columns,
the words beneath.`,
		Example: "  ebmcheck list --verdict refuted\n  ebmcheck list 'X*'\n  ebmcheck list 'nll.*,hinge.*'",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if only != "" && !slices.Contains(verdicts, only) {
				return exit{result.ExitUsage, fmt.Errorf("--verdict %s: want %s", only, strings.Join(verdicts, ", "))}
			}
			claims, err := properties.Select(strings.Join(args, ""))
			if err != nil {
				return exit{result.ExitUsage, err}
			}
			for _, c := range claims {
				listClaim(cmd.OutOrStdout(), c, only)
			}
			return nil
		},
	}
	c.Flags().StringVar(&only, "verdict", "", "only those of this verdict: "+strings.Join(verdicts, ", "))
	return c
}

// listClaim writes the line of c, unless only another verdict is wanted.
func listClaim(w io.Writer, c properties.Claim, only string) {
	number, verdict := "", ofCode
	if c.Layer() != "code" {
		number, verdict = c.Refs[0], string(c.Verdict)
	}
	switch head := fmt.Sprintf("%-3s %-30s %-13s", number, c.ID, verdict); {
	case only != "" && only != verdict:
	case terminal(w):
		fmt.Fprintf(w, "%s\n%s\n", strings.TrimRight(head, " "), wrap(c.Says, 80, "    "))
	default:
		fmt.Fprintf(w, "%s %s\n", head, c.Says)
	}
}
