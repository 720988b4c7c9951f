package exact

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/ALTree/bigfloat"
)

// The independent computation: big.Float at 480 bits, exponentials and logarithms of ALTree/bigfloat, no interval, no
// fixed point, nothing of this package but the types of its answers. Differences of energies are exact.
const otherBits = 480

func bf(x float64) *big.Float        { return new(big.Float).SetPrec(otherBits).SetFloat64(x) }
func bfNew() *big.Float              { return new(big.Float).SetPrec(otherBits) }
func mul(x, y *big.Float) *big.Float { return bfNew().Mul(x, y) }
func quo(x, y *big.Float) *big.Float { return bfNew().Quo(x, y) }

// add returns x + y, without lining up what is too far apart to matter at 480 bits.
func add(x, y *big.Float) *big.Float {
	switch d := x.MantExp(nil) - y.MantExp(nil); {
	case x.Sign() != 0 && y.Sign() != 0 && d > 3*otherBits:
		return x
	case x.Sign() != 0 && y.Sign() != 0 && d < -3*otherBits:
		return y
	}
	return bfNew().Add(x, y)
}

// sumOf returns x + y for an x that may be halfway between two float64: so that the side of y shows however small y is, it is
// moved up to 2^−3000 of x.
func sumOf(x, y *big.Float) *big.Float {
	if x.Sign() != 0 && y.Sign() != 0 && x.MantExp(nil)-y.MantExp(nil) > 3000 {
		y = new(big.Float).SetMantExp(big.NewFloat(float64(y.Sign())), x.MantExp(nil)-3000)
	}
	return new(big.Float).SetPrec(8000).Add(x, y)
}

// gap returns β(a − b), the difference exact.
func gap(a, b, beta float64) *big.Float {
	d := new(big.Float).SetPrec(2200)
	d.Sub(d.SetFloat64(a), new(big.Float).SetFloat64(b))
	return mul(d, bf(beta))
}

// expNeg returns e^−x for x ≥ 0; below e^−3·10⁶, where no result sees more than that it is not 0, 2^−4·10⁶.
func expNeg(x *big.Float) *big.Float {
	if x.Cmp(big.NewFloat(3e6)) > 0 {
		return bfNew().SetMantExp(bf(1), -4e6)
	}
	if x.Sign() == 0 {
		return bf(1)
	}
	return otherExp(bfNew().Neg(x))
}

// otherLog1p returns ln(1 + s) for s ≥ 0, by its series where 1 + s would lose bits.
func otherLog1p(s *big.Float) *big.Float {
	if s.Sign() == 0 {
		return bfNew()
	}
	if s.MantExp(nil) < -150 { // s − s²/2 + s³/3, to 2^−450 relatively
		r := quo(s, bf(3))
		r = add(bf(-0.5), r)
		r = add(bf(1), mul(r, s))
		return mul(r, s)
	}
	z := new(big.Float).SetPrec(otherBits + 150)
	return bfNew().Set(bigfloat.Log(z.Add(s, big.NewFloat(1))))
}

// An otherEnsemble is the independent Gibbs distribution.
type otherEnsemble struct {
	F     []float64
	beta  float64
	least int
	w     []*big.Float
}

func newOther(F []float64, beta float64) *otherEnsemble {
	o := &otherEnsemble{F: F, beta: beta}
	for i, f := range F {
		if f < F[o.least] {
			o.least = i
		}
	}
	known := map[float64]*big.Float{}
	for _, f := range F {
		if known[f] == nil {
			known[f] = expNeg(gap(f, F[o.least], beta))
		}
		o.w = append(o.w, known[f])
	}
	return o
}

func (o *otherEnsemble) sum(without int) *big.Float {
	s := bfNew()
	for j, w := range o.w {
		if j != without {
			s = add(s, w)
		}
	}
	return s
}

func (o *otherEnsemble) freeEnergy() *big.Float {
	l := quo(otherLog1p(o.sum(o.least)), bf(o.beta))
	return sumOf(bf(o.F[o.least]), l.Neg(l))
}

func (o *otherEnsemble) nll(y int) *big.Float {
	from := o.least
	if o.F[y] == o.F[from] {
		from = y
	}
	d := new(big.Float).SetPrec(2200)
	d.Sub(d.SetFloat64(o.F[y]), new(big.Float).SetFloat64(o.F[from]))
	return sumOf(d, quo(otherLog1p(o.sum(from)), bf(o.beta)))
}

// A judge counts the values compared, and fails at the first that is not correctly rounded.
type judge struct {
	t      testing.TB
	values int
}

