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
)

// A viterbi is Chain.Infer, or what is planted for it.
type viterbi func(c Chain) (y []int, F float64)

// leastDraws are the families of chains: where sums tie, round, overflow, or are impossible.
var leastDraws = map[string]func(r *rand.Rand) func() float64{
	"ties": func(r *rand.Rand) func() float64 {
		return func() float64 { return float64(r.IntN(3) - 1) }
	},
	"any energies": func(r *rand.Rand) func() float64 { return r.NormFloat64 },
	"an enormous offset": func(r *rand.Rand) func() float64 {
		base := magnitude(r, 3, 300)
		step := math.Nextafter(base, inf) - base
		return func() float64 { return base + float64(r.IntN(4))*step }
	},
	"sums that overflow": func(r *rand.Rand) func() float64 {
		return func() float64 { return float64(r.IntN(5)-2) * 0x1p1022 }
	},
	"ties but for little": func(r *rand.Rand) func() float64 {
		little := magnitude(r, -30, -12)
		return func() float64 { return float64(r.IntN(2)) + float64(r.IntN(3))*little }
	},
}

// asListed holds the sequence to the list of all, its sums rational numbers: none is less
// by more than 2⁻¹⁰⁰ of the sizes of the tables, for up to 11 additions, and, where all sums
// are whole multiples of one number, none at all, nor as little and before it.
func asListed(of viterbi, from func(r *rand.Rand) func() float64) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		c, _, _ := drawChain(r, from(r), []float64{0, 0.2}[r.IntN(2)], 1)
		if r.IntN(20) == 0 {
			c.Unary[r.IntN(len(c.Unary))][0] = []float64{inf, nan, -inf}[r.IntN(3)]
		}
		sum := func(y []int) *big.Rat {
			s := new(big.Rat)
			for t, v := range y {
				s.Add(s, new(big.Rat).SetFloat64(c.Unary[t][v]))
				if t > 0 {
					s.Add(s, new(big.Rat).SetFloat64(c.Pair[t-1][y[t-1]][v]))
				}
			}
			return s
		}
		size, sound, whole := new(big.Rat), true, true
		look := func(row []float64) {
			for _, f := range row {
				sound = sound && f > -inf
				if f-f == 0 {
					size.Add(size, new(big.Rat).SetFloat64(math.Abs(f)))
					whole = whole && f == math.Trunc(f) && math.Abs(f) < 0x1p52 || math.Abs(f) >= 0x1p1022
				}
			}
		}
		for t, u := range c.Unary {
			look(u)
			if t > 0 {
				look(slices.Concat(c.Pair[t-1]...))
			}
		}
		y, F := of(c)
		if !sound {
			if y != nil || !math.IsNaN(F) {
				return fmt.Sprintf("%v: %v, %v, want nil and NaN", c, y, F)
			}
			return ""
		}
		var best []int
		var least *big.Rat
		every(c, func(z []int, F float64) {
			for t, v := range z { // F may be +Inf because it overflows
				if math.IsInf(c.Unary[t][v], 1) || t > 0 && math.IsInf(c.Pair[t-1][z[t-1]][v], 1) {
					return
				}
			}
			if s := sum(z); best == nil || s.Cmp(least) < 0 || s.Cmp(least) == 0 && slices.Compare(z, best) < 0 {
				best, least = slices.Clone(z), s
			}
		})
		if best == nil || y == nil {
			if y != nil || best != nil || !math.IsInf(F, 1) {
				return fmt.Sprintf("%v: %v, %v, want %v", c, y, F, best)
			}
			return ""
		}
		want, _ := sum(y).Float64()
		above := new(big.Rat).Sub(sum(y), least)
		allowed := new(big.Rat).Mul(size, new(big.Rat).SetFloat64(0x1p-100))
		if above.Cmp(allowed) > 0 || whole && !slices.Equal(y, best) || F != want {
			return fmt.Sprintf("%v: %v of %v, want %v of %v", c, y, F, best, least)
		}
		return ""
	}
}

