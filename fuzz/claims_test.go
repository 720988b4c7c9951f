// Package fuzz holds the fuzz targets: the claims over arbitrary bits, and
// every reader of what comes from outside. Targets take plain []byte, because
// a float64 argument never reaches NaN. Their corpora are in testdata/fuzz;
// "go test" runs them, "make fuzz" goes on from them.
package fuzz

import (
	"math"
	"testing"

	"ebmcheck/ebm"
	"ebmcheck/losses"
	"ebmcheck/properties"
)

// FuzzClaims puts any call to the reference, every claim about code judging
// the reply against exact: values and gradients within 4 ulps on any finite
// input, NaN in no number out, impossible answers without mass, no trace left.
func FuzzClaims(f *testing.F) {
	for _, c := range properties.Regressions() {
		f.Add(seed(c))
	}
	reference := properties.Reference()
	f.Fuzz(func(t *testing.T, b []byte) {
		if c, ok := call(b); ok {
			if err := reference.Check(c); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// FuzzGibbs holds a Gibbs distribution over any energies to what
// its comments promise: probabilities of sum one or all NaN, a free energy
// between its bounds, and a panic for nothing but a negative or NaN β.
func FuzzGibbs(f *testing.F) {
	for _, c := range properties.Regressions() {
		f.Add(seed(c))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		c, ok := call(b)
		if !ok {
			return
		}
		F := c.Energies
		g := ebm.NewGibbs(F, c.Beta, ebm.Counting(len(F)))
		p := g.Probs(nil)
		if math.IsNaN(p[0]) {
			for i := range p {
				if !math.IsNaN(p[i]) || !math.IsNaN(g.Entropy()) {
					t.Fatalf("F=%v β=%v: p = %v, entropy %v: not all undefined", F, c.Beta, p, g.Entropy())
				}
			}
			return
		}
		// Each number is within 4 ulps of the true one, and all are at most 1: the
		// sum of n is off by at most n of these and n roundings.
		sum := 0.0
		for i := range p {
			sum += p[i]
			if q := g.Complement(i); !(math.Abs(p[i]+q-1) <= 9*0x1p-53) {
				t.Fatalf("F=%v β=%v: p_%d = %v, 1 − p = %v", F, c.Beta, i, p[i], q)
			}
		}
		if n := float64(len(F)); !(math.Abs(sum-1) <= 5*n*0x1p-53) {
			t.Fatalf("F=%v β=%v: Σp = %v", F, c.Beta, sum)
		}
	})
}

// FuzzMostOffending holds every pair loss, lifted to all answers, to its
// contract on any energies: the gradient is overwritten whatever it held, and
// only the correct and one incorrect answer are touched.
func FuzzMostOffending(f *testing.F) {
	for _, c := range properties.Regressions() {
		f.Add(seed(c))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		c, ok := call(b)
		if !ok {
			return
		}
		for _, p := range []losses.PairLoss{losses.Simple{Margin: 1}, losses.Hinge{Margin: 1}, losses.Log{}, losses.SoftHinge{Margin: 1, Beta: 2},
			losses.SquareSquare{Margin: 1}, losses.TutorialSquareSquare{Margin: 1}, losses.SquareExp{Gamma: 1}, losses.LVQ2{Cap: 1}, losses.MCE{}} {
			poison := make([]float64, len(c.Energies))
			for i := range poison {
				poison[i] = 1e300
			}
			v := losses.MostOffending(p).Eval(poison, c.Energies, c.Answer)
			touched := 0
			for i, g := range poison {
				if g == 1e300 {
					t.Fatalf("%T F=%v y=%d: gradient %d is left as it was", p, c.Energies, c.Answer, i)
				}
				if g != 0 && i != c.Answer && !math.IsNaN(g) {
					touched++
				}
			}
			if touched > 1 {
				t.Fatalf("%T F=%v y=%d: %d incorrect answers in the gradient %v", p, c.Energies, c.Answer, touched, poison)
			}
			for _, e := range c.Energies {
				if math.IsNaN(e) && !math.IsNaN(v) && !math.IsInf(v, 0) {
					t.Fatalf("%T F=%v y=%d: %v from NaN", p, c.Energies, c.Answer, v)
				}
			}
		}
	})
}
