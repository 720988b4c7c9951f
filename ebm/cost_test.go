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
		parts, pi, w := make(Mixture, n), make([]float64, n), make([]float64, 2*n)
		for k := range parts {
			parts[k], pi[k], w[2*k], w[2*k+1] = Quadratic{1}, 1/float64(n), F[k], 1
		}
		mixed, dw := Soft{parts, Weighted(pi), 1}, make([]float64, 2*n)
		at("mixture", n, func() { mixed.Eval(w, nil, x) })
		at("mixture-gradient", n, func() { mixed.GradW(dw, w, nil, x) })
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

// A tallied counts what is asked of a part of a mixture.
type tallied struct {
	Quadratic
	asked *int
}

func (f tallied) Params() int { *f.asked++; return f.Quadratic.Params() }

func (f tallied) Eval(w, x, y []float64) float64 { *f.asked++; return f.Quadratic.Eval(w, x, y) }

// TestMixtureCost: of a mixture of K parts, a K-th of what is asked is asked of each.
func TestMixtureCost(t *testing.T) {
	cost := func(K int, soft bool) int {
		asked := 0
		m, w := make(Mixture, K), make([]float64, 2*K)
		for k := range m {
			m[k], w[2*k+1] = tallied{Quadratic{1}, &asked}, 1
		}
		y := []float64{1}
		if soft {
			s := Soft{m, Counting(K), 1}
			s.Eval(w, nil, y)
			s.GradW(nil, w, nil, y)
			return asked
		}
		s := Minimised{m, Counting(K)}
		s.Eval(w, nil, y)
		s.GradW(nil, w, nil, y)
		return asked
	}
	for _, soft := range []bool{true, false} {
		if few, many := cost(10, soft), cost(1000, soft); many > 100*few || few > 200 {
			t.Errorf("soft %v: 10 parts are asked %d times, 1000 parts %d times", soft, few, many)
		}
	}
}
