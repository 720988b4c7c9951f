package ebm

import (
	"fmt"
	"maps"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"ebmcheck/ebm/promise"
	"ebmcheck/properties/exact"
)

// A drawer is Gibbs.Sample, or what is planted for it.
type drawer func(g *Gibbs, r *rand.Rand) int

const drawBits = 600

// aimed returns the two words from which Sample makes u = i·2⁻¹⁰⁶: anywhere, or near one of the
// places, 2⁻ᵏ away and less, or the one beside it; and u.
func aimed(r *rand.Rand, places []exact.Interval) (words [2]uint64, u exact.Interval) {
	i := new(big.Int).Lsh(new(big.Int).SetUint64(r.Uint64()>>11), 53)
	i.Add(i, new(big.Int).SetUint64(r.Uint64()>>11))
	if r.IntN(4) > 0 {
		at := places[r.IntN(len(places))]
		i, _ = new(big.Float).SetMantExp(at.Lo(), 106).Int(nil)
		if k := r.IntN(107); k < 106 {
			i.Add(i, new(big.Int).Lsh(big.NewInt(int64(r.IntN(3)-1)), uint(k)))
		}
	}
	last := new(big.Int).Lsh(big.NewInt(1), 106)
	last.Sub(last, big.NewInt(1))
	if i.Sign() < 0 {
		i.SetInt64(0)
	}
	if i.Cmp(last) > 0 {
		i = last
	}
	hi := new(big.Int).Rsh(i, 53)
	lo := new(big.Int).Sub(i, new(big.Int).Lsh(hi, 53))
	other := uint64(r.IntN(1 << 11)) // bits that do not count
	two := exact.Of(0x1p-53, drawBits)
	u = exact.Of(float64(hi.Int64()), drawBits).Mul(two).Add(exact.Of(float64(lo.Int64()), drawBits).Mul(two).Mul(two))
	return [2]uint64{hi.Uint64()<<11 | other, lo.Uint64()<<11 | other}, u
}

// places returns where each answer begins in [0, 1), and where the last ends.
func places(w []exact.Interval) []exact.Interval {
	total := exact.Of(0, drawBits)
	sums := []exact.Interval{total}
	for _, w := range w {
		total = total.Add(w)
		sums = append(sums, total)
	}
	for i := range sums {
		sums[i] = sums[i].Div(total)
	}
	return sums
}

// between says whether u is in the place of answer i, to slack.
func between(u exact.Interval, at []exact.Interval, i int, slack float64) bool {
	s := exact.Of(slack, drawBits)
	return i >= 0 && i < len(at)-1 && !u.Add(s).Less(at[i]) && !at[i+1].Add(s).Less(u)
}

// atItsPlace holds a draw to the places of the answers in enclosures. What is allowed is that
// of the comment, 2⁻⁹¹: a weight is off by 2⁻⁹³ of itself, the sum by no more, and n
// subtractions by 2⁻¹⁰⁴ each.
func atItsPlace(of drawer, from draw) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		F, beta, mass, _ := from(r)
		low, w := math.Inf(1), make([]exact.Interval, len(F))
		for j, f := range F {
			if mass[j] > 0 {
				low = min(low, f)
			}
		}
		number := func(x float64) exact.Interval { return exact.Of(x, drawBits) }
		for j, f := range F {
			if w[j] = number(0); f < inf && mass[j] > 0 {
				gap := number(f).Sub(number(low)).Mul(number(beta))
				if gap.Mid() < 1e5 { // else next to nothing
					w[j] = gap.Neg().Exp().Mul(number(mass[j]))
				}
			}
		}
		if math.IsInf(low, 1) {
			return ""
		}
		at := places(w)
		words, u := aimed(r, at)
		source := bits(words[:])
		if i := of(NewGibbs(F, beta, Weighted(mass)), rand.New(&source)); !between(u, at, i, 0x1p-91) || mass[i] == 0 || F[i] == inf {
			return fmt.Sprintf("F=%v β=%v μ=%v: u = %v draws %d; places %v", F, beta, mass, u.Mid(), i, at)
		}
		return ""
	}
}

