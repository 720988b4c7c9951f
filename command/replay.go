package command

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
	"ebmcheck/reports"
)

func replayCommand() *cobra.Command {
	var d doorway
	c := &cobra.Command{
		Use:   "replay [flags] FILE [-- COMMAND ARGS...]",
		Short: "Ask one stored counterexample again",
		Long: `Replay reads FILE (- for standard input), asks its call of COMMAND, or of this
module's own implementation if none is given, and judges the answer. FILE is

  a counterexample that gate or verify stored, as in out/counterexamples: it is
  judged by the claim that it refuted, at that level;
  or a bare call, as the protocol has it: it is judged by every claim of its
  regime, at both levels.

The call is asked twice, in a process that was asked nothing before. One that
was answered rightly alone is then asked with the calls that it was stored
with, in another such process: of state, batch dependence and races it says so.

Exit codes: 0 passed, 1 refuted, or no answer, 2 usage, 3 the child could not
be started, 4 the call is not offered or not supported, or a race did not show
again.`,
		Example: `  ebmcheck replay out/counterexamples/mine/log.value-tame-required.json \
    -- python3 my_losses.py
  echo '{"op":"log","energies":[-37.0,0.0],"answer":0}' |
    ebmcheck replay - -- python3 my_losses.py`,
		Args: func(cmd *cobra.Command, args []string) error {
			at := cmd.ArgsLenAtDash()
			if at == 1 && len(args) == 1 {
				return fmt.Errorf("no command to start after --: want ebmcheck replay FILE [-- COMMAND ARGS...]")
			}
			if at != 1 && !(at < 0 && len(args) == 1) {
				return fmt.Errorf("want ebmcheck replay FILE [-- COMMAND ARGS...]")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			b, err := readInput(cmd.InOrStdin(), args[0])
			if err != nil {
				return exit{result.ExitUsage, err}
			}
			ctx, stop := interruptible()
			defer stop()
			subject := op.Reference()
			if len(args) > 1 { // it may define the op of the call
				door, child, err := d.open(ctx, cmd.ErrOrStderr(), args[1:])
				if err != nil {
					return err
				}
				defer door.Close()
				subject = child
			}
			ask, err := readQuestion(b)
			if err != nil {
				return exit{result.ExitUsage, fmt.Errorf("%s: %w", args[0], err)}
			}
			return interrupted(ctx, replay(cmd.OutOrStdout(), ask, subject))
		},
	}
	d.flags(c)
	return c
}

// replay asks subject and shows what the claims come to.
func replay(stdout io.Writer, ask question, subject op.Subject) error {
	if !subject.Offers(ask.op) {
		return exit{result.ExitIncomplete, fmt.Errorf("%s does not offer %s", subject.Name, ask.op)}
	}
	results, err := ask.of(subject)
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	code := result.ExitPassed
	switch {
	case slices.ContainsFunc(results, func(r result.Result) bool { return r.Failure() != "" }):
		code = result.ExitRefuted
	case !slices.ContainsFunc(results, func(r result.Result) bool { return r.Outcome == result.Passed }):
		code = result.ExitIncomplete
	}
	if err := reports.Replayed(stdout, results, code, 80, colour(stdout)); err != nil {
		return exit{result.ExitIncomplete, err}
	}
	return failed(code)
}

// A question is a call to be asked again, and how it is judged.
type question struct {
	op op.Op
	of func(op.Subject) ([]result.Result, error)
}

// readInput reads a file, - being standard input.
func readInput(stdin io.Reader, name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(stdin)
	}
	return os.ReadFile(name)
}

// readQuestion reads a stored counterexample, or a bare call.
func readQuestion(b []byte) (q question, err error) {
	var bare struct{ Op *op.Op }
	if json.Unmarshal(b, &bare) == nil && bare.Op != nil {
		var c op.Call
		if err := json.Unmarshal(b, &c); err != nil {
			return q, err
		}
		return question{c.Op, func(s op.Subject) ([]result.Result, error) { return judge.Replay(s, c) }}, nil
	}
	x, err := judge.ReadStored(b)
	if err != nil {
		return q, err
	}
	return question{x.Op(), func(s op.Subject) ([]result.Result, error) {
		r, err := x.Replay(s)
		return []result.Result{r}, err
	}}, nil
}
