package ebm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func TestKronrod(t *testing.T) {
	// ∫₋₁¹ xⁿ dx = 2/(n+1) for even n: exact to degree 23 (Kronrod), 13 (Gauss).
	for n := 0; n <= 22; n += 2 {
		var k, g float64
		for _, node := range kronrod {
			k += node.w * math.Pow(node.x, float64(n))
			g += node.gauss * math.Pow(node.x, float64(n))
		}
		want := 2 / float64(n+1)
		if !(math.Abs(k-want) <= 16*0x1p-52*want) { // 15 terms of one sign
			t.Errorf("Kronrod on x^%d: %v, want %v", n, k, want)
		}
		if n <= 12 && !(math.Abs(g-want) <= 8*0x1p-52*want) {
			t.Errorf("Gauss on x^%d: %v, want %v", n, g, want)
		}
	}
}

func square(x float64) float64 { return x * x }

// gaussian returns (y − at)²/(2 width²), whose Z on the line is width·√(2π/β).
func gaussian(at, width float64) func(y []float64) float64 {
	return func(y []float64) float64 { return square((y[0]-at)/width) / 2 }
}

func TestBox(t *testing.T) {
	root2pi := math.Sqrt(2 * math.Pi)
	mixture := func(a, b, width float64) func(y []float64) float64 {
		return func(y []float64) float64 { // −ln(e^(−f) + e^(−g)), stably
			f, g := square((y[0]-a)/width)/2, square((y[0]-b)/width)/2
			return min(f, g) - math.Log1p(math.Exp(-math.Abs(f-g)))
		}
	}
	for _, c := range []struct {
		name   string
		lo, hi []float64
		F      func(y []float64) float64
		beta   float64
		lnZ    float64
		within float64 // the estimate is at most this
	}{
		{"constant", []float64{-1}, []float64{3}, func([]float64) float64 { return 7 }, 2, math.Log(4) - 14, 1e-11},
		{"beta=0", []float64{-1}, []float64{3}, gaussian(0, 1e-6), 0, math.Log(4), 1e-11},
		{"gaussian", []float64{-40}, []float64{40}, gaussian(0.3, 1), 1, math.Log(root2pi), 1e-11},
		{"gaussian 1e-6", []float64{-10}, []float64{10}, gaussian(math.Pi, 1e-6), 1, math.Log(1e-6 * root2pi), 1e-8},
		{"gaussian 1e-6 at the edge", []float64{-10}, []float64{10}, gaussian(10, 1e-6), 1, math.Log(1e-6 * root2pi / 2), 1e-8},
		{"gaussian 1e-6 at a cut", []float64{-10}, []float64{10}, gaussian(0, 1e-6), 1, math.Log(1e-6 * root2pi), 1e-8},
		{"gaussian 1e-9 at beta=100", []float64{-10}, []float64{10}, gaussian(1, 1e-9), 100, math.Log(1e-10 * root2pi), 1e-4},
		{"two narrow wells", []float64{-10}, []float64{10}, mixture(-4.321, 7.77, 1e-5), 1, math.Log(2e-5 * root2pi), 1e-9},
		{"two wells of one cell", []float64{-10}, []float64{10}, mixture(1, 1.001, 1e-5), 1, math.Log(2e-5 * root2pi), 1e-9},
		// ∫ e^(−β|y|) = 2/β
		{"laplace", []float64{-1000}, []float64{1000}, func(y []float64) float64 { return math.Abs(y[0] - 1.0/3) }, 50, math.Log(2. / 50), 1e-11},
		// a kink away from the minimum, a third of the way into every panel that has it
		{"kink", []float64{0}, []float64{1}, func(y []float64) float64 { return y[0] + 5*max(0, y[0]-1.0/3) }, 1, math.Log(-math.Expm1(-1.0/3) - math.Exp(-1.0/3)*math.Expm1(-4)/6), 1e-11},
		// ∫ (1 + (y/s)²)^(−β) = s√π Γ(β−½)/Γ(β): 2 arctan(L/s)·s at β = 1
		{"cauchy", []float64{-1}, []float64{1}, func(y []float64) float64 { return math.Log1p(square(y[0] / 1e-4)) }, 1, math.Log(2e-4 * math.Atan(1e4)), 1e-11},
		{"double well", []float64{-5}, []float64{5}, func(y []float64) float64 { return square(y[0]*y[0] - 1) }, 4, doubleWell(4), 1e-11},
		{"double well beta=1e6", []float64{-5}, []float64{5}, func(y []float64) float64 { return square(y[0]*y[0] - 1) }, 1e6, doubleWell(1e6), 1e-9},
		{"plane", []float64{-8, -9}, []float64{7, 9}, func(y []float64) float64 { return (square(y[0]-0.1)/0.01 + square(y[1]+1)) / 2 }, 1, math.Log(0.1 * root2pi * root2pi), 1e-9},
		{"plane 1e-5", []float64{-8, -9}, []float64{7, 9}, func(y []float64) float64 { return (square((y[0]-0.1)/1e-5) + square((y[1]+1)/1e-3)) / 2 }, 1, math.Log(1e-8 * root2pi * root2pi), 1e-8},
		{"plane, slanted", []float64{-8, -9}, []float64{7, 9}, func(y []float64) float64 {
			return (square((y[0]-y[1])/0.1) + square(y[0]+y[1])) / 2
		}, 1, math.Log(0.1 * root2pi * root2pi / 2), 1e-9},
		{"space", []float64{-8, -9, -10}, []float64{7, 9, 10}, func(y []float64) float64 { return (square(y[0]) + square(y[1]-0.5) + square((y[2]-1)/0.1)) / 2 }, 1, math.Log(0.1 * root2pi * root2pi * root2pi), 1e-7},
		{"space, level towards a corner", []float64{0, -1, 5}, []float64{1, 1, 5.5}, func(y []float64) float64 { return y[0] - 2*y[1] + 3*y[2] }, 2,
			math.Log(-math.Expm1(-2)/2) + math.Log(math.Sinh(4)/2) - 30 + math.Log(-math.Expm1(-3)/6), 1e-8},
		// half of the box is impossible: the estimate must own up to the jump
		{"step", []float64{0}, []float64{1}, func(y []float64) float64 {
			if y[0] < math.Pi/7 {
				return math.Inf(1)
			}
			return 0
		}, 1, math.Log(1 - math.Pi/7), 1e-9},
	} {
		t.Run(c.name, func(t *testing.T) {
			if testing.Short() && c.name == "space" {
				t.Skip("900 000 calls")
			}
			calls := 0
			mu, F, relErr := Box(c.lo, c.hi, func(y []float64) float64 { calls++; return c.F(y) }, c.beta)
			lnZ := NewGibbs(F, c.beta, mu).LogZ()
			err := math.Abs(math.Expm1(lnZ - c.lnZ))
			if !(err <= relErr+4*0x1p-52*max(1, math.Abs(c.lnZ))) || !(relErr <= c.within) {
				t.Errorf("ln Z = %v, want %v: relative error %g, estimate %g, wanted ≤ %g", lnZ, c.lnZ, err, relErr, c.within)
			}
			if len(mu.Points()) != mu.Len() || len(F) != mu.Len() {
				t.Fatalf("%d answers, %d points, %d energies", mu.Len(), len(mu.Points()), len(F))
			}
			for i, y := range mu.Points() {
				if c.F(y) != F[i] {
					t.Fatalf("the energy of %v is %v, not %v", y, c.F(y), F[i])
				}
			}
			t.Logf("error %.2g, estimate %.2g, %d points, %d calls", err, relErr, mu.Len(), calls)
		})
	}
}