func TestSamplePromises(t *testing.T) {
	for _, family := range slices.Sorted(maps.Keys(draws)) {
		promise.Try(t, family, 60, atItsPlace((*Gibbs).Sample, draws[family]))
	}
	promise.Try(t, "2¹⁰ answers", 2, atItsPlace((*Gibbs).Sample, func(r *rand.Rand) (F []float64, beta float64, mass, x []float64) {
		for range 1 << 10 {
			F, mass = append(F, 40*r.Float64()), append(mass, r.ExpFloat64())
		}
		return F, 1, mass, nil
	}))
	// by the plain cumulative sum of rounded probabilities at a number u
	plain := func(u func(r *rand.Rand) float64, start float64) drawer {
		return func(g *Gibbs, r *rand.Rand) int {
			at := u(r) + start
			p := g.Probs(nil)
			for i := range p {
				if at -= p[i]; at < 0 {
					return i
				}
			}
			return len(p) - 1
		}
	}
	first := func(r *rand.Rand) float64 { return float64(r.Uint64()>>11) * 0x1p-53 }
	for fault, of := range map[string]drawer{
		"a u of 53 bits":       plain(first, 0),
		"u runs from 2⁻⁵³ up":  plain(first, 0x1p-53),
		"a u of 24 bits":       plain(func(r *rand.Rand) float64 { return float64(r.Uint64()>>40) * 0x1p-24 }, 0),
		"the last draws alike": func(g *Gibbs, r *rand.Rand) int { return len(g.energies) - 1 },
		"without the masses": func(g *Gibbs, r *rand.Rand) int {
			return NewGibbs(g.energies, g.beta, Counting(len(g.energies))).Sample(r)
		},
		"β forgotten": func(g *Gibbs, r *rand.Rand) int { return NewGibbs(g.energies, 1, g.mu).Sample(r) },
		"the words change places": func(g *Gibbs, r *rand.Rand) int {
			hi, lo := r.Uint64(), r.Uint64()
			return g.Sample(rand.New(&bits{lo, hi}))
		},
	} {
		promise.Refute(t, fault, 60, atItsPlace(of, draws["an enormous offset"]))
	}
}

// A sequencer is Chain.Sample of one sequence, or what is planted for it.
type sequencer func(c Chain, beta float64, r *rand.Rand) []int

func ofSample(c Chain, beta float64, r *rand.Rand) []int { return c.Sample(1, beta, r)[0] }

// oneByOne holds each value to its place given those before it, by enumeration: of T positions
// 2⁻⁹¹ of each is allowed, for the sums of what comes after are off by as much.
func oneByOne(of sequencer, from func(r *rand.Rand) (Chain, []int, float64)) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		c, _, beta := from(r)
		number := func(x float64) exact.Interval { return exact.Of(x, drawBits) }
		var y []int
		var source bits
		var us []exact.Interval
		weights := func(before []int) (w []exact.Interval, possible []bool) { // of the values after those before
			t := len(before)
			w, possible = make([]exact.Interval, len(c.Unary[t])), make([]bool, len(c.Unary[t]))
			for v := range w {
				w[v] = number(0)
			}
			low := inf
			every(c, func(z []int, F float64) {
				if slices.Equal(z[:t], before) {
					low = min(low, F)
				}
			})
			every(c, func(z []int, F float64) {
				if !slices.Equal(z[:t], before) || math.IsInf(F, 1) {
					return
				}
				E := number(0).Sub(number(low))
				for t, v := range z {
					if E = E.Add(number(c.Unary[t][v])); t > 0 {
						E = E.Add(number(c.Pair[t-1][z[t-1]][v]))
					}
				}
				possible[z[t]] = true
				if gap := E.Mul(number(beta)); gap.Mid() < 1e5 { // else next to nothing
					w[z[t]] = w[z[t]].Add(gap.Neg().Exp())
				}
			})
			return w, possible
		}
		// A sequence and the words that lead to it: the values are those at u, so that each u
		// is aimed at a place among those that it has.
		for t := range c.Unary {
			w, _ := weights(y)
			at := places(w)
			words, u := aimed(r, at)
			source, us = append(source, words[:]...), append(us, u)
			v := 0
			for v < len(c.Unary[t])-1 && (!at[v].Less(at[v+1]) || !u.Less(at[v+1])) {
				v++
			}
			for v > 0 && !at[v].Less(at[v+1]) {
				v--
			}
			y = append(y, v)
		}
		got := of(c, beta, rand.New(&source))
		for t, v := range got {
			w, possible := weights(got[:t])
			if !between(us[t], places(w), v, 0x1p-91*float64(len(c.Unary))) || !possible[v] {
				return fmt.Sprintf("%v β=%v: drew %v, at position %d with u = %v; the way went by %v", c, beta, got, t, us[t].Mid(), y)
			}
			if v != y[t] {
				return "" // on another way at the edge of a place, within what is allowed
			}
		}
		if len(got) != len(y) {
			return fmt.Sprintf("%v: drew %v", c, got)
		}
		return ""
	}
}

