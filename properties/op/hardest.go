package op

import (
	"strings"

	"ebmcheck/properties/exact"
)

// Hardest are the calls of o of which a number is the hardest to round, in float64, of those that
// are known (exact.Hardest).
func (o Op) Hardest() []Call {
	var calls []Call
	for _, h := range exact.Hardest() {
		if of, _, _ := strings.Cut(h.Number, "."); of == string(o) {
			calls = append(calls, Call{Op: o, Energies: h.F, Margin: h.M, Beta: h.Beta, Gamma: h.Gamma}.Asked().Clone())
		}
	}
	return calls
}
