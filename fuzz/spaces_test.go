package fuzz

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ebmcheck/ebm"
	"ebmcheck/properties/exact"
)

// FuzzChain holds sums, minima, marginals and samples along a chain to those over
// the list of all its sequences.
func FuzzChain(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		in := tape{b}
		sizes := make([]int, in.below(5))
		for i := range sizes {
			sizes[i] = in.below(4)
		}
		ragged, beta := in.byte(), in.float()
		c, fits := chain(&in, sizes, ragged)
		sound, size := true, 0.0
		sequences := [][]int{nil}
		look := func(xs []float64) {
			most := 0.0
			for _, x := range xs {
				sound = sound && x > math.Inf(-1)
				if !math.IsInf(x, 0) {
					most = max(most, math.Abs(x))
				}
			}
			size += most
		}
		for i, u := range c.Unary {
			look(u)
			var longer [][]int
			for _, s := range sequences {
				for v := range u {
					longer = append(longer, append(slices.Clone(s), v))
				}
			}
			sequences = longer
			if i > 0 && fits {
				look(slices.Concat(c.Pair[i-1]...))
			}
		}
		r := rand.New(rand.NewPCG(1, uint64(ragged)))
		bad := !fits || !(beta > 0) || math.IsInf(beta, 1)
		size += float64(len(sizes)) * math.Log(4) / beta
		if !bad && math.IsInf(2*size, 0) {
			return // a sum of energies, or a free energy of ln(n)/β, may overflow
		}
		var free, logZ, F float64
		var p [][]float64
		var pp [][][]float64
		var best []int
		var drawn [][]int
		wants(t, bad, "ebm", "FreeEnergy", func() { free = c.FreeEnergy(beta) })
		wants(t, bad, "ebm", "LogZ", func() { logZ = c.LogZ(beta) })
		wants(t, bad, "ebm", "Marginals", func() { p = c.Marginals(beta) })
		wants(t, bad, "ebm", "PairMarginals", func() { pp = c.PairMarginals(beta) })
		wants(t, bad, "ebm", "Sample", func() { drawn = c.Sample(3, beta, r) })
		wants(t, true, "ebm", "Sample of fewer than none", func() { c.Sample(-1, beta, r) })
		wants(t, !fits, "ebm", "Infer", func() { best, F = c.Infer() })
		unlike := !fits || len(zeros(ragged)) != len(sizes)
		wants(t, unlike || bad, "ebm", "NLL", func() { c.NLL(zeros(ragged), beta) })
		wants(t, unlike || bad, "ebm", "NLLGrad", func() { c.NLLGrad(zeros(ragged), beta) })
		if bad {
			return
		}
		fail := func(what string, v ...any) {
			t.Helper()
			t.Fatalf("%+v β=%v: %s %v", c, beta, what, v)
		}
		if !sound {
			if !math.IsNaN(free) || !math.IsNaN(logZ) || !math.IsNaN(F) || best != nil || drawn != nil || !math.IsNaN(p[0][0]) {
				fail("undefined, but", free, logZ, F, best, drawn, p)
			}
			return
		}
		energies, low := make([]float64, len(sequences)), math.Inf(1)
		for i, y := range sequences {
			energies[i] = c.Energy(y)
			low = min(low, energies[i])
		}
		// What the chain says is rounded once, so is each energy here, and the free energy
		// of these: softmin does not enlarge errors. No number on the way is larger than size.
		lost := 4 * 0x1p-53 * size
		g := ebm.NewGibbs(energies, beta, ebm.Counting(len(energies)))
		if want := g.FreeEnergy(); !near(free, want, lost) {
			fail("F_β", free, want, lost)
		}
		if want := g.LogZ(); !near(logZ, want, lost*beta+0x1p-52*math.Abs(want)+0x1p-1074) {
			fail("ln Z", logZ, want, lost*beta)
		}
		if math.IsInf(low, 1) {
			if best != nil || drawn != nil || !math.IsInf(F, 1) || !math.IsNaN(p[0][0]) {
				fail("nothing possible, but", best, drawn, F, p)
			}
			return
		}
		if !(F <= low+2*lost) || F != c.Energy(best) {
			fail("minimum", best, F, low)
		}
		for _, y := range drawn {
			if math.IsInf(c.Energy(y), 1) {
				fail("drew the impossible", y)
			}
		}
		for k, y := range sequences {
			if got, want := c.NLL(y, beta), g.NLL(k); !near(got, want, 2*lost+0x1p-52*math.Abs(want)+0x1p-1074) || !(got >= 0) {
				fail("NLL", y, got, want)
			}
		}
		grad := c.NLLGrad(sequences[0], beta)
		// Energies off by lost on both sides make probabilities off by e^{4β lost}.
		off := math.Expm1(4*beta*lost) + 100*0x1p-53
		for i := range sizes {
			want, pairs := make([]float64, sizes[i]), make([]float64, 16)
			for k, y := range sequences {
				want[y[i]] += g.Prob(k)
				if i > 0 {
					pairs[4*y[i-1]+y[i]] += g.Prob(k)
				}
			}
			for v := range want {
				if !near(p[i][v], want[v], off) {
					fail("marginal", i, v, p[i][v], want[v], off)
				}
				at := 0.0
				if v == sequences[0][i] {
					at = 1
				}
				if !near(grad.Unary[i][v], at-p[i][v], 0x1p-52) {
					fail("∂NLL/∂U", i, v, grad.Unary[i][v], p[i][v])
				}
				for u := 0; i > 0 && u < sizes[i-1]; u++ {
					if !near(pp[i-1][u][v], pairs[4*u+v], off) {
						fail("pair marginal", i, u, v, pp[i-1][u][v], pairs[4*u+v], off)
					}
				}
			}
		}
	})
}

