package ebm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ebmcheck/ebm/kernel"
	"ebmcheck/ebm/promise"
)

// A quickChain is what a chain says in pairs of float64s: F_β, ln Z, the NLL, and whether it is
// sure; and its probabilities, or the gradient of the NLL of y, NaN where it is not.
type quickChain struct {
	numbers func(q *quick, y []int) (row [3]float64, sure [3]bool)
	shares  func(q *quick, unary [][]float64, pair [][][]float64, y []int) (sure bool)
}

var byPairs = quickChain{ofQuick, (*quick).shares}

func ofQuick(q *quick, y []int) (row [3]float64, sure [3]bool) {
	row[0], sure[0] = q.free(1)
	row[1], sure[1] = q.free(-q.beta)
	row[2], sure[2] = q.nll(y)
	return row, sure
}

// TestQuickError: the error of F_β is what the comments add up, on T equal positions of two answers
// of the energy a, where each softmin takes ln 2/β from a message. An impossible third answer
// changes nothing.
func TestQuickError(t *testing.T) {
	const T = 4
	for _, a := range []float64{-8, 8, 1e9, -1e9} {
		for _, beta := range []float64{1. / 64, 1, 64} {
			for n := 2; n <= 3; n++ {
				var c Chain
				for at := range T {
					c.Unary = append(c.Unary, []float64{a, a, math.Inf(1)}[:n])
					if at > 0 {
						row := []float64{0, 0, 0}[:n]
						c.Pair = append(c.Pair, [][]float64{row, row, {math.Inf(1), 0, 0}}[:n])
					}
				}
				var m, sums, softmins float64 // all without a; of sizes, and of errors
				for at := range T {
					if at > 0 {
						sums += 2 * m // less the least of V, and with V
					}
					if softmins += 0x1p-81/beta + m*0x1p-102; at < T-1 {
						m += math.Ln2 / beta
						sums += m // with U
					}
				}
				m += math.Ln2 / beta // |F_β| without T a
				base := 0.0
				for at := range T {
					if base += math.Abs(a) * float64(at+1); at < T-1 {
						base += math.Abs(a) * float64(at+1)
					}
				}
				base += T*T*math.Abs(a) + math.Abs(T*a-m)
				twin := T * (0x1p-89 + float64(n)*0x1p-102 + T*0x1p-97 + beta*m*0x1p-101)
				want := (sums+base)*0x1p-103 + softmins + twin/beta
				var q quick
				q.hold(c, beta, true)
				if err := q.whole().off; !(math.Abs(err/want-1) <= 0x1p-10) {
					t.Errorf("a = %v, β = %v, n = %d: %v, want %v", a, beta, n, err, want)
				}
			}
		}
	}
	one := Chain{Unary: [][]float64{{0, 0}}}
	for beta, known := range map[float64]bool{0x1p-900: true, 0x1.fp-901: false, 0x1p900: true, 0x1.1p900: false} {
		var q quick
		if q.hold(one, beta, true); math.IsInf(q.twin, 1) == known {
			t.Errorf("β = %v: the twofold numbers are off by %v", beta, q.twin)
		}
	}
}

