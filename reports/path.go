package reports

import (
	"fmt"
	"math"
	"strings"

	"ebmcheck/properties/result"
)

// path writes a descent as a table: a column for each step that is kept, a row for each value.
func (m *document) path(p result.Path) {
	m.para("Descent: " + mdText(oneLine(p.By)))
	head, rule := []string{"after steps"}, []string{":--"}
	for _, t := range p.Steps {
		head, rule = append(head, fmt.Sprint(t)), append(rule, "--:")
	}
	m.row(head...)
	m.row(rule...)
	for i, name := range p.Names {
		row := []string{mdText(oneLine(name))}
		for _, values := range p.Values {
			row = append(row, digits(float64(values[i])))
		}
		m.row(row...)
	}
	m.WriteByte('\n')
}

// digits writes v to four digits, and as 0 what is below 10⁻¹²: what roundings leave is not the same on every machine.
func digits(v float64) string {
	if math.Abs(v) < 1e-12 {
		return "0"
	}
	return strings.Replace(fmt.Sprintf("%.4g", v), "-", "−", 1)
}
