package ebm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ebmcheck/ebm/promise"
	"ebmcheck/properties/exact"
)

// What a chain says of the sequence y, in one row: ln Z, F_β, F(y), NLL, then of the last
// position p(y_t), p of another value, 1 − p(y_t) as the gradient has it, and of the last two
// p(y_{t−1}, y_t) and its complement (of a chain of one position 1 and 0).
type ofChain func(c Chain, y []int, beta float64) []float64

var inChain = []string{"LogZ", "FreeEnergy", "Energy", "NLL", "Marginals", "Marginals of another", "NLLGrad in U", "PairMarginals", "NLLGrad in V"}

func chainRow(c Chain, y []int, beta float64) []float64 {
	t := len(y) - 1
	p, grad := c.Marginals(beta)[t], c.NLLGrad(y, beta)
	pair, others := 1.0, 0.0
	if t > 0 {
		pair, others = c.PairMarginals(beta)[t-1][y[t-1]][y[t]], grad.Pair[t-1][y[t-1]][y[t]]
	}
	return []float64{c.LogZ(beta), c.FreeEnergy(beta), c.Energy(y), c.NLL(y, beta), p[y[t]], p[(y[t]+1)%len(p)], grad.Unary[t][y[t]], pair, others}
}

// chainTruths encloses the same row, by enumeration; size is the largest F there is.
func chainTruths(c Chain, y []int, beta float64, prec uint) (row []exact.Interval, size exact.Interval) {
	of := func(x float64) exact.Interval { return exact.Of(x, prec) }
	sum := func(y []int) exact.Interval {
		F := of(0)
		for t, v := range y {
			if F = F.Add(of(c.Unary[t][v])); t > 0 {
				F = F.Add(of(c.Pair[t-1][y[t-1]][v]))
			}
		}
		return F
	}
	low := math.Inf(1)
	every(c, func(_ []int, F float64) { low = min(low, F) })
	t, n := len(y)-1, len(c.Unary[len(y)-1])
	zero := of(0)
	Z, same, sameLast, other, samePair := zero, zero, zero, zero, zero
	notSame, notLast, notPair := zero, zero, zero
	size = zero
	every(c, func(z []int, F float64) {
		if math.IsInf(F, 1) {
			return
		}
		E := sum(z)
		size = size.Max(E.Abs())
		w := E.Sub(of(low)).Mul(of(beta)).Neg().Exp()
		Z = Z.Add(w)
		add := func(to, not *exact.Interval, is bool) {
			if is {
				*to = to.Add(w)
			} else {
				*not = not.Add(w)
			}
		}
		add(&same, &notSame, slices.Equal(z, y))
		add(&sameLast, &notLast, z[t] == y[t])
		add(&samePair, &notPair, z[t] == y[t] && (t == 0 || z[t-1] == y[t-1]))
		if z[t] == (y[t]+1)%n {
			other = other.Add(w)
		}
	})
	lnZ := Z.Log().Sub(of(low).Mul(of(beta)))
	nll := notSame.Div(same).Log1p().Div(of(beta))
	if above := sum(y).Sub(of(low)); above.Mid()*beta > 1000 { // the weight may be too small for exact
		nll = above.Add(Z.Log().Div(of(beta)))
	}
	if t == 0 {
		samePair, notPair = Z, zero
	}
	return []exact.Interval{
		lnZ, lnZ.Div(of(beta)).Neg(), sum(y), nll, sameLast.Div(Z), other.Div(Z), notLast.Div(Z), samePair.Div(Z), notPair.Div(Z),
	}, size.Add(lnZ.Div(of(beta)).Abs())
}

// chainDraws are the families: up to 4 positions of up to 3 values, and a possible sequence.
var chainDraws = map[string]func(r *rand.Rand) (c Chain, y []int, beta float64){
	"any energies": func(r *rand.Rand) (Chain, []int, float64) {
		beta := magnitude(r, -3, 3)
		return drawChain(r, func() float64 { return r.NormFloat64() * 3 / beta }, 0.1, beta)
	},
	"a winner by far": func(r *rand.Rand) (Chain, []int, float64) {
		beta := magnitude(r, -3, 3)
		return drawChain(r, func() float64 { return float64(r.IntN(3)) * r.ExpFloat64() * 100 / beta }, 0, beta)
	},
	"an enormous offset": func(r *rand.Rand) (Chain, []int, float64) {
		base := magnitude(r, 3, 300)
		step := math.Nextafter(base, inf) - base
		c, y, beta := drawChain(r, func() float64 { return base + float64(r.IntN(9))*step }, 0, 1)
		return c, y, beta / step
	},
	"nearly impossible values": func(r *rand.Rand) (Chain, []int, float64) {
		return drawChain(r, func() float64 { return float64(r.IntN(3)) * magnitude(r, 0, 12) }, 0.3, 1)
	},
}

