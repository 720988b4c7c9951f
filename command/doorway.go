package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"ebmcheck/properties/adapter"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A doorway is how a child process is let in.
type doorway struct {
	limits adapter.Limits
}

// What a child is allowed, unless told otherwise.
const (
	startTimeout = time.Minute
	callTimeout  = 10 * time.Second
)

func (d *doorway) flags(c *cobra.Command) {
	c.Flags().DurationVar(&d.limits.Start, "start-timeout", startTimeout, "for the child's answer to start")
	c.Flags().DurationVar(&d.limits.Call, "call-timeout", callTimeout, "for the child's answer to a call")
	c.Flags().BoolVar(&d.limits.Validate, "validate", false, "hold every message to the protocol's JSON Schema")
}

// given are the flags of the limits that are not the usual ones.
func (d doorway) given() []string {
	var flags []string
	if d.limits.Start != startTimeout {
		flags = append(flags, "--start-timeout", d.limits.Start.String())
	}
	if d.limits.Call != callTimeout {
		flags = append(flags, "--call-timeout", d.limits.Call.String())
	}
	if d.limits.Validate {
		flags = append(flags, "--validate")
	}
	return flags
}

// open starts the child, which is killed when ctx ends. What its ops had better know
// goes to stderr.
func (d doorway) open(ctx context.Context, stderr io.Writer, command []string) (*adapter.Door, op.Subject, error) {
	if d.limits.Start <= 0 || d.limits.Call <= 0 {
		return nil, op.Subject{}, exit{result.ExitUsage, fmt.Errorf("--start-timeout %v, --call-timeout %v: want more than 0, such as 10s", d.limits.Start, d.limits.Call)}
	}
	door, err := adapter.Open(ctx, command, d.limits)
	if loss := new(adapter.LossError); errors.As(err, &loss) {
		return nil, op.Subject{}, exit{result.ExitUsage, err}
	} else if err != nil {
		return nil, op.Subject{}, interrupted(ctx, exit{result.ExitProtocol, err})
	}
	s := door.Subject()
	if err := s.Validate(); err != nil {
		door.Close()
		return nil, op.Subject{}, exit{result.ExitIncomplete, err}
	}
	for _, advice := range s.Info().Advice {
		fmt.Fprintln(stderr, advice)
	}
	return door, s, nil
}

// subject is the child of the command after --, or without one this module's own
// implementation; close ends the child.
func (d doorway) subject(ctx context.Context, cmd *cobra.Command, command []string) (s op.Subject, close func(), err error) {
	if len(command) == 0 {
		return op.Reference(), func() {}, nil
	}
	if err := commandAfterDash(cmd, command); err != nil {
		return s, nil, exit{result.ExitUsage, err}
	}
	door, s, err := d.open(ctx, cmd.ErrOrStderr(), command)
	if err != nil {
		return s, nil, err
	}
	return s, door.Close, nil
}

// commandAfterDash wants a command after --.
func commandAfterDash(cmd *cobra.Command, args []string) error {
	switch at := cmd.ArgsLenAtDash(); {
	case len(args) == 0 || at == len(args):
		return fmt.Errorf("no command to start: want ebmcheck %s -- COMMAND ARGS", cmd.Name())
	case at > 0:
		return fmt.Errorf("%q before --: want ebmcheck %s [flags] -- COMMAND ARGS", args[0], cmd.Name())
	}
	return nil
}
