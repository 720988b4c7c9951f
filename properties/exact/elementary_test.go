package exact

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/ALTree/bigfloat"
)

// encloses reports whether the interval contains z, which is known to 2^−slack of itself.
func encloses(a Interval, z *big.Float, slack int) bool {
	r := new(big.Float).SetPrec(64).SetMantExp(new(big.Float).SetPrec(64).Abs(z), -slack)
	lo := new(big.Float).SetPrec(z.Prec()).Sub(z, r)
	hi := new(big.Float).SetPrec(z.Prec()).Add(z, r)
	return a.lo.Cmp(hi) <= 0 && lo.Cmp(a.hi) <= 0
}

// relativeWidth returns log2 of (hi − lo)/|hi|, −Inf for a point.
func relativeWidth(a Interval) float64 {
	if a.IsPoint() {
		return math.Inf(-1)
	}
	w := new(big.Float).SetPrec(64).Sub(a.hi, a.lo)
	w.Quo(w, new(big.Float).Abs(a.hi))
	return float64(w.MantExp(nil))
}

// wideFloat draws a float64 whose exponent is uniform between lo and hi.
func wideFloat(lo, hi int, r *rand.Rand) float64 {
	x := math.Ldexp(1+r.Float64(), lo+r.IntN(hi-lo+1))
	if r.IntN(2) == 0 {
		return -x
	}
	return x
}

// otherExp is e^x by ALTree/bigfloat, at the precision of x. Where e^x is below the normal numbers of float64, the starting
// point of its Newton iteration has few right bits and its result too (at −744.107 it is right to 37 bits of 600), so
// the argument is halved before.
func otherExp(x *big.Float) *big.Float {
	if x.MantExp(nil) > 9 {
		e := otherExp(new(big.Float).SetPrec(x.Prec()+64).SetMantExp(x, -1))
		return new(big.Float).SetPrec(x.Prec()).Mul(e, e)
	}
	return bigfloat.Exp(x)
}

// TestElementary compares with ALTree/bigfloat at 600 bits, which shares no code with this package. At arguments tiny or
// near 1 the comparison functions e^x − 1 and ln(1 + x) are formed there with as many more bits as they cancel.
func TestElementary(t *testing.T) {
	n := 800
	if testing.Short() {
		n = 150
	}
	const P = 600
	big0 := func(x float64) *big.Float { return new(big.Float).SetPrec(P).SetFloat64(x) }
	r := rand.New(rand.NewPCG(1, 1))
	checks := []struct {
		name  string
		draw  func() float64
		got   func(Interval) Interval
		want  func(x float64) *big.Float
		slack int
	}{
		{"exp", func() float64 { return wideFloat(-80, 12, r) }, Interval.Exp,
			func(x float64) *big.Float { return otherExp(big0(x)) }, 560},
		{"expm1", func() float64 { return wideFloat(-120, 9, r) }, Interval.Expm1,
			func(x float64) *big.Float {
				e := otherExp(big0(x))
				return e.Sub(e, big.NewFloat(1))
			}, 430},
		{"log", func() float64 { return math.Abs(wideFloat(-1022, 1022, r)) }, Interval.Log,
			func(x float64) *big.Float { return bigfloat.Log(big0(x)) }, 560},
		{"log near 1", func() float64 { return 1 + wideFloat(-52, -2, r) }, Interval.Log,
			func(x float64) *big.Float { return bigfloat.Log(big0(x)) }, 500},
		{"log1p", func() float64 {
			if r.IntN(2) == 0 {
				return math.Abs(wideFloat(-120, 60, r))
			}
			return wideFloat(-120, -2, r)
		}, Interval.Log1p,
			func(x float64) *big.Float { z := big0(x); return bigfloat.Log(z.Add(z, big.NewFloat(1))) }, 430},
		{"sqrt", func() float64 { return math.Abs(wideFloat(-1022, 1022, r)) }, Interval.Sqrt,
			func(x float64) *big.Float { return new(big.Float).SetPrec(P).Sqrt(big0(x)) }, 590},
	}
	for _, c := range checks {
		worst := map[uint]float64{}
		for range n {
			x := c.draw()
			want := c.want(x)
			for _, prec := range []uint{64, 128, 192, 256, 384} {
				got := c.got(Of(x, prec))
				if !encloses(got, want, c.slack) {
					t.Fatalf("%s(%v) at %d bits: %v does not contain %s", c.name, x, prec, got, want.Text('g', 60))
				}
				w := relativeWidth(got) + float64(prec)
				if !(w <= 2) {
					t.Fatalf("%s(%v) at %d bits is 2^%v wide, relatively", c.name, x, prec, w-float64(prec))
				}
				worst[prec] = max(worst[prec], w)
			}
		}
	}
}

