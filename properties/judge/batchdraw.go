package judge

import (
	"math"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/op"
)

// drawBatch returns a generator of batches of the op of row, in regime r and precision p:
// mostly of up to 12 rows of up to 9 energies, some of more; in three of four all rows have
// the parameters of the first. Weights are 0 or more.
func drawBatch(row *op.Row, r Regime, p op.Precision) *rapid.Generator[op.Call] {
	rows := drawCall(row.Op, finite(r), p)
	odd := drawCall(row.Op, NonFinite, p)
	return rapid.Custom(func(t *rapid.T) op.Call {
		chance := func(one int, what string) bool { return rapid.IntRange(0, one-1).Draw(t, what) == one-1 }
		b := &op.Batch{Reduction: rapid.SampledFrom(op.Reductions).Draw(t, "reduction")}
		k, most := rapid.IntRange(1, 12).Draw(t, "rows"), 9
		switch {
		case chance(12, "many rows"):
			k = rapid.IntRange(17, 36).Draw(t, "rows > 16")
		case chance(12, "long rows"):
			k, most = rapid.IntRange(1, 4).Draw(t, "long"), 40
		}
		same := !chance(4, "parameters of each row")
		for i := range k {
			if i > 0 && chance(6, "the same again") {
				b.Rows = append(b.Rows, b.Rows[rapid.IntRange(0, i-1).Draw(t, "as")].Clone())
				continue
			}
			c := shortened(rows.Draw(t, "row"), most)
			if i > 0 && same {
				c = withParameters(c, b.Rows[0])
			}
			b.Rows = append(b.Rows, c)
		}
		if far := farther(row, b.Rows[0], r, p); far > 0 && !row.Pair && chance(4, "one far off") {
			shift(t, b.Rows[rapid.IntRange(0, k-1).Draw(t, "which")], far)
		}
		if r == NonFinite {
			for range rapid.IntRange(1, 2).Draw(t, "odd rows") {
				c := shortened(odd.Draw(t, "odd"), most)
				c = withParameters(c, b.Rows[0]) // whose β is no limit
				if !NonFinite.belongs(c) || slices.ContainsFunc(c.Energies, func(f float64) bool { return math.IsInf(f, -1) }) {
					c.Energies[rapid.IntRange(0, len(c.Energies)-1).Draw(t, "where")] = math.NaN()
				}
				b.Rows[rapid.IntRange(0, k-1).Draw(t, "odd one")] = c
			}
		}
		drawMask(t, row, b, p)
		if rapid.Bool().Draw(t, "weights") {
			weights := []float64{0, 1, 1, 0.5, 2, 3, 0.1, 1.0 / 3, 10, 9.87654321, 1e-6 / 3, 1e6 / 7}
			if p.Short() { // of which the largest number is near
				weights = weights[:10]
			}
			for range k {
				b.Weights = append(b.Weights, rapid.SampledFrom(weights).Draw(t, "w"))
			}
		}
		return r.fit(op.Call{Op: op.BatchOf(row.Op), Batch: b}, p)
	})
}

// finite is the regime of the rows that are not odd.
func finite(r Regime) Regime {
	if r == NonFinite {
		return Tame
	}
	return r
}

// shortened is c with at most so many energies.
func shortened(c op.Call, most int) op.Call {
	if n := len(c.Energies); n > most {
		c.Energies, c.Answer = c.Energies[:most], c.Answer%most
	}
	return c
}

// withParameters is c with the parameters of d.
func withParameters(c, d op.Call) op.Call {
	for _, q := range c.Op.Row().Params {
		q.Set(&c, q.Of(d))
	}
	return c
}

// farther is by how much energies must differ for exp to see nothing of the higher ones,
// and overflow by the lower: 0 if the regime has no such gaps.
func farther(row *op.Row, c op.Call, r Regime, p op.Precision) float64 {
	beta := 1.0
	if q, ok := row.Scaled(); ok {
		beta = q.Of(c)
	}
	if gap := p.Thresholds()[5] / beta; gap < finite(r).size(p)/2 {
		return gap
	}
	return 0
}

// shift moves all energies of c, up or down, so far that none of another row is near.
func shift(t *rapid.T, c op.Call, far float64) {
	by := far * float64(rapid.IntRange(11, 19).Draw(t, "far")) / 10
	if rapid.Bool().Draw(t, "down") {
		by = -by
	}
	for j, f := range c.Energies {
		c.Energies[j] = math.Mod(f, far/10) + by
	}
}

// drawMask pads the rows of b to one length and masks what pads them: behind, before or
// between the energies. Some whole rows are masked, too.
func drawMask(t *rapid.T, row *op.Row, b *op.Batch, p op.Precision) {
	longest, shortest := 0, math.MaxInt
	for _, c := range b.Rows {
		longest, shortest = max(longest, len(c.Energies)), min(shortest, len(c.Energies))
	}
	how := rapid.IntRange(0, 6).Draw(t, "mask")
	if how == 0 { // none
		for i, c := range b.Rows {
			b.Rows[i] = shortened(c, shortest)
		}
		return
	}
	if !row.Pair {
		longest += rapid.IntRange(0, 2).Draw(t, "more padding")
	}
	huge := p.Largest()
	padding := rapid.SampledFrom([]float64{0, -1, 1, 1e4, -1e4, huge, -huge, -745})
	one := padding.Draw(t, "padding")
	for i := range b.Rows {
		c := &b.Rows[i]
		n := len(c.Energies)
		pads := make([]bool, longest) // which entries are padding
		for range longest - n {
			free := []int{} // entries that are none yet, in the order in which they are taken
			for j := range pads {
				if !pads[j] {
					free = append(free, j)
				}
			}
			switch {
			case how <= 2: // behind
				pads[free[len(free)-1]] = true
			case how == 3: // before
				pads[free[0]] = true
			default:
				pads[rapid.SampledFrom(free).Draw(t, "masked")] = true
			}
		}
		F, y, k := make([]float64, longest), 0, 0
		mask := make([]bool, longest)
		for j := range F {
			if pads[j] {
				if F[j] = one; how == 5 {
					F[j] = padding.Draw(t, "padding")
				}
				continue
			}
			if k == c.Answer {
				y = j
			}
			F[j], mask[j] = c.Energies[k], true
			k++
		}
		c.Energies, c.Answer = F, y
		if how >= 4 && rapid.IntRange(0, 5).Draw(t, "none counts") == 5 {
			clear(mask)
			for j := range F {
				if math.IsNaN(F[j]) || math.IsInf(F[j], 0) {
					F[j] = one
				}
			}
		}
		b.Mask = append(b.Mask, mask)
	}
}

// batchOddities are the strata of batches in the non-finite regime.
var batchOddities = []op.Stratum{
	{Name: "a row with NaN", In: func(c op.Call) bool {
		return slices.ContainsFunc(counted(c.Batch), func(r op.Call) bool { return slices.ContainsFunc(r.Energies, math.IsNaN) })
	}},
	{Name: "a finite row beside it", In: func(c op.Call) bool {
		return slices.ContainsFunc(counted(c.Batch), func(r op.Call) bool { return !NonFinite.belongs(r) })
	}},
}
