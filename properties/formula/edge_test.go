package formula

import (
	"math"
	"math/rand/v2"
	"testing"

	"ebmcheck/properties/exact"
)

// TestEdges: values and slopes where something is undefined, infinite, at a corner, or cancels.
func TestEdges(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	none := [2]float64{nan, nan}
	for _, c := range []struct {
		text  string
		F     []float64
		value float64
		grad  [][2]float64
		ways  int // vertices
	}{
		{"max(j: exp(F[j]))", []float64{0.5, 0.5, 0}, math.Exp(0.5), [][2]float64{{0, math.Exp(0.5)}, {0, math.Exp(0.5)}, {0, 0}}, 2},
		{"pos(F[y]) - pos(-F[y])", []float64{0, 1}, 0, [][2]float64{{1, 1}, {0, 0}}, 0},
		{"abs(F[y]) - 2*pos(F[y]) + F[y]", []float64{0, 1}, 0, [][2]float64{{0, 0}, {0, 0}}, 0},
		{"max(F[y], F[1]) - F[1] - pos(F[y] - F[1])", []float64{3, 3}, 0, [][2]float64{{0, 0}, {0, 0}}, 0},
		{"pos(pos(F[y]))", []float64{0, 1}, 0, [][2]float64{{0, 1}, {0, 0}}, 4},
		{"if(F[y] <= 0, 0, F[y])", []float64{0, 1}, 0, [][2]float64{{0, 1}, {0, 0}}, 2},
		{"if(F[y] = 0, 1, F[y])", []float64{2, 1}, 2, [][2]float64{{1, 1}, {0, 0}}, 0},
		{"pos(m + F[y] - F[ybar])", []float64{0.25, 1.25}, 0, [][2]float64{{0, 1}, {-1, 0}}, 2},
		{"pos(F[y]^2)", []float64{0, 1}, 0, [][2]float64{{0, 0}, {0, 0}}, 0},
		{"sqrt(F[y]^2 + F[1]^2)", []float64{0, 0}, 0, [][2]float64{none, none}, 0},
		{"sqrt(F[y])", []float64{-1, 0}, nan, [][2]float64{none, none}, 0},
		{"log(F[y])", []float64{-1, 0}, nan, [][2]float64{none, none}, 0},
		{"log(F[y])", []float64{0, 0}, -inf, [][2]float64{none, {0, 0}}, 0},
		{"0*log(F[y])", []float64{-1, 0}, nan, [][2]float64{none, none}, 0},
		{"F[y]^m", []float64{-8, 0}, -8, [][2]float64{{1, 1}, {0, 0}}, 0},
		{"F[y]^(m/2)", []float64{-8, 0}, nan, [][2]float64{none, none}, 0},
		{"(F[y] - F[1])/(F[y] - F[1])", []float64{1, 1}, nan, [][2]float64{none, none}, 0},
		{"(F[y] - F[1])/(F[y] - F[1])", []float64{2, 1}, 1, [][2]float64{{0, 0}, {0, 0}}, 0},
		{"1/3*F[y] + 1/3*F[y] + 1/3*F[y] - F[y]", []float64{0.1, 1}, 0, [][2]float64{{0, 0}, {0, 0}}, 0},
		{"123456789012345678901234567890*F[y]/123456789012345678901234567890", []float64{0.1, 1}, 0.1, [][2]float64{{1, 1}, {0, 0}}, 0},
		{"1e400*F[y]*1e-400", []float64{0.1, 1}, 0.1, [][2]float64{{1, 1}, {0, 0}}, 0},
		{"exp(F[y])*exp(-F[1])", []float64{1e9, 1e9}, 1, [][2]float64{{1, 1}, {-1, -1}}, 0},
		{"sum(j: p[j]*log(p[j]))", []float64{0, inf}, 0, [][2]float64{none, none}, 0},
		{"sum(j: p[j]*F[j])", []float64{0, inf}, nan, [][2]float64{none, none}, 0},
		{"log(1 + exp(F[y] - F[1]))", []float64{-800, 0}, 0, [][2]float64{{0, 0}, {0, 0}}, 0}, // 1e-348
		{"softplus(F[y] - F[1])", []float64{inf, 0}, inf, [][2]float64{{1, 1}, {-1, -1}}, 0},
		{"softplus(F[y] - F[1])", []float64{0, inf}, 0, [][2]float64{{0, 0}, {0, 0}}, 0},
		{"softplus(F[y] - F[1])", []float64{inf, inf}, nan, [][2]float64{none, none}, 0},
		{"F[y] - min(j: F[j])", []float64{1, 1, 1, 2}, 0, [][2]float64{{0, 1}, {-1, 0}, {-1, 0}, {0, 0}}, 3},
		{"max(F[y]/3, F[1]/7) - F[y]/3", []float64{1, 1}, 0, [][2]float64{{0, 0}, {0, 0}}, 0},
		{"p[ybar]", []float64{0, 0, 0}, 1. / 3, [][2]float64{{1. / 9, 1. / 9}, {-2. / 9, 1. / 9}, {-2. / 9, 1. / 9}}, 2},
		{"S[ybar]", []float64{1, 1, 1}, nan, [][2]float64{none, none, none}, 0},
	} {
		p := compiled(t, c.text, len(c.F))
		params, err := p.Bind(map[string]float64{"beta": 1, "m": 1}, map[string][]float64{"S": {1, 2, 3}})
		if err != nil {
			t.Fatal(err)
		}
		got := p.Truth(Input{c.F, params}, true)
		same := func(v exact.Value, x float64) bool {
			return v.Near == x || math.IsNaN(x) && !v.Defined() || math.Abs(v.Near-x) <= 0x1p-52*math.Abs(x)
		}
		if !same(got.Value, c.value) || got.Loose || len(got.Vertices) != c.ways {
			t.Errorf("%s at %v is %v (loose: %v), with %d vertices; want %v and %d", c.text, c.F, got.Value, got.Loose, len(got.Vertices), c.value, c.ways)
		}
		for i, g := range got.Grad {
			if !same(g.Lo, c.grad[i][0]) || !same(g.Hi, c.grad[i][1]) {
				t.Errorf("%s at %v: slope %d is from %v to %v, want %v", c.text, c.F, i, g.Lo, g.Hi, c.grad[i])
			}
		}
	}
}

