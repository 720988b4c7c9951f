package judge

import (
	"iter"
	"math"
	"slices"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/op"
)

// grid is the deterministic part of the cases: special values × small n ×
// every answer × every setting of the parameters, simplest first.
func grid(o op.Op, r Regime, p op.Precision) iter.Seq[op.Call] {
	row := o.Row()
	return func(yield func(op.Call) bool) {
		more := true
		add := func(setting op.Call, F []float64, y int) {
			setting.Energies, setting.Answer = F, y
			if more && r.belongs(setting) {
				more = yield(r.fit(setting, p))
			}
		}
		many := 0 // settings
		for range settings(row, r) {
			many++
		}
		k := 0
		for setting := range settings(row, r) {
			if row.Pair {
				for v := range draw.Vectors(2, r.special(p)) {
					add(setting, slices.Clone(v), 0)
				}
				for _, F := range kinks(row, setting, r, p) {
					add(setting, F, 0)
				}
			} else {
				lists(row, setting, r, p, k, k > 0 && many > settled, add)
			}
			if k++; !more {
				return
			}
		}
		if r == NonFinite {
			unparametered(row, p, func(c op.Call) { add(c, c.Energies, c.Answer) })
		}
		if !row.Pair {
			for c := range far(row, r, p) {
				add(c, c.Energies, c.Answer)
			}
		}
	}
}

// settled is how many settings of its parameters an op of n energies may have before all
// but the first get a few cases only.
const settled = 7

// lists are the energies of the grid for ops of n energies, in the k-th setting of its
// parameters: every vector of up to three special values, fewer in all settings but the
// first; and for every n up to dense some longer ones, each with one answer.
func lists(row *op.Row, setting op.Call, r Regime, p op.Precision, k int, few bool, add func(setting op.Call, F []float64, y int)) {
	for n := row.Least(); n <= 3; n++ {
		values := r.special(p)
		switch {
		case few:
			values = values[:min(12/n, len(values))]
		case n == 3 && k > 0:
			values = values[:min(7, len(values))]
		case n == 3:
			values = values[:min(9, len(values))]
		}
		for v := range draw.Vectors(n, values) {
			for y := range answers(row, n) {
				add(setting, slices.Clone(v), y)
			}
		}
	}
	for n := 4; n <= dense; n++ {
		if few && n%8 > 0 {
			continue
		}
		shapes := longer(n, r, p)
		if r == NonFinite {
			shapes = oddly(n)
		}
		for i, F := range shapes {
			y := 0
			if row.Answer {
				y = []int{0, n / 2, n - 1, 2*n/3 | 1}[(n+i+k)%4]
			}
			add(setting, F, y)
		}
	}
}

// settings are the parameters of the grid: the first β with every value of the others,
// which are taken together, and every other β with every second one.
func settings(row *op.Row, r Regime) iter.Seq[op.Call] {
	scale, scaled := row.Scaled()
	betas, most := []float64{0}, 1
	if scaled {
		if betas = r.betas(); r == NonFinite && !row.Limits {
			betas = betas[:2]
		}
	}
	for _, q := range row.Params {
		if !q.Scale {
			most = max(most, len(r.values(q)))
		}
	}
	return func(yield func(op.Call) bool) {
		for i, beta := range betas {
			for k := range most {
				if i > 0 && (i+k)%2 == 0 && most > 1 {
					continue
				}
				c := op.Call{Op: row.Op}
				for _, q := range row.Params {
					if !q.Scale {
						values := r.values(q)
						q.Set(&c, values[k%len(values)])
					}
				}
				if scaled {
					scale.Set(&c, beta)
				}
				if !yield(c) {
					return
				}
			}
		}
	}
}

// values are those that the grid gives a parameter other than β.
func (r Regime) values(q op.Param) []float64 {
	if q.Within != (op.Within{}) {
		lo, hi := q.Within.Lo, q.Within.Hi
		values := []float64{min(max(1, lo), hi)}
		for _, x := range []float64{lo, hi, 0.5, 2, 0.1, lo + (hi-lo)/3} {
			if x >= lo && x <= hi && math.Abs(x) <= r.size(op.Float64) && !slices.Contains(values, x) {
				values = append(values, x)
			}
		}
		return values
	}
	values := slices.Clone(r.margins())
	for i, x := range values {
		if q.Unsigned {
			values[i] = math.Abs(x)
		}
	}
	return values
}

// answers is how many answers of n the op is asked about.
func answers(row *op.Row, n int) int {
	if row.Answer {
		return n
	}
	return 1
}

// kinks are pairs at the kinks of the pair losses and one ulp to either side:
// F = 0, F̄ = m, m + F = F̄, F = F̄, and at the thresholds of exp; m is every parameter
// that is no temperature.
func kinks(row *op.Row, setting op.Call, r Regime, p op.Precision) [][]float64 {
	if r == NonFinite {
		return nil
	}
	var pairs [][]float64
	seen := map[[2]float64]bool{}
	add := func(F, Fbar float64) {
		if !seen[[2]float64{F, Fbar}] {
			seen[[2]float64{F, Fbar}] = true
			pairs = append(pairs, []float64{F, Fbar})
		}
	}
	around := func(f float64) []float64 {
		f = p.Round(f)
		return []float64{f, p.Next(f, math.Inf(1)), p.Next(f, math.Inf(-1))}
	}
	for _, m := range sizes(row, setting) {
		for _, F := range []float64{0, 1, -1, 0.1, 0.3, -7.3, 1.0 / 3} {
			for _, Fbar := range slices.Concat(around(m), around(m+F), around(F), around(F-m)) {
				add(F, Fbar)
			}
			for _, t := range p.Thresholds() {
				if t <= r.size(p) {
					add(F, F+t)
					add(F, F-t)
				}
			}
		}
		for _, F := range around(0)[1:] { // an ulp from F = 0
			add(F, m)
			add(F, F+m)
			add(F, 1)
		}
	}
	return pairs
}

// sizes are the parameters of c at which kinks may lie, 0 if there are none.
func sizes(row *op.Row, c op.Call) []float64 {
	var ms []float64
	for _, q := range row.Params {
		if !q.Scale && !q.Factor {
			ms = append(ms, q.Of(c))
		}
	}
	if ms == nil {
		return []float64{0}
	}
	return ms
}
