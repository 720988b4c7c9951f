package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"ebmcheck/properties"
	"ebmcheck/properties/faults"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
	"ebmcheck/reports"
)

// A session is one run of claims on a subject, from the first line of
// results.jsonl to the reports: what verify and gate have in common.
type session struct {
	claims  []properties.Claim
	subject op.Subject
	profile string
	seed    uint64
	checks  int
	shard   result.Shard // what of it is done here
	out     string       // the folder of results.jsonl and the reports
	resume  bool
	again   string                          // the command that goes on with it
	replay  func(claim, file string) string // the command that asks the counterexample in file again, or judges the claim again

	budget time.Duration                                               // 0: none
	expect []judge.Expectation                                         // failures that are known
	known  string                                                      // their text
	judged func(stdout io.Writer, all []result.Result, files *written) // if not nil, is given all results at the end
	costs  *judge.Costs                                                // if not nil, what the cases took is told at the end
	also   outputs
}

// run ends early when ctx does; after stop a signal ends the process.
func (s session) run(ctx context.Context, stop func(), stdout, stderr io.Writer) error {
	header := result.NewHeader(s.seed, s.checks, s.subject.Info())
	header.Profile = s.profile
	header.Started = time.Now().UTC().Format(time.RFC3339)
	for _, c := range s.claims {
		header.Claims = append(header.Claims, c.ID)
	}
	run := properties.Run{Claims: s.claims, Subject: s.subject, Seed: s.seed, Checks: s.checks, Shard: s.shard, Likely: faults.Likely, Costs: s.costs}
	units := run.Units()
	if header.Shard = s.shard; !s.shard.IsZero() {
		header.Whole = &result.Whole{Units: units, Known: s.known, Out: s.out}
		fmt.Fprintln(stderr, portion(s.shard, units))
	}
	file := filepath.Join(s.out, "results.jsonl")
	unlock, err := lock(s.out, s.subject.Name, s.resume)
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	defer unlock()
	store, err := openStore(filepath.Join(s.out, "counterexamples"))
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	var results []result.Result
	if s.resume {
		if results, err = unfinished(file, run, header); err != nil {
			return exit{result.ExitUsage, err}
		}
		for i := range results { // by today's expectations
			results[i].Expected = ""
		}
	}
	start := time.Now()
	judge.Expect(s.expect, results, start) // what is stale is said at the end, of all
	f, err := begin(file, header, results)
	if err != nil {
		return exit{result.ExitIncomplete, fmt.Errorf("%s cannot be begun: %w", file, cause(err))}
	}
	defer f.Close()
	journal := result.NewJournal(f)
	var torn error // once a line cannot be written, none is: the file can be gone on with
	write := func(lines ...any) {
		if torn == nil {
			torn = journal.Write(lines...)
		}
	}
	show := newProgress(stderr)
	signalled := ctx
	if s.budget > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, s.budget, fmt.Errorf("the budget of %v ran out", s.budget))
		defer cancel()
	}
	var unit []any // the lines of the unit that is told of
	run.Have, run.Stored = results, store.counterexamples()
	run.Emit = func(r result.Result) error {
		if torn != nil {
			return torn
		}
		if err := signalled.Err(); err != nil && len(unit) == 0 { // its child may have been killed already
			return err
		}
		stored, err := store.settle(r, header)
		if err != nil {
			return err
		}
		r.Replay = s.replay(r.Claim, stored)
		one := []result.Result{r}
		judge.Expect(s.expect, one, start)
		results, unit = append(results, one[0]), append(unit, one[0])
		return nil
	}
	run.Progress = func(p properties.Progress) {
		write(unit...)
		unit = nil
		show.update(p)
	}
	ended := run.Do(ctx)
	if errors.Is(ended, context.Canceled) || errors.Is(ended, context.DeadlineExceeded) {
		ended = context.Cause(ctx) // which signal it was, or the budget
	}
	stop() // another one ends the writing of the reports
	show.end()
	if torn != nil {
		ended = fmt.Errorf("%s: %w", file, cause(torn))
	}
	properties.Sort(units, results) // they came as they were done
	if ended != nil {
		for _, r := range run.Unrun(results, ended.Error()) {
			results = append(results, r)
			write(r)
		}
	}
	footer := result.Footer{Type: "footer", Complete: ended == nil, Counts: map[result.Outcome]int{}, Seconds: time.Since(start).Seconds()}
	for _, r := range results {
		footer.Counts[r.Outcome]++
	}
	if ended == nil {
		known := s.expect
		if !s.shard.IsZero() { // what is about nothing here may be about another shard's
			known = judge.Met(known, results)
		}
		footer.Stale = judge.Expect(known, results, start)
	}
	write(footer)
	ours := same(f, file)
	var files written
	err = errors.Join(torn, f.Close())
	if err == nil && ours {
		err = rewrite(file, header, results, footer)
	}
	files.add(file, err)
	judged := reports.NewRun(header, results, footer) // what the file holds by now is not asked
	writeReports(stdout, s.also, judged, s.out, &files)
	store.tell(stdout)
	if s.costs != nil {
		fmt.Fprintln(stdout, "\nWhat the cases took, by op and number of energies, each and of all that was drawn, found and judged:")
		s.costs.Write(stdout)
	}
	if ended == nil && s.judged != nil {
		s.judged(stdout, results, &files)
	}
	code, lost := judged.ExitCode(), files.err()
	switch {
	case ended != nil && lost != nil:
		return exit{unlessWhole(code), fmt.Errorf("ended early (%w)\n%w\nWhen it can be, go on with\n  %s", ended, lost, s.again)}
	case ended != nil:
		return exit{unlessWhole(code), fmt.Errorf("ended early (%w); what was done is in %s, go on with\n  %s", ended, file, s.again)}
	case lost != nil:
		return exit{unlessWhole(code), lost}
	case !ours:
		return exit{max(code, result.ExitRefuted), fmt.Errorf("%s is not the file that this run wrote: something put another in its place; the reports are right", file)}
	}
	return failed(code)
}

// begin creates the results file with what is known: the header, the results that an
// unfinished run had, and the footer of one that is done. A file of that name is replaced
// only when all of it is on the disk.
func begin(file string, header result.Header, have []result.Result, footer ...any) (*os.File, error) {
	lines := []any{header}
	for _, r := range have {
		lines = append(lines, r)
	}
	part := file + ".part"
	f, err := os.Create(part)
	if err != nil {
		return nil, err
	}
	if err = result.NewJournal(f).Write(append(lines, footer...)...); err == nil {
		err = os.Rename(part, file)
	}
	if err != nil {
		f.Close()
		os.Remove(part)
		return nil, err
	}
	return f, nil
}

// rewrite puts a file of these lines in the place of the one that was written as they came.
func rewrite(file string, header result.Header, results []result.Result, footer result.Footer) error {
	f, err := begin(file, header, results, footer)
	if err != nil {
		return err
	}
	return f.Close()
}

// same reports whether the name is still that of the file.
func same(f *os.File, name string) bool {
	is, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Lstat(name)
	return err == nil && os.SameFile(is, named)
}

// failed is the error of an exit code that the report has already explained.
func failed(code int) error {
	if code == result.ExitPassed {
		return nil
	}
	return exit{code, errors.New("")}
}
