package formula_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/formula"
)

func drawF(r *rand.Rand) float64 {
	switch r.IntN(8) {
	case 0:
		return []float64{0, 1, -1, 0.5, 2, math.Ln2, 50, -50, 36.7368005696771, -37.5, 1e-9, 1 + 0x1p-52, 7.0978, -0.1}[r.IntN(14)]
	case 1:
		return float64(r.IntN(2_000_001) - 1_000_000)
	case 2:
		return float64(r.IntN(100)-50) + r.Float64()
	default:
		return float64(r.IntN(10001)-5000) / 100
	}
}

func drawParam(r *rand.Rand, name string) float64 {
	switch name {
	case "beta", "tau":
		return []float64{1, 2, 0.5, 0.1, 10, 100, 0.01, 3, 1 + r.Float64(), 10*r.Float64() + 0.01}[r.IntN(10)]
	case "g":
		return []float64{0, 1, 2, 0.5, 5, 2, 3}[r.IntN(7)]
	case "eps":
		return []float64{0.1, 0, 0.2, 0.01, 0.5, r.Float64()}[r.IntN(6)]
	case "q":
		return []float64{0.7, 1, 0.5, 0.1, 0.01, 2}[r.IntN(6)]
	case "d":
		return []float64{1, 0.5, 2, 0.1, 1e-3, 10}[r.IntN(6)]
	case "in":
		return []float64{-23, -7, 0, 1, -1, float64(r.IntN(2000)-1000) / 100}[r.IntN(6)]
	case "out":
		return []float64{-5, 3, 0, 1, float64(r.IntN(2000)-1000) / 100}[r.IntN(5)]
	default:
		return []float64{1, 0.5, 0, 0.1, 10, float64(r.IntN(2000)) / 100, r.Float64()}[r.IntN(7)]
	}
}

func (c custom) draw(r *rand.Rand, i int, round func(float64) float64) (F []float64, s map[string]float64, v []float64) {
	n := c.least + r.IntN(9-c.least)
	if i%40 == 39 {
		n = 30 + r.IntN(40)
	}
	F = make([]float64, n)
	for k := range F {
		F[k] = drawF(r)
	}
	s = map[string]float64{}
	for _, name := range c.scalars {
		s[name] = round(drawParam(r, name))
	}
	switch r.IntN(8) {
	case 0: // tie at the minimum
		k := r.IntN(n)
		F[k] = slices.Min(F)
	case 1: // all near
		for k := range F {
			F[k] = F[0] + float64(r.IntN(5))*1e-3
		}
	case 2: // common offset
		o := []float64{1e3, -1e3, 1e6, 12345.678}[r.IntN(4)]
		for k := range F {
			F[k] += o
		}
	case 3: // at a kink
		if n > 1 {
			F[1+r.IntN(n-1)] = F[0] + s["m"]
		}
	case 4:
		F[0] = s["in"]
		if n > 1 {
			F[1] = s["out"]
		}
	}
	for k := range F {
		F[k] = round(F[k])
		v = append(v, round(drawParam(r, "m")))
	}
	return F, s, v
}

func narrow(F []float64) []float32 {
	r := make([]float32, len(F))
	for i, f := range F {
		r[i] = float32(f)
	}
	return r
}

// The arithmetics of the subjects: Go's functions are within 2 ulps.
var (
	float64Model = formula.Model{U: 0x1p-53, Tiny: 0x1p-1022, Most: math.MaxFloat64, Exp: 4, Log: 4, Log1p: 4}
	float32Model = formula.Model{U: 0x1p-24, Tiny: 0x1p-126, Most: 0x1.fffffep127, Exp: 4, Log: 4, Log1p: 4}
)

// spent returns the share of the allowance that a number spends; half an ulp is always allowed.
func spent(m formula.Model, got float64, want exact.Value, allowed float64, overflows bool) float64 {
	ulp := math.Nextafter(math.Abs(want.Near), math.Inf(1)) - math.Abs(want.Near)
	off := math.Abs((got-want.Near)-want.Off*ulp) + want.Err*ulp
	half := math.Max(m.Tiny*m.U, m.U*math.Abs(want.Near))
	switch {
	case !want.Defined() || math.IsInf(allowed, 1) || overflows && (math.IsNaN(got) || math.IsInf(got, 0)):
		return 0
	case math.IsInf(want.Near, 0) && got == want.Near || math.IsInf(got, 0) && math.Abs(want.Near)+allowed >= m.Most:
		return 0
	case !(off < math.Inf(1)):
		return math.Inf(1)
	}
	return off / math.Max(allowed, half) * (1 - 0x1p-20)
}

