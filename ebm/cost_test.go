package ebm

import "testing"

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
