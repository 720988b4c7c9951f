package command

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"ebmcheck/properties/result"
)

func vectorsCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "vectors --out DIR",
		Short: "Write cases with their right answers, for those who run no pipe",
		Long: `Vectors writes vectors.json, some 20 000 calls of the ops of the protocol in
float64, below 5 MB, each with the right answer, correctly rounded, and for
each number of it the interval of all that is REQUIRED: a reader compares, and
counts no ulps. Beside it stands vectors.schema.json, its JSON Schema, which
says what each field is.

A case names a planted mistake that it refutes, that which fewest other cases
do, or else what is special about it. What is asked of several numbers at once,
of several calls, or of long vectors, no vector can say: the gate does.`,
		Example: `  ebmcheck vectors --out vectors
  python3 adapters/vectors/read.py vectors/vectors.json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			v := newVectors(vectorsAnOp)
			cases, err := v.json()
			if err != nil {
				return exit{result.ExitIncomplete, err}
			}
			s, err := vectorsSchema()
			if err != nil {
				return exit{result.ExitIncomplete, err}
			}
			schema, err := text(s)
			if err != nil {
				return exit{result.ExitIncomplete, err}
			}
			if err := os.MkdirAll(out, 0o755); err != nil {
				return exit{result.ExitUsage, err}
			}
			var files written
			for _, f := range []struct {
				name string
				text []byte
			}{{"vectors.json", cases}, {"vectors.schema.json", schema}} {
				name := filepath.Join(out, f.name)
				files.add(name, put(name, f.text))
			}
			if err := files.err(); err != nil {
				return exit{result.ExitIncomplete, err}
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %s cases, %s bytes; they refute %d of %d planted mistakes\n",
				filepath.Join(out, "vectors.json"), thousands(len(v.Cases)), thousands(len(cases)), v.Refuted, v.Planted)
			return nil
		},
	}
	c.Flags().StringVarP(&out, "out", "o", "vectors", "folder for vectors.json and its schema")
	return c
}

// json is v with a case a line.
func (v *vectors) json() ([]byte, error) {
	var b bytes.Buffer
	cases := v.Cases
	v.Cases = nil
	head, err := json.Marshal(v)
	v.Cases = cases
	if err != nil {
		return nil, err
	}
	b.Write(bytes.TrimSuffix(head, []byte("null}")))
	b.WriteString("[\n")
	for i, c := range cases {
		line, err := plainJSON(c)
		if err != nil {
			return nil, err
		}
		b.Write(line)
		if i < len(cases)-1 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	b.WriteString("]}\n")
	return b.Bytes(), nil
}

// plainJSON is x on a line, with < and & as they are.
func plainJSON(x any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(x)
	return bytes.TrimSpace(b.Bytes()), err
}
