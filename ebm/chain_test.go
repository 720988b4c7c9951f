package ebm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// chains draws a chain of up to 5 positions of up to 4 values. Energies are
// multiples of 1/64, so that sums along a sequence are exact and ties are ties;
// one pair in ten is impossible.
func chains() *rapid.Generator[Chain] {
	return rapid.Custom(func(t *rapid.T) Chain {
		values := rapid.SliceOfN(rapid.IntRange(1, 4), 1, 5).Draw(t, "values")
		few := rapid.Map(rapid.IntRange(-3, 3), func(k int) float64 { return float64(k) }) // for ties
		many := rapid.Map(rapid.IntRange(-200, 200), func(k int) float64 { return float64(k) / 64 })
		energy := rapid.OneOf(few, many)
		barred := rapid.Custom(func(t *rapid.T) float64 {
			if rapid.IntRange(1, 10).Draw(t, "bar") == 10 {
				return math.Inf(1)
			}
			return energy.Draw(t, "V")
		})
		var c Chain
		for i, n := range values {
			c.Unary = append(c.Unary, rapid.SliceOfN(energy, n, n).Draw(t, "U"))
			if i > 0 {
				row := rapid.SliceOfN(barred, n, n)
				c.Pair = append(c.Pair, rapid.SliceOfN(row, values[i-1], values[i-1]).Draw(t, "V"))
			}
		}
		return c
	})
}

// every calls f with each sequence of the chain, in lexicographic order, and
// its energy summed here.
func every(c Chain, f func(y []int, F float64)) {
	y := make([]int, len(c.Unary))
	for {
		var F float64
		for t, u := range c.Unary {
			F += u[y[t]]
		}
		for t, v := range c.Pair {
			F += v[y[t]][y[t+1]]
		}
		f(y, F)
		t := len(y) - 1
		for ; t >= 0; t-- {
			if y[t]++; y[t] < len(c.Unary[t]) {
				break
			}
			y[t] = 0
		}
		if t < 0 {
			return
		}
	}
}

// brute is all there is to know about a chain, by enumeration: ln Σ e^{−βF}
// needs no care at these sizes.
type brute struct {
	n         int
	Z, low    float64
	first     []int
	marginals [][]float64
	pairs     [][][]float64
}

func enumerate(c Chain, beta float64) brute {
	b := brute{low: math.Inf(1)}
	for t, u := range c.Unary {
		b.marginals = append(b.marginals, make([]float64, len(u)))
		if t > 0 {
			table := make([][]float64, len(c.Unary[t-1]))
			for a := range table {
				table[a] = make([]float64, len(u))
			}
			b.pairs = append(b.pairs, table)
		}
	}
	every(c, func(y []int, F float64) {
		w := math.Exp(-beta * F)
		b.n++
		b.Z += w
		if F < b.low {
			b.low, b.first = F, slices.Clone(y)
		}
		for t := range y {
			b.marginals[t][y[t]] += w
			if t > 0 {
				b.pairs[t-1][y[t-1]][y[t]] += w
			}
		}
	})
	return b
}

// slack bounds the error of F_β, of a chain or of its enumeration, to first
// order. Let A = Σ_t max|U_t| + Σ_t max|V_t| over the finite energies + (Σ_t
// ln|𝒴_t|)/β: neither F_β nor an energy exceeds it. The chain rounds F_β once, by
// u A. The enumeration errs by (β·0 + 2 + n)u/β in (ln Z)/β: its energies are
// exact, −βF is rounded (u β A), exp is within an ulp, and n terms are added.
func slack(c Chain, beta float64, n int) float64 {
	var A float64
	for _, u := range c.Unary {
		A += largest(u) + math.Log(float64(len(u)))/beta
	}
	for _, v := range c.Pair {
		var top float64
		for _, row := range v {
			top = max(top, largest(row))
		}
		A += top
	}
	return 1.01 * unit * (2*A + float64(n+4)/beta)
}

// largest returns the largest finite |F|.
func largest(F []float64) float64 {
	var m float64
	for _, f := range F {
		if !math.IsInf(f, 0) {
			m = max(m, math.Abs(f))
		}
	}
	return m
}

