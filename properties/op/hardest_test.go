package op

import (
	"strings"
	"testing"

	"ebmcheck/properties/exact"
)

// TestHardest: the number of each call that is hard to round lies next to the middle of two float64, and so do
// those of no call that has another parameter.
func TestHardest(t *testing.T) {
	seen := map[Op]int{}
	for _, h := range exact.Hardest() {
		name, of, _ := strings.Cut(h.Number, ".")
		o := Op(name)
		c := o.Hardest()[seen[o]]
		seen[o]++
		hard := func(c Call) bool {
			truth := c.Truth()
			var x exact.Value
			switch of {
			case "value":
				x = truth.Value
			case "gradient":
				x = truth.Grad[0].Lo
			case "probabilities":
				x = truth.Probs[0]
			}
			return x.Ulps(x.Near) >= 0.5-0x1p-40
		}
		if !hard(c) {
			t.Errorf("%s of %v is not hard to round", h.Number, c)
		}
		for _, p := range o.Row().Params {
			d := c.Clone()
			if p.Set(&d, p.Of(c)+1); hard(d) {
				t.Errorf("%s of %v is hard to round, too", h.Number, d)
			}
		}
	}
	for _, o := range Ops {
		if n := len(o.Hardest()); n != seen[o] {
			t.Errorf("%s has %d calls that are hard to round, of %d", o, n, seen[o])
		}
	}
}
