package ebm

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// TestConventions: every model overwrites dst, whatever it held, returns it,
// allocates for nil, leaves its arguments alone, and panics if w, x, y or dst
// has the wrong length. Indices have no derivative.
func TestConventions(t *testing.T) {
	for _, m := range families() {
		t.Run(m.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				w, x, y := m.draw(t)
				w0, x0, y0 := fmt.Sprint(w), fmt.Sprint(x), fmt.Sprint(y)
				F := m.f.Eval(w, x, y)
				gw, gy := m.f.GradW(nil, w, x, y), m.f.GradY(nil, w, x, y)
				full := func(n int) []float64 { return undefined(nil, n) }
				dw, dy := full(len(w)), full(len(y))
				if got := m.f.GradW(dw, w, x, y); &got[0] != &dw[0] || !cmp.Equal(gw, dw) {
					t.Fatalf("GradW into dst = %v, into nil %v", dw, gw)
				}
				if got := m.f.GradY(dy, w, x, y); &got[0] != &dy[0] || !cmp.Equal(gy, dy) && m.answers == nil {
					t.Fatalf("GradY into dst = %v, into nil %v", dy, gy)
				}
				if m.answers != nil && !math.IsNaN(gy[0]) {
					t.Fatalf("GradY by an index = %v, want NaN", gy)
				}
				if again := m.f.Eval(w, x, y); again != F || fmt.Sprint(w) != w0 || fmt.Sprint(x) != x0 || fmt.Sprint(y) != y0 {
					t.Fatalf("arguments changed: %v %v %v, want %v %v %v", w, x, y, w0, x0, y0)
				}
			})
			w, x, y := make([]float64, m.f.Params()), make([]float64, m.nx), make([]float64, m.ny)
			if m.inputs != nil {
				x = m.inputs[0]
			}
			if m.answers != nil {
				y = m.answers[0]
			}
			refuses(t, "wrong length", func() { m.f.GradW(make([]float64, len(w)+1), w, x, y) })
			refuses(t, "wrong length", func() { m.f.GradY(make([]float64, len(y)+1), w, x, y) })
			more := append(w, 0)
			refuses(t, "number of parameters", func() { m.f.Eval(more, x, y) })
			refuses(t, "number of parameters", func() { m.f.GradW(nil, more, x, y) })
			refuses(t, "number of parameters", func() { m.f.GradY(nil, more, x, y) })
			if !slices.Contains([]string{"Linear", "Quadratic", "Wells", "Soft/Ellipse", "Minimised/Ellipse", "Soft/LatentTable", "Minimised/LatentTable"}, m.name) {
				more := append(slices.Clone(x), 0)
				refuses(t, "wrong length", func() { m.f.Eval(w, more, y) })
				refuses(t, "wrong length", func() { m.f.GradW(nil, w, more, y) })
				refuses(t, "wrong length", func() { m.f.GradY(nil, w, more, y) })
			}
			if m.name != "Linear" && m.name != "Wells" {
				more := append(slices.Clone(y), 0)
				refuses(t, "wrong length", func() { m.f.Eval(w, x, more) })
				refuses(t, "wrong length", func() { m.f.GradW(nil, w, x, more) })
				refuses(t, "wrong length", func() { m.f.GradY(nil, w, x, more) })
			}
		})
	}
}

func TestWrongShapes(t *testing.T) {
	one, two := []float64{1}, []float64{1, 2}
	four := []float64{1, 2, 3, 4}
	refuses(t, "x has the wrong length", func() { Bilinear{2, 2}.Eval(four, one, two) })
	refuses(t, "y has the wrong length", func() { Bilinear{2, 2}.Eval(four, two, one) })
	refuses(t, "x has the wrong length", func() { Regression{2, 2}.Eval(four, one, two) })
	refuses(t, "y has the wrong length", func() { Quadratic{1}.Eval(two, nil, two) })
	refuses(t, "x has the wrong length", func() { JointEmbedding{1, 1}.GradY(nil, two, two, one) })
	refuses(t, "y has the wrong length", func() { TwoLayer{1, 1, 1}.Eval(four, one, two) })
	refuses(t, "x has the wrong length", func() { Bilinear{0, 2}.Eval(nil, one, two) })
	refuses(t, "y has the wrong length", func() { Bilinear{2, 0}.Eval(nil, two, one) })
	refuses(t, "wrong length", func() { Ellipse{}.Eval(two, nil, two, two) })
	refuses(t, "not an index", func() { parts.Eval(make([]float64, 4), one, one, []float64{0, 0}) })
	for _, bad := range [][]float64{{-1}, {2}, {0.5}, {nan}, {inf}} {
		refuses(t, "not an index", func() { Table{1, 2}.Eval(two, []float64{0}, bad) })
		refuses(t, "not an index", func() { Table{2, 1}.GradW(nil, two, bad, []float64{0}) })
		refuses(t, "not an index", func() { RBF{1, [][]float64{{0}, {1}}}.Eval(one, one, bad) })
		refuses(t, "not an index", func() { RBF{1, [][]float64{{0}, {1}}}.GradY(nil, one, one, bad) })
		refuses(t, "not an index", func() { LearnedRBF{1, 1, 2}.GradY(nil, []float64{1, 2, 3}, one, bad) })
	}
	if one := Answers(1); len(one) != 1 || one[0][0] != 0 {
		t.Errorf("one answer: %v", one)
	}
	refuses(t, "not an index", func() { Soft{Mixture{Quadratic{1}}, Counting(2), 1}.Eval([]float64{0, 1}, nil, one) })
	refuses(t, "no answers", func() { Answers(0) })
	refuses(t, "differ in length", func() { Pull(nil, one, Table{1, 2}, two, []float64{0}, Answers(2)) })
	refuses(t, "wrong length", func() { Pull(one, two, Table{1, 2}, two, []float64{0}, Answers(2)) })
	refuses(t, "wrong length", func() { Energies(one, Table{1, 2}, two, []float64{0}, Answers(2)) })
}