func TestChainSamplePromises(t *testing.T) {
	for _, family := range slices.Sorted(maps.Keys(chainDraws)) {
		promise.Try(t, family, 20, oneByOne(ofSample, chainDraws[family]))
	}
	for fault, of := range map[string]sequencer{
		"each value from its marginal": func(c Chain, beta float64, r *rand.Rand) (y []int) {
			for _, w := range c.marginals(beta) {
				y = append(y, w.draw(r))
			}
			return y
		},
		"what comes after does not count": func(c Chain, beta float64, r *rand.Rand) (y []int) {
			for t, u := range c.Unary {
				row := slices.Clone(u)
				for v := range row {
					if t > 0 {
						row[v] += c.Pair[t-1][y[t-1]][v]
					}
				}
				if slices.Min(row) == inf {
					row = make([]float64, len(row))
				}
				y = append(y, NewGibbs(row, beta, Counting(len(row))).Sample(r))
			}
			return y
		},
		"β forgotten":        func(c Chain, beta float64, r *rand.Rand) []int { return ofSample(c, 1, r) },
		"the least sequence": func(c Chain, beta float64, r *rand.Rand) []int { y, _ := c.Infer(); return y },
		"from the other side": func(c Chain, beta float64, r *rand.Rand) []int {
			y := ofSample(c, beta, r)
			slices.Reverse(y)
			return y
		},
	} {
		promise.Refute(t, fault, 60, func(r *rand.Rand) (why string) {
			defer func() {
				if recover() != nil { // values that are none, or more words than there are
					why = "it panics"
				}
			}()
			return oneByOne(of, chainDraws["any energies"])(r)
		})
	}
}

// A walker is Walk, and SampleCD with chains and the gradient that it gives, or what is planted.
type walker struct {
	walk func(P [][]float64, i, k int, r *rand.Rand) int
	cd   func(P [][]float64, y int, chains []int, k int, r *rand.Rand) []float64
}

var ourWalk = walker{Walk, func(P [][]float64, y int, chains []int, k int, r *rand.Rand) []float64 {
	return SampleCD(undefined(nil, len(P)), P, y, chains, k, r)
}}

