package quadrature

import (
	"math"
	"testing"
)

func square(x float64) float64 { return x * x }

// TestEstimate has the sums of one panel, on the line as they are written, then in a
// box of 1 × 3 × 5 with F along one axis: they are those times the other sides.
func TestEstimate(t *testing.T) {
	line := func(u float64) float64 { return 20*square(u-0.8) - math.Sqrt(u+0.5) + 2 }
	near := func(what string, got, want float64) {
		t.Helper()
		if !(math.Abs(got-want) <= 1e-10*want) { // what is missed is what 17 terms leave of 1
			t.Errorf("%s = %v, want %v", what, got, want)
		}
	}
	for _, lo := range []float64{-0.25, -0.75, -2} { // the sides of a panel about 0, and below it
		density := func(x float64) float64 { return math.Exp(-2 * (line(0.5+x/2) - 0.2)) }
		var z, energies, variation, before float64
		for i, node := range kronrod {
			e, f := line(0.5+node.x/2), density(node.x)
			z += node.w * f / 2
			energies += node.w * f * (1 + 2*math.Abs(e)) / 2
			if i > 0 {
				variation += math.Abs(f - before)
			}
			before = f
		}
		all := onLine(density)
		gap := doubt * missed(&all) / 2
		round := 0x1p-51 * (energies + max(-lo, lo+1)*variation)
		if !(gap > 1e-5*z) {
			t.Fatalf("the rules miss %g of %g: too little for this test", gap, z)
		}
		sides := []float64{1, 3, 5}
		for d := 1; d <= 3; d++ {
			for axis := range d {
				low, high, others := make([]float64, d), make([]float64, d), 1.
				for k := range d {
					high[k] = sides[k]
					others *= sides[k]
				}
				others /= sides[axis]
				low[axis], high[axis] = lo, lo+1
				q := &quadrature{F: func(y []float64) float64 { return line(y[axis] - lo) }, beta: 2, lo: low, hi: high, low: 0.2}
				p := q.newPanel(low, high)
				q.estimate(p)
				near("z", p.z, z*others)
				near("err", p.err, gap*others)
				near("round", p.round, round*others)
				if p.axis != axis || p.low != 0.2 {
					t.Errorf("axis %d, low %v", p.axis, p.low)
				}
			}
		}
		q := &quadrature{F: func(y []float64) float64 { return line(y[0]-lo) + line(y[1]-lo) }, beta: 2, low: 0.4}
		p := q.newPanel([]float64{lo, lo}, []float64{lo + 1, lo + 1})
		q.estimate(p)
		near("err along two axes", p.err, 2*gap*z)
	}
}

// A jump between the edge of a panel and its first node is seen at the end of the line.
func TestEstimateEnds(t *testing.T) {
	for _, c := range []float64{0.003, 0.997} {
		q := &quadrature{F: func(y []float64) float64 { return math.Copysign(1, y[0]-c) }, beta: 1, low: -1}
		p := q.newPanel([]float64{0}, []float64{1})
		q.estimate(p)
		Z := c + (1-c)*math.Exp(-2)
		if err := math.Abs(p.z - Z); !(err <= p.err) || !(p.err <= 100*err) {
			t.Errorf("a jump at %v: error %v, estimate %v", c, err, p.err)
		}
	}
}

func TestCut(t *testing.T) {
	q := &quadrature{F: func(y []float64) float64 { return square(y[0] - 0.25) }, beta: 1}
	p := q.newPanel([]float64{0}, []float64{1})
	p.best = spot{[]float64{0.26}, -5}
	halves := q.cut(p, 0)
	if len(halves) != 2 {
		t.Fatalf("%d halves", len(halves))
	}
	for i, h := range halves {
		if h.lo[0] != float64(i)/2 || h.hi[0] != float64(i+1)/2 || (h.best.F == -5) != (i == 0) || h.searched {
			t.Errorf("half %d from %v to %v, lowest point %v", i, h.lo, h.hi, h.best)
		}
	}
	for _, lo := range []float64{1, math.Nextafter(1, 2)} { // half an ulp more rounds to the even end
		least := q.newPanel([]float64{lo}, []float64{math.Nextafter(lo, 2)})
		if got := q.cut(least, 0); got != nil {
			t.Errorf("an ulp of a panel was cut into %d", len(got))
		}
	}
}