func (j *judge) same(v Value, want *big.Float, what string, args ...any) {
	j.t.Helper()
	j.values++
	near, _ := want.Float64()
	switch {
	case math.Float64bits(v.Near) != math.Float64bits(near):
		j.t.Fatalf("%s: Near = %v (off %v, err %v), want %v = %s", fmt.Sprintf(what, args...), v.Near, v.Off, v.Err, near, want.Text('g', 40))
	case math.Abs(near) < math.Inf(1) && !encloses(v.Enclosure(), want, 300):
		j.t.Fatalf("%s: enclosure %v of %+v misses %s", fmt.Sprintf(what, args...), v.Enclosure(), v, want.Text('g', 40))
	case !(v.Ulps(near) <= 0.5):
		j.t.Fatalf("%s: %+v is %v ulps from its own Near", fmt.Sprintf(what, args...), v, v.Ulps(near))
	}
}

// ensemble compares all the operations on n answers; the answers y are the first, the last and the least.
func (j *judge) ensemble(F []float64, beta float64) {
	j.t.Helper()
	o := newOther(F, beta)
	Z := o.sum(-1)
	name := fmt.Sprintf("β = %v, F[:%d] = %.17g …", beta, min(len(F), 4), F[:min(len(F), 4)])
	probs, free := Gibbs(F, beta).Probs, FreeEnergy(F, beta)
	j.same(free.Value, o.freeEnergy(), "free energy, %s", name)
	p := make([]*big.Float, len(F))
	for i := range F {
		p[i] = quo(o.w[i], Z)
		j.same(probs[i], p[i], "p[%d], %s", i, name)
		j.same(free.Grad[i].Lo, p[i], "free energy gradient %d, %s", i, name)
	}
	for k, y := range []int{0, len(F) - 1, o.least} {
		if k > 0 && len(F) > 100 {
			continue
		}
		nll, mee := NLL(F, y, beta), MEE(F, y, beta)
		q := quo(o.sum(y), Z)
		j.same(nll.Value, o.nll(y), "nll of %d, %s", y, name)
		j.same(mee.Value, q, "mee of %d, %s", y, name)
		for i := range F {
			want, slope := bfNew().Neg(p[i]), p[i]
			if i == y {
				want, slope = q, bfNew().Neg(q)
			}
			j.same(nll.Grad[i].Lo, want, "nll gradient of %d by %d, %s", y, i, name)
			s := mul(mul(p[y], bf(-beta)), slope)
			j.same(mee.Grad[i].Hi, s, "mee gradient of %d by %d, %s", y, i, name)
		}
	}
}

// pair compares the smooth pair losses.
func (j *judge) pair(F, Fbar, m, beta, gamma float64) {
	j.t.Helper()
	name := fmt.Sprintf("F = %v, F̄ = %v, m = %v, β = %v, γ = %v", F, Fbar, m, beta, gamma)
	check := func(what string, got Truth, m, beta float64) {
		t := new(big.Float).SetPrec(4400)
		t.Add(t.SetFloat64(F), new(big.Float).SetFloat64(m))
		t.Sub(t, new(big.Float).SetFloat64(Fbar))
		e := expNeg(mul(bfNew().Abs(t), bf(beta)))
		v := quo(otherLog1p(e), bf(beta))
		s := quo(bf(1), add(bf(1), e))
		if t.Sign() > 0 {
			v = sumOf(t, v)
		} else {
			s = quo(e, add(bf(1), e))
		}
		j.same(got.Value, v, "%s, %s", what, name)
		j.same(got.Grad[0].Lo, s, "%s gradient, %s", what, name)
		j.same(got.Grad[1].Lo, bfNew().Neg(s), "%s gradient, %s", what, name)
		if m == 0 && beta == 1 {
			mce := MCE(F, Fbar)
			j.same(mce.Value, s, "mce, %s", name)
			j.same(mce.Grad[0].Lo, quo(e, mul(add(bf(1), e), add(bf(1), e))), "mce gradient, %s", name)
		}
	}
	check("log", Log(F, Fbar), 0, 1)
	check("soft hinge", SoftHinge(F, Fbar, m, beta), m, beta)
	if math.Abs(Fbar) < 1e5 {
		se := SquareExp(F, Fbar, gamma)
		e := mul(otherExp(bf(-Fbar)), bf(gamma))
		j.same(se.Value, sumOf(mul(bf(F), bf(F)), e), "square-exp, %s", name)
		j.same(se.Grad[1].Hi, bfNew().Neg(e), "square-exp gradient, %s", name)
	}
}

