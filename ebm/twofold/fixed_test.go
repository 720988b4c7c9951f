package twofold

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// bigOfFixed returns s exactly.
func bigOfFixed(s Fixed) *big.Float {
	n := new(big.Int)
	for i := 3; i >= 0; i-- {
		n.Lsh(n, 64)
		n.Or(n, new(big.Int).SetUint64(s.word[i]))
	}
	if s.word[3]>>63 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), 256))
	}
	x := new(big.Float).SetPrec(wide).SetInt(n)
	return x.SetMantExp(x, -192)
}

func TestFixed(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 1))
	cases := 5000
	if testing.Short() {
		cases = 500
	}
	var largest, rounded float64
	for i := range cases {
		x := anyNumber(r, 0)
		x.Scale = r.IntN(70) - 60
		if i%5 == 0 { // near a multiple of ln 2, where k changes
			x = Of(float64(r.IntN(400) - 200)).Mul(Number{0x1.62e42fefa39efp+00, 0x1.abc9e3b39803fp-55, -1})
			x = x.Add(Of(math.Ldexp(float64(r.IntN(3)-1), -60-r.IntN(40))))
		}
		m := Of(1)
		if i%2 == 0 {
			m = anyNumber(r, 0)
			m = Number{math.Abs(m.Hi), math.Copysign(m.Lo, m.Hi*m.Lo), r.IntN(21) - 10}
		}
		want := bigExp(x.Big(wide))
		want.Mul(want, m.Big(wide))
		var s Fixed
		if !s.AddExp(m, x) {
			if want.Cmp(bigOf(0x1p31)) < 0 && x.Scale < 10 {
				t.Fatalf("AddExp(%v, %v) was refused", m, x)
			}
			continue
		}
		d := new(big.Float).SetPrec(wide).Sub(bigOfFixed(s), want)
		size := new(big.Float).SetPrec(wide).Mul(want, bigOf(0x1p-178))
		size.Add(size, bigOf(0x1p-191))
		off, _ := d.Quo(d, size).Float64()
		if largest = max(largest, math.Abs(off)); !(largest <= 1) {
			t.Fatalf("AddExp(%v, %v): off by %.3g of what is allowed", m, x, off)
		}
		s.AddInt(-1)
		if rounded = max(rounded, relative(s.Number().Big(wide), bigOfFixed(s))); !(rounded <= 0x1p-100) {
			t.Fatalf("Number of %v is off by %g", s, rounded)
		}
	}
	t.Logf("largest error found in %d cases: %.3f of what is allowed; of Number 2^%.1f", cases, largest, math.Log2(rounded))
	for _, x := range []Number{{1, 0, 10}, {-1, 0, 10}, {Hi: math.Inf(1)}, {Hi: math.NaN()}, {1.5, 0, 6}} {
		var s Fixed
		if s.AddExp(Of(1), x) || s != (Fixed{}) {
			t.Errorf("AddExp of e^%v gave %v", x, s)
		}
	}
	var s Fixed
	if !s.AddExp(Number{}, Of(1e300)) || s != (Fixed{}) {
		t.Errorf("0·e^1e300 = %v", s)
	}
}

func BenchmarkFixed(b *testing.B) {
	var s Fixed
	x := Prod(-0.1, 12.3)
	for b.Loop() {
		s.AddExp(Of(1), x)
	}
}