// doubleWell returns ln ∫ e^(−β(y²−1)²) dy over the line. It is ½π e^(−β/2) (I_{−¼}(β/2) + I_{¼}(β/2)); the Bessel functions from their
// asymptotic series for large argument, from their power series else.
func doubleWell(beta float64) float64 {
	x := beta / 2
	scaled := func(nu float64) float64 { // e^(−x) I_ν(x)
		if x > 50 {
			sum, term := 1., 1.
			for k := 1.; k < 20; k++ {
				term *= -(4*nu*nu - (2*k-1)*(2*k-1)) / (k * 8 * x)
				sum += term
			}
			return sum / math.Sqrt(2*math.Pi*x)
		}
		term := math.Pow(x/2, nu) / math.Gamma(nu+1)
		sum := term
		for k := 1.; k < 200; k++ {
			term *= x / 2 * x / 2 / (k * (k + nu))
			sum += term
		}
		return sum * math.Exp(-x)
	}
	return math.Log(math.Pi / 2 * (scaled(-0.25) + scaled(0.25)))
}

// TestBoxKinks counts how often the estimate is less than the error where F has a
// kink or a jump inside a panel, which is what it is not made for: the two rules
// may agree by accident, and a jump in the gap between a panel's edge and its first
// node cannot be seen.
func TestBoxKinks(t *testing.T) {
	cases := 250
	if testing.Short() {
		cases = 100
	}
	r := rand.New(rand.NewPCG(6, 7))
	var short [2]int
	var worst [2]float64
	for range cases {
		c, s := r.Float64(), math.Exp(6*r.Float64())
		for i, F := range []func(y []float64) float64{
			func(y []float64) float64 { return y[0] + s*max(0, y[0]-c) },
			func(y []float64) float64 { return math.Copysign(s, y[0]-c) },
		} {
			Z := -math.Expm1(-c) - math.Exp(-c)*math.Expm1(-(1+s)*(1-c))/(1+s)
			if i == 1 {
				Z = c*math.Exp(s) + (1-c)*math.Exp(-s)
			}
			mu, energies, relErr := Box([]float64{0}, []float64{1}, F, 1)
			err := math.Abs(math.Expm1(NewGibbs(energies, 1, mu).LogZ() - math.Log(Z)))
			worst[i] = max(worst[i], err)
			if !(err <= relErr+8*0x1p-52*(1+s)) {
				short[i]++
			}
		}
	}
	t.Logf("of %d kinks the estimate was short for %d, the largest error %.2g; of as many jumps for %d, %.2g", cases, short[0], worst[0], short[1], worst[1])
	if short[0] > cases/8 || worst[0] > 1e-4 || short[1] > cases/8 || worst[1] > 1e-3 {
		t.Error("more often, or by more, than the comment on Box says")
	}
}