// TestAgrees400Bits: every value of every operation is the independent one correctly rounded.
func TestAgrees400Bits(t *testing.T) {
	j := &judge{t: t}
	cases, want := 0, 2000
	if testing.Short() {
		want = 200
	}
	ensemble := func(F []float64, beta float64) { cases++; j.ensemble(F, beta) }
	for _, F := range cancelling {
		ensemble(F, 1)
		ensemble(each(len(F), func(i int) float64 { return F[i] / 2 }), 2)
	}
	r := rand.New(rand.NewPCG(7, 400))
	normal := func(n int, sd float64) []float64 { return each(n, func(int) float64 { return sd * r.NormFloat64() }) }
	families := []func(){
		func() {
			ensemble(normal(2+r.IntN(4), []float64{1e-3, 1, 10, 300}[r.IntN(4)]), math.Exp(2*r.NormFloat64()))
		},
		func() { // a free energy near 0: p chosen first, F = −ln p
			a := math.Exp(-8 * r.Float64())
			ensemble([]float64{-math.Log(a), -math.Log1p(-a)}, 1)
		},
		func() { // one winner, gaps to 1000
			g := 1000 * r.Float64()
			base := []float64{0, -g, 100.3, 1e-17}[r.IntN(4)]
			ensemble([]float64{base, base + g, base + 800*r.Float64()}, 1)
		},
		func() { // magnitudes to 10^300, where the differences or their products with β overflow float64
			s := []float64{1e300, 1.7e308, 1e15, 1e6}[r.IntN(4)]
			F := []float64{s, -s, s * (1 - 0x1p-52), s * (2*r.Float64() - 1)}
			ensemble(F[r.IntN(2):2+r.IntN(3)], []float64{1, 1e-300, 1e10, 1e308, 1e-14, 3 / s}[r.IntN(6)])
		},
		func() { // subnormal energies, β, results
			F := []float64{5e-324 * float64(r.IntN(9)), 1e-310 * r.NormFloat64(), -2e-323}
			ensemble(F[:1+r.IntN(3)], []float64{1, 1e-320, 1e308, 0x1p1000}[r.IntN(4)])
			ensemble([]float64{0, 707 + 45*r.Float64(), r.Float64()}, 1)
		},
		func() { // a large shift
			b := []float64{1e6, 1e9, 1e12, -1e15}[r.IntN(4)]
			ensemble([]float64{b, b + 1, b + 2}, []float64{0.1, 0.3, 0.7, 1. / 3}[r.IntN(4)])
		},
		func() { // pairs
			cases++
			j.pair(10*r.NormFloat64(), 10*r.NormFloat64(), r.NormFloat64(), math.Exp(3*r.NormFloat64()), r.NormFloat64())
			j.pair(wideFloat(-40, 11, r), wideFloat(-40, 11, r), wideFloat(-4, 4, r), math.Abs(wideFloat(-30, 30, r)), wideFloat(-300, 300, r))
			j.pair(wideFloat(-1074, 1000, r), wideFloat(-1074, 1000, r), wideFloat(-100, 100, r), math.Abs(wideFloat(-1070, 1000, r)), wideFloat(-300, 300, r))
		},
		func() { // ties
			a, b := r.NormFloat64(), 3*r.NormFloat64()
			ensemble([]float64{a, b, a, b}, math.Exp(r.NormFloat64()))
			ensemble([]float64{a, a, a}[:1+r.IntN(3)], math.Exp(r.NormFloat64()))
		},
	}
	for k := 0; cases < want; k++ {
		families[k%len(families)]()
	}
	for _, n := range []int{33, 100, 1000, 10000} {
		if testing.Short() && n > 100 {
			break
		}
		levels := normal(60, 5)
		ensemble(each(n, func(int) float64 { return levels[r.IntN(len(levels))] }), 1)
		ensemble(each(n, func(int) float64 { return math.Log(float64(n)) }), 1)
	}
	if cases < want {
		t.Fatalf("%d cases, promised %d", cases, want)
	}
	t.Logf("%d cases, %d values, all correctly rounded", cases, j.values)
}

// cancelling are energies whose free energy is nearly 0, after the listed pairs of the measurements of other libraries.
var cancelling = [][]float64{
	{0, 40},
	{-1e-17, 40},
	{4.25e-18, 40},
	{1e-9, 20},
	{math.Ln2, math.Ln2},
	{1e-3, -math.Log(-math.Expm1(-1e-3))},
	{math.Log(3), math.Log(3), math.Log(3)},
	{5e-324, 744.4400719213812},
	{-5e-324, 0, 1e300},
	{36.04, 0}, {709.78, 0}, {745.13, 0}, {0, 36.04}, {0, 709.78}, {0, 745.13}, {0, 746}, {0, 1000},
}
