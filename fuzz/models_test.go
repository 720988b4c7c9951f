package fuzz

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ebmcheck/ebm"
)

// FuzzEnergies holds the families of energies to the conventions of ebm.Energy on
// any numbers: gradients of the right length, overwritten whatever dst held, and a
// panic for what has the wrong length or is no index, and for nothing else.
func FuzzEnergies(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		in := tape{b}
		k, wrong, nx, ny := in.below(17), in.byte(), 1+in.below(2), 1+in.below(3)
		weights := in.vector(3)
		beta := in.float()
		mu := ebm.Counting(2)
		if slices.ContainsFunc(weights, func(m float64) bool { return !(m >= 0) || math.IsInf(m, 1) }) || !(beta >= 0) {
			return
		}
		if beta > 1 {
			mu = ebm.Weighted(weights[:2])
		}
		linear := ebm.Linear{N: 1, Phi: func(dst, x, y []float64) { dst[0] = y[0] }, PullY: func(dst, w, x, y []float64) { clear(dst); dst[0] = w[0] }}
		mixture := ebm.Mixture{ebm.Quadratic{D: ny}, ebm.Quadratic{D: ny}}
		models := []struct {
			f      ebm.Energy
			lx, ly int // lengths of x and y, −1 if any will do
			ix, iy int // how many indices they are of, 0 if of none
		}{
			{ebm.Table{Nx: nx, Ny: ny}, 1, 1, nx, ny},
			{linear, -1, -1, 0, 0},
			{ebm.Bilinear{Nx: nx, Ny: ny}, nx, ny, 0, 0},
			{ebm.Quadratic{D: ny}, -1, ny, 0, 0},
			{ebm.Regression{Nx: nx, Ny: ny}, nx, ny, 0, 0},
			{ebm.JointEmbedding{Nx: nx, Ny: ny}, nx, ny, 0, 0},
			{ebm.RBF{Nx: nx, Centres: [][]float64{{1, 0}, {0, 1}, {2, 2}}[:ny]}, nx, 1, 0, ny},
			{ebm.LearnedRBF{Nx: nx, D: 2, N: ny}, nx, 1, 0, ny},
			{ebm.TwoLayer{Nx: nx, Ny: ny, Hidden: 2}, nx, ny, 0, 0},
			{ebm.Wells{}, -1, -1, 0, 0},
			{ebm.Minimised{G: ebm.LatentTable{Ny: ny, Nz: 2}, Z: mu}, -1, 1, 0, ny},
			{ebm.Soft{G: ebm.LatentTable{Ny: ny, Nz: 2}, Z: mu, Beta: beta}, -1, 1, 0, ny},
			{ebm.Minimised{G: ebm.Ellipse{}, Z: mu}, -1, 2, 0, 0},
			{ebm.Soft{G: ebm.Ellipse{}, Z: mu, Beta: beta}, -1, 2, 0, 0},
			{ebm.Minimised{G: mixture, Z: mu}, -1, ny, 0, 0},
			{ebm.Soft{G: mixture, Z: mu, Beta: beta}, -1, ny, 0, 0},
			{ebm.Conditional{F: ebm.Quadratic{D: ny + 1}, Ny: ny + 1, Known: []int{0}}, -1, ny, 0, 0},
		}
		m := models[k]
		lx, ly, lw := m.lx, m.ly, m.f.Params()
		if lx < 0 {
			lx = nx
		}
		if ly < 0 {
			ly = ny
		}
		bad := false
		switch {
		case wrong == 1:
			lw, bad = lw+1, true
		case wrong == 2 && m.lx >= 0:
			lx, bad = lx-1, true
		case wrong == 3 && m.ly >= 0:
			ly, bad = ly+1, true
		}
		w, x, y := in.vector(max(lw, 0)), in.vector(lx), in.vector(ly)
		for _, v := range []struct {
			v []float64
			n int
		}{{x, m.ix}, {y, m.iy}} {
			bad = bad || v.n > 0 && !(len(v.v) == 1 && v.v[0] >= 0 && v.v[0] < float64(v.n) && v.v[0] == math.Trunc(v.v[0]))
		}
		if k == 1 && (bad || wrong <= 3) || massless(mu) && k >= 10 && k < 16 {
			if k == 1 && wrong == 1 { // Linear reads x and y by the user's own functions
				wants(t, true, "ebm", "Linear", func() { m.f.Eval(w, x, y) })
			}
			return
		}
		name := fmt.Sprintf("%T W=%v x=%v y=%v", m.f, w, x, y)
		var value float64
		wants(t, bad, "ebm", name+": Eval", func() { value = m.f.Eval(w, x, y) })
		for _, g := range []struct {
			what string
			n    int
			of   func(dst, w, x, y []float64) []float64
		}{{"GradW", m.f.Params(), m.f.GradW}, {"GradY", len(y), m.f.GradY}} {
			var fresh, over []float64
			dst := slices.Repeat([]float64{1e300}, g.n)
			wants(t, bad, "ebm", name+": "+g.what, func() { fresh = g.of(nil, w, x, y) })
			wants(t, bad, "ebm", name+": "+g.what, func() { over = g.of(dst, w, x, y) })
			wants(t, true, "ebm", name+": "+g.what+" into another length", func() { g.of(make([]float64, g.n+1), w, x, y) })
			if !bad && (len(fresh) != g.n || !same(fresh, over) || g.n > 0 && &over[0] != &dst[0]) {
				t.Fatalf("%s: %s is %v, over 1e300s %v", name, g.what, fresh, over)
			}
		}
		if bad {
			return
		}
		ys := [][]float64{y, y}
		if e := ebm.Energies(nil, m.f, w, x, ys); !same(e, []float64{value, value}) {
			t.Fatalf("%s: energy %v, in a list %v", name, value, e)
		}
		if dw := ebm.Pull(nil, []float64{0, 1}, m.f, w, x, ys); !same(dw, m.f.GradW(nil, w, x, y)) {
			t.Fatalf("%s: pulled back %v", name, dw)
		}
		wants(t, true, "ebm", "Energies", func() { ebm.Energies(make([]float64, 3), m.f, w, x, ys) })
		wants(t, true, "ebm", "Pull", func() { ebm.Pull(nil, []float64{1}, m.f, w, x, ys) })
		wants(t, true, "ebm", "Pull", func() { ebm.Pull(make([]float64, len(w)+1), []float64{1, 1}, m.f, w, x, ys) })
		if q, ok := m.f.(ebm.Quadratic); ok {
			wants(t, !(beta > 0) || math.IsInf(beta, 1), "ebm", "LogZ", func() { q.LogZ(w, beta) })
		}
	})
}

