package judge

import (
	"fmt"
	"math"
	"slices"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// What is owed of batches (adapters/README.md, "Many at once"): that each row is answered as it is
// alone, whatever stands beside it, pads it or weighs it. Of a row of which no entry counts
// nothing is asked, nor of a mean where no weight counts.

// fewer is how many calls a batch counts for, of those that a claim is promised: of 10 000
// these are 500 batches, of five rows or so each.
const fewer = 20

// batchObligations are the claims about the batches of an op.
func batchObligations(row *op.Row) []Claim {
	claim := func(name, says, formula string, by judge, regimes ...Regime) Claim {
		return Claim{Claim: result.Claim{ID: string(row.Op) + "." + name, Op: string(row.Op), Where: row.Where, Says: says, Formula: formula,
			Why: fmt.Sprintf("judged on one batch for every %d calls that other claims are promised; REQUIRED allows the bound of: %s", fewer, row.Standard)}, by: by, Regimes: regimes}
	}
	return []Claim{
		claim("value", "in a batch the value of each row is that of the row alone, weighed; padding does not count; a mean is over the weights of the rows that count",
			"w_i·ℓ_i, Σ_i w_i·ℓ_i, Σ_i w_i·ℓ_i / Σ_i w_i", judgeBatchValue, Tame, Wide),
		claim("gradient", "in a batch the gradient of each row is that of the row alone, weighed; that of a masked entry is exactly 0",
			"s_i·∂ℓ_i/∂F_ij, s_i = w_i or w_i/Σw", judgeBatchGradient, Tame, Wide),
		claim("nonfinite", "a row with NaN or an infinity does not touch the others, and is not lost in a sum",
			"F_ij = NaN ⇒ the rows beside i as if it were not there", judgeBatchNonFinite, NonFinite),
		claim("pure", "asking the same batch twice gives the same bits, and the rows asked about stay as they were",
			"f(F) = f(F)", judgePure, Tame),
	}
}

// judgeBatchValue judges the values of the rows, or what their reduction is.
func judgeBatchValue(a *Asked) ([]part, string) {
	if b := refused(a); b != "" {
		return nil, b
	}
	return a.batchValue(func(int) bool { return true })
}

// batchValue are the parts of the value, or of the values of those rows that asked says.
func (a *Asked) batchValue(asked func(i int) bool) (parts []part, broken string) {
	b, allow := a.call.Batch, a.allowed(a.by)
	floor, spare := 0.0, 0.0 // of the sum
	shares, k := b.Shares()
	if b.Reduction == op.None && len(a.reply.Values) != len(b.Rows) {
		return nil, fmt.Sprintf("%d numbers in values, want %d, one a row", len(a.reply.Values), len(b.Rows))
	}
	for i := range b.Rows {
		if !b.Counts(i) {
			continue
		}
		row, _ := b.Alone(i)
		is := a.truth.Rows[i].Value
		size := max(shares[i]*op.Cancels(row), math.Abs(is.Near))
		alone := a.alone(shares[i], size)
		if b.Reduction == op.None && asked(i) {
			p := a.newPart("values", a.reply.Values[i], point(is), allow.Rows[i].Value, size, alone).at(i)
			parts = append(parts, p.besideOverflow(&allow.Rows[i], allow.Rows[i].Value))
		}
		floor += size
		spare += alone
	}
	if b.Reduction != op.None && k > 0 && a.truth.Value.Defined() {
		parts = append(parts, a.newPart("value", a.reply.Value, point(a.truth.Value), allow.Value, floor, spare).besideOverflow(allow, allow.Value))
	}
	return parts, ""
}

// alone is what RECOMMENDED allows a row on its own, 4 ulps of its number without the
// share s, as it is weighed. The 4 ulps of what is weighed are for weighing and adding up.
func (a *Asked) alone(s, weighed float64) float64 {
	if s == 0 {
		return 0
	}
	return op.Recommended * math.Abs(s) * a.in.Ulp(weighed/s)
}

// judgeBatchGradient judges the gradients of the rows.
func judgeBatchGradient(a *Asked) ([]part, string) {
	if b := refused(a); b != "" {
		return nil, b
	}
	return a.batchGradient(func(int) bool { return true })
}

// batchGradient are the parts of the gradients of those rows that asked says. What of a
// gradient at a kink belongs together is asked of the row alone, not here.
func (a *Asked) batchGradient(asked func(i int) bool) (parts []part, broken string) {
	b, allow := a.call.Batch, a.allowed(a.by)
	shares, _ := b.Shares()
	if len(a.reply.Grads) != len(b.Rows) {
		return nil, fmt.Sprintf("%d lists in grads, want %d, one a row", len(a.reply.Grads), len(b.Rows))
	}
	for i, row := range b.Rows {
		got := a.reply.Grads[i]
		name := at("grads", i)
		if broken := sized(name, len(got), len(row.Energies)); broken != "" {
			return nil, broken
		}
		s := shares[i]
		if !b.Counts(i) || !asked(i) || math.IsNaN(s) {
			continue
		}
		of := &allow.Rows[i]
		for j, g := range got {
			want := nearer(a.truth.Rows[i].Grad[j], g)
			p := a.newPart(name, g, want, of.Grad[j], 0, a.alone(s, want.Lo.Near)).at(j)
			switch hull := hullOfSlopes(j); {
			case of.Corner != nil && of.Corner[j]:
				p.required = math.NaN()
			case of.Kink && g >= s*hull.Lo.Near-of.Grad[j] && g <= s*hull.Hi.Near+of.Grad[j]:
				p.required = math.NaN()
			}
			parts = append(parts, p.besideOverflow(of, of.Grad[j]))
		}
	}
	return parts, ""
}

// besideOverflow asks nothing REQUIRED where a row overflows alone, for which the bound is
// infinite; and at no level a finite number where a sum overflows, or such a row is in it.
func (p part) besideOverflow(allow *op.Allowance, bound float64) part {
	if math.IsInf(bound, 1) {
		p.required = math.NaN()
	}
	if allow.Overflows && math.IsInf(p.got, 0) && p.got*p.want.Lo.Near > 0 {
		p.required, p.recommended = math.NaN(), math.NaN()
	}
	return p
}

// nearer is that end of want from which got is off, so that it is measured in ulps of that;
// want where got is inside.
func nearer(want op.Range, got float64) op.Range {
	switch {
	case got > want.Hi.Near:
		return point(want.Hi)
	case got < want.Lo.Near:
		return point(want.Lo)
	}
	return want
}

// judgeBatchNonFinite judges what a row with NaN or an infinity does to the others, and
// that a NaN is not lost in a sum, or a mean. RECOMMENDED: a row of weight 0 adds nothing
// where its loss is infinite, either. The row itself is judged by the claims about its op.
func judgeBatchNonFinite(a *Asked) ([]part, string) {
	b := a.call.Batch
	var nan, odd, weighed []int
	for i := range b.Rows {
		row, at := b.Alone(i)
		if len(at) == 0 || !NonFinite.belongs(row) {
			continue
		}
		odd = append(odd, i)
		if slices.ContainsFunc(row.Energies, math.IsNaN) {
			nan = append(nan, i)
		}
		if b.Weight(i) > 0 {
			weighed = append(weighed, i)
		}
	}
	noAnswer := func(i int) bool {
		row, _ := b.Alone(i)
		return slices.Contains(nan, i) || nothingPossible(row.Energies) || nanParameter(row)
	}
	if a.reply.Error != "" && a.reply.Outcome == "" && slices.ContainsFunc(odd, noAnswer) {
		return nil, "" // refusing what has no answer is an answer
	}
	if broken := refused(a); broken != "" {
		return nil, broken
	}
	plain := func(i int) bool { return !slices.Contains(odd, i) }
	var parts []part
	var broken string
	swallowed := func(i int) bool { return slices.Contains(weighed, i) && !a.truth.Rows[i].Value.Defined() }
	switch {
	case b.Reduction == op.None || len(weighed) == 0 && len(nan) == 0:
		if parts, broken = a.batchValue(plain); b.Reduction != op.None {
			for i := range parts {
				parts[i].required = math.NaN() // 0·∞ is NaN in plain arithmetic
			}
		}
	case slices.ContainsFunc(nan, swallowed):
		parts = append(parts, a.newPart("value", a.reply.Value, point(op.Value{Near: math.NaN()}), 0, 0, 0))
	}
	if broken == "" && a.reply.Grads != nil {
		var g []part
		g, broken = a.batchGradient(plain)
		parts = append(parts, g...)
	}
	return parts, broken
}
