package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"ebmcheck/properties"
)

func replayCommand() *cobra.Command {
	var d doorway
	c := &cobra.Command{
		Use:   "replay FILE [-- COMMAND ARGS...]",
		Short: "Ask one stored call again",
		Long: `Replay reads a call as the protocol has it from FILE (- for standard input), asks
it of COMMAND, or of this module's own implementation if none is given, and
judges the answer by every claim of its regime.`,
		Example: `  echo '{"op":"log","energies":[-37.0,0.0],"answer":0}' | ebmcheck replay - -- python3 my_losses.py`,
		Args: func(cmd *cobra.Command, args []string) error {
			if at := cmd.ArgsLenAtDash(); at != 1 && !(at < 0 && len(args) == 1) {
				return fmt.Errorf("want ebmcheck replay FILE [-- COMMAND ARGS...]")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			call, err := readCall(cmd.InOrStdin(), args[0])
			if err != nil {
				return exit{exitUsage, err}
			}
			subject := properties.Reference()
			if len(args) > 1 {
				door, child, err := d.open(args[1:])
				if err != nil {
					return err
				}
				defer door.Close()
				subject = child
			}
			if !subject.Offers(call.Op) {
				return exit{exitIncomplete, fmt.Errorf("%s does not offer %s", subject.Name, call.Op)}
			}
			if err := subject.Check(call); err != nil {
				return exit{exitRefuted, err}
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s answers %v rightly\n", subject.Name, call)
			return nil
		},
	}
	d.flags(c)
	return c
}

// readCall reads one call from a file.
func readCall(stdin io.Reader, name string) (c properties.Call, err error) {
	in := stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return c, err
		}
		defer f.Close()
		in = f
	}
	if err := json.NewDecoder(in).Decode(&c); err != nil {
		return c, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}
