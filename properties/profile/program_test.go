package profile

import (
	"errors"
	"flag"
	"math"
	"slices"
	"testing"

	"ebmcheck/properties/faults"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

var everyRight = flag.Bool("right", false, "profile every loss of every right implementation")

// asProgram is the profile of an op of s; names are those of questions that are refuted though the formula has it.
func asProgram(t *testing.T, s op.Subject, o op.Op) (p *Profile, names []string) {
	t.Helper()
	p, err := OfProgram(s, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range p.Answers {
		if a.Evidence == Refuted && a.Why != "" {
			names = append(names, a.Question)
		}
		if a.Evidence == Refuted && a.Case == "" || a.Evidence == Sampled && a.Cases < enough || a.Evidence == Proved {
			t.Errorf("%s, %s: %s: %s without what it takes: %+v", s.Name, o, a.Question, a.Evidence, a)
		}
	}
	return p, names
}

// TestRightPrograms: of a right program nothing is refuted that its formula has, whatever its arithmetic.
func TestRightPrograms(t *testing.T) {
	all, n := 0, 0
	for _, v := range faults.Right {
		s := v.Subject()
		for _, o := range s.Ops {
			if r := o.Row(); r.Answers != op.AsValue || r.Symbol != "ℓ" {
				continue
			}
			if all++; !*everyRight && (all%10 != 1 || o != op.NLL && o != op.SoftHinge) {
				continue
			}
			n++
			if _, names := asProgram(t, s, o); len(names) > 0 {
				t.Errorf("%s is right, but of its %s is refuted: %q", v.ID, o, names)
			}
		}
	}
	if n < 3 {
		t.Errorf("%d losses of right programs were profiled", n)
	}
	t.Logf("%d of %d losses of right programs", n, all)
}

// TestWrongPrograms: what a slip takes from a loss is refuted.
func TestWrongPrograms(t *testing.T) {
	pos := func(x float64) float64 { return max(x, 0) }
	slope := func(t float64) float64 {
		if t > 0 {
			return 1
		}
		return 0
	}
	for _, row := range []struct {
		name, refuted string
		f             func(F, Fbar, m float64) op.Reply
	}{
		{"energies exchanged", "increasing in F_y", func(F, Fbar, m float64) op.Reply { return op.Reply{Value: pos(m - F + Fbar)} }},
		{"no positive part", "non-negative", func(F, Fbar, m float64) op.Reply { return op.Reply{Value: m + F - Fbar} }},
		{"margin lost", "margin m", func(F, Fbar, m float64) op.Reply { return op.Reply{Value: pos(F - Fbar)} }},
		{"a minus lost", "shift-invariant", func(F, Fbar, m float64) op.Reply { return op.Reply{Value: pos(m + F + Fbar)} }},
		{"capped", "convex", func(F, Fbar, m float64) op.Reply { return op.Reply{Value: min(pos(m+F-Fbar), 2)} }},
		{"squared", "degree 1 with m, γ, M", func(F, Fbar, m float64) op.Reply { t := pos(m + F - Fbar); return op.Reply{Value: t * t} }},
		{"slopes exchanged", "∂ℓ/∂F_y ≥ 0", func(F, Fbar, m float64) op.Reply {
			t := m + F - Fbar
			return op.Reply{Value: pos(t), Grad: []float64{-slope(t), slope(t)}}
		}},
		{"slopes doubled", "tangents below", func(F, Fbar, m float64) op.Reply {
			t := m + F - Fbar
			return op.Reply{Value: pos(t), Grad: []float64{2 * slope(t), -2 * slope(t)}}
		}},
		{"no number", "non-negative", func(F, Fbar, m float64) op.Reply { return op.Reply{Value: math.Sqrt(m + F - Fbar)} }},
		{"off by one in a million", "shift-invariant", func(F, Fbar, m float64) op.Reply { return op.Reply{Value: pos(m+F-Fbar) + 1e-6*F} }},
	} {
		s := op.Funcs("wrong", map[op.Op]func(op.Call) op.Reply{op.Hinge: func(c op.Call) op.Reply { return row.f(c.Energies[0], c.Energies[1], c.Margin) }})
		if _, names := asProgram(t, s, op.Hinge); !slices.Contains(names, row.refuted) {
			t.Errorf("%s: refuted is %q, want %s", row.name, names, row.refuted)
		}
	}
}

// TestProgramRefusals: who answers nothing has no profile.
func TestProgramRefusals(t *testing.T) {
	none := op.Funcs("none", map[op.Op]func(op.Call) op.Reply{op.Hinge: func(op.Call) op.Reply { return op.Reply{Unsupported: "none of it"} }})
	var unanswered *Unanswered
	if _, err := OfProgram(none, op.Hinge); !errors.As(err, &unanswered) || unanswered.First != "none of it" || unanswered.Calls == 0 {
		t.Error(err)
	}
	for _, o := range []op.Op{op.Log, op.Infer, "hinges"} {
		if _, err := OfProgram(none, o); err == nil || errors.As(err, &unanswered) {
			t.Errorf("%s: %v", o, err)
		}
	}
}

// TestProgramRanges: of a loss of one's own nothing is asked outside the ranges of its parameters.
func TestProgramRanges(t *testing.T) {
	for _, row := range []struct {
		name string
		w    op.Within
		ok   bool
	}{{"profiled_narrow", op.Within{Lo: 0, Hi: 1}, true}, {"profiled_high", op.Within{Lo: 3, Hi: 5}, true}, {"profiled_odd", op.Within{Lo: 0.3, Hi: 0.4}, false}} {
		d := result.Definition{Name: row.name, Formula: "pos(m + F[y] - F[ybar])", Params: map[string][]result.Real{"m": {result.Real(row.w.Lo), result.Real(row.w.Hi)}}}
		o, err := op.DefineAs(d)
		if err != nil {
			t.Fatal(err)
		}
		s := op.Funcs("own", map[op.Op]func(op.Call) op.Reply{o: func(c op.Call) op.Reply {
			if !(row.w.Lo <= c.Margin && c.Margin <= row.w.Hi) {
				t.Errorf("%s is asked at m = %v", row.name, c.Margin)
			}
			return op.Reply{Value: max(0, c.Margin+c.Energies[0]-c.Energies[1])}
		}})
		p, err := OfProgram(s, o)
		if (err == nil) != row.ok {
			t.Errorf("%s: %v", row.name, err)
		}
		if err != nil {
			continue
		}
		for _, a := range p.Answers {
			if a.Why != "" {
				t.Errorf("%s: %s is refuted of a right one: %s", row.name, a.Question, a.Case)
			}
		}
	}
}
