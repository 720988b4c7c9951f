package theory

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"ebmcheck/properties/formula"
)

// at finds what the statement comes to, of one answer or, if ns is above that, of ns.
func at(t *testing.T, says string, n int, scalars map[string]float64) formula.Verdict {
	t.Helper()
	s := formula.MustStatement(says)
	c, err := s.Compile(n)
	if err != nil {
		t.Fatal(err)
	}
	params, err := c.Bind(scalars, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c.At(formula.Input{F: make([]float64, n), Params: params}).Verdict
}

// value evaluates a formula of numbers.
func value(t *testing.T, e *formula.Expr, n int, scalars map[string]float64) float64 {
	t.Helper()
	s := formula.MustStatement(e.String() + " = 0")
	c, err := s.Compile(n)
	if err != nil {
		t.Fatal(err)
	}
	params, err := c.Bind(scalars, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c.At(formula.Input{F: make([]float64, n), Params: params}).Left.Mid()
}

// TestInductionsOnDescents: what is proved by induction is so of descents that are run, but for rounding: numbers that are small
// multiples of 1/4 have none.
func TestInductionsOnDescents(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, i := range inductions {
		ran := 0
		for try := 0; ran < 8 && try < 600; try++ {
			x := map[string]float64{}
			for _, th := range i.theorems() {
				for _, name := range formula.MustStatement(th.says).Params {
					x[name] = []float64{0, 1, -1, 0.5, 2, 0.25}[r.IntN(6)]
					if name == "beta" || strings.Contains(" "+i.positive+" ", " "+name+" ") {
						x[name] = []float64{1, 0.5, 0.25, 0.125, 4}[r.IntN(5)]
					}
				}
			}
			n := 2
			if i.given != "" && at(t, i.given, n, x) != formula.Holds {
				continue
			}
			put := func(moves map[string]*formula.Expr) {
				to := map[string]float64{}
				for name, e := range moves {
					to[name] = value(t, e, n, x)
				}
				for name, v := range to {
					x[name] = v
				}
			}
			put(moves(i.start))
			for range 4 {
				if i.each != "" {
					for _, g := range []float64{0, 1, 0.5} {
						if x["g"] = g; at(t, i.each, n, x) == formula.Holds && r.IntN(2) == 0 {
							break
						}
					}
					if at(t, i.each, n, x) != formula.Holds {
						break
					}
				}
				put(moves(i.step))
				if v := at(t, i.says, n, x); v == formula.Fails && !rounded(i) {
					t.Errorf("%s: %s of %v", i.name, v, x)
				}
			}
			ran++
		}
		if ran == 0 {
			t.Errorf("%s: no descent meets %s", i.name, i.given)
		}
	}
}

// rounded are the inductions whose descents are not exact in float64.
func rounded(i induction) bool { return strings.Contains(i.says+i.step, "exp") }

// TestInduction: two theorems are written from one text, and a text that is none is refused.
func TestInduction(t *testing.T) {
	good := induction{name: "x", says: "u = f + c*t", given: "c > 0", start: "u := f; t := 0", step: "u := u + c; t := t + 1"}
	ths := good.theorems()
	if got, want := ths[0].says, "f = f + c*0 if c > 0"; got != want {
		t.Errorf("the start is %q, want %q", got, want)
	}
	if got, want := ths[1].says, "u + c = f + c*(t + 1) if u = f + c*t and c > 0"; got != want {
		t.Errorf("the step is %q, want %q", got, want)
	}
	for what, spoil := range map[string]func(*induction){
		"a condition on what moves":     func(i *induction) { i.given = "u > 0" },
		"a start of another number":     func(i *induction) { i.start = "v := f; t := 0" },
		"a number that has no start":    func(i *induction) { i.start = "u := f" },
		"a number that moves twice":     func(i *induction) { i.step += "; u := 2*u" },
		"a start that is no assignment": func(i *induction) { i.start = "u = f; t := 0" },
		"a start from what moves":       func(i *induction) { i.start = "u := f; t := u" },
	} {
		func() {
			defer func() {
				if r := recover(); r == nil || !strings.HasPrefix(fmt.Sprint(r), "theory: ") {
					t.Errorf("%s: %v", what, r)
				}
			}()
			bad := good
			spoil(&bad)
			bad.theorems()
		}()
	}
}