// TestElementaryNested checks that more precision gives a narrower enclosure inside the wider one, up to 5000 bits, where
// no other implementation is at hand, and that e^{ln x} contains x.
func TestElementaryNested(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	for range 40 {
		x := wideFloat(-30, 9, r)
		y := math.Abs(x)
		for _, f := range []func(p uint) Interval{
			func(p uint) Interval { return Of(x, p).Exp() },
			func(p uint) Interval { return Of(x, p).Expm1() },
			func(p uint) Interval { return Of(y, p).Log() },
			func(p uint) Interval { return Of(y, p).Log1p() },
			func(p uint) Interval { return Of(y, p).Sqrt() },
			Pi,
		} {
			outer := f(64)
			for _, p := range []uint{100, 200, 512, 1100, 5000} {
				inner := f(p)
				if !outer.Contains(inner) || !(relativeWidth(inner) <= 2-float64(p)) {
					t.Fatalf("x = %v: %d bits: %v in %v, 2^%v", x, p, inner, outer, relativeWidth(inner))
				}
				outer = inner
			}
		}
		for _, p := range []uint{64, 300} {
			if z := Of(y, p).Log().Exp(); !z.Contains(Of(y, p)) {
				t.Fatalf("e^ln %v at %d bits = %v", y, p, z)
			}
		}
	}
}

// TestSeriesEdge draws arguments for which the series near 0 has just taken over, where the rest it leaves out weighs most.
func TestSeriesEdge(t *testing.T) {
	const prec = 64
	r := rand.New(rand.NewPCG(4, 1))
	for range 3000 {
		x := wideFloat(-24, -23, r)
		if got, want := Of(x, prec).Expm1(), Of(x, 400).Expm1(); !got.Contains(want) {
			t.Fatalf("expm1(%v) = %v does not contain %v", x, got, want)
		}
		if got, want := Of(x, prec).Log1p(), Of(x, 400).Log1p(); !got.Contains(want) {
			t.Fatalf("log1p(%v) = %v does not contain %v", x, got, want)
		}
	}
}

// TestPi compares with the published digits.
func TestPi(t *testing.T) {
	const digits = "3.141592653589793238462643383279502884197169399375105820974944592307816406286208998628034825"
	want, _, err := big.ParseFloat(digits, 10, 400, big.ToNearestEven)
	if err != nil {
		t.Fatal(err)
	}
	for _, prec := range []uint{64, 128, 280} {
		if !encloses(Pi(prec), want, 295) || !(relativeWidth(Pi(prec)) <= 2-float64(prec)) {
			t.Errorf("π at %d bits = %v", prec, Pi(prec))
		}
	}
}

// TestExpWide checks intervals that are not points: the image of a point inside lies inside.
func TestExpWide(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	for range 2000 {
		x := wideFloat(-10, 8, r)
		w := math.Abs(wideFloat(-140, 3, r))
		X := Of(x, 128)
		X = X.Hull(X.Add(Of(w, 128)))
		in := Of(x, 128).Add(Of(w*r.Float64(), 128))
		if !X.Exp().Contains(in.At(400).Exp()) || !X.Expm1().Contains(in.At(400).Expm1()) {
			t.Fatalf("the image of %v does not contain that of %v", X, in)
		}
	}
}

