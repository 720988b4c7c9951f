package ebm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"ebmcheck/ebm/kernel"
	"ebmcheck/ebm/promise"
	"ebmcheck/ebm/twofold"
)

// A quickChain is what a chain says in pairs of float64s: F_β, ln Z, the NLL, and whether it is
// sure.
type quickChain func(c Chain, y []int, beta float64) (row [3]float64, sure [3]bool)

func ofQuick(c Chain, y []int, beta float64) (row [3]float64, sure [3]bool) {
	row[0], sure[0] = c.quickly(beta, 1)
	row[1], sure[1] = c.quickly(beta, -beta)
	row[2], sure[2] = c.quickNLL(y, beta)
	return row, sure
}

// TestQuickError: the error of F_β is what the comment adds up, on T equal positions of two answers
// of the energy a, where each softmin takes ln 2/β from a message. An impossible third answer
// changes nothing.
func TestQuickError(t *testing.T) {
	const T = 4
	for _, a := range []float64{-8, 8} {
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
				m, want := 0.0, T*0x1p-76/beta
				for at := range T {
					m += a
					sums := math.Abs(a) + math.Abs(m) // the least of U, and a sum with U
					if at < T-1 {
						sums += math.Abs(m) // one with V
					}
					want += sums*0x1p-77 + 0x1p-81/beta + math.Abs(m)*0x1p-102 // and a softmin
					m -= math.Ln2 / beta
				}
				if _, err := c.quick(beta); !(math.Abs(err/want-1) <= 0x1p-10) {
					t.Errorf("a = %v, β = %v, n = %d: %v, want %v", a, beta, n, err, want)
				}
			}
		}
	}
	one := Chain{Unary: [][]float64{{0, 0}}}
	for beta, known := range map[float64]bool{0x1p-900: true, 0x1.fp-901: false, 0x1p900: true, 0x1.1p900: false} {
		if _, err := one.quick(beta); math.IsInf(err, 1) == known {
			t.Errorf("β = %v: an error of %v", beta, err)
		}
	}
}

// quickDraws are the families of chains, and long ones.
func quickDraws() map[string]func(r *rand.Rand) (Chain, []int, float64) {
	all := map[string]func(r *rand.Rand) (Chain, []int, float64){
		"long": func(r *rand.Rand) (Chain, []int, float64) {
			c := random(1+r.IntN(30), 1+r.IntN(5), r)
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
		free := c.free(beta)
		want := [3]float64{free.Float64(), twofold.Of(beta).Mul(free).Neg().Float64(), c.plainNLL(y, beta, c.Energy(y))}
		row, sure := of(c, y, beta)
		for k, x := range row {
			*asked++
			if !sure[k] {
				continue
			}
			*surely++
			if math.Float64bits(x) != math.Float64bits(want[k]) {
				return fmt.Sprintf("%v y=%v β=%v: %s = %v, in twofold numbers %v", c, y, beta, []string{"F_β", "ln Z", "NLL"}[k], x, want[k])
			}
		}
		return ""
	}
}

// TestQuickChainPromises: where pairs of float64s are sure of a chain they have the bits of the
// twofold numbers; of long chains, of those with impossible values and of those with masks, they
// are sure of nearly all.
func TestQuickChainPromises(t *testing.T) {
	for family, from := range quickDraws() {
		asked, surely := 0, 0
		promise.Try(t, family, 100, asTwofold(ofQuick, from, &asked, &surely))
		share := float64(surely) / float64(asked)
		t.Logf("%s: sure of %.4f", family, share)
		if (family == "long" || family == "any energies" || family == "masks") && !(share >= 0.9) {
			t.Errorf("%s: sure of %.4f only", family, share)
		}
	}
}

// TestQuickChainFaults: pairs of float64s that are sure too soon differ from the twofold numbers.
func TestQuickChainFaults(t *testing.T) {
	always := func(c Chain, y []int, beta float64) (row [3]float64, sure [3]bool) {
		F, _ := c.quick(beta)
		row[0], row[1] = F.Hi, -beta*F.Hi
		row[2], _ = c.quickNLL(y, beta)
		return row, [3]bool{true, true, true}
	}
	bare := func(c Chain, y []int, beta float64) (row [3]float64, sure [3]bool) {
		F, _ := c.quick(beta)
		row[0], sure[0] = kernel.Settle(F, 1, 0)
		return row, sure
	}
	for _, c := range []struct {
		fault, family string
		of            quickChain
	}{
		{"always sure", "a winner by far", always},
		{"always sure", "an enormous offset", always},
		{"always sure", "sums that overflow", always},
		{"no error of the messages", "normalised", bare},
	} {
		var asked, surely int
		promise.Refute(t, c.fault+", "+c.family, 100, asTwofold(c.of, quickDraws()[c.family], &asked, &surely))
	}
}
