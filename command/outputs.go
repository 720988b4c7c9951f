package command

import (
	"bytes"
	"io"
	"os"

	"github.com/spf13/cobra"

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
func (o *outputs) write(stdout io.Writer, run *reports.Run) error {
	for _, out := range []struct {
		name  string
		write func(io.Writer, *reports.Run) error
	}{{o.junit, reports.JUnit}, {o.badge, reports.Badge}} {
		if out.name != "" {
			if err := writeFile(out.name, run, out.write); err != nil {
				return err
			}
		}
	}
	if o.summary != "" {
		if err := appendSummary(o.summary, run); err != nil {
			return err
		}
	}
	if o.annotations {
		return reports.Annotations(unguarded(stdout), run)
	}
	return nil
}

// writeFile writes the file only if there is something whole to write.
func writeFile(name string, run *reports.Run, write func(io.Writer, *reports.Run) error) error {
	var b bytes.Buffer
	if err := write(&b, run); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o644)
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