func drawChain(r *rand.Rand, energy func() float64, bar, beta float64) (c Chain, y []int, _ float64) {
	for {
		c = Chain{}
		for t := range 1 + r.IntN(4) {
			n := 1 + r.IntN(3)
			row := make([]float64, n)
			for v := range row {
				row[v] = energy()
			}
			c.Unary = append(c.Unary, row)
			if t == 0 {
				continue
			}
			table := make([][]float64, len(c.Unary[t-1]))
			for u := range table {
				for range n {
					f := energy()
					if r.Float64() < bar {
						f = inf
					}
					table[u] = append(table[u], f)
				}
			}
			c.Pair = append(c.Pair, table)
		}
		var possible [][]int
		every(c, func(y []int, F float64) {
			if !math.IsInf(F, 1) {
				possible = append(possible, slices.Clone(y))
			}
		})
		if len(possible) > 0 {
			y = possible[r.IntN(len(possible))]
			if r.IntN(2) == 0 {
				y, _ = c.Infer()
			}
			return c, y, beta
		}
	}
}

func asEnumerated(of ofChain, from func(r *rand.Rand) (Chain, []int, float64)) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		c, y, beta := from(r)
		got := of(c, y, beta)
		for k := range got {
			for prec := uint(512); ; prec *= 2 {
				all, size := chainTruths(c, y, beta, prec)
				truth := all[k]
				v, sure := exact.Settle(truth)
				if truth.ContainsZero() && prec >= 2048 {
					v, sure = exact.Value{}, true
				}
				if !sure && prec < 2048 {
					continue
				}
				if !sure {
					v = exact.SettleWide(truth)
				}
				if v.Ulps(got[k]) <= oneRounding {
					break
				}
				allowed := exact.Of(0x1p-80, 256).Mul(size).Add(exact.Of(oneRounding, 256).Mul(ulp(v.Near)))
				if k == 0 {
					allowed = allowed.Mul(exact.Of(beta, 256))
				}
				if k <= 2 && !allowed.Less(truth.Sub(exact.Of(got[k], 256)).Abs()) {
					break
				}
				return fmt.Sprintf("%v β=%v y=%v: %s = %v, want %v: %g ulps", c, beta, y, inChain[k], got[k], v.Near, v.Ulps(got[k]))
			}
		}
		return ""
	}
}

func TestChainPromises(t *testing.T) {
	for family, from := range chainDraws {
		promise.Try(t, family, 25, asEnumerated(chainRow, from))
	}
	promise.Try(t, "shifts", 25, shifted(Chain.Marginals))
	promise.Try(t, "every entry of a gradient", 60, apart(Chain.NLLGrad))
	promise.Refute(t, "the gradient is of marginals alone", 60, apart(func(c Chain, y []int, beta float64) Chain {
		return Chain{c.Marginals(beta), c.PairMarginals(beta)}
	}))
	promise.Refute(t, "the gradient of another sequence", 60, apart(func(c Chain, y []int, beta float64) Chain {
		z, _ := c.Infer()
		return c.NLLGrad(z, beta)
	}))
	promise.Try(t, "scales", 100, scaled(func(c Chain, beta float64) []float64 {
		row := []float64{c.LogZ(beta)}
		for _, p := range c.Marginals(beta) {
			row = append(row, p...)
		}
		for _, table := range c.PairMarginals(beta) {
			row = append(row, slices.Concat(table...)...)
		}
		y, _ := c.Infer()
		return append(row, slices.Concat(c.NLLGrad(y, beta).Unary...)...)
	}))
	promise.Refute(t, "messages in float64", 100, scaled(func(c Chain, beta float64) []float64 {
		_, p := floatChain(c, beta)
		return slices.Concat(p...)
	}))
}

