package theory

import (
	"fmt"
	"math"
	"math/big"

	"pgregory.net/rapid"

	"ebmcheck/ebm"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// most is the number of terms that can be added one by one.
var most = new(big.Int).Exp(big.NewInt(10), big.NewInt(18), nil)

// texts are the sequences of T tokens out of V words, and a chain short
// enough to enumerate.
type texts struct {
	V, T  int
	chain ebm.Chain
	Beta  float64
}

func (c texts) String() string {
	s := fmt.Sprintf("V=%d words, T=%d tokens", c.V, c.T)
	if len(c.chain.Unary) > 0 {
		s += fmt.Sprintf("; chain U=%v, V=%v, β=%s", c.chain.Unary, c.chain.Pair, result.Decimal(c.Beta))
	}
	return s
}

// count returns V^T.
func (c texts) count() *big.Int {
	return new(big.Int).Exp(big.NewInt(int64(c.V)), big.NewInt(int64(c.T)), nil)
}

// power writes n as a power of ten.
func power(n *big.Int) string {
	f := new(big.Float).SetInt(n)
	e := f.MantExp(f)
	m, _ := f.Float64()
	return fmt.Sprintf("10^%.2f", math.Log10(m)+float64(e)*math.Log10(2))
}

func someTexts() []texts {
	return []texts{
		{V: 50257, T: 20},
		{V: 2, T: 3, Beta: 1, chain: ebm.Chain{
			Unary: [][]float64{{0, 1}, {0, -1}, {2, 0}},
			Pair:  [][][]float64{{{0, 1}, {1, 0}}, {{0, 2}, {-1, 0}}}}},
		{V: 2, T: 59}, {V: 2, T: 60}, {V: 100, T: 9}, {V: 100, T: 10},
	}
}

func drawTexts(t *rapid.T) texts {
	c := texts{V: rapid.IntRange(2, 60_000).Draw(t, "V"), T: rapid.IntRange(1, 100).Draw(t, "T"),
		Beta: drawBeta(t)}
	if rapid.Bool().Draw(t, "few") {
		c.T = 1 + c.T%3
	}
	row := func(n int) []float64 {
		v := make([]float64, n)
		for i := range v {
			v[i] = decimal(t, 300, "energy")
		}
		return v
	}
	for p := range rapid.IntRange(1, 3).Draw(t, "positions") {
		V := rapid.IntRange(1, 3).Draw(t, "values")
		c.chain.Unary = append(c.chain.Unary, row(V))
		if p > 0 {
			var pair [][]float64
			for range c.chain.Unary[p-1] {
				pair = append(pair, row(V))
			}
			c.chain.Pair = append(c.chain.Pair, pair)
		}
	}
	return c
}

// chainIsBruteForce finds whether a pass along the chain gives the sum over all sequences: in exact arithmetic, and as
// ebm.Chain does it in float64, whose free energy is got.
func chainIsBruteForce(c ebm.Chain, beta, got float64) finding {
	Z := bruteForce(c, beta, nil, x(0))
	F := Z.Log().Div(x(beta)).Neg()
	return all(
		equal("Z from a pass along the chain and from the sum over all sequences", pass(c.Unary, c.Pair, beta), Z),
		atMost("the error of ebm.Chain.FreeEnergy and its allowance", x(got).Sub(F).Abs(), x(chainAllowance(c, beta))))
}

// bruteForce returns the sum of e^{−βF} over the sequences that begin with y, whose energy so far is F.
func bruteForce(c ebm.Chain, beta float64, y []int, F exact.Interval) exact.Interval {
	t := len(y)
	if t == len(c.Unary) {
		return x(beta).Mul(F).Neg().Exp()
	}
	Z := x(0)
	for v, u := range c.Unary[t] {
		G := F.Add(x(u))
		if t > 0 {
			G = G.Add(x(c.Pair[t-1][y[t-1]][v]))
		}
		Z = Z.Add(bruteForce(c, beta, append(y, v), G))
	}
	return Z
}

// pass returns the same sum in T·V² steps: after[u] is the sum over all that can follow value u. Without pairs, neighbours
// cost each other nothing.
func pass(unary [][]float64, pairs [][][]float64, beta float64) exact.Interval {
	w := func(F float64) exact.Interval { return x(beta).Mul(x(F)).Neg().Exp() }
	var after []exact.Interval
	for t := len(unary) - 1; t >= 0; t-- {
		here := make([]exact.Interval, len(unary[t]))
		for u, F := range unary[t] {
			here[u] = w(F)
			if after == nil {
				continue
			}
			follow := x(0)
			for v := range after {
				cost := 0.0
				if pairs != nil {
					cost = pairs[t][u][v]
				}
				follow = follow.Add(w(cost).Mul(after[v]))
			}
			here[u] = here[u].Mul(follow)
		}
		after = here
	}
	return sum(after)
}

// chainAllowance bounds the error of ebm.Chain.FreeEnergy. Let S be a bound of every energy of a sequence and of every free
// energy of a part of the chain. It is computed in 106 bits, to 2⁻⁸⁰S, and rounded once, by at most 2⁻⁵³S.
func chainAllowance(c ebm.Chain, beta float64) float64 {
	largest := func(row []float64) (m float64) {
		for _, f := range row {
			m = max(m, math.Abs(f))
		}
		return m
	}
	S := 0.0
	for t, row := range c.Unary {
		S += largest(row) + math.Log(float64(len(row)))/beta
		if t > 0 {
			m := 0.0
			for _, pair := range c.Pair[t-1] {
				m = max(m, largest(pair))
			}
			S += m
		}
	}
	return 0x1p-53 * S * (1 + 0x1p-20) // the last factor: for those 2⁻⁸⁰, and as S itself is rounded
}
