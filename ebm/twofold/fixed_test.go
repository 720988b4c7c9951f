package twofold

import (
	"math"
	"math/big"
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

func TestFixedRefuses(t *testing.T) {
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
