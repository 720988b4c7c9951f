package ebm

import (
	"fmt"
	"math"
	"testing"
)

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
		// e^(−F) = (|y − π| + 10⁻¹⁷)^(−½), next to which there are no float64s
		{"spike", []float64{-10}, []float64{10}, func(y []float64) float64 { return math.Log(math.Abs(y[0]-math.Pi)+1e-17) / 2 }, 1, math.Log(2 * (math.Sqrt(10+math.Pi) + math.Sqrt(10-math.Pi))), 1e-6},
		// half of the box is impossible: the estimate must own up to the jump
		{"step", []float64{0}, []float64{1}, func(y []float64) float64 {
			if y[0] < math.Pi/7 {
				return math.Inf(1)
			}
			return 0
		}, 1, math.Log(1 - math.Pi/7), 1e-9},
		{"step at beta=0", []float64{0}, []float64{1}, func(y []float64) float64 {
			if y[0] < math.Pi/7 {
				return math.Inf(1)
			}
			return 7 * y[0]
		}, 0, math.Log(1 - math.Pi/7), 1e-9},
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

func TestBoxOwnsUp(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		name string
		F    func(y []float64) float64
		want float64
	}{
		{"all impossible", func([]float64) float64 { return inf }, inf},
		{"narrower than the grain", gaussian(math.Pi, 1e-17), inf},
		{"NaN", func(y []float64) float64 { return math.Sqrt(y[0] - 9.9) }, math.NaN()},
		{"−Inf", func(y []float64) float64 { return -1 / max(0, y[0]) }, math.NaN()},
	} {
		if _, _, err := Box([]float64{-10}, []float64{10}, c.F, 1); !(err == c.want || math.IsNaN(err) && math.IsNaN(c.want)) {
			t.Errorf("%s: error estimate %v, want %v", c.name, err, c.want)
		}
	}
	for _, side := range []float64{0x1p-400, 0x1p400} { // volumes of 2⁻¹²⁰⁰ and 2¹²⁰⁰
		if _, _, err := Box(make([]float64, 3), []float64{side, side, side}, func([]float64) float64 { return 0 }, 1); !math.IsInf(err, 1) {
			t.Errorf("a cube of side %v: error estimate %v, want +Inf", side, err)
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
	at := 5./32 - 0.741531185599394439863864773280788/32 + width/4 // beside a node of the third panel
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

// The masses of a box of volume 1 add up to 1: at β = 0 the free energy is the mean.
func TestBoxVolume(t *testing.T) {
	for _, c := range []struct {
		lo, hi []float64
		mean   float64
	}{
		{[]float64{0}, []float64{1}, 1. / 3},
		{[]float64{-0.3125}, []float64{0.6875}, (square(0.6875)*0.6875 + square(0.3125)*0.3125) / 3},
		{[]float64{0, 0}, []float64{1, 1}, 2. / 3},
		{[]float64{0, 0}, []float64{4, 0.25}, (64./3*0.25 + 0.25*0.25*0.25/3*4)},
		{[]float64{0, 0, 0}, []float64{1, 1, 1}, 1},
	} {
		mu, F, relErr := Box(c.lo, c.hi, func(y []float64) float64 {
			var s float64
			for _, v := range y {
				s += square(v)
			}
			return s
		}, 0)
		if got := NewGibbs(F, 0, mu).FreeEnergy(); !(math.Abs(got-c.mean) <= 1e-15) || !(relErr <= 1e-12) {
			t.Errorf("from %v to %v: free energy %v at β = 0, want the mean, %v; estimate %v", c.lo, c.hi, got, c.mean, relErr)
		}
	}
}

// Box gives up after two million calls, and says what it left: an estimate of its
// panels, or, if they hide something, +Inf.
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
	ridge := func(y []float64) float64 { return square(y[0]-y[1]/math.Pi)*1e16 + square(y[0]+y[1]) }
	if _, _, relErr := Box([]float64{-2, -2}, []float64{2, 2}, ridge, 1); !math.IsInf(relErr, 1) {
		t.Errorf("a ridge of width 10⁻⁸ that cannot be followed: estimate %g", relErr)
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
