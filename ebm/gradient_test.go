package ebm

import (
	"flag"
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Every property here runs 1000 times from a fixed seed, unless the command
// line says otherwise.
func init() {
	flag.Set("rapid.checks", "1000")
	flag.Set("rapid.seed", "1")
}

// number draws a short decimal k/100, |k| ≤ 300, often a whole number or zero:
// numbers that tie and that read well.
func number() *rapid.Generator[float64] {
	return rapid.OneOf(
		rapid.Map(rapid.IntRange(-300, 300), func(k int) float64 { return float64(k) / 100 }),
		rapid.Map(rapid.IntRange(-2, 2), func(k int) float64 { return float64(k) }),
	)
}

func numbers(n int) *rapid.Generator[[]float64] { return rapid.SliceOfN(number(), n, n) }

// A family is an energy with its formula written a second time, in jets, and a
// bound on its third derivative.
type family struct {
	name    string
	f       Energy
	nx, ny  int
	answers [][]float64 // the discrete answers y is drawn from; nil if y is continuous
	inputs  [][]float64 // the same for x
	formula func(w, x, y []jet) jet
	// third bounds |∂³F/∂t³| for t the i-th coordinate of (w, y), within ¼ of
	// the point; nil where it is 0.
	third func(w, x, y []float64, i int) float64
	// piece names the smooth piece of F that the point lies on, −1 on the seam
	// of two: a central difference must stay on its piece. Nil if F is smooth.
	piece func(w, x, y []float64) int
}

func (m family) draw(t *rapid.T) (w, x, y []float64) {
	w = numbers(m.f.Params()).Draw(t, "w")
	x, y = numbers(m.nx).Draw(t, "x"), numbers(m.ny).Draw(t, "y")
	if m.inputs != nil {
		x = rapid.SampledFrom(m.inputs).Draw(t, "x")
	}
	if m.answers != nil {
		y = rapid.SampledFrom(m.answers).Draw(t, "y")
	}
	return w, x, y
}

// jet returns F and its derivative in coordinate i of (w, y).
func (m family) jet(w, x, y []float64, i int) jet {
	jw, jx, jy := constants(w), constants(x), constants(y)
	if i < len(w) {
		jw[i] = jw[i].along()
	} else {
		jy[i-len(w)] = jy[i-len(w)].along()
	}
	return m.formula(jw, jx, jy)
}

// gradient returns (∂F/∂W, ∂F/∂y), without the second part where y is discrete.
func (m family) gradient(w, x, y []float64) []float64 {
	g := m.f.GradW(nil, w, x, y)
	if m.answers == nil {
		g = append(g, m.f.GradY(nil, w, x, y)...)
	}
	return g
}

// on returns the piece that the point is on.
func (m family) on(w, x, y []float64) int {
	if m.piece == nil {
		return 0
	}
	return m.piece(w, x, y)
}

// spent is the largest share of an allowance that was used.
type spent float64

func (s *spent) near(t *rapid.T, what string, got, want, allowed float64) {
	t.Helper()
	off := math.Abs(got - want)
	if !(off <= allowed) {
		t.Fatalf("%s = %v, want %v ± %.3g (off by %.3g)", what, got, want, allowed, off)
	}
	if off > 0 {
		*s = max(*s, spent(off/allowed))
	}
}

// TestGradientsAgainstDuals holds values and gradients of every model to
// gonum's dual numbers.
func TestGradientsAgainstDuals(t *testing.T) {
	for _, m := range families() {
		t.Run(m.name, func(t *testing.T) {
			var worst spent
			rapid.Check(t, func(t *rapid.T) {
				w, x, y := m.draw(t)
				g := m.gradient(w, x, y)
				if m.on(w, x, y) < 0 {
					t.Skip("on a kink: see TestKinks")
				}
				for i, got := range g {
					j := m.jet(w, x, y, i)
					worst.near(t, "F", m.f.Eval(w, x, y), j.Real, j.allowance(j.V))
					worst.near(t, fmt.Sprintf("∂F/∂%d", i), got, j.Emag, j.allowance(j.D))
				}
			})
			t.Logf("largest share of the allowance spent: %.2g", float64(worst))
		})
	}
}

// TestGradientsAgainstDifferences holds the gradients to central differences of
// Eval,
//
//	(F(t+h) − F(t−h)) / 2h = F′(t) + (h²/6) F‴(τ),    |τ − t| ≤ h
//
// so the allowance is (h²/6) sup|F‴| + (errors of the two values)/2h; h is the
// power of two that makes it least. Coordinates are moved to multiples of 2⁻⁷
// first, so that t ± h is exact.
func TestGradientsAgainstDifferences(t *testing.T) {
	for _, m := range families() {
		t.Run(m.name, func(t *testing.T) {
			var worst spent
			compared := 0
			rapid.Check(t, func(t *rapid.T) {
				w, x, y := m.draw(t)
				snap(w)
				if m.answers == nil {
					snap(y)
				}
				for i, got := range m.gradient(w, x, y) {
					p := &w[0]
					if i < len(w) {
						p = &w[i]
					} else {
						p = &y[i-len(w)]
					}
					third := 0.0
					if m.third != nil {
						third = m.third(w, x, y, i)
					}
					j := m.jet(w, x, y, i)
					h := 0.25
					if third > 0 {
						h = math.Cbrt(3 * (j.allowance(j.V) + 0x1p-60) / third)
						h = min(0.25, math.Exp2(math.Round(math.Log2(h))))
					}
					at, here := *p, m.on(w, x, y)
					value := func(t float64) (f, err float64, ok bool) {
						*p = t
						defer func() { *p = at }()
						j := m.jet(w, x, y, i)
						return m.f.Eval(w, x, y), j.allowance(j.V), here >= 0 && m.on(w, x, y) == here
					}
					up, upErr, ok := value(at + h)
					down, downErr, ok2 := value(at - h)
					if !ok || !ok2 {
						continue
					}
					compared++
					allowed := h*h/6*third + (upErr+downErr)/(2*h) + j.allowance(j.D)
					worst.near(t, fmt.Sprintf("∂F/∂%d", i), got, (up-down)/(2*h), allowed)
				}
			})
			t.Logf("largest share of the allowance spent: %.2g, in %d derivatives", float64(worst), compared)
			if compared < 1000 && !testing.Short() {
				t.Errorf("only %d derivatives were compared", compared)
			}
		})
	}
}

func snap(v []float64) {
	for i := range v {
		v[i] = math.Round(v[i]*128) / 128
	}
}
