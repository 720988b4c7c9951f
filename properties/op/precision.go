package op

import (
	"fmt"
	"math"
	"strings"

	"ebmcheck/properties/exact"
)

// A Precision is the arithmetic that a subject declares: the binary format
// whose numbers it is sent and by whose ulps its errors are judged. The zero
// value is Float64.
type Precision int

// The precisions of the protocol.
const (
	Float64 Precision = iota
	Float32
	BFloat16
	Float16
)

// Precisions lists them, widest first.
var Precisions = []Precision{Float64, Float32, BFloat16, Float16}

// Formats are the parameters of each: its numbers are k·2^e with |k| < 2^bits,
// the smallest normal one is 2^min, and the largest are below 2^max.
var Formats = [...]struct {
	name           string
	bits, min, Max int
}{
	Float64:  {"float64", 53, -1022, 1024},
	Float32:  {"float32", 24, -126, 128},
	BFloat16: {"bfloat16", 8, -126, 128},
	Float16:  {"float16", 11, -14, 16},
}

// String is the protocol's name of p.
func (p Precision) String() string { return Formats[p].name }

// ParsePrecision returns the precision of this name; "" is float64.
func ParsePrecision(name string) (Precision, error) {
	var names []string
	for _, p := range Precisions {
		if p.String() == name {
			return p, nil
		}
		names = append(names, p.String())
	}
	if name == "" {
		return Float64, nil
	}
	return Float64, fmt.Errorf("precision %q: want %s", name, strings.Join(names, ", "))
}

// Largest is the largest finite number of the format.
func (p Precision) Largest() float64 { return largest[p] }

var largest = func() (x [len(Formats)]float64) {
	for p, f := range Formats {
		x[p] = math.Ldexp(2-math.Ldexp(1, 1-f.bits), f.Max-1)
	}
	return x
}()

// Unit is u = 2^−bits, the largest relative error of a rounding.
func (p Precision) Unit() float64 { return power2(-Formats[p].bits) }

// Short reports whether p has 16 bits.
func (p Precision) Short() bool { return p == BFloat16 || p == Float16 }

// Normal is the smallest normal number.
func (p Precision) Normal() float64 { return power2(Formats[p].min) }

// Smallest is the smallest positive number.
func (p Precision) Smallest() float64 { return p.Ulp(0) }

// Least is the smallest positive number of the tame and wide regimes. It and its
// neighbours are normal, and so are their differences: below, XLA and whoever
// else flushes to zero has other numbers, by design. Float16, which has few
// numbers to spare, is not flushed by anyone known.
func (p Precision) Least() float64 {
	if p == Float16 {
		return p.Smallest()
	}
	f := Formats[p]
	return power2(f.min + f.bits)
}

// Round returns the number of the format nearest to x, ties to even, ±Inf
// past the largest; NaN and infinities stay.
func (p Precision) Round(x float64) float64 { return p.Nearest(exact.Value{Near: x}) }

// Nearest returns the number of the format nearest to a true value, as Round
// does. A tie of its nearest float64 is none of the value itself.
func (p Precision) Nearest(v exact.Value) float64 {
	x := v.Near
	if p == Float64 || x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return x
	}
	q := p.Ulp(x)
	r := math.RoundToEven(x / q) // exact: q is a power of two far above 2⁻¹⁰⁷⁴
	if low := math.Floor(x / q); v.Off != 0 && x/q-low == 0.5 {
		r = low
		if v.Off > 0 {
			r++
		}
	}
	if r *= q; math.Abs(r) > p.Largest() {
		return math.Inf(int(math.Copysign(1, x)))
	}
	if r == 0 {
		return math.Copysign(0, x)
	}
	return r
}

// Next returns the format's number next to x, which is one, on the side of
// toward.
func (p Precision) Next(x, toward float64) float64 {
	switch {
	case p == Float64 || x == toward || math.IsNaN(x):
		return math.Nextafter(x, toward)
	case math.IsInf(x, 0):
		return math.Copysign(p.Largest(), x)
	case x == 0:
		return math.Copysign(p.Smallest(), toward)
	}
	step := p.Ulp(x)
	if f, _ := math.Frexp(x); math.Abs(f) == 0.5 && (toward > x) != (x > 0) {
		step = p.spacing(exponent(x) - 1) // from a power of two towards 0
	}
	return p.Round(x + math.Copysign(step, toward-x))
}

// Clip is Round, but to the largest finite number instead of an infinity.
func (p Precision) Clip(x float64) float64 {
	r := p.Round(x)
	if math.IsInf(r, 0) && !math.IsInf(x, 0) {
		return math.Copysign(p.Largest(), x)
	}
	return r
}

// Holds reports whether every number of c is one of the format.
func (p Precision) Holds(c Call) bool { return p.Fit(c, p.Smallest()).Equal(c) }

// Fit returns c with every number one that the format holds, and none but 0
// below least in size. A positive parameter stays positive.
func (p Precision) Fit(c Call, least float64) Call {
	fit := func(x float64) float64 {
		r := p.Clip(x)
		if math.Abs(r) < least && x != 0 {
			return math.Copysign(least, x)
		}
		return r
	}
	d := c.Clone()
	for i, f := range d.Energies {
		d.Energies[i] = fit(f)
	}
	for _, q := range c.Op.Row().Params {
		q.Set(&d, fit(q.Of(c)))
	}
	if b := d.Batch; b != nil {
		for i, r := range b.Rows {
			b.Rows[i] = p.Fit(r, least)
		}
		for i, w := range b.Weights {
			b.Weights[i] = fit(w)
		}
	}
	return d
}

// OfBits makes any finite number of the format of the bits: for float64 the one
// that they are, 0 where they are none.
func (p Precision) OfBits(bits uint64) float64 {
	f := math.Float64frombits(bits)
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	if p == Float64 {
		return f
	}
	g := Formats[p] // the exponent brought into the format's range, subnormals included
	mantissa, e := math.Frexp(f)
	lowest := g.min - g.bits
	return p.Clip(math.Ldexp(mantissa, lowest+(e+1<<12)%(g.Max-lowest+1)))
}

// Small is the size of what a tolerance would swallow: 1e-3, but no less than 16
// ulps of 1.
func (p Precision) Small() float64 { return max(1e-3, 16*p.Ulp(1)) }

// Thresholds are the arguments of exp and log where algorithms change hands in
// precision p. For float64: the hard cut at 20 that some libraries have,
// −ln 2⁻⁵² = 36.04 and −ln 2⁻⁵³ = 36.74 (below: 1 + eˣ = 1), −ln of the smallest
// normal number = 708.40, ln of the largest = 709.78, and −ln of half the
// smallest subnormal one = 745.13.
func (p Precision) Thresholds() []float64 {
	f := Formats[p]
	ln := func(power int) float64 { return float64(power) * math.Ln2 }
	return []float64{20, ln(f.bits - 1), ln(f.bits), ln(-f.min), ln(f.Max), ln(f.bits - f.min)}
}
