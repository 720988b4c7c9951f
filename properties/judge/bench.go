package judge

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A Bench judges the replies of one subject to calls of one op, each by itself, by every
// claim of its regime but that the same is answered twice.
type Bench struct {
	subject op.Subject
	claims  map[Regime][]Claim
}

// NewBench is the bench for what s replies about o.
func NewBench(s op.Subject, o op.Op) *Bench {
	b := &Bench{s, map[Regime][]Claim{}}
	for _, r := range Regimes {
		b.claims[r] = slices.DeleteFunc(asked(About(o, r), s), isPure)
	}
	return b
}

// Claims are those by which replies are judged, in all regimes, each once.
func (b *Bench) Claims() []Claim {
	var all []Claim
	for _, r := range Regimes {
		for _, c := range b.claims[r] {
			if !slices.ContainsFunc(all, func(d Claim) bool { return c.ID == d.ID }) {
				all = append(all, c)
			}
		}
	}
	return all
}

// A Finding is what one claim comes to by one reply at one level.
type Finding struct {
	Claim   Claim
	Level   result.Level
	Ulps    float64 // the largest error of a number, in ulps of the true value; 0 where none is measured
	Outcome result.Outcome
	Refuted bool
	Show    func() *result.Counterexample // the number that is most wrong; nil if none is judged
}

// Judge returns what each claim about the call comes to by this reply, given the truth.
func (b *Bench) Judge(c op.Call, truth op.Truth, reply op.Reply) []Finding {
	a := &Asked{question: &question{call: c, in: b.subject.Precision, truth: truth}, reply: reply, again: reply, by: b.subject.Declares}
	r := RegimeOf(c, b.subject.Precision)
	var found []Finding
	for _, claim := range b.claims[r] {
		if !claim.concerns(a.question) || !a.judged(claim) || isGradient(claim) && reply.Grad == nil && reply.Error == "" && reply.Outcome == "" {
			continue
		}
		parts, broken := claim.by(a)
		for _, level := range claim.levels(r, b.subject) {
			f := Finding{Claim: claim, Level: level, Outcome: result.Passed, Refuted: wrong(parts, broken, level)}
			worst := mistake{broken: broken}
			for i, p := range parts {
				if i == 0 || p.spent(level) > worst.part.spent(level) || p.spent(level) == worst.part.spent(level) && p.ulps > worst.part.ulps {
					worst.part = p
				}
				if claim.measured {
					f.Ulps = max(f.Ulps, p.ulps)
				}
			}
			if f.Refuted {
				f.Outcome = a.outcome(claim, broken)
			}
			if f.Refuted || len(parts) > 0 {
				f.Show = func() *result.Counterexample { return worst.counterexample(claim, a, level) }
			}
			found = append(found, f)
		}
	}
	return found
}

// Nearest reports whether every number of the reply to a call of finite numbers is the
// format's number nearest to the true one, and so right by every claim; and the largest
// errors of a value and of the others, in ulps. It answers no where there may be several
// right ones: at a kink, of an index, where nothing is defined.
func Nearest(p op.Precision, truth op.Truth, reply op.Reply) (value, others float64, ok bool) {
	if reply.Unsupported != "" || reply.Error != "" || reply.Outcome != "" || truth.Index != nil || truth.Rows != nil {
		return 0, 0, false
	}
	if len(truth.Grad) > 0 || truth.Probs == nil {
		if value, ok = nearest(p, truth.Value, reply.Value); !ok {
			return 0, 0, false
		}
	}
	if reply.Grad != nil && len(reply.Grad) != len(truth.Grad) || len(reply.Probs) != len(truth.Probs) {
		return 0, 0, false
	}
	for i, g := range reply.Grad {
		if truth.Grad[i].Lo != truth.Grad[i].Hi {
			return 0, 0, false
		}
		u, ok := nearest(p, truth.Grad[i].Lo, g)
		if !ok {
			return 0, 0, false
		}
		others = max(others, u)
	}
	for i, x := range reply.Probs {
		u, ok := nearest(p, truth.Probs[i], x)
		if !ok {
			return 0, 0, false
		}
		others = max(others, u)
	}
	return value, others, true
}

// nearest reports whether got is the number nearest to v, and how far off that is.
func nearest(p op.Precision, v op.Value, got float64) (ulps float64, ok bool) {
	switch {
	case math.IsNaN(got) || math.IsInf(v.Off, 0): // right perhaps, where nothing is defined or all is infinite
		return 0, false
	case math.IsInf(got, 0): // of a number that overflows
		return 0, got == p.Nearest(v)
	case p == op.Float64 && got == v.Near:
		return v.Ulps(got), true
	case p == op.Float64 || got != p.Nearest(v):
		return 0, false
	}
	return p.Off(got, point(v)), true
}
