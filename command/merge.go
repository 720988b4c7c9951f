package command

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ebmcheck/properties"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/result"
	"ebmcheck/reports"
)

func mergeCommand() *cobra.Command {
	var out string
	var also outputs
	c := &cobra.Command{
		Use:   "merge [flags] RESULTS...",
		Short: "Make one run of the shards of one on many machines",
		Long: `Merge reads the results.jsonl of all shards of a run (verify or gate with
--shard 0/n to n-1/n) and writes into the folder of --out what one run would
have written: results.jsonl, the reports and the counterexamples. But for times
it is the same; only a fresh folder has no counterexamples that others left
there.

A shard that is missing, given twice, not done, or of another run (another
subject, seed, number of checks, version, choice of claims, list of known
failures or number of shards) is refused, and nothing is written.

Of exhaustive it reads the exhausted.jsonl of all shards instead.

It exits as one run would: what decides is in the results.`,
		Example: `  ebmcheck gate --shard 0/2 --out out/0 -- python3 my_losses.py
  ebmcheck gate --shard 1/2 --out out/1 -- python3 my_losses.py
  ebmcheck merge --out out/all out/0/results.jsonl out/1/results.jsonl`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if areExhausted(args) {
				return mergeExhausted(cmd, also, args, out)
			}
			runs, err := readRuns(args)
			if err != nil {
				return exit{result.ExitUsage, err}
			}
			whole, err := merged(args, runs)
			if err != nil {
				return exit{result.ExitUsage, err}
			}
			return whole.write(cmd.OutOrStdout(), also, out)
		},
	}
	c.Flags().StringVarP(&out, "out", "o", "out", "folder for results and reports")
	also.flags(c)
	return c
}

// A merger is what all shards found.
type merger struct {
	header  result.Header
	results []result.Result
	known   []judge.Expectation
	seconds float64
	shards  int
	outs    []string // the folder of each shard, as its commands to replay name it
}

// merged puts the runs of these files together. It returns an error if they are not all the
// shards of one run, each once and done.
func merged(names []string, runs []*reports.Run) (*merger, error) {
	var headers []result.Header
	for i, r := range runs {
		s := r.Header.Shard
		switch {
		case r.Header.Version == "":
			return nil, fmt.Errorf("%s has no header: want the results.jsonl of a shard", names[i])
		case !s.IsZero() && r.Header.Whole == nil:
			return nil, fmt.Errorf("%s, %s, does not say which run it is a part of", names[i], s.Words())
		}
		headers = append(headers, r.Header)
	}
	header, err := oneRun(names, headers)
	if err != nil {
		return nil, err
	}
	whole, of := runs[0].Header.Whole, len(runs)
	m := &merger{header: header, shards: of, outs: make([]string, of)}
	for i, r := range runs {
		if !r.Complete {
			return nil, fmt.Errorf("%s, %s, is not done: %s Go on with it by --resume", names[i], r.Header.Shard.Words(), strings.Join(r.Gaps, " "))
		}
		for _, line := range r.Results {
			if u := line.Unit(); !r.Header.Shard.Owns(u) {
				return nil, fmt.Errorf("%s, %s, has a line about %s, which is not its own but of %s", names[i], r.Header.Shard.Words(), u, r.Header.Shard.Owner(u).Words())
			}
			if !slices.Contains(whole.Units, line.Unit()) || !slices.Contains(header.Claims, line.Claim) || line.Subject != "" && line.Subject != header.Subject.Name {
				return nil, fmt.Errorf("%s, %s, has a line about %s of %s, which is none of its run's on %s", names[i], r.Header.Shard.Words(), line.Claim, cmp.Or(line.Subject, "the theory"), header.Subject.Name)
			}
			line.Expected = "" // is judged again, from all
			m.results = append(m.results, line)
		}
		m.outs[r.Header.Shard.Index] = r.Header.Whole.Out
		m.seconds += r.Footer.Seconds
	}
	properties.Sort(whole.Units, m.results)
	if m.known, err = judge.ReadExpectations(strings.NewReader(whole.Known)); err != nil {
		return nil, fmt.Errorf("%s: its known failures: %w", names[0], err)
	}
	return m, nil
}

// write writes what one run would have written into the folder dir.
func (m *merger) write(stdout io.Writer, also outputs, dir string) error {
	unlock, err := lock(dir, m.header.Subject.Name, false)
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	defer unlock()
	store, err := openStore(filepath.Join(dir, "counterexamples"))
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	footer := result.Footer{Type: "footer", Complete: true, Counts: map[result.Outcome]int{}, Seconds: m.seconds}
	for i := range m.results {
		r := &m.results[i]
		stored, err := store.settle(*r, m.header)
		if err != nil {
			return exit{result.ExitIncomplete, err}
		}
		if stored != "" {
			r.Replay = strings.Replace(r.Replay, quoted(m.left(*r)), quoted(stored), 1)
		}
		footer.Counts[r.Outcome]++
	}
	began, err := time.Parse(time.RFC3339, m.header.Started)
	if err != nil {
		return exit{result.ExitUsage, fmt.Errorf("started %q: want a time such as 2026-01-31T12:00:00Z", m.header.Started)}
	}
	footer.Stale = judge.Expect(m.known, m.results, began)
	var files written
	file := filepath.Join(dir, "results.jsonl")
	files.add(file, rewrite(file, m.header, m.results, footer))
	run := reports.NewRun(m.header, m.results, footer)
	writeReports(stdout, also, run, dir, &files)
	store.tell(stdout)
	if err := files.err(); err != nil {
		return exit{unlessWhole(run.ExitCode()), err}
	}
	return failed(run.ExitCode())
}

// left is where the shard that found r left its counterexample.
func (m *merger) left(r result.Result) string {
	owner := result.Shard{Of: m.shards}.Owner(r.Unit())
	return (&store{dir: filepath.Join(m.outs[owner.Index], "counterexamples")}).file(r, m.header)
}
