package properties

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// failure is what a person is told of a claim that did not pass.
func failure(r result.Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", r.Outcome, r.Says)
	line := func(format string, parts ...any) { fmt.Fprintf(&b, "  "+format+"\n", parts...) }
	if r.Formula != "" {
		line("%s", r.Formula)
	}
	for _, said := range []struct{ head, text string }{{"likely: ", r.Likely}, {"mend: ", r.Mend}} {
		if said.text != "" {
			line("%s", said.head+said.text)
		}
	}
	if x := r.Small; x != nil {
		beside := func(hex string) string {
			if hex == "" {
				return ""
			}
			return " (" + hex + ")"
		}
		line("on %s", x.Case)
		line("%s: got %s%s", x.What, x.Got, beside(x.GotHex))
		line("want %s%s", x.Want, beside(x.WantHex))
		for _, said := range []struct{ head, text string }{{"allowed ", x.Allowance}, {"", x.Note}} {
			if said.text != "" {
				line("%s", said.head+said.text)
			}
		}
		var c op.Call
		if json.Unmarshal(x.Call, &c) == nil && c.Size() <= 64 && len(x.Request) == 0 {
			line("alone: err := properties.Check(subject, %s)", literal(c))
		}
	}
	if r.Why != "" && (r.Small == nil || r.Why != r.Small.Got) {
		line("%s", r.Why)
	}
	return strings.TrimRight(b.String(), "\n")
}

// literal is c in Go.
func literal(c op.Call) string {
	if c.Batch == nil {
		return "properties.Call" + fields(c)
	}
	rows := make([]string, len(c.Batch.Rows))
	for i, row := range c.Batch.Rows {
		rows[i] = fields(row)
	}
	parts := []string{"Rows: []properties.Call{" + strings.Join(rows, ", ") + "}"}
	if c.Batch.Mask != nil {
		parts = append(parts, fmt.Sprintf("Mask: %#v", c.Batch.Mask))
	}
	if c.Batch.Weights != nil {
		parts = append(parts, "Weights: "+floats(c.Batch.Weights))
	}
	parts = append(parts, fmt.Sprintf("Reduction: %q", c.Batch.Reduction))
	return fmt.Sprintf("properties.Call{Op: %q, Batch: &properties.Batch{%s}}", c.Op, strings.Join(parts, ", "))
}

// number is x in Go.
func number(x float64) string {
	switch {
	case math.IsNaN(x):
		return "math.NaN()"
	case math.IsInf(x, 1):
		return "math.Inf(1)"
	case math.IsInf(x, -1):
		return "math.Inf(-1)"
	case x == 0 && math.Signbit(x):
		return "math.Copysign(0, -1)"
	}
	return result.Decimal(x)
}

// floats are numbers in Go.
func floats(xs []float64) string {
	return "[]float64{" + strings.Join(result.Each(xs, number), ", ") + "}"
}

// fields are those of a call that is no batch, in braces.
func fields(c op.Call) string {
	row := c.Op.Row()
	parts := []string{fmt.Sprintf("Op: %q", c.Op), "Energies: " + floats(c.Energies)}
	if row.Answer {
		parts = append(parts, fmt.Sprintf("Answer: %d", c.Answer))
	}
	var others []string
	for _, p := range row.Params {
		if field, ok := map[string]string{"beta": "Beta", "margin": "Margin", "gamma": "Gamma", "cap": "Cap"}[p.Sent]; ok {
			parts = append(parts, field+": "+number(p.Of(c)))
		} else {
			others = append(others, fmt.Sprintf("%q: %s", p.Name, number(p.Of(c))))
		}
	}
	if others != nil {
		parts = append(parts, "Params: map[string]float64{"+strings.Join(others, ", ")+"}")
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