// TestChainIsEnumeration: sums, minima and marginals of the recursion are those
// over all sequences (identity 79).
func TestChainIsEnumeration(t *testing.T) {
	var worst spent
	impossible, tied := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		c := chains().Draw(t, "chain")
		beta := rapid.SampledFrom([]float64{0.01, 0.5, 1, 2, 10}).Draw(t, "beta")
		b := enumerate(c, beta)
		y, F := c.Infer()
		if b.first == nil {
			impossible++
			if y != nil || !math.IsInf(F, 1) || !math.IsInf(c.FreeEnergy(beta), 1) || !math.IsInf(c.LogZ(beta), -1) ||
				!math.IsNaN(c.Marginals(beta)[0][0]) || c.Sample(1, beta, rand.New(rand.NewPCG(1, 1))) != nil {
				t.Fatalf("no sequence is possible, yet Infer is %v, %v", y, F)
			}
			return
		}
		if F != b.low || !slices.Equal(y, b.first) || c.Energy(y) != b.low {
			t.Fatalf("Infer = %v, %v; the first of least energy is %v, %v", y, F, b.first, b.low)
		}
		same := 0
		every(c, func(_ []int, F float64) {
			if F == b.low {
				same++
			}
		})
		if same > 1 {
			tied++
		}
		allowed := slack(c, beta, b.n)
		free := -math.Log(b.Z) / beta
		worst.near(t, "F_β", c.FreeEnergy(beta), free, allowed)
		worst.near(t, "ln Z", c.LogZ(beta), math.Log(b.Z), beta*allowed+unit*math.Abs(math.Log(b.Z)))
		// e^{−β(a + b)} with an error of slack in a + b, here and in Z; the
		// enumeration's shares likewise
		relative := 2*beta*allowed + 8*unit
		for i, p := range c.Marginals(beta) {
			for v := range p {
				want := b.marginals[i][v] / b.Z
				worst.near(t, fmt.Sprintf("p(y_%d = %d)", i, v), p[v], want, relative*want)
			}
		}
		for i, table := range c.PairMarginals(beta) {
			for u := range table {
				for v, p := range table[u] {
					want := b.pairs[i][u][v] / b.Z
					worst.near(t, fmt.Sprintf("p(y_%d, y_%d = %d, %d)", i, i+1, u, v), p, want, relative*want)
				}
			}
		}
	})
	t.Logf("largest share of the allowance spent: %.2g; %d chains impossible, %d with ties", float64(worst), impossible, tied)
	if impossible == 0 || tied < 20 && !testing.Short() {
		t.Errorf("%d impossible chains and %d with ties: too few", impossible, tied)
	}
}

// random returns a chain of T positions of V values with energies k/100 in [−3,
// 3].
func random(T, V int, r *rand.Rand) Chain {
	row := func() []float64 {
		F := make([]float64, V)
		for i := range F {
			F[i] = float64(r.IntN(601)-300) / 100
		}
		return F
	}
	c := Chain{Unary: make([][]float64, T), Pair: make([][][]float64, T-1)}
	for t := range c.Unary {
		c.Unary[t] = row()
	}
	for t := range c.Pair {
		for range V {
			c.Pair[t] = append(c.Pair[t], row())
		}
	}
	return c
}

// TestChainLongerThanEnumeration: 50²⁰ sequences, whose Z a product of transfer
// matrices knows too:
//
//	Z = 1ᵀ D₀ M₀ D₁ M₁ … D_{T−1} 1,    D_t = diag e^{−βU_t},    M_t = e^{−βV_t}
//
// All terms are positive. An entry errs relatively by (3β + 2)u (−βF rounded,
// |F| ≤ 3; exp), each step adds V products of three factors: the exponents of a
// path gather 2T(3β + 2)u, its sums and products T(V + 2)u.
func TestChainLongerThanEnumeration(t *testing.T) {
	const T, V, beta = 20, 50, 1.5
	c := random(T, V, rand.New(rand.NewPCG(1, 46)))
	v := make([]float64, V)
	for i := range v {
		v[i] = 1
	}
	for s := T - 1; s >= 0; s-- {
		for a := range v {
			v[a] *= math.Exp(-beta * c.Unary[s][a])
		}
		if s > 0 {
			next := make([]float64, V)
			for a := range next {
				for b := range v {
					next[a] += math.Exp(-beta*c.Pair[s-1][a][b]) * v[b]
				}
			}
			v = next
		}
	}
	var Z float64
	for _, z := range v {
		Z += z
	}
	relative := unit * (2*T*(3*beta+2) + T*(V+2))
	got, want := c.LogZ(beta), math.Log(Z)
	allowed := beta*slack(c, beta, 0) + relative + 2*unit*want
	if !(math.Abs(got-want) <= allowed) {
		t.Errorf("ln Z = %v, want %v ± %.2g", got, want, allowed)
	}
	t.Logf("ln Z = %v: off by %.2g of %.2g allowed", got, math.Abs(got-want), allowed)

	for s, p := range c.Marginals(beta) {
		var sum float64
		for _, pv := range p {
			sum += pv
		}
		if !(math.Abs(sum-1) <= 2*V*unit) { // each p is within an ulp, and V terms are added
			t.Errorf("marginals of position %d add up to %v", s, sum)
		}
	}
}

