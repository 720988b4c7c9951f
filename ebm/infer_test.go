package ebm

import (
	"errors"
	"flag"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

var inf, nan = math.Inf(1), math.NaN()

func TestInferSpecial(t *testing.T) {
	for _, c := range []struct {
		F          []float64
		infer      int
		minimisers []int
		offending  []int // by y
		why        string
	}{
		{[]float64{7}, 0, []int{0}, []int{-1}, "one answer has no incorrect one"},
		{[]float64{0, 1}, 0, []int{0}, []int{1, 0}, "the smaller energy, not the larger (C07, C15)"},
		{[]float64{2, 1, 1}, 1, []int{1, 2}, []int{1, 2, 1}, "ties: the first, and the first of the others"},
		{[]float64{0, math.Copysign(0, -1)}, 0, []int{0, 1}, []int{1, 0}, "−0 = 0"},
		{[]float64{inf, 3, inf}, 1, []int{1}, []int{1, -1, 1}, "an impossible answer is neither inferred nor offends"},
		{[]float64{inf, inf}, -1, nil, []int{-1, -1}, "no answer is possible"},
		{[]float64{inf}, -1, nil, []int{-1}, "no answer is possible"},
		{[]float64{nan, 0, 1}, -1, nil, []int{-1, -1, -1}, "NaN first"},
		{[]float64{0, 1, nan}, -1, nil, []int{-1, -1, -1}, "NaN last"},
		{[]float64{nan}, -1, nil, []int{-1}, "NaN alone"},
		{[]float64{0, -inf, -inf}, 1, []int{1, 2}, []int{1, 2, 1}, "−Inf is least"},
		{[]float64{1, 1 + 0x1p-52}, 0, []int{0}, []int{1, 0}, "one ulp decides"},
	} {
		if got := Infer(c.F); got != c.infer {
			t.Errorf("%s: Infer(%v) = %d, want %d", c.why, c.F, got, c.infer)
		}
		if got := Minimisers(c.F); !slices.Equal(got, c.minimisers) {
			t.Errorf("%s: Minimisers(%v) = %v, want %v", c.why, c.F, got, c.minimisers)
		}
		for y, want := range c.offending {
			if got := MostOffending(c.F, y); got != want {
				t.Errorf("%s: MostOffending(%v, %d) = %d, want %d", c.why, c.F, y, got, want)
			}
		}
	}
	refuses(t, "no answers", func() { Infer(nil) })
	refuses(t, "no answers", func() { Minimisers([]float64{}) })
	refuses(t, "no answers", func() { InferJoint([][]float64{{}, {}}) })
	refuses(t, "no such answer", func() { MostOffending([]float64{1, 2}, 2) })
	refuses(t, "no such answer", func() { MostOffending([]float64{1, 2}, -1) })
	refuses(t, "no such answer", func() { MostOffending(nil, 0) })
}

// energies draws 1 to 8 energies with ties on purpose, one in twelve
// impossible.
func energies() *rapid.Generator[[]float64] {
	return rapid.SliceOfN(rapid.OneOf(
		number(), number(),
		rapid.Map(rapid.IntRange(0, 1), func(k int) float64 { return float64(k) }),
		rapid.SampledFrom([]float64{0, -1, inf}),
	), 1, 8)
}

// TestInferSorts: the answers, sorted by energy and stably, have the inferred
// one first, the minimisers first, and the most offending one first when y is
// left out.
func TestInferSorts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		F := energies().Draw(t, "F")
		y := rapid.IntRange(0, len(F)-1).Draw(t, "y")
		order := make([]int, len(F))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(i, j int) int {
			switch {
			case F[i] < F[j]:
				return -1
			case F[i] > F[j]:
				return 1
			}
			return 0
		})
		possible := func(order []int) int {
			if len(order) == 0 || F[order[0]] == inf {
				return -1
			}
			return order[0]
		}
		if got, want := Infer(F), possible(order); got != want {
			t.Fatalf("Infer = %d, want %d", got, want)
		}
		var ties []int
		for _, i := range order {
			if F[i] < inf && F[i] == F[order[0]] {
				ties = append(ties, i)
			}
		}
		if got := Minimisers(F); !slices.Equal(got, ties) {
			t.Fatalf("Minimisers = %v, want %v", got, ties)
		}
		others := slices.DeleteFunc(order, func(i int) bool { return i == y })
		if got, want := MostOffending(F, y), possible(others); got != want {
			t.Fatalf("MostOffending = %d, want %d", got, want)
		}
	})
}

