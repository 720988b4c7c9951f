package theory

import (
	"math"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/result"
)

// Others are statements of other public texts about the same theory (result.Texts), X01 to X51, in the order of those texts: in
// our words and formulas, read by the rule by which the source is, judged in the same way. What a fair reader would take as it
// is meant is not among them.
var Others = stated(slices.Concat(textsCourses, textsPackages, textsMachine, textsBooks, textsThreads, textsNotes, textsErrata))

// A sample is a case of a few energies, that of the correct answer first, with the numbers that statements of other texts
// have besides.
type sample struct {
	F       []float64
	Q       []float64 // a distribution over the answers, positive
	S       []float64 // ∂F/∂W
	Beta, M float64
	C       float64 // any number; 0 in nought alone
	T       float64 // in (0, 1]
}

func (c sample) numbers() numbers {
	return numbers{c.F, 0, map[string]float64{"beta": c.Beta, "m": c.M, "c": c.C, "t": c.T}, map[string][]float64{"q": c.Q, "S": c.S}}
}

// nought is a sample with c = 0.
var nought = sample{F: []float64{0}, Q: []float64{1}, S: []float64{1}, Beta: 1, M: 1, T: 1}

func sampleBeta(c *sample) *float64 { return &c.Beta }

// few is the ground of n answers, one or two.
func few(n int) groundOf[sample] {
	g := groundOf[sample]{
		cases: func() []sample { return fewSamples(n) },
		draw:  func(t *rapid.T) sample { return drawSample(t, n) },
		reach: map[string]func(sample) bool{
			"β < 1":                func(c sample) bool { return c.Beta < 1 },
			"β > 1":                func(c sample) bool { return c.Beta > 1 },
			"β of a full mantissa": func(c sample) bool { return full(c.Beta) },
			"c < 0":                func(c sample) bool { return c.C < 0 },
			"F < 0":                func(c sample) bool { return c.F[0] < 0 },
		},
		numbers: sample.numbers,
	}
	if n > 1 {
		g.reach["F = F̄"] = func(c sample) bool { return c.F[0] == c.F[1] }
		g.reach["F > F̄"] = func(c sample) bool { return c.F[0] > c.F[1] }
		g.reach["F + m = F̄"] = func(c sample) bool { return c.F[0]+c.M == c.F[1] }
	}
	return g
}

// some is the ground of any number of answers from lo on: the tables with what a sample has besides.
func some(lo int) groundOf[sample] {
	g := groundOf[sample]{
		cases: func() (cs []sample) {
			for n := lo; n <= 3; n++ {
				cs = append(cs, fewSamples(n)...)
			}
			return append(cs, together.sampled(), many(40, 0.5).sampled(), many(100, 2).sampled())
		},
		draw: func(t *rapid.T) sample {
			c := drawTableFrom(t, lo).sampled()
			c.beside(t)
			return c
		},
		reach:   reachOf(tableReach, func(c sample) table { return table{F: c.F, Beta: c.Beta} }),
		numbers: sample.numbers,
	}
	g.reach["c < 0"] = func(c sample) bool { return c.C < 0 }
	g.reach["F < 0"] = func(c sample) bool { return c.F[0] < 0 }
	if lo > 1 {
		delete(g.reach, "n = 1")
	}
	return g
}

// fewSamples are special cases of n answers, one to three.
func fewSamples(n int) (cs []sample) {
	for F := range draw.Vectors(n, []float64{0, 1, -1, 2}[:5-n]) {
		for k, c := range []sample{{Beta: 1, M: 1, C: 1, T: 0.5}, {Beta: 2, M: 0.5, C: -1, T: 1}, {Beta: 1, M: 2, C: 5, T: 0.25}, {Beta: 1, M: 2, C: 1, T: 1}} {
			c.F, c.S, c.Q = slices.Clone(F), []float64{1, -1, 0}[:n], [][]float64{{1}, {0.5, 0.5}, {0.5, 0.25, 0.25}}[n-1]
			if n == 2 && k == 2 {
				c.Q = []float64{0.75, 0.25}
			}
			cs = append(cs, c)
		}
	}
	return cs
}

// sampled is the table with the correct answer first, and a distribution that has most of its mass there: exact, in 128ths.
func (c table) sampled() sample {
	s := sample{F: first(c.F, c.Y), S: first(c.S, c.Y), Q: make([]float64, len(c.F)), Beta: c.Beta, M: 1, C: 1, T: 0.5}
	for i := range s.Q {
		s.Q[i] = 1.0 / 128
	}
	s.Q[0] = 1 - float64(len(s.Q)-1)/128
	return s
}

// upwards is some with no energy below 1.
func upwards(lo int) groundOf[sample] {
	g := some(lo)
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

// drawSample draws n energies of up to ±9.99, in half of the cases of two with both alike, or a margin that is just met.
func drawSample(t *rapid.T, n int) sample {
	c := sample{F: make([]float64, n), Q: make([]float64, n), S: make([]float64, n), Beta: drawBeta(t)}
	for i := range n {
		c.F[i], c.S[i] = decimal(t, 999, "F"), decimal(t, 300, "S")
	}
	c.beside(t)
	if n == 1 {
		return c
	}
	switch rapid.IntRange(0, 7).Draw(t, "shape") {
	case 4, 5, 6:
		c.F[1] = c.F[0]
	case 7:
		c.F[0] = math.Round(c.F[0])
		c.F[1] = c.F[0] + c.M // exact: eighths
	}
	return c
}

// beside draws what a sample has besides its energies: q in sixteenths of what is left, exact for up to twelve answers.
func (c *sample) beside(t *rapid.T) {
	c.M = float64(rapid.IntRange(1, 40).Draw(t, "m")) / 8
	c.C = decimal(t, 999, "c")
	if c.C == 0 {
		c.C = 1
	}
	c.T = float64(rapid.IntRange(1, 99).Draw(t, "t")) / 100
	left := 1.0
	for i := range c.Q {
		c.Q[i] = left
		if i < len(c.Q)-1 {
			c.Q[i] *= float64(rapid.IntRange(1, 15).Draw(t, "16 q")) / 16
		}
		left -= c.Q[i]
	}
}

// misquoted is the claim that stands at a place in another text, with its references.
func misquoted(refs, id, where, says, why string, verdict result.Verdict, is checker) Claim {
	return Claim{
		Claim:     result.Claim{ID: "text." + id, Refs: strings.Fields(refs), Where: where, Says: says, Why: why, Verdict: verdict},
		Statement: is,
	}
}