// TestChainIsing: without a field, Z = 2ᵀ (cosh βJ)^{T−1} for F = −J Σ s_t
// s_{t+1}, s = ±1.
func TestChainIsing(t *testing.T) {
	for _, T := range []int{1, 2, 3, 20, 1000} {
		for _, J := range []float64{-2, -0.5, 0, 1} {
			c := Chain{Unary: make([][]float64, T), Pair: make([][][]float64, T-1)}
			for i := range c.Unary {
				c.Unary[i] = []float64{0, 0}
			}
			for i := range c.Pair {
				c.Pair[i] = [][]float64{{-J, J}, {J, -J}}
			}
			for _, beta := range []float64{0.1, 1, 3} {
				want := float64(T)*math.Ln2 + float64(T-1)*math.Log(math.Cosh(beta*J))
				got := c.LogZ(beta)
				allowed := beta*slack(c, beta, 0) + 8*unit*math.Abs(want)
				if !(math.Abs(got-want) <= allowed) {
					t.Errorf("T = %d, J = %v, β = %v: ln Z = %v, want %v ± %.2g", T, J, beta, got, want, allowed)
				}
			}
		}
	}
}

// TestChainGradient: ∂F_β/∂U_t(v) = p(y_t = v) and ∂F_β/∂V_t(u, v) = p(y_t = u,
// y_{t+1} = v), by central differences. The third derivative of F_β in one
// energy is β² κ₃ of an indicator, at most β² √3/18.
func TestChainGradient(t *testing.T) {
	const beta, h = 0.75, 0x1p-14
	c := random(6, 4, rand.New(rand.NewPCG(1, 15)))
	allowed := h*h/6*beta*beta*math.Sqrt(3)/18 + slack(c, beta, 0)/h
	marginals, pairs := c.Marginals(beta), c.PairMarginals(beta)
	check := func(what string, energy *float64, want float64) {
		at := *energy
		*energy = at + h
		up := c.FreeEnergy(beta)
		*energy = at - h
		down := c.FreeEnergy(beta)
		*energy = at
		if got := (up - down) / (2 * h); !(math.Abs(got-want) <= allowed) {
			t.Errorf("∂F_β/∂%s = %v, the marginal is %v: more than %.2g apart", what, got, want, allowed)
		}
	}
	for s := range c.Unary {
		for v := range c.Unary[s] {
			check(fmt.Sprintf("U_%d(%d)", s, v), &c.Unary[s][v], marginals[s][v])
		}
	}
	for s := range c.Pair {
		for u := range c.Pair[s] {
			for v := range c.Pair[s][u] {
				check(fmt.Sprintf("V_%d(%d, %d)", s, u, v), &c.Pair[s][u][v], pairs[s][u][v])
			}
		}
	}
}

// TestChainSample: each sequence has its share. By Hoeffding's inequality and
// the union over K sequences, all shares of N draws lie within √(ln(2K/α)/2N)
// of their probabilities, but for a false alarm of probability α = 10⁻⁹.
func TestChainSample(t *testing.T) {
	const N, beta = 40_000, 0.5
	c := random(3, 3, rand.New(rand.NewPCG(1, 5)))
	c.Pair[0][1][1] = math.Inf(1)
	count := map[string]int{}
	for _, y := range c.Sample(N, beta, rand.New(rand.NewPCG(1, 79))) {
		count[fmt.Sprint(y)]++
	}
	b := enumerate(c, beta)
	bound := hoeffding(N, b.n)
	every(c, func(y []int, F float64) {
		p, share := math.Exp(-beta*F)/b.Z, float64(count[fmt.Sprint(y)])/N
		if !(math.Abs(share-p) <= bound) || p == 0 && share != 0 {
			t.Errorf("%v: share %v of the draws, probability %v, more than %.3g apart", y, share, p, bound)
		}
	})
}