// The first panels: 16 on a line, 4 × 4, 2 × 2 × 2.
func TestGrid(t *testing.T) {
	for d, side := range []int{16, 4, 2} {
		lo, hi := make([]float64, d+1), make([]float64, d+1)
		want := 1
		for k := range hi {
			hi[k] = 1
			want *= side
		}
		q := &quadrature{F: func([]float64) float64 { return 0 }, lo: lo, hi: hi}
		panels := q.grid()
		if len(panels) != want {
			t.Errorf("%d panels in %d dimensions, want %d", len(panels), d+1, want)
		}
		for _, p := range panels {
			for k := range hi {
				if p.hi[k]-p.lo[k] != 1/float64(side) {
					t.Errorf("a panel from %v to %v", p.lo, p.hi)
				}
			}
		}
	}
}

// TestHidden: a well between the nodes is found where a slope leads to it, and the
// panel is to be cut along its narrow axis; one that cannot matter, or that the nodes
// see, is not.
func TestHidden(t *testing.T) {
	lo, hi := []float64{0, 0}, []float64{1, 1}
	for _, c := range []struct {
		name          string
		narrow, other float64 // the deviations along the axes
		floor         float64 // what is added to F where y₀ < ½
		least         float64
		axis          int
	}{
		{"seen", 0.3, 0.3, 0, 1e-12, -1},
		{"narrow along the first axis", 1e-4, 0.3, 0, 1e-12, 0},
		{"narrow along the second axis", 0.3, 1e-4, 0, 1e-12, 1},
		{"too small to matter", 1e-4, 0.3, 0, 2, -1},
	} {
		F := func(y []float64) float64 {
			return (square((y[0]-0.33)/c.narrow) + square((y[1]-0.28)/c.other)) / 2
		}
		q := &quadrature{F: F, beta: 1, lo: lo, hi: hi, low: math.Inf(1)}
		p := q.newPanel(lo, hi)
		if axis := q.hidden(p, c.least); axis != c.axis {
			t.Errorf("%s: axis %d, want %d", c.name, axis, c.axis)
		}
	}
	// two valleys, the lower nodes in the wider: the other is looked into as well
	two := func(y []float64) float64 {
		f, g := 5000+square((y[0]-0.2)/1e-2), square((y[0]-0.71)/1e-4)
		return min(f, g)
	}
	q := &quadrature{F: two, beta: 1, lo: lo[:1], hi: hi[:1], low: 0}
	p := q.newPanel(lo[:1], hi[:1])
	if !(p.seen.y[0] < 0.5) {
		t.Fatalf("the lowest node is at %v", p.seen.y)
	}
	if axis := q.hidden(p, 1e-12); axis != 0 || !(math.Abs(p.best.y[0]-0.71) < 1e-3) {
		t.Errorf("axis %d, lowest point %v", axis, p.best)
	}
	// a well that the scan found is known to the panel it is in
	q = &quadrature{F: func([]float64) float64 { return 100 }, beta: 1, lo: lo[:1], hi: hi[:1], low: 0, wells: []spot{{[]float64{0.3}, 0}}}
	if q.hidden(q.newPanel([]float64{0}, []float64{0.5}), 1e-12) != 0 || q.hidden(q.newPanel([]float64{0.5}, []float64{1}), 1e-12) != -1 {
		t.Error("a well of the scan is not known where it is, or elsewhere")
	}
}

// TestLeft: while a panel hides half of the integral and may not be cut any more, the
// estimate is +Inf, however small those of all panels are; after that it is a bound.
func TestLeft(t *testing.T) {
	F := func(y []float64) float64 {
		return min(square((y[0]-0.3)/1e-3), -9+1e7*math.Abs(y[0]-0.7))
	}
	integral := func(budget int) (Z, relErr float64) {
		q := &quadrature{F: F, beta: 1, lo: []float64{0}, hi: []float64{1}, low: math.Inf(1), budget: budget}
		rule, relErr := q.rule()
		for i, m := range rule.Mass {
			Z += m.Float64() * math.Exp(-rule.F[i])
		}
		return Z, relErr
	}
	want, _ := integral(100_000)
	known := 0
	for budget := 1000; budget < 6000; budget += 20 {
		Z, relErr := integral(budget)
		if relErr < 1 {
			known++
			if err := math.Abs(Z/want - 1); !(err <= relErr+1e-11) {
				t.Errorf("%d calls: error %v, estimate %v", budget, err, relErr)
			}
		}
	}
	if known == 0 || known == 250 {
		t.Errorf("known with %d of 250 budgets", known)
	}
}
