package command

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"github.com/spf13/cobra"

	"ebmcheck/properties"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A verification is what verify was asked to do.
type verification struct {
	claims string
	checks int
	seed   string
	shard  string
	out    string
	resume bool
}

func verifyCommand() *cobra.Command {
	var v verification
	c := &cobra.Command{
		Use:   "verify",
		Short: "Judge every statement of the source, and the module's own losses",
		Long: `Verify runs the ledger: every statement of the source, and every claim about
code on this module's own implementation. It writes results.jsonl, report.html
and report.md into the folder of --out and a summary to the terminal.

Patterns of --claims are ids or references, * standing for any characters,
separated by commas: C37, nll.*, chain.*,C5*`,
		Example: `  ebmcheck verify
  ebmcheck verify --claims 'chain.*,C51' --checks 100000
  ebmcheck verify --seed random --out nightly`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return v.run(cmd) },
	}
	c.Flags().StringVar(&v.claims, "claims", "", "only the claims that match `PATTERN`")
	c.Flags().IntVar(&v.checks, "checks", properties.Promised, "random cases a claim and regime")
	c.Flags().StringVar(&v.seed, "seed", "1", "seed of the random cases, a number or random")
	c.Flags().StringVar(&v.out, "out", "out", "folder for results and reports")
	c.Flags().BoolVar(&v.resume, "resume", false, "go on with the unfinished results.jsonl in --out")
	shardFlag(c, &v.shard)
	return c
}

func (v verification) run(cmd *cobra.Command) error {
	claims, err := properties.Select(v.claims)
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	seed, err := parseSeed(v.seed)
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	if v.checks < 1 {
		return exit{result.ExitUsage, fmt.Errorf("--checks %d: want at least 1", v.checks)}
	}
	shard, err := shardOf(v.shard)
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	ctx, stop := interruptible()
	defer stop()
	return session{claims: claims, subject: op.Reference(), profile: "gate", seed: seed, checks: v.checks,
		shard: shard, out: v.out, resume: v.resume, again: resumption(cmd, seed, nil),
		replay: func(claim, file string) string {
			if file != "" {
				return quoted("ebmcheck", "replay", file)
			}
			return fmt.Sprintf("ebmcheck verify --claims %s --seed %d --checks %d", claim, seed, v.checks)
		}}.run(ctx, stop, cmd.OutOrStdout(), cmd.ErrOrStderr())
}

// parseSeed reads --seed. A random one is told through the header and the
// report.
func parseSeed(s string) (uint64, error) {
	if s == "random" {
		return rand.Uint64()>>16 | 1, nil
	}
	seed, err := strconv.ParseUint(s, 10, 48)
	if err != nil {
		return 0, fmt.Errorf("--seed %q: want a whole number below 2⁴⁸, or random", s)
	}
	return seed, nil
}
