package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ebmcheck/properties"
	"ebmcheck/properties/exhaust"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
	"ebmcheck/reports"
)

// An exhaustion is what exhaustive was asked to do.
type exhaustion struct {
	doorway
	sets, shard, out string
	resume           bool
	also             outputs
}

func exhaustiveCommand() *cobra.Command {
	var e exhaustion
	c := &cobra.Command{
		Use:   "exhaustive [flags] [-- COMMAND ARGS...]",
		Short: "Judge an implementation on all of a finite set of inputs",
		Long: `Exhaustive judges COMMAND, or without one this module's own implementation, on
finite sets, every member of each:

  OP/pairs        every pair of float16 numbers, of a loss of a pair
  OP/differences  the same, where one pair is asked for each F − F̄: of our own
                  code, which sees no more of the pair
  OP/parts        the same, where one is asked of all pairs with the same parts, such
                  as [F]⁺ and [m − F̄]⁺: of our own code
  OP/line         every float32 number as F, F̄ = 0: of log and mce
  OP/grid         every vector of up to 5 of 12 values: gibbs, nll, mee, perceptron

Parameters are 1. A subject has those whose numbers are of its format. The sets are
done in slices, each a line of exhausted.jsonl in the folder of --out: what ends the run
loses the slices under way, and --resume goes on with the rest. When all are done
results.jsonl and the reports are written, as by gate. "ebmcheck report --exhausted FILE"
makes a page of exhausted.jsonl at any time.

--shard i/n does number i, from 0, of n parts of the slices; "ebmcheck merge" makes
one run of the exhausted.jsonl of all.`,
		Example: `  ebmcheck exhaustive --sets 'hinge/*'
  ebmcheck exhaustive -- python3 my_float16_losses.py
  ebmcheck exhaustive --shard 0/4 --out out/0`,
		RunE: func(cmd *cobra.Command, args []string) error { return e.run(cmd, args) },
	}
	e.doorway.flags(c)
	c.Flags().StringVar(&e.sets, "sets", "", "only the sets that match `PATTERN`, such as 'log/*,mce/line'")
	c.Flags().StringVar(&e.out, "out", "out/exhaustive", "folder for results and reports")
	c.Flags().BoolVar(&e.resume, "resume", false, "go on with the unfinished exhausted.jsonl in --out")
	shardFlag(c, &e.shard)
	e.also.flags(c)
	return c
}

func (e exhaustion) run(cmd *cobra.Command, command []string) error {
	shard, err := shardOf(e.shard)
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	ctx, stop := interruptible()
	defer stop()
	subject, end, err := e.subject(ctx, cmd, command)
	if err != nil {
		return err
	}
	defer end()
	workers := runtime.GOMAXPROCS(0)
	if len(command) > 0 {
		workers = 1
	}
	sets, err := chosen(exhaust.Sets(subject, len(command) == 0), e.sets)
	if err != nil {
		return exit{result.ExitUsage, fmt.Errorf("%s, in %s: %w", subject.Name, subject.Precision, err)}
	}
	header := result.NewHeader(0, 0, subject.Info())
	header.Profile, header.Shard, header.Started = exhaustive, shard, time.Now().UTC().Format(time.RFC3339)
	for _, s := range sets {
		header.Claims = append(header.Claims, s.ID())
	}
	unlock, err := lock(e.out, subject.Name, e.resume)
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	defer unlock()
	run := exhaust.Run{Subject: subject, Sets: sets, Shard: shard, Workers: workers}
	file := filepath.Join(e.out, "exhausted.jsonl")
	if e.resume {
		had, err := readSlices(file)
		if is := had.header.Claims; err == nil && !slices.Equal(is, header.Claims) {
			err = fmt.Errorf("%s is of the sets %s; this run is of %s: give the same --sets", file, strings.Join(is, ", "), strings.Join(header.Claims, ", "))
		} else if err == nil {
			if err = alike(had.header, header); err != nil {
				err = fmt.Errorf("%s is %w", file, err)
			}
		}
		if err != nil {
			return exit{result.ExitUsage, fmt.Errorf("--resume: %w", err)}
		}
		run.Have, header.Started = had.done, had.header.Started
	}
	done, err := e.do(ctx, run, header, file, cmd)
	if err != nil {
		return exit{result.ExitIncomplete, fmt.Errorf("ended early (%w); what was done is in %s, go on with\n  %s", err, file, resumption(cmd, 0, command))}
	}
	if !shard.IsZero() {
		fmt.Fprintf(cmd.OutOrStdout(), "%s: %d slices done, in %s\n", shard.Words(), len(done), file)
		return nil
	}
	return conclude(cmd, e.also, header, done, e.out)
}

