package twofold

import (
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

// wide is the precision of the big.Floats that Numbers are held against.
const wide = 400

func bigOf(x float64) *big.Float { return new(big.Float).SetPrec(wide).SetFloat64(x) }

// bigExp is e^x by its Taylor series on x/2⁶⁴, squared 64 times.
func bigExp(x *big.Float) *big.Float {
	s := new(big.Float).SetPrec(wide)
	if x.Sign() != 0 {
		s.SetMantExp(x, -64)
	}
	sum, term := bigOf(1), bigOf(1)
	for n := 1; n < 12; n++ { // s¹²/12! is below 2⁻⁶⁰⁰ for |x| < 2¹²
		term = new(big.Float).SetPrec(wide).Mul(term, s)
		term.Quo(term, bigOf(float64(n)))
		sum.Add(sum, term)
	}
	for range 64 { // each loses at most one bit of the 400
		sum.Mul(sum, sum)
	}
	return sum
}

// relative returns |got/want − 1|.
func relative(got, want *big.Float) float64 {
	if want.Sign() == 0 {
		if got.Sign() == 0 {
			return 0
		}
		return math.Inf(1)
	}
	d := new(big.Float).SetPrec(wide).Sub(got, want)
	d.Quo(d, want)
	f, _ := d.Float64()
	return math.Abs(f)
}

// anyBits draws a finite float64, all exponents alike.
func anyBits(r *rand.Rand) float64 {
	for {
		if x := math.Float64frombits(r.Uint64()); x-x == 0 {
			return x
		}
	}
}

// anyNumber draws a Number with a low part and an exponent of up to ±span.
func anyNumber(r *rand.Rand, span int) Number {
	t := Of(1 + r.Float64()).Add(Of(math.Ldexp(r.Float64()-0.5, -53)))
	t.Scale = r.IntN(2*span+1) - span
	if r.IntN(2) == 0 {
		t = t.Neg()
	}
	return t
}

func TestLess(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	for range 20000 {
		a, b := anyNumber(r, 2), anyNumber(r, 2)
		if r.IntN(2) == 0 { // next to each other
			b = a
			b.Lo += math.Ldexp(float64(r.IntN(3)-1), -104)
		}
		if got, want := a.Less(b), a.Big(wide).Cmp(b.Big(wide)) < 0; got != want {
			t.Fatalf("%v < %v: %v, want %v", a, b, got, want)
		}
	}
	inf, nan := Of(math.Inf(1)), Of(math.NaN())
	for _, c := range []struct {
		a, b Number
		want bool
	}{{Of(1), inf, true}, {inf, Of(1), false}, {inf, inf, false}, {inf.Neg(), Of(-1e308), true}, {inf.Neg(), inf, true}, {nan, Of(1), false}, {Of(1), nan, false}, {Of(0), Of(math.Copysign(0, -1)), false}} {
		if got := c.a.Less(c.b); got != c.want {
			t.Errorf("%v < %v: %v", c.a, c.b, got)
		}
	}
}

// TestBig: a Number is what it is in 400 bits, and comes back.
func TestBig(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 1))
	for range 5000 {
		a := anyNumber(r, 100_000)
		if got := FromBig(a.Big(wide)); got != a {
			t.Fatalf("%v came back as %v", a, got)
		}
	}
	for range 300 {
		x := anyNumber(r, 0)
		x.Scale = r.IntN(40) - 30
		if err := relative(BigExp(x.Big(wide)), bigExp(x.Big(wide))); !(err <= 0x1p-300) {
			t.Fatalf("e^%v is off by %g", x, err)
		}
	}
	if got := FromBig(new(big.Float).SetPrec(wide)); got != (Number{}) {
		t.Errorf("0 came back as %v", got)
	}
	if got := BigExp(new(big.Float).SetPrec(wide)); got.Cmp(bigOf(1)) != 0 {
		t.Errorf("e^0 = %v", got)
	}
}

func TestOf(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	xs := []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 1, -1, 0.5, math.Ln2, 745.14, 1e16,
		5e-324, -5e-324, 0x1.8p-1030, 0x1p-1022, 1e-300, 1e300, math.MaxFloat64, -math.MaxFloat64}
	for range 1000 {
		xs = append(xs, anyBits(r))
	}
	for _, x := range xs {
		got, sign := Of(x), 0
		switch {
		case x > 0:
			sign = 1
		case x < 0:
			sign = -1
		}
		if got.Sign() != sign {
			t.Errorf("Of(%v).Sign() = %d, want %d", x, got.Sign(), sign)
		}
		if x == 0 || x-x != 0 {
			if math.Float64bits(got.Hi) != math.Float64bits(x) || got.Lo != 0 || got.Scale != 0 {
				t.Errorf("Of(%v) = %v, want that alone", x, got)
			}
		} else if !(1 <= math.Abs(got.Hi) && math.Abs(got.Hi) < 2) || got.Lo != 0 || math.Ldexp(got.Hi, got.Scale) != x {
			t.Errorf("Of(%v) = %v, want it in normal form", x, got)
		}
	}
}

