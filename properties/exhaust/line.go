package exhaust

import (
	"iter"
	"math"

	"ebmcheck/properties/op"
)

// lines are the losses of which all float32 numbers d are asked, as the pairs d, 0: the log
// loss is the softplus of d, its slope σ(d), and so is the value of mce.
var lines = []op.Op{op.Log, op.MCE}

// line is every float32 number, infinities too; NaN once, whatever its bits.
func line(o op.Op) Set {
	const (
		upward = 0x7f800000 + 1 // from 0 to +∞
		n      = 2*upward + 1   // so many below 0, and NaN
	)
	s := Set{Op: o, Name: "line", Says: "every float32 number as F, infinities and NaN too, F̄ = 0", Slices: 8192}
	s.Size = func(k int) uint64 {
		from, to := bounds(k, s.Slices, n)
		return to - from
	}
	s.Asked = s.Size
	s.Calls = func(k int) iter.Seq[op.Call] {
		return func(yield func(op.Call) bool) {
			c := ones(o)
			c.Energies = make([]float64, 2)
			from, to := bounds(k, s.Slices, n)
			for i := from; i < to; i++ {
				b := uint32(i)
				if i >= upward {
					b = uint32(i-upward) | 1<<31
				}
				if c.Energies[0] = float64(math.Float32frombits(b)); i == 2*upward {
					c.Energies[0] = math.NaN()
				}
				if !yield(c) {
					return
				}
			}
		}
	}
	return s
}
