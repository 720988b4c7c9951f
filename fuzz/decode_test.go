package fuzz

import (
	"encoding/binary"
	"math"

	"ebmcheck/properties"
)

// call reads a call from arbitrary bytes, so that every bit pattern of a
// float64 can come about: the op, the answer, β, one more parameter, then the
// energies, eight bytes each. It reports false for a call that no one could
// ask (a negative β).
func call(b []byte) (properties.Call, bool) {
	if len(b) < 2+3*8 {
		return properties.Call{}, false
	}
	c := properties.Call{Op: properties.Ops[int(b[0])%len(properties.Ops)]}
	at, b := int(b[1]), b[2:]
	next := func() float64 {
		x := math.Float64frombits(binary.LittleEndian.Uint64(b))
		b = b[8:]
		return x
	}
	c.Beta = math.Abs(next())
	parameter := math.Abs(next())
	c.Margin, c.Gamma, c.Cap = parameter, parameter, parameter
	for len(b) >= 8 && len(c.Energies) < 1<<12 {
		c.Energies = append(c.Energies, next())
	}
	if properties.Pair(c.Op) {
		for len(c.Energies) < 2 {
			c.Energies = append(c.Energies, 0)
		}
		c.Energies, at = c.Energies[:2], 0
	}
	c.Answer = at % len(c.Energies)
	return c.Asked(), !math.IsNaN(c.Beta) && !math.IsNaN(parameter) && !math.IsInf(parameter, 0)
}

// seed is the bytes that call reads c from.
func seed(c properties.Call) []byte {
	b := []byte{0, byte(c.Answer)}
	for i, op := range properties.Ops {
		if op == c.Op {
			b[0] = byte(i)
		}
	}
	for _, x := range append([]float64{c.Beta, max(c.Margin, c.Gamma, c.Cap)}, c.Energies...) {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	}
	return b
}