// shifted tries whether energies that all sequences have in common move a marginal, or F_β by
// more than themselves: multiples of 2⁻¹⁰ on multiples of 2⁻¹⁰, which add up exactly.
func shifted(marginals func(c Chain, beta float64) [][]float64) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		c := random(2+r.IntN(40), 3, r)
		var d Chain
		move := func(row []float64, by float64) (to []float64) {
			for i := range row {
				row[i] = math.Round(row[i]*1024) / 1024
				to = append(to, row[i]+by)
			}
			return to
		}
		for t := range c.Unary {
			d.Unary = append(d.Unary, move(c.Unary[t], float64(r.Int64N(1<<40))))
			if t > 0 {
				by := float64(r.Int64N(1 << 40))
				table := make([][]float64, len(c.Pair[t-1]))
				for u, row := range c.Pair[t-1] {
					table[u] = move(row, by)
				}
				d.Pair = append(d.Pair, table)
			}
		}
		beta := magnitude(r, -2, 2)
		for t, p := range marginals(c, beta) {
			if q := marginals(d, beta)[t]; !slices.Equal(p, q) {
				return fmt.Sprintf("T = %d, β = %v: marginals at %d are %v, and %v with offsets", len(c.Unary), beta, t, p, q)
			}
		}
		return ""
	}
}

// scaled tries whether energies times 2ᵏ at β/2ᵏ, of which sums overflow or underflow, move a
// marginal or ln Z.
func scaled(row func(c Chain, beta float64) []float64) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		c, _, beta := drawChain(r, func() float64 { return float64(r.IntN(4096)-2048) / 1024 }, 0.1, magnitude(r, -1, 1.5))
		k := []int{1022, 1010, -1060, -900}[r.IntN(4)]
		times := func(row []float64) (to []float64) {
			for _, f := range row {
				to = append(to, math.Ldexp(f, k))
			}
			return to
		}
		var d Chain
		for t, u := range c.Unary {
			d.Unary = append(d.Unary, times(u))
			if t > 0 {
				var table [][]float64
				for _, row := range c.Pair[t-1] {
					table = append(table, times(row))
				}
				d.Pair = append(d.Pair, table)
			}
		}
		if far := math.Ldexp(beta, -k); far > 0 && !math.IsInf(far, 1) && math.Ldexp(far, k) == beta {
			if got, want := row(d, far), row(c, beta); !slices.Equal(got, want) {
				return fmt.Sprintf("%v, β = %v: %v, and %v times 2^%d", c, beta, want, got, k)
			}
		}
		return ""
	}
}

// floatChain passes free energies on in float64, as Chain once did.
func floatChain(c Chain, beta float64) (F float64, marginals [][]float64) {
	soft := func(row []float64) float64 { return NewGibbs(row, beta, Counting(len(row))).FreeEnergy() }
	T := len(c.Unary)
	a, b := make([][]float64, T), make([][]float64, T)
	for t, u := range c.Unary {
		a[t] = slices.Clone(u)
		for v := range u {
			if t > 0 {
				var column []float64
				for u := range a[t-1] {
					column = append(column, a[t-1][u]+c.Pair[t-1][u][v])
				}
				a[t][v] += soft(column)
			}
		}
	}
	for t := T - 1; t >= 0; t-- {
		b[t] = make([]float64, len(c.Unary[t]))
		for u := range b[t] {
			if t < T-1 {
				var row []float64
				for v := range b[t+1] {
					row = append(row, c.Pair[t][u][v]+c.Unary[t+1][v]+b[t+1][v])
				}
				b[t][u] = soft(row)
			}
		}
		row := make([]float64, len(b[t]))
		for v := range row {
			row[v] = a[t][v] + b[t][v]
		}
		marginals = append(marginals, NewGibbs(row, beta, Counting(len(row))).Probs(nil))
	}
	slices.Reverse(marginals)
	return soft(a[T-1]), marginals
}

