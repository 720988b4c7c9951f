package losses_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/op"
)

// allowed is the promise of doc.go in ulps of the true value: one rounding, ½, and
// what the 2⁻⁹⁰ before it can add.
const allowed = 0.5 + 0x1p-30

// A regime draws energies, inverse temperatures and margins.
type regime struct {
	name string
	size float64 // of the energies; 0 for any bits
	beta float64 // between 1/beta and beta
}

var regimes = []regime{{"tame", 50, 100}, {"wide", 1e6, 1e3}, {"extreme", 0, 0}}

// special values: kinks, thresholds of the algorithms, ends of the range.
var special = []float64{0, math.Copysign(0, -1), 1, -1, 0.5, 1e-9, math.Ln2, -math.Ln2, 36.04, -36.7, 709.78, -745.13, 745.14, 1e6, 1e16,
	5e-324, -5e-324, 0x1p-1022, 1e-300, 1e300, -1e308, math.MaxFloat64, -math.MaxFloat64}

func (g regime) float(r *rand.Rand) float64 {
	switch k := r.IntN(10); {
	case g.size == 0 && k < 4:
		for {
			if x := math.Float64frombits(r.Uint64()); x-x == 0 {
				return x
			}
		}
	case g.size == 0 && k < 6:
		return special[r.IntN(len(special))]
	case k < 6:
		return (2*r.Float64() - 1) * g.size
	case k < 8:
		return float64(r.IntN(7) - 3)
	}
	return r.NormFloat64()
}

func (g regime) betas(r *rand.Rand) float64 {
	if g.size == 0 {
		if r.IntN(2) == 0 {
			return max(math.Abs(g.float(r)), 5e-324)
		}
		return math.Exp(r.Float64()*1400 - 700)
	}
	return math.Pow(g.beta, 2*r.Float64()-1)
}

// energies draws n of them: free, tied, near a common level, or with gaps that
// put β(F − min F) anywhere between 0 and 1500, where the tails are.
func (g regime) energies(r *rand.Rand, n int, beta float64) []float64 {
	F := make([]float64, n)
	base := g.float(r)
	kind := r.IntN(5)
	for i := range F {
		switch kind {
		case 0, 1:
			F[i] = g.float(r)
		case 2:
			F[i] = base + float64(r.IntN(3))*r.Float64()/beta
		case 3:
			F[i] = base + r.Float64()*1500/beta
		case 4:
			F[i] = r.ExpFloat64() * 40 / beta
		}
		if !(math.Abs(F[i]) <= math.MaxFloat64) || g.size > 0 && math.Abs(F[i]) > g.size {
			F[i] = g.float(r)
		}
		if i > 0 && r.IntN(8) == 0 {
			F[i] = F[i-1]
		}
	}
	return F
}

// A tally holds the largest error seen of one operation.
type tally struct {
	cases, numbers int
	worst          float64
	at             string
}

func (w *tally) number(t *testing.T, what string, want exact.Value, got float64, call func() string) {
	t.Helper()
	ulps := want.Ulps(got)
	w.numbers++
	if !(ulps <= allowed) {
		t.Fatalf("%s\n\t%s = %v (%x), want %v (%x + %g ulp): %g ulps", call(), what, got, got, want.Near, want.Near, want.Off, ulps)
	}
	if ulps > w.worst {
		w.worst, w.at = ulps, call()
	}
}

func (w *tally) loss(t *testing.T, truth exact.Truth, value float64, grad []float64, call func() string) {
	t.Helper()
	w.cases++
	w.number(t, "value", truth.Value, value, call)
	for i, d := range grad {
		lo, hi := truth.Grad[i].Lo, truth.Grad[i].Hi
		if lo == hi || !lo.Defined() {
			w.number(t, fmt.Sprintf("grad[%d]", i), lo, d, call)
		} else if !(lo.Near <= d && d <= hi.Near) { // the ends are 0 and ±1: exact
			t.Fatalf("%s\n\tgrad[%d] = %v is outside of [%v, %v]", call(), i, d, lo.Near, hi.Near)
		}
	}
	if truth.SumZero && len(grad) > 0 && truth.Grad[0].Lo != truth.Grad[0].Hi {
		var s float64
		for _, d := range grad {
			s += d
		}
		if s != 0 { // components are 0 and ±1 wherever there is a choice
			t.Fatalf("%s\n\tgradient %v adds up to %v", call(), grad, s)
		}
	}
}

