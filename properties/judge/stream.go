package judge

import (
	"iter"

	"ebmcheck/properties/op"
)

// All are the cases that are not stored: the grid, the regressions, and the random ones
// that were promised.
func (cs Cases) All() iter.Seq[op.Call] {
	return func(yield func(op.Call) bool) {
		for c := range cs.grid() {
			if !yield(c) {
				return
			}
		}
		for i := range cs.checks {
			if !yield(cs.random(i)) {
				return
			}
		}
	}
}
