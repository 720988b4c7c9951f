package theory

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/formula"
)

// examinedAt is what the statement comes to, of n answers whose energies are 0.
func examinedAt(t *testing.T, says string, n int, scalars map[string]float64) formula.Finding {
	t.Helper()
	c, err := formula.MustStatement(says).Compile(n)
	if err != nil {
		t.Fatal(err)
	}
	params, err := c.Bind(scalars, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c.At(formula.Input{F: make([]float64, n), Params: params})
}

// descends runs some descents of an induction, each step off by so much, and returns how many ran, and where one was refuted by
// more than rounding: four steps of a dozen operations on numbers of at most e¹² < 2¹⁸ are off by less than 4·12·2¹⁸·2⁻⁵³ < 2⁻²⁹.
func (i induction) descends(t *testing.T, off float64) (ran int, refuted string) {
	t.Helper()
	const n, rounding = 2, 0x1p-29
	r := rand.New(rand.NewPCG(3, 4))
	first, _, _ := strings.Cut(i.step, " ")
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
		if i.given != "" && examinedAt(t, i.given, n, x).Verdict != formula.Holds {
			continue
		}
		put := func(moves map[string]*formula.Expr) {
			to := map[string]float64{}
			for name, e := range moves {
				to[name] = examinedAt(t, e.String()+" = 0", n, x).Left.Mid()
			}
			maps.Copy(x, to)
		}
		put(moves(i.start))
		for range 4 {
			if i.each != "" && !slices.ContainsFunc(r.Perm(3), func(k int) bool {
				x["g"] = float64(k) / 2
				return examinedAt(t, i.each, n, x).Verdict == formula.Holds
			}) {
				t.Errorf("%s: no step of %v", i.name, x)
			}
			put(moves(i.step))
			x[first] += off
			f := examinedAt(t, i.says, n, x)
			if gap := math.Abs(f.Left.Mid() - f.Right.Mid()); f.Verdict == formula.Fails && !(gap <= rounding) {
				return ran, fmt.Sprintf("%s of %v", i.says, x)
			}
		}
		ran++
	}
	return ran, ""
}

// TestInductionsOnDescents: what is proved by induction is so of descents that are run, and not of those whose steps are off by 1.
func TestInductionsOnDescents(t *testing.T) {
	for _, i := range inductions {
		if ran, refuted := i.descends(t, 0); ran == 0 || refuted != "" {
			t.Errorf("%s: %d descents ran; refuted: %q", i.name, ran, refuted)
		}
		if _, up := i.descends(t, 1); up == "" {
			if _, down := i.descends(t, -1); down == "" {
				t.Errorf("%s: steps that are off by 1 refute nothing", i.name)
			}
		}
	}
}

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
