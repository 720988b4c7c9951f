package theory

import "testing"

// TestTraining: the law of a descent on the NLL refuses energies that are off by little, whichever way.
func TestTraining(t *testing.T) {
	for _, c := range []training{
		{N: 2, F: 0.5, Fbar: -1, Beta: 1, Eta: 0x1p-8, B: -0.9},
		{N: 4, F: -2, Fbar: 1, Beta: 0.5, Eta: 0x1p-8, B: 1.001},
	} {
		T, n := c.steps(), float64(c.N)
		// moved is the end of the descent with Σ F and u = β(F̄ − F) off by so much.
		moved := func(sum, u float64) []float64 {
			F := c.descend(T, 1)
			F[0] += sum - u*(n-1)/(n*c.Beta)
			for i := range F[1:] {
				F[1+i] += u / (n * c.Beta)
			}
			return F
		}
		u := c.Beta * (moved(0, 0)[1] - moved(0, 0)[0] - c.Fbar + c.F) // by which it has risen
		for _, test := range []struct {
			sum, u float64
			want   truth
		}{{0, 0, yes}, {1e-12, 0, no}, {-1e-12, 0, no}, {0, 0.02 * u, no}, {0, -0.02 * u, no}} {
			if f := c.law(T, moved(test.sum, test.u)); f.truth != test.want {
				t.Errorf("%v, off by %v and %v: %v", c, test.sum, test.u, f)
			}
		}
		// F̄ passes its bound by two steps, each below η, and by what Taylor's remainder leaves: less than one more, of so few.
		F := c.descend(T, 1)
		if got := F[1] - c.B; !(0 < got && got < 3*c.Eta) {
			t.Errorf("%v: after %d steps F̄ is %v above its bound", c, T, got)
		}
	}
}
