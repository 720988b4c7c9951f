package theory

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// SOURCE 1.2(d): what the loss pushes, and how far.
var likelihoodPushes = []Claim{
	{
		Claim: result.Claim{
			ID: "push.down", Refs: []string{"C49", "I42", "M9"}, Where: "SOURCE 1.2(d), sentence 1",
			Says:    "The loss pushes down the energy of the correct answer.",
			Printed: "NLL pushes down on the energy of the correct answer",
			Formula: "∂ℓ/∂F_y = 1 − p_y = Σ_{j≠y} p_j > 0 for n ≥ 2 (0 for n = 1)",
			Fault:   "p_y for 1 − p_y",
			Why:     "Descent lowers an energy whose derivative is positive; this one is, until no other answer has any probability.",
			Verdict: result.Holds,
		},
		Statement: overTables(
			func(c table) finding {
				rest := odds(c)
				rest = rest.Div(x(1).Add(rest)) // Σ_{j≠y} p_j, with all its digits
				f := equal("∂ℓ/∂F_y and Σ_{j≠y} p_j", push(c)[c.Y], rest)
				if len(c.F) == 1 {
					return f
				}
				return all(f, less("0 and ∂ℓ/∂F_y", x(0), rest))
			},
			func(c table) finding {
				return equal("∂ℓ/∂F_y and p_y", push(c)[c.Y], exact.GibbsOf(x(c.Beta), c.energies())[c.Y])
			}),
	},
	{
		Claim: result.Claim{
			ID: "push.up", Refs: []string{"C50", "I15", "I42"}, Where: "SOURCE 1.2(d), sentence 1",
			Says:    "The second term pushes up the energies of all answers, each in proportion to its probability.",
			Printed: "while pushing up on the energies of all answers in proportion to their probabilities",
			Formula: "∂[(1/β) ln Z]/∂F_j = −p_j for every j, the correct one included: net ∂ℓ/∂F_j = δ_jy − p_j",
			Fault:   "all pushed alike, by 1/n",
			Why:     "The derivative of the free energy is the Gibbs distribution. The correct answer is pushed up too, but down by 1.",
			Verdict: result.Holds,
		},
		Statement: overTables(
			func(c table) finding { return pushesUp(c, exact.GibbsOf(x(c.Beta), c.energies())) },
			func(c table) finding {
				uniform := make([]exact.Interval, len(c.F))
				for j := range uniform {
					uniform[j] = exact.Ratio(1, int64(len(c.F)), bits)
				}
				return pushesUp(c, uniform)
			}),
	},
	{
		Claim: result.Claim{
			ID: "push.small-loss", Refs: []string{"C51", "I51"}, Where: "SOURCE 1.2(d), sentence 2",
			Says:    "Where the loss is small, the energy of the correct answer is arbitrarily low: below 0, to begin with, once ℓ ≤ ε.",
			Printed: "For compatible pair (x, y) with small loss −log p(y|x), this means F_W(x, y) is getting arbitrarily small.",
			Formula: "ℓ ≤ ε ⇒ F_ȳ − F_y ≥ −(1/β) ln(e^{βε} − 1) for every incorrect ȳ, and nothing about F_y alone",
			Fault:   "the printed form itself",
			Why:     "The loss sees differences of energies only. Adding a constant to all leaves it as it is and puts F_y anywhere, whatever ε.",
			Verdict: result.IsRefuted,
		},
		Statement: statement[bounded]{
			cases: smallLosses(), draw: drawSmallLoss, show: bounded.String,
			reach: map[string]func(bounded) bool{
				"ℓ ≤ ε, F_y > 0": func(c bounded) bool { return c.small && c.F[c.Y] > 0 },
				"ℓ ≤ ε, F_y < 0": func(c bounded) bool { return c.small && c.F[c.Y] < 0 },
				"ℓ ≤ ε, n ≥ 3":   func(c bounded) bool { return c.small && len(c.F) >= 3 },
				"ε ≤ 10⁻²⁰":      func(c bounded) bool { return c.small && c.Eps <= 1e-20 },
			},
			printed: func(c bounded) finding {
				if !c.small {
					return nothing("ℓ > ε")
				}
				return less("ℓ ≤ ε, so F_y and 0", x(c.F[c.Y]), x(0))
			},
			corrected: func(c bounded) finding {
				if !c.small {
					return nothing("ℓ > ε")
				}
				least := x(c.Beta).Mul(x(c.Eps)).Expm1().Log().Div(x(c.Beta)).Neg()
				raised := c.energies()
				for j, F := range raised {
					raised[j] = F.Add(x(1000))
				}
				fs := []finding{equal("ℓ and ℓ with 1000 added to all energies",
					exact.NLLOf(x(c.Beta), c.energies(), c.Y), exact.NLLOf(x(c.Beta), raised, c.Y))}
				for j, F := range c.F {
					if j != c.Y {
						fs = append(fs, atMost("−(1/β) ln(e^{βε} − 1) and F_ȳ − F_y", least, x(F).Sub(x(c.F[c.Y]))))
					}
				}
				return all(fs...)
			},
		},
	},
	{
		Claim: result.Claim{
			ID: "push.without-bound", Refs: []string{"C52", "I53", "I54", "M8"}, Where: "SOURCE 1.2(d), sentence 3",
			Says:      "The energy of an incorrect answer can get arbitrarily large: training passes every bound B.",
			Printed:   "Similarly, for incompatible pair (x, y), F_W(x, y) can get arbitrarily large.",
			Formula:   "descent on a table conserves ΣF, and u = β(F_ȳ − F_y) obeys e^u + (n−1)u ≥ e^{u₀} + (n−1)u₀ + nβηt after t steps: F_ȳ grows like (ln t)/(nβ), F_y falls (n−1) times as fast",
			Condition: "each energy moves by itself and has no upper bound (a table; not F = tanh W, nor a shape like (y − wx)² that moves as a whole)",
			Fault:     "+Σp∂F for −Σp∂F in the gradient: everything is pushed down",
			Why:       "Every push up is an incorrect probability, which is never 0: slow, but without end. Where the energies themselves are bounded there is nowhere to go.",
			Verdict:   result.HoldsIf,
		},
		Statement: statement[training]{
			cases: trainings(), draw: drawTraining, show: training.String,
			reach: map[string]func(training) bool{
				"n = 2":                 func(c training) bool { return c.N == 2 },
				"n ≥ 4":                 func(c training) bool { return c.N >= 4 },
				"starts on wrong order": func(c training) bool { return c.F > c.Fbar },
				"20 steps and more":     func(c training) bool { return c.steps() >= 20 },
				"small steps":           func(c training) bool { return !c.squashed && c.Eta < 0.01 },
				"bounded energies":      func(c training) bool { return c.squashed },
			},
			printed:   func(c training) finding { return c.passes(1) },
			condition: func(c training) bool { return !c.squashed },
			faulty:    func(c training) finding { return c.passes(-1) },
		},
	},
	{
		Claim: result.Claim{
			ID: "push.closeness", Refs: []string{"C53", "I22"}, Where: "SOURCE 1.2(d), and the question's \"no matter how close\"",
			Says:    "How close an incorrect answer lies to the correct one makes no difference to its push: only its energy does.",
			Printed: "(asked by the question; the source does not answer it)",
			Formula: "ℓ_y, and each answer's push with it, is unchanged when the incorrect answers trade places",
			Fault:   "a push that fades with the distance: weights 1/(1 + |y' − y|) in Z",
			Why:     "No distance |y' − y| stands in the loss or in its gradient. Two answers next to each other can be driven apart without end.",
			Verdict: result.Holds,
		},
		Statement: statement[permuted]{
			cases: permutations(), draw: drawPermuted, show: permuted.String,
			reach: map[string]func(permuted) bool{
				"an incorrect answer moved": func(c permuted) bool { return !slices.IsSorted(c.To) },
				"n ≥ 5":                     func(c permuted) bool { return len(c.F) >= 5 },
				"tie at the minimum":        func(c permuted) bool { return c.tie() },
			},
			printed: func(c permuted) finding { return c.unmoved(func(int) float64 { return 1 }) },
			faulty: func(c permuted) finding {
				return c.unmoved(func(away int) float64 { return 1 / (1 + float64(away)) })
			},
		},
	},
}

