package formula

import (
	"math"
	"math/rand/v2"
	"testing"
)

// longSums are losses of all answers, and whether all their components are bounded in steps linear in n. Where a term is met on two paths within the
// sum, as t exp(t), sweeping it once bounds its derivative a little better: a(b + c) for ab + ac.
var longSums = []struct {
	text          string
	linear, twice bool
}{
	{"-log(exp(-F[y]/tau)/sum(j: exp(-F[j]/tau)))", true, false},
	{"-log(exp(-beta*F[y])/sum(j: exp(-beta*F[j])))", true, false},
	{"-sum(j != y: p[j])^gamma*log(p[y])", true, false},
	{"sqrt(1 + sum(j: (F[j]/tau)^2))", true, false},
	{"log(1 + sum(j != y: exp((F[y] - F[j])/tau)))", true, false},
	{"log(1 + sum(j: F[j]/tau*exp(F[j]/tau)))^2", true, true},
	{"exp(-F[y]/tau)/sum(j: exp(-F[j]/tau)) + sum(j: exp(-F[j]/tau))", true, false},
	{"sum(j != y: exp(-F[j]/tau))/sum(j: exp(-F[j]/tau))", false, false}, // two sums, which cancel
	{"exp(-F[y]/tau)/sum(j: exp(-F[j]*(1/tau)))", false, false},          // 1/tau is in every term
	{"exp(-F[y]/tau)/sum(j: if(F[j] < F[y]/tau, 1, exp(F[j])))", true, false},
	{"sqrt(1 + sum(j: exp(-F[j]/tau)*D(pos(F[j] - F[y]/tau), F[j])))", false, false}, // rounding may choose a side
	{"F[y]/tau + logsumexp(j: -F[j]/tau)", true, false},
}

// TestLongSum holds that a long sum swept once bounds each component as sweeping it again does. All that is added up is ≥ 0, so k nodes in
// another order are another number by k·2⁻⁵² at most, and k is below 2¹²; outward, each of the few factors moves by 2⁻⁵¹.
func TestLongSum(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, c := range longSums {
		for _, n := range []int{many, many + 1, 65, 130} {
			p, err := MustParse(c.text).Compile(n)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range []Model{float32Model, bfloat16Model} {
				near := Input{F: make([]float64, n), Params: make([]float64, len(p.Slots))} // all terms count
				for k := range near.Params {
					near.Params[k] = m.nearest(0.7)
				}
				for j := range near.F {
					near.F[j] = float64(j%7-3) / 4
				}
				near.F[n/2] = m.nearest(near.F[0] / 0.7) // less or not
				for _, in := range []Input{near, drawInput(r, p, m)} {
					once, again := p.Bound(in, m), p.Bound(in, m)
					clear(again.long)
					for j := range n {
						a, b := once.Grad(j), again.Grad(j)
						same := a.By == b.By || math.Abs(a.By-b.By) <= 0x1p-39*b.By || c.twice && a.By <= b.By
						if a.By, b.By = 0, 0; !same || a != b {
							t.Errorf("%s: n = %d, component %d: %+v, swept again %+v", c.text, n, j, once.Grad(j), again.Grad(j))
						}
					}
				}
			}
		}
	}
}

// TestLongSumGrows holds that bounding all components takes steps in proportion to n; swept again for every component, it takes a square.
func TestLongSumGrows(t *testing.T) {
	squares := 0.0
	for _, c := range longSums {
		steps := func(n int, again bool) float64 {
			p, err := MustParse(c.text).Compile(n)
			if err != nil {
				t.Fatal(err)
			}
			in := Input{F: make([]float64, n), Params: make([]float64, len(p.Slots))}
			for j := range in.F {
				in.F[j] = float64(j%7) / 4
			}
			for k := range in.Params {
				in.Params[k] = 0.75
			}
			d := p.Bound(in, float32Model)
			if again {
				clear(d.long)
			}
			for j := range n {
				d.Grad(j)
			}
			return float64(d.steps)
		}
		grows, square := steps(400, false)/steps(100, false), steps(400, true)/steps(100, true)
		t.Logf("%-75s %4.1f, %4.1f", c.text, grows, square)
		squares = max(squares, square)
		if c.linear && !(grows < 6) {
			t.Errorf("%s: of 4 times as many answers all components take %.1f times the steps: want about 4", c.text, grows)
		}
	}
	if !(squares > 12) {
		t.Errorf("swept again for every component, they take %.1f times the steps: want about 16", squares)
	}
}
