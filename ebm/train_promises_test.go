package ebm

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"ebmcheck/ebm/promise"
)

// A descender is Descend, or what is planted for it.
type descender func(w []float64, step float64, steps int, grad func(dst, w []float64) []float64, observe func(t int, w []float64)) []float64

// stepByStep has gradients A w − b of any size, in dst or in a slice of their own, and steps of
// any size and either sign. Each step is held to the one before in rational numbers: of w −
// step·g a product and a sum round, by 2⁻⁵³ of each and 2⁻¹⁰⁷⁴. The gradient is asked for at
// each w once, w is moved in place, and seen before the first step and after each.
func stepByStep(of descender) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		n, steps := 1+r.IntN(4), r.IntN(6)
		size := magnitude(r, -200, 100)
		step := magnitude(r, -6, 1) * float64(1-2*r.IntN(2))
		if r.IntN(10) == 0 {
			step = 0
		}
		own := r.IntN(2) == 0
		A, b, w := make([]float64, n*n), make([]float64, n), make([]float64, n)
		for i := range w {
			w[i], b[i] = size*r.NormFloat64(), size*r.NormFloat64()
			for j := range w {
				A[i*n+j] = r.NormFloat64()
			}
		}
		var asked, gradients, seen [][]float64
		grad := func(dst, w []float64) []float64 {
			if own || len(dst) != n {
				dst = make([]float64, n)
			}
			for i := range dst {
				dst[i] = -b[i]
				for j, v := range w {
					dst[i] += A[i*n+j] * v
				}
			}
			asked, gradients = append(asked, slices.Clone(w)), append(gradients, slices.Clone(dst))
			return dst
		}
		var times []int
		start := slices.Clone(w)
		got := of(w, step, steps, grad, func(t int, w []float64) {
			times, seen = append(times, t), append(seen, slices.Clone(w))
		})
		wrong := func(what string, v ...any) string {
			return fmt.Sprintf("%d steps of %v from %v: %s %v", steps, step, start, what, v)
		}
		if len(got) != n || &got[0] != &w[0] || len(seen) != steps+1 || len(asked) != steps {
			return wrong("returned, seen, asked", got, seen, asked)
		}
		if !slices.Equal(seen[0], start) || !slices.Equal(seen[steps], w) {
			return wrong("seen", seen)
		}
		for t := range steps {
			if times[t] != t || times[t+1] != t+1 || !slices.Equal(asked[t], seen[t]) {
				return wrong("at time", t, times, asked[t], seen[t])
			}
			for k, after := range seen[t+1] {
				exact := func(x float64) *big.Rat { return new(big.Rat).SetFloat64(x) }
				move := exact(step)
				move.Mul(move, exact(gradients[t][k]))
				want := exact(seen[t][k])
				want.Sub(want, move)
				off, _ := new(big.Rat).Sub(exact(after), want).Float64()
				m, _ := move.Float64()
				to, _ := want.Float64()
				if !(math.Abs(off) <= 0x1p-53*1.001*(math.Abs(m)+math.Abs(to))+0x1p-1074) {
					return wrong("step", t, "from", seen[t][k], "by", m, "to", after, "want", to)
				}
			}
		}
		if w := of(slices.Clone(start), step, steps, grad, nil); !slices.Equal(w, seen[steps]) {
			return wrong("not observed it ends at", w)
		}
		return ""
	}
}