// inFloats is the recursion in float64; later takes the last of equals, blind sees no pairs.
func inFloats(later, blind bool) viterbi {
	return func(c Chain) (y []int, F float64) {
		if !c.sound() {
			return nil, nan
		}
		T := len(c.Unary)
		after, next := slices.Clone(c.Unary[T-1]), make([][]int, T)
		pick := func(row []float64) (at int) {
			at = -1
			for v, f := range row {
				if f < inf && (at < 0 || f < row[at] || later && f == row[at]) {
					at = v
				}
			}
			return at
		}
		for t := T - 2; t >= 0; t-- {
			now := slices.Clone(c.Unary[t])
			next[t] = make([]int, len(now))
			for u := range now {
				row := slices.Clone(after)
				for v := range row {
					if !blind || math.IsInf(c.Pair[t][u][v], 1) {
						row[v] += c.Pair[t][u][v]
					}
				}
				next[t][u] = pick(row)
				if next[t][u] < 0 {
					now[u] = inf
				} else {
					now[u] += row[next[t][u]]
				}
			}
			after = now
		}
		v := pick(after)
		if v < 0 {
			return nil, inf
		}
		for t := range T {
			y = append(y, v)
			if t < T-1 {
				v = next[t][v]
			}
		}
		return y, c.Energy(y)
	}
}

func TestViterbiPromises(t *testing.T) {
	for _, family := range slices.Sorted(maps.Keys(leastDraws)) {
		promise.Try(t, family, 40, asListed(Chain.Infer, leastDraws[family]))
	}
	for _, c := range []struct {
		fault, family string
		of            viterbi
	}{
		{"the last of equals", "ties", inFloats(true, false)},
		{"pairs are not seen", "any energies", inFloats(false, true)},
		{"sums in float64", "an enormous offset", inFloats(false, false)},
		{"sums in float64", "ties but for little", inFloats(false, false)},
		{"sums in float64", "sums that overflow", inFloats(false, false)},
		{"the energy of another sum", "any energies", func(c Chain) ([]int, float64) {
			y, F := c.Infer()
			return y, F + 1
		}},
		{"NaN is nothing", "ties", func(c Chain) ([]int, float64) {
			if !c.sound() {
				return nil, inf
			}
			return c.Infer()
		}},
	} {
		promise.Refute(t, c.fault+", "+c.family, 200, asListed(c.of, leastDraws[c.family]))
	}
}

// TestViterbiNear: of two values of which the sums differ by less than their roundings, the least
// is found by 106 bits: the order of what is rounded is wrong in a part of the cases.
func TestViterbiNear(t *testing.T) {
	r, turned := rand.New(rand.NewPCG(1, 93)), 0
	for range 300 {
		a, b, e := 1+r.Float64(), 1+r.Float64(), r.Float64()/4
		c, d := a+e, b-e
		u, v := r.Float64()/8, r.Float64()/8 // the least of their tables
		chain := Chain{[][]float64{{0, 9}, {v, b, d}}, [][][]float64{{{9, a, c}, {u, 9, 9}}}}
		sum := func(x, y float64) *big.Rat {
			return new(big.Rat).Add(new(big.Rat).SetFloat64(x), new(big.Rat).SetFloat64(y))
		}
		want := 1
		if sum(c, d).Cmp(sum(a, b)) < 0 {
			want = 2
		}
		if got, _ := chain.Infer(); !slices.Equal(got, []int{0, want}) {
			t.Fatalf("%v: %v, want the second to be %d", chain, got, want)
		}
		if (c-u)+(d-v) < (a-u)+(b-v) != (want == 2) {
			turned++
		}
	}
	if turned < 10 {
		t.Errorf("what is rounded is in the wrong order in %d cases of 300 only", turned)
	}
}
