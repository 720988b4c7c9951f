package properties_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"ebmcheck/properties"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// advised are losses whose formula has naive parts, and code that writes some of them as is advised: bit k of way is
// that of part k.
var advised = []struct {
	own
	ways int
}{
	{own{"advised_mee", "1 - p[y]", nil, [3]string{}, mee[float64], mee[float32]}, 2},
	{own{"advised_focal", "(1 - p[y])^g * -log(p[y])", []properties.Range{{Name: "g", Lo: 0, Hi: 5}}, [3]string{}, advisedFocal[float64], advisedFocal[float32]}, 4},
	{own{"advised_mce", "1 - sigmoid(F[ybar] - F[y])", nil, [3]string{}, mce[float64], mce[float32]}, 2},
	{own{"advised_tempered", "log(1 + exp(t*(F[y] - F[ybar])))", nil, [3]string{}, tempered[float64], tempered[float32]}, 2},
}

// others is 1 − p_y, as the sum of what the incorrect answers have.
func others[T float](p []T) T {
	sum := T(0)
	for _, q := range p[1:] {
		sum += q
	}
	return sum
}

func mee[T float](F []T, at func(string) T, way int) (T, []T) {
	beta := at("beta")
	p, _ := softmax(F, beta)
	q := 1 - p[0]
	if way == 1 {
		q = others(p)
	}
	grad := make([]T, len(F))
	for j := range grad {
		grad[j] = -beta * p[0] * p[j]
	}
	grad[0] = beta * p[0] * q
	return q, grad
}

func advisedFocal[T float](F []T, at func(string) T, way int) (T, []T) {
	beta, g := at("beta"), at("g")
	p, logp := softmax(F, beta)
	q, l := 1-p[0], -lnOfTiny(p[0])
	if way&1 != 0 {
		q = others(p)
	}
	if way&2 != 0 {
		l = -logp[0]
	}
	c := beta * pow(q, g)
	if g > 0 && q > 0 {
		c += beta * g * p[0] * pow(q, g-1) * l
	}
	grad := make([]T, len(F))
	for j := range grad {
		grad[j] = -c * p[j]
	}
	grad[0] = c * (1 - p[0])
	return pow(q, g) * l, grad
}

// lnOfTiny is ln x, of subnormal x too, of which math.Log is wrong on amd64.
func lnOfTiny[T float](x T) T {
	if x > 0 && x < 0x1p-1000 {
		return ln(x*0x1p60) - 60*math.Ln2
	}
	return ln(x)
}

func mce[T float](F []T, at func(string) T, way int) (T, []T) {
	d := F[0] - F[1]
	v := 1 - sigmoid(-d)
	if way == 1 {
		v = sigmoid(d)
	}
	slope := v * sigmoid(-d)
	return v, []T{slope, -slope}
}

func tempered[T float](F []T, at func(string) T, way int) (T, []T) {
	t := at("t")
	x := t * (F[0] - F[1])
	v := ln(1 + exp(x))
	if way == 1 {
		v = softplus(x)
	}
	slope := t * sigmoid(x)
	return v, []T{slope, -slope}
}

// TestAdvised: who writes naive parts of a formula as is advised, all of them or some, is never refuted at REQUIRED.
func TestAdvised(t *testing.T) {
	calls := *ownCalls
	if testing.Short() {
		calls /= 10
	}
	for _, l := range advised {
		o := properties.Define(l.name, l.formula, l.ranges...)
		if len(o.Row().Advice) == 0 {
			t.Errorf("%s: no advice", l.formula)
		}
		for _, p := range []op.Precision{op.Float64, op.Float32} {
			t.Run(fmt.Sprintf("%s/%s", l.name, p), func(t *testing.T) {
				t.Parallel()
				for _, r := range []judge.Regime{judge.Tame, judge.Wide} {
					var subjects []op.Subject
					var tallies [][]*judge.Tally
					for way := range l.ways {
						subjects = append(subjects, l.subject(o, p, way))
						tallies = append(tallies, judge.Tallies(judge.About(o, r), r, subjects[way]))
					}
					cases := judge.RandomCases(o, r, p, 1, 0, calls/2)
					for i, a := range cases.Ask(subjects, func(int) bool { return false }) {
						for _, tally := range tallies[i] {
							tally.Add(a)
						}
					}
					for way, tally := range slices.Concat(tallies...) {
						if tally.Refuted() == result.Required {
							spent, on := tally.Spent(result.Required)
							t.Errorf("right, and refuted by %s in %s (%d): %.3g on %v", tally.Claim(), r, way, spent, on)
						}
					}
				}
			})
		}
	}
}