// chain reads the tables of a chain; ragged may take something away from them.
func chain(in *tape, sizes []int, ragged byte) (c ebm.Chain, fits bool) {
	fits = len(sizes) > 0
	for i, n := range sizes {
		c.Unary = append(c.Unary, in.vector(n))
		fits = fits && n > 0
		if i == 0 {
			continue
		}
		var table [][]float64
		for range sizes[i-1] {
			table = append(table, in.vector(n))
		}
		c.Pair = append(c.Pair, table)
	}
	if len(c.Pair) > 0 && len(c.Pair[0]) > 0 && len(c.Pair[0][0]) > 0 {
		switch ragged {
		case 1:
			c.Pair, fits = c.Pair[1:], false
		case 2:
			c.Pair[0], fits = c.Pair[0][1:], false
		case 3:
			c.Pair[0][0], fits = c.Pair[0][0][1:], false
		}
	}
	return c, fits
}

// zeros is a sequence of values 0, of a length that may not fit.
func zeros(b byte) []int { return make([]int, b%8) }

// FuzzInfer holds the choice of an answer to its definition, in vectors, tables
// and, along ∂F/∂y, in ℝᵈ.
func FuzzInfer(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		in := tape{b}
		y, rows := int(int8(in.byte())), in.below(4)
		F := in.floats(1 << 12)
		n := len(F)
		var at, ybar int
		var all []int
		wants(t, n == 0, "ebm", "Infer", func() { at = ebm.Infer(F) })
		wants(t, n == 0, "ebm", "Minimisers", func() { all = ebm.Minimisers(F) })
		wants(t, y < 0 || y >= n, "ebm", "MostOffending", func() { ybar = ebm.MostOffending(F, y) })
		truth := exact.Infer(F).Index
		if n > 0 && (!slices.Equal(all, truth) && !slices.ContainsFunc(F, func(e float64) bool { return math.IsInf(e, -1) }) ||
			len(all) == 0 != (at < 0) || len(all) > 0 && all[0] != at) {
			t.Fatalf("F=%v: Infer %d, Minimisers %v, true are %v", F, at, all, truth)
		}
		if y >= 0 && y < n {
			others := slices.Clone(F)
			others[y] = math.Inf(1)
			want := exact.Infer(others).Index
			if bad := math.IsNaN(F[y]) || len(want) == 0; bad != (ybar < 0) || !bad && want[0] != ybar {
				t.Fatalf("F=%v y=%d: MostOffending %d, true are %v", F, y, ybar, want)
			}
		}
		var G [][]float64
		for k := range rows {
			G = append(G, F[k*n/rows:(k+1)*n/rows])
		}
		wants(t, n == 0 || rows == 0, "ebm", "InferJoint", func() {
			u, z := ebm.InferJoint(G)
			if at < 0 != (u < 0) || at >= 0 && G[u][z] != F[at] || at >= 0 && u*n/rows+z != at {
				t.Fatalf("G=%v: InferJoint %d, %d, of the row %d", G, u, z, at)
			}
		})
	})
}

// FuzzInferFrom holds the search in ℝᵈ to its comment: a point with its energy, no
// higher than at the starts that lead somewhere, or ErrNoMinimum.
func FuzzInferFrom(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		in := tape{b}
		n, d := in.below(3), in.below(2)
		var starts [][]float64
		for range n {
			starts = append(starts, in.vector(d+1))
		}
		for _, e := range []*brief{
			{Energy: ebm.Quadratic{D: d + 1}, w: in.vector(ebm.Quadratic{D: d + 1}.Params())},
			{Energy: ebm.Wells{}, w: in.vector(1)},
			{Energy: ebm.TwoLayer{Ny: d + 1, Hidden: 1}, w: in.vector(ebm.TwoLayer{Ny: d + 1, Hidden: 1}.Params())},
		} {
			wants(t, n == 0, "ebm", "InferFrom", func() {
				at, low, err := ebm.InferFrom(e, e.w, nil, starts)
				if e.calls > longest {
					return
				}
				fail := func(what string, v ...any) {
					t.Helper()
					t.Fatalf("%T W=%v from %v: %v, %v, %v: %s %v", e.Energy, e.w, starts, at, low, err, what, v)
				}
				if err != nil {
					if !errors.Is(err, ebm.ErrNoMinimum) || at != nil {
						fail("error")
					}
					return
				}
				if low != e.Energy.Eval(e.w, nil, at) {
					fail("energy", e.Energy.Eval(e.w, nil, at))
				}
				for _, s := range starts {
					v := e.Energy.Eval(e.w, nil, s)
					if _, _, err := ebm.InferFrom(e, e.w, nil, [][]float64{s}); err == nil && v < low {
						fail("a start is lower", s, v)
					}
				}
			})
		}
	})
}