// quickDraws are the families of chains, and long ones.
func quickDraws() map[string]func(r *rand.Rand) (Chain, []int, float64) {
	all := map[string]func(r *rand.Rand) (Chain, []int, float64){
		"long": func(r *rand.Rand) (Chain, []int, float64) {
			c := random(1+r.IntN(30), 2+r.IntN(4), r)
			y := make([]int, len(c.Unary))
			for t := range y {
				y[t] = r.IntN(len(c.Unary[t]))
			}
			return c, y, magnitude(r, -2, 2)
		},
		"normalised": func(r *rand.Rand) (Chain, []int, float64) {
			c, beta := random(1+r.IntN(5), 1+r.IntN(3), r), magnitude(r, -2, 2)
			F := c.FreeEnergy(beta)
			for v := range c.Unary[0] {
				c.Unary[0][v] -= F
			}
			return c, make([]int, len(c.Unary)), beta
		},
		"masks": func(r *rand.Rand) (Chain, []int, float64) {
			c, beta := random(1+r.IntN(10), 2+r.IntN(4), r), magnitude(r, -2, 2)
			never := []float64{1e5, 1e9, 1e30, inf}[r.IntN(4)]
			y := make([]int, len(c.Unary)) // which is not masked
			for t := range y {
				y[t] = r.IntN(len(c.Unary[t]))
				if v := r.IntN(len(c.Unary[t])); v != y[t] {
					c.Unary[t][v] = never
				}
			}
			for t := range c.Pair {
				for u, row := range c.Pair[t] {
					if v := r.IntN(len(row)); u != y[t] || v != y[t+1] {
						row[v] = never
					}
				}
			}
			return c, y, beta
		},
		"offsets": func(r *rand.Rand) (Chain, []int, float64) {
			c, beta := random(2+r.IntN(10), 2+r.IntN(3), r), magnitude(r, -2, 2)
			for t := range c.Unary {
				by := magnitude(r, 6, 10)
				for v := range c.Unary[t] {
					c.Unary[t][v] += by
				}
			}
			for t := range c.Pair {
				by := -magnitude(r, 6, 10)
				for _, row := range c.Pair[t] {
					for v := range row {
						row[v] += by
					}
				}
			}
			return c, make([]int, len(c.Unary)), beta
		},
		"masks that come to nothing": func(r *rand.Rand) (Chain, []int, float64) {
			c, beta := random(2+r.IntN(5), 2+r.IntN(3), r), magnitude(r, -2, 2)
			far := magnitude(r, 3, 30)
			for t := range c.Pair {
				for _, row := range c.Pair[t] {
					for v := range row {
						row[v] += far
					}
				}
				kept := r.IntN(len(c.Unary[t]))
				for v := range c.Unary[t] {
					if v != kept {
						c.Unary[t][v] -= far
					}
				}
			}
			return c, make([]int, len(c.Unary)), beta
		},
		"sums that overflow": func(r *rand.Rand) (Chain, []int, float64) {
			c, _, beta := drawChain(r, func() float64 { return float64(r.IntN(3)-1) * math.MaxFloat64 * r.Float64() }, 0.1, magnitude(r, -308, 1))
			return c, make([]int, len(c.Unary)), beta
		},
	}
	for family, from := range chainDraws {
		all[family] = from
	}
	return all
}

// asTwofold tries one case of a family: what is sure has the bits of the twofold numbers. It counts
// what is asked, and what is sure.
func asTwofold(of quickChain, from func(r *rand.Rand) (Chain, []int, float64), asked, surely *int) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		c, y, beta := from(r)
		if !c.demand(beta) {
			return ""
		}
		var m Messages // of which everything is the twin's
		m.Hold(c, beta)
		m.quick.twin = math.Inf(1)
		q := new(quick)
		q.hold(c, beta, true)

		row, sure := of.numbers(q, y)
		for k, want := range []float64{m.FreeEnergy(), m.LogZ(), m.NLL(y)} {
			if !sure[k] {
				row[k] = math.NaN()
			}
			if why := alike(row[k:k+1], []float64{want}, asked, surely); why != "" {
				return fmt.Sprintf("%v y=%v β=%v: %s = %s", c, y, beta, []string{"F_β", "ln Z", "NLL"}[k], why)
			}
		}
		p := Chain{m.Marginals(nil), m.PairMarginals(nil)}
		g := m.NLLGrad(Chain{}, y)
		for k, want := range []Chain{p, g} {
			got := Chain{shaped(nil, c.Unary), allShaped(nil, c.Pair)}
			for _, row := range append(slices.Concat(got.Pair...), got.Unary...) {
				for i := range row {
					row[i] = math.NaN()
				}
			}
			of.shares(q, got.Unary, got.Pair, [][]int{nil, y}[k])
			for t := range want.Unary {
				if why := alike(got.Unary[t], want.Unary[t], asked, surely); why != "" {
					return fmt.Sprintf("%v y=%v β=%v: p of %d = %s", c, y, beta, t, why)
				}
			}
			for t := range want.Pair {
				if why := alike(slices.Concat(got.Pair[t]...), slices.Concat(want.Pair[t]...), asked, surely); why != "" {
					return fmt.Sprintf("%v y=%v β=%v: p of %d and the next = %s", c, y, beta, t, why)
				}
			}
		}
		return ""
	}
}