func TestBoxOwnsUp(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		name string
		F    func(y []float64) float64
		want float64
	}{
		{"all impossible", func([]float64) float64 { return inf }, inf},
		{"narrower than the grain", gaussian(math.Pi, 1e-17), inf},
		{"a spike narrower than the grain", func(y []float64) float64 { return math.Log(math.Abs(y[0]-math.Pi)+1e-17) / 2 }, inf},
		{"NaN", func(y []float64) float64 { return math.Sqrt(y[0] - 9.9) }, math.NaN()},
		{"−Inf", func(y []float64) float64 { return -1 / max(0, y[0]) }, math.NaN()},
	} {
		if _, _, err := Box([]float64{-10}, []float64{10}, c.F, 1); !(err == c.want || math.IsNaN(err) && math.IsNaN(c.want)) {
			t.Errorf("%s: error estimate %v, want %v", c.name, err, c.want)
		}
	}
}

// Energies of 10¹⁰ are known to 10⁻⁶, and so are answers: the estimate must say so.
func TestBoxRounding(t *testing.T) {
	for _, e := range []float64{1e10, -1e10} {
		_, _, relErr := Box([]float64{0}, []float64{0x1p-10}, func([]float64) float64 { return e }, 1)
		if !(relErr >= 0x1p-53*1e10 && relErr <= 0x1p-50*1e10) {
			t.Errorf("energies of %g: error estimate %g", e, relErr)
		}
	}
	// Z = 1/10, the variation of e^(−F) is 1
	_, _, relErr := Box([]float64{1e10}, []float64{1e10 + 8}, func(y []float64) float64 { return 10 * (y[0] - 1e10) }, 1)
	if !(relErr >= 0x1p-53*1e11 && relErr <= 0x1p-50*1e11) {
		t.Errorf("answers of 10¹⁰: error estimate %g", relErr)
	}
}

