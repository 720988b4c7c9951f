package judge

import (
	"fmt"
	"math"
	"strconv"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A part is one number of a reply, what it may be, and how far off.
type part struct {
	what        string
	got         float64
	want        op.Range
	ulps        float64 // how far got is from want, in ulps of the true value in the subject's precision
	required    float64 // allowances in ulps; NaN where the level asks nothing
	recommended float64
}

// allowed is the level's allowance in ulps.
func (p part) allowed(level result.Level) float64 {
	if level == result.Recommended {
		return p.recommended
	}
	return p.required
}

// allowance says how far off the part may be, and is: in ulps, but for so many
// of them that no digit is right.
func (p part) allowance(level result.Level) string {
	allow := p.allowed(level)
	far := max(p.got-p.want.Hi.Near, p.want.Lo.Near-p.got)
	switch {
	case math.IsNaN(p.want.Lo.Near):
		return "no number"
	case math.IsNaN(p.got):
		return fmt.Sprintf("%.3g ulps; it is no number", allow)
	case math.IsNaN(allow):
		return fmt.Sprintf("anything, off by %.3g ulps", p.ulps)
	case p.ulps >= 0x1p53 && far <= math.MaxFloat64:
		return fmt.Sprintf("%.3g, off by %.3g", far*(allow/p.ulps), far)
	}
	return fmt.Sprintf("%.3g ulps, off by %.3g", allow, p.ulps)
}

// spent is the share of the level's allowance that the part used up: over 1
// is refuted.
func (p part) spent(level result.Level) float64 {
	allow := p.allowed(level)
	switch {
	case math.IsNaN(allow), p.ulps == 0:
		return 0
	case math.IsInf(p.ulps, 1):
		return math.Inf(1)
	default:
		return p.ulps / allow
	}
}

// A judge turns a reply into parts; broken says what is wrong with a reply
// that cannot be judged at all.
type judge func(a Asked, r Regime) (parts []part, broken string)

// refused is what is wrong with a reply that is an error where there is an
// answer, or no reply at all.
func refused(a Asked) string {
	if a.reply.Outcome != "" {
		return a.reply.Error
	}
	if a.reply.Error != "" {
		return "the subject refuses the arguments: " + a.reply.Error
	}
	return ""
}

// at names a component. It is called for every number of every reply.
func at(what string, i int) string { return what + "[" + strconv.Itoa(i) + "]" }

func sized(what string, got, want int) string {
	if got != want {
		return fmt.Sprintf("%d numbers in %s, want %d, one an energy", got, what, want)
	}
	return ""
}

// overflowing stands for a count of ulps past the largest float64: it is
// reached 9e-16 away from a truth of 0.
const overflowing = 0x1p1000

// newPart measures got against the truth in the precision of a and turns the
// absolute REQUIRED bound into ulps. floor, if positive, is the size below which
// RECOMMENDED counts ulps of floor instead.
func (a Asked) newPart(what string, got float64, want op.Range, bound, floor float64, r Regime) part {
	p := part{what: what, got: got, want: want, ulps: a.in.Off(got, want), recommended: op.Recommended}
	near, unit := a.in.Nearest(want.Lo), a.in.TrueUlp(want.Lo)
	coarse := max(a.in.Ulp(floor), unit) // floor is 0 for most
	p.recommended = op.Recommended * (coarse / unit)
	p.required = max(bound/unit, 0.5) // the correctly rounded value is always right
	end := want.Lo.Near
	if got > want.Hi.Near {
		end = want.Hi.Near
	}
	if far := math.Abs(got - end); math.IsInf(p.ulps, 1) && far <= math.MaxFloat64 {
		p.ulps, p.required, p.recommended = overflowing, overflowing*(bound/far), overflowing*(op.Recommended*coarse/far)
	}
	overflowed := math.IsInf(near, 0) && !math.IsInf(want.Lo.Off, 0) // the truth is a number past the largest
	switch {
	case overflowed && !math.IsNaN(bound):
		p.required = max(p.required, 1)
	case math.IsNaN(near) && !NonFinite.belongs(a.call): // a formula has no value there: log(−1), or exp(10³⁰⁰) in one written naively
		p.required, p.recommended = math.NaN(), math.NaN()
	case math.IsNaN(near) || math.IsInf(near, 0):
		p.required, p.recommended = 1, 1 // nothing between right and wrong
	case math.IsInf(bound, 1): // the formula as written overflows on its way, or rounding may cost everything
		p.required = math.NaN()
	case math.IsNaN(bound): // a limit, β = ∞ or 0
		p.required = p.recommended
	case math.IsInf(got, 0) && got*near > 0 && math.Abs(end)+bound >= a.in.Largest(): // it may round to an infinity
		p.required = math.NaN()
	}
	if r == Extreme { // nothing is REQUIRED there
		p.required = math.NaN()
	}
	return p
}

// overflowing asks nothing where the standard algorithm loses the answer on its way, nor of
// an infinity of the right sign where it overflows.
func (p part) overflowing(allow op.Allowance) part {
	if allow.Lost || allow.Overflows && math.IsInf(p.got, 0) && p.got*p.want.Lo.Near > 0 {
		p.required = math.NaN()
	}
	return p
}

func point(v op.Value) op.Range { return op.Range{Lo: v, Hi: v} }

// judgeValue judges the value of a loss or free energy.
func judgeValue(a Asked, r Regime) ([]part, string) {
	if b := refused(a); b != "" {
		return nil, b
	}
	allow := a.allowed(a.by)
	p := a.newPart("value", a.reply.Value, point(a.truth.Value), allow.Value, op.Cancels(a.call), r)
	return []part{p.overflowing(allow)}, ""
}

// judgeGradient judges the gradient by the energies: inside the
// subdifferential, and at a kink that only moves d, of sum zero.
func judgeGradient(a Asked, r Regime) ([]part, string) {
	if b := refused(a); b != "" {
		return nil, b
	}
	if b := sized("grad", len(a.reply.Grad), len(a.call.Energies)); b != "" {
		return nil, b
	}
	allow := a.allowed(a.by)
	either := allow.Kink && r != Extreme
	parts := make([]part, 0, len(a.reply.Grad)+1)
	sum, kinked := 0.0, either
	for i, g := range a.reply.Grad {
		want := a.truth.Grad[i]
		p := a.newPart(at("grad", i), g, want, allow.Grad[i], 0, r)
		if either && a.in.Off(g, hullOfSlopes(i)) == 0 || allow.Mixture != nil && allow.Corner[i] {
			p.required = math.NaN() // judged below, with the others
		}
		kinked = kinked || want.Lo.Near < want.Hi.Near
		sum += g
		parts = append(parts, p.overflowing(allow))
	}
	if allow.Mixture != nil {
		p := part{what: "distance from the subdifferential, in allowances", got: allow.Mixture(a.reply.Grad), required: 1, recommended: math.NaN()}
		if p.ulps = p.got; r == Extreme {
			p.required = math.NaN()
		}
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
		if r == Extreme {
			p.required = math.NaN()
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

// judgeProbs judges the probabilities of gibbs.
func judgeProbs(a Asked, r Regime) ([]part, string) {
	if b := refused(a); b != "" {
		return nil, b
	}
	if b := sized("probs", len(a.reply.Probs), len(a.call.Energies)); b != "" {
		return nil, b
	}
	allow := a.allowed(a.by)
	parts := make([]part, len(a.reply.Probs))
	for i, p := range a.reply.Probs {
		parts[i] = a.newPart(at("probs", i), p, point(a.truth.Probs[i]), allow.Probs[i], 0, r)
	}
	return parts, ""
}

// judgeIndex judges the answer of infer: any minimiser is right.
func judgeIndex(a Asked, r Regime) ([]part, string) {
	if b := refused(a); b != "" {
		return nil, b
	}
	p := part{what: "index", got: float64(a.reply.Index), ulps: math.Inf(1), required: 0.5, recommended: 0.5}
	if r == Extreme {
		p.required = math.NaN()
	}
	for _, i := range a.truth.Index {
		p.want = point(op.Value{Near: float64(i)})
		if a.reply.Index == i {
			p.ulps = 0
			break
		}
	}
	return []part{p}, ""
}

// judgeNonFinite judges what becomes of NaN, infinities and limits. REQUIRED:
// NaN in gives no finite number out; an impossible answer carries no mass and
// the others are as if it were not there. RECOMMENDED: the same of the
// gradient where the loss is undefined; NaN, not an infinity, out of NaN, as
// LogSumExp = −∞ beside NaN is a NaN swallowed; and no index from infer where
// there is no minimiser. An error is an answer where there is none. Of −Inf
// nothing is asked: it is a limit, or undefined, by taste.
func judgeNonFinite(a Asked, r Regime) ([]part, string) {
	row := a.call.Op.Row()
	if nanParameter(a.call) {
		return nil, "" // of that there is a claim of its own
	}
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

// judgePure judges that the same call is answered the same twice, bit for
// bit, and that the subject leaves its arguments alone.
func judgePure(a Asked, _ Regime) ([]part, string) {
	for _, r := range []op.Reply{a.reply, a.again} {
		if r.Outcome != "" {
			return nil, r.Error
		}
	}
	same := part{what: "the same call again", required: 0.5, recommended: 0.5}
	if a.changed {
		same.what, same.ulps = "the energies after the call", math.Inf(1)
	} else if !a.reply.Equal(a.again) {
		same.ulps = math.Inf(1)
	}
	return []part{same}, ""
}
