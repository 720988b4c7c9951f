package theory

import (
	"math"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/result"
)

// Others are statements of other public texts about the same theory (result.Texts), X01 to X44, in the order of those texts: in
// our words and formulas, read by the rule by which the source is, judged in the same way. What a fair reader would take as it
// is meant is not among them.
var Others = stated(slices.Concat(textsCourses, textsPackages, textsMachine, textsBooks, textsThreads, textsNotes))

// A sample is a case of a few energies, that of the correct answer first, with the numbers that statements of other texts
// have besides.
type sample struct {
	F       []float64
	Q       []float64 // a distribution over the answers, positive
	S       []float64 // ∂F/∂W
	Beta, M float64
	C       float64 // any number but 0
	T       float64 // in (0, 1]
}

func (c sample) numbers() numbers {
	return numbers{c.F, 0, map[string]float64{"beta": c.Beta, "m": c.M, "c": c.C, "t": c.T}, map[string][]float64{"q": c.Q, "S": c.S}}
}

// few is the ground of lo to hi answers.
func few(lo, hi int) groundOf[sample] {
	g := groundOf[sample]{
		cases: func() (cs []sample) {
			for n := lo; n <= min(hi, 3); n++ {
				for F := range draw.Vectors(n, []float64{0, 1, -1, 2}[:5-n]) {
					for k, c := range []sample{{Beta: 1, M: 1, C: 1, T: 0.5}, {Beta: 2, M: 0.5, C: -1, T: 1}, {Beta: 1, M: 2, C: 5, T: 0.25}} {
						c.F, c.S, c.Q = slices.Clone(F), []float64{1, -1, 0}[:n], [][]float64{{1}, {0.5, 0.5}, {0.5, 0.25, 0.25}}[n-1]
						if n == 2 && k == 2 {
							c.Q = []float64{0.75, 0.25}
						}
						cs = append(cs, c)
					}
				}
			}
			return cs
		},
		draw: func(t *rapid.T) sample { return drawSample(t, rapid.IntRange(lo, hi).Draw(t, "n")) },
		reach: map[string]func(sample) bool{
			"β > 1": func(c sample) bool { return c.Beta > 1 },
			"c < 0": func(c sample) bool { return c.C < 0 },
			"F < 0": func(c sample) bool { return c.F[0] < 0 },
		},
		numbers: sample.numbers,
	}
	if hi > 1 {
		g.reach["a tie for the least energy"] = func(c sample) bool { return len(leastIndices(c.F)) > 1 }
		g.reach["F not the least"] = func(c sample) bool { return c.F[0] > slices.Min(c.F) }
	}
	return g
}

// upwards is few with no energy below 1.
func upwards(lo, hi int) groundOf[sample] {
	g := few(lo, hi)
	up := func(c sample) sample {
		c.F = slices.Clone(c.F)
		for i, f := range c.F {
			c.F[i] = 1 + math.Abs(f)
		}
		return c
	}
	cases, draw := g.cases, g.draw
	g.cases = func() (cs []sample) {
		for _, c := range cases() {
			cs = append(cs, up(c))
		}
		return cs
	}
	g.draw = func(t *rapid.T) sample { return up(draw(t)) }
	delete(g.reach, "F < 0")
	return g
}

// drawSample draws n energies of up to ±9.99, in half of the cases with two alike, or a margin that is just met.
func drawSample(t *rapid.T, n int) sample {
	c := sample{
		F: make([]float64, n), Q: make([]float64, n), S: make([]float64, n),
		Beta: rapid.SampledFrom([]float64{1, 2, 0.5, 3, 0.25, 1.5, 5}).Draw(t, "β"),
		M:    float64(rapid.IntRange(1, 40).Draw(t, "m")) / 8,
		C:    decimal(t, 999, "c"),
		T:    float64(rapid.IntRange(1, 99).Draw(t, "t")) / 100,
	}
	if c.C == 0 {
		c.C = 1
	}
	left := 1.0
	for i := range n {
		c.F[i], c.S[i] = decimal(t, 999, "F"), decimal(t, 300, "S")
		c.Q[i] = left
		if i < n-1 {
			c.Q[i] *= float64(rapid.IntRange(1, 15).Draw(t, "16 q")) / 16
		}
		left -= c.Q[i]
	}
	last := &c.F[n-1]
	switch rapid.IntRange(0, 7).Draw(t, "shape") {
	case 4, 5:
		*last = c.F[0]
	case 6:
		*last = slices.Min(c.F)
	case 7:
		c.F[0] = math.Round(c.F[0])
		*last = c.F[0] + c.M // exact: eighths
	}
	return c
}

// misquoted is the claim that stands at a place in another text.
func misquoted(ref, id, where, says, why string, verdict result.Verdict, is checker) Claim {
	return Claim{
		Claim:     result.Claim{ID: "text." + id, Refs: []string{ref}, Where: where, Says: says, Why: why, Verdict: verdict},
		Statement: is,
	}
}
