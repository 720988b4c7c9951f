package command

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"ebmcheck/properties"
	"ebmcheck/properties/profile"
	"ebmcheck/properties/result"
)

func profileCommand() *cobra.Command {
	var name, condition string
	var asJSON bool
	c := &cobra.Command{
		Use:   "profile [FORMULA]",
		Short: "Say which of the theory's conditions a loss meets, and prove it",
		Long: `Profile answers of a loss, given by its formula or as an op of the catalogue:
its gradient, its sign, where it is 0, whether it is convex, shift-invariant,
homogeneous, monotone and smooth, its margin by Condition 3 of LeCun et al.
2006, whether it permits collapse, whether its slope fades where F ≥ F̄, and
which known losses it equals or lies between. Each answer is proved, refuted by
a case, or sampled in so many cases; where none is, it says so.

Parameters are above 0. Those that the condition of --if mentions are as it says.

Exit codes: 0 answered, 2 usage.`,
		Example: `  ebmcheck profile 'pos(m + F[y] - F[ybar])^2'
  ebmcheck profile --if '0 <= eps and eps < 1' '(1 - eps)*F[y] + eps*F[ybar]'
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
	return c
}
