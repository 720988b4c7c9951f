package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"ebmcheck/properties"
)

// child speaks the adapter protocol for the scripts: the reference's hinge and
// nll, or what its argument says: wrong, crash, none.
func child() {
	how := ""
	if len(os.Args) > 1 {
		how = os.Args[1]
	}
	subject := properties.Reference()
	ops := []properties.Op{properties.Hinge, properties.NLL}
	if how == "none" {
		ops = []properties.Op{}
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var m struct {
			Cmd   string
			Seq   int
			Calls []properties.Call
		}
		if err := json.Unmarshal(in.Bytes(), &m); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		switch m.Cmd {
		case "start":
			out.Encode(map[string]any{"version": 1, "implementation": map[string]string{"name": "child"}, "precision": "float64", "ops": ops})
		case "stop":
			return
		case "run":
			results := []any{}
			for i, r := range subject.Answer(m.Calls) {
				c := m.Calls[i]
				switch {
				case how == "crash" && len(c.Energies) == 1:
					fmt.Fprintln(os.Stderr, "division by n - 1")
					os.Exit(7)
				case how == "wrong" && c.Op == properties.Hinge: // [m − d]⁺
					r.Value = max(0, c.Margin-c.Energies[0]+c.Energies[1])
				}
				grad := []properties.Real{}
				for _, g := range r.Grad {
					grad = append(grad, properties.Real(g))
				}
				results = append(results, map[string]any{"value": properties.Real(r.Value), "grad": grad})
			}
			out.Encode(map[string]any{"seq": m.Seq, "results": results})
		}
	}
}