// TestPull: Σᵢ gᵢ ∂Fᵢ/∂W is the derivative of Σᵢ gᵢ Fᵢ, in jets.
func TestPull(t *testing.T) {
	for _, m := range families() {
		t.Run(m.name, func(t *testing.T) {
			var worst spent
			rapid.Check(t, func(t *rapid.T) {
				w, x, _ := m.draw(t)
				ys := m.answers
				if ys == nil {
					ys = rapid.SliceOfN(numbers(m.ny), 1, 4).Draw(t, "ys")
				}
				g := numbers(len(ys)).Draw(t, "g")
				for _, y := range ys {
					if m.on(w, x, y) < 0 {
						t.Skip("on a kink")
					}
				}
				got := Pull(undefined(nil, len(w)), g, m.f, w, x, ys)
				F := Energies(nil, m.f, w, x, ys)
				for k := range w {
					s := constant(0)
					for i, y := range ys {
						if F[i] != m.f.Eval(w, x, y) {
							t.Fatalf("Energies[%d] = %v, Eval = %v", i, F[i], m.f.Eval(w, x, y))
						}
						s = s.add(m.jet(w, x, y, k).times(g[i]))
					}
					worst.near(t, fmt.Sprintf("Σ g ∂F/∂W_%d", k), got[k], s.Emag, s.allowance(s.D))
				}
			})
		})
	}
}

// TestPullSkipsZero: an impossible answer, with probability 0 and no gradient
// to speak of, does no harm.
func TestPullSkipsZero(t *testing.T) {
	f := Linear{N: 1, Phi: func(dst, x, y []float64) { dst[0] = 1 / y[0] }}
	ys := [][]float64{{0}, {2}}
	if got := Pull(nil, []float64{0, 3}, f, []float64{1}, nil, ys); got[0] != 1.5 {
		t.Errorf("Pull = %v, want 1.5", got)
	}
	if got := Pull(nil, []float64{1, 3}, f, []float64{1}, nil, ys); !math.IsInf(got[0], 1) {
		t.Errorf("Pull = %v, want +Inf", got)
	}
}

// TestKinks: at a kink the gradient is the element of the subdifferential that
// the documentation names.
func TestKinks(t *testing.T) {
	f := JointEmbedding{1, 1}
	w, x, y := []float64{2, 1}, []float64{1}, []float64{2}
	if got := f.GradW(nil, w, x, y); got[0] != 0 || got[1] != 0 {
		t.Errorf("JointEmbedding at its kink: ∂F/∂W = %v, want 0", got)
	}
	if got := f.GradY(nil, w, x, y); got[0] != 0 {
		t.Errorf("JointEmbedding at its kink: ∂F/∂y = %v, want 0", got)
	}
	if got := f.GradW(nil, w, x, []float64{nan}); !math.IsNaN(got[0]) {
		t.Errorf("JointEmbedding at NaN: ∂F/∂W = %v, want NaN", got)
	}
	tie := Minimised{LatentTable{1, 3}, Counting(3)}
	if got := tie.GradW(nil, []float64{2, 1, 1}, nil, []float64{0}); !cmp.Equal(got, []float64{0, 1, 0}) {
		t.Errorf("Minimised at a tie: ∂F/∂W = %v, want that of the first minimiser", got)
	}
}

