package command

import (
	"fmt"
	"io"
	"path/filepath"
	"reflect"
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
	has := map[result.Shard]string{}
	first := runs[0].Header
	for i, r := range runs {
		s := r.Header.Shard
		if s.IsZero() || r.Header.Whole == nil {
			return nil, fmt.Errorf("%s is of a whole run, not a shard of one", names[i])
		}
		if difference := differs(r.Header, first); difference != "" {
			return nil, fmt.Errorf("%s and %s are of two runs: %s", names[0], names[i], difference)
		}
		if other, again := has[s]; again {
			return nil, fmt.Errorf("%s and %s are both %s: give each once", other, names[i], s.Words())
		}
		has[s] = names[i]
		if !r.Complete {
			return nil, fmt.Errorf("%s, %s, is not done: %s Go on with it by --resume", names[i], s.Words(), strings.Join(r.Gaps, " "))
		}
	}
	var missing []string
	for i := range first.Shard.Of {
		if s := (result.Shard{Index: i, Of: first.Shard.Of}); has[s] == "" {
			missing = append(missing, s.String())
		}
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("of the %d shards there is none for %s", first.Shard.Of, strings.Join(missing, ", "))
	}
	m := &merger{header: first, shards: first.Shard.Of, outs: make([]string, first.Shard.Of)}
	m.header.Shard, m.header.Whole = result.Shard{}, nil
	var goes, platforms []string
	for i, r := range runs {
		for _, line := range r.Results {
			if u := line.Unit(); !r.Header.Shard.Owns(u) {
				return nil, fmt.Errorf("%s, %s, has a line about %s, which is not its own but of %s", names[i], r.Header.Shard.Words(), u, r.Header.Shard.Owner(u).Words())
			}
			line.Expected = "" // is judged again, from all
			m.results = append(m.results, line)
		}
		m.outs[r.Header.Shard.Index] = r.Header.Whole.Out
		m.header.Started = min(m.header.Started, r.Header.Started)
		m.seconds += r.Footer.Seconds
		goes, platforms = append(goes, r.Header.Go), append(platforms, r.Header.Platform)
	}
	m.header.Go, m.header.Platform = distinct(goes), distinct(platforms)
	properties.Sort(first.Whole.Units, m.results)
	var err error
	if m.known, err = judge.ReadExpectations(strings.NewReader(first.Whole.Known)); err != nil {
		return nil, fmt.Errorf("%s: its known failures: %w", names[0], err)
	}
	return m, nil
}

// differs says in what two shards are of different runs; "" if of one.
func differs(h, first result.Header) string {
	for _, d := range []struct {
		what       string
		is, wanted any
	}{
		{"version of ebmcheck", h.Version, first.Version},
		{"subject", h.Subject.Name, first.Subject.Name},
		{"subject's precision", h.Subject.Precision, first.Subject.Precision},
		{"subject's version", h.Subject.Version, first.Subject.Version},
		{"subject's framework", h.Subject.Framework, first.Subject.Framework},
		{"subject's ops", h.Subject.Ops, first.Subject.Ops},
		{"definitions of the subject's losses", h.Subject.Defined, first.Subject.Defined},
		{"subject's declarations", h.Subject.Declares, first.Subject.Declares},
		{"seed", h.Seed, first.Seed},
		{"number of checks", h.Checks, first.Checks},
		{"profile", h.Profile, first.Profile},
		{"number of shards", h.Shard.Of, first.Shard.Of},
		{"claims", h.Claims, first.Claims},
		{"units of work", h.Whole.Units, first.Whole.Units},
		{"known failures", h.Whole.Known, first.Whole.Known},
	} {
		if reflect.DeepEqual(d.is, d.wanted) {
			continue
		}
		text := "they differ in the " + d.what
		if is, wanted := fmt.Sprint(d.is), fmt.Sprint(d.wanted); len(is)+len(wanted) < 100 {
			text += fmt.Sprintf(", %s and %s", wanted, is)
		}
		return text
	}
	return ""
}

// distinct are the texts, each once.
func distinct(texts []string) string {
	slices.Sort(texts)
	return strings.Join(slices.Compact(texts), ", ")
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
		return exit{result.ExitIncomplete, err}
	}
	return failed(run.ExitCode())
}

// left is where the shard that found r left its counterexample.
func (m *merger) left(r result.Result) string {
	owner := result.Shard{Of: m.shards}.Owner(r.Unit())
	return (&store{dir: filepath.Join(m.outs[owner.Index], "counterexamples")}).file(r, m.header)
}