// TestMixture: of the gradients at a corner, those are right that are mixtures of its sides'.
func TestMixture(t *testing.T) {
	for _, c := range []struct {
		text  string
		F     []float64
		y     int
		grad  []float64
		right bool
	}{
		{"pos(m + F[y] - F[ybar])", []float64{0, 1}, 0, []float64{1, -1}, true},
		{"pos(m + F[y] - F[ybar])", []float64{0, 1}, 0, []float64{0, 0}, true},
		{"pos(m + F[y] - F[ybar])", []float64{0, 1}, 0, []float64{0.25, -0.25}, true},
		{"pos(m + F[y] - F[ybar])", []float64{1, 0}, 1, []float64{-0.25, 0.25}, true},
		{"pos(m + F[y] - F[ybar])", []float64{0, 1}, 0, []float64{1, 0}, false},
		{"pos(m + F[y] - F[ybar])", []float64{0, 1}, 0, []float64{0.25, -0.2500001}, false},
		{"pos(m + F[y] - F[ybar])", []float64{0, 1}, 0, []float64{1, -1.0000001}, false},
		{"pos(m + F[y] - F[ybar])", []float64{0, 1}, 0, []float64{math.NaN(), 0}, false},
		{"pos(m + F[y] - F[ybar])", []float64{0, 1, 1}, 0, []float64{0.5, -0.5, 0}, true},
		{"pos(m + F[y] - F[ybar])", []float64{0, 1, 1}, 0, []float64{0.5, -0.25, -0.25}, true},
		{"pos(m + F[y] - F[ybar])", []float64{0, 1, 1}, 0, []float64{0.5, -0.5, -0.5}, false},
		{"F[y] - min(j: F[j])", []float64{2, 2, 2}, 1, []float64{-1, 1, 0}, true},
		{"F[y] - min(j: F[j])", []float64{2, 2, 2}, 1, []float64{-1. / 3, 2. / 3, -1. / 3}, true},
		{"F[y] - min(j: F[j])", []float64{2, 2, 2}, 1, []float64{-1, 1, -1}, false},
		{"F[y] - min(j: F[j])", []float64{2, 2, 2}, 1, []float64{0, 1, 0}, false},
		{"F[y] - min(j: F[j])", []float64{2, 2, 3}, 1, []float64{0, 0, 0}, true},
		{"sum(j != y: pos(m + F[y] - F[j]))", []float64{0, 1, 1}, 0, []float64{1.5, -0.5, -1}, true},
		{"sum(j != y: pos(m + F[y] - F[j]))", []float64{0, 1, 1}, 0, []float64{1, -0.5, -1}, false},
	} {
		l, err := NewLoss(c.text)
		if err != nil {
			t.Fatal(err)
		}
		e, err := l.Compile(len(c.F))
		if err != nil {
			t.Fatal(err)
		}
		a, err := e.Allow(Question{Energies: c.F, Answer: c.y, Scalars: map[string]float64{"m": 1}}, plain, true)
		if err != nil {
			t.Fatal(err)
		}
		if d := a.Mixture(c.grad); !a.Corner() || d <= 1 != c.right {
			t.Errorf("%s at %v: %v is %g allowances from a mixture, right: %v", c.text, c.F, c.grad, d, c.right)
		}
	}
}

