package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"ebmcheck/properties"
	"ebmcheck/reports"
)

// A verification is what verify was asked to do.
type verification struct {
	claims string
	checks int
	seed   string
	out    string
	resume bool
}

func verifyCommand() *cobra.Command {
	var v verification
	c := &cobra.Command{
		Use:   "verify",
		Short: "Judge every statement of the source, and this module's own implementation",
		Long: `Verify runs the ledger: every statement of the source, and every claim about
code on this module's own implementation. It writes results.jsonl, report.html
and report.md into the folder of --out and a summary to the terminal.

Patterns of --claims are ids or references, * standing for any characters,
separated by commas: C37, nll.*, chain.*,C5*`,
		Example: `  ebmcheck verify
  ebmcheck verify --claims 'chain.*,C51' --checks 100000
  ebmcheck verify --seed random --out nightly`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return v.run(cmd.OutOrStdout(), cmd.ErrOrStderr()) },
	}
	c.Flags().StringVar(&v.claims, "claims", "", "only the claims that match `PATTERN`")
	c.Flags().IntVar(&v.checks, "checks", properties.Promised, "random cases a claim and regime")
	c.Flags().StringVar(&v.seed, "seed", "1", "seed of the random cases, a number or random")
	c.Flags().StringVar(&v.out, "out", "out", "folder for results and reports")
	c.Flags().BoolVar(&v.resume, "resume", false, "go on with the unfinished results.jsonl in --out")
	return c
}

func (v verification) run(stdout, stderr io.Writer) error {
	claims, err := properties.Select(v.claims)
	if err != nil {
		return exit{exitUsage, err}
	}
	seed, err := parseSeed(v.seed)
	if err != nil {
		return exit{exitUsage, err}
	}
	if v.checks < 1 {
		return exit{exitUsage, fmt.Errorf("--checks %d: want at least 1", v.checks)}
	}
	subject := properties.Reference()
	header := properties.NewHeader(seed, v.checks, subject)
	header.Started = time.Now().UTC().Format(time.RFC3339)
	for _, c := range claims {
		header.Claims = append(header.Claims, c.ID)
	}
	file := filepath.Join(v.out, "results.jsonl")
	var have []properties.Result
	if v.resume {
		if have, err = unfinished(file, header); err != nil {
			return exit{exitUsage, err}
		}
	}
	f, err := begin(file, header, have)
	if err != nil {
		return exit{exitUsage, err}
	}
	defer f.Close()
	journal := properties.NewJournal(f)
	counts := map[string]int{}
	for _, r := range have {
		counts[r.Outcome]++
	}
	show := newProgress(stderr)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	start := time.Now()
	ended := properties.Run{
		Claims: claims, Subject: subject, Seed: seed, Checks: v.checks, Have: have,
		Emit: func(r properties.Result) error {
			counts[r.Outcome]++
			return journal.Write(r)
		},
		Progress: show.update,
	}.Do(ctx)
	show.end()
	footer := properties.Footer{Type: "footer", Complete: ended == nil, Counts: counts, Seconds: time.Since(start).Seconds()}
	if err := errors.Join(journal.Write(footer), f.Close()); err != nil {
		return exit{exitIncomplete, err}
	}
	code, err := writeReports(file, stdout)
	if err != nil {
		return exit{exitIncomplete, err}
	}
	if ended != nil {
		again := "ebmcheck verify --resume --out " + v.out + " --seed " + strconv.FormatUint(seed, 10) + " --checks " + strconv.Itoa(v.checks)
		if v.claims != "" {
			again += " --claims '" + v.claims + "'"
		}
		return exit{exitIncomplete, fmt.Errorf("ended early (%w); what was done is in %s, go on with\n  %s", ended, file, again)}
	}
	return failed(code)
}

// begin creates the results file and writes what is known: the header, and
// the results that an unfinished run had. That one's file is replaced only
// when all of it is in the new one.
func begin(file string, header properties.Header, have []properties.Result) (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return nil, err
	}
	part := file + ".part"
	f, err := os.Create(part)
	if err != nil {
		return nil, err
	}
	journal := properties.NewJournal(f)
	err = journal.Write(header)
	for _, r := range have {
		err = errors.Join(err, journal.Write(r))
	}
	if err = errors.Join(err, os.Rename(part, file)); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
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

// unfinished returns the results that file holds of a run like this one.
func unfinished(file string, want properties.Header) ([]properties.Result, error) {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("--resume: there is no %s to go on with", file)
	} else if err != nil {
		return nil, err
	}
	defer f.Close()
	run, err := reports.Read(f)
	if err != nil {
		return nil, fmt.Errorf("--resume: %s: %w", file, err)
	}
	h := run.Header
	if h.Version != want.Version || h.Seed != want.Seed || h.Checks != want.Checks {
		return nil, fmt.Errorf("--resume: %s is of version %s, seed %d, %d checks; this run is of version %s, seed %d, %d checks",
			file, h.Version, h.Seed, h.Checks, want.Version, want.Seed, want.Checks)
	}
	return properties.Resumable(run.Results), nil
}

// failed is the error of an exit code that the report has already explained.
func failed(code int) error {
	if code == exitPassed {
		return nil
	}
	return exit{code, errors.New("")}
}
