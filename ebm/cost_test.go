package ebm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// BenchmarkCost has the operations whose cost is linear in answers, terms or parameters, each
// at three sizes: ns/item is level.
func BenchmarkCost(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	at := func(op string, n int, f func()) {
		b.Run(fmt.Sprintf("op=%s/n=%d", op, n), func(b *testing.B) {
			for b.Loop() {
				f()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/item")
		})
	}
	for _, n := range []int{500, 5000, 50257} {
		F, sum := make([]float64, n), 0.0
		for i := range F {
			F[i] = r.ExpFloat64()
			sum += F[i]
		}
		other := make([]float64, n)
		for i, p := range F {
			F[i] = -math.Log(p / sum)
			other[i] = F[i] + 1
		}
		at("logz", n, func() { NewGibbs(other, 1, Counting(n)).LogZ() })
		at("logz-normalised", n, func() { NewGibbs(F, 1, Counting(n)).LogZ() })
		f, x, ys := Table{1, n}, []float64{0}, Answers(n)
		dst := make([]float64, n)
		at("pull", n, func() { Pull(dst, F, f, F, x, ys) })
		z := Minimised{LatentTable{1, n}, Counting(n)}
		at("minimised", n, func() { z.Eval(F, nil, x) })
		at("soft", n, func() { Soft{LatentTable{1, n}, Counting(n), 1}.Eval(F, nil, x) })
		c := Chain{Unary: make([][]float64, n), Pair: make([][][]float64, n-1)}
		for t := range c.Unary {
			c.Unary[t] = []float64{1, 2, 3}
		}
		for t := range c.Pair {
			c.Pair[t] = [][]float64{{1, 2, 3}, {1, 2, 3}, {1, 2, 3}}
		}
		y := make([]int, n)
		at("chain-energy", n, func() { c.Energy(y) })
	}
}
