package theory

import (
	"math"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// contrastive is the ledger of SOURCE 1.3: the gradients of four losses of a
// pair (F, F̄), then what section (e) says in comparing them.
var contrastive = slices.Concat(
	contrastiveSimple,
	contrastiveHinge,
	contrastiveLog,
	contrastiveSquare,
	contrastiveNegatives,
	contrastiveMargin,
	contrastiveGoals,
	contrastiveSlopes,
	[]Claim{contrastiveNames},
)

// contrastiveNames is the last row: what is not a statement.
var contrastiveNames = Claim{
	Claim: result.Claim{
		ID: "names.contrastive", Refs: []string{"C81"}, Where: "SOURCE 1.3, heading and names",
		Says:    "The four losses are contrastive, and are called simple, hinge, log and square-square.",
		Printed: "Comparing contrastive loss functions: ℓ_simple, ℓ_hinge, ℓ_log, ℓ_ss",
		Formula: "names",
		Why:     "Names are neither true nor false. (Table 1 has hinge, log and square-square; it has no simple loss.)",
		Verdict: result.NotCheckable,
	},
}

// excess returns m + F − F̄, which is not rounded.
func (c twin) excess() exact.Interval { return x(c.M).Add(x(c.F)).Sub(x(c.Fbar)) }

// positive reports whether the exact number v is above 0.
func positive(v exact.Interval) bool { return v.Lo().Sign() > 0 }

// brinks are pairs one ulp beside the kinks F = 0 and F̄ = m, and on them.
func brinks() []twin {
	var cs []twin
	for v := range draw.Vectors(2, []float64{0, 1, -1}) {
		F := v[0] * math.SmallestNonzeroFloat64
		Fbar := math.Nextafter(1, 1+v[1])
		cs = append(cs, twin{F, Fbar, 1, 1, 1, -1}, twin{F, Fbar, 1, 1, 2, -3})
	}
	return cs
}

// drawWith draws a twin and what a case has besides.
func drawWith[C any](with func(t *rapid.T, c twin) C) func(*rapid.T) C {
	return func(t *rapid.T) C { return with(t, drawTwin(t)) }
}