// The losses are those of the catalogue of ops, each with its truth: a loss that
// is no op has none.

// ask is a call of the op, with β and with m for every other parameter.
func ask(o op.Op, F []float64, y int, m, beta float64) op.Call {
	c := op.Call{Op: o, Energies: F, Answer: y}
	for _, p := range o.Row().Params {
		if p.Scale {
			p.Set(&c, beta)
		} else {
			p.Set(&c, m)
		}
	}
	return c
}

// check holds this module's loss to the truth.
func (w *tally) check(t *testing.T, c op.Call) {
	t.Helper()
	r := c.Op.Row()
	got := r.Reference(c)
	w.loss(t, r.Truth(c), got.Value, got.Grad, c.String)
}

func runs(t *testing.T) int {
	if testing.Short() {
		return 300
	}
	return 3400 // × 3 regimes
}

func TestAccuracyWholes(t *testing.T) {
	for _, o := range op.Ops {
		if r := o.Row(); r.Pair || !r.Answer {
			continue
		}
		t.Run("loss="+string(o), func(t *testing.T) {
			var all int
			for i, g := range regimes {
				r := rand.New(rand.NewPCG(uint64(i), 7))
				var w tally
				check := func(F []float64, y int, beta float64) { w.check(t, ask(o, F, y, 1, beta)) }
				if g.size == 0 {
					for _, a := range special {
						for _, b := range special {
							check([]float64{a, b}, 0, 1)
							check([]float64{a, b, b}, 1, 2.5)
						}
					}
				}
				for range runs(t) {
					n := []int{1, 2, 2, 3, 3, 4, 5, 9}[r.IntN(8)]
					if r.IntN(200) == 0 {
						n = 40
					}
					beta := g.betas(r)
					check(g.energies(r, n, beta), r.IntN(n), beta)
				}
				t.Logf("%s: %.4f ulps is the largest error found in %d numbers of %d cases, at %s", g.name, w.worst, w.numbers, w.cases, w.at)
				all += w.cases
			}
			if all < 10000 && !testing.Short() {
				t.Errorf("only %d cases", all)
			}
		})
	}
}

func TestAccuracyPairs(t *testing.T) {
	for _, o := range op.Ops {
		if !o.Row().Pair {
			continue
		}
		t.Run("loss="+string(o), func(t *testing.T) {
			var all int
			for i, g := range regimes {
				r := rand.New(rand.NewPCG(uint64(i), 8))
				var w tally
				check := func(F, Fbar, m, beta float64) { w.check(t, ask(o, []float64{F, Fbar}, 0, m, beta)) }
				if g.size == 0 {
					for _, a := range special {
						for _, b := range special {
							for _, m := range []float64{0, 1, 0.1, 1e-300, 1e300} {
								check(a, b, m, 1)
								check(b-m, b, m, 1)                               // at the kink, if b − m is a float64
								check(math.Nextafter(b-m, 1), b, m, 3)            // a float64 above it
								check(math.Nextafter(b-m, math.Inf(-1)), b, m, 3) // and below
							}
						}
					}
				}
				for range runs(t) {
					beta := g.betas(r)
					F := g.energies(r, 2, beta)
					m := max(0, g.float(r))
					switch r.IntN(4) {
					case 0:
						m = 1
					case 1: // near the kinks
						m = math.Abs(F[1] - F[0])
						if m-m != 0 {
							m = 1
						}
					}
					check(F[0], F[1], m, beta)
				}
				t.Logf("%s: %.4f ulps is the largest error found in %d numbers of %d cases, at %s", g.name, w.worst, w.numbers, w.cases, w.at)
				all += w.cases
			}
			if all < 10000 && !testing.Short() {
				t.Errorf("only %d cases", all)
			}
		})
	}
}