// A well between the points of the scan, and no slope to it, is found by the nodes;
// what was estimated before is estimated anew.
func TestBoxFindsLate(t *testing.T) {
	const width, depth = 1e-4, 1000
	at := 5./32 + kronrod[3].x/32 + width/4 // beside a node of the third panel
	F := func(y []float64) float64 { return -depth * max(0, 1-square((y[0]-at)/width)) }
	mu, energies, relErr := Box([]float64{0}, []float64{1}, F, 1)
	for i, y := range mu.Points() {
		if F(y) != energies[i] {
			t.Fatalf("the energy of %v is %v, not %v", y, F(y), energies[i])
		}
	}
	want := depth + math.Log(width*math.Sqrt(math.Pi/depth)) // a Gaussian, cut off at e^(−depth)
	if err := math.Abs(math.Expm1(NewGibbs(energies, 1, mu).LogZ() - want)); !(err <= relErr) || !(relErr <= 1e-9) || !(relErr >= 0x1p-53*depth) {
		t.Errorf("error %g, estimate %g", err, relErr)
	}
}

// Where a kink must be cut again and again, Box ends soon after it has what it promises.
func TestBoxTolerance(t *testing.T) {
	for d, tolerance := range []float64{1e-12, 1e-10, 1e-8} {
		lo, hi := make([]float64, d+1), make([]float64, d+1)
		for k := range hi {
			hi[k] = 1
		}
		_, _, relErr := Box(lo, hi, func(y []float64) float64 { return y[0] + max(0, y[0]-1.0/3)/16 }, 1)
		if !(relErr <= 1.01*tolerance) || !(relErr >= tolerance/100) {
			t.Errorf("%d dimensions: estimate %g, to be had was %g", d+1, relErr, tolerance)
		}
	}
}

// Box gives up after two million calls, and says what it left.
func TestBoxGivesUp(t *testing.T) {
	if testing.Short() {
		t.Skip("2 000 000 calls")
	}
	calls := 0
	disc := func(y []float64) float64 { calls++; return math.Copysign(1, y[0]*y[0]+y[1]*y[1]-1) }
	mu, energies, relErr := Box([]float64{0, 0}, []float64{2, 2}, disc, 1)
	want := math.Log(math.Pi/4*math.E + (4-math.Pi/4)/math.E)
	if err := math.Abs(math.Expm1(NewGibbs(energies, 1, mu).LogZ() - want)); !(err <= relErr) || !(relErr <= 1e-3) {
		t.Errorf("error %g, estimate %g", err, relErr)
	}
	if calls < 2_000_000 || calls > 2_100_000 {
		t.Errorf("%d calls", calls)
	}
}

// TestEstimate has the sums of one panel, on the line as they are written, then in a
// box of 1 × 3 × 5 with F along one axis: they are those times the other sides.
func TestEstimate(t *testing.T) {
	line := func(u float64) float64 { return 20*square(u-0.8) - math.Sqrt(u+0.5) + 2 }
	near := func(what string, got, want float64) {
		t.Helper()
		if !(math.Abs(got-want) <= 1e-10*want) { // |Kronrod − Gauss| is what two sums of 15 terms leave of 1
			t.Errorf("%s = %v, want %v", what, got, want)
		}
	}
	for _, lo := range []float64{-0.25, -0.75, -2} { // the sides of a panel about 0, and below it
		var z, gauss, energies, variation, before float64
		for i, node := range kronrod {
			e := line(0.5 + node.x/2)
			f := math.Exp(-2 * (e - 0.2))
			z += node.w * f / 2
			gauss += node.gauss * f / 2
			energies += node.w * f * (1 + 2*math.Abs(e)) / 2
			if i > 0 {
				variation += math.Abs(f - before)
			}
			before = f
		}
		round := 0x1p-51 * (energies + max(-lo, lo+1)*variation)
		if gap := math.Abs(z - gauss); !(gap > 1e-5*z) {
			t.Fatalf("the rules are %g of %g apart: too little for this test", gap, z)
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
				near("err", p.err, math.Abs(z-gauss)*others)
				near("round", p.round, round*others)
				if p.axis != axis || p.low != 0.2 {
					t.Errorf("axis %d, low %v", p.axis, p.low)
				}
			}
		}
		q := &quadrature{F: func(y []float64) float64 { return line(y[0]-lo) + line(y[1]-lo) }, beta: 2, low: 0.4}
		p := q.newPanel([]float64{lo, lo}, []float64{lo + 1, lo + 1})
		q.estimate(p)
		near("err along two axes", p.err, 2*math.Abs(z-gauss)*z)
	}
}