// do does what is due, and returns all that is done.
func (e exhaustion) do(ctx context.Context, run exhaust.Run, header result.Header, file string, cmd *cobra.Command) ([]exhaust.Slice, error) {
	lines := []any{header}
	for _, s := range run.Have {
		lines = append(lines, s)
	}
	f, err := os.Create(file + ".part")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	journal := result.NewJournal(f)
	if err := journal.Write(lines...); err != nil {
		return nil, err
	}
	if err := os.Rename(file+".part", file); err != nil {
		return nil, err
	}
	done, show, began := slices.Clone(run.Have), newProgress(cmd.ErrOrStderr()), time.Now()
	defer show.end()
	p := properties.Progress{Of: len(run.Due())}
	run.Emit = func(s exhaust.Slice) error {
		if err := journal.Write(s); err != nil {
			return err
		}
		done = append(done, s)
		p.Done, p.Cases, p.Elapsed = p.Done+1, p.Cases+int(s.Cases), time.Since(began)
		show.update(p)
		return nil
	}
	return done, run.Do(ctx)
}

// chosen are those of the sets whose names match a list of patterns.
func chosen(sets []exhaust.Set, patterns string) ([]exhaust.Set, error) {
	var names []string
	for _, s := range sets {
		names = append(names, s.ID())
	}
	if len(sets) == 0 {
		return nil, errors.New("it has no set of which all can be asked: want an op of pairs in float16 or wider, or gibbs, nll, mee or perceptron")
	}
	if patterns == "" {
		return sets, nil
	}
	var some []exhaust.Set
	for p := range strings.SplitSeq(patterns, ",") {
		found := false
		for _, s := range sets {
			if result.Matches(strings.TrimSpace(p), s.ID()) {
				found = true
				if !slices.ContainsFunc(some, func(t exhaust.Set) bool { return t.ID() == s.ID() }) {
					some = append(some, s)
				}
			}
		}
		if !found {
			return nil, fmt.Errorf("--sets: none matches %q; the nearest is %q", p, result.Nearest(p, names))
		}
	}
	return some, nil
}

// conclude writes what the slices come to into the folder dir.
func conclude(cmd *cobra.Command, also outputs, header result.Header, done []exhaust.Slice, dir string) error {
	p, err := op.ParsePrecision(header.Subject.Precision)
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	sets, err := exhaust.Named(header.Claims, p)
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	results, err := exhaust.Results(op.Subject{Name: header.Subject.Name, Precision: p}, sets, done)
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	footer := result.Footer{Type: "footer", Complete: true, Counts: map[result.Outcome]int{}}
	for _, s := range done {
		footer.Seconds += s.Seconds
	}
	header.Claims = nil
	for _, r := range results {
		footer.Counts[r.Outcome]++
		if !slices.Contains(header.Claims, r.Claim) {
			header.Claims = append(header.Claims, r.Claim)
		}
	}
	var files written
	file := filepath.Join(dir, "results.jsonl")
	files.add(file, rewrite(file, header, results, footer))
	run := reports.NewRun(header, results, footer)
	writeReports(cmd.OutOrStdout(), also, run, dir, &files)
	for _, s := range exhaust.Sums(sets, done) {
		fmt.Fprintln(cmd.OutOrStdout(), s)
	}
	if err := files.err(); err != nil {
		return exit{unlessWhole(run.ExitCode()), err}
	}
	return failed(run.ExitCode())
}
