package profile

import (
	"slices"

	"ebmcheck/properties/formula"
)

// A Plane is what is drawn of a loss over the energies F and F̄ of two answers.
type Plane struct {
	Loss   string             `json:"loss"`   // over F[y] and F[ybar]
	Margin string             `json:"margin"` // the largest k that Condition 3 holds below, if it has one, else 0: a formula of parameters
	At     map[string]float64 `json:"at"`     // numbers for all parameters, as they are given
}

// plane is that of the loss of two; nil if it has no formula, or if no numbers were found that its parameters may be. The answer is the
// one about the margin.
func (q *inquiry) plane(margin Answer) *Plane {
	if q.two == nil {
		return nil
	}
	f := formula.MustParse(q.two.expr.String())
	p := &Plane{Loss: f.String(), Margin: "0"}
	for _, m := range q.thresholds() {
		if m.answer() == margin.Answer {
			p.Margin = m.margin
		}
	}
	if p.At = q.l.numbers(f.Params); p.At == nil {
		return nil
	}
	return p
}

// plainNumbers are those that a parameter is given, the plainest first.
var plainNumbers = []float64{1, 0.5, 2, 0, -1, 0.25, 10}

// numbers returns the plainest ones that parameters of these names may be, all 1 if they may; nil if there are none among plainNumbers.
func (l *loss) numbers(names []string) map[string]float64 {
	all := slices.Clone(names)
	for _, name := range l.names { // which the condition may be about
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	xs := map[string]float64{}
	var choose func(k int) bool
	choose = func(k int) bool {
		if k == len(all) {
			return l.meets == nil || l.meets(xs)
		}
		for _, x := range plainNumbers {
			if x <= 0 && !l.mentioned(all[k]) {
				continue
			}
			if xs[all[k]] = x; choose(k + 1) {
				return true
			}
		}
		return false
	}
	if !choose(0) {
		return nil
	}
	for name := range xs {
		if !slices.Contains(names, name) {
			delete(xs, name)
		}
	}
	return xs
}

// mentioned reports whether a parameter is one that the condition says something of, and so may be 0 or below.
func (l *loss) mentioned(name string) bool {
	return slices.Contains(l.names, name) && !slices.Contains(l.above, name)
}
