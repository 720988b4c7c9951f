package theory

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// Inference, without and with a latent variable z.
var intuitionLatent = []Claim{
	{
		Claim: result.Claim{
			ID: "inference.rule", Refs: []string{"C27", "I32"}, Where: "SOURCE 1.1(i), first formula",
			Says:    "The answer is the y of least energy, which is the most probable one at every β.",
			Why:     "e^{−βF} falls with F, whatever β > 0. (That there is an answer is inference.existence.)",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed:   "for all i: p[i] = max(j: p[j]) if F[i] = min(j: F[j])",
			corrected: "for all i: p[i] < max(j: p[j]) if F[i] > min(j: F[j])",
			fault:     "for all i: p[i] = max(j: p[j]) if F[i] = max(j: F[j])",
			over:      anyTable,
		},
	},
	{
		Claim: result.Claim{
			ID: "latent.min", Refs: []string{"C28", "I75", "I76", "E9"}, Where: "SOURCE 1.1(i), second formula",
			Says:    "With a latent variable, the energy of y is the minimiser of G over z.",
			Printed: "F(x, y) = argmin_z {G(x, y, z)}",
			Formula: "F(x, y) = min_z {G(x, y, z)}; ž = argmin_z G(x, ŷ, z); softly −(1/β) ln Σ_z e^{−βG}, which is less by at most (ln |𝒵|)/β",
			Fault:   "F(x, y) = max_z G(x, y, z)",
			Why:     "argmin gives a z, no energy. Read as a number it ranks answers by the names of their latents: for G = ((5, 1), (2, 9)) the minimisers 2, 1 choose the second y, the minima 1, 2 the first.",
			Verdict: result.IsRefuted,
		},
		Statement: statement[latent]{
			cases: latents(),
			draw: func(t *rapid.T) latent {
				c := latent{Beta: drawBeta(t)}
				nz := drawLength(t, 1, "|𝒵|")
				for range drawLength(t, 1, "|𝒴|") {
					row := make([]float64, nz)
					for z := range row {
						row[z] = decimal(t, 999, "G")
					}
					c.G = append(c.G, row)
				}
				return c
			},
			show: latent.String,
			reach: map[string]func(latent) bool{
				"one z":     func(c latent) bool { return len(c.G[0]) == 1 },
				"another ŷ": func(c latent) bool { return !slices.Equal(leastIndices(c.minimisers()), leastIndices(c.minima())) },
				"tied y":    func(c latent) bool { return len(leastIndices(c.minima())) > 1 },
				"tied z":    func(c latent) bool { return len(leastIndices(c.G[0])) > 1 },
			},
			printed: func(c latent) finding {
				F, printed := c.minima(), c.minimisers()
				return that("F(x, y) for each y, against argmin_z G(x, y, z)", slices.Equal(F, printed), list(F), list(printed))
			},
			corrected: func(c latent) finding {
				F := c.minima()
				got, want := leastIndices(F), c.joint()
				y := got[0]
				soft := exact.FreeEnergyOf(x(c.Beta), xs(c.G[y]))
				return all(
					that("argmin_y min_z G against the y of argmin_{y,z} G", slices.Equal(got, want), got, want),
					that("G(x, ŷ, ž) against F(x, ŷ)", c.G[y][leastIndices(c.G[y])[0]] == F[y], c.G[y], F[y]),
					atMost("−(1/β) ln Σ_z e^{−βG} against F(x, ŷ)", soft, x(F[y])), c.above(y, len(c.G[y])))
			},
			faulty: func(c latent) finding {
				y := leastIndices(c.minima())[0]
				F := slices.Max(c.G[y])
				return that("G(x, ŷ, ž) against F(x, ŷ)", slices.Min(c.G[y]) == F, slices.Min(c.G[y]), F)
			},
			also: []func(latent) finding{func(c latent) finding {
				F := c.minima()
				y := leastIndices(F)[0]
				return atMost("F(x, ŷ) against −(1/β) ln Σ_z e^{−βG}", x(F[y]), exact.FreeEnergyOf(x(c.Beta), xs(c.G[y])))
			}, func(c latent) finding { // one z more
				y := leastIndices(c.minima())[0]
				return c.above(y, 1+len(c.G[y]))
			}},
		},
	},
}

// latent are energies G[y][z] for one x; the values of z are 1, 2, ….
type latent struct {
	G    [][]float64
	Beta float64
}

func (c latent) String() string {
	z := "1"
	if n := len(c.G[0]); n > 1 {
		z = fmt.Sprintf("1…%d", n)
	}
	s := ""
	for y, row := range c.G {
		s += fmt.Sprintf("G(x, y=%d, z=%s)=(%s), ", y, z, list(row))
	}
	return s + "β=" + result.Decimal(c.Beta)
}

// minimisers returns the first z of least energy for each y.
func (c latent) minimisers() []float64 {
	zs := make([]float64, len(c.G))
	for y, row := range c.G {
		zs[y] = float64(1 + leastIndices(row)[0])
	}
	return zs
}

// joint returns the y of the pairs (y, z) of least energy, ascending.
func (c latent) joint() []int {
	var ys []int
	for _, i := range leastIndices(slices.Concat(c.G...)) {
		ys = append(ys, i/len(c.G[0]))
	}
	return slices.Compact(ys)
}

// minima returns the least energy for each y.
func (c latent) minima() []float64 {
	F := make([]float64, len(c.G))
	for y, row := range c.G {
		F[y] = slices.Min(row)
	}
	return F
}

// above finds whether the least energy of y is above the soft one by at most (ln n)/β, and by as much where all are alike.
func (c latent) above(y, n int) finding {
	F, soft := slices.Min(c.G[y]), exact.FreeEnergyOf(x(c.Beta), xs(c.G[y]))
	bound := soft.Add(x(float64(n)).Log().Div(x(c.Beta)))
	if slices.Max(c.G[y]) == F {
		return equalSums("F(x, ŷ) against the soft one + (ln |𝒵|)/β", x(F), bound, soft.Abs().Add(x(1)))
	}
	return atMost("F(x, ŷ) against the soft one + (ln |𝒵|)/β", x(F), bound)
}

func latents() []latent {
	cs := []latent{{[][]float64{{7, 3}}, 1}, {[][]float64{{5, 1}, {2, 9}}, 1}}
	for _, beta := range []float64{1, 10} {
		for v := range draw.Vectors(4, []float64{0, 1, 2}) {
			v = slices.Clone(v)
			cs = append(cs, latent{[][]float64{v[:2], v[2:]}, beta}, latent{[][]float64{v}, beta})
		}
	}
	return cs
}
