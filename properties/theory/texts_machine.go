package theory

import (
	"fmt"
	"math"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// What is true of real numbers, said of those of a machine.
var textsMachine = []Claim{
	machine("X20", "softmax-positive-in-float32", "aprender softmax-kernel-v1, all outputs in (0, 1)",
		"The softmax of float32 numbers is strictly positive.",
		"p_i > 0", "0 ≤ p_i ≤ 1", "p_i < 1",
		"Proved over ℝ, and false of the machine: of (0, −104) the second is e^{−104} = 6.8·10⁻⁴⁶, for which float32 has nothing but 0, and the first is 1.",
		statement[logits]{
			cases: []logits{{X: []float64{0}}, {X: []float64{0, 0}}, {X: []float64{0, -100}}, {X: []float64{0, -104}}, {X: []float64{0, -90, -110}}},
			draw:  drawLogits(200),
			printed: func(c logits) finding {
				return that("the least p_i", slices.Min(c.softmax()) > 0, slices.Min(c.softmax()), "> 0")
			},
			corrected: func(c logits) finding {
				return shares(c.softmax())
			},
			faulty: func(c logits) finding {
				return that("the largest p_i", slices.Max(c.softmax()) < 1, slices.Max(c.softmax()), "< 1")
			},
			also: []func(logits) finding{func(c logits) finding { // what is below the normal numbers is 0
				least := slices.Min(c.softmax())
				return that("the least p_i", least == 0 || least >= 0x1p-126, least, "0, or ≥ 2⁻¹²⁶")
			}},
			reach: map[string]func(logits) bool{"far apart": func(c logits) bool { return slices.Max(c.X)-slices.Min(c.X) > 110 }},
		}),
	machine("X21", "softmax-sum-in-float32", "aprender softmax-v1, postconditions",
		"The softmax of any finite float32 numbers adds up to 1 in float32, to 10⁻⁶.",
		"|Σp − 1| < 10⁻⁶", "|Σp − 1| ≤ 2nu/(1 − 2nu) + n·2⁻¹⁴⁹ if 2nu < 1, u = 2⁻²⁴", "|Σp − 1| ≤ u, whatever n",
		"Each of the two sums, in the denominator and of the quotients, is off by up to (n − 1)u, and each quotient by u more: the error grows with n, and is past 10⁻⁶ for 78 equal numbers.",
		statement[logits]{
			cases: []logits{{X: []float64{0}}, {X: []float64{0, 1}}, {N: 77, Flat: true}, {N: 78, Flat: true}, {N: 1000}},
			draw: func(t *rapid.T) logits {
				return logits{N: rapid.SampledFrom([]int{2, 3, 5, 17, 63, 200, 600, 900}).Draw(t, "n"), K: rapid.IntRange(1, 99).Draw(t, "k")}
			},
			printed: func(c logits) finding { return less("|Σp − 1| against 10⁻⁶", c.off(), x(1e-6)) },
			corrected: func(c logits) finding {
				return atMost("|Σp − 1| against 2nu/(1 − 2nu) + n·2⁻¹⁴⁹", c.off(), c.mostOff())
			},
			faulty: func(c logits) finding { return atMost("|Σp − 1| against u", c.off(), x(0x1p-24)) },
			also: []func(logits) finding{
				func(c logits) finding { return atMost("Σp against 1", c.sum(), x(1)) },                               // no rounding ever adds
				func(c logits) finding { return atMost("1 against Σp", x(1), c.sum()) },                               // none takes away
				func(c logits) finding { return atMost("|Σp − 1| against a fifth", c.off(), c.mostOff().Scale(0.2)) }, // the bound is five times too large
			},
			reach: map[string]func(logits) bool{"n ≥ 100": func(c logits) bool { return c.N >= 100 }},
		}),
	machine("X22", "softmax-order-in-float32", "aprender softmax-kernel-v1, order preservation",
		"The softmax of float32 numbers keeps their order: x_i > x_j makes p_i > p_j.",
		"p_i > p_j if x_i > x_j", "p_i ≥ p_j if x_i > x_j", "p_i ≤ p_j if x_i > x_j",
		"Of (0, −10⁻⁹) both are ½: the order is kept weakly only. That it is kept at all takes an exponential that never falls where x rises, as one that is correctly rounded; not every library promises it in float32.",
		statement[logits]{
			cases: []logits{{X: []float64{0, -1}}, {X: []float64{0, -1e-9}}, {X: []float64{0, 1, 2}}, {X: []float64{0, -110, -120}}},
			draw: func(t *rapid.T) logits {
				c := drawLogits(20)(t)
				if rapid.Bool().Draw(t, "near") {
					c.X = append(c.X, float64(math.Nextafter32(float32(c.X[0]), -99)))
				}
				return c
			},
			printed:   func(c logits) finding { return c.ordered(">", func(p, q float64) bool { return p > q }) },
			corrected: func(c logits) finding { return c.ordered("≥", func(p, q float64) bool { return p >= q }) },
			faulty:    func(c logits) finding { return c.ordered("≤", func(p, q float64) bool { return p <= q }) },
			also: []func(logits) finding{func(c logits) finding { // the order is lost between neighbours alone, and not below the last number
				far := c
				far.X = nil
				for i, x := range c.X {
					if !slices.ContainsFunc(c.X[:i], func(y float64) bool { return math.Abs(x-y) < 1 }) {
						far.X = append(far.X, x)
					}
				}
				return far.ordered(">", func(p, q float64) bool { return p > q })
			}},
		}),
	machine("X23", "log-softmax-overflow", "d2l thread 1593, softmax regression from the logarithm",
		"Written as o_j − ln Σ e^{o_k}, the logarithm of the softmax does not overflow.",
		"ln Σ e^{o_k} < ∞", "|m + ln Σ e^{o_k − m}| < ∞, m = max o", "min for max",
		"The sum does: e^{1000} = ∞ in float64. The largest o has to be taken out of it first.",
		statement[logits]{
			cases: []logits{{X: []float64{0}}, {X: []float64{0, 1}}, {X: []float64{1000, 0}}, {X: []float64{-1000, -1000}}},
			draw:  drawLogits(2000),
			printed: func(c logits) finding {
				L := c.logSum(0)
				return that("ln Σ e^x in float64", L < math.Inf(1), L, "a number")
			},
			corrected: func(c logits) finding { return aNumber(c.logSum(slices.Max(c.X))) },
			faulty:    func(c logits) finding { return aNumber(c.logSum(slices.Min(c.X))) },
			also: []func(logits) finding{func(c logits) finding { // it does not underflow either
				return that("ln Σ e^x in float64", c.logSum(0) > math.Inf(-1), c.logSum(0), "a number")
			}},
			reach: map[string]func(logits) bool{"past e^709": func(c logits) bool { return slices.Max(c.X) > 710 }},
		}),
}

// machine is a refuted claim about floating point.
func machine(ref, id, where, says, printed, holds, fault, why string, s statement[logits]) Claim {
	s.show = logits.String
	c := misquoted(ref, id, where, says, why, result.IsRefuted, s)
	c.Printed, c.Formula, c.Fault = printed, holds, fault
	return c
}

// Logits are what a softmax is taken of: X, or N of them by a rule.
type logits struct {
	X    []float64
	N, K int
	Flat bool // all N are 0
}

func (c logits) String() string {
	switch {
	case c.N == 0:
		return "x=(" + list(c.X) + ")"
	case c.Flat:
		return fmt.Sprintf("n=%d, x_i = 0", c.N)
	}
	return fmt.Sprintf("n=%d, x_i = ((i² + %d·i) mod 17)/4", c.N, c.K)
}

func (c logits) all() []float64 {
	if c.N == 0 {
		return c.X
	}
	v := make([]float64, c.N)
	for i := range v {
		if c.Flat {
			break
		}
		v[i] = float64((i*i+c.K*i)%17) / 4
	}
	return v
}

// drawLogits draws two to six scores of up to ±most.
func drawLogits(most int) func(*rapid.T) logits {
	return func(t *rapid.T) logits {
		c := logits{X: make([]float64, drawLength(t, 2, "n"))}
		for i := range c.X {
			c.X[i] = float64(rapid.IntRange(-most, most).Draw(t, "x"))
		}
		return c
	}
}

// softmax is that in float32: the largest taken out, each exponential, the sum from left to right and each quotient rounded.
func (c logits) softmax() []float64 {
	v := c.all()
	top, sum := float32(slices.Max(v)), float32(0)
	e := make([]float32, len(v))
	for i, x := range v {
		e[i] = float32(math.Exp(float64(float32(x) - top)))
		sum += e[i]
	}
	p := make([]float64, len(v))
	for i := range p {
		p[i] = float64(e[i] / sum)
	}
	return p
}

// sum is Σp in float32, from left to right.
func (c logits) sum() exact.Interval {
	sum := float32(0)
	for _, p := range c.softmax() {
		sum += float32(p)
	}
	return x(float64(sum))
}

// off is |Σp − 1|.
func (c logits) off() exact.Interval { return c.sum().Sub(x(1)).Abs() }

// mostOff is 2nu/(1 − 2nu) + n·2⁻¹⁴⁹, u = 2⁻²⁴: of n − 1 roundings of each sum, n of quotients, and what quotients below the normal numbers lose.
func (c logits) mostOff() exact.Interval {
	n := x(float64(len(c.all())))
	nu2 := n.Scale(0x1p-23)
	return nu2.Div(x(1).Sub(nu2)).Add(n.Scale(0x1p-149))
}

// shares finds whether all p are from 0 to 1.
func shares(p []float64) finding {
	return that("the p_i", slices.Min(p) >= 0 && slices.Max(p) <= 1, list(p), "from 0 to 1")
}

// ordered finds whether what the scores say of two answers is said of their probabilities, where float32 tells the scores apart.
func (c logits) ordered(rel string, in func(p, q float64) bool) finding {
	v, p := c.all(), c.softmax()
	for i := range v {
		for j := range v {
			if float32(v[i]) > float32(v[j]) && !in(p[i], p[j]) {
				return that(fmt.Sprintf("p_i against p_j, i=%d, j=%d", i, j), false, p[i], fmt.Sprint(rel, " ", p[j]))
			}
		}
	}
	return that("p_i against p_j", true, p[0], p[0])
}

// logSum is shift + ln Σ e^{x − shift}, in float64.
func (c logits) logSum(shift float64) float64 {
	sum := 0.0
	for _, x := range c.all() {
		sum += math.Exp(x - shift)
	}
	return shift + math.Log(sum)
}

// aNumber finds whether what comes out for ln Σ e^x is a number.
func aNumber(L float64) finding {
	return that("ln Σ e^x in float64", math.Abs(L) < math.Inf(1), L, "a number")
}