// apart tries every entry of the gradient: −p but for those of y, which are 1 − p of both the
// others' sum and the marginal, and no −0.
func apart(grad func(c Chain, y []int, beta float64) Chain) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		c, y, beta := drawChain(r, func() float64 { return 3 * r.NormFloat64() }, 0.2, 1)
		g := grad(c, y, beta)
		row := func(what string, g, p []float64, at int) string {
			others := 0.0
			for v := range p {
				if v != at {
					if others += p[v]; g[v] != -p[v] || g[v] == 0 && math.Signbit(g[v]) {
						return fmt.Sprintf("%v, y = %v: %s: %v beside a marginal of %v", c, y, what, g[v], p[v])
					}
				}
			}
			if !(math.Abs(g[at]-others) <= float64(len(p)+1)*unit*others) || !(math.Abs(g[at]+p[at]-1) <= 2*unit) {
				return fmt.Sprintf("%v, y = %v: %s of y: %v, of marginals %v", c, y, what, g[at], p)
			}
			return ""
		}
		marginals, pairs := c.Marginals(beta), c.PairMarginals(beta)
		for t, v := range y {
			if why := row("∂/∂U", g.Unary[t], marginals[t], v); why != "" {
				return why
			}
			if t < len(y)-1 {
				if why := row("∂/∂V", slices.Concat(g.Pair[t]...), slices.Concat(pairs[t]...), v*len(marginals[t+1])+y[t+1]); why != "" {
					return why
				}
			}
		}
		return ""
	}
}

// A chainFault is wrong in a believable way in one of the numbers of the row.
type chainFault struct {
	fault, family string
	at            int
	of            ofChain
}

func chainFaults() []chainFault {
	but := func(fault, family string, k int, f func(c Chain, y []int, beta float64) float64) chainFault {
		return chainFault{fault, family, k, func(c Chain, y []int, beta float64) []float64 {
			row := chainRow(c, y, beta)
			row[k] = f(c, y, beta)
			return row
		}}
	}
	return []chainFault{
		but("free energies are passed on in float64", "any energies", 1, func(c Chain, y []int, beta float64) float64 {
			F, _ := floatChain(c, beta)
			return F
		}),
		but("marginals of messages in float64", "an enormous offset", 4, func(c Chain, y []int, beta float64) float64 {
			_, p := floatChain(c, beta)
			return p[len(y)-1][y[len(y)-1]]
		}),
		but("the NLL is a difference", "a winner by far", 3, func(c Chain, y []int, beta float64) float64 { return c.Energy(y) - c.FreeEnergy(beta) }),
		but("the gradient is 1 − p of a rounded p", "a winner by far", 6, func(c Chain, y []int, beta float64) float64 {
			return 1 - c.Marginals(beta)[len(y)-1][y[len(y)-1]]
		}),
		but("the energy is summed in float64", "any energies", 2, func(c Chain, y []int, beta float64) (F float64) {
			for t, v := range y {
				if F += c.Unary[t][v]; t > 0 {
					F += c.Pair[t-1][y[t-1]][v]
				}
			}
			return F
		}),
		but("nothing comes after", "any energies", 7, func(c Chain, y []int, beta float64) float64 {
			t := len(y) - 1
			if t == 0 {
				return 1
			}
			p := Chain{c.Unary[:t], c.Pair[:t-1]}
			return p.Marginals(beta)[t-1][y[t-1]] / float64(len(c.Unary[t]))
		}),
	}
}

func TestChainFaults(t *testing.T) {
	for _, c := range chainFaults() {
		promise.Refute(t, c.fault, 25, asEnumerated(c.of, chainDraws[c.family]))
	}
	promise.Refute(t, "marginals of messages in float64", 25, shifted(func(c Chain, beta float64) [][]float64 {
		_, p := floatChain(c, beta)
		return p
	}))
}

// exponentials are e^(−βf) in enclosures, each computed once.
func exponentials(beta float64, prec uint) func(f float64) exact.Interval {
	known := map[float64]exact.Interval{}
	return func(f float64) exact.Interval {
		e, ok := known[f]
		if !ok {
			e = exact.Of(0, prec)
			if f < inf {
				e = exact.Of(f, prec).Mul(exact.Of(beta, prec)).Neg().Exp()
			}
			known[f] = e
		}
		return e
	}
}

