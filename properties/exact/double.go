package exact

// A Double is a double-double of float64, 106 bits: a number for fast paths outside this package, which account for the errors
// of its operations themselves. The bounds hold where nothing overflows or underflows.
type Double struct{ d dd }

// NewDouble returns x.
func NewDouble(x float64) Double { return Double{dd{x, 0}} }

// Parts returns the float64 nearest to x and the rest.
func (x Double) Parts() (hi, lo float64) { return x.d.hi, x.d.lo }

// Add returns x + y to a relative 2⁻¹⁰⁴, whatever cancels, and without error if both are float64.
func (x Double) Add(y Double) Double { return Double{x.d.plus(y.d)} }

// Mul returns x·y to a relative 2⁻¹⁰⁴, and without error if both are float64.
func (x Double) Mul(y Double) Double { return Double{x.d.times(y.d)} }

// Div returns x/y to a relative 2⁻¹⁰².
func (x Double) Div(y Double) Double { return Double{x.d.over(y.d)} }

// Neg returns −x.
func (x Double) Neg() Double { return Double{x.d.neg()} }

// Exp returns e^x for |x| ≤ 700, to a relative 2⁻⁹² and an absolute 2⁻¹⁰⁷⁴, which is what an underflowing low part loses.
func (x Double) Exp() Double {
	m, q := expDD(x.d)
	return Double{m.scale(twoTo(q))}
}

// Log1p returns ln(1 + x) for x ≥ 0 and a bound on its relative error, +Inf where it is not known.
func (x Double) Log1p() (y Double, err float64) {
	l, err := log1pDD(x.d, 0)
	return Double{l}, err
}

// Settle returns the value of a number that is x to the relative error err, if that leaves no doubt about it.
func (x Double) Settle(err float64) (Value, bool) { return near{x.d, 0, err}.settle(false) }
