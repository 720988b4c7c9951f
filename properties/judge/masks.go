package judge

import (
	"math"

	"pgregory.net/rapid"
)

// Masks: which answers are impossible. A share of them, in one block or here and there, as
// padding, causal attention and a vocabulary's forbidden words have it.

// masks are which of n answers are impossible in the grid, n ≥ 4: the first half, the
// second, all but the last, all but one in the middle, every other one, all of the first
// power of two but one, and about a third, here and there.
func masks(n int) []func(i int) bool {
	block := 2
	for 2*block < n {
		block *= 2
	}
	return []func(i int) bool{
		func(i int) bool { return i < n/2 },
		func(i int) bool { return i >= n/2 },
		func(i int) bool { return i < n-1 },
		func(i int) bool { return i != n/2 },
		func(i int) bool { return i%2 == 1 },
		func(i int) bool { return i < block },
		func(i int) bool { return uint64(i+1)*golden>>32%3 == 0 },
	}
}

// masked are the vectors of n energies of the grid with such a mask, not level.
func masked(n int) [][]float64 {
	var vectors [][]float64
	for k, impossible := range masks(n) {
		F := make([]float64, n)
		for i := range F {
			if F[i] = float64((i+k)%5) / 2; impossible(i) {
				F[i] = math.Inf(1)
			}
		}
		vectors = append(vectors, F)
	}
	return vectors
}

// drawImpossible makes a share of F impossible: of a block, or here and there; at least one
// answer stays possible if it was.
func drawImpossible(t *rapid.T, F []float64) {
	n := len(F)
	kept := drawIndex(t, n, "kept")
	switch rapid.IntRange(0, 2).Draw(t, "mask") {
	case 0: // from one place to another
		from := drawIndex(t, n, "from")
		for i := from; i < from+rapid.IntRange(1, n-from).Draw(t, "masked"); i++ {
			impossible(F, i, kept)
		}
	case 1: // one of so many
		every := rapid.IntRange(1, 8).Draw(t, "every")
		for i := range F {
			if i%every == 0 {
				impossible(F, i, kept)
			}
		}
	default: // a share, anywhere
		share, k := rapid.IntRange(1, 15).Draw(t, "of 16"), rapid.IntRange(0, 1<<16).Draw(t, "scattered")
		for i := range F {
			if int(uint64(i+k)*golden>>40%16) < share {
				impossible(F, i, kept)
			}
		}
	}
}

func impossible(F []float64, i, kept int) {
	if i != kept {
		F[i] = math.Inf(1)
	}
}
