package losses_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"ebmcheck/ebm"
	"ebmcheck/ebm/promise"
	. "ebmcheck/losses"
	"ebmcheck/properties/exact"
)

// A lossOver is NLLOver or MEEOver, or what is planted for it.
type lossOver func(grad, F []float64, y int, beta float64, mu ebm.Measure) float64

func nllOver(grad, F []float64, y int, beta float64, mu ebm.Measure) float64 {
	return NLLOver{Beta: beta, Mu: mu}.Eval(grad, F, y)
}

func meeOver(grad, F []float64, y int, beta float64, mu ebm.Measure) float64 {
	return MEEOver{Beta: beta, Mu: mu}.Eval(grad, F, y)
}

// brokenOver tries one case against the definitions in enclosures of 300 bits. For the
// NLL half an ulp is allowed and 2⁻⁹⁰ of the terms; for MEE (|ln q| + 8) u q, and a
// factor β in its gradient.
func brokenOver(of lossOver, mee bool, r *rand.Rand) string {
	const prec, u = 300, 0x1p-53
	number := func(x float64) exact.Interval { return exact.Of(x, prec) }
	n := 1 + r.IntN(6)
	beta := math.Exp(4 * r.NormFloat64())
	F, mass, ys := make([]float64, n), make([]float64, n), make([][]float64, n)
	for i := range F {
		F[i], mass[i], ys[i] = 10*r.NormFloat64()/beta, math.Exp(5*r.NormFloat64()), []float64{float64(i)}
	}
	mu, y := ebm.Points(ys, mass), r.IntN(n)
	if r.IntN(2) == 0 { // a datum that is no point of the measure
		m := float64(r.IntN(2))
		mu, y = mu.With([]float64{0.5}, m), n
		F, mass = append(F, 10*r.NormFloat64()/beta), append(mass, m)
	}
	Z := number(0)
	p := make([]exact.Interval, len(F))
	for i, f := range F {
		p[i] = number(mass[i]).Mul(number(f).Mul(number(beta)).Neg().Exp())
		Z = Z.Add(p[i])
	}
	ln := number(F[y]).Mul(number(beta)).Add(Z.Log()).Neg() // ln q
	q := ln.Exp()
	want, slack := ln.Neg().Div(number(beta)), 0x1p-90*(1+math.Abs(ln.Mid()))/beta
	factor := number(1)
	if mee {
		want, slack = number(1).Sub(q), (math.Abs(ln.Mid())+8)*u*q.Mid()
		factor = q.Mul(number(beta))
	}
	grad := make([]float64, len(F))
	got := of(grad, F, y, beta, mu)
	if off := number(got).Sub(want).Abs().Mid(); !(off <= slack+u*math.Abs(want.Mid())) {
		return fmt.Sprintf("F = %v, y = %d, β = %v, μ = %v: ℓ = %v, want %v", F, y, beta, mass, got, want.Mid())
	}
	for i := range F {
		d := p[i].Div(Z).Neg()
		if i == y {
			d = number(0)
			for j := range F {
				if j != y {
					d = d.Add(p[j].Div(Z))
				}
			}
		}
		want := d.Mul(factor)
		if off := number(grad[i]).Sub(want).Abs().Mid(); !(off <= 1.0001*u*math.Abs(want.Mid())) && !(mee && off <= (math.Abs(ln.Mid())+8)*u*math.Abs(want.Mid())) {
			return fmt.Sprintf("F = %v, y = %d, β = %v, μ = %v: ∂ℓ/∂F[%d] = %v, want %v", F, y, beta, mass, i, grad[i], want.Mid())
		}
	}
	return ""
}

func TestOverPromises(t *testing.T) {
	promise.Try(t, "NLL", 100, func(r *rand.Rand) string { return brokenOver(nllOver, false, r) })
	promise.Try(t, "MEE", 100, func(r *rand.Rand) string { return brokenOver(meeOver, true, r) })
}

// overFaults are wrong in a believable way.
var overFaults = []struct {
	fault string
	mee   bool
	of    lossOver
}{
	{"the probability of the answer for its density", false, func(grad, F []float64, y int, beta float64, mu ebm.Measure) float64 {
		nllOver(grad, F, y, beta, mu)
		return ebm.NewGibbs(F, beta, mu).NLL(y)
	}},
	{"a slope of 1 at the datum", false, func(grad, F []float64, y int, beta float64, mu ebm.Measure) float64 {
		loss := nllOver(grad, F, y, beta, mu)
		grad[y] = 1
		return loss
	}},
	{"Z without the masses", true, func(grad, F []float64, y int, beta float64, mu ebm.Measure) float64 {
		return meeOver(grad, F, y, beta, ebm.Counting(len(F)))
	}},
	{"β forgotten in the gradient", true, func(grad, F []float64, y int, beta float64, mu ebm.Measure) float64 {
		loss := meeOver(grad, F, y, beta, mu)
		for i := range grad {
			grad[i] /= beta
		}
		return loss
	}},
}

