package theory

import "testing"

// TestTerrains: the energies of the best answer and of its rival, by hand.
func TestTerrains(t *testing.T) {
	for _, test := range []struct {
		c                       landscape
		y, other, least, beaten float64 // answer and rival, and their energies
	}{
		{landscape{Terrain: summit, A: 2, Mu: 1, Y: 3}, 3, 4, -8, -18},
		{landscape{Terrain: summit, A: 2, Mu: 1, Y: -2}, -2, -3, -18, -32},
		{landscape{Terrain: summit, A: 2, Mu: 1, Y: 1}, 1, 2, 0, -2},
		{landscape{Terrain: ray, A: 2, Y: -3}, 4, 2, 8, 4},
		{landscape{Terrain: jump, A: 2, Y: 3}, 3, 1.5, 6, 3},
		{landscape{Terrain: jump, A: 2, Y: -3}, -3, 0.5, 8, 1},
		{landscape{Terrain: jump, A: 2, Y: 0}, 0, 0.5, 2, 1},
		{landscape{Terrain: twoWells, A: 2, Mu: 1}, 3, -1, 0, 0},
		{landscape{Terrain: parabola, A: 2, Mu: 1, Y: 4}, 1, 4, 0, 18},
		{landscape{Terrain: parabola, A: 2, Mu: 1, Y: 1}, 1, 2, 0, 2},
		{landscape{Terrain: vee, A: 2, Mu: 1, Y: -2}, 1, -2, 0, 6},
		{landscape{Terrain: valley, A: 1, Mu: 1, Y: 2}, 1, 2, -1, -0.5},
	} {
		y, other := test.c.places()
		least, beaten, alone := test.c.candidates()
		if y.Mid() != test.y || other.Mid() != test.other || least.Mid() != test.least || beaten.Mid() != test.beaten || alone {
			t.Errorf("%v: F(%v) = %v, F(%v) = %v, alone %v", test.c, y, least, other, beaten, alone)
		}
	}
}
