package command

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"ebmcheck/properties/result"
	"ebmcheck/reports"
)

func reportCommand() *cobra.Command {
	var also outputs
	var wild, absent, defects, atlas, exhausted string
	c := &cobra.Command{
		Use:   "report RESULTS...",
		Short: "Write report.html and report.md from results.jsonl, and a summary",
		Long: `Report reads results.jsonl, or the events of "go test -json" (a file whose
name does not end in .jsonl, or - for standard input), writes report.html and
report.md beside it (into the current folder for -), and a summary to the
terminal. It exits as the run that wrote the results did.

Several files make one report, written into the current folder: their subjects
side by side, the theory once. It exits with 1 if one of the runs would, else
with 4 if one would.

Of each run a CI can have more:
  --junit        JUnit XML: a suite a subject and regime, a case a claim and
                 level. Only what makes the exit code other than 0 is a failure
                 or an error there; recommended and expected ones are skipped
  --badge        the JSON of a shields.io endpoint badge, "167/167 required"
  --summary      the report as Markdown, appended, kept below the 1 MiB that
                 GitHub takes: the least bad failures are left out, as it says
  --annotations  GitHub annotations of what makes the run fail, ten at most;
                 on by itself where GITHUB_ACTIONS is true

Of many libraries, a run each, --wild writes one page: all grades in a table,
what is wrong with each, and what --absent says of those that were not judged.
With --defects it begins with these, and a required claim that fails for none of
them is an error, as is one that no claim fails for any more.

Of runs of atlas and exhaustive --atlas writes the page of the largest errors.

Of the exhausted.jsonl of runs of exhaustive on one subject --exhausted writes a
page, and nothing else: which sets were asked whole, and how much of the others.`,
		Example: `  ebmcheck report out/results.jsonl
  ebmcheck report numpy.jsonl torch.jsonl jax.jsonl
  ebmcheck report --junit junit.xml --summary summary.md out/results.jsonl
  go test -json -count=1 ./... | ebmcheck report -`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if exhausted != "" {
				if err := writeExhausted(exhausted, args); err != nil {
					return exit{result.ExitUsage, err}
				}
				return nil
			}
			run, err := readJoint(args)
			if err != nil {
				return exit{result.ExitUsage, err}
			}
			dir := "."
			if len(args) == 1 {
				dir = filepath.Dir(args[0])
			}
			code, err := reportOn(cmd.OutOrStdout(), also, run, dir)
			if err == nil && wild != "" {
				err = writeWild(wild, absent, defects, run)
			}
			if err == nil && atlas != "" {
				err = writeFile(atlas, run, reports.Atlas)
			}
			if e := (exit{}); errors.As(err, &e) {
				return e
			} else if err != nil {
				return exit{result.ExitUsage, err}
			}
			return failed(code)
		},
	}
	also.flags(c)
	c.Flags().StringVar(&wild, "wild", "", "write the page on many libraries to `FILE`")
	c.Flags().StringVar(&atlas, "atlas", "", "write the page of the largest errors to `FILE`")
	c.Flags().StringVar(&exhausted, "exhausted", "", "write the page of the sets that were asked whole to `FILE`")
	c.Flags().StringVar(&absent, "absent", "", "`FILE` of the libraries that were not judged: name, tab, why")
	c.Flags().StringVar(&defects, "defects", "", "`FILE` of the defects that are known, for --wild")
	return c
}

// readJoint reads files of results as one run.
func readJoint(names []string) (*reports.Run, error) {
	runs, err := readRuns(names)
	if err == nil {
		err = alone(names, runs...)
	}
	if err != nil {
		return nil, err
	}
	return reports.Join(runs...), nil
}

// reportOn derives the reports from a run, into the folder dir, and returns the exit code that
// its results stand for.
func reportOn(stdout io.Writer, also outputs, run *reports.Run, dir string) (int, error) {
	var files written
	writeReports(stdout, also, run, dir, &files)
	if err := files.err(); err != nil {
		return 0, exit{unlessWhole(run.ExitCode()), err}
	}
	return run.ExitCode(), nil
}

// writeReports writes the reports of a run into the folder dir, and a summary, which ends
// with the verdict: each that can be, whatever becomes of the others.
func writeReports(stdout io.Writer, also outputs, run *reports.Run, dir string, files *written) {
	page := filepath.Join(dir, "report.html")
	err := writeFile(page, run, reports.HTML)
	files.add(page, err)
	text := filepath.Join(dir, "report.md")
	files.add(text, writeFile(text, run, reports.Markdown))
	if err == nil {
		fmt.Fprintf(stdout, "The report: %s\n\n", page)
	}
	files.add("", reports.Terminal(stdout, run, 80, colour(stdout)))
	also.write(stdout, run, files)
}

// writeWild writes the page on many libraries; an error says where the defects that are
// known are not those that were found.
func writeWild(file, absent, defects string, joint *reports.Run) error {
	as, err := readList(absent, reports.ReadAbsences)
	if err != nil {
		return err
	}
	known, err := readList(defects, reports.ReadDefects)
	if err != nil {
		return err
	}
	err = writeFile(file, joint, func(w io.Writer, joint *reports.Run) error { return reports.Wild(w, joint, known, as) })
	if wrong := reports.Unlisted(known, joint); err == nil && defects != "" && len(wrong) > 0 {
		err = fmt.Errorf("%s:\n  %s", defects, strings.Join(wrong, "\n  "))
	}
	return err
}

// readList reads what stands in a file; nothing where the file has no name.
func readList[T any](name string, read func(io.Reader) ([]T, error)) ([]T, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list, err := read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return list, nil
}

func readRuns(names []string) ([]*reports.Run, error) {
	var runs []*reports.Run
	for _, name := range names {
		run, err := readRun(name)
		if err != nil {
			return nil, err
		}
		runs = append(runs, run)
	}
	return runs, nil
}

// alone says which run is a shard, that does not stand beside others.
func alone(names []string, runs ...*reports.Run) error {
	for i, r := range runs {
		if s := r.Header.Shard; len(runs) > 1 && !s.IsZero() {
			return fmt.Errorf("%s is %s: make one run of all shards with ebmcheck merge first", names[i], s.Words())
		}
	}
	return nil
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
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && terminal(w)
}

// terminal reports whether w is one.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