// TestQuadraticLogZ: against the integral by the trapezoidal rule in one
// dimension, and against the determinant by LU in more.
//
// For a Gaussian of deviation s the trapezoidal rule with spacing s/2 errs
// relatively by 2e^{−8π²} < 10⁻³³, and cutting off at 40 s by e^{−800}; its 161
// terms are summed within 161u, each with an exponent below 800 that errs by
// 4u·800 where the term is e^{−800}: relative to the sum max t e^{−t} < 1,
// below 8u.
func TestQuadraticLogZ(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		beta := rapid.SampledFrom([]float64{0.01, 0.5, 1, 30}).Draw(t, "beta")
		a := float64(rapid.IntRange(1, 900).Draw(t, "100a")) / 100
		mu := number().Draw(t, "μ")
		s := 1 / math.Sqrt(beta*a)
		var sum float64
		for k := -80; k <= 80; k++ {
			r := float64(k) * s / 2
			sum += math.Exp(-beta * (Quadratic{1}).Eval([]float64{0, a}, nil, []float64{r})) // about 0, so that r is exact
		}
		got, want := (Quadratic{1}).LogZ([]float64{mu, a}, beta), math.Log(sum*s/2)
		if !(math.Abs(got-want) <= 200*unit+4*unit*math.Abs(want)) {
			t.Fatalf("ln Z = %v, the integral %v", got, want)
		}
	})
	// |A| by LU, with rows as they are: A need not be symmetric, S is used.
	// 3·d³u·κ bounds both factorisations for these small well-conditioned A.
	for _, c := range []struct {
		d int
		a []float64
	}{
		{1, []float64{4}},
		{2, []float64{2, 0.5, 0.5, 1}},
		{2, []float64{2, 1, 0, 1}},
		{3, []float64{3, 1, 0, 0, 2, -1, 0.5, 0, 4}},
	} {
		sym := mat.NewDense(c.d, c.d, nil)
		A := mat.NewDense(c.d, c.d, c.a)
		sym.Add(A, A.T())
		sym.Scale(0.5, sym)
		logdet, signum := mat.LogDet(sym)
		for _, beta := range []float64{0.1, 1, 7} {
			w := append(make([]float64, c.d), c.a...)
			got, want := Quadratic{c.d}.LogZ(w, beta), float64(c.d)/2*math.Log(2*math.Pi/beta)-logdet/2
			if !(math.Abs(got-want) <= 1e-13) || signum != 1 {
				t.Errorf("A = %v, β = %v: ln Z = %v, want %v", c.a, beta, got, want)
			}
		}
	}
	for _, a := range [][]float64{{1, 2, 2, 1}, {1, 0, 0, 0}, {-1, 0, 0, 1}, {0, 0, 0, 0, 1, 0, 0, 0, 1}} {
		q := Quadratic{int(math.Sqrt(float64(len(a))))}
		if got := q.LogZ(append(make([]float64, q.D), a...), 1); !math.IsInf(got, 1) {
			t.Errorf("A = %v is not positive definite: ln Z = %v, want +Inf", a, got)
		}
	}
	refuses(t, "number of parameters", func() { Quadratic{2}.LogZ([]float64{1}, 1) })
	for _, beta := range []float64{0, -1, inf, nan} {
		refuses(t, "beta", func() { Quadratic{1}.LogZ([]float64{0, 1}, beta) })
	}
}

// TestRBFCentres: with fixed centres √F(x, i) + √F(x, j) ≥ ‖uᵢ − uⱼ‖, the
// triangle inequality (four roundings a root). For the squares the printed
// bound F + F̄ ≥ ‖uᵢ − uⱼ‖² is false: half of that is right, and attained
// midway.
func TestRBFCentres(t *testing.T) {
	if n := (RBF{2, [][]float64{{0, 0, 0}}}).Params(); n != 6 {
		t.Errorf("one centre of length 3 and 2 inputs: %d parameters", n)
	}
	centres := [][]float64{{0}, {1}}
	f := RBF{1, centres}
	rapid.Check(t, func(t *rapid.T) {
		w, x := numbers(1).Draw(t, "w"), numbers(1).Draw(t, "x")
		F := Energies(nil, f, w, x, Answers(2))
		if roots := math.Sqrt(F[0]) + math.Sqrt(F[1]); !(roots >= 1-8*unit*(1+roots)) {
			t.Fatalf("F = %v: roots add up to %v", F, roots)
		}
		if !(F[0]+F[1] >= 0.5-8*unit*(1+F[0]+F[1])) {
			t.Fatalf("F = %v adds up to less than ½", F)
		}
	})
	if F := Energies(nil, f, []float64{0.5}, []float64{1}, Answers(2)); F[0]+F[1] != 0.5 {
		t.Errorf("midway F = %v", F)
	}
}
