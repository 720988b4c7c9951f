package command

import (
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"ebmcheck/properties/atlas"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/result"
	"ebmcheck/reports"
)

func atlasCommand() *cobra.Command {
	var d doorway
	var out, seed string
	var checks, rounds int
	c := &cobra.Command{
		Use:   "atlas [flags] [-- COMMAND ARGS...]",
		Short: "Look for the largest errors of an implementation, uphill",
		Long: `Atlas looks, for each op and each of its numbers, for the largest error of COMMAND,
or of this module's own implementation, in ulps of the true value: in the regime
tame (energies of at most 50, β from 0.01 to 100), from the worst of the grid and
of random cases uphill, a bit of a number at a time. It writes results.jsonl into the
folder of --out; "ebmcheck report --atlas FILE" makes a page of several.

What it tells is the largest error found in so many cases, and no bound. The exit
code is that of what is REQUIRED, as of gate.`,
		Example: `  ebmcheck atlas -- python3 my_losses.py
  ebmcheck report --atlas atlas.md mine/results.jsonl theirs/results.jsonl`,
		RunE: func(cmd *cobra.Command, command []string) error {
			number, err := parseSeed(seed)
			if err == nil && (checks < 1 || rounds < 0) {
				err = fmt.Errorf("--checks %d, --rounds %d: want at least 1, and 0", checks, rounds)
			}
			if err != nil {
				return exit{result.ExitUsage, err}
			}
			ctx, stop := interruptible()
			defer stop()
			subject, end, err := d.subject(ctx, cmd, command)
			if err != nil {
				return err
			}
			defer end()
			unlock, err := lock(out, subject.Name, false)
			if err != nil {
				return exit{result.ExitUsage, err}
			}
			defer unlock()
			header := result.NewHeader(number, checks, subject.Info())
			header.Profile, header.Started = "atlas", time.Now().UTC().Format(time.RFC3339)
			var results []result.Result
			footer := result.Footer{Type: "footer", Complete: true, Counts: map[result.Outcome]int{}}
			search := atlas.Search{Subject: subject, Regime: judge.Tame, Seed: number, Checks: checks, Rounds: rounds}
			search.Emit = func(rs []result.Result) error {
				for _, r := range rs {
					if footer.Counts[r.Outcome]++; !slices.Contains(header.Claims, r.Claim) {
						header.Claims = append(header.Claims, r.Claim)
						fmt.Fprintf(cmd.OutOrStdout(), "%s: largest found in %s cases: %s ulps, at %s\n", r.Claim, thousands(r.Cases), result.Ulps(float64(*r.Ulps)), r.Worst.Case)
					}
				}
				results = append(results, rs...)
				return nil
			}
			if err := search.Do(ctx); err != nil {
				return exit{result.ExitIncomplete, fmt.Errorf("ended early (%w)", err)}
			}
			if err := rewrite(filepath.Join(out, "results.jsonl"), header, results, footer); err != nil {
				return exit{result.ExitIncomplete, err}
			}
			return failed(reports.NewRun(header, results, footer).ExitCode())
		},
	}
	d.flags(c)
	c.Flags().StringVar(&out, "out", "out/atlas", "folder for results.jsonl")
	c.Flags().StringVar(&seed, "seed", "1", "seed of the search, a number or random")
	c.Flags().IntVar(&checks, "checks", 2000, "random cases an op to begin from, beside the grid")
	c.Flags().IntVar(&rounds, "rounds", 60, "steps of a climb, at most")
	return c
}
