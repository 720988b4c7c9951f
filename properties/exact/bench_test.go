package exact

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
)

var sinkValue Value

// BenchmarkNLL is the loss alone by either path, beside the logarithm of the sum by gonum, and the loss with its gradient.

func BenchmarkNLL(b *testing.B) {
	for _, n := range []int{2, 8, 64, 1000} {
		r := rand.New(rand.NewPCG(1, uint64(n)))
		F := each(n, func(int) float64 { return 3 * r.NormFloat64() })
		for _, path := range []string{"fast", "intervals"} {
			b.Run(fmt.Sprintf("n=%d/path=%s", n, path), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					e, _ := newEnsemble(F, 0.7)
					e.slow = path == "intervals"
					sinkValue = e.nll(0)
				}
			})
		}
		b.Run(fmt.Sprintf("n=%d/path=gonum", n), func(b *testing.B) {
			x := each(n, func(i int) float64 { return -0.7 * F[i] })
			for b.Loop() {
				sinkValue.Near = floats.LogSumExp(x)
			}
		})
		b.Run(fmt.Sprintf("n=%d/path=gradient", n), func(b *testing.B) {
			for b.Loop() {
				sinkValue = NLL(F, 0, 0.7).Value
			}
		})
	}
}

func BenchmarkPair(b *testing.B) {
	for _, c := range []struct {
		name string
		f    func(F, Fbar float64) Truth
	}{
		{"log", Log},
		{"mce", MCE},
		{"hinge", func(F, Fbar float64) Truth { return Hinge(F, Fbar, 1) }},
		{"square_square", func(F, Fbar float64) Truth { return SquareSquare(F, Fbar, 1) }},
		{"square_exp", func(F, Fbar float64) Truth { return SquareExp(F, Fbar, 1) }},
	} {
		b.Run("op="+c.name, func(b *testing.B) {
			for b.Loop() {
				sinkValue = c.f(0.3, 0.9).Value
			}
		})
	}
}

func BenchmarkExpDD(b *testing.B) {
	z := dd{-12.3456789, 1e-17}
	for b.Loop() {
		m, _ := expDD(z)
		z.lo = m.lo * 0
	}
	sinkValue.Off = z.lo
}
