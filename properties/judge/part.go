package judge

import (
	"fmt"
	"math"
	"slices"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A part is one number of a reply, what it may be, and how far off.
type part struct {
	what        string
	nth         int // which of what is a list, counted from 1; 0 of what is none
	got         float64
	want        op.Range
	ulps        float64 // how far got is from want, in ulps of the true value in the subject's precision
	required    float64 // allowances in ulps; NaN where the level asks nothing
	recommended float64
	rule        string // what it must be, in words, where there is nothing between right and wrong
}

// at is the part as the i-th of a list.
func (p part) at(i int) part {
	p.nth = i + 1
	return p
}

// name is what the part is called: value, grad[2]. It is written for the few that are shown.
func (p part) name() string {
	if p.nth == 0 {
		return p.what
	}
	return at(p.what, p.nth-1)
}

// allowed is the level's allowance in ulps.
func (p *part) allowed(level result.Level) float64 {
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
	case p.rule != "":
		return p.rule
	case math.IsNaN(p.want.Lo.Near):
		return "no number"
	case math.IsInf(allow, 1) && p.ulps > math.MaxFloat64: // in ulps of a truth that is next to nothing
		return "a number"
	case math.IsNaN(p.got) && allow >= 0x1p53: // of which no digit is asked
		return "a number"
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
func (p *part) spent(level result.Level) float64 {
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

// overflowing stands for a count of ulps past the largest float64: it is
// reached 9e-16 away from a truth of 0.
const overflowing = 0x1p1000

// newPart measures got against the truth in the precision of a and turns the
// absolute REQUIRED bound into ulps. floor, if positive, is the size below which
// RECOMMENDED counts ulps of floor instead; spare, absolute, is what it allows besides.
func (a *Asked) newPart(what string, got float64, want op.Range, bound, floor, spare float64) part {
	p := part{what: what, got: got, want: want, ulps: a.in.Off(got, want)}
	near, unit := a.in.Nearest(want.Lo), a.in.TrueUlp(want.Lo)
	if bound > 0 && math.Abs(near) < a.in.Normal() && a.in != op.Float16 { // it may be 0, or what else is made of it there
		bound = max(bound, a.in.Normal())
	}
	recommended := op.Recommended*max(a.in.Ulp(floor), unit) + spare // floor is 0 for most
	p.recommended = recommended / unit
	p.required = max(bound/unit, 0.5) // the correctly rounded value is always right
	end := want.Lo.Near
	if got > want.Hi.Near {
		end = want.Hi.Near
	}
	if far := math.Abs(got - end); math.IsInf(p.ulps, 1) && far <= math.MaxFloat64 {
		p.ulps, p.required, p.recommended = overflowing, overflowing*(bound/far), overflowing*(recommended/far)
	}
	overflowed := math.IsInf(near, 0) && !math.IsInf(want.Lo.Off, 0) // the truth is a number past the largest
	switch {
	case a.flushed():
		p.required = math.NaN()
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
	return p
}

// flushed reports whether one who flushes may have lost a number of the call, a difference
// of two, or m + F − F̄, which is subnormal. In the other formats none is in tame and wide,
// but float16 has few numbers to spare.
func (a *Asked) flushed() bool { return a.by.Flushes && a.in == op.Float16 && a.subnormal() }

// subnormal reports whether such a number is. It is found once.
func (q *question) subnormal() bool {
	if q.small != nil {
		return *q.small
	}
	xs := slices.Clone(q.call.Energies)
	for _, p := range q.call.Op.Row().Params {
		xs = append(xs, p.Of(q.call), -p.Of(q.call))
	}
	if q.call.Op.Row().Pair {
		xs = append(xs, xs[0]-xs[1])
	}
	slices.Sort(xs)
	small := false
	for i, x := range xs {
		small = small || x != 0 && math.Abs(x) < q.in.Normal() || i > 0 && x != xs[i-1] && x-xs[i-1] < q.in.Normal()
	}
	q.small = &small
	return small
}

// overflowing asks nothing where the standard algorithm loses the answer on its way, nor where it overflows of
// an infinity of the right sign, and of a NaN that may come of one.
func (p *part) overflowing(allow *op.Allowance) {
	comes := math.IsInf(p.got, 0) && p.got*p.want.Lo.Near > 0 || allow.NaN && math.IsNaN(p.got)
	if allow.Lost || allow.Overflows && comes {
		p.required = math.NaN()
	}
}

func point(v op.Value) op.Range { return op.Range{Lo: v, Hi: v} }
