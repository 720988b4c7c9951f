package formula

import "slices"

// NonNegative reports whether f is made so that no rounding carries it below 0: it is a square, the value of a function that has
// none below 0, or put together from such numbers by sums, products, quotients, powers, maxima. positive says which
// parameters are never below 0. It is false of much that is not negative: of a difference, and of log(1 + exp(x)), whose 1 + exp(x)
// a competent author may have in another form.
func (f *Formula) NonNegative(positive func(param string) bool) bool {
	return f.Expand().Expr.nonNegative(positive)
}

func (e *Expr) nonNegative(positive func(string) bool) bool {
	is := func(a *Expr) bool { return a.nonNegative(positive) }
	switch e.Op {
	case "num":
		return e.Num.Sign() >= 0
	case "param":
		return e.Index == "" && positive(e.Name)
	case "n", "p", "delta", "pos", "exp", "abs", "sqrt", "sigmoid", "softplus":
		return true
	case "log1p", "expm1":
		return is(e.Args[0])
	case "^":
		return e.Args[1].isEven() || is(e.Args[0])
	case "*":
		if e.Args[0].Equal(e.Args[1]) {
			return true
		}
		fallthrough
	case "+", "/", "sum", "mean", "min":
		return !slices.ContainsFunc(e.Args, func(a *Expr) bool { return !is(a) })
	case "max":
		return slices.ContainsFunc(e.Args, is)
	case "if":
		return is(e.Args[2]) && is(e.Args[3])
	}
	return false
}

// isEven reports whether e is an even whole number as it is written: 2.
func (e *Expr) isEven() bool {
	return e.Op == "num" && e.Num.IsInt() && e.Num.Num().Bit(0) == 0
}