// stepped holds a step of a walk to its row: u is in the place of the state, to n + 1 roundings,
// and the state has a chance. SampleCD takes each chain as many steps, in their order, and counts.
func stepped(of walker) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		n := 1 + r.IntN(6)
		P := make([][]float64, n)
		for i := range P {
			P[i] = make([]float64, n)
			P[i][r.IntN(n)] = 1e-9
			sum := 0.0
			for j := range P[i] {
				P[i][j] += float64(r.IntN(2)) * r.ExpFloat64()
				sum += P[i][j]
			}
			for j := range P[i] {
				P[i][j] /= sum
			}
		}
		i := r.IntN(n)
		w := make([]exact.Interval, n)
		for j, p := range P[i] {
			w[j] = exact.Of(p, drawBits)
		}
		at := places(w)
		word := r.Uint64()
		if r.IntN(4) > 0 {
			word = uint64(math.Round(at[r.IntN(n+1)].Mid()*0x1p53)) + uint64(r.IntN(5)) - 2
		}
		word = word << 11 >> 11
		u := exact.Of(float64(word)*0x1p-53, drawBits)
		if j := of.walk(P, i, 1, rand.New(&bits{word})); !between(u, at, j, float64(n+1)*0x1p-53) || P[i][j] == 0 {
			return fmt.Sprintf("P[%d] = %v: u = %v leads to %d", i, P[i], u.Mid(), j)
		}
		y, k, N, seed := r.IntN(n), r.IntN(4), 1+r.IntN(20), r.Uint64()
		chains, want, count := make([]int, N), make([]int, N), make([]float64, n)
		twin := rand.New(rand.NewPCG(seed, 1))
		for c := range chains {
			chains[c] = r.IntN(n)
			want[c] = chains[c]
			for range k {
				want[c] = Walk(P, want[c], 1, twin)
			}
			count[want[c]]++
		}
		grad := of.cd(P, y, chains, k, rand.New(rand.NewPCG(seed, 1)))
		if !slices.Equal(chains, want) {
			return fmt.Sprintf("%d steps lead the chains to %v, want %v", k, chains, want)
		}
		for j, g := range grad {
			share := -count[j] / float64(N)
			if j == y {
				share++
			}
			if !(math.Abs(g-share) <= 0x1p-52) {
				return fmt.Sprintf("chains %v, y = %d: %v", chains, y, grad)
			}
		}
		return ""
	}
}

func TestWalkPromises(t *testing.T) {
	promise.Try(t, "steps of a chain", 200, stepped(ourWalk))
	walks := func(walk func(P [][]float64, i, k int, r *rand.Rand) int) walker { return walker{walk, ourWalk.cd} }
	for fault, of := range map[string]walker{
		"columns for rows": walks(func(P [][]float64, i, k int, r *rand.Rand) int {
			Q := make([][]float64, len(P))
			for i := range P {
				for j := range P {
					Q[i] = append(Q[i], P[j][i])
				}
			}
			return Walk(Q, i, k, r)
		}),
		"it stays where it was": walks(func(P [][]float64, i, k int, r *rand.Rand) int { return i }),
		"a step of no chance at u = 0": walks(func(P [][]float64, i, k int, r *rand.Rand) int {
			u := r.Float64()
			for j, p := range P[i] {
				if u -= p; u <= 0 {
					return j
				}
			}
			return len(P) - 1
		}),
		"the last state takes what is left": walks(func(P [][]float64, i, k int, r *rand.Rand) int {
			u := r.Float64()
			for j, p := range P[i] {
				if u -= p; u < 0 && j < len(P)-1 {
					return j
				}
			}
			return len(P) - 1
		}),
		"chains that are not kept": {Walk, func(P [][]float64, y int, chains []int, k int, r *rand.Rand) []float64 {
			return ourWalk.cd(P, y, slices.Clone(chains), k, r)
		}},
		"a step more": {Walk, func(P [][]float64, y int, chains []int, k int, r *rand.Rand) []float64 {
			return ourWalk.cd(P, y, chains, k+1, r)
		}},
		"the other sign": {Walk, func(P [][]float64, y int, chains []int, k int, r *rand.Rand) []float64 {
			g := ourWalk.cd(P, y, chains, k, r)
			for j := range g {
				g[j] = -g[j]
			}
			return g
		}},
		"counts for shares": {Walk, func(P [][]float64, y int, chains []int, k int, r *rand.Rand) []float64 {
			g := ourWalk.cd(P, y, chains, k, r)
			g[y]--
			for j := range g {
				g[j] *= float64(len(chains))
			}
			g[y]++
			return g
		}},
	} {
		promise.Refute(t, fault, 200, stepped(of))
	}
}
