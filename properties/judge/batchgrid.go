package judge

import (
	"iter"
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// batchGrid are the batches that are not random, simplest first: one row and two, then
// weights, masks, padding, gaps, equal rows, many rows and long ones, each reduced in each way.
func batchGrid(row *op.Row, r Regime, p op.Precision) iter.Seq[op.Call] {
	return func(yield func(op.Call) bool) {
		for _, b := range batchShapes(row, r, p) {
			for _, reduction := range op.Reductions {
				b.Reduction = reduction
				c := r.fit(op.Call{Op: op.BatchOf(row.Op), Batch: &b}, p) // which clones b
				if r.belongs(c) && !yield(c) {
					return
				}
			}
		}
	}
}

func batchShapes(row *op.Row, r Regime, p op.Precision) []op.Batch {
	var setting op.Call // the simplest parameters
	for c := range settings(row, finite(r)) {
		setting = c
		break
	}
	in := func(setting op.Call, Fs ...[]float64) []op.Call {
		var cs []op.Call
		for _, F := range Fs {
			c := setting
			c.Energies = slices.Clone(F)
			cs = append(cs, c)
		}
		return cs
	}
	rows := func(Fs ...[]float64) []op.Call { return in(setting, Fs...) }
	a, b, c := []float64{0, 1}, []float64{1, 0}, []float64{2, 0.5}
	if r == NonFinite {
		nan, inf := math.NaN(), math.Inf(1)
		return []op.Batch{
			{Rows: rows(a, []float64{nan, 0})},
			{Rows: rows([]float64{nan, 0}, b)},
			{Rows: rows(a, []float64{0, nan})},
			{Rows: rows(a, []float64{inf, 0})},
			{Rows: rows(a, []float64{inf, 0}), Weights: []float64{1, 0}},
			{Rows: rows([]float64{inf, 0}, b), Weights: []float64{0, 2}},
		}
	}
	shapes := []op.Batch{
		{Rows: rows(a)},
		{Rows: rows(a, b)},
		{Rows: rows(b, a, c)},
		{Rows: rows(a, a)},
		{Rows: rows(b), Weights: []float64{2}},
		{Rows: rows(b, c), Weights: []float64{0.5, 2}},
		{Rows: rows(a, b), Weights: []float64{0, 1}},
		{Rows: rows(a, b), Weights: []float64{1, 0}},
		{Rows: rows(a, b), Mask: [][]bool{{true, true}, {false, false}}},
		{Rows: rows(a, b), Mask: [][]bool{{false, false}, {true, true}}},
		{Rows: rows(b, c, a), Mask: [][]bool{{true, true}, {false, false}, {true, true}}, Weights: []float64{2, 3, 1}},
	}
	if !row.Pair {
		low, high := -745.0, 1e4 // exp(−F) overflows, or is 0
		for _, pad := range []float64{0, -1, low, high, -p.Largest(), p.Largest()} {
			shapes = append(shapes,
				op.Batch{Rows: rows([]float64{0, 1, 2}, []float64{1, 0, pad}), Mask: [][]bool{{true, true, true}, {true, true, false}}},
				op.Batch{Rows: behind(1, rows([]float64{0, 1, 2}, []float64{pad, 1, 0})), Mask: [][]bool{{true, true, true}, {false, true, true}}},
				op.Batch{Rows: rows([]float64{0, pad, 1}), Mask: [][]bool{{true, false, true}}})
		}
		for s := range settings(row, r) { // the first by which the regime is wide enough
			if far := math.Ceil(farther(row, s, r, p)); far > 0 {
				shapes = append(shapes,
					op.Batch{Rows: in(s, a, []float64{-far, 1 - far})},
					op.Batch{Rows: in(s, []float64{far, 1 + far}, b)})
				break
			}
		}
	}
	for _, k := range []int{17, 33, 70, 1030} { // of 1030 in 16 bits the sum stands still
		var Fs [][]float64
		for i := range k {
			Fs = append(Fs, []float64{float64(i%7) / 4, float64(i%5) / 2})
		}
		many := op.Batch{Rows: rows(Fs...)}
		for i := range k {
			if k == 33 || k == 70 {
				many.Weights = append(many.Weights, float64(1+i%3)/2)
			}
			if k == 70 {
				many.Mask = append(many.Mask, []bool{i%5 < 4, i%5 < 4})
			}
		}
		shapes = append(shapes, many)
	}
	if !row.Pair {
		shapes = append(shapes, long(rows))
	}
	if len(row.Params) > 0 { // other parameters in other rows
		var cs []op.Call
		for s := range settings(row, r) {
			s.Energies = slices.Clone(b)
			if cs = append(cs, s); len(cs) == 6 {
				break
			}
		}
		shapes = append(shapes, op.Batch{Rows: cs})
	}
	return shapes
}

// long is two rows of more than 128 energies, of which each has its share. Of the first
// every eleventh is left out, of the second what is beyond 100.
func long(rows func(Fs ...[]float64) []op.Call) op.Batch {
	const n = 131
	a, b := make([]float64, n), make([]float64, n)
	scatter(a, 0, 1, 1)
	scatter(b, 0, 1, 2)
	a[n-2], b[97] = -0.5, -0.5
	masks := [][]bool{make([]bool, n), make([]bool, n)}
	for j := range n {
		masks[0][j], masks[1][j] = j%11 != 5, j <= 100
	}
	return op.Batch{Rows: behind(99, rows(a, b)), Mask: masks}
}

// behind moves the answers of ops that have one.
func behind(y int, rows []op.Call) []op.Call {
	for i := range rows {
		if rows[i].Op.Row().Answer {
			rows[i].Answer = y
		}
	}
	return rows
}
