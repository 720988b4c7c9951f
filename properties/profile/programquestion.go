package profile

import (
	"math"
	"math/rand/v2"
	"slices"

	"ebmcheck/properties/op"
)

// far is an energy by which one answer is as good as impossible beside those that are drawn.
const far = 32

func pair(r *op.Row) bool { return r.Pair }

// programQuestions are those that a program is asked, in the order of a profile.
var programQuestions = []programQuestion{
	{"non-negative", "ℓ ≥ 0", nil, func(r *op.Row, g *rand.Rand) relation { return sumOf(-1, drawn(r, g)) }},
	{"convex", "ℓ in the middle is at most the mean of both ends", nil, func(r *op.Row, g *rand.Rand) relation {
		c := drawn(r, g)
		d, middle := moved(c, func(int, float64) float64 { return quarters(g) }), c.Clone()
		for j := range middle.Energies {
			middle.Energies[j] = (c.Energies[j] + d.Energies[j]) / 2
		}
		return relation{sum: []summand{{c: 2, call: middle}, {c: -1, call: c}, {c: -1, call: d}}}
	}},
	{"tangents below", "ℓ lies above its tangent by the slopes answered", nil, func(r *op.Row, g *rand.Rand) relation {
		c := drawn(r, g)
		d := moved(c, func(int, float64) float64 { return quarters(g) })
		s := relation{sum: []summand{{c: 1, call: c}, {c: -1, call: d}}}
		for j := range c.Energies {
			s.sum = append(s.sum, summand{d.Energies[j] - c.Energies[j], c, j + 1})
		}
		return s
	}},
	{"shift-invariant", "ℓ(F + c) = ℓ(F)", nil, func(r *op.Row, g *rand.Rand) relation {
		c, by := drawn(r, g), quarters(g)
		return same(c, moved(c, func(_ int, x float64) float64 { return x + by }))
	}},
	{"homogeneous", "ℓ(2F) = 2ℓ(F), with β/2", nil, homogeneous(1, 0)},
	{"degree 1 with m, γ, M", "ℓ(2F) = 2ℓ(F), with β/2 and twice the other parameters", parametrised, homogeneous(1, 1)},
	{"degree 2 with m, γ, M", "ℓ(2F) = 4ℓ(F), with β/2 and twice the other parameters", parametrised, homogeneous(2, 1)},
	{"increasing in F_y", "ℓ does not fall as F_y rises", nil, monotone(1, func(c op.Call, j int) bool { return j == c.Answer })},
	{"decreasing in F̄", "ℓ does not grow as F̄ rises", pair, monotone(-1, func(_ op.Call, j int) bool { return j == 1 })},
	{"∂ℓ/∂F_y ≥ 0", "the slope answered is 0 or above", nil, func(r *op.Row, g *rand.Rand) relation {
		c := drawn(r, g)
		return relation{sum: []summand{{-1, c, c.Answer + 1}}}
	}},
	{"∂ℓ/∂F̄ ≤ 0", "the slope answered is 0 or below", pair, func(r *op.Row, g *rand.Rand) relation {
		return relation{sum: []summand{{1, drawn(r, g), 2}}}
	}},
	{"margin m", "ℓ(0, m) is less by 1/32 than ℓ where F̄ ≤ F + m − 1/4", marginal, func(r *op.Row, g *rand.Rand) relation {
		c := drawn(r, g)
		m := parameter(&c, "m")
		at := moved(c, func(j int, _ float64) float64 { return m * float64(j) })
		c.Energies[1] = min(c.Energies[1], c.Energies[0]+m-0.25)
		better := noMore(at, c)
		better.plus = 1. / 32 // as much as F² + (m − F̄)⁺² is there
		return better
	}},
	{"tells F_y from F̄", "ℓ where F_y = 0 and all others are 32 is at most ℓ where F̄ ≤ F_y", nil, func(r *op.Row, g *rand.Rand) relation {
		c := drawn(r, g)
		at := moved(c, func(j int, _ float64) float64 {
			if j == c.Answer {
				return 0
			}
			return far
		})
		lower := (c.Answer + 1) % len(c.Energies)
		c.Energies[lower] = min(c.Energies[lower], c.Energies[c.Answer])
		return noMore(at, c)
	}},
	{"permits collapse", "ℓ(0) is at most any", nil, func(r *op.Row, g *rand.Rand) relation {
		c := drawn(r, g)
		return noMore(moved(c, func(int, float64) float64 { return 0 }), c)
	}},
	{"collapse, F ≥ 0", "ℓ(0) is at most any of energies at least 0", nil, func(r *op.Row, g *rand.Rand) relation {
		c := drawn(r, g)
		return noMore(moved(c, func(int, float64) float64 { return 0 }), moved(c, func(_ int, x float64) float64 { return max(x, -x) }))
	}},
}

