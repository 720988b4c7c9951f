package exact

import (
	"math/big"
	"strings"
	"testing"
)

// TestString: what is written of an interval contains it, and not much more.
func TestString(t *testing.T) {
	for _, v := range []float64{1, 0.1, 3, -7, 1e-300, 6.02e23, -1e-3} {
		for _, bits := range []uint{53, 100, 160} {
			for _, a := range []Interval{Of(v, bits).Div(Of(3, bits)), Of(v, bits).Hull(Of(v, bits).Div(Of(7, bits))), Of(v, bits).Abs().Sqrt().Sub(Of(1, bits))} {
				lo, hi, ok := strings.Cut(strings.Trim(a.String(), "[]"), ", ")
				l, ok1 := new(big.Rat).SetString(lo)
				h, ok2 := new(big.Rat).SetString(hi)
				if !ok || !ok1 || !ok2 {
					t.Fatalf("%v", a)
				}
				is := func(x *big.Float) *big.Rat { r, _ := x.Rat(nil); return r }
				below, above := is(a.Lo()).Cmp(l), h.Cmp(is(a.Hi()))
				if !a.IsPoint() && (below < 0 || above < 0) {
					t.Errorf("%v does not contain %v, %v", a, a.Lo(), a.Hi())
				}
				slack := new(big.Rat).Sub(new(big.Rat).Sub(h, l), new(big.Rat).Sub(is(a.Hi()), is(a.Lo())))
				size := new(big.Rat).Add(new(big.Rat).Abs(l), new(big.Rat).Abs(h))
				if slack.Cmp(size.Mul(size, big.NewRat(1, 1e15))) > 0 {
					t.Errorf("%v is much wider than it need be", a)
				}
			}
		}
	}
}