// massless says whether no answer of mu has mass.
func massless(mu ebm.Measure) bool {
	return math.IsInf(mu.LogMass(0), -1) && math.IsInf(mu.LogMass(1), -1)
}

// FuzzSampler holds Markov chains to detailed balance with the Gibbs distribution,
// their estimates to sums of zero, and steps in ℝᵈ and of descent to their comments.
func FuzzSampler(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		in := tape{b}
		y, k, start := int(int8(in.byte())), int(int8(in.byte()))%20, int(int8(in.byte()))
		beta, sigma := in.float(), in.float()
		F := in.floats(12)
		n := len(F)
		r := rand.New(rand.NewPCG(uint64(start), 2))
		hot := !(beta > 0) || math.IsInf(beta, 1)
		at := []float64{1, 2}
		wants(t, hot, "ebm", "MetropolisStep", func() { ebm.MetropolisStep(ebm.Wells{}, []float64{1}, nil, at, beta, sigma, r) })
		if slices.ContainsFunc(at, math.IsNaN) {
			t.Fatalf("σ=%v β=%v: moved to %v, where the energy is NaN", sigma, beta, at)
		}
		wants(t, hot || !(sigma >= 0), "ebm", "LangevinStep", func() { ebm.LangevinStep(ebm.Wells{}, []float64{1}, nil, at, beta, sigma, r) })
		steps := 0
		w := slices.Clone(F)
		wants(t, k < 0, "ebm", "Descend", func() {
			ebm.Descend(w, 0, k, func(dst, w []float64) []float64 { clear(dst); return dst }, func(int, []float64) { steps++ })
		})
		if k >= 0 && (steps != k+1 || !same(w, F)) {
			t.Fatalf("%d steps of 0 from %v: %v, seen %d times", k, F, w, steps)
		}
		wants(t, k > 0, "ebm", "Descend with a longer gradient", func() {
			ebm.Descend(w, 1, max(k, 0), func(dst, w []float64) []float64 { return append(dst, 1) }, nil)
		})
		var P [][]float64
		wants(t, n == 0 || hot, "ebm", "Metropolis", func() { P = ebm.Metropolis(F, beta) })
		if P == nil {
			return
		}
		fail := func(what string, v ...any) {
			t.Helper()
			t.Fatalf("F=%v β=%v k=%d: %s %v", F, beta, k, what, v)
		}
		N := float64(n)
		for i := range P {
			sum := 0.0
			for j, p := range P[i] {
				if math.IsNaN(F[i]) || math.IsNaN(F[j]) {
					if !math.IsNaN(p) {
						fail("P of NaN", i, j, p)
					}
					continue
				}
				sum += p
				if j == i && !(p >= 1/N*(1-0x1p-52)) || j != i && !(p >= 0 && p <= 1/N) {
					if !slices.ContainsFunc(F, math.IsNaN) {
						fail("P", i, j, p)
					}
				}
				if math.IsInf(F[j], 1) && F[i] < F[j] && p != 0 {
					fail("enters the impossible", i, j, p)
				}
				// P_ij/P_ji = e^{−β(F_j − F_i)}: x = β(F_j − F_i) is rounded twice, the exponential within an ulp.
				if x := beta * (F[j] - F[i]); j != i && x >= 0 && x < 700 && !near(p, P[j][i]*math.Exp(-x), p*(x*0x1p-50+0x1p-50)) {
					fail("balance", i, j, p, P[j][i]*math.Exp(-x))
				}
			}
			if !slices.ContainsFunc(F, math.IsNaN) && !(math.Abs(sum-1) <= 2*(N+1)*0x1p-53) {
				fail("a row adds up to", i, sum)
			}
		}
		outside := y < 0 || y >= n
		q := make([]float64, n)
		if !outside {
			q[y] = 1
		}
		wants(t, k < 0, "ebm", "Diffuse", func() { q = ebm.Diffuse(q, q, P, k) })
		wants(t, true, "ebm", "Diffuse of another length", func() { ebm.Diffuse(nil, append(q, 0), P, 1) })
		wants(t, true, "ebm", "Diffuse into another length", func() { ebm.Diffuse(append(q, 0), q, P, 1) })
		var cd, sampled []float64
		wants(t, outside || k < 0, "ebm", "CD", func() { cd = ebm.CD(nil, P, y, k) })
		lost := start < 0 || start >= n
		stuck := k > 0 && slices.ContainsFunc(F, math.IsNaN) // every row has a NaN
		wants(t, lost || k < 0 || stuck, "ebm", "Walk", func() {
			if i := ebm.Walk(P, start, k, r); i < 0 || i >= n || math.IsInf(F[i], 1) && !math.IsInf(F[start], 1) {
				fail("walked to", start, i)
			}
		})
		wants(t, outside || lost || k < 0 || stuck, "ebm", "SampleCD", func() { sampled = ebm.SampleCD(nil, P, y, []int{start, start}, k, r) })
		wants(t, true, "ebm", "SampleCD without chains", func() { ebm.SampleCD(nil, P, y, nil, k, r) })
		for _, g := range [][]float64{cd, sampled} {
			sum, size := 0.0, 0.0
			for _, v := range g {
				sum, size = sum+v, size+math.Abs(v)
			}
			// n roundings of no more than Σ|gᵢ| each, twice over.
			if !slices.ContainsFunc(F, math.IsNaN) && !(math.Abs(sum) <= 2*N*0x1p-53*size) {
				fail("an estimate adds up to", g, sum)
			}
		}
	})
}
