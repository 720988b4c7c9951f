package theory

import (
	"testing"

	"ebmcheck/ebm"
)

// TestChainIsBruteForce: what is as near to a free energy as one rounding is let be, what is farther off is not.
func TestChainIsBruteForce(t *testing.T) {
	one := func(F ...float64) (c ebm.Chain) { // one value a position: the free energy is ΣF, and S is Σ|F|
		for t, f := range F {
			c.Unary = append(c.Unary, []float64{f})
			if t > 0 {
				c.Pair = append(c.Pair, [][]float64{{0}})
			}
		}
		return c
	}
	for _, test := range []struct {
		c    ebm.Chain
		got  float64
		want truth
	}{
		{one(1), 1, yes}, {one(1), 1 - 0x1p-53, yes}, {one(1), 1 - 0x1p-52, no}, {one(1), 1 + 0x1p-52, no},
		{one(1, 0x1p-81), 1 - 0x1p-53, yes}, // off by 2⁻⁵³ + 2⁻⁸¹, and S is rounded to 1
		{one(0.5, 0.5), 1 + 0x1p-52, no},
	} {
		if f := chainIsBruteForce(test.c, 1, test.got); f.truth != test.want {
			t.Errorf("%v, free energy %v: %v", test.c, test.got, f)
		}
	}
	c := texts{V: 3, T: 2}
	if got := c.String(); got != "V=3 words, T=2 tokens" {
		t.Errorf("shown as %s", got)
	}
	c.chain, c.Beta = one(1, 2), 0.5
	if got := c.String(); got != "V=3 words, T=2 tokens; chain U=[[1] [2]], V=[[[0]]], β=0.5" {
		t.Errorf("shown as %s", got)
	}
}
