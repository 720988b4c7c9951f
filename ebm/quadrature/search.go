package quadrature

import (
	"cmp"
	"math"
	"slices"
)

// scan looks for the wells of F in the box: in the cells of a grid, of which it
// descends from the 64 lowest of those that are no higher than their neighbours.
func (q *quadrature) scan() {
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
	lowest := minima(F, n, d)
	for _, i := range lowest[:min(len(lowest), 64)] {
		well := spot{centre(i), F[i]}
		q.descend(&well, q.lo, q.hi, 1./8/float64(n), 0, 20_000, func(float64) bool { return false })
		if !math.IsInf(well.F, 1) {
			q.wells = append(q.wells, well)
		}
	}
}

// minima returns the cells of a grid, of n a side in d dimensions, that are no higher
// than their neighbours along the axes, the lowest first.
func minima(F []float64, n, d int) []int {
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
	return lowest
}

// descend takes s down to a minimum of F within lo ≤ y ≤ hi by Rosenbrock's search
// (1960), which needs no gradient and turns its axes into the valleys that it runs
// along: a step that leads down is three times as long the next time, one that does
// not is turned round and halved. In units of the sides the first steps are first
// long; it ends where steps of least, or of a quarter of the grain, lead nowhere, after
// so many calls, or when enough of F.
func (q *quadrature) descend(s *spot, lo, hi []float64, first, least float64, calls int, enough func(f float64) bool) {
	if math.IsInf(s.F, 1) {
		return
	}
	d := len(lo)
	axes, step, gone := make([][]float64, d), make([]float64, d), make([]float64, d)
	end := math.Inf(1)
	for k := range axes {
		axes[k] = make([]float64, d)
		axes[k][k], step[k] = 1, first
		end = min(end, max(least, q.grain(k)/4/(hi[k]-lo[k])))
	}
	for {
		clear(gone)
		fell, led := make([]bool, d), false // whether a step along the axis has led nowhere, after one that led down
		for open := true; open; {
			open = false
			for k, axis := range axes {
				if math.Abs(step[k]) < end {
					continue
				}
				if calls--; calls < 0 || enough(s.F) {
					return
				}
				y := slices.Clone(s.y)
				for i := range y {
					y[i] = min(max(y[i]+step[k]*axis[i]*(hi[i]-lo[i]), lo[i]), hi[i])
				}
				if f := q.at(y); f < s.F {
					*s = spot{y, f}
					gone[k] += step[k]
					step[k] *= 3
					led, fell[k] = true, false
				} else {
					fell[k] = gone[k] != 0
					step[k] /= -2
				}
				open = open || !fell[k]
			}
		}
		if !led {
			return
		}
		turn(axes, gone, step, end)
	}
}

// turn makes the way gone the first of the axes, and the others orthogonal to it (Gram
// and Schmidt); each gets steps of a tenth of that way at least.
func turn(axes [][]float64, gone, step []float64, end float64) {
	d := len(axes)
	ways := make([][]float64, d)
	for k := range ways { // the way along the axes from k on
		ways[k] = make([]float64, d)
		for j := k; j < d; j++ {
			for i := range ways[k] {
				ways[k][i] += gone[j] * axes[j][i]
			}
		}
		if gone[k] == 0 { // no way: the axis itself
			copy(ways[k], axes[k])
		}
	}
	var far float64
	for _, g := range gone {
		far = math.Hypot(far, g)
	}
	for k := range ways {
		for _, a := range axes[:k] {
			var dot float64
			for i := range a {
				dot += a[i] * ways[k][i]
			}
			for i := range a {
				ways[k][i] -= dot * a[i]
			}
		}
		var length float64
		for _, v := range ways[k] {
			length = math.Hypot(length, v)
		}
		if !(length > 0) {
			continue
		}
		for i := range ways[k] {
			axes[k][i] = ways[k][i] / length
		}
	}
	for k := range step {
		step[k] = max(math.Abs(step[k]), far/10, end)
	}
}

// grain is the smallest width that can be resolved along the axis: 2⁴ times the
// spacing of the float64s at its far end.
func (q *quadrature) grain(axis int) float64 {
	return 0x1p-48 * max(-q.lo[axis], q.hi[axis])
}
