package theory

import (
	"math"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// SOURCE 1.3(e)(2): the phantom margin. The log loss has no m, so nothing
// happens to it as m → ∞ or m → 0; what takes its coefficient σ(d) to 0 or to
// 1 is d = F − F̄ alone.

// gap returns d = F − F̄.
func (c twin) gap() exact.Interval { return x(c.F).Sub(x(c.Fbar)) }

var contrastiveMargin = []Claim{
	{
		Claim: result.Claim{
			ID: "compare.log-margin-to-infinity", Refs: []string{"C70", "T1.log", "I69"}, Where: "SOURCE 1.3(e)(2), sentence 1",
			Says:      "As m → ∞ the coefficient of the log loss tends to 0.",
			Printed:   "As m → ∞, the term before the gradient in log loss tends to 0",
			Condition: "the pair stays in the first case",
			Why:       "There is no m in ln(1 + e^d): at d = F − F̄ = 0 the coefficient σ(d) is ½ for every m. In the first case m ≤ −d, and a growing m takes d along: σ(d) ≤ e^d ≤ e^{−m} → 0.",
			Verdict:   result.HoldsIf,
		},
		Statement: formulas{
			printed:   "D(logistic, F[y]) <= eps if m >= 1/eps where logistic = log(1 + exp(F[y] - F[ybar]))",
			condition: "F[y] - F[ybar] <= -m",
			accident:  []string{"F[y] - F[ybar] > -m and exp(F[ybar] - F[y]) >= 1/eps - 1"},
			fault:     "D(logistic, F[y]) <= eps if m >= 1/eps where logistic = log(1 + exp(F[y] + F[ybar]))",
			over:      wideTwin,
		},
	},
	{
		Claim: result.Claim{
			ID: "compare.log-like-hinge-first", Refs: []string{"C71", "T1.log", "T1.hinge", "I59"}, Where: "SOURCE 1.3(e)(2), sentence 1",
			Says:    "In the first case, F − F̄ ≤ −m, the log loss comes to look like the hinge loss as m → ∞: its coefficient is within e^{−m} of the hinge's, which 1.3(b) has as 0, at the kink too.",
			Printed: "which makes log loss looks like hinge loss in the first case (F_W(x,y) − F_W(x,ȳ) ≤ −m)",
			Why:     "The first case is printed as a hypothesis: d = F − F̄ ≤ −m, so σ(d) ≤ e^d ≤ e^{−m}. At the kink, d = −m, the hinge has other subgradients, up to 1, besides this 0. The first case does not say that a given pair stays in it: as m grows past −d the hinge's coefficient becomes 1, and σ(d) stays as it is.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed:  "D(hinge, F[y]) = branch and abs(D(logistic, F[y]) - branch) <= exp(-m) if F[y] - F[ybar] <= -m where branch = if(m + F[y] <= F[ybar], 0, 1), hinge = pos(m + F[y] - F[ybar]), logistic = log(1 + exp(F[y] - F[ybar]))",
			accident: []string{"exp(F[y] - F[ybar]) >= exp(m) - 1"},
			fault:    "D(hinge, F[y]) = branch and abs(D(logistic, F[y]) - branch) <= exp(-m) if F[y] - F[ybar] <= m where branch = if(m + F[y] <= F[ybar], 0, 1), hinge = pos(m + F[y] - F[ybar]), logistic = log(1 + exp(F[y] - F[ybar]))",
			over:     firstTwin,
		},
	},
	{
		Claim: result.Claim{
			ID: "compare.log-margin-to-zero", Refs: []string{"C72", "T1.log", "I61"}, Where: "SOURCE 1.3(e)(2), sentence 2",
			Says:    "As m → 0 the coefficient of the log loss tends to 1.",
			Printed: "When m → 0, this makes the term before the gradient in log loss tends to 1",
			Why:     "There is no m in ln(1 + e^d): at d = F − F̄ = 0 the coefficient σ(d) is ½ for every m. Nor does the second case, d > −m, help: m → 0 leaves d = 0 in it.",
			Verdict: result.IsRefuted,
		},
		Statement: formulas{
			printed:   "D(logistic, F[y]) >= 1 - eps if m <= eps where logistic = log(1 + exp(F[y] - F[ybar]))",
			corrected: "D(logistic, F[y]) >= 1 - eps if exp(F[y] - F[ybar]) >= 1/eps - 1 where logistic = log(1 + exp(F[y] - F[ybar]))",
			only:      []string{"exp(F[y] - F[ybar]) >= 1/eps - 1"},
			fault:     "D(logistic, F[y]) >= 1 - eps if exp(F[y] + F[ybar]) >= 1/eps - 1 where logistic = log(1 + exp(F[y] - F[ybar]))",
			over:      narrowTwin,
		},
	},
	{
		Claim: result.Claim{
			ID: "compare.log-like-hinge-second", Refs: []string{"C73", "T1.log", "T1.hinge", "I69"}, Where: "SOURCE 1.3(e)(2), sentence 2",
			Says:    "In the second case, m + F > F̄, the log loss comes to look like the hinge loss as m → 0: its coefficient tends to the hinge's, 1.",
			Printed: "When m → 0, this … makes log loss looks like hinge in the second case",
			Why:     "d = F − F̄ = 0 is in the second case for every m > 0, and the coefficient is ½ there. It nears 1 only as d → ∞, where the incorrect answer lies far below the correct one, and it does so whatever m is: m → 0 has no part in it, as m → ∞ has in the first case, where it takes d along (C71).",
			Verdict: result.IsRefuted,
		},
		Statement: formulas{
			printed:   "abs(D(logistic, F[y]) - D(hinge, F[y])) <= eps if m <= eps and m + F[y] > F[ybar] where logistic = log(1 + exp(F[y] - F[ybar])), hinge = pos(m + F[y] - F[ybar])",
			corrected: "abs(D(logistic, F[y]) - D(hinge, F[y])) <= eps if m + F[y] > F[ybar] and exp(F[y] - F[ybar]) >= 1/eps - 1 where logistic = log(1 + exp(F[y] - F[ybar])), hinge = pos(m + F[y] - F[ybar])",
			only:      []string{"exp(F[y] - F[ybar]) >= 1/eps - 1"},
			accident:  []string{"m + F[y] <= F[ybar] and exp(F[ybar] - F[y]) >= 1/eps - 1"},
			fault:     "abs(D(logistic, F[y]) + D(hinge, F[y])) <= eps if m + F[y] > F[ybar] and exp(F[y] - F[ybar]) >= 1/eps - 1 where logistic = log(1 + exp(F[y] - F[ybar])), hinge = pos(m + F[y] - F[ybar])",
			over:      secondTwin,
		},
	},
}

// near is a pair and how near to each other two coefficients are to be.
type near struct {
	twin
	Eps float64
}

// limitTwin is the ground of pairs and an ε, with m beyond 1/ε, below ε, or between.
var limitTwin = groundOf[near]{
	cases: limits,
	draw: drawWith(func(t *rapid.T, c twin) near {
		n := near{c, 1 / float64(rapid.IntRange(2, 1000).Draw(t, "1/ε"))}
		switch rapid.IntRange(0, 4).Draw(t, "m") {
		case 3:
			n.M = math.Ceil(1/n.Eps) + n.M
		case 4:
			n.M *= n.Eps / 8
		}
		return n
	}),
	reach: map[string]func(near) bool{
		"m ≥ 1/ε":     func(c near) bool { return c.M >= 1/c.Eps },
		"m ≤ ε":       func(c near) bool { return c.M <= c.Eps },
		"ε < m < 1/ε": func(c near) bool { return c.Eps < c.M && c.M < 1/c.Eps },
		"d ≥ 7":       func(c near) bool { return c.F-c.Fbar >= 7 },
		"d ≤ −7":      func(c near) bool { return c.F-c.Fbar <= -7 },
		"d ≤ −m":      func(c near) bool { return !positive(c.excess()) },
		"0 < d < 1":   func(c near) bool { return positive(c.gap()) && c.F-c.Fbar < 1 },
	},
	numbers: func(c near) numbers { return c.twin.numbers().with("eps", c.Eps) },
}

// wideTwin is limitTwin with m beyond 1/ε in most cases, narrowTwin with m below ε; firstTwin is in the first case, and
// secondTwin with m below ε in the second.
var (
	wideTwin = limitTwin.aimed(func(c near) near {
		c.M = math.Ceil(1/c.Eps) + c.M
		return c
	})
	firstTwin = limitTwin.aimed(func(c near) near {
		c.Fbar = c.F + c.M + math.Abs(c.Fbar)
		return c
	})
	narrowTwin = limitTwin.aimed(func(c near) near {
		c.M = c.Eps / 8 * min(c.M, 8)
		return c
	})
	secondTwin = limitTwin.aimed(func(c near) near {
		c.M = c.Eps / 8 * min(c.M, 8)
		c.F = max(c.F, c.Fbar-c.M/2)
		return c
	})
)

func limits() []near {
	cs := []near{{twin{F: 1, M: 2, Beta: 1}, 0.5}, {twin{F: -3, M: 10, Beta: 1}, 0.01}, {twin{M: 3}, 0.4}, {twin{M: 100}, 0.01}, {twin{M: 0.01}, 0.01}, {twin{M: 0.1}, 0.2}, {twin{M: 0.25}, 0.5}, {twin{Fbar: 0.5, M: 0.5}, 0.75}, {twin{Fbar: 1.25, M: 1}, 0.25}}
	for _, c := range twins() {
		for _, m := range []float64{1, 4, 0.25} {
			c.M = m
			cs = append(cs, near{c, 0.25})
		}
	}
	return cs
}