// push returns ∂ℓ/∂F_j for every answer j.
func push(c table) []exact.Interval {
	return exact.NLLOf(constant(c.Beta, len(c.F)), c.free(), c.Y).D
}

// pushesUp finds whether ∂[(1/β) ln Z]/∂F_j = −p_j, and ∂ℓ/∂F_j = δ_jy − p_j.
func pushesUp(c table, p []exact.Interval) finding {
	F := c.free()
	second := exact.FreeEnergyOf(constant(c.Beta, len(c.F)), F).Neg()
	loss := F[c.Y].Add(second)
	var fs []finding
	for j := range p {
		net := p[j].Neg()
		if j == c.Y {
			net = net.Add(x(1))
		}
		fs = append(fs, equal(fmt.Sprintf("∂[(1/β) ln Z]/∂F_%d and −p_%d", j, j), second.D[j], p[j].Neg()),
			equal(fmt.Sprintf("∂ℓ/∂F_%d and δ_jy − p_%d", j, j), loss.D[j], net))
	}
	return all(fs...)
}

// A bounded table is one together with a bound ε on its loss.
type bounded struct {
	table
	Eps   float64
	small bool // ℓ ≤ ε for certain
}

func newBounded(c table, eps float64) bounded {
	l := surprise(c).Div(x(c.Beta))
	return bounded{c, eps, l.Hi().Cmp(x(eps).Lo()) <= 0}
}