// TestInferJoint: the y-part of the joint minimum is the minimum of min_z G
// (identity 75); the printed argmin_z for min_z gives another answer (C28).
func TestInferJoint(t *testing.T) {
	tables, misled := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		G := rapid.SliceOfN(energies(), 1, 5).Draw(t, "G")
		F, printed := make([]float64, len(G)), make([]float64, len(G))
		for y, row := range G {
			F[y], printed[y] = inf, inf
			if z := Infer(row); z >= 0 {
				F[y], printed[y] = row[z], float64(z)
			}
		}
		y, z := InferJoint(G)
		want := Infer(F)
		if y != want || y >= 0 && z != Infer(G[y]) || y < 0 && z != -1 {
			t.Fatalf("InferJoint = %d, %d; argmin_y min_z G = %d", y, z, want)
		}
		tables++
		if Infer(printed) != want {
			misled++
		}
	})
	if misled == 0 {
		t.Errorf("argmin for min never changed the answer in %d tables", tables)
	}
	t.Logf("argmin for min changed the answer in %d of %d tables", misled, tables)

	if y, z := InferJoint([][]float64{{}, {1, nan}}); y != -1 || z != -1 {
		t.Errorf("with NaN: %d, %d, want −1, −1", y, z)
	}
	if y, z := InferJoint([][]float64{{}, {2, 1}, {1}}); y != 1 || z != 1 {
		t.Errorf("ties: %d, %d, want the first, 1, 1", y, z)
	}
}

// counted counts the gradients that a search asks for.
type counted struct {
	Quadratic
	n *int
}

func (c counted) GradY(dst, w, x, y []float64) []float64 {
	*c.n++
	return c.Quadratic.GradY(dst, w, x, y)
}

// TestInferFrom: the minimum of a quadratic in up to ten dimensions is μ. Where
// a search ends, no step ±h_i along an axis lowers F, h_i = 2⁻¹³ max(1, |y_i|).
// On a quadratic F(y ± h e_i) − F(y) = ±h g_i + h² A_ii/2, so |g_i| ≤ h_i A_ii/2,
// and with λ the least eigenvalue of A, |y − μ| ≤ |g|/λ. The factor 1 + 2⁻²⁰
// covers the rounding of F, relative errors of some u against changes of 2⁻²⁶.
// What BFGS really reaches is logged.
func TestInferFrom(t *testing.T) {
	var worst spent
	most, far := 0, 0.0
	rapid.Check(t, func(t *rapid.T) {
		d := rapid.IntRange(1, 10).Draw(t, "d")
		mu := numbers(d).Draw(t, "μ")
		B := mat.NewDense(d, d, rapid.SliceOfN(number(), d*d, d*d).Draw(t, "B"))
		var A mat.SymDense
		A.SymOuterK(1, B)
		for i := range d {
			A.SetSym(i, i, A.At(i, i)+1) // BBᵀ + 1
		}
		w := slices.Clone(mu)
		for i := range d {
			for j := range d {
				w = append(w, A.At(i, j))
			}
		}
		var eigen mat.EigenSym
		if !eigen.Factorize(&A, false) {
			t.Fatal("no eigenvalues")
		}
		values := eigen.Values(nil)
		lambda := values[0]

		var n int
		start := numbers(d).Draw(t, "start")
		y, F, err := InferFrom(counted{Quadratic{d}, &n}, w, nil, [][]float64{start})
		if err != nil {
			t.Fatal(err)
		}
		most = max(most, n)
		g := make([]float64, d)
		for i := range g {
			g[i] = 0x1p-13 * max(1, math.Abs(y[i])) * A.At(i, i) / 2 * (1 + 0x1p-20)
		}
		off := floats.Distance(y, mu, 2)
		worst.near(t, "|ŷ − μ|", off, 0, floats.Norm(g, 2)/lambda)
		far = max(far, off)
		if want := (Quadratic{d}).Eval(w, nil, y); F != want {
			t.Fatalf("returned the energy %v of a point with energy %v", F, want)
		}
	})
	t.Logf("largest share of the allowance spent: %.2g; largest distance found %.2g; at most %d gradients", float64(worst), far, most)
}

