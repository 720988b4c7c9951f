package theory

import "ebmcheck/properties/exact"

// bits is the precision at which theory is evaluated: far past anything that
// a rounding of float64 inputs could blur.
const bits = 160

// x returns the real number f at the precision of the theory.
func x(f float64) exact.Interval { return exact.Of(f, bits) }

// xs returns the real numbers fs at the precision of the theory.
func xs(fs []float64) []exact.Interval {
	v := make([]exact.Interval, len(fs))
	for i, f := range fs {
		v[i] = x(f)
	}
	return v
}

// sum returns Σ v_i.
func sum(v []exact.Interval) exact.Interval {
	s := x(0)
	for _, e := range v {
		s = s.Add(e)
	}
	return s
}

// raised returns qⁿ.
func raised(q exact.Interval, n int) exact.Interval {
	p := x(1)
	for ; n > 0; n /= 2 {
		if n%2 == 1 {
			p = p.Mul(q)
		}
		q = q.Mul(q)
	}
	return p
}
