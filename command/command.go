package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"ebmcheck/properties/result"
	"ebmcheck/reports"
)

// An exit is an error with the exit code that it stands for.
type exit struct {
	code int
	err  error
}

func (e exit) Error() string { return e.err.Error() }

// Run is the command with these arguments; it returns the exit code.
func Run(args []string) int {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400) // cases come and go, and little is kept
	}
	root := &cobra.Command{
		Use:   "ebmcheck",
		Short: "Decide which statements about energy-based learning are true, and which implementations are right",
		Long: `Ebmcheck decides which statements about energy-based learning are true, and
which implementations of it are right.

Exit codes: 0 passed, 1 a REQUIRED claim refuted or a verdict not established,
2 usage, 3 a child that could not be started, 4 incomplete: ended early,
something could not run, or nothing ran.`,
		Version:       version(),
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), "FlagUsages", "FlagUsagesWrapped 80"))
	root.AddCommand(verifyCommand(), explainCommand(), proveCommand(), profileCommand(), vectorsCommand(), listCommand(), reportCommand(), compareCommand(), mergeCommand(), gateCommand(), exhaustiveCommand(), atlasCommand(), smokeCommand(), replayCommand())
	root.SetArgs(args)
	var stdout, stderr io.Writer = os.Stdout, os.Stderr
	if os.Getenv("GITHUB_ACTIONS") == "true" {
		stdout, stderr = &harmless{w: stdout}, &harmless{w: stderr}
	}
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(context.Background())
	if err == nil {
		return result.ExitPassed
	}
	e := exit{result.ExitUsage, err} // what cobra itself refuses is usage
	errors.As(err, &e)
	if e.err != nil && e.Error() != "" {
		fmt.Fprintln(stderr, "ebmcheck: "+reports.Clean(e.Error()))
	}
	return e.code
}