// TestInferFromEnds: where a search ends, no small step along an axis lowers F,
// on energies with maxima, saddles, valleys and walls.
func TestInferFromEnds(t *testing.T) {
	all := flag.Lookup("rapid.checks").Value.String()
	n, _ := strconv.Atoi(all)
	flag.Set("rapid.checks", strconv.Itoa(n/5)) // each is many calls
	defer flag.Set("rapid.checks", all)
	ends := func(name string, f Energy, w, x []float64, d int) {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				y, low, err := InferFrom(f, w, x, [][]float64{numbers(d).Draw(t, "start")})
				if err != nil {
					t.Fatal(err)
				}
				next := make([]float64, d)
				for i := range y {
					for _, side := range []float64{-1, 1} {
						copy(next, y)
						next[i] += side * 0x1p-13 * max(1, math.Abs(y[i]))
						if after := f.Eval(w, x, next); after < low {
							t.Fatalf("beside %v, where F = %v, F(%v) = %v", y, low, next, after)
						}
					}
				}
			})
		})
	}
	// Rosenbrock's valley, (1 − y₁)² + 100 (y₂ − y₁²)²
	valley := Linear{
		N: 2,
		Phi: func(dst, x, y []float64) {
			a, b := 1-y[0], y[1]-y[0]*y[0]
			dst[0], dst[1] = a*a, b*b
		},
		PullY: func(dst, w, x, y []float64) {
			a, b := 1-y[0], y[1]-y[0]*y[0]
			dst[0], dst[1] = -2*w[0]*a-4*w[1]*b*y[0], 2*w[1]*b
		},
	}
	// y⁴/4 + y³/3 levels off at 0, where a search may start, and falls on to −1
	level := Linear{
		N:     1,
		Phi:   func(dst, x, y []float64) { dst[0] = y[0] * y[0] * y[0] * (y[0]/4 + 1./3) },
		PullY: func(dst, w, x, y []float64) { dst[0] = w[0] * y[0] * y[0] * (y[0] + 1) },
	}
	ends("level", level, []float64{1}, nil, 1)
	ends("circle", Wells{}, []float64{1}, []float64{0.25}, 2)
	ends("double well", Wells{}, []float64{2}, nil, 1)
	ends("valley", valley, []float64{1, 100}, nil, 2)
	ends("steep valley", valley, []float64{1, 1e5}, nil, 2)
	ends("two parts", Soft{Mixture{Quadratic{2}, Quadratic{2}}, Counting(2), 1},
		[]float64{-1, 0, 9, 0, 0, 1, 1, 1, 1, 0, 0, 9}, nil, 2)
	ends("two walls", Minimised{Mixture{Quadratic{2}, Quadratic{2}}, Counting(2)},
		[]float64{-1, 0, 9, 0, 0, 1, 1, 1, 1, 0, 0, 9}, nil, 2)
}

// TestInferFromLevel: from where the gradient is 0 a small step along the axis, to
// either side and in proportion to y, leads on; where F is level it ends.
func TestInferFromLevel(t *testing.T) {
	for _, c := range []struct{ from, size, side float64 }{
		{0, 1, 1}, {0, 1, -1}, {0x1p20, 0x1p20, 1}, {-0x1p20, 0x1p20, 1},
	} {
		// 1 + u⁴/4 − u³/30 with u the distance from the start: the minimum is at u = 1/10
		u := func(y []float64) float64 { return (y[0] - c.from) / c.size * c.side }
		f := Linear{
			N:     1,
			Phi:   func(dst, x, y []float64) { u := u(y); dst[0] = 1 + u*u*u*(u/4-1./30) },
			PullY: func(dst, w, x, y []float64) { u := u(y); dst[0] = w[0] * u * u * (u - 0.1) / c.size * c.side },
		}
		y, _, err := InferFrom(f, []float64{1}, nil, [][]float64{{c.from}})
		// to either side of it F is level to 2⁻⁵³ within 2⁻²⁶/0.1
		if err != nil || !(math.Abs(u(y)-0.1) <= 0x1p-22) {
			t.Errorf("from %v: %v, %v, want it %v on", c.from, y, err, 0.1*c.size*c.side)
		}
	}
	flat := Linear{N: 1, Phi: func(dst, x, y []float64) { dst[0] = 3 }, PullY: func(dst, w, x, y []float64) { dst[0] = 0 }}
	if y, F, err := InferFrom(flat, []float64{1}, nil, [][]float64{{7}}); err != nil || y[0] != 7 || F != 3 {
		t.Errorf("a level energy: %v, %v, %v, want the start", y, F, err)
	}
}