func TestSpecial(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		what string
		got  Number
		want float64
	}{
		{"0 + 0", Sum(0, 0), 0},
		{"1e308 − (−1e308), halved", Diff(1e308, -1e308).Mul(Of(0.5)), 1e308},
		{"1e308 − (−1e308)", Diff(1e308, -1e308), inf},
		{"5e-324 · 5e-324 / 5e-324", Prod(5e-324, 5e-324).Div(Of(5e-324)), 5e-324},
		{"inf − inf", Diff(inf, inf), nan},
		{"inf − 1e308", Diff(inf, 1e308), inf},
		{"0 · inf", Prod(0, inf), nan},
		{"1 / 0", Of(1).Div(Of(0)), inf},
		{"1 / inf", Of(1).Div(Of(inf)), 0},
		{"exp 0", Of(0).Exp(), 1},
		{"exp −inf", Of(-inf).Exp(), 0},
		{"exp inf", Of(inf).Exp(), inf},
		{"exp NaN", Of(nan).Exp(), nan},
		{"exp −1e300", Of(-1e300).Exp(), 0},
		{"exp 1e300", Of(1e300).Exp(), inf},
		{"exp 2³¹ / exp (2³¹ − 1)", Of(0x1p31).Exp().Div(Of(0x1p31 - 1).Exp()), inf},
		{"exp −2³¹ / exp (1 − 2³¹)", Of(-0x1p31).Exp().Div(Of(1 - 0x1p31).Exp()), 0},
		{"exp (2³¹ − 1) · exp (1 − 2³¹)", Of(0x1p31 - 1).Exp().Mul(Of(1 - 0x1p31).Exp()), 1},
		{"exp 2⁻¹³⁰ − 1", Of(0x1p-130).Exp().Sub(Of(1)), 0x1p-130},
		{"exp −800 · exp 800", Of(-800).Exp().Mul(Of(800).Exp()), 1},
		{"exp 5e-324", Of(5e-324).Exp(), 1},
		{"log 1", Of(1).Log(), 0},
		{"log 0", Of(0).Log(), -inf},
		{"log −1", Of(-1).Log(), nan},
		{"log inf", Of(inf).Log(), inf},
		{"log −inf", Of(-inf).Log(), nan},
		{"log NaN", Of(nan).Log(), nan},
		{"log1p 5e-324", Of(5e-324).Log1p(), 5e-324},
		{"log1p 0", Of(0).Log1p(), 0},
		{"log1p −1", Of(-1).Log1p(), -inf},
		{"log1p −2", Of(-2).Log1p(), nan},
		{"log1p inf", Of(inf).Log1p(), inf},
		{"log1p NaN", Of(nan).Log1p(), nan},
	} {
		if got := c.got.Float64(); got != c.want && !(math.IsNaN(got) && math.IsNaN(c.want)) {
			t.Errorf("%s = %v, want %v", c.what, got, c.want)
		}
	}
}

func TestTables(t *testing.T) {
	root := bigOf(2)
	for range 5 {
		root = new(big.Float).SetPrec(wide).Sqrt(root)
	}
	want := bigOf(1)
	for j, p := range root2 {
		got := new(big.Float).SetPrec(wide).Add(bigOf(p.hi), bigOf(p.lo))
		if err := relative(got, want); !(err <= 0x1p-106) || p.hi+p.lo != p.hi {
			t.Errorf("2^(%d/32) is off by %g", j, err)
		}
		want.Mul(want, root)
	}
	factorial := 1.
	for i, p := range inverseFactorial {
		factorial *= max(1, float64(i))
		got := new(big.Float).SetPrec(wide).Add(bigOf(p.hi), bigOf(p.lo))
		if err := relative(got, new(big.Float).SetPrec(wide).Quo(bigOf(1), bigOf(factorial))); !(err <= 0x1p-106) {
			t.Errorf("1/%d! is off by %g", i, err)
		}
	}
	for i, p := range inverseOdd {
		got := new(big.Float).SetPrec(wide).Add(bigOf(p.hi), bigOf(p.lo))
		if err := relative(got, new(big.Float).SetPrec(wide).Quo(bigOf(1), bigOf(float64(2*i+1)))); !(err <= 0x1p-106) {
			t.Errorf("1/%d is off by %g", 2*i+1, err)
		}
	}
}

func BenchmarkNumber(b *testing.B) {
	x, y := Of(-1.2345), Of(0.789)
	b.Run("op=exp", func(b *testing.B) {
		for b.Loop() {
			y = x.Exp()
		}
	})
	b.Run("op=log1p", func(b *testing.B) {
		for b.Loop() {
			_ = y.Log1p()
		}
	})
	b.Run("op=add", func(b *testing.B) {
		for b.Loop() {
			_ = y.Add(x)
		}
	})
	b.Run("op=diff", func(b *testing.B) {
		for b.Loop() {
			_ = Diff(1.5, 2.25)
		}
	})
}

// TestFinite: which numbers are; of the others there is no big.Float.
func TestFinite(t *testing.T) {
	for _, x := range []float64{0, 1, -5e-324, math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN()} {
		finite := x-x == 0
		if got := Of(x).Finite(); got != finite {
			t.Errorf("%v is finite: %v", x, got)
		}
		func() {
			defer func() {
				if why := recover(); (why == nil) != finite {
					t.Errorf("Big of %v: %v", x, why)
				} else if s, _ := why.(string); !finite && !strings.HasPrefix(s, "twofold: ") {
					t.Errorf("Big of %v panics with %v", x, why)
				}
			}()
			Of(x).Big(wide)
		}()
	}
	if !(Number{1, 0, 1 << 30}).Finite() {
		t.Error("2^2³⁰ is not finite")
	}
}

// TestNeg: −t, exactly, and no −0.
func TestNeg(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 1))
	for range 2000 {
		a := anyNumber(r, 100)
		if got := a.Neg(); got.Big(wide).Cmp(new(big.Float).Neg(a.Big(wide))) != 0 {
			t.Fatalf("−(%v) = %v", a, got)
		}
	}
	if got := Of(0).Neg(); got.Hi != 0 || math.Signbit(got.Hi) || math.Signbit(got.Lo) {
		t.Errorf("−0 = %v", got)
	}
}
