package command

import (
	"bytes"
	"fmt"

	"github.com/spf13/cobra"

	"ebmcheck/properties/result"
	"ebmcheck/reports"
)

func compareCommand() *cobra.Command {
	var markdown bool
	var page string
	c := &cobra.Command{
		Use:   "compare BASE HEAD",
		Short: "Say what changed from one run to another",
		Long: `Compare reads two files of results and says what changed from BASE to HEAD:
which claims newly fail and which are fixed, new or gone, the grades that moved,
and the errors that at least doubled. Several subjects are matched by name.
--page writes this for a browser, all of it, with the grades of every op before
and after and where each run lost accuracy. More than two releases stand side by
side in the page of ebmcheck report.

Exit codes: 0 nothing required newly fails or is gone, 1 something does or is, 2
usage or a file that cannot be read, 4 HEAD is incomplete, or nothing was judged
in both.`,
		Example: `  ebmcheck compare main.jsonl pull-request.jsonl
  ebmcheck compare --page changes.html v1.jsonl v2.jsonl
  ebmcheck compare --markdown main.jsonl head.jsonl >>"$GITHUB_STEP_SUMMARY"`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			base, err := readRun(args[0])
			if err != nil {
				return exit{result.ExitUsage, err}
			}
			head, err := readRun(args[1])
			if err != nil {
				return exit{result.ExitUsage, err}
			}
			if err := alone(args, base, head); err != nil {
				return exit{result.ExitUsage, err}
			}
			c := reports.Compare(base, head)
			if page != "" {
				if err := writeChanges(page, c); err != nil {
					return exit{result.ExitUsage, fmt.Errorf("--page: %s: %w", page, cause(err))}
				}
			}
			stdout := cmd.OutOrStdout()
			if markdown {
				err = c.Markdown(stdout)
			} else {
				err = c.Terminal(stdout, 80, colour(stdout))
			}
			if err != nil {
				return exit{result.ExitIncomplete, err}
			}
			return failed(c.ExitCode())
		},
	}
	c.Flags().BoolVar(&markdown, "markdown", false, "write Markdown, for a pull request or $GITHUB_STEP_SUMMARY")
	c.Flags().StringVar(&page, "page", "", "write a page too, with the grades before and after, to `FILE`")
	return c
}

// writeChanges writes the page on what changed.
func writeChanges(name string, c *reports.Comparison) error {
	var b bytes.Buffer
	if err := c.HTML(&b); err != nil {
		return err
	}
	return put(name, b.Bytes())
}
