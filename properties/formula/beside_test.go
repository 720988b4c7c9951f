package formula

import (
	"math"
	"strings"
	"testing"
)

// TestOneExponential tests that what overflows on the way to a sum of one exponential counts, though the value is another
// number: x = −βF is −∞, and x − max x a NaN.
func TestOneExponential(t *testing.T) {
	for _, text := range []string{"p[y]", "(1 - p[y])^gamma * -log(p[y])", "logsumexp(j: -beta*F[j]) + beta*F[y]"} {
		p := compiled(t, text, 1)
		for beta, want := range map[float64]bool{1: false, math.MaxFloat64: true} {
			params, err := p.Bind(map[string]float64{"beta": beta, "gamma": 2}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if o := p.Bound(Input{[]float64{10}, params}, plain).Value(); o.Overflows != want {
				t.Errorf("%s at F=[10], β=%v: overflows is %v, want %v", text, beta, o.Overflows, want)
			}
		}
	}
}

// TestJoined: a logsumexp of a set and one number more is that of one set, whatever it is nested in; of no answer but y it is that number.
func TestJoined(t *testing.T) {
	for _, n := range []int{1, 2, 4} {
		p := compiled(t, "logsumexp(logsumexp(m, g), logsumexp(j != y: F[j]))", n)
		if L := p.nodes[p.value]; L.op != opLSE || len(L.args) != n+1 {
			t.Errorf("of %d energies: %s of %d terms, want lse of %d", n, opNames[L.op], len(L.args), n+1)
		}
	}
	same := "logsumexp(m, logsumexp(j != y: F[j])) = log(exp(m) + sum(j != y: exp(F[j])))"
	check, err := MustStatement(same).Compile(3)
	if err != nil {
		t.Fatal(err)
	}
	params, err := check.Bind(map[string]float64{"m": 0.5}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if v := check.At(Input{[]float64{1, -2, 0.25}, params}); v.Verdict != Holds {
		t.Errorf("%s: %v", same, v)
	}
	for _, text := range []string{"logsumexp(m)", "sum(m, 1)"} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), "is written") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestOneLess: p − 1 may be computed by the other probabilities, as 1 − p.
func TestOneLess(t *testing.T) {
	for _, texts := range [][2]string{{"1 - p[y]", "p[y] - 1"}, {"1 - sigmoid(F[y])", "sigmoid(F[y]) - 1"}, {"1 - p[y]", "-1 + p[y]"}} {
		for _, F := range [][]float64{{0, 60}, {1, 0.5}} {
			bound := func(text string) float64 {
				p := compiled(t, text, 2)
				params, err := p.Bind(map[string]float64{"beta": 1}, nil)
				if err != nil {
					t.Fatal(err)
				}
				return p.Bound(Input{F, params}, plain).Value().By
			}
			if less, of := bound(texts[1]), bound(texts[0]); !(math.Abs(less-of) <= 0x1p-40*of) {
				t.Errorf("%s may be off by %v, %s by %v, at %v", texts[1], less, texts[0], of, F)
			}
		}
	}
}

// TestOverflows: what may pass the largest number on another way to the same: the others divided by a factor that is taken out, and a product of factors of the
// gradient. What belongs to a branch that is not taken may not.
func TestOverflows(t *testing.T) {
	const taken, by, two, branches = "softplus(beta*(F[y] - F[ybar]) + g)", "F[y] + softplus(F[ybar])/beta", "sum(j: (p[j] - delta(j, y))^2)", "if(F[y] < F[ybar], exp(F[y] - F[ybar]), F[y])"
	for _, c := range []struct {
		text        string
		F           []float64
		beta        float64
		value, grad bool
	}{
		{taken, []float64{0, 1}, 0x1p-1074, true, true},
		{taken, []float64{0, 1}, 1e-300, false, false},
		{taken, []float64{0, 1}, 0, false, false}, // nobody divides by that
		{by, []float64{10, 1}, math.MaxFloat64, true, false},
		{by, []float64{10, 1}, 1e300, false, false},
		{two, []float64{0.5, 0}, math.MaxFloat64, false, true},
		{two, []float64{0.5, 0}, 1e300, false, false},
		{branches, []float64{800, 0}, 1, false, false},
		{branches, []float64{-800, 0}, 1, false, false},
		{"-" + branches, []float64{800, 0}, 1, false, false},
		{"exp(F[y] - F[ybar])", []float64{800, 0}, 1, true, true},
	} {
		p := compiled(t, c.text, 2)
		params, err := p.Bind(map[string]float64{"beta": c.beta, "g": 0.5}, nil)
		if err != nil {
			t.Fatal(err)
		}
		b := p.Bound(Input{c.F, params}, plain)
		grad := b.Grad(0).Overflows || b.Grad(1).Overflows
		if value := b.Value().Overflows; value != c.value || grad != c.grad {
			t.Errorf("%s at %v, β=%v: the value overflows is %v, the gradient %v, want %v and %v", c.text, c.F, c.beta, value, grad, c.value, c.grad)
		}
	}
}

// TestPassesMost: of what is made of a number past the largest of a narrow format nothing is known, as in float64.
func TestPassesMost(t *testing.T) {
	narrow := Model{U: 0x1p-24, Tiny: 0x1p-126, Most: math.MaxFloat32, Exp: 4, Log: 4, Log1p: 4}
	p := compiled(t, "log(1 + sum(j != y: exp(F[y] - F[j])))", 3)
	for F, want := range map[float64]bool{80: false, 89: true} { // e^89 is past it, e^88.5 is not
		b := p.Bound(Input{[]float64{F, 0, 0.5}, nil}, narrow)
		if got := math.IsInf(b.Grad(2).By, 1); got != want {
			t.Errorf("at F_y = %v the slope of another answer may be anything is %v, want %v", F, got, want)
		}
	}
}
