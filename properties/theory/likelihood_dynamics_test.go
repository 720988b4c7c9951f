package theory

import (
	"math"
	"slices"
	"testing"
)

// moved returns the energies F with ΣF and u = β(F̄ − F) off by so much.
func (c training) moved(F []float64, sum, u float64) []float64 {
	F, n := slices.Clone(F), float64(c.N)
	F[0] += sum - u*(n-1)/(n*c.Beta)
	for i := range F[1:] {
		F[1+i] += u / (n * c.Beta)
	}
	return F
}

// TestTraining: the law of a descent on the NLL refuses energies that are off by little, whichever way.
func TestTraining(t *testing.T) {
	for _, c := range []training{
		{N: 2, F: 0.5, Fbar: -1, Beta: 1, Eta: 0x1p-8, B: -0.9},
		{N: 4, F: -2, Fbar: 1, Beta: 0.5, Eta: 0x1p-8, B: 1.001},
	} {
		T, n := c.steps(), float64(c.N)
		F := c.descend(T, false)
		u := c.Beta * (F[1] - F[0] - c.Fbar + c.F) // by which it has risen
		u *= n * c.Beta * c.Eta / (2 * (n - 1))    // twice what the remainder is allowed
		for _, test := range []struct {
			sum, u float64
			want   truth
		}{{0, 0, yes}, {1e-12, 0, no}, {-1e-12, 0, no}, {0, u, no}, {0, -u, no}} {
			if f := c.law(T, c.moved(F, test.sum, test.u)); f.truth != test.want {
				t.Errorf("%v, off by %v and %v: %v", c, test.sum, test.u, f)
			}
		}
		// F̄ passes its bound by two steps, each below η, and by what Taylor's remainder leaves: less than one more, of so few.
		if got := F[1] - c.B; !(0 < got && got < 3*c.Eta) {
			t.Errorf("%v: after %d steps F̄ is %v above its bound", c, T, got)
		}
	}
}

// TestTrainingRoundings: where every step is rounded the same way, by nearly half an ulp of M, the law holds; it is refused
// where u is off by a fifth more than is allowed for that besides.
func TestTrainingRoundings(t *testing.T) {
	const T, M, ulp = 1000, 4.04, 0x1p-50
	for _, c := range []training{{F: M}, {F: -M}, {Fbar: M}, {Fbar: -M}} {
		for _, c.N = range []int{2, 10} {
			c.Beta = 2
			n := float64(c.N)
			rate := math.Exp(c.Beta*(c.Fbar-c.F)) + n - 1 // 1/p
			for _, share := range []float64{0.49, 0.51} { // of an ulp, a step: lost, and nearly doubled
				c.Eta = share * ulp * rate
				if c.F != 0 {
					c.Eta /= n - 1
				}
				F := c.descend(T, false)
				if f := c.law(T, F); f.truth != yes {
					t.Errorf("%+v: %v", c, f)
				}
				up := math.Copysign(1, share-0.5)
				if f := c.law(T, c.moved(F, 0, up*1.2*T*c.Beta*0x1p-52*M)); f.truth != no {
					t.Errorf("%+v: u off by too much, and %v", c, f)
				}
			}
		}
	}
}

// TestTrainingSteps: how many steps are taken, and the planted one.
func TestTrainingSteps(t *testing.T) {
	for _, test := range []struct {
		c    training
		want int
	}{
		{training{N: 2, Beta: 1, Eta: 1, B: 1}, 6}, // (e² + 2 − 1)/2 = 4.19…
		{training{N: 2, Beta: 1, Eta: 1, B: -1}, 1},
	} {
		if got := test.c.steps(); got != test.want {
			t.Errorf("%v: %d steps, want %d", test.c, got, test.want)
		}
	}
	if got := (training{N: 2, Beta: 1, Eta: 1}).descend(1, true); !slices.Equal(got, []float64{-1.5, -0.5}) {
		t.Errorf("F = (0, 0) less δ + p is %v, want (−1.5, −0.5)", got)
	}
}