// hoeffding returns how far K shares of n draws may lie from their
// probabilities, with a false alarm once in 10⁹.
func hoeffding(n, K int) float64 { return math.Sqrt(math.Log(2*float64(K)/1e-9) / (2 * float64(n))) }

func TestChainUndefined(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(-1)} {
		c := Chain{Unary: [][]float64{{0, 1}, {bad, 2}, {1, 2, 3}}, Pair: [][][]float64{{{0, 1}, {2, 3}}, {{0, 1, 2}, {3, 4, 5}}}}
		y, F := c.Infer()
		if y != nil || !math.IsNaN(F) || !math.IsNaN(c.FreeEnergy(1)) || !math.IsNaN(c.LogZ(1)) ||
			!math.IsNaN(c.Marginals(1)[0][1]) || !math.IsNaN(c.PairMarginals(1)[0][1][0]) || c.Sample(1, 1, nil) != nil {
			t.Errorf("with %v in the chain: Infer = %v, %v, FreeEnergy = %v", bad, y, F, c.FreeEnergy(1))
		}
		for i, table := range c.PairMarginals(1) {
			for _, row := range table {
				if len(row) != len(c.Unary[i+1]) {
					t.Errorf("with %v in the chain: PairMarginals[%d] has a row of %d", bad, i, len(row))
				}
			}
		}
	}
}

func TestChainPanics(t *testing.T) {
	good := Chain{Unary: [][]float64{{0, 1}, {0}}, Pair: [][][]float64{{{0}, {1}}}}
	refuses(t, "a chain of T positions", func() { Chain{}.Infer() })
	short := Chain{Unary: good.Unary}
	for _, f := range []func(){
		func() { short.LogZ(1) }, func() { short.FreeEnergy(1) }, func() { short.Infer() }, func() { short.Energy([]int{0, 0}) },
		func() { short.Marginals(1) }, func() { short.PairMarginals(1) }, func() { short.Sample(1, 1, nil) },
	} {
		refuses(t, "a chain of T positions", f)
	}
	refuses(t, "no values", func() { Chain{Unary: [][]float64{{}}}.LogZ(1) })
	refuses(t, "does not fit", func() { Chain{good.Unary, [][][]float64{{{0}}}}.Marginals(1) })
	refuses(t, "does not fit", func() { Chain{good.Unary, [][][]float64{{{0}, {1, 2}}}}.Marginals(1) })
	refuses(t, "does not fit", func() { Chain{good.Unary, [][][]float64{{{0, 2}, {1}}}}.Marginals(1) })
	refuses(t, "differ in length", func() { good.Energy([]int{0}) })
	refuses(t, "negative number", func() { good.Sample(-1, 1, nil) })
	if ys := good.Sample(0, 1, nil); len(ys) != 0 {
		t.Errorf("no samples: %v", ys)
	}
	for _, beta := range []float64{0, -1, math.Inf(1), math.NaN()} {
		refuses(t, "beta", func() { good.LogZ(beta) })
		refuses(t, "beta", func() { good.FreeEnergy(beta) })
		refuses(t, "beta", func() { good.Marginals(beta) })
		refuses(t, "beta", func() { good.PairMarginals(beta) })
		refuses(t, "beta", func() { good.Sample(1, beta, nil) })
	}
}

func BenchmarkChain(b *testing.B) {
	for _, V := range []int{10, 50} {
		c := random(20, V, rand.New(rand.NewPCG(1, 1)))
		b.Run(fmt.Sprintf("op=logz/T=20/V=%d", V), func(b *testing.B) {
			for b.Loop() {
				c.LogZ(1)
			}
		})
		b.Run(fmt.Sprintf("op=infer/T=20/V=%d", V), func(b *testing.B) {
			for b.Loop() {
				c.Infer()
			}
		})
	}
}

// TestChainLeavesItsTables: no method writes to the chain.
func TestChainLeavesItsTables(t *testing.T) {
	c, same := random(4, 3, rand.New(rand.NewPCG(1, 1))), random(4, 3, rand.New(rand.NewPCG(1, 1)))
	c.Infer()
	c.LogZ(1)
	c.Marginals(1)
	c.PairMarginals(1)
	c.Sample(3, 1, rand.New(rand.NewPCG(1, 1)))
	if d := cmp.Diff(same, c); d != "" {
		t.Errorf("the chain changed (-before +after):\n%s", d)
	}
}
