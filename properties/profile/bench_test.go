package profile

import (
	"testing"

	"ebmcheck/properties/op"
)

// BenchmarkOf: the profiles of losses that take long.
func BenchmarkOf(b *testing.B) {
	for _, o := range []op.Op{"soft_hinge", "nll"} {
		b.Run(string(o), func(b *testing.B) {
			for b.Loop() {
				if _, err := Of(o.Row().Formula, ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
