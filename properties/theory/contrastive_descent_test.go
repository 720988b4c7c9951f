package theory

import (
	"math"
	"testing"

	"ebmcheck/properties/draw"
	"pgregory.net/rapid"
)

// rises finds what becomes of an incorrect energy below the margin: descent by
// the printed gradient leaves it where it is, descent by the right one lifts
// it to the margin.
func (c descent) rises(printed, right coefficients) finding {
	if c.Fbar >= c.M {
		return nothing("F̄ is high enough already")
	}
	_, stuck := c.end(printed)
	_, risen := c.end(right)
	return all(
		that("F̄ after descent by the printed gradient, and before", stuck == c.Fbar, stuck, c.Fbar),
		c.ends("m − F̄", x(c.M).Sub(x(c.Fbar)), x(c.M).Sub(x(risen))))
}

// strays finds what becomes of an incorrect energy above the margin: descent
// by the right gradient leaves it where it is; by the printed one it runs away
// from the margin at speed 1 (simple), or falls to it as (1 − 2η)ᵗ (square-square).
func (c descent) strays(printed, right coefficients) finding {
	if c.Fbar <= c.M {
		return nothing("F̄ is not above the margin")
	}
	_, strayed := c.end(printed)
	_, kept := c.end(right)
	goes := x(c.Fbar).Add(c.time())
	if c.Square {
		goes = x(c.M).Add(c.rest(x(c.Fbar).Sub(x(c.M))))
	}
	return all(
		that("F̄ after descent by the right gradient, and before", kept == c.Fbar, kept, c.Fbar),
		within("F̄ after descent by the printed gradient", x(strayed), goes.Sub(c.drift()).Hull(goes.Add(c.drift()))))
}

// TestDescent: what the reasons of C56, C57, C65 and C66 say of descent by the printed branches and by the right ones is so.
func TestDescent(t *testing.T) {
	for _, test := range []struct {
		square                      bool
		from                        float64
		printed, right              coefficients
		printedEnd, atLeast, atMost float64
	}{
		{false, 0.5, printedSimple, rightSimple, 0.5, 1, 1.1},
		{false, 1.5, printedSimple, rightSimple, 21.5, 1.5, 1.5},
		{true, 0.5, printedSquare, rightSquare, 0.5, 0.999999, 1},
		{true, 3, printedSquare, rightSquare, 1, 3, 3},
	} {
		c := descent{twin: twin{0, test.from, 1, 1, 1, 1}, Square: test.square, Step: 0.1, Steps: 200}
		if _, Fbar := c.end(test.printed); !(math.Abs(Fbar-test.printedEnd) <= c.drift().Mid()) {
			t.Errorf("%v: by the printed branches F̄ goes to %v, not to %v", c, Fbar, test.printedEnd)
		}
		if _, Fbar := c.end(test.right); !(test.atLeast <= Fbar && Fbar <= test.atMost) {
			t.Errorf("%v: by the right branches F̄ goes to %v, not to between %v and %v", c, Fbar, test.atLeast, test.atMost)
		}
	}
	for _, square := range []bool{false, true} { // one step of 1/8 from U = ½ and V = 0, with m = 2
		c := descent{twin: twin{F: 1.25, M: 2}, Bent: true, Square: square, Step: 0.125, Steps: 1}
		U, V := 0.375, 0.125
		if square { // slopes of 2F = 5/2 and −2(m − F̄) = −4
			U, V = 0.1875, 0.5
		}
		if F, Fbar := c.end(c.right()); F != 1+U*U || Fbar != math.Tanh(V) {
			t.Errorf("%v: F and F̄ are %v and %v, want those of U = %v, V = %v", c, F, Fbar, U, V)
		}
	}
	for _, test := range []struct { // on the square-square loss |1 − 2η|ᵗ of F = 2 is left, below 0 only if η > ½
		step  float64
		steps int
		end   float64
		want  truth
	}{
		{0.25, 1, 1, yes}, {0.25, 1, 0, no}, {0.25, 1, 1.5, no}, {0.5, 0, 2, yes}, {0.5, 0, -2, no},
		{0.75, 1, -1, yes}, {0.75, 1, -1.5, no},
	} {
		c := descent{twin: twin{F: 2, M: 1}, Square: true, Step: test.step, Steps: test.steps}
		if f := c.ends("F", x(c.F), x(test.end)); f.truth != test.want {
			t.Errorf("%v, ended at %v: %v", c, test.end, f)
		}
	}
	gen := rapid.Custom(drawWith(func(t *rapid.T, c twin) descent {
		return descent{twin: c, Square: rapid.Bool().Draw(t, "square-square"), Step: drawStep(t), Steps: drawSteps(t)}
	}))
	counts := map[truth]int{}
	for i := range uint64(1000) {
		c := draw.Example(gen, i)
		printed := coefficients(printedSimple)
		if c.Square {
			printed = printedSquare
		}
		for _, f := range []finding{c.rises(printed, c.right()), c.strays(printed, c.right())} {
			if counts[f.truth]++; f.truth == no || f.truth == undecided {
				t.Errorf("%v: %v", c, f)
			}
		}
	}
	if counts[yes] < 500 {
		t.Errorf("only %d findings said something", counts[yes])
	}
}
