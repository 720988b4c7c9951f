package exact

// Dual is an enclosure of a number and of its partial derivatives by the n variables (forward-mode differentiation).
//
// At a kink (Pos, Abs at 0, Max and Min at a tie) the derivative is the hull of the derivatives on either side: an
// enclosure of Clarke's subdifferential, taken variable by variable. The same hull is given where the enclosures are too
// wide to tell on which side of the kink the number lies. Every partial derivative of every element of the
// subdifferential lies in D; not every point of the box D is an element.
type Dual struct {
	V Interval
	D []Interval
}

// Const returns x with n derivatives 0.
func Const(x Interval, n int) Dual {
	d := make([]Interval, n)
	zero := Of(0, x.prec)
	for i := range d {
		d[i] = zero
	}
	return Dual{x, d}
}

// Var returns the variable i of n at x: its derivative by itself is 1.
func Var(x Interval, i, n int) Dual {
	v := Const(x, n)
	v.D[i] = Of(1, x.prec)
	return v
}

// chain returns the value v with the derivatives slope·a.D.
func (a Dual) chain(v, slope Interval) Dual {
	d := make([]Interval, len(a.D))
	for i, x := range a.D {
		d[i] = x.times(slope)
	}
	return Dual{v, d}
}

// times returns a·b, with 0·b = 0 for an exact 0: a derivative by a variable that does not occur stays 0 whatever b.
func (a Interval) times(b Interval) Interval {
	if a.lo == a.hi && a.lo.Sign() == 0 {
		return a
	}
	return a.Mul(b)
}

// each returns the value v with derivatives f(a.D[i], b.D[i]).
func (a Dual) each(b Dual, v Interval, f func(x, y Interval) Interval) Dual {
	if len(a.D) != len(b.D) {
		panic("exact: duals of different numbers of variables")
	}
	d := make([]Interval, len(a.D))
	for i := range d {
		d[i] = f(a.D[i], b.D[i])
	}
	return Dual{v, d}
}

// Add returns a + b.
func (a Dual) Add(b Dual) Dual { return a.each(b, a.V.Add(b.V), Interval.Add) }

// Sub returns a − b.
func (a Dual) Sub(b Dual) Dual { return a.each(b, a.V.Sub(b.V), Interval.Sub) }

// Mul returns a·b, with da·b + a·db.
func (a Dual) Mul(b Dual) Dual {
	return a.each(b, a.V.Mul(b.V), func(x, y Interval) Interval { return x.times(b.V).Add(y.times(a.V)) })
}

// Div returns a/b, with (da − (a/b)·db)/b.
func (a Dual) Div(b Dual) Dual {
	q := a.V.Div(b.V)
	return a.each(b, q, func(x, y Interval) Interval {
		if n := x.Sub(y.times(q)); !(n.lo == n.hi && n.lo.Sign() == 0) {
			return n.Div(b.V)
		}
		return Of(0, q.prec)
	})
}

// Neg returns −a.
func (a Dual) Neg() Dual {
	d := make([]Interval, len(a.D))
	for i, x := range a.D {
		d[i] = x.Neg()
	}
	return Dual{a.V.Neg(), d}
}

// Scale returns c·a.
func (a Dual) Scale(c float64) Dual { return a.chain(a.V.Scale(c), Of(c, max(a.V.prec, 53))) }

// Exp returns e^a.
func (a Dual) Exp() Dual { v := a.V.Exp(); return a.chain(v, v) }

// Expm1 returns e^a − 1.
func (a Dual) Expm1() Dual { return a.chain(a.V.Expm1(), a.V.Exp()) }

// Log returns ln a, with da/a.
func (a Dual) Log() Dual { return a.chain(a.V.Log(), Of(1, a.V.prec).Div(a.V)) }

// Log1p returns ln(1 + a), with da/(1 + a).
func (a Dual) Log1p() Dual {
	one := Of(1, a.V.prec)
	return a.chain(a.V.Log1p(), one.Div(one.Add(a.V)))
}

// Sqrt returns √a, with da/(2√a).
func (a Dual) Sqrt() Dual {
	v := a.V.Sqrt()
	return a.chain(v, Of(0.5, a.V.prec).Div(v))
}

// Sqr returns a², with 2a·da.
func (a Dual) Sqr() Dual { return a.chain(a.V.Sqr(), a.V.Scale(2)) }

// Max returns the larger of a and b, and the hull of their derivatives where that is open.
func (a Dual) Max(b Dual) Dual {
	switch v := a.V.Max(b.V); {
	case b.V.Less(a.V):
		return Dual{v, a.D}
	case a.V.Less(b.V):
		return Dual{v, b.D}
	default:
		return a.each(b, v, Interval.Hull)
	}
}

// Min returns the smaller of a and b, and the hull of their derivatives where that is open.
func (a Dual) Min(b Dual) Dual { return a.Neg().Max(b.Neg()).Neg() }

// Abs returns |a|, and at 0 the hull of ±da.
func (a Dual) Abs() Dual { return a.Max(a.Neg()) }

// Pos returns max(0, a), and at 0 the hull of 0 and da.
func (a Dual) Pos() Dual { return a.Max(Const(Of(0, a.V.prec), len(a.D))) }
