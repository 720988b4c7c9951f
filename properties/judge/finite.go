package judge

import (
	"math"

	"ebmcheck/properties/op"
)

// judgeFinite judges that a number is answered where the true one is a number: neither
// NaN nor an infinity. Nothing is asked where a number on the way of the standard
// algorithm may pass the largest, nor where rounding may carry the answer past it.
func judgeFinite(a *Asked) ([]part, string) {
	if a.allowed(a.by).Overflows {
		return nil, a.gone()
	}
	if b := refused(a); b != "" {
		return nil, b
	}
	return a.rule(func(n number) (bool, op.Range, string) {
		odd := math.IsNaN(n.got) || math.IsInf(n.got, 0)
		return odd && a.reaches(n.want.Lo, n.bound) && a.reaches(n.want.Hi, n.bound), n.want, "a number"
	}), ""
}

// reaches reports whether the format holds all that the number v, off by the bound, may be.
func (a *Asked) reaches(v op.Value, bound float64) bool {
	return math.Abs(v.Near)+bound < a.in.Largest() || math.Abs(a.in.Nearest(v)) <= a.in.Largest() && bound == 0
}
