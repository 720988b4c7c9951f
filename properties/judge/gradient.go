package judge

import (
	"math"

	"ebmcheck/properties/op"
)

// judgeGradient judges the gradient by the energies: inside the
// subdifferential, and at a kink that only moves d, of sum zero.
func judgeGradient(a *Asked) ([]part, string) {
	if b := refused(a); b != "" {
		return nil, b
	}
	if b := sized("grad", len(a.reply.Grad), len(a.call.Energies)); b != "" {
		return nil, b
	}
	allow := a.allowed(a.by)
	parts := make([]part, 0, len(a.reply.Grad)+1)
	sum, kinked := 0.0, allow.Kink
	for i, g := range a.reply.Grad {
		want := a.truth.Grad[i]
		parts = append(parts, a.newPart("grad", g, want, allow.Grad[i], 0, 0))
		p := &parts[i]
		p.nth = i + 1
		if allow.Kink && a.in.Off(g, hullOfSlopes(i)) == 0 || allow.Mixture != nil && allow.Corner[i] {
			p.required = math.NaN() // judged below, with the others
		}
		kinked = kinked || want.Lo.Near < want.Hi.Near
		sum += g
		p.overflowing(allow)
	}
	if allow.Mixture != nil {
		p := part{what: "distance from the subdifferential, in allowances", got: allow.Mixture(a.reply.Grad), required: 1, recommended: math.NaN()}
		p.ulps = p.got
		parts = append(parts, p)
	}
	if a.truth.SumZero && kinked {
		// Every component may be off by half an ulp of 1, the largest slope, and
		// the sum rounds n times. In ulps of 1: those of 0 would overflow.
		n := float64(len(a.reply.Grad))
		p := part{what: "Σ grad", got: sum, ulps: math.Abs(sum) / a.in.Ulp(1), required: n, recommended: n}
		if math.IsNaN(sum) {
			p.ulps = math.Inf(1)
		}
		parts = append(parts, p)
	}
	return parts, ""
}

// hullOfSlopes is [0, 1] for F(x,y) and [−1, 0] for F(x,ȳ): the slopes on both
// sides of a kink of hinge and lvq2.
func hullOfSlopes(i int) op.Range {
	if i == 0 {
		return op.Range{Lo: op.Value{}, Hi: op.Value{Near: 1}}
	}
	return op.Range{Lo: op.Value{Near: -1}, Hi: op.Value{}}
}