func (c bounded) String() string {
	return fmt.Sprintf("F=(%s), y=%d, β=%s, ε=%s", list(c.F), c.Y, result.Decimal(c.Beta), result.Decimal(c.Eps))
}

func smallLosses() []bounded {
	var cs []bounded
	for _, eps := range []float64{1e-20, 1, 1e-3} {
		for _, F := range [][]float64{{1000, 2000}, {0, 50}, {0, 1}, {0, 0}, {-1, 100, 200}, {5, 5, 9}} {
			cs = append(cs, newBounded(table{F: F, Beta: 1}, eps))
		}
	}
	return cs
}

func drawSmallLoss(t *rapid.T) bounded {
	c := drawTable(t)
	if rapid.IntRange(0, 2).Draw(t, "shape") > 0 { // raise the others until the loss is small
		low := slices.Min(c.F)
		c.F[c.Y] = low
		for j := range c.F {
			if j != c.Y {
				c.F[j] += float64(rapid.IntRange(0, 60).Draw(t, "gap")) / min(c.Beta, 1)
			}
		}
	}
	return newBounded(c, rapid.SampledFrom([]float64{1e-20, 1e-6, 0.001, 0.1, 1}).Draw(t, "ε"))
}

// A permuted table is one whose answer j is renamed To[j]; the correct answer
// keeps its name.
type permuted struct {
	table
	To []int
}

func (c permuted) String() string { return fmt.Sprintf("%s, renamed to %v", c.table, c.To) }

// unmoved finds whether the loss F_y + (1/β) ln Σ_j w(|j − y|) e^{−βF_j} and
// its gradient by each answer's energy survive the renaming.
func (c permuted) unmoved(w func(away int) float64) finding {
	n := len(c.F)
	renamed := make([]exact.Dual, n)
	for j, F := range c.free() {
		renamed[c.To[j]] = F
	}
	loss := func(F []exact.Dual) exact.Dual {
		beta, Z := constant(c.Beta, n), constant(0, n)
		for j, f := range F {
			away := j - c.Y
			Z = Z.Add(beta.Mul(f).Neg().Exp().Scale(w(max(away, -away))))
		}
		return F[c.Y].Add(Z.Log().Div(beta))
	}
	before, after := loss(c.free()), loss(renamed)
	fs := []finding{equal("ℓ before and after", before.V, after.V)}
	for j := range n {
		fs = append(fs, equal(fmt.Sprintf("the push on the energy of answer %d, before and after", j), before.D[j], after.D[j]))
	}
	return all(fs...)
}

func permutations() []permuted {
	var cs []permuted
	for _, c := range tables() {
		if len(c.F) == 3 && c.Y == 0 {
			cs = append(cs, permuted{c, []int{0, 2, 1}})
		}
	}
	return cs
}

// drawPermuted draws five answers at most: there are as many derivatives as answers.
func drawPermuted(t *rapid.T) permuted {
	c := drawTable(t)
	n := min(len(c.F), 5)
	c.F, c.S, c.Y = c.F[:n], c.S[:n], min(c.Y, n-1)
	var incorrect []int
	for j := range c.F {
		if j != c.Y {
			incorrect = append(incorrect, j)
		}
	}
	to := []int{}
	if len(incorrect) > 0 {
		to = rapid.Permutation(incorrect).Draw(t, "to")
	}
	return permuted{c, slices.Insert(to, c.Y, c.Y)}
}
