package exact

import "math"

// The pair losses made of exponentials; see pair.go for their common special cases.

// Log returns the log loss and its gradient (Table 1):
//
//	ln(1 + e^d), σ(d)·(1, −1), σ(t) = 1/(1 + e^{−t})
func Log(F, Fbar float64) Truth { return SoftHinge(F, Fbar, 0, 1) }

// SoftHinge returns the soft hinge and its gradient, for a finite m and β ≥ 0:
//
//	(1/β) ln(1 + e^{β(m + d)}), σ(β(m + d))·(1, −1)
//
// Special cases are:
//
//   - at β = 0 the value is +Inf (ln 2/β → ∞) and the gradient (½, −½); but 0 and 0 where F̄ is +Inf;
//   - at β = +Inf it is the hinge loss;
//   - if F is +Inf, the value is +Inf and the gradient (1, −1); if F̄ is, both are 0.
func SoftHinge(F, Fbar, m, beta float64) Truth {
	infinite, ok := difference(F, Fbar)
	switch {
	case !ok || !finite(m) || !(beta >= 0):
		return noPair()
	case infinite > 0:
		return Truth{Value: whole(math.Inf(1)), Grad: constants(1, -1), SumZero: true}
	case infinite < 0:
		return Truth{Grad: constants(0, 0), SumZero: true}
	}
	switch {
	case math.IsInf(beta, 1):
		return hinge(sum(m, F, -Fbar))
	case beta == 0:
		return Truth{Value: whole(math.Inf(1)), Grad: constants(0.5, -0.5), SumZero: true}
	}
	l, ok := newLogistic(F, Fbar, m, beta)
	return Truth{
		Value: quick(l, ok, logistic.softplus, func() Value { return softplus(sum(m, F, -Fbar), beta) }),
		Grad: opposite(quick(l, ok, logistic.sigmoid, func() Value {
			return sigmoid(sum(m, F, -Fbar).Scale(beta))
		})),
		SumZero: true,
	}
}

// softplus returns ln(1 + e^{βt})/β of a point t, as [t]⁺ + ln(1 + e^{−β|t|})/β.
func softplus(t Interval, beta float64) Value {
	z := t.Scale(beta).Abs().Neg()
	return converge(true, func(prec uint) Interval {
		return t.Pos().At(prec).Add(z.At(prec).Exp().Log1p().Div(Of(beta, prec)))
	})
}

// sigmoid returns σ(t) of a point t, in the form that loses nothing: e^t/(1 + e^t) below 0.
func sigmoid(t Interval) Value {
	if t.lo.Sign() == 0 {
		return whole(0.5)
	}
	return converge(true, func(prec uint) Interval {
		one, e := Of(1, prec), t.Abs().Neg().At(prec).Exp()
		if t.lo.Sign() > 0 {
			return one.Div(one.Add(e))
		}
		return e.Div(one.Add(e))
	})
}

// MCE returns the minimum classification error loss and its gradient (Table 1):
//
//	σ(d), σ(d)(1 − σ(d))·(1, −1)
//
// If F is +Inf, the value is 1; if F̄ is, 0; the gradient is then 0.
func MCE(F, Fbar float64) Truth {
	infinite, ok := difference(F, Fbar)
	switch {
	case !ok:
		return noPair()
	case infinite != 0:
		return Truth{Value: whole(float64(1+infinite) / 2), Grad: constants(0, 0), SumZero: true}
	}
	l, ok := newLogistic(F, Fbar, 0, 1)
	return Truth{
		Value:   quick(l, ok, logistic.sigmoid, func() Value { return sigmoid(sum(F, -Fbar)) }),
		Grad:    opposite(quick(l, ok, logistic.slope, func() Value { return sigmoidSlope(sum(F, -Fbar)) })),
		SumZero: true,
	}
}

// sigmoidSlope returns σ(1 − σ) of a point d, as e/(1 + e)² with e = e^{−|d|}.
func sigmoidSlope(d Interval) Value {
	if d.lo.Sign() == 0 {
		return whole(0.25)
	}
	return converge(true, func(prec uint) Interval {
		one, e := Of(1, prec), d.Abs().Neg().At(prec).Exp()
		return e.Div(one.Add(e).Sqr())
	})
}

// SquareExp returns the square-exponential loss and its gradient (Table 1, whose β is this γ), for a finite γ:
//
//	F² + γ e^{−F̄}, (2F, −γ e^{−F̄})
//
// If F is +Inf, the value and its slope by F are +Inf; if F̄ is, the second term is 0.
func SquareExp(F, Fbar, gamma float64) Truth {
	if !energies(F, Fbar) || !finite(gamma) {
		return noPair()
	}
	term := func(prec uint) Interval { return Of(-Fbar, prec).Exp().Mul(Of(gamma, prec)) }
	if gamma == 0 || Fbar == 0 || math.IsInf(Fbar, 1) {
		c := gamma
		if Fbar != 0 {
			c = 0
		}
		return Truth{Value: squareAnd(F, c), Grad: []Range{smooth(twice(F)), smooth(whole(-c))}}
	}
	x, ok := newTail(Fbar, gamma)
	slope := quick(x, ok, tail.slope, func() Value {
		return converge(true, func(prec uint) Interval { return term(prec).Neg() })
	})
	if math.IsInf(F, 1) {
		return Truth{Value: whole(F), Grad: []Range{smooth(whole(F)), smooth(slope)}}
	}
	return Truth{
		Value: quick(x, ok, func(x tail) (Value, bool) { return x.above(F) }, func() Value {
			return converge(true, func(prec uint) Interval { return Of(F, exactBits).Sqr().At(prec).Add(term(prec)) })
		}),
		Grad: []Range{smooth(twice(F)), smooth(slope)},
	}
}

// squareAnd returns x² + c, if both are finite.
func squareAnd(x, c float64) Value {
	if s := twoProd(x, x); s.lo == 0 && (s.hi == 0 && x == 0 || s.hi >= 0x1p-900) {
		if t := twoSum(s.hi, c); t.lo == 0 && !math.IsInf(t.hi, 0) {
			return whole(t.hi)
		}
	}
	if math.IsInf(x, 1) {
		return whole(x)
	}
	return rational(Of(x, exactBits).Sqr().Add(Of(c, exactBits)))
}

// twice returns 2x.
func twice(x float64) Value {
	if y := 2 * x; !math.IsInf(y, 0) || math.IsInf(x, 0) {
		return whole(y)
	}
	return rational(Of(x, exactBits).Scale(2))
}