// alike says where got, if it is not NaN, has other bits than want.
func alike(got, want []float64, asked, surely *int) string {
	for i, x := range got {
		if *asked++; math.IsNaN(x) {
			continue
		}
		if *surely++; math.Float64bits(x) != math.Float64bits(want[i]) {
			return fmt.Sprintf("%v, in twofold numbers %v", x, want[i])
		}
	}
	return ""
}

// TestQuickChainPromises: where pairs of float64s are sure of a chain they have the bits of the
// twofold numbers; of long chains, of those with impossible values, of those with masks and of those with
// offsets, they are sure of nearly all.
func TestQuickChainPromises(t *testing.T) {
	for family, from := range quickDraws() {
		asked, surely := 0, 0
		promise.Try(t, family, 60, asTwofold(byPairs, from, &asked, &surely))
		share := float64(surely) / float64(asked)
		t.Logf("%s: sure of %.4f", family, share)
		switch family {
		case "long", "any energies", "masks", "offsets", "a winner by far":
			if !(share >= 0.98) {
				t.Errorf("%s: sure of %.4f only", family, share)
			}
		}
	}
}

// TestQuickChainFaults: pairs of float64s that are sure too soon differ from the twofold numbers.
func TestQuickChainFaults(t *testing.T) {
	always := func(q *quick, y []int) (row [3]float64, sure [3]bool) {
		F := q.whole()
		row[0], row[1] = F.Hi, -q.beta*F.Hi
		row[2], _ = q.nll(y)
		return row, [3]bool{true, true, true}
	}
	bare := func(q *quick, y []int) (row [3]float64, sure [3]bool) {
		row[0], sure[0] = kernel.Settle(q.whole().Pair, 1, 0)
		return row, sure
	}
	difference := func(q *quick, y []int) (row [3]float64, sure [3]bool) {
		row[2], sure[2] = q.Energy(y)-q.whole().Hi, true
		return row, sure
	}
	exactly := func(q *quick, unary [][]float64, pair [][][]float64, y []int) bool {
		for i := range q.m {
			q.m[i].off = 0
		}
		q.twin = 0
		return q.shares(unary, pair, y)
	}
	rounded := func(q *quick, unary [][]float64, pair [][][]float64, y []int) bool {
		q.shares(unary, pair, nil)
		for t, row := range unary {
			for v, p := range row {
				if y != nil {
					row[v] = 0 - p
				}
			}
			if y != nil {
				row[y[t]] = 1 + row[y[t]]
			}
		}
		for t := range pair {
			for u := range pair[t] {
				for v := range pair[t][u] {
					pair[t][u][v] = math.NaN()
				}
			}
		}
		return true
	}
	product := func(q *quick, unary [][]float64, pair [][][]float64, y []int) bool {
		if sure := q.shares(unary, pair, y); y != nil {
			return sure
		}
		for t := range pair { // p(u) p(v) for p(u, v)
			for u := range pair[t] {
				for v := range pair[t][u] {
					pair[t][u][v] = unary[t][u] * unary[t+1][v]
				}
			}
		}
		return true
	}
	for _, c := range []struct {
		fault, family string
		of            quickChain
	}{
		{"always sure", "a winner by far", quickChain{always, byPairs.shares}},
		{"always sure", "an enormous offset", quickChain{always, byPairs.shares}},
		{"always sure", "sums that overflow", quickChain{always, byPairs.shares}},
		{"no error of the messages", "normalised", quickChain{bare, byPairs.shares}},
		{"the NLL as a difference", "a winner by far", quickChain{difference, byPairs.shares}},
		{"shares of messages without their errors", "masks that come to nothing", quickChain{ofQuick, exactly}},
		{"1 − p of a rounded p", "a winner by far", quickChain{ofQuick, rounded}},
		{"independent positions", "long", quickChain{ofQuick, product}},
	} {
		var asked, surely int
		promise.Refute(t, c.fault+", "+c.family, 100, asTwofold(c.of, quickDraws()[c.family], &asked, &surely))
	}
}
