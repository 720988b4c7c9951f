package judge

import (
	"math"
	"testing"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// TestIntervals holds the intervals to the judge: what is right is in them, with one number at
// an end the reply is not refuted, unless slopes are judged together, at a kink, and with the
// next beyond it is.
func TestIntervals(t *testing.T) {
	beyond := 0
	for _, o := range op.Ops {
		for _, r := range Regimes {
			for c := range RandomCases(o, r, op.Float64, 1, 0, 6).Calls() {
				if len(c.Energies) > 8 {
					continue
				}
				q := newQuestion(c, op.Float64)
				allow := q.allowed(op.Declared{})
				kinked := allow.Kink || allow.Mixture != nil
				for _, g := range q.truth.Grad {
					kinked = kinked || g.Lo != g.Hi
				}
				for i, v := range Intervals(c) {
					if !v.Holds(v.Right) {
						t.Errorf("%v: %s: %v is right, and not in [%v, %v]", c, v.What, v.Right, v.Lo, v.Hi)
					}
					if v.Free || v.None {
						continue
					}
					if b := refutedWith(q, i, v.Lo) + refutedWith(q, i, v.Hi); b != "" && !kinked {
						t.Errorf("%v: %s: an end of [%v, %v] is refuted: %s", c, v.What, v.Lo, v.Hi, b)
					}
					for _, x := range []float64{math.Nextafter(v.Lo, math.Inf(-1)), math.Nextafter(v.Hi, math.Inf(1))} {
						if v.Holds(x) {
							continue // an infinity
						}
						if beyond++; refutedWith(q, i, x) == "" {
							t.Errorf("%v: %s: %v is not refuted, and not in [%v, %v]", c, v.What, x, v.Lo, v.Hi)
						}
					}
				}
			}
		}
	}
	if beyond < 500 {
		t.Errorf("%d ends of intervals, want 500", beyond)
	}
}

// TestIntervalsOf pins what is no plain interval of numbers: an overflow that a rounding may
// make, a NaN, and what nothing is asked of.
func TestIntervalsOf(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		call  op.Call
		holds []float64 // of the value
		not   []float64
	}{
		{op.Call{Op: op.SquareExp, Energies: []float64{0, -709.782712893384}, Gamma: 1}, []float64{math.Exp(709.782712893384), inf}, []float64{0, nan}},
		{op.Call{Op: op.FreeEnergy, Energies: []float64{0, nan}, Beta: 1}, []float64{nan, inf, -inf}, []float64{0, math.MaxFloat64}},
		{op.Call{Op: op.FreeEnergy, Energies: []float64{inf, inf}, Beta: 1}, []float64{inf, nan, 0}, nil},
		{op.Call{Op: op.Hinge, Energies: []float64{inf, inf}, Margin: 1}, []float64{inf, nan, 0}, nil},
		{op.Call{Op: op.Hinge, Energies: []float64{0, 1}, Margin: 1}, []float64{0}, []float64{-5e-324, nan, 1e-15}},
		{op.Call{Op: op.Hinge, Energies: []float64{0, 1e300}, Margin: 1}, []float64{0, 1}, []float64{-1, inf, nan}},
	} {
		v := Intervals(c.call)[0]
		for _, x := range c.holds {
			if !v.Holds(x) {
				t.Errorf("%v: %v is not in %+v", c.call, x, v)
			}
		}
		for _, x := range c.not {
			if v.Holds(x) {
				t.Errorf("%v: %v is in %+v", c.call, x, v)
			}
		}
	}
}

// refutedWith names a claim that refutes at REQUIRED the right reply to q in which the i-th
// number is x; "" if none does.
func refutedWith(q *question, i int, x float64) string {
	r := RegimeOf(q.call, op.Float64) // the narrowest
	y := rightReply(q)
	switch {
	case y.Probs != nil:
		y.Probs[i] = x
	case i == 0:
		y.Value = x
	default:
		y.Grad[i-1] = x
	}
	a := &Asked{question: q, reply: y, again: y}
	for _, k := range asked(About(q.call.Op, r), op.Subject{}) {
		for _, l := range k.levels(r, op.Subject{}) {
			if l == result.Required && k.concerns(q) && len(mistakes(k, a, l)) > 0 {
				return k.ID
			}
		}
	}
	return ""
}
