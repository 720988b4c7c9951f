package quadrature

import (
	"math"
	"testing"
)

var inf = math.Inf(1)

// TestScan has a well in one cell of the scan, on a slope on which half of the
// cells may lie lower, in the first and last cells of each axis and in the midst.
func TestScan(t *testing.T) {
	lo, hi := []float64{-1, 2, 0}, []float64{1, 6, 0.5}
	for d, n := range map[int]int{1: 256, 2: 32, 3: 16} {
		places := []int{0, 1, n / 2, n - 2, n - 1}
		for code := range int(math.Pow(5, float64(d))) {
			for _, slope := range []float64{1, -1} {
				at := make([]float64, d) // in cells
				for k := range at {
					at[k] = float64(places[code/int(math.Pow(5, float64(k)))%5]) + 0.6
				}
				F := func(y []float64) float64 {
					s, bump := 0., 1.
					for k, v := range y {
						cells := (v - lo[k]) / (hi[k] - lo[k]) * float64(n)
						s += 10 * slope * cells / float64(n)
						bump *= max(0, 1-square((cells-at[k])/0.35))
					}
					return s - bump
				}
				q := &quadrature{F: F, beta: 1, lo: lo[:d], hi: hi[:d], low: inf}
				q.scan()
				found := false
				for _, v := range q.wells {
					inside := true
					for k := range at {
						inside = inside && math.Abs((v.y[k]-lo[k])/(hi[k]-lo[k])*float64(n)-at[k]) < 0.35
					}
					found = found || inside
				}
				if !found {
					t.Fatalf("no well found at %v cells, slope %v: %v", at, slope, q.wells)
				}
			}
		}
	}
}

// TestScanOrder: every cell is looked at, and the 64 lowest of those that are no
// higher than their neighbours are descended from.
func TestScanOrder(t *testing.T) {
	lo, hi := []float64{0, 0, 0}, []float64{1, 1, 1}
	for d, cells := range map[int]int{1: 256, 2: 32 * 32, 3: 16 * 16 * 16} {
		q := &quadrature{F: func([]float64) float64 { return inf }, beta: 1, lo: lo[:d], hi: hi[:d], low: inf}
		if q.scan(); q.calls != cells || len(q.wells) != 0 { // no way leads down from where nothing is possible
			t.Errorf("%d calls and %d wells in %d dimensions, want %d and none", q.calls, len(q.wells), d, cells)
		}
	}
	// on a slope to a corner there is one cell to descend from
	for d, n := range map[int]int{1: 256, 2: 32, 3: 16} {
		for _, slope := range []float64{1, -1} {
			F := func(y []float64) float64 {
				var s float64
				for k, v := range y {
					s += slope * float64(k+1) * v
				}
				return s
			}
			corner := make([]float64, d)
			for k := range corner {
				corner[k] = 0.5 - slope*(0.5-0.5/float64(n))
			}
			q, once := &quadrature{F: F, beta: 1, lo: lo[:d], hi: hi[:d], low: inf}, &quadrature{F: F, beta: 1, lo: lo[:d], hi: hi[:d], low: inf}
			q.scan()
			start := spot{corner, F(corner)}
			once.descend(&start, once.lo, once.hi, 1./8/float64(n), 0, 20_000, func(float64) bool { return false })
			if scan := int(math.Pow(float64(n), float64(d))); q.calls != scan+once.calls || len(q.wells) != 1 {
				t.Errorf("slope %v: %d calls and %d wells in %d dimensions, want %d and 1", slope, q.calls, len(q.wells), d, scan+once.calls)
			}
		}
	}
	// half of all cells are no higher than their neighbours; one of the last is the lowest
	q := &quadrature{F: func(y []float64) float64 {
		return math.Cos(256*math.Pi*y[0])/10 - max(0, 1-square((256*y[0]-250.6)/0.35))
	}, beta: 1, lo: lo[:1], hi: hi[:1], low: inf}
	if q.scan(); !(q.low < -0.9) {
		t.Errorf("the lowest energy found is %v", q.low)
	}
}

// TestDescend: along valleys, to the last digits where that is asked for, within the
// box and the calls.
func TestDescend(t *testing.T) {
	never := func(float64) bool { return false }
	for _, c := range []struct {
		name     string
		F        func(y []float64) float64
		lo, hi   []float64
		from, to []float64
		within   float64
	}{
		{"a bowl", func(y []float64) float64 { return square(y[0]-0.3) + square(y[1]-1e6) }, []float64{0, 1e6 - 1}, []float64{1, 1e6 + 1}, []float64{0.7, 1e6 + 0.6}, []float64{0.3, 1e6}, 1e-6},
		{"a rotated valley", func(y []float64) float64 { return square((y[0]-y[1])/1e-4) + square(y[0]+y[1]-0.5) }, []float64{-1, -1}, []float64{1, 1}, []float64{-0.7, 0.8}, []float64{0.25, 0.25}, 1e-3},
		{"a wall", func(y []float64) float64 { return y[0] }, []float64{-1}, []float64{1}, []float64{0.9}, []float64{-1}, 0},
		{"a narrow well", func(y []float64) float64 { return square((y[0] - 0.3) / 1e-10) }, []float64{0}, []float64{1}, []float64{0.7}, []float64{0.3}, 0x1p-48},
		{"at the minimum", func(y []float64) float64 { return math.Abs(y[0]) }, []float64{-2}, []float64{2}, []float64{0}, []float64{0}, 0},
	} {
		q := &quadrature{F: c.F, beta: 1, lo: c.lo, hi: c.hi, low: c.F(c.from)}
		s := spot{c.from, c.F(c.from)}
		before := append([]float64(nil), c.from...)
		q.descend(&s, c.lo, c.hi, 1./16, 0, 20_000, never)
		for k, v := range s.y {
			if !(math.Abs(v-c.to[k]) <= c.within) || before[k] != c.from[k] {
				t.Errorf("%s: from %v to %v, want %v", c.name, before, s.y, c.to)
			}
		}
		if s.F != c.F(s.y) || q.low > s.F || q.calls > 5000 {
			t.Errorf("%s: energy %v at %v, the lowest known %v; %d calls", c.name, s.F, s.y, q.low, q.calls)
		}
	}
	bowl := func(y []float64) float64 { return square(y[0] - 0.3) }
	q := &quadrature{F: bowl, beta: 1, lo: []float64{0}, hi: []float64{1}, low: inf}
	s := spot{[]float64{0.7}, bowl([]float64{0.7})}
	q.descend(&s, q.lo, q.hi, 1./16, 0, 20_000, func(f float64) bool { return f < 0.01 })
	if !(s.F < 0.01) || q.calls > 20 {
		t.Errorf("enough was %v after %d calls", s.F, q.calls)
	}
	s = spot{[]float64{0.7}, bowl([]float64{0.7})}
	q.calls = 0
	q.descend(&s, q.lo, q.hi, 1./16, 0, 7, never)
	if q.calls > 9 || !(s.F < bowl([]float64{0.7})) {
		t.Errorf("%d calls of 7, energy %v", q.calls, s.F)
	}
}