// A brief energy is one that ceases to be finite after so many calls that a target
// has no time for more.
type brief struct {
	ebm.Energy
	w     []float64
	calls int
}

const longest = 2000

func (e *brief) Eval(w, x, y []float64) float64 {
	if e.calls++; e.calls > longest {
		return math.NaN()
	}
	return e.Energy.Eval(w, x, y)
}

// tooLong is what ends an integral that takes more calls than a target has time for.
type tooLong struct{}

// FuzzBox holds boxes of any sides to what is said of them: points inside, masses
// that add up to the volume, an estimate that is NaN where F is, and, for energies
// that are linear, no smaller than the error.
func FuzzBox(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		in := tape{b}
		d, kind, beta := in.below(5), in.below(4), in.float()
		lo, hi, slope := in.vector(d), in.vector(d), in.vector(d)
		bad := d < 1 || d > 3 || !(beta >= 0) || math.IsInf(beta, 1)
		for k := range lo {
			bad = bad || !(hi[k]-lo[k] > 0) || math.IsInf(hi[k]-lo[k], 0)
		}
		if kind == 3 && d > 0 {
			hi, bad = hi[1:], true
		}
		calls, undefined := 0, false
		energy := func(y []float64) float64 {
			if calls++; calls > 20_000 {
				panic(tooLong{})
			}
			for k, v := range y {
				if !(lo[k] <= v && v <= hi[k]) {
					t.Fatalf("F is asked at %v, outside the box %v, %v", y, lo, hi)
				}
			}
			e := 0.0
			for k, v := range y {
				switch kind {
				case 0:
					e += slope[k] * v
				case 1:
					e += (v - slope[k]) * (v - slope[k])
				case 2:
					if v > slope[k] {
						e = slope[0]
					}
				}
			}
			undefined = undefined || math.IsNaN(e) || math.IsInf(e, -1)
			return e
		}
		var mu ebm.Measure
		var F []float64
		var relErr float64
		long := false
		wants(t, bad, "ebm", "Box", func() {
			defer func() {
				if r := recover(); r != nil {
					if _, long = r.(tooLong); !long {
						panic(r)
					}
				}
			}()
			mu, F, relErr = ebm.Box(lo, hi, energy, beta)
		})
		if bad || long {
			return
		}
		fail := func(what string, v ...any) {
			t.Helper()
			t.Fatalf("box %v, %v, kind %d of slopes %v, β=%v: %s %v", lo, hi, kind, slope, beta, what, v)
		}
		if mu.Len() != len(F) || len(mu.Points()) != len(F) {
			fail("lengths", mu.Len(), len(mu.Points()), len(F))
		}
		if undefined != math.IsNaN(relErr) || relErr < 0 {
			fail("estimate", relErr, "undefined", undefined)
		}
		for i, y := range mu.Points() {
			if len(y) != d || math.IsNaN(mu.LogMass(i)) {
				fail("point", y, mu.LogMass(i))
			}
		}
		for k := range slope {
			undefined = undefined || math.IsInf(slope[k]*lo[k], 0) || math.IsInf(slope[k]*hi[k], 0) // no longer linear
		}
		if relErr > 0.01 || kind != 0 || undefined {
			return
		}
		// ∫ e^{−βsy} dy = e^{−βs·lo} (1 − e^{−βs·w})/(βs), and w for s = 0.
		const prec = 400
		lnZ, terms := exact.Of(0, prec), 0.0
		for k := range lo {
			l, w := exact.Of(lo[k], prec), exact.Of(hi[k], prec).Sub(exact.Of(lo[k], prec))
			s := exact.Of(beta, prec).Mul(exact.Of(slope[k], prec))
			if beta == 0 || slope[k] == 0 {
				lnZ = lnZ.Add(w.Log())
			} else {
				lnZ = lnZ.Sub(s.Mul(l)).Add(s.Mul(w).Neg().Expm1().Neg().Div(s).Log())
			}
			terms = max(terms, math.Abs(s.Mul(l).Mid()), math.Abs(s.Mul(l.Add(w)).Mid()), math.Abs(w.Log().Mid()))
		}
		// Energies and volumes round, as the estimate knows; ln Z once more.
		got := ebm.NewGibbs(F, beta, mu).LogZ()
		lost := 2*relErr + float64(d)*0x1p-51*(terms+1)
		if !meets(got, lnZ, exact.Of(lost, prec)) {
			fail("ln Z", got, lnZ, "estimate", relErr)
		}
	})
}
