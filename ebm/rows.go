package ebm

import "iter"

// Rows yields the Gibbs distribution of each row of energies, on the answers of mu, with its
// number: NewGibbs(F[r], beta, mu), but all in one Gibbs that holds row after row (see Hold),
//
//	for r, g := range ebm.Rows(F, 1, ebm.Counting(n)) {
//		lnZ[r] = g.LogZ()
//	}
//
// It must not be kept beyond its turn. It panics at a row where NewGibbs does.
func Rows(F [][]float64, beta float64, mu Measure) iter.Seq2[int, *Gibbs] {
	return func(yield func(r int, g *Gibbs) bool) {
		g := new(Gibbs)
		for r, row := range F {
			if g.Hold(row, beta, mu); !yield(r, g) {
				return
			}
		}
	}
}
