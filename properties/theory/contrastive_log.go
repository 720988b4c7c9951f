package theory

import (
	"maps"

	"pgregory.net/rapid"

	"ebmcheck/properties/result"
)

// SOURCE 1.3(c): ℓ_log = ln(1 + e^{F − F̄}).

var contrastiveLog = []Claim{
	{
		Claim: result.Claim{
			ID: "log.definition", Refs: []string{"C61", "T1.log", "I47"}, Where: "SOURCE 1.3(c), line 1",
			Says:    "The log loss is the logarithm of 1 plus the exponential of F − F̄.",
			Why:     "The definition, that of Table 1: −ln of e^{−F}/(e^{−F} + e^{−F̄}).",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "D(logistic, W) = D(log(1 + exp(F[y] - F[ybar])), W) and logistic = log(1 + exp(F[y] - F[ybar])) where logistic = -log(exp(-F[y])/(exp(-F[y]) + exp(-F[ybar])))",
			fault:   "D(logistic, W) = D(log(1 + exp(F[y] - F[ybar])), W) and logistic = log(1 + exp(F[y] + F[ybar])) where logistic = -log(exp(-F[y])/(exp(-F[y]) + exp(-F[ybar])))",
			over:    farTwin,
		},
	},
	{
		Claim: result.Claim{
			ID: "log.slope", Refs: []string{"C62", "T1.log", "I61"}, Where: "SOURCE 1.3(c), line 2",
			Says:    "Its gradient is e^{F − F̄}/(1 + e^{F − F̄}) times the difference of the energies' gradients.",
			Why:     "The chain rule; true at every finite d. Computed as printed in float64 it is Inf/Inf = NaN from d = 709.79 on: use 1/(1 + e^{−d}) there.",
			Verdict: result.Holds,
		},
		Statement: formulas{
			printed: "D(log(1 + exp(d)), W) = exp(d)/(1 + exp(d))*(D(F[y], W) - D(F[ybar], W)) where d = F[y] - F[ybar]",
			fault:   "D(log(1 + exp(d)), W) = exp(d)*(D(F[y], W) - D(F[ybar], W)) where d = F[y] - F[ybar]",
			over:    farTwin,
		},
	},
}

// farTwin is the ground of pairs up to far beyond where float64 loses e^d, d = F − F̄.
var farTwin = func() groundOf[twin] {
	far := groundOf[twin]{
		cases: func() []twin {
			cs := twins()
			for _, d := range []float64{710, 720, 800, 1000, 2000, 1e4} {
				cs = append(cs, twin{d, 0, 1, 1, 1, -1}, twin{0, d + 36, 1, 1, 1, -1})
			}
			return cs
		},
		draw: func(t *rapid.T) twin {
			c := drawTwin(t)
			switch rapid.IntRange(0, 15).Draw(t, "far") {
			case 13:
				c.F, c.Fbar = decimal(t, 99_999, "F"), decimal(t, 99_999, "F̄")
			case 14:
				c.F, c.Fbar = c.F+380, c.Fbar-380
			case 15:
				c.F, c.Fbar = c.F-380, c.Fbar+380
			}
			return c
		},
		reach: maps.Clone(twinReach), numbers: twin.numbers,
	}
	far.reach["e^d overflows float64"] = func(c twin) bool { return c.F-c.Fbar > 709.79 }
	far.reach["e^d underflows float64"] = func(c twin) bool { return c.F-c.Fbar < -745.14 }
	return far
}()
