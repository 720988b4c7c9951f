package fuzz

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/op"
)

// A tape is what a target reads its numbers from: arbitrary bytes, of which every
// bit pattern of a float64 can come, and ties, kinks and infinities often do. A
// number begins with a byte:
//
//	0 … 127    a number of the list special, over and over
//	128 … 191  a quarter of what it is above 160
//	192 … 207  in a vector, the number before, 2^(the byte − 192) times; else as below 128
//	208 … 255  the number whose bits are the eight bytes that follow
//
// A tape that has run out goes on with zeros.
type tape struct{ b []byte }

var special = []float64{0, 1, -1, 2, 0.5, math.Inf(1), math.NaN(), math.Inf(-1), math.Copysign(0, -1), math.Ln2,
	math.MaxFloat64, -math.MaxFloat64, 0x1p-1022, math.SmallestNonzeroFloat64, -math.SmallestNonzeroFloat64,
	math.Nextafter(1, 2), math.Nextafter(1, 0), 36.04, 709.78, 709.79, 745.13, 745.14, 40, -40, 1e-300, 1e300, 1e16, 3, 10, 100}

const (
	quarters = 128
	repeats  = 192
	bits     = 208
)

func (t *tape) byte() byte {
	if len(t.b) == 0 {
		return 0
	}
	b := t.b[0]
	t.b = t.b[1:]
	return b
}

// below returns a number from 0 to n − 1.
func (t *tape) below(n int) int { return int(t.byte()) % n }

func (t *tape) float() float64 {
	switch b := t.byte(); {
	case b >= quarters && b < repeats:
		return (float64(b) - 160) / 4
	case b >= bits:
		var raw [8]byte
		t.b = t.b[copy(raw[:], t.b):]
		return math.Float64frombits(binary.LittleEndian.Uint64(raw[:]))
	default:
		return special[int(b)%len(special)]
	}
}

// floats returns all numbers that are left, at most n.
func (t *tape) floats(n int) []float64 {
	var xs []float64
	for len(t.b) > 0 && len(xs) < n {
		if b := t.b[0]; b >= repeats && b < bits && len(xs) > 0 {
			t.b = t.b[1:]
			xs = append(xs, slices.Repeat(xs[len(xs)-1:], min(1<<(b-repeats), n-len(xs)))...)
			continue
		}
		xs = append(xs, t.float())
	}
	return xs
}

// vector returns n numbers.
func (t *tape) vector(n int) []float64 {
	xs := make([]float64, n)
	for i := range xs {
		xs[i] = t.float()
	}
	return xs
}

// put appends numbers as a tape has them.
func put(b []byte, xs ...float64) []byte {
	for _, x := range xs {
		same := func(y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }
		if i := slices.IndexFunc(special, same); i >= 0 {
			b = append(b, byte(i))
		} else if q := 4*x + 160; q == math.Trunc(q) && x == (q-160)/4 && q >= quarters && q < repeats {
			b = append(b, byte(q))
		} else {
			b = binary.LittleEndian.AppendUint64(append(b, bits), math.Float64bits(x))
		}
	}
	return b
}

// op reads the name of an op, up to a 0; bytes that name none stand for one all the same.
func (t *tape) op() op.Op {
	name, rest, _ := bytes.Cut(t.b, []byte{0})
	t.b = rest
	if r, ok := op.Find(op.Op(name)); ok && r.Of == nil {
		return r.Op
	}
	sum := 0
	for _, b := range name {
		sum += int(b)
	}
	return op.Ops[sum%len(op.Ops)]
}

// named is the bytes that op reads o from.
func named(o op.Op) []byte { return append([]byte(o), 0) }

// call reads a call: the op, the answer, β, one more parameter, and energies. It
// reports false where no energies are left, and for parameters of which other claims judge: NaN, and
// an infinite one other than β.
func call(b []byte) (op.Call, bool) {
	t := tape{b}
	c := op.Call{Op: t.op()}
	at := int(t.byte())
	if c.Beta = t.float(); c.Beta < 0 { // −0 stays
		c.Beta = -c.Beta
	}
	parameter := t.float()
	c.Margin, c.Gamma, c.Cap = parameter, parameter, parameter
	if c.Op.Row().Pair {
		c.Energies = t.vector(2)
	} else if c.Energies = t.floats(1 << 12); len(c.Energies) == 0 {
		return c, false
	} else {
		c.Answer = at % len(c.Energies)
	}
	c = c.Asked()
	return c, !math.IsNaN(c.Beta) && !math.IsNaN(parameter) && !math.IsInf(parameter, 0)
}

// seed is the bytes that call reads c from.
func seed(c op.Call) []byte {
	b := append(named(c.Op), byte(c.Answer))
	parameter := c.Margin
	for _, x := range []float64{c.Gamma, c.Cap} {
		if x != 0 {
			parameter = x
		}
	}
	return put(put(b, c.Beta, parameter), c.Energies...)
}

// wants runs f, which must panic with a message of package pkg if it is misused,
// and must not if it is not.
func wants(t *testing.T, misuse bool, pkg, what string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		r := recover()
		message, _ := r.(string)
		switch {
		case r == nil && misuse:
			t.Fatalf("%s: misuse does not panic", what)
		case r != nil && !misuse:
			t.Fatalf("%s: panics with %v", what, r)
		case misuse && !strings.HasPrefix(message, pkg+": "):
			t.Fatalf("%s: misuse panics with %v, not with %s: …", what, r, pkg)
		}
	}()
	f()
}

// near reports whether got is want, or no farther from it than bound; infinities
// and NaN only meet their like.
func near(got, want, bound float64) bool {
	return got == want || math.IsNaN(got) && math.IsNaN(want) || !math.IsInf(got, 0) && !math.IsInf(want, 0) && math.Abs(got-want) <= bound
}

// same reports whether a and b are the same numbers, one NaN being like another.
func same(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) })
}