// TestInferFromStarts: the best of the local minima that the starts lead to,
// and no better.
func TestInferFromStarts(t *testing.T) {
	// (y² − 1)² + 0.3 y: minima near −1.04 and 0.96
	f := Linear{
		N:     2,
		Phi:   func(dst, x, y []float64) { dst[0], dst[1] = (y[0]*y[0]-1)*(y[0]*y[0]-1), y[0] },
		PullY: func(dst, w, x, y []float64) { dst[0] = 4*w[0]*y[0]*(y[0]*y[0]-1) + w[1] },
	}
	w := []float64{1, 0.3}
	find := func(starts ...[]float64) (float64, float64) {
		t.Helper()
		y, F, err := InferFrom(f, w, nil, starts)
		if err != nil {
			t.Fatal(err)
		}
		return y[0], F
	}
	right, high := find([]float64{2})
	left, low := find([]float64{-2})
	if !(right > 0.9 && right < 1 && left < -1 && low < high) {
		t.Errorf("from 2 the minimum %v at %v, from −2 %v at %v", high, right, low, left)
	}
	if y, F := find([]float64{2}, []float64{-2}, []float64{3}); y != left || F != low {
		t.Errorf("of all starts %v at %v, want %v at %v", F, y, low, left)
	}
	// the same well twice: the first of equals
	y, F, err := InferFrom(Wells{}, []float64{1}, nil, [][]float64{{-1}, {1}})
	if err != nil || y[0] != -1 || F != 0 {
		t.Errorf("double well: %v, %v, %v, want the first start", y, F, err)
	}
}

func TestInferFromNone(t *testing.T) {
	linear := Linear{
		N:     1,
		Phi:   func(dst, x, y []float64) { dst[0] = y[0] },
		PullY: func(dst, w, x, y []float64) { dst[0] = w[0] },
	}
	constant := func(F float64) Linear {
		return Linear{N: 1, Phi: func(dst, x, y []float64) { dst[0] = F }, PullY: func(dst, w, x, y []float64) { dst[0] = 0 }}
	}
	for _, c := range []struct {
		why    string
		f      Energy
		w      []float64
		starts [][]float64
	}{
		{"no lower bound", linear, []float64{1}, [][]float64{{0}, {5}}},
		{"no lower bound beyond a saddle", Quadratic{2}, []float64{0, 0, 0, -1, -1, 0}, [][]float64{{3, -3}}},
		{"NaN at the start", Wells{}, []float64{1}, [][]float64{{nan}}},
		{"infinite at the start", Wells{}, []float64{1}, [][]float64{{inf}}},
		{"an index has no gradient", Minimised{LatentTable{1, 1}, Counting(1)}, []float64{1}, [][]float64{{0}}},
		{"NaN with a gradient", constant(nan), []float64{1}, [][]float64{{0}}},
		{"+Inf with a gradient", constant(inf), []float64{1}, [][]float64{{0}}},
		{"−Inf with a gradient", constant(-inf), []float64{1}, [][]float64{{0}}},
		{"NaN parameter", Wells{}, []float64{nan}, [][]float64{{1}}},
	} {
		y, F, err := InferFrom(c.f, c.w, nil, c.starts)
		if !errors.Is(err, ErrNoMinimum) || y != nil || !math.IsNaN(F) {
			t.Errorf("%s: %v, %v, %v, want ErrNoMinimum", c.why, y, F, err)
		} else if !strings.Contains(err.Error(), "at y = ") {
			t.Errorf("%s: the error %q does not say where", c.why, err)
		}
	}
	// one good start is enough
	if y, _, err := InferFrom(Wells{}, []float64{1}, nil, [][]float64{{nan}, {1}}); err != nil || y[0] != 1 {
		t.Errorf("a bad start and a good one: %v, %v", y, err)
	}
	refuses(t, "without dimensions", func() { InferFrom(Wells{}, []float64{1}, nil, [][]float64{{1}, {}}) })
	refuses(t, "no starts", func() { InferFrom(Wells{}, []float64{1}, nil, nil) })
}
