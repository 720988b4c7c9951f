package ebm

import (
	"cmp"
	"math"
	"slices"
)

// A well is a local minimum of F in the box, with its width along each axis.
type well struct {
	y, width []float64
	F        float64
}

// search looks for the wells: it scans the cells of a grid and descends from the
// 64 lowest of those that are no higher than their neighbours.
func (q *quadrature) search() {
	d := len(q.lo)
	n := [...]int{256, 32, 16}[d-1]
	cells := 1
	for range d {
		cells *= n
	}
	F := make([]float64, cells)
	centre := func(i int) []float64 {
		y := make([]float64, d)
		for k := range y {
			t := (float64(i%n) + 0.5) / float64(n)
			y[k] = min(max(q.lo[k]*(1-t)+q.hi[k]*t, q.lo[k]), q.hi[k])
			i /= n
		}
		return y
	}
	for i := range F {
		F[i] = q.at(centre(i))
	}
	var lowest []int
cell:
	for i, f := range F {
		for k, stride := 0, 1; k < d; k, stride = k+1, stride*n {
			at := i / stride % n
			if at > 0 && F[i-stride] < f || at < n-1 && F[i+stride] < f {
				continue cell
			}
		}
		lowest = append(lowest, i)
	}
	slices.SortStableFunc(lowest, func(i, j int) int { return cmp.Compare(F[i], F[j]) })
	for _, i := range lowest[:min(len(lowest), 64)] {
		q.descend(centre(i))
	}
}

// descend finds the minimum below y by a compass search, which needs no
// gradient and stays in the box, and adds it to the wells.
func (q *quadrature) descend(y []float64) {
	y = slices.Clone(y)
	f := q.at(y)
	if math.IsInf(f, 1) {
		return
	}
	step := make([]float64, len(y))
	for k := range step {
		step[k] = (q.hi[k] - q.lo[k]) / 64
	}
	for budget := 20_000; budget > 0; {
		moved, smallest := false, true
		for k := range y {
			for _, s := range [2]float64{step[k], -step[k]} {
				was := y[k]
				y[k] = min(max(was+s, q.lo[k]), q.hi[k])
				budget--
				if g := q.at(y); g < f {
					f, moved = g, true
					break
				}
				y[k] = was
			}
			smallest = smallest && step[k] <= q.grain(k)/4
		}
		if moved {
			continue
		}
		if smallest {
			break
		}
		for k := range step {
			step[k] /= 2
		}
	}
	for _, v := range q.wells {
		if v.distance(y, y) == 0 {
			return
		}
	}
	q.low = min(q.low, f)
	v := well{y, make([]float64, len(y)), f}
	for k := range y {
		v.width[k] = q.width(v, k)
	}
	q.wells = append(q.wells, v)
}

// width returns a distance along the axis at which e^(−βF) has fallen by less than
// a factor e on either side of the well, the largest of those that are the width
// of the box halved n times.
func (q *quadrature) width(v well, axis int) float64 {
	y := slices.Clone(v.y)
	rise := func(to float64) float64 {
		y[axis] = min(max(to, q.lo[axis]), q.hi[axis])
		return q.beta * (q.at(y) - v.F)
	}
	w := q.hi[axis] - q.lo[axis]
	for w > q.grain(axis) && !(rise(v.y[axis]+w) <= 1 && rise(v.y[axis]-w) <= 1) {
		w /= 2
	}
	return w
}

// grain is the smallest width that can be resolved along the axis: 2⁴ times the
// spacing of the float64s at its far end.
func (q *quadrature) grain(axis int) float64 {
	return 0x1p-48 * max(-q.lo[axis], q.hi[axis])
}

// tooNarrow says whether a well that matters is at the grain.
func (q *quadrature) tooNarrow() bool {
	for _, v := range q.wells {
		for k, w := range v.width {
			if w <= q.grain(k) && q.beta*(v.F-q.low) < 700 {
				return true
			}
		}
	}
	return false
}

// distance returns how far the box lo ≤ y ≤ hi is from the well, in widths.
func (v well) distance(lo, hi []float64) float64 {
	var far float64
	for k, y := range v.y {
		far = max(far, (lo[k]-y)/v.width[k], (y-hi[k])/v.width[k])
	}
	return far
}

// unresolved returns an axis along which p is too wide for a well in or near it,
// −1 if none: next to a well a panel may be 8 widths wide, farther away twice its
// distance more, up to a distance of 64 widths.
func (q *quadrature) unresolved(p *panel) int {
	axis, excess := -1, 1.
	for _, v := range q.wells {
		far := v.distance(p.lo, p.hi)
		if far > 64 || q.beta*(v.F-q.low) > 700 {
			continue
		}
		for k := range p.lo {
			if e := (p.hi[k] - p.lo[k]) / v.width[k] / (8 + 2*far); e > excess {
				axis, excess = k, e
			}
		}
	}
	return axis
}
