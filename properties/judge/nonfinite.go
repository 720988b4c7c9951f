package judge

import (
	"math"

	"ebmcheck/properties/op"
)

// judgeNonFinite judges what becomes of NaN, infinities and limits. REQUIRED:
// NaN in gives no finite number out; an impossible answer carries no mass and
// the others are as if it were not there. RECOMMENDED: the same of the
// gradient where the loss is undefined; NaN, not an infinity, out of NaN, as
// LogSumExp = −∞ beside NaN is a NaN swallowed; and no index from infer where
// there is no minimiser. An error is an answer where there is none. Of −Inf
// nothing is asked: it is a limit, or undefined, by taste.
func judgeNonFinite(a Asked, r Regime) ([]part, string) {
	row := a.call.Op.Row()
	nan, minusInf := false, false
	for _, f := range a.call.Energies {
		nan, minusInf = nan || math.IsNaN(f), minusInf || math.IsInf(f, -1)
	}
	undefinedTruth := nan || minusInf
	if a.reply.Error != "" && a.reply.Outcome == "" && (undefinedTruth || nothingPossible(a.call.Energies)) {
		return nil, "" // refusing what has no answer is an answer
	}
	if b := refused(a); b != "" {
		return nil, b
	}
	var parts []part
	var broken string
	switch {
	case row.Answers == op.AsProbs:
		parts, broken = judgeProbs(a, Tame)
	case row.Answers == op.AsIndex:
		if minusInf && !nan {
			return nil, ""
		}
		parts, broken = judgeIndex(a, Tame)
		if len(a.truth.Index) == 0 {
			parts[0].required, parts[0].want = math.NaN(), point(op.Value{Near: math.NaN()})
			if a.reply.Index < 0 {
				parts[0].ulps = 0 // none, said in another way
			}
		}
		return parts, broken
	default:
		parts, broken = judgeValue(a, Tame)
		if a.reply.Grad != nil && broken == "" {
			var g []part
			g, broken = judgeGradient(a, Tame)
			for i := range g {
				if undefinedTruth || math.IsNaN(g[i].want.Lo.Near) {
					g[i].required = math.NaN()
				}
			}
			parts = append(parts, g...)
		}
	}
	for i := range parts {
		switch p := &parts[i]; {
		case nan && math.IsNaN(p.got):
			p.ulps = 0 // also where the truth does not depend on the NaN, as in energy
		case nan && math.IsInf(p.got, 0):
			p.ulps, p.required = math.Inf(1), math.NaN()
		}
	}
	if minusInf && !nan { // a limit, or undefined, by taste
		return nil, broken
	}
	return parts, broken
}

func nothingPossible(F []float64) bool {
	for _, f := range F {
		if !math.IsInf(f, 1) {
			return false
		}
	}
	return true
}
