package twofold

import (
	"math"
	"math/big"
	"math/rand/v2"
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

func TestArithmetic(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	const u = 0x1p-53
	largest := map[string]float64{}
	judge := func(op string, got Number, want *big.Float, bound float64) {
		err := relative(got.Big(wide), want)
		if !(err <= bound) {
			t.Fatalf("%s: relative error %g, allowed %g", op, err, bound)
		}
		if got.Hi != 0 && !(1 <= math.Abs(got.Hi) && math.Abs(got.Hi) < 2) || got.Hi+got.Lo != got.Hi {
			t.Fatalf("%s: %v is not normal", op, got)
		}
		largest[op] = max(largest[op], err)
	}
	for range 20000 {
		a, b := anyNumber(r, 120), anyNumber(r, 120)
		if r.IntN(2) == 0 { // cancel
			b = a.Neg()
			b.Lo = math.Ldexp(r.Float64()-0.5, -53-r.IntN(60))
		}
		w := func() *big.Float { return new(big.Float).SetPrec(wide) }
		judge("Add", a.Add(b), w().Add(a.Big(wide), b.Big(wide)), 3*u*u)
		judge("Sub", a.Sub(b), w().Sub(a.Big(wide), b.Big(wide)), 3*u*u)
		judge("Mul", a.Mul(b), w().Mul(a.Big(wide), b.Big(wide)), 5*u*u)
		judge("Div", a.Div(b), w().Quo(a.Big(wide), b.Big(wide)), 10*u*u)
		x, y := anyBits(r), anyBits(r)
		judge("Prod", Prod(x, y), w().Mul(bigOf(x), bigOf(y)), 0)
		judge("Diff", Diff(x, y), w().Sub(bigOf(x), bigOf(y)), 0x1p-218)
		judge("Sum", Sum(x, -math.Nextafter(x, 0)), w().Sub(bigOf(x), bigOf(math.Nextafter(x, 0))), 0)
	}
	t.Logf("largest relative errors found in 20000 cases: %v", largest)
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

func TestExp(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	cases := 20000
	if testing.Short() {
		cases = 2000
	}
	var small, large, minus float64
	for i := range cases {
		x := anyNumber(r, 0)
		x.Scale = r.IntN(11+60) - 60
		if i%10 == 0 { // near a multiple of ln 2 / 32, where the table entry changes
			x = Of(float64(r.IntN(1000)) + 0.5).Mul(Number{0x1.62e42fefa39efp+00, 0x1.abc9e3b39803fp-55, -6})
		}
		got, want := x.Exp(), bigExp(x.Big(wide))
		err := relative(got.Big(wide), want)
		if math.Abs(x.Float64()) <= 128 {
			small = max(small, err)
		}
		large = max(large, err)
		if x.Float64() < 128 {
			minus = max(minus, relative(x.Expm1().Big(wide), new(big.Float).SetPrec(wide).Sub(want, bigOf(1))))
		}
	}
	if !(minus <= 0x1p-96) {
		t.Errorf("Expm1: largest relative error found %g", minus)
	}
	if !(large <= 0x1p-102) { // t is exact here
		t.Errorf("largest relative error found %g (|t| ≤ 128), %g (all)", small, large)
	}
	t.Logf("largest relative error found in %d cases: 2^%.1f (|t| ≤ 128), 2^%.1f (|t| < 2048); Expm1 2^%.1f", cases, math.Log2(small), math.Log2(large), math.Log2(minus))
}

func TestLog(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	cases := 5000
	if testing.Short() {
		cases = 500
	}
	var log, log1p, series float64
	for i := range cases {
		// ln of what: y + (e^(−y)·x − 1), one Newton step in 400 bits from 100.
		ln := func(x *big.Float, y Number) *big.Float {
			e := bigExp(new(big.Float).Neg(y.Big(wide)))
			e.Mul(e, x)
			e.Sub(e, bigOf(1))
			half := new(big.Float).SetPrec(wide).Mul(e, e)
			half.Quo(half, bigOf(2))
			e.Sub(e, half)
			return e.Add(e, y.Big(wide))
		}
		x := anyNumber(r, 60)
		if x.Sign() < 0 {
			x = x.Neg()
		}
		if i%4 == 0 {
			x = Of(1).Add(anyNumber(r, 0).Mul(Number{Hi: 1, Scale: -3 - r.IntN(90)}))
		}
		log = max(log, relative(x.Log().Big(wide), ln(x.Big(wide), x.Log())))
		s := anyNumber(r, 0)
		s.Scale = -r.IntN(140) - 1
		if i%4 == 1 { // where the series ends
			s = Of(math.Copysign(0x1p-5-math.Ldexp(r.Float64(), -6-r.IntN(20)), s.Hi))
		}
		one := new(big.Float).SetPrec(wide).Add(bigOf(1), s.Big(wide))
		err := relative(s.Log1p().Big(wide), ln(one, s.Log1p()))
		log1p = max(log1p, err)
		if s.Scale < -5 {
			series = max(series, err)
		}
		near := Of(1).Add(s)
		log = max(log, relative(near.Log().Big(wide), ln(near.Big(wide), near.Log())))
	}
	if !(log <= 0x1p-96) || !(log1p <= 0x1p-96) || !(series <= 0x1p-100) {
		t.Errorf("largest relative error found: Log %g, Log1p %g, its series %g", log, log1p, series)
	}
	t.Logf("largest relative error found in %d cases: Log 2^%.1f, Log1p 2^%.1f", cases, math.Log2(log), math.Log2(log1p))
}

func TestFloat64(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 1))
	for range 50000 {
		x := anyNumber(r, 0)
		switch r.IntN(3) {
		case 0: // few bits, so that ties occur
			x.Hi = math.Copysign(1+float64(r.IntN(64))/64, x.Hi)
		case 1:
			x.Lo = 0
		}
		x.Scale = -1080 + r.IntN(70)
		if r.IntN(10) == 0 {
			x.Scale = 1015 + r.IntN(10)
		}
		want, _ := x.Big(wide).Float64() // rounds once, to nearest even, subnormals too
		if got := x.Float64(); got != want || math.Signbit(got) != math.Signbit(want) {
			t.Fatalf("%v rounds to %x, want %x", x, got, want)
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
