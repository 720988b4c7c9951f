package properties

import (
	"fmt"
	"math"
	"strings"
)

// A Precision is the arithmetic that a subject declares: the format of the
// numbers that it can be sent and answers in.
type Precision struct {
	Name string
	bits int // of the significand, the hidden one included
	min  int // the exponent of the smallest normal number, 2^min
	max  int // the largest numbers are below 2^max
}

// The precisions of the protocol.
var (
	Float64  = Precision{"float64", 53, -1022, 1024}
	Float32  = Precision{"float32", 24, -126, 128}
	BFloat16 = Precision{"bfloat16", 8, -126, 128}
	Float16  = Precision{"float16", 11, -14, 16}
)

// ParsePrecision returns the precision of this name; "" is float64.
func ParsePrecision(name string) (Precision, error) {
	all := []Precision{Float64, Float32, BFloat16, Float16}
	var names []string
	for _, p := range all {
		if p.Name == name {
			return p, nil
		}
		names = append(names, p.Name)
	}
	if name == "" {
		return Float64, nil
	}
	return Precision{}, fmt.Errorf("precision %q: want %s", name, strings.Join(names, ", "))
}

// Largest is the largest finite number of the format.
func (p Precision) Largest() float64 {
	return math.Ldexp(2-math.Ldexp(1, 1-p.bits), p.max-1)
}

// ulp is the distance of the format's numbers in the binade of x, and for x
// past the largest that of the last binade.
func (p Precision) ulp(x float64) float64 {
	e := p.min
	if x = math.Abs(x); x > 0 {
		e = min(max(math.Ilogb(x), p.min), p.max-1)
	}
	return math.Ldexp(1, e-p.bits+1)
}

// Round returns the number of the format nearest to x, ties to even, ±Inf
// past the largest; NaN and infinities stay.
func (p Precision) Round(x float64) float64 {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) || p.bits == 53 {
		return x
	}
	q := p.ulp(x)
	r := math.RoundToEven(x/q) * q // both exact: q is a power of two far above 2⁻¹⁰⁷⁴
	if math.Abs(r) > p.Largest() {
		return math.Inf(int(math.Copysign(1, x)))
	}
	if r == 0 {
		return math.Copysign(0, x)
	}
	return r
}

// clip is Round, but to the largest finite number instead of an infinity.
func (p Precision) clip(x float64) float64 {
	r := p.Round(x)
	if math.IsInf(r, 0) && !math.IsInf(x, 0) {
		return math.Copysign(p.Largest(), x)
	}
	return r
}

// fit returns c with every number one that the format holds. A positive β,
// margin, γ or cap stays positive.
func (p Precision) fit(c Call) Call {
	if p.bits == 53 {
		return c
	}
	positive := func(x float64) float64 {
		if r := p.clip(x); r > 0 || x <= 0 {
			return r
		}
		return p.ulp(0)
	}
	d := c.clone()
	for i, f := range d.Energies {
		d.Energies[i] = p.clip(f)
	}
	d.Beta, d.Margin, d.Gamma, d.Cap = positive(c.Beta), positive(c.Margin), positive(c.Gamma), positive(c.Cap)
	return d
}