// TestHull: mixtures are found, and points that a plane separates from them are told.
func TestHull(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		n, k := 1+r.IntN(6), 1+r.IntN(12)
		h := hull{target: make([]float64, n), vertices: make([][]float64, k)}
		left := 1.0
		for v := range h.vertices {
			h.vertices[v] = make([]float64, n)
			w := left * r.Float64()
			if v == k-1 {
				w = left
			}
			left -= w
			for i := range n {
				h.vertices[v][i] = 1e9 * float64(r.IntN(5)-2)
				h.target[i] += w * h.vertices[v][i]
			}
		}
		if d := h.distance(); d > 1 {
			t.Errorf("a mixture is %g away: %+v", d, h)
		}
		// Beyond the vertex that is furthest in some direction by 1000.
		dir, most := make([]float64, n), math.Inf(-1)
		for i := range dir {
			dir[i] = r.NormFloat64()
		}
		for _, v := range h.vertices {
			if x := dot(v, dir); x > most {
				most = x
				copy(h.target, v)
			}
		}
		size := math.Sqrt(dot(dir, dir))
		for i := range dir {
			h.target[i] += 1000 * dir[i] / size
		}
		if d := h.distance(); !(d > 1 && d <= 1000) {
			t.Errorf("a point 1000 away is said to be %g away", d)
		}
	}
}

// TestBoundTight: what cancels between paths cancels in the bound.
func TestBoundTight(t *testing.T) {
	for _, c := range []struct {
		text string
		F    []float64
		most float64 // in units of u
	}{
		{"exp(F[y]/3)*exp(-F[y]/3)", []float64{900, 0}, 12},                                 // the error of F[y]/3, 100 u, in one factor and its inverse
		{"softplus(F[y]/3) - F[y]/3", []float64{150, 0}, 120},                               // of two numbers of size 50
		{"logsumexp(j: F[j]/3) - F[y]/3", []float64{3e6, 3e6 - 3}, 4e6},                     // of size 1e6: without the error of F[y]/3 itself
		{"with(F[j] := F[j] + 12345: F[y] + logsumexp(j: -F[j]))", []float64{0, 1, 2}, 1e5}, // a shift
	} {
		p := compiled(t, c.text, len(c.F))
		params := make([]float64, len(p.Slots))
		if got := p.Bound(Input{c.F, params}, plain).Value().By; !(got <= c.most*plain.U) {
			t.Errorf("%s at %v may be off by %.3g u, want at most %g", c.text, c.F, got/plain.U, c.most)
		}
	}
}
