package judge

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
)

// nanParameter reports whether c has a parameter that is NaN.
func nanParameter(c op.Call) bool {
	return slices.ContainsFunc(c.Op.Row().Params, func(q op.Param) bool { return math.IsNaN(q.Of(c)) })
}

// nanExponent reports whether the parameters of c that are NaN stand in exponents only: of 1 to that
// power IEEE 754 says that it is 1.
func nanExponent(c op.Call) bool {
	return !slices.ContainsFunc(c.Op.Row().Params, func(q op.Param) bool { return math.IsNaN(q.Of(c)) && !q.Exponent })
}

// nanParameterAlone reports whether that is all that is odd about c: every energy is a
// number, and there are two or more. With one answer alone, no parameter may matter.
func nanParameterAlone(c op.Call) bool {
	none := func(F float64) bool { return math.IsNaN(F) || math.IsInf(F, 0) }
	return nanParameter(c) && len(c.Energies) > 1 && !slices.ContainsFunc(c.Energies, none)
}

// judgeNaNParameter judges what becomes of a parameter that is NaN. REQUIRED: no finite
// number comes out, of the value or of a probability, but for an exponent. RECOMMENDED: NaN does, of
// the gradient too. An error is an answer.
func judgeNaNParameter(a *Asked) ([]part, string) {
	if a.reply.Error != "" && a.reply.Outcome == "" {
		return nil, ""
	}
	if b := refused(a); b != "" {
		return nil, b
	}
	undefined := func(what string, got float64) part {
		p := part{what: what, got: got, required: 1, recommended: 1, want: point(op.Value{Near: math.NaN()})}
		if !math.IsNaN(got) {
			p.ulps = math.Inf(1)
		}
		if math.IsInf(got, 0) || nanExponent(a.call) {
			p.required = math.NaN()
		}
		return p
	}
	var parts []part
	if a.call.Op.Row().Answers == op.AsProbs {
		if b := sized("probs", len(a.reply.Probs), len(a.call.Energies)); b != "" {
			return nil, b
		}
		for i, x := range a.reply.Probs {
			parts = append(parts, undefined("probs", x).at(i))
		}
		return parts, ""
	}
	parts = append(parts, undefined("value", a.reply.Value))
	for i, x := range a.reply.Grad {
		p := undefined("grad", x).at(i)
		p.required = math.NaN()
		parts = append(parts, p)
	}
	return parts, ""
}
