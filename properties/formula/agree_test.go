package formula

import (
	"math"
	"math/rand/v2"
	"testing"
)

// plain is what float64 promises, with Go's functions.
var plain = Model{U: 0x1p-53, Tiny: 0x1p-1022, Most: math.MaxFloat64, Exp: 4, Log: 4, Log1p: 4}

// agree compares the truth and the bound of a formula on one input with its plain evaluation in float64, and with forward differentiation of
// its tree. It returns how many numbers there were to compare.
func agree(t *testing.T, f *Formula, p *Program, F []float64, scalars map[string]float64, vectors map[string][]float64) (compared int) {
	params, err := p.Bind(scalars, vectors)
	if err != nil {
		t.Fatalf("%s: %v", f.Text, err)
	}
	in := Input{F, params}
	truth, b := p.Truth(in, true), p.Bound(in, plain)
	value, grad := p.simulate(in, plain, func() float64 { return 0 })
	e := dualEvaluator{F: F, scalars: scalars, vectors: vectors}
	x := e.eval(f.Expand().Expr, nil)
	one := func(what string, got, want, tree float64, o Off) {
		if math.IsNaN(want) || math.IsInf(want, 0) || o.Overflows || math.IsNaN(got) || math.IsInf(o.By, 1) || o.Corner {
			return
		}
		compared++
		floor := math.Abs(want)*0x1p-53 + smallest
		if !(math.Abs(got-want) <= o.By+floor) || want < o.Lo-floor || want > o.Hi+floor {
			t.Errorf("%s at %v: %s is %v in float64, true %v, off by up to %v", f.Text, in, what, got, want, o)
		}
		if !e.rough && !(math.Abs(tree-want) <= 1e-6*(math.Abs(want)+1e-3)+1e6*o.By) {
			t.Errorf("%s at %v: %s is %v by forward differentiation, true %v, off by up to %v", f.Text, in, what, tree, want, o)
		}
	}
	if truth.Loose {
		return 0
	}
	one("the value", value, truth.Value.Near, x.v, b.Value())
	for i := range F {
		if g := truth.Grad[i]; g.Lo.Near == g.Hi.Near {
			one("a slope", grad[i], g.Lo.Near, x.d[i], b.Grad(i))
		}
	}
	return compared
}

// drawNumbers draws what a formula of a maker may ask for.
func drawNumbers(r *rand.Rand, f *Formula, n int) (F []float64, scalars map[string]float64, vectors map[string][]float64) {
	number := func() float64 {
		return []float64{0, 1, -1, 0.5, 2, 30, -30, 10*r.Float64() - 5, 10*r.Float64() - 5, 200*r.Float64() - 100}[r.IntN(10)]
	}
	F, scalars, vectors = make([]float64, n), map[string]float64{}, map[string][]float64{}
	for i := range F {
		F[i] = number()
	}
	for _, name := range f.Params {
		scalars[name] = []float64{1, 2, 0.5, 0.25, 3, 4 * r.Float64()}[r.IntN(6)]
	}
	for _, name := range f.Vectors {
		for range n {
			vectors[name] = append(vectors[name], number())
		}
	}
	return F, scalars, vectors
}

// TestAgree: random formulas of every kind, on random numbers.
func TestAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 5))
	formulas, compared := 0, 0
	for range 1000 {
		m := maker{r: r, tame: true}
		text := m.expr(4).String()
		f, err := Parse(text)
		if err != nil {
			continue
		}
		const n = 4
		p, err := f.Compile(n)
		if err != nil || len(p.nodes) > 3000 {
			continue
		}
		formulas++
		for range 4 {
			F, scalars, vectors := drawNumbers(r, f, n)
			compared += agree(t, f, p, F, scalars, vectors)
		}
	}
	t.Logf("%d formulas, %d numbers compared", formulas, compared)
	if formulas < 900 || compared < 10000 {
		t.Errorf("only %d formulas and %d numbers were compared", formulas, compared)
	}
}

// FuzzTruth: no text makes the truth or the bound panic, and they agree with float64.
func FuzzTruth(f *testing.F) {
	for _, text := range append(simulated, "sqrt(F[y]^2 + F[1]^2)", "p[ybar]^0.5/F[ybar]", "log(F[y])*F[y]") {
		f.Add(text, 0.5, -1.0, 3.0, 1.0)
	}
	f.Fuzz(func(t *testing.T, text string, a, b, c, s float64) {
		x, err := Parse(text)
		if err != nil || len(text) > 200 || x.Expand().Expr.contains(func(e *Expr) bool {
			return e.Op == "D" || e.Op == "with" || e.Op == "delta" || e.Op == "inf"
		}) {
			return
		}
		p, err := x.Compile(3)
		if err != nil || len(p.nodes) > 500 {
			return
		}
		scalars, vectors := map[string]float64{}, map[string][]float64{}
		for k, name := range x.Params {
			scalars[name] = s + float64(k)
		}
		for _, name := range x.Vectors {
			vectors[name] = []float64{c, s, a}
		}
		for _, v := range []float64{a, b, c, s} {
			if math.IsNaN(v) || math.Abs(v) > 1e6 || s < 0 { // β is not negative
				return
			}
		}
		agree(t, x, p, []float64{a, b, c}, scalars, vectors)
	})
}
