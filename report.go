package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"ebmcheck/reports"
)

func reportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "report RESULTS",
		Short: "Write report.html and report.md beside a results.jsonl, and its summary",
		Long: `Report reads results.jsonl, or the events of "go test -json" (a file whose
name does not end in .jsonl, or - for standard input), writes report.html and
report.md beside it (into the current folder for -), and a summary to the
terminal. It exits as the run that wrote the results did.`,
		Example: `  ebmcheck report out/results.jsonl
  go test -json -count=1 ./... | ebmcheck report -`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			code, err := writeReports(args[0], cmd.OutOrStdout())
			if err != nil {
				return exit{exitUsage, err}
			}
			return failed(code)
		},
	}
}

// writeReports derives the reports from a file of results and returns the
// exit code that the results stand for.
func writeReports(name string, stdout io.Writer) (int, error) {
	run, err := readRun(name)
	if err != nil {
		return 0, err
	}
	dir := filepath.Dir(name)
	for _, out := range []struct {
		name  string
		write func(io.Writer, *reports.Run) error
	}{{"report.html", reports.HTML}, {"report.md", reports.Markdown}} {
		var b bytes.Buffer
		if err := out.write(&b, run); err != nil {
			return 0, err
		}
		if err := os.WriteFile(filepath.Join(dir, out.name), b.Bytes(), 0o644); err != nil {
			return 0, err
		}
	}
	if err := reports.Terminal(stdout, run, 80, colour(stdout)); err != nil {
		return 0, err
	}
	fmt.Fprintf(stdout, "\nThe report: %s\n", filepath.Join(dir, "report.html"))
	return run.ExitCode(), nil
}

// readRun reads results.jsonl, or the event stream of go test.
func readRun(name string) (*reports.Run, error) {
	if name == "-" {
		return reports.ReadGoTest(os.Stdin)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	read := reports.ReadGoTest
	if strings.HasSuffix(name, ".jsonl") {
		read = reports.Read
	}
	run, err := read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return run, nil
}

// colour reports whether w is a terminal that wants colour.
func colour(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
