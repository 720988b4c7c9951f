//go:build versus && unix

package versus

import (
	"math"
	"slices"
	"syscall"
	"time"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A rival is a way to test: kills is how it refutes a program. There is none where name is
// all that it has.
type rival struct {
	name  string
	kills func(run int, p program) kill
}

// A kill says by which example a program was first refuted, counted from 1, and what of the
// processor's time it took until then. The zero value is none.
type kill struct {
	first int
	took  time.Duration
}

// An oracle says whether the program is right by one call.
type oracle func(c call, ask func(call) reply) bool

var reference = op.Reference()

// nearRight compares all numbers of a reply with the reference's, to 10⁻⁹, relative to those
// above 1; an answer is as good as another of the same energy.
func nearRight(c call, ask func(call) reply) bool {
	got, want := ask(c), reference.Answer([]call{c})[0]
	same := func(a, b float64) bool {
		return a == b || math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-9*max(1, math.Abs(b)) && !math.IsInf(b, 0)
	}
	index := got.Index == want.Index || got.Index >= 0 && got.Index < len(c.Energies) && c.Energies[got.Index] == c.Energies[want.Index]
	return index && same(got.Value, want.Value) && slices.EqualFunc(got.Grad, want.Grad, same) && slices.EqualFunc(got.Probs, want.Probs, same)
}

// differences compares a gradient with central differences of the same program's values, by
// the step and the tolerances of PyTorch's gradcheck: 10⁻⁶, 10⁻⁵ and 10⁻³ relative.
func differences(c call, ask func(call) reply) bool {
	const step, absolute, relative = 1e-6, 1e-5, 1e-3
	r := ask(c)
	for i, g := range r.Grad {
		at := func(x float64) float64 {
			d := c
			d.Energies = slices.Clone(c.Energies)
			d.Energies[i] += x
			return ask(d).Value
		}
		if d := (at(step) - at(-step)) / (2 * step); !(math.Abs(d-g) <= absolute+relative*math.Abs(d)) {
			return false
		}
	}
	return true
}

// used returns the time that the processors spent on this process.
func used() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// by is the rival that has one list of examples a run, and an oracle. Where draw does not say
// what an example takes to draw, that is measured.
func by(name string, right oracle, draw func(run int) ([]example, time.Duration)) rival {
	var drawn [runs][]example
	var each [runs]time.Duration
	for run := range runs {
		begin := used()
		if drawn[run], each[run] = draw(run); len(drawn[run]) == 0 {
			return rival{name: name}
		}
		if each[run] == 0 {
			each[run] = (used() - begin) / time.Duration(len(drawn[run]))
		}
	}
	return rival{name, func(run int, p program) kill {
		begin, ask := used(), p.asking()
		for k, e := range drawn[run] {
			if !right(e.call(p.op), ask) {
				return kill{k + 1, used() - begin + each[run]*time.Duration(k+1)}
			}
		}
		return kill{}
	}}
}

// ours are the claims of ebmcheck about the op, regime after regime, each with its grid and as many
// random cases as the others have examples; an example is a case.
var ours = rival{"ebmcheck", func(run int, p program) kill {
	begin, first := used(), 0
	for _, r := range judge.Regimes {
		s := p.start()
		tallies := slices.DeleteFunc(judge.Tallies(judge.About(p.op, r), r, s), func(t *judge.Tally) bool { return t.Strictest() != result.Required })
		for _, a := range judge.NewCases(p.op, r, op.Float64, uint64(run+1), examples).Ask([]op.Subject{s}, nil) {
			first++
			for _, t := range tallies {
				if t.Add(a); t.Refuted() == result.Required {
					return kill{first, used() - begin}
				}
			}
		}
	}
	return kill{}
}}