func TestDescendPromises(t *testing.T) {
	promise.Try(t, "step by step", 200, stepByStep(Descend))
	// descent with the step of a rule: by gives what is taken away, at time t, where g was before.
	with := func(by func(t int, g, before float64) float64, first int) descender {
		return func(w []float64, step float64, steps int, grad func(dst, w []float64) []float64, observe func(t int, w []float64)) []float64 {
			if observe == nil {
				observe = func(int, []float64) {}
			}
			if first == 0 {
				observe(0, w)
			}
			before := make([]float64, len(w))
			for t := range steps {
				g := grad(make([]float64, len(w)), w)
				for k := range w {
					w[k] -= step * by(t, g[k], before[k])
				}
				before = slices.Clone(g)
				observe(t+1, w)
			}
			return w
		}
	}
	right := func(_ int, g, _ float64) float64 { return g }
	if why := stepByStep(with(right, 0))(rand.New(rand.NewPCG(1, 1))); why != "" {
		t.Errorf("a right descent: %s", why)
	}
	for fault, of := range map[string]descender{
		"it ascends":            with(func(_ int, g, _ float64) float64 { return -g }, 0),
		"it has momentum":       with(func(_ int, g, before float64) float64 { return g + 0.9*before }, 0),
		"steps that shrink":     with(func(t int, g, _ float64) float64 { return g / float64(t+1) }, 0),
		"a gradient of size 1":  with(func(_ int, g, _ float64) float64 { return math.Copysign(min(1, math.Abs(g)), g) }, 0),
		"a product in float32":  with(func(_ int, g, _ float64) float64 { return float64(float32(g)) }, 0),
		"the start is not seen": with(right, 1),
		"a step less": func(w []float64, step float64, steps int, grad func(dst, w []float64) []float64, observe func(t int, w []float64)) []float64 {
			return Descend(w, step, max(0, steps-1), grad, observe)
		},
		"the caller's w is left as it was": func(w []float64, step float64, steps int, grad func(dst, w []float64) []float64, observe func(t int, w []float64)) []float64 {
			return Descend(slices.Clone(w), step, steps, grad, observe)
		},
		"a gradient in its own slice is lost": func(w []float64, step float64, steps int, grad func(dst, w []float64) []float64, observe func(t int, w []float64)) []float64 {
			dst := make([]float64, len(w))
			return Descend(w, step, steps, func(_, w []float64) []float64 { grad(dst, w); return dst }, observe)
		},
		"one coordinate after the other": func(w []float64, step float64, steps int, grad func(dst, w []float64) []float64, observe func(t int, w []float64)) []float64 {
			return Descend(w, step, steps, func(dst, w []float64) []float64 {
				at := slices.Clone(w)
				g := slices.Clone(grad(dst, at))
				for k := 1; k < len(w); k++ {
					at[k-1] -= step * g[k-1]
					g[k] = grad(dst, at)[k]
				}
				return g
			}, observe)
		},
	} {
		promise.Refute(t, fault, 200, stepByStep(of))
	}
}

// A lister is Energies and Pull, or what is planted for them.
type lister func(dst []float64, f Energy, w, x []float64, ys [][]float64) []float64

// listed has every model and a list of its answers, some of them twice: of each the energy by
// its formula, written a second time in jets, to their count of roundings, whatever dst held.
func listed(of lister) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		all := families()
		m := all[r.IntN(len(all))]
		w, x, ys := m.some(r)
		var dst []float64
		if r.IntN(2) == 0 {
			dst = undefined(nil, len(ys))
		}
		got := of(dst, m.f, w, x, ys)
		if len(got) != len(ys) || dst != nil && len(ys) > 0 && &got[0] != &dst[0] {
			return fmt.Sprintf("%s, %d answers: %v into %v", m.name, len(ys), got, dst)
		}
		for i, y := range ys {
			j := m.formula(constants(w), constants(x), constants(y))
			if !(math.Abs(got[i]-j.Real) <= j.allowance(j.V)) {
				return fmt.Sprintf("%s w=%v x=%v y=%v: F = %v, want %v ± %.2g", m.name, w, x, y, got[i], j.Real, j.allowance(j.V))
			}
		}
		return ""
	}
}

// some draws parameters, an input and up to 5 answers of the model.
func (m family) some(r *rand.Rand) (w, x []float64, ys [][]float64) {
	draw := func(n int) []float64 {
		v := make([]float64, n)
		for i := range v {
			v[i] = float64(r.IntN(601)-300) / 100
		}
		return v
	}
	w, x = draw(m.f.Params()), draw(m.nx)
	if m.inputs != nil {
		x = m.inputs[r.IntN(len(m.inputs))]
	}
	for range r.IntN(6) {
		y := draw(m.ny)
		if m.answers != nil {
			y = m.answers[r.IntN(len(m.answers))]
		}
		ys = append(ys, y)
	}
	if len(ys) > 1 && r.IntN(3) == 0 {
		ys[0] = ys[len(ys)-1]
	}
	return w, x, ys
}

// A puller is Pull, or what is planted for it.
type puller func(dst, g []float64, f Energy, w, x []float64, ys [][]float64) []float64

