package judge

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// judgeNaN judges what becomes of a NaN among the energies. REQUIRED: no finite number
// comes out, but in a gradient. RECOMMENDED: the same of the gradient; NaN, not an
// infinity, as LogSumExp = −∞ beside NaN is a NaN swallowed; and no index from infer. An
// error is an answer.
func judgeNaN(a *Asked) ([]part, string) {
	parts, broken := a.judgeOdd(true)
	for i := range parts {
		switch p := &parts[i]; {
		case math.IsNaN(p.got):
			p.ulps = 0 // also where the truth does not depend on the NaN, as in energy
		case math.IsInf(p.got, 0):
			p.ulps, p.required = math.Inf(1), math.NaN()
		}
	}
	return parts, broken
}

// judgeImpossible judges that impossible answers carry no mass, and that the others are
// as if they were not there.
func judgeImpossible(a *Asked) ([]part, string) { return a.judgeOdd(false) }

// judgeUndefined judges what becomes of a call that has no answer, where an error is one.
func judgeUndefined(a *Asked) ([]part, string) { return a.judgeOdd(true) }

// judgeLimits judges the limits β = 0 and β = ∞, where there is an answer, or a NaN. One
// that declares them does not call them unsupported.
func judgeLimits(a *Asked) ([]part, string) {
	if why := a.reply.Unsupported; why != "" {
		return nil, `the subject declares "limits", and calls this unsupported: ` + why
	}
	F := a.call.Energies
	switch {
	case slices.ContainsFunc(F, math.IsNaN):
		return judgeNaN(a)
	case slices.Contains(F, math.Inf(-1)):
		return nil, ""
	}
	parts, broken := a.judgeOdd(nothingPossible(F))
	for i := range parts {
		if nothingPossible(F) {
			parts[i].required = math.NaN()
		}
	}
	return parts, broken
}

// judgeOdd judges all numbers of the reply to a call that is not finite. What has no
// answer may be refused; of its gradient nothing is REQUIRED.
func (a *Asked) judgeOdd(refusable bool) (parts []part, broken string) {
	if refusable && a.reply.Error != "" && a.reply.Outcome == "" {
		return nil, "" // refusing what has no answer is an answer
	}
	if b := refused(a); b != "" {
		return nil, b
	}
	switch a.call.Op.Row().Answers {
	case op.AsProbs:
		return judgeProbs(a)
	case op.AsIndex:
		parts, broken = judgeIndex(a)
		if len(a.truth.Index) == 0 {
			parts[0].want = point(op.Value{Near: math.NaN()})
			if a.reply.Index < 0 {
				parts[0].ulps = 0 // none, said in another way
			}
		}
		return parts, broken
	}
	if parts, broken = judgeValue(a); a.reply.Grad == nil || broken != "" {
		return parts, broken
	}
	slopes, broken := judgeGradient(a)
	for i := range slopes {
		if refusable || math.IsNaN(slopes[i].want.Lo.Near) {
			slopes[i].required = math.NaN()
		}
	}
	return append(parts, slopes...), broken
}