func TestElementarySpecial(t *testing.T) {
	inf := math.Inf(1)
	const p = 128
	for _, c := range []struct {
		name string
		got  Interval
		want [2]float64 // NaN: only bounds are checked elsewhere
	}{
		{"exp 0", Of(0, p).Exp(), [2]float64{1, 1}},
		{"exp -inf", Of(-inf, p).Exp(), [2]float64{0, 0}},
		{"exp +inf", Of(inf, p).Exp(), [2]float64{inf, inf}},
		{"exp -1e308", Of(-1e308, p).Exp(), [2]float64{0, 0}},
		{"exp 1e308", Of(1e308, p).Exp(), [2]float64{inf, inf}},
		{"exp 1e308*1e308*1e308", Of(1e308, p).Mul(Of(1e308, p)).Mul(Of(-1e308, p)).Exp(), [2]float64{0, 0}},
		{"expm1 0", Of(0, p).Expm1(), [2]float64{0, 0}},
		{"expm1 -1e308", Of(-1e308, p).Expm1(), [2]float64{-1, -1}},
		{"log 1", Of(1, p).Log(), [2]float64{0, 0}},
		{"log 0", Of(0, p).Log(), [2]float64{-inf, -inf}},
		{"log inf", Of(inf, p).Log(), [2]float64{inf, inf}},
		{"log -1", Of(-1, p).Log(), [2]float64{-inf, inf}},
		{"log [-1,1]", Of(-1, p).Hull(Of(1, p)).Log(), [2]float64{-inf, 0}},
		{"log1p -1", Of(-1, p).Log1p(), [2]float64{-inf, -inf}},
		{"log1p 0", Of(0, p).Log1p(), [2]float64{0, 0}},
		{"sqrt 4", Of(4, p).Sqrt(), [2]float64{2, 2}},
		{"sqrt 0", Of(0, p).Sqrt(), [2]float64{0, 0}},
		{"inf - inf", Of(inf, p).Sub(Of(inf, p)), [2]float64{-inf, inf}},
		{"0 * inf", Of(0, p).Mul(Of(inf, p)), [2]float64{-inf, inf}},
		{"1 / 0", Of(1, p).Div(Of(0, p)), [2]float64{-inf, inf}},
		{"1 / [0,2]", Of(1, p).Div(Of(0, p).Hull(Of(2, p))), [2]float64{0.5, inf}},
		{"-1 / [0,2]", Of(-1, p).Div(Of(0, p).Hull(Of(2, p))), [2]float64{-inf, -0.5}},
		{"1 / [-1,2]", Of(1, p).Div(Of(-1, p).Hull(Of(2, p))), [2]float64{-inf, inf}},
		{"[-1,2] squared", Of(-1, p).Hull(Of(2, p)).Sqr(), [2]float64{0, 4}},
		{"[-1,2]*[-3,5]", Of(-1, p).Hull(Of(2, p)).Mul(Of(-3, p).Hull(Of(5, p))), [2]float64{-6, 10}},
		{"[-2,0]*[0,0]", Of(-2, p).Hull(Of(0, p)).Mul(Of(0, p)), [2]float64{0, 0}},
		{"|[-3,2]|", Of(-3, p).Hull(Of(2, p)).Abs(), [2]float64{0, 3}},
	} {
		lo, _ := c.got.lo.Float64()
		hi, _ := c.got.hi.Float64()
		if lo != c.want[0] || hi != c.want[1] {
			t.Errorf("%s = [%v, %v], want %v", c.name, lo, hi, c.want)
		}
	}
	// Beyond the exponents of big.Float the ends must stay on their sides.
	tiny := Of(-1e308, p).Exp()
	if tiny.lo.Sign() != 0 || tiny.hi.Sign() <= 0 {
		t.Errorf("e^-1e308 = %v", tiny)
	}
	big := Of(1e9, p).Exp()
	for range 3 {
		big = big.Mul(big)
	}
	if big.lo.IsInf() || !big.hi.IsInf() {
		t.Errorf("(e^1e9)^8 = %v", big)
	}
	small := Of(1, p).Div(big)
	for range 2 {
		small = small.Mul(small)
	}
	if small.lo.Sign() != 0 || small.hi.Sign() <= 0 {
		t.Errorf("(e^-1e9)^32 = %v", small)
	}
	// What does not fit the precision must not be taken for exact.
	if s := Of(1, p).Add(power(-5000, p)); s.IsPoint() || s.hi.Cmp(Of(1, p).hi) <= 0 {
		t.Errorf("1 + 2^-5000 = %v", s)
	}
	if s := Of(1, p).Sub(power(-5000, p)); s.IsPoint() || s.lo.Cmp(Of(1, p).lo) >= 0 {
		t.Errorf("1 - 2^-5000 = %v", s)
	}
	least := power(math.MinInt32, p)
	for name, s := range map[string]Interval{
		"least²": least.Mul(least), "-least²": least.Mul(least.Neg()), "least/4": least.Div(Of(4, p)),
		"1/least²": Of(1, p).Div(least).Mul(Of(1, p).Div(least)), "-1/least²": Of(-1, p).Div(least).Div(least),
	} {
		if s.IsPoint() {
			t.Errorf("%s = %v", name, s)
		}
	}
	if one := Of(1, p).Add(Of(-1e8, p).Exp()); !one.Less(Of(1, p).Add(Of(0x1p-100, p))) || one.lo.Cmp(Of(1, p).lo) < 0 {
		t.Errorf("1 + e^-1e8 = %v", one)
	}
}

var sink Interval

func BenchmarkExp(b *testing.B) {
	for _, p := range []uint{128, 256, 512, 1024, 5000} {
		x := Of(-12.3456789, p)
		wide := x.Add(Ratio(1, 3, p))
		b.Run("prec="+itoa(int(p)), func(b *testing.B) {
			for b.Loop() {
				sink = x.Exp()
			}
		})
		b.Run("narrow/prec="+itoa(int(p)), func(b *testing.B) {
			for b.Loop() {
				sink = wide.Exp()
			}
		})
	}
}

func BenchmarkLog1p(b *testing.B) {
	for _, p := range []uint{128, 256, 512, 5000} {
		x := Of(0.123456789, p)
		b.Run("prec="+itoa(int(p)), func(b *testing.B) {
			for b.Loop() {
				sink = x.Log1p()
			}
		})
	}
}

func itoa(n int) string { return big.NewInt(int64(n)).String() }
