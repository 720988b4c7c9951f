package op

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// A Call is one question to a subject. Fields that its op does not send are
// zero.
type Call struct {
	Op       Op
	Energies []float64          // F, one energy an answer; a pair op has [F(x,y), F(x,ȳ)]
	Answer   int                // y, the correct answer
	Beta     float64            // β, inverse temperature
	Margin   float64            // m
	Gamma    float64            // γ
	Cap      float64            // M
	Params   map[string]float64 // any other parameter, by its name; never changed, but replaced
	Batch    *Batch             // of an op of batches: the rows, and nothing else
}

// Asked returns c with only the fields that its op sends.
func (c Call) Asked() Call {
	r := c.Op.Row()
	d := Call{Op: c.Op, Energies: c.Energies, Batch: c.Batch}
	for _, p := range r.Params {
		p.Set(&d, p.Of(c))
	}
	if r.Answer {
		d.Answer = c.Answer
	}
	return d
}

// Truth returns the true answer of c, correctly rounded.
func (c Call) Truth() exact.Truth { return c.Op.Row().Truth(c) }

// String writes the call as a person would: nll(F=[0.5 1], y=0, β=2). Of more than twelve
// energies it says how many there are, and leaves out what is in the middle, unless few
// numbers stand again and again: infer(F=[1 (×1024) 0], n=1025).
func (c Call) String() string {
	if c.Batch != nil {
		return c.Batch.String()
	}
	return c.shown(nil)
}

// shown is c with the energies that counts leaves out in brackets; nil: it leaves out none.
func (c Call) shown(counts []bool) string {
	r, ok := Find(c.Op)
	if !ok {
		r = &Row{}
	}
	F := result.Each(c.Energies, result.Decimal)
	for j := range F {
		if counts != nil && !counts[j] {
			F[j] = "(" + F[j] + ")"
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s(", c.Op)
	if r.Pair && len(F) == 2 {
		fmt.Fprintf(&b, "F=%s, F̄=%s", F[0], F[1])
	} else {
		b.WriteString("F=[" + listed(F) + "]")
		if n := len(F); n > written {
			fmt.Fprintf(&b, ", n=%d", n)
		}
	}
	if r.Answer {
		fmt.Fprintf(&b, ", y=%d", c.Answer)
	}
	return b.String() + r.shown(c) + ")"
}

// written is how many energies are written one by one.
const written = 12

// listed writes energies, as they are shown, not all of many.
func listed(shown []string) string {
	if len(shown) <= written {
		return strings.Join(shown, " ")
	}
	var runs []string
	for i := 0; i < len(shown) && len(runs) <= written/2; {
		n := 1
		for i+n < len(shown) && shown[i+n] == shown[i] {
			n++
		}
		if runs = append(runs, shown[i]); n > 1 {
			runs[len(runs)-1] = fmt.Sprintf("%s (×%d)", shown[i], n)
		}
		i += n
	}
	if len(runs) <= written/2 {
		return strings.Join(runs, " ")
	}
	return strings.Join(shown[:written/2-1], " ") + " … " + strings.Join(shown[len(shown)-2:], " ")
}

// shown are the parameters of c: ", β=2, m=1".
func (r *Row) shown(c Call) string {
	var b strings.Builder
	for _, p := range r.Params {
		fmt.Fprintf(&b, ", %s=%s", p.Symbol, result.Decimal(p.Of(c)))
	}
	return b.String()
}

// Clone returns a copy of c that shares no memory with it.
func (c Call) Clone() Call {
	c.Energies, c.Params, c.Batch = slices.Clone(c.Energies), maps.Clone(c.Params), c.Batch.clone()
	return c
}

// Equal reports whether c and d are the same call, bit for bit.
func (c Call) Equal(d Call) bool {
	same := sameBits
	return c.Op == d.Op && c.Answer == d.Answer && slices.EqualFunc(c.Energies, d.Energies, same) &&
		same(c.Beta, d.Beta) && same(c.Margin, d.Margin) && same(c.Gamma, d.Gamma) && same(c.Cap, d.Cap) &&
		maps.EqualFunc(c.Params, d.Params, same) && c.Batch.equal(d.Batch)
}

func sameBits(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }
