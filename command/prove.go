package command

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"ebmcheck/properties/proof"
	"ebmcheck/properties/proof/prove"
	"ebmcheck/properties/result"
	"ebmcheck/properties/theory"
)

func proveCommand() *cobra.Command {
	var write string
	c := &cobra.Command{
		Use:   "prove [ID...]",
		Short: "Find the proofs of the theorems again, and compare",
		Long: `Prove finds the certificate of every theorem, or of those whose name or one of
whose references is an ID, has the checker check it, and compares it byte for
byte with the one that is there.

Exit codes: 0 all are as they were, 1 one is not, or was not found, 2 usage.`,
		Example: "  ebmcheck prove\n  ebmcheck prove C56 I13",
		RunE: func(cmd *cobra.Command, ids []string) error {
			theorems, err := theoremsOf(ids)
			if err != nil {
				return exit{result.ExitUsage, err}
			}
			differ, steps := 0, 0
			for _, t := range theorems {
				text, err := prove.Find(t.Pinned())
				if err != nil {
					return exit{result.ExitRefuted, err}
				}
				p, err := proof.Check(t.Pinned(), text)
				if err != nil {
					return exit{result.ExitRefuted, err}
				}
				steps += p.Steps
				if there, _ := proof.Certificate(t.Name()); there != text {
					differ++
					fmt.Fprintf(cmd.OutOrStdout(), "%s: not the certificate that is there\n", t.Name())
				}
				if write != "" {
					if err := os.WriteFile(filepath.Join(write, t.Name()+".proof"), []byte(text), 0o644); err != nil {
						return exit{result.ExitUsage, err}
					}
				}
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%d theorems proved, %d steps; %d certificates are as they were.\n", len(theorems), steps, len(theorems)-differ)
			if differ > 0 && write == "" {
				return exit{result.ExitRefuted, nil}
			}
			return nil
		},
	}
	c.Flags().StringVar(&write, "write", "", "write the certificates into this folder")
	return c
}

// theoremsOf are the theorems of those names and references, all if there are none.
func theoremsOf(ids []string) (some []theory.Theorem, err error) {
	if len(ids) == 0 {
		return theory.Theorems, nil
	}
	for _, id := range ids {
		about := theory.About(id)
		for _, t := range theory.Theorems {
			if t.Name() == id && !slices.Contains(t.Refs(), id) {
				about = append(about, t)
			}
		}
		if some = append(some, about...); about == nil {
			return nil, fmt.Errorf("no theorem is called %s, or is about it: want a name such as simple.rises, or a number such as C56 or I13", id)
		}
	}
	return some, nil
}