// judge returns the most that an answer spends.
func judge(m formula.Model, t formula.Truth, a *formula.Allowance, value float64, grad []float64) (most float64, what string) {
	more := func(s float64, format string, args ...any) {
		if s > most {
			most, what = s, fmt.Sprintf(format, args...)
		}
	}
	more(spent(m, value, t.Value, a.Value, a.Overflows), "value %v, true %v, allowed %.3g", value, t.Value.Near, a.Value)
	for i, g := range grad {
		if !a.Mixed[i] {
			more(spent(m, g, t.Grad[i].Lo, a.Grad[i], a.GradOverflows[i]), "grad[%d] %v, true %v, allowed %.3g", i, g, t.Grad[i].Lo.Near, a.Grad[i])
		}
	}
	more(a.Mixture(grad)*(1-1e-9), "grad %v at a corner", grad)
	return most, what
}

// TestCustom: of losses that nobody has bounded by hand, right implementations are within what the formula allows, wrong ones are not.
func TestCustom(t *testing.T) {
	const calls = 1000
	for _, c := range customs {
		loss, err := formula.NewLoss(c.forms...)
		if err != nil {
			t.Fatal(err)
		}
		evaluators := map[int]*formula.Evaluator{}
		for _, m := range []formula.Model{float64Model, float32Model} {
			round := func(x float64) float64 { return x }
			name := "float64"
			if m == float32Model {
				name, round = "float32", func(x float64) float64 { return float64(float32(x)) }
			}
			eval := func(F []float64, s map[string]float64, v []float64, fault int) (float64, []float64) {
				if m == float64Model {
					return c.f64(args[float64]{F, s, map[string][]float64{"c": v}}, fault)
				}
				s32 := map[string]float32{}
				for k, x := range s {
					s32[k] = float32(x)
				}
				val, g := c.f32(args[float32]{narrow(F), s32, map[string][]float32{"c": narrow(v)}}, fault)
				G := make([]float64, len(g))
				for i := range g {
					G[i] = float64(g[i])
				}
				return float64(val), G
			}
			r := rand.New(rand.NewPCG(7, 11))
			most, corners, unknown := 0.0, 0, 0
			refuted := [3]int{}
			for i := range calls {
				F, s, v := c.draw(r, i, round)
				e := evaluators[len(F)]
				if e == nil {
					if e, err = loss.Compile(len(F)); err != nil {
						t.Fatal(err)
					}
					evaluators[len(F)] = e
				}
				q := formula.Question{Energies: F, Scalars: s, Vectors: map[string][]float64{"c": v}}
				truth, err := e.Truth(q, true)
				if err != nil {
					t.Fatal(err)
				}
				a, err := e.Allow(q, m, true)
				if err != nil {
					t.Fatal(err)
				}
				if a.Corner() {
					corners++
				}
				if truth.Loose || math.IsInf(a.Value, 1) {
					unknown++
				}
				value, grad := eval(F, s, v, 0)
				share, what := judge(m, truth, a, value, grad)
				if share > 1 {
					t.Errorf("%s in %s: %s: spends %.3g; F=%v %v %v", c.name, name, what, share, F, s, v)
				}
				most = max(most, share)
				for k := range refuted {
					if refuted[k] == 0 {
						value, grad := eval(F, s, v, k+1)
						grad = append(grad, make([]float64, len(F)-len(grad))...)
						if share, _ := judge(m, truth, a, value, grad); share > 1 {
							refuted[k] = i + 1
						}
					}
				}
			}
			t.Logf("%-20s %s: right spends up to %.3f; faults refuted at call %v; %d corners, %d unknown", c.name, name, most, refuted, corners, unknown)
			for k, at := range refuted {
				if at == 0 {
					t.Errorf("%s in %s: %s is not refuted in %d calls", c.name, name, c.faults[k], calls)
				}
			}
		}
	}
}
