package formula

// OnlyExponent reports whether a parameter stands in exponents and nowhere else. By IEEE 754 it may then be NaN without
// a trace: 1 to any power is 1.
func (f *Formula) OnlyExponent(param string) bool {
	return !f.Expand().Expr.outsideExponents(param)
}

func (e *Expr) outsideExponents(param string) bool {
	if e.Op == "^" {
		return e.Args[0].outsideExponents(param)
	}
	if e.Op == "param" && e.Name == param {
		return true
	}
	for _, a := range e.Args {
		if a.outsideExponents(param) {
			return true
		}
	}
	return false
}