// longTruths encloses ln Z, F_β, the NLL of y, and all p(y_t = v) and p(y_t = u, y_{t+1} = v), by
// products of transfer matrices from either end.
func longTruths(c Chain, y []int, beta float64) (row []exact.Interval) {
	const prec = 320
	e, T, number := exponentials(beta, prec), len(c.Unary), func(x float64) exact.Interval { return exact.Of(x, prec) }
	before, after := make([][]exact.Interval, T), make([][]exact.Interval, T) // without e^(−βU_t)
	for t := range T {
		s := T - 1 - t
		for v := range c.Unary[t] {
			sum := number(1)
			if t > 0 {
				sum = number(0)
				for u := range c.Unary[t-1] {
					sum = sum.Add(before[t-1][u].Mul(e(c.Unary[t-1][u])).Mul(e(c.Pair[t-1][u][v])))
				}
			}
			before[t] = append(before[t], sum)
		}
		for v := range c.Unary[s] {
			sum := number(1)
			if t > 0 {
				sum = number(0)
				for u := range c.Unary[s+1] {
					sum = sum.Add(after[s+1][u].Mul(e(c.Unary[s+1][u])).Mul(e(c.Pair[s][v][u])))
				}
			}
			after[s] = append(after[s], sum)
		}
	}
	Z, weight := number(0), number(1)
	for v, f := range c.Unary[0] {
		Z = Z.Add(after[0][v].Mul(e(f)))
	}
	for t, v := range y {
		if weight = weight.Mul(e(c.Unary[t][v])); t > 0 {
			weight = weight.Mul(e(c.Pair[t-1][y[t-1]][v]))
		}
	}
	row = []exact.Interval{Z.Log(), Z.Log().Div(number(beta)).Neg(), Z.Div(weight).Log().Div(number(beta))}
	for t := range T {
		for v, f := range c.Unary[t] {
			row = append(row, before[t][v].Mul(e(f)).Mul(after[t][v]).Div(Z))
		}
		for u := range c.Unary[t] {
			for v := 0; t < T-1 && v < len(c.Unary[t+1]); v++ {
				w := before[t][u].Mul(e(c.Unary[t][u])).Mul(e(c.Pair[t][u][v]))
				row = append(row, w.Mul(e(c.Unary[t+1][v])).Mul(after[t+1][v]).Div(Z))
			}
		}
	}
	return row
}

// ofLong is the same row by the methods.
func ofLong(c Chain, y []int, beta float64) []float64 {
	row := []float64{c.LogZ(beta), c.FreeEnergy(beta), c.NLL(y, beta)}
	p, pairs := c.Marginals(beta), c.PairMarginals(beta)
	for t := range p {
		row = append(row, p[t]...)
		if t < len(pairs) {
			row = append(row, slices.Concat(pairs[t]...)...)
		}
	}
	return row
}

// TestChainLong: half an ulp and 2⁻³⁰ of one at the 2⁸ positions and at the 2⁸ values that are
// spoken of, with energies of a few levels.
func TestChainLong(t *testing.T) {
	for _, size := range []struct{ T, first, V int }{{256, 3, 3}, {2, 256, 16}} {
		r := rand.New(rand.NewPCG(uint64(size.T), uint64(size.V)))
		level := make([]float64, 12)
		for k := range level {
			level[k] = 30 * r.NormFloat64()
		}
		draw := func(n int) (row []float64) {
			for range n {
				row = append(row, level[r.IntN(len(level))])
			}
			return row
		}
		var c Chain
		n := size.first
		for range size.T - 1 {
			c.Unary = append(c.Unary, draw(n))
			var table [][]float64
			for range n {
				table = append(table, draw(size.V))
			}
			c.Pair = append(c.Pair, table)
			n = size.V
		}
		c.Unary = append(c.Unary, draw(n))
		const beta = 0.7
		y, _ := c.Infer()
		truth := longTruths(c, y, beta)
		broken := func(row []float64) (worst float64) {
			for k, want := range truth {
				v, sure := exact.Settle(want)
				if !sure {
					t.Fatalf("T = %d: number %d is not known: %v", size.T, k, want)
				}
				worst = max(worst, v.Ulps(row[k]))
			}
			return worst
		}
		if ulps := broken(ofLong(c, y, beta)); !(ulps <= oneRounding) {
			t.Errorf("%d positions, the first of %d values: %v ulps", size.T, size.first, ulps)
		}
		if size.T == 2 {
			continue
		}
		F, p := floatChain(c, beta)
		row := ofLong(c, y, beta)
		row[1] = F
		if broken(row) <= oneRounding {
			t.Error("free energies passed on in float64 are not refuted")
		}
		row = ofLong(c, y, beta)
		if copy(row[3:], p[0]); broken(row) <= oneRounding {
			t.Error("marginals of messages in float64 are not refuted")
		}
	}
}
