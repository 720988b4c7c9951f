package command

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

func smokeCommand() *cobra.Command {
	var d doorway
	c := &cobra.Command{
		Use:   "smoke [flags] -- COMMAND ARGS...",
		Short: "Ask an adapter one call an op, and show the first wrong answer",
		Long: `Smoke is the first thing to run on an adapter that is being written: one simple
call an op, with its answer, up to the first that is wrong.`,
		Example: `  ebmcheck smoke -- python3 my_losses.py`,
		Args:    commandAfterDash,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, stop := interruptible()
			defer stop()
			door, subject, err := d.open(ctx, cmd.ErrOrStderr(), args)
			if err != nil {
				return err
			}
			defer door.Close()
			return interrupted(ctx, smoke(cmd.OutOrStdout(), subject))
		},
	}
	d.flags(c)
	return c
}

// smoke asks subject one call an op.
func smoke(w io.Writer, subject op.Subject) error {
	var others []string
	for _, c := range op.Simplest() {
		if !subject.Offers(c.Op) {
			if c.Batch == nil { // of which nobody need have all
				others = append(others, string(c.Op))
			}
			continue
		}
		if err := judge.Check(subject, c); err != nil {
			fmt.Fprintf(w, "✗  %v\n", c)
			return exit{result.ExitRefuted, err}
		}
		fmt.Fprintf(w, "✓  %v\n", c)
	}
	if len(others) > 0 {
		fmt.Fprintf(w, "–  %s\n", strings.TrimSpace(wrap("not offered: "+strings.Join(others, ", "), 80, "   ")))
	}
	answer := "ops answer"
	if len(subject.Ops) == 1 {
		answer = "op answers"
	}
	fmt.Fprintf(w, "%d %s rightly. Next: ebmcheck gate\n", len(subject.Ops), answer)
	return nil
}
