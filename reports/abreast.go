package reports

import (
	"ebmcheck/properties/result"
)

// A block is an op with a row a subject: several subjects side by side.
type block struct {
	Op   string
	Rows []row
}

// abreast returns the tables' rows op by op. Each block has a row of every
// table, an empty one where the table has no such op, so that a subject stands
// in the same place everywhere.
func abreast(ts []table) []block {
	var out []block
	at := make(map[string]int)
	for i, t := range ts {
		for _, r := range t.Rows {
			j, ok := at[r.Op]
			if !ok {
				j = len(out)
				at[r.Op] = j
				b := block{Op: r.Op, Rows: make([]row, len(ts))}
				for k, u := range ts {
					b.Rows[k] = row{Op: r.Op, Subject: u.Subject, Cells: make([]cell, len(u.Regimes))}
				}
				out = append(out, b)
			}
			out[j].Rows[i] = r
		}
	}
	return out
}

// manySubjects reports whether the lines are about more than one subject's code.
func manySubjects(results []result.Result) bool {
	first, met := "", false
	for _, r := range results {
		if r.Layer != "code" {
			continue
		}
		if met && r.Subject != first {
			return true
		}
		first, met = r.Subject, true
	}
	return false
}
