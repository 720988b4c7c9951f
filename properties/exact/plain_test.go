package exact

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestPlain holds the losses with corners, where float64 has room for them, to the same in rational arithmetic: beside
// every float64 stands one an infinitesimal away, which has none.
func TestPlain(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	short := func() float64 { // a number of at most 12 bits, of any size that squares well
		return math.Ldexp(float64(rng.IntN(8191)-4095), rng.IntN(60)-30)
	}
	exact := func(a, b float64) Value {
		x, y := Of(a, exactBits), Of(b, exactBits)
		return rational(x.Mul(x).Add(y.Mul(y)))
	}
	took := 0
	for range 20000 {
		a, b := short(), short()*short()
		if v, ok := plainSquares(a, b); ok {
			took++
			if want := exact(a, b); v != want {
				t.Fatalf("%v² + %v² = %+v, want %+v", a, b, v, want)
			}
		}
		if s, ok := plainSum(a, b, 1); ok && whole(s) != rational(sum(a, b, 1)) {
			t.Fatalf("%v + %v + 1 = %v, want %+v", a, b, s, rational(sum(a, b, 1)))
		}
	}
	if took < 15000 {
		t.Errorf("%d of 20000 squares went this way, want most", took)
	}
	for _, ab := range [][2]float64{{0x1.0000001p0, 0x1p-30}, {1 + 0x1p-27, 0}, {1, 0x1p-500}, {3, 0x1p-440}, {math.Inf(1), 1}} { // a tie of 54 bits; and what float64 has no room for
		if v, ok := plainSquares(ab[0], ab[1]); ok && v != exact(ab[0], ab[1]) {
			t.Errorf("%v² + %v² = %+v, want %+v", ab[0], ab[1], v, exact(ab[0], ab[1]))
		}
	}
	for _, x := range [][]float64{{1, 0x1p-60}, {math.MaxFloat64, math.MaxFloat64}, {math.Inf(1), 1}, {math.NaN()}} {
		if s, ok := plainSum(x...); ok {
			t.Errorf("the sum of %v is %v without error, want none", x, s)
		}
	}
	for range 2000 { // the losses by either way, at their kinks too
		F, Fbar, m := math.Round(short()), math.Round(short()), float64(rng.IntN(3))
		if rng.IntN(3) == 0 {
			Fbar = F + m
		}
		far := 0x1p-1000 // moves no number's nearest float64, but needs more bits than float64 has
		for name, loss := range map[string]func(F, Fbar, m float64) Truth{"simple": Simple, "hinge": Hinge, "lvq2": LVQ2, "square-square": SquareSquare} {
			plain, other := loss(F, Fbar, m), loss(F, Fbar-far*Fbar, m)
			if Fbar == 0 {
				continue
			}
			if plain.Value.Near != other.Value.Near {
				t.Fatalf("%s(%v, %v, %v) = %v, want %v", name, F, Fbar, m, plain.Value.Near, other.Value.Near)
			}
		}
	}
}
