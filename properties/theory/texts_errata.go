package theory

import (
	"slices"

	"ebmcheck/properties/result"
)

// The errata of Table 1 and of notes on it that no other statement is about: E1, E5, E6 and E9 are those of C21, C31, X03 and C28.
var textsErrata = []Claim{
	misquoted("X45 E2", "lvq2-ratio", "Table 1 and notes, LVQ2 in the text",
		"LVQ2 with the denominator δ·E_C saturates where the ratio E_C/E_I is 1 + δ.",
		"With δ·E_I it does; with δ·E_C only where it is 1/(1 − δ), if δ < 1, and never if δ ≥ 1: for E_C = 2, E_I = 1 and δ = 1 the loss is ½. (Here t is δ; energies are positive.)",
		result.IsRefuted, formulas{
			printed:   "min(1, pos(F[y] - F[ybar])/(t*F[y])) = 1 if F[y] >= (1 + t)*F[ybar]",
			corrected: "min(1, pos(F[y] - F[ybar])/(t*F[ybar])) = 1 if F[y] >= (1 + t)*F[ybar]",
			misprint:  "F̄ → F",
			only:      []string{"(1 - t)*F[y] >= F[ybar]"},
			fault:     "min(1, pos(F[y] - F[ybar])/(t*F[ybar])) = 1 if F[y] >= (1 - t)*F[ybar]",
			over: upwards(2).aimed(func(c sample) sample {
				c.F = slices.Clone(c.F)
				c.F[0] = max(c.F[0], 2*slices.Min(c.F[1:]))
				return c
			}),
		}),
	misquoted("X46 E3", "square-exp-constant", "Table 1 and notes, square-exp",
		"The square-exp loss is E_C² + βe^{−E_I}: it pulls E_C towards 0, and pushes E_I up by βe^{−E_I}.",
		"So the table has it, and it is right; the letter alone misleads. This β, which is γ in the text, is a factor, and not the inverse temperature, which would scale E_I.",
		result.Holds, formulas{
			printed: "D(loss, F[y]) = 2*F[y] and D(loss, F[ybar]) = -beta*exp(-F[ybar]) where loss = F[y]^2 + beta*exp(-F[ybar])",
			fault:   "D(loss, F[y]) = 2*F[y] and D(loss, F[ybar]) = beta*exp(-F[ybar]) where loss = F[y]^2 + beta*exp(-F[ybar])",
			over:    few(2),
		}),
	misquoted("X47 E4", "free-energy-sign", "Table 1 and notes, free energy",
		"The free energy is +(1/β) ln Σ e^{−βE}: a softened least energy, which it is at most.",
		"That is −F_β. For one answer of energy 1 it is −1, for one of −1 it is 1.",
		result.IsRefuted, formulas{
			printed:   "log(sum(j: exp(-beta*F[j])))/beta <= min(j: F[j])",
			corrected: "-log(sum(j: exp(-beta*F[j])))/beta <= min(j: F[j])",
			misprint:  "− dropped",
			otherwise: true,
			fault:     "-log(sum(j: exp(-beta*F[j])))/beta <= min(j: -F[j])",
			over:      some(1),
		}),
	misquoted("X48 E7", "hinge-of-two-classes", "Table 1 and notes, hinge of two classes",
		"With E = −Y·G(X) and Y = ±1 the hinge loss is max(0, m + 2YG).",
		"max(0, m − 2YG): for G = Y = m = 1 it is 0, not 3. (Here c is YG.)",
		result.IsRefuted, formulas{
			printed:   "with(F[j] := c - 2*c*delta(j, y): pos(m + F[y] - F[ybar])) = pos(m + 2*c)",
			corrected: "with(F[j] := c - 2*c*delta(j, y): pos(m + F[y] - F[ybar])) = pos(m - 2*c)",
			misprint:  "− → +",
			only:      []string{"c = 0"},
			fault:     "with(F[j] := c - 2*c*delta(j, y): pos(m + F[y] - F[ybar])) = pos(m - c)",
			over:      few(2).beside(sample{F: []float64{0, 0}, Q: []float64{0.5, 0.5}, S: []float64{1, 1}, Beta: 1, M: 1, T: 1}),
		}),
	misquoted("X49 E8", "centres-apart", "Table 1 and notes, fixed centres",
		"With fixed centres U¹ and U² the energies ‖U¹ − G‖² and ‖U² − G‖² add up to ‖U¹ − U²‖² at least.",
		"To half of it: midway between 0 and 1 they are ¼ and ¼. (Here the centres are 0 and m, and c is G.)",
		result.IsRefuted, formulas{
			printed:   "c^2 + (m - c)^2 >= m^2",
			corrected: "c^2 + (m - c)^2 >= m^2/2",
			misprint:  "denominator 2 dropped",
			only:      []string{"c*(c - m) >= 0"},
			fault:     "c^2 - (m - c)^2 >= m^2/2",
			over:      few(1),
		}),
	misquoted("X50 E10", "variational-log", "Table 1 and notes, variational inference",
		"The free energy is −(1/β) Σ e^{−βE}, which is the mean energy less the entropy over β.",
		"−(1/β) ln Σ e^{−βE} is: of one answer of energy 0 the free energy is 0, not −1/β.",
		result.IsRefuted, formulas{
			printed:   "-sum(j: exp(-beta*F[j]))/beta = sum(j: p[j]*F[j]) + sum(j: p[j]*log(p[j]))/beta",
			corrected: "-log(sum(j: exp(-beta*F[j])))/beta = sum(j: p[j]*F[j]) + sum(j: p[j]*log(p[j]))/beta",
			misprint:  "ln dropped",
			only:      []string{},
			fault:     "-log(sum(j: exp(-beta*F[j])))/beta = sum(j: p[j]*F[j]) - sum(j: p[j]*log(p[j]))/beta",
			over:      some(1),
		}),
	misquoted("X51 E11", "softmax-of-infonce", "Table 1 and notes, InfoNCE",
		"The InfoNCE loss −ln p_y is −β times the score, plus the softmax_β of all scores, (1/β) ln Σ e^{β·score}.",
		"Plus β times it, which is ln Σ e^{β·score}. (Here the score is −F.)",
		result.IsRefuted, formulas{
			printed:   "-log(p[y]) = beta*F[y] + log(sum(j: exp(-beta*F[j])))/beta",
			corrected: "-log(p[y]) = beta*F[y] + log(sum(j: exp(-beta*F[j])))",
			misprint:  "denominator β dropped",
			only:      []string{"beta = 1", "sum(j: exp(-beta*F[j])) = 1"},
			fault:     "-log(p[y]) = F[y] + log(sum(j: exp(-beta*F[j])))",
			over:      some(1).mild(3, sampleBeta),
		}),
}