// A jump between the edge of a panel and its first node is seen by a half of it, and
// makes both halves doubtful.
func TestCut(t *testing.T) {
	q := &quadrature{F: func(y []float64) float64 { return math.Copysign(1, y[0]-0.003) }, beta: 1, low: -1}
	p := q.newPanel([]float64{0}, []float64{1})
	halves := q.cut(p, 0)
	if len(halves) != 2 {
		t.Fatalf("%d halves", len(halves))
	}
	// one node of weight w/2 · ½ has e⁰ in place of e⁻²
	want := kronrod[0].w / 4 * -math.Expm1(-2) / 2
	for i, h := range halves {
		q.estimate(h)
		if !(math.Abs(h.doubt-want) <= 1e-15) || !(h.err >= h.doubt) || h.lo[0] != float64(i)/2 || h.hi[0] != float64(i+1)/2 {
			t.Errorf("half %d from %v to %v: error %v, doubt %v, want %v", i, h.lo, h.hi, h.err, h.doubt, want)
		}
	}
	q = &quadrature{F: func(y []float64) float64 { return math.Copysign(1, 0.997-y[0]) }, beta: 1, low: -1}
	if h := q.cut(q.newPanel([]float64{0}, []float64{1}), 0)[0]; !(math.Abs(h.doubt-want) <= 1e-15) {
		t.Errorf("from the other side: doubt %v, want %v", h.doubt, want)
	}
	for _, lo := range []float64{1, math.Nextafter(1, 2)} { // half an ulp more rounds to the even end
		least := q.newPanel([]float64{lo}, []float64{math.Nextafter(lo, 2)})
		if got := q.cut(least, 0); len(got) != 1 || got[0] != least {
			t.Errorf("an ulp of a panel was cut into %d", len(got))
		}
	}
}