// pulled holds Σᵢ gᵢ ∂Fᵢ/∂W to the derivative of Σᵢ gᵢ Fᵢ, in jets; some gᵢ are 0, and dst may be g.
func pulled(of puller) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		all := families()
		m := all[r.IntN(len(all))]
		w, x, ys := m.some(r)
		g := make([]float64, len(ys))
		for i, y := range ys {
			if m.on(w, x, y) < 0 {
				return "" // on a kink
			}
			g[i] = float64(r.IntN(3)) * r.NormFloat64()
		}
		dst := undefined(nil, len(w))
		given := slices.Clone(g)
		if len(g) == len(w) {
			dst = given
		}
		got := of(dst, given, m.f, w, x, ys)
		if len(got) != len(w) || &got[0] != &dst[0] || len(g) != len(w) && !slices.Equal(g, given) {
			return fmt.Sprintf("%s: pulled %v to %v in %v", m.name, g, got, dst)
		}
		for k := range w {
			s := constant(0)
			for i, y := range ys {
				s = s.add(m.jet(w, x, y, k).times(g[i]))
			}
			if !(math.Abs(got[k]-s.Emag) <= s.allowance(s.D)) {
				return fmt.Sprintf("%s w=%v x=%v ys=%v g=%v: Σ g ∂F/∂W_%d = %v, want %v ± %.2g", m.name, w, x, ys, g, k, got[k], s.Emag, s.allowance(s.D))
			}
		}
		return ""
	}
}

func TestEnergiesPromises(t *testing.T) {
	promise.Try(t, "a list of answers", 200, listed(Energies))
	for fault, of := range map[string]lister{
		"the first answer for all": func(dst []float64, f Energy, w, x []float64, ys [][]float64) []float64 {
			dst = Energies(dst, f, w, x, ys)
			for i := range dst {
				dst[i] = dst[0]
			}
			return dst
		},
		"it adds to what dst held": func(dst []float64, f Energy, w, x []float64, ys [][]float64) []float64 {
			dst = room(dst, len(ys))
			for i, y := range ys {
				dst[i] += f.Eval(w, x, y)
			}
			return dst
		},
		"a slice of its own": func(dst []float64, f Energy, w, x []float64, ys [][]float64) []float64 {
			return Energies(nil, f, w, x, ys)
		},
		"an answer that comes again is left out": func(dst []float64, f Energy, w, x []float64, ys [][]float64) []float64 {
			dst = Energies(dst, f, w, x, ys)
			if n := len(ys); n > 1 && slices.Equal(ys[0], ys[n-1]) {
				return dst[:n-1]
			}
			return dst
		},
		"the other sign": func(dst []float64, f Energy, w, x []float64, ys [][]float64) []float64 {
			dst = Energies(dst, f, w, x, ys)
			for i := range dst {
				dst[i] = -dst[i]
			}
			return dst
		},
		"energies in float32": func(dst []float64, f Energy, w, x []float64, ys [][]float64) []float64 {
			dst = Energies(dst, f, w, x, ys)
			for i := range dst {
				dst[i] = float64(float32(dst[i]))
			}
			return dst
		},
	} {
		promise.Refute(t, fault, 200, listed(of))
	}
	promise.Try(t, "gradients pulled back", 200, pulled(Pull))
	for fault, of := range map[string]puller{
		"it adds to what dst held": func(dst, g []float64, f Energy, w, x []float64, ys [][]float64) []float64 {
			held := slices.Clone(dst)
			Pull(dst, g, f, w, x, ys)
			for k := range dst {
				dst[k] += held[k]
			}
			return dst
		},
		"the last answer is left out": func(dst, g []float64, f Energy, w, x []float64, ys [][]float64) []float64 {
			g = slices.Clone(g)
			if n := len(g); n > 0 {
				g[n-1] = 0
			}
			return Pull(dst, g, f, w, x, ys)
		},
		"g is cleared with dst": func(dst, g []float64, f Energy, w, x []float64, ys [][]float64) []float64 {
			if len(g) == len(dst) && len(g) > 0 && &g[0] == &dst[0] {
				clear(dst)
			}
			return Pull(dst, g, f, w, x, ys)
		},
		"the sizes of g": func(dst, g []float64, f Energy, w, x []float64, ys [][]float64) []float64 {
			g = slices.Clone(g)
			for i := range g {
				g[i] = math.Abs(g[i])
			}
			return Pull(dst, g, f, w, x, ys)
		},
	} {
		promise.Refute(t, fault, 200, pulled(of))
	}
}
