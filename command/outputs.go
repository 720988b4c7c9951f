package command

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"ebmcheck/properties/result"
	"ebmcheck/reports"
)

// outputs are the files that a CI reads of a run, beside the reports.
type outputs struct {
	junit, badge, summary string
	annotations           bool
}

func (o *outputs) flags(c *cobra.Command) {
	c.Flags().StringVar(&o.junit, "junit", "", "write JUnit XML to `FILE`")
	c.Flags().StringVar(&o.badge, "badge", "", "write the JSON of a shields.io endpoint badge to `FILE`")
	c.Flags().StringVar(&o.summary, "summary", "", "append the report as Markdown to `FILE`, as $GITHUB_STEP_SUMMARY is")
	c.Flags().BoolVar(&o.annotations, "annotations", os.Getenv("GITHUB_ACTIONS") == "true", "print GitHub annotations of what makes the run fail")
}

// write writes those that are asked for; the annotations to stdout.
func (o *outputs) write(stdout io.Writer, run *reports.Run, files *written) {
	for _, out := range []struct {
		name  string
		write func(io.Writer, *reports.Run) error
	}{{o.junit, reports.JUnit}, {o.badge, reports.Badge}} {
		if out.name != "" {
			files.add(out.name, writeFile(out.name, run, out.write))
		}
	}
	if o.summary != "" {
		files.add(o.summary, appendSummary(o.summary, run))
	}
	if o.annotations {
		files.add("", reports.Annotations(unguarded(stdout), run))
	}
}

// A written is which files of a run are written, and which could not be.
type written struct {
	names  []string
	failed []error
}

// add tells of one file, or with no name of standard output, which it is needless to tell of.
func (w *written) add(name string, err error) {
	switch {
	case err != nil:
		w.failed = append(w.failed, fmt.Errorf("%s: %w", cmp.Or(name, "standard output"), cause(err)))
	case name != "":
		w.names = append(w.names, name)
	}
}

// err says what is not written, and what is; nil if all is.
func (w *written) err() error {
	if len(w.failed) == 0 {
		return nil
	}
	have := "nothing else is"
	if len(w.names) > 0 {
		have = "written: " + strings.Join(w.names, ", ")
	}
	return fmt.Errorf("not written, or not whole: %w; %s", listed(w.failed), have)
}

// unlessWhole is the exit code of a run of which something is missing, a file or its end: code, that of what was judged, but incomplete where that passed.
func unlessWhole(code int) int {
	if code == result.ExitPassed {
		return result.ExitIncomplete
	}
	return code
}

// listed is errs in one line.
func listed(errs []error) error {
	err := errs[0]
	for _, e := range errs[1:] {
		err = fmt.Errorf("%w, %w", err, e)
	}
	return err
}

// cause is what went wrong with a file, without the name that it had then.
func cause(err error) error {
	if p := new(fs.PathError); errors.As(err, &p) {
		return p.Err
	}
	return err
}

// writeFile writes the file only if there is something whole to write.
func writeFile(name string, run *reports.Run, write func(io.Writer, *reports.Run) error) error {
	var b bytes.Buffer
	if err := write(&b, run); err != nil {
		return err
	}
	return put(name, b.Bytes())
}

// put writes the file whole or leaves it as it was, but for one that is no regular file,
// such as a pipe, which it writes to.
func put(name string, b []byte) error {
	if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(name, b, 0o644)
	}
	part := name + ".part"
	err := os.WriteFile(part, b, 0o644)
	if err == nil {
		err = os.Rename(part, name)
	}
	if err != nil {
		os.Remove(part)
	}
	return err
}

// appendSummary adds to what the step has written into its summary, of which
// GitHub takes all or nothing.
func appendSummary(name string, run *reports.Run) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	room := reports.SummaryRoom
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		room -= int(min(info.Size(), int64(room)))
	}
	if err := reports.Summary(f, run, room); err != nil {
		return err
	}
	return f.Close()
}
