package exact

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

func TestUlps(t *testing.T) {
	third := converge(false, func(p uint) Interval { return Ratio(1, 3, p) })
	belowOne := Value{1, -0x1p-60, 0x1p-60}
	overflow := rational(sum(math.MaxFloat64, math.MaxFloat64))
	justOver := rational(sum(math.MaxFloat64, 0x1p970))
	justUnder := rational(sum(math.MaxFloat64, 0x1p969))
	half := rational(sum(5e-324).Scale(0.5))
	more := rational(sum(5e-324).Scale(0.75))
	for _, c := range []struct {
		name     string
		v        Value
		got      float64
		min, max float64
	}{
		{"1/3", third, 1. / 3, 0.33, 0.34},
		{"1/3, next up", third, math.Nextafter(1./3, 1), 0.66, 0.67},
		{"1/3, next down", third, math.Nextafter(1./3, 0), 1.33, 1.34},
		{"1/3, -1/3", third, -1. / 3, 0x1p53 * 1.333, 0x1p53 * 1.334},
		{"1/3, 0", third, 0, 0x1p53 * 0.666, 0x1p53 * 0.667},
		{"1/3, NaN", third, nan, inf, inf},
		{"1/3, Inf", third, inf, inf, inf},
		{"1, exact", whole(1), 1, 0, 0},
		{"1, next up", whole(1), 1 + 0x1p-52, 1, 1.0001},
		{"1, next down", whole(1), 1 - 0x1p-53, 0.5, 0.5001},
		{"below 1, next down: its own binade", belowOne, 1 - 0x1p-53, 0.99999, 1.0001},
		{"below 1, 1", belowOne, 1, 5e-324, 0x1p-50},
		{"uncertain, next up", Value{1, 0, 0.25}, 1 + 0x1p-52, 1.25, 1.2501},
		{"0", Value{}, 0, 0, 0},
		{"0, -0", Value{}, neg, 0, 0},
		{"0, 5e-324", Value{}, 5e-324, 1, 1.0001},
		{"0, 1", Value{}, 1, 0x1p1023, inf},
		{"5e-324/2, ties to even 0", half, 0, 0.5, 0.5},
		{"5e-324/2, up", half, 5e-324, 0.5, 0.5001},
		{"5e-324*3/4", more, 5e-324, 0.25, 0.2501},
		{"Inf", whole(inf), inf, 0, 0},
		{"Inf, MaxFloat64", whole(inf), math.MaxFloat64, inf, inf},
		{"-Inf, Inf", whole(-inf), inf, inf, inf},
		{"2 MaxFloat64, Inf", overflow, inf, 0, 0},
		{"2 MaxFloat64, MaxFloat64", overflow, math.MaxFloat64, 0x1p53 - 2, 0x1p53 + 8},
		{"MaxFloat64 + 1/2 ulp, Inf", justOver, inf, 0, 0},
		{"MaxFloat64 + 1/2 ulp, MaxFloat64", justOver, math.MaxFloat64, 0.5, 0.5001},
		{"MaxFloat64 + 1/4 ulp, Inf", justUnder, inf, inf, inf},
		{"MaxFloat64 + 1/4 ulp, MaxFloat64", justUnder, math.MaxFloat64, 0.25, 0.2501},
		{"undefined, NaN", undefined, nan, 0, 0},
		{"undefined, 1", undefined, 1, inf, inf},
	} {
		if u := c.v.Ulps(c.got); !(c.min <= u && u <= c.max) {
			t.Errorf("%s: %v ulps, want from %v to %v", c.name, u, c.min, c.max)
		}
	}
	if justUnder.Near != math.MaxFloat64 || justOver.Near != inf || half.Near != 0 || more.Near != 5e-324 {
		t.Errorf("thresholds: %+v %+v %+v %+v", justUnder, justOver, half, more)
	}
}

// TestValueOfPoint: for random exact sums of three float64 of all sizes, Near is what big.Float rounds to, the enclosure
// contains the sum, and Ulps of numbers near it is its distance, up to the rounding up.
func TestValueOfPoint(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 1))
	for range 5000 {
		x := wideFloat(-1074, 1023, r)
		parts := []float64{x, x * 0x1p-53 * float64(r.IntN(3)-1), wideFloat(-1074, 1023, r) * 0x1p-900}
		s := sum(parts...)
		v := rational(s)
		near, _ := s.lo.Float64()
		if near != v.Near || !v.Enclosure().Contains(s) {
			t.Fatalf("%v: %+v, enclosure %v, sum %v", parts, v, v.Enclosure(), s)
		}
		got := near
		for range r.IntN(4) {
			got = math.Nextafter(got, inf)
		}
		if math.IsInf(got, 0) {
			continue
		}
		d := new(big.Float).Abs(s.Sub(Of(got, exactBits)).lo)
		exp := v.trueUlpExp()
		want, _ := d.SetMantExp(d, -exp).Float64()
		if u := v.Ulps(got); !(u >= want && u <= want*(1+0x1p-40)+0x1p-40) {
			t.Fatalf("%v, got %v: %v ulps, the distance is %v", parts, got, u, want)
		}
	}
}

// TestSettleOpen: a number strictly between the ends of an enclosure whose lower end is a tie rounds up, and one below 0 to
// −0; a closed enclosure leaves both open.
func TestSettleOpen(t *testing.T) {
	tie := sum(1, 0x1p-53)
	x := tie.Hull(tie.Add(power(-3000, exactBits)))
	if v, ok := settle(x, true); !ok || v.Near != 1+0x1p-52 {
		t.Errorf("above a tie: %+v %v", v, ok)
	}
	if v, ok := settle(x, false); ok {
		t.Errorf("at or above a tie: %+v", v)
	}
	x = tie.Sub(power(-3000, exactBits)).Hull(tie)
	if v, ok := settle(x, true); !ok || v.Near != 1 {
		t.Errorf("below a tie: %+v %v", v, ok)
	}
	x = Of(1, 128).Sub(Of(-1e9, 128).Exp())
	if v, ok := settle(x, true); !ok || v.Near != 1 || !(v.Off < 0) || v.trueUlpExp() != -53 {
		t.Errorf("1 − e^−10⁹: %+v %v", v, ok)
	}
	x = Of(-1e9, 128).Exp().Neg()
	if v, ok := settle(x, true); !ok || v.Near != 0 || !math.Signbit(v.Near) || !(v.Off < 0) {
		t.Errorf("−e^−10⁹: %+v %v", v, ok)
	}
}

// TestLdexp: ldexp is math.Ldexp, at both ends of float64 and where it rounds.
func TestLdexp(t *testing.T) {
	for _, x := range []float64{0, math.Copysign(0, -1), 1, -1.5, math.Nextafter(1, 2), math.Pi, math.MaxFloat64, 0x1p-1022, 0x1.8p-1023, math.SmallestNonzeroFloat64, 3 * math.SmallestNonzeroFloat64, math.Inf(-1), math.NaN()} {
		for k := -2200; k <= 2200; k++ {
			if got, want := ldexp(x, k), math.Ldexp(x, k); math.Float64bits(got) != math.Float64bits(want) && !math.IsNaN(want) {
				t.Errorf("%v·2^%d is %v, want %v", x, k, got, want)
			}
		}
	}
}
