package command

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The commands that a run names: what goes on with it, and what judges one
// claim again.

// quoted writes arguments as a shell reads them.
func quoted(args ...string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./_-"
	out := make([]string, len(args))
	for i, a := range args {
		if a == "" || strings.Trim(a, plain) != "" {
			a = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
		out[i] = a
	}
	return strings.Join(out, " ")
}

// resumption is the command that goes on with the run that cmd began: the same
// flags, a random seed being the one that was drawn, and the same child.
func resumption(cmd *cobra.Command, seed uint64, child []string) string {
	args := []string{"ebmcheck", cmd.Name(), "--resume"}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		value := f.Value.String()
		if list, ok := f.Value.(pflag.SliceValue); ok {
			value = strings.Join(list.GetSlice(), ",")
		}
		switch {
		case f.Name == "resume":
		case f.Name == "seed":
			args = append(args, "--seed", strconv.FormatUint(seed, 10))
		case f.Value.Type() == "bool":
			args = append(args, "--"+f.Name+"="+value)
		default:
			args = append(args, "--"+f.Name, value)
		}
	})
	return quoted(append(args, behind(child)...)...)
}

// behind is a child's command as it stands at the end of ours.
func behind(child []string) []string {
	if len(child) == 0 {
		return nil
	}
	return append([]string{"--"}, child...)
}