// The first panels: 16 on a line, 4 × 4, 2 × 2 × 2.
func TestGrid(t *testing.T) {
	for d, side := range []int{16, 4, 2} {
		lo, hi := make([]float64, d+1), undefined(nil, d+1)
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

// TestSearch has a well in one cell of the scan, on a slope on which half of the
// cells may lie lower, in the first and last cells of each axis and in the midst.
func TestSearch(t *testing.T) {
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
				q.search()
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

// TestSearchOrder: every cell is looked at, and the 64 lowest of those that are no
// higher than their neighbours are descended from.
func TestSearchOrder(t *testing.T) {
	lo, hi := []float64{0, 0, 0}, []float64{1, 1, 1}
	for d, cells := range map[int]int{1: 256, 2: 32 * 32, 3: 16 * 16 * 16} {
		q := &quadrature{F: func([]float64) float64 { return inf }, beta: 1, lo: lo[:d], hi: hi[:d], low: inf}
		if q.search(); q.calls != cells+64 || len(q.wells) != 0 { // no way leads down from where nothing is possible
			t.Errorf("%d calls and %d wells in %d dimensions, want %d and none", q.calls, len(q.wells), d, cells+64)
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
			q.search()
			once.descend(corner)
			if scan := int(math.Pow(float64(n), float64(d))); q.calls != scan+once.calls || len(q.wells) != 1 {
				t.Errorf("slope %v: %d calls and %d wells in %d dimensions, want %d and 1", slope, q.calls, len(q.wells), d, scan+once.calls)
			}
		}
	}
	// half of all cells are no higher than their neighbours; one of the last is the lowest
	q := &quadrature{F: func(y []float64) float64 {
		return math.Cos(256*math.Pi*y[0])/10 - max(0, 1-square((256*y[0]-250.6)/0.35))
	}, beta: 1, lo: lo[:1], hi: hi[:1], low: inf}
	if q.search(); !(q.low < -0.9) {
		t.Errorf("the lowest energy found is %v", q.low)
	}
}

// TestWidth: e^(−βF) of a Gaussian of deviation s falls by e at s√(2/β).
func TestWidth(t *testing.T) {
	const s, beta = 0.01, 3.
	for _, c := range []struct{ lo, at float64 }{{-10, -10}, {-10, 0.3}, {-10, 7}, {0, 6.7}, {-17, -5}} {
		at, hi := c.at, c.lo+17
		q := &quadrature{F: gaussian(at, s), beta: beta, lo: []float64{c.lo}, hi: []float64{hi}, low: inf}
		q.descend([]float64{min(at+1, hi)})
		q.descend(q.wells[0].y) // the same well
		if len(q.wells) != 1 {
			t.Fatalf("%d wells at %v", len(q.wells), at)
		}
		fall := s * math.Sqrt(2/beta)
		v := q.wells[0]
		if frac, _ := math.Frexp(17 / v.width[0]); frac != 0.5 {
			t.Errorf("the width %v is not that of the box halved", v.width[0])
		}
		// the last step is at most a quarter of the grain
		if !(math.Abs(v.y[0]-at) <= 0x1p-50*17) || v.F > 0x1p-60 || q.low != v.F || !(v.width[0] <= fall && v.width[0] > fall/2) {
			t.Errorf("at %v: a well at %v of energy %v and width %v, want %v to %v", at, v.y, v.F, v.width, fall/2, fall)
		}
	}
}

// TestCompass: widths where they are known exactly, axes of different grain, and that
// no search is longer than it need be.
func TestCompass(t *testing.T) {
	for _, c := range []struct {
		name  string
		F     func(y []float64) float64
		width float64
	}{
		{"a wall that rises by 1", func(y []float64) float64 { return math.Abs(y[0]) }, 1},
		{"a spike", func(y []float64) float64 { return math.Copysign(1000, math.Abs(y[0])-5e-324) }, 0x1p-47}, // the grain
		{"level", func(y []float64) float64 { return 0 }, 4},
	} {
		q := &quadrature{F: c.F, beta: 1, lo: []float64{-2}, hi: []float64{2}, low: inf}
		q.descend([]float64{0})
		if v := q.wells[0]; v.width[0] != c.width || v.y[0] != 0 || q.calls > 500 {
			t.Errorf("%s: a well at %v of width %v, want %v; %d calls", c.name, v.y, v.width, c.width, q.calls)
		}
	}
	q := &quadrature{F: func(y []float64) float64 { return square((y[0]-0.3)/1e-10) + square(y[1]-1e6) }, beta: 1,
		lo: []float64{0, 1e6 - 1}, hi: []float64{1, 1e6 + 1}, low: inf}
	start := []float64{0.7, 1e6 + 0.6}
	q.descend(start)
	if start[0] != 0.7 || start[1] != 1e6+0.6 {
		t.Errorf("the start was moved to %v", start)
	}
	if v := q.wells[0]; !(math.Abs(v.y[0]-0.3) <= 0x1p-50) || !(math.Abs(v.y[1]-1e6) <= 1e-6) { // at 10⁶ F is level to its last bits
		t.Errorf("a well at %v, want (0.3, 10⁶)", v.y)
	}
}

// What the comments on distance, unresolved and tooNarrow say.
func TestResolution(t *testing.T) {
	v := well{y: []float64{0, 0}, width: []float64{1, 2}}
	for _, c := range []struct {
		lo, hi []float64
		far    float64
		axis   int // to cut
	}{
		{[]float64{-4, -8}, []float64{4, 8}, 0, -1},
		{[]float64{-4, -8}, []float64{4.5, 8}, 0, 0},
		{[]float64{-4, -9}, []float64{4, 8}, 0, 1},
		{[]float64{-4, -9}, []float64{5, 8}, 0, 0}, // the wider one
		{[]float64{2, -1}, []float64{14, 1}, 2, -1},
		{[]float64{2, -1}, []float64{14.5, 1}, 2, 0},
		{[]float64{-14.5, -1}, []float64{-2, 1}, 2, 0},
		{[]float64{2, 6}, []float64{3, 34}, 3, -1},
		{[]float64{2, 6}, []float64{3, 36}, 3, 1},
		{[]float64{64, 0}, []float64{500, 1}, 64, 0},
		{[]float64{65, 0}, []float64{500, 1}, 65, -1},
	} {
		p := &panel{lo: c.lo, hi: c.hi}
		if far := v.distance(c.lo, c.hi); far != c.far {
			t.Errorf("from %v to %v: distance %v, want %v", c.lo, c.hi, far, c.far)
		}
		if axis := (&quadrature{beta: 1, wells: []well{v}}).unresolved(p); axis != c.axis {
			t.Errorf("from %v to %v: cut axis %d, want %d", c.lo, c.hi, axis, c.axis)
		}
	}
	for _, c := range []struct {
		depth, beta, width float64
		matters            bool
	}{{0, 1, 0x1p-47, true}, {300, 2, 0x1p-47, true}, {400, 2, 0x1p-47, false}, {0, 1, 0x1p-46, false}} {
		q := &quadrature{lo: []float64{-2}, hi: []float64{1}, beta: c.beta, low: 500 - c.depth, wells: []well{{F: 500, y: []float64{0}, width: []float64{c.width}}}}
		if got := q.tooNarrow(); got != c.matters {
			t.Errorf("a well of width %v, %v above the lowest: too narrow is %v", c.width, c.depth, got)
		}
		if axis := q.unresolved(&panel{lo: q.lo, hi: q.hi}); (axis == 0) != (c.depth*c.beta < 700) {
			t.Errorf("a well %v above the lowest: cut axis %d", c.depth, axis)
		}
	}
}

func TestBoxPanics(t *testing.T) {
	flat := func([]float64) float64 { return 0 }
	for name, f := range map[string]func(){
		"no dimension": func() { Box(nil, nil, flat, 1) },
		"4 dimensions": func() { Box(make([]float64, 4), []float64{1, 1, 1, 1}, flat, 1) },
		"lengths":      func() { Box([]float64{0}, []float64{1, 1}, flat, 1) },
		"empty":        func() { Box([]float64{1}, []float64{1}, flat, 1) },
		"infinite":     func() { Box([]float64{0}, []float64{math.Inf(1)}, flat, 1) },
		"NaN":          func() { Box([]float64{math.NaN()}, []float64{1}, flat, 1) },
		"beta < 0":     func() { Box([]float64{0}, []float64{1}, flat, -1) },
		"beta = NaN":   func() { Box([]float64{0}, []float64{1}, flat, math.NaN()) },
		"beta = Inf":   func() { Box([]float64{0}, []float64{1}, flat, math.Inf(1)) },
	} {
		mustPanic(t, name, f)
	}
}

// mustPanic demands a panic with a message of this package.
func mustPanic(t *testing.T, name string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if msg := fmt.Sprint(recover()); len(msg) < 5 || msg[:5] != "ebm: " {
			t.Errorf("%s: recovered %q, want a panic that begins with \"ebm: \"", name, msg)
		}
	}()
	f()
}

func BenchmarkBox(b *testing.B) {
	for b.Loop() {
		Box([]float64{-10}, []float64{10}, gaussian(math.Pi, 1e-6), 1)
	}
}