func sumOf(c float64, call op.Call) relation { return relation{sum: []summand{{c: c, call: call}}} }

// noMore is ℓ(a) ≤ ℓ(b), and same ℓ(a) = ℓ(b).
func noMore(a, b op.Call) relation {
	return relation{sum: []summand{{c: 1, call: a}, {c: -1, call: b}}}
}

func same(a, b op.Call) relation {
	r := noMore(a, b)
	r.exact = true
	return r
}

// homogeneous is ℓ(2F) = 2ᵈℓ(F), the parameters but β times 2ᵉ; β times ½.
func homogeneous(degree, parameters int) func(r *op.Row, g *rand.Rand) relation {
	return func(r *op.Row, g *rand.Rand) relation {
		c := drawn(r, g)
		d := moved(c, func(_ int, x float64) float64 { return 2 * x })
		for _, p := range r.Params {
			switch {
			case p.Scale:
				p.Set(&d, p.Of(c)/2)
			case parameters == 1:
				p.Set(&d, 2*p.Of(c))
			}
			if w, x := p.Within, p.Of(d); w != (op.Within{}) && !(w.Lo <= x && x <= w.Hi) {
				return relation{} // nothing is owed there
			}
		}
		return relation{sum: []summand{{c: 1, call: d}, {c: -float64(int(1) << degree), call: c}}, exact: true}
	}
}

// monotone is that the loss does not fall as the energies of some answers rise, or with sign −1 that it does not grow.
func monotone(sign float64, which func(c op.Call, j int) bool) func(r *op.Row, g *rand.Rand) relation {
	return func(r *op.Row, g *rand.Rand) relation {
		c, by := drawn(r, g), float64(1+g.IntN(16))/4
		up := moved(c, func(j int, x float64) float64 {
			if which(c, j) {
				return x + by
			}
			return x
		})
		return relation{sum: []summand{{c: sign, call: c}, {c: -sign, call: up}}}
	}
}

// drawn is a call of an op with energies and parameters that are small multiples of ¼; of n from 2 to 4 answers, where it has n.
func drawn(r *op.Row, g *rand.Rand) op.Call {
	c := op.Call{Op: r.Op}
	n := 2
	if !r.Pair {
		n += g.IntN(3)
	}
	for range n {
		c.Energies = append(c.Energies, quarters(g))
	}
	if r.Answer {
		c.Answer = g.IntN(n)
	}
	for _, p := range r.Params {
		xs := plainWithin(p)
		p.Set(&c, xs[g.IntN(len(xs))])
	}
	return c
}

// plainWithin are numbers for a parameter that are exact in every format: ½, 1 and 2, of those that its range has, or else what powers
// of two it has, and their opposites.
func plainWithin(p op.Param) (xs []float64) {
	w := p.Within
	for _, x := range []float64{0.5, 1, 2} {
		if w == (op.Within{}) || w.Lo <= x && x <= w.Hi {
			xs = append(xs, x)
		}
	}
	for k := -10; k <= 10 && len(xs) == 0; k++ {
		for _, x := range []float64{math.Ldexp(1, k), -math.Ldexp(1, k)} {
			if w.Lo <= x && x <= w.Hi {
				xs = append(xs, x)
			}
		}
	}
	return xs
}

// quarters draws a multiple of ½ from −4 to 4: the middle of two is one of ¼.
func quarters(g *rand.Rand) float64 { return float64(g.IntN(17)-8) / 2 }

// moved is c at other energies.
func moved(c op.Call, to func(j int, x float64) float64) op.Call {
	d := c.Clone()
	for j, x := range d.Energies {
		d.Energies[j] = to(j, x)
	}
	return d
}

// parametrised reports whether there are parameters besides β.
func parametrised(r *op.Row) bool {
	return slices.ContainsFunc(r.Params, func(p op.Param) bool { return !p.Scale })
}

// marginal reports whether it is of a pair with a margin m.
func marginal(r *op.Row) bool {
	return r.Pair && slices.ContainsFunc(r.Params, func(p op.Param) bool { return p.Name == "m" })
}

// parameter is that of a parameter of c.
func parameter(c *op.Call, name string) float64 {
	for _, p := range c.Op.Row().Params {
		if p.Name == name {
			return p.Of(*c)
		}
	}
	return 0
}