// Over Counting they are NLL and MEE; on a box, the NLL of a Gaussian in closed form.
func TestOver(t *testing.T) {
	F := []float64{0.5, 0, 3}
	a, b := make([]float64, 3), make([]float64, 3)
	if got, want := (NLLOver{Beta: 2, Mu: ebm.Counting(3)}).Eval(a, F, 1), (NLL{Beta: 2}).Eval(b, F, 1); got != want || fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("over Counting the NLL is %v, %v, want %v, %v", got, a, want, b)
	}
	if got, want := (MEEOver{Beta: 2, Mu: ebm.Counting(3)}).Eval(nil, F, 1), (MEE{Beta: 2}).Eval(nil, F, 1); !(math.Abs(got-want) <= 4*0x1p-53) {
		t.Errorf("over Counting the MEE is %v, want %v", got, want)
	}
	q, w := ebm.Quadratic{D: 2}, []float64{1, 2, 3, 0.5, 0.5, 1}
	mu, _, relErr := ebm.Box([]float64{-20, -20}, []float64{20, 20}, func(y []float64) float64 { return q.Eval(w, nil, y) }, 0.7)
	y := []float64{0.3, 1.9}
	mu = mu.With(y, 0)
	got := NLLOver{Beta: 0.7, Mu: mu}.Eval(nil, ebm.Energies(nil, q, w, nil, mu.Points()), mu.Len()-1)
	want := q.Eval(w, nil, y) + q.LogZ(w, 0.7)/0.7
	if !(relErr < 1e-9) || !(math.Abs(got-want) <= 2*relErr/0.7+8*0x1p-53) {
		t.Errorf("the NLL on a box is %v, want %v; estimate %v", got, want, relErr)
	}
	inf, nan := math.Inf(1), math.NaN()
	grad := make([]float64, 2)
	if got := (NLLOver{Beta: 1, Mu: ebm.Counting(2)}).Eval(grad, []float64{1, inf}, 1); got != inf || grad[1] != 1 || grad[0] != -1 {
		t.Errorf("an impossible datum: %v, %v", got, grad)
	}
	if got := (MEEOver{Beta: 1, Mu: ebm.Counting(2)}).Eval(grad, []float64{1, inf}, 1); got != 1 || grad[0] != 0 || grad[1] != 0 {
		t.Errorf("an impossible datum: %v, %v", got, grad)
	}
	for _, c := range []struct {
		why  string
		beta float64
		mass []float64
		want float64
	}{
		{"β = +Inf", inf, []float64{1, 1}, 3},
		{"β = 0, mass above 1", 0, []float64{1, 1}, inf},
		{"β = 0, mass below 1", 0, []float64{0.25, 0.25}, -inf},
		{"β = 0, mass 1", 0, []float64{0.5, 0.5}, 1.5},
	} {
		if got := (NLLOver{Beta: c.beta, Mu: ebm.Weighted(c.mass)}).Eval(nil, []float64{2, 5}, 1); got != c.want {
			t.Errorf("%s: the NLL is %v, want %v", c.why, got, c.want)
		}
	}
	for _, lnq := range []float64{800, -800} { // two level points of density q = e^±800, and βq = e^±100
		mu, beta := ebm.Samples([][]float64{{0}, {1}}, []float64{lnq, lnq}), math.Exp(-lnq*7/8)
		(MEEOver{Beta: beta, Mu: mu}).Eval(grad, []float64{0, 0}, 0)
		if want := math.Exp(lnq/8) / 2; !(math.Abs(grad[0]/want-1) <= 1600*0x1p-52) || grad[1] != -grad[0] { // 800 and 700 in two exponents
			t.Errorf("a density of e^%v: gradient %v, want %v", lnq, grad, want)
		}
	}
	for _, F := range [][]float64{{nan, 1}, {1, -inf}, {inf, inf}} {
		for _, l := range []Loss{NLLOver{Beta: 1, Mu: ebm.Counting(2)}, MEEOver{Beta: 1, Mu: ebm.Counting(2)}} {
			if got := l.Eval(grad, F, 0); !math.IsNaN(got) || !math.IsNaN(grad[1]) {
				t.Errorf("%T of %v: %v, %v, want NaN", l, F, got, grad)
			}
		}
	}
}

func TestOverPanics(t *testing.T) {
	for name, f := range map[string]func(){
		"beta < 0":   func() { NLLOver{Beta: -1, Mu: ebm.Counting(1)}.Eval(nil, []float64{1}, 0) },
		"beta NaN":   func() { MEEOver{Beta: math.NaN(), Mu: ebm.Counting(1)}.Eval(nil, []float64{1}, 0) },
		"beta = Inf": func() { MEEOver{Beta: math.Inf(1), Mu: ebm.Counting(1)}.Eval(nil, []float64{1}, 0) },
		"lengths":    func() { NLLOver{Beta: 1, Mu: ebm.Counting(2)}.Eval(nil, []float64{1}, 0) },
		"the answer": func() { NLLOver{Beta: 1, Mu: ebm.Counting(1)}.Eval(nil, []float64{1}, 1) },
	} {
		func() {
			defer func() {
				if s := fmt.Sprint(recover()); len(s) < 8 || s[:8] != "losses: " {
					t.Errorf("%s: %q is no panic of this package", name, s)
				}
			}()
			f()
		}()
	}
}
