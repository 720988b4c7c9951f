package fuzz

import (
	"math"
	"math/rand/v2"
	"testing"

	"ebmcheck/ebm"
	"ebmcheck/ebm/twofold"
	"ebmcheck/properties/exact"
)

// FuzzGibbs holds a Gibbs distribution over any energies to what
// its comments promise: probabilities of sum one or all NaN, a free energy
// between its bounds, and a panic for nothing but a negative or NaN β.
func FuzzGibbs(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		in := tape{b}
		beta, mass := in.float(), in.byte()
		F := in.floats(1 << 12)
		if len(F) == 0 {
			return
		}
		var g *ebm.Gibbs
		wants(t, !(beta >= 0), "ebm", "NewGibbs, of its beta", func() { g = ebm.NewGibbs(F, beta, ebm.Counting(len(F))) })
		wants(t, true, "ebm", "NewGibbs, of another length", func() { ebm.NewGibbs(F, 1, ebm.Counting(len(F)+1)) })
		if g == nil {
			return
		}
		for _, x := range [][]float64{F[1:], append(F[:len(F):len(F)], 0)} {
			wants(t, true, "ebm", "Probs", func() { g.Probs(append([]float64{}, x...)) })
			wants(t, true, "ebm", "Mean", func() { g.Mean(x) })
			wants(t, true, "ebm", "Variance", func() { g.Variance(x) })
		}
		p := g.Probs(nil)
		n := float64(len(F))
		r := rand.New(rand.NewPCG(uint64(mass), 1))
		if math.IsNaN(p[0]) {
			for i := range p {
				if !math.IsNaN(p[i]) || !math.IsNaN(g.LogProb(i)) || !math.IsNaN(g.NLL(i)) || !math.IsNaN(g.Complement(i)) {
					t.Fatalf("F=%v β=%v: p = %v, answer %d: not all undefined", F, beta, p, i)
				}
			}
			if !math.IsNaN(g.Entropy()) || !math.IsNaN(g.Mean(F)) || !math.IsNaN(g.Variance(F)) {
				t.Fatalf("F=%v β=%v: entropy %v, mean %v, variance %v: not all undefined", F, beta, g.Entropy(), g.Mean(F), g.Variance(F))
			}
			wants(t, true, "ebm", "Sample of what is undefined", func() { g.Sample(r) })
			return
		}
		// Each number is within 4 ulps of the true one, and all are at most 1: the
		// sum of n is off by at most n of these and n roundings.
		sum := 0.0
		low, possible := math.Inf(1), 0.0
		for i := range p {
			sum += p[i]
			if q := g.Complement(i); !(math.Abs(p[i]+q-1) <= 9*0x1p-53) {
				t.Fatalf("F=%v β=%v: p_%d = %v, 1 − p = %v", F, beta, i, p[i], q)
			}
			if v := g.NLL(i); !(v >= 0) || !(g.LogProb(i) <= 0) {
				t.Fatalf("F=%v β=%v: NLL of %d is %v, ln p %v", F, beta, i, v, g.LogProb(i))
			}
			low = min(low, F[i])
			if !math.IsInf(F[i], 1) {
				possible++
			} else if p[i] != 0 {
				t.Fatalf("F=%v β=%v: the impossible answer %d has %v", F, beta, i, p[i])
			}
		}
		if !(math.Abs(sum-1) <= 5*n*0x1p-53) {
			t.Fatalf("F=%v β=%v: Σp = %v", F, beta, sum)
		}
		// min F − ln(n)/β ≤ F_β ≤ min F and 0 ≤ H ≤ ln n, and rounding keeps ≤, but for
		// the two roundings of ln(n)/β and one of the difference.
		v, least := g.FreeEnergy(), low-math.Log(possible)/beta
		if beta == 0 {
			least = math.Inf(-1)
		}
		if !(v <= low) || !(v >= least-4*0x1p-53*(math.Abs(low)+math.Log(possible)/beta)) && !math.IsInf(least, -1) {
			t.Fatalf("F=%v β=%v: F_β = %v, not in [%v, %v]", F, beta, v, least, low)
		}
		if h := g.Entropy(); !(h >= 0) || !(h <= math.Log(possible)*(1+0x1p-51)) {
			t.Fatalf("F=%v β=%v: entropy %v, not in [0, ln %v]", F, beta, h, possible)
		}
		if i := g.Sample(r); !(p[i] > 0) && !(g.LogProb(i) > math.Inf(-1)) {
			t.Fatalf("F=%v β=%v: drew %d, which has no probability", F, beta, i)
		}
	})
}

// FuzzMeasure holds distributions over answers of any masses to the definition,
// enclosed by exact: all within an ulp, but for what cancels of x in its mean.
func FuzzMeasure(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		in := tape{b}
		n := 1 + in.below(6)
		sampled := in.below(4) == 1
		beta, mass, F, x := in.float(), in.vector(n), in.vector(n), in.vector(n)
		var mu ebm.Measure
		bad := false
		for _, m := range mass {
			bad = bad || m-m != 0 || !sampled && m < 0 || sampled && math.Abs(m) > 1<<25
		}
		wants(t, bad, "ebm", "masses", func() {
			if sampled {
				mu = ebm.Samples(ebm.Answers(n), mass)
			} else {
				mu = ebm.Weighted(mass)
			}
		})
		if bad || !(beta >= 0) {
			return
		}
		g := ebm.NewGibbs(F, beta, mu)
		// What the comments say of special cases.
		undefined, possible := false, 0
		low := math.Inf(1)
		for i := range F {
			undefined = undefined || math.IsNaN(F[i]) || math.IsInf(F[i], -1)
			if F[i] < math.Inf(1) && mu.LogMass(i) > math.Inf(-1) {
				possible++
				low = min(low, F[i])
			}
		}
		all := append(g.Probs(nil), g.Entropy(), g.Mean(x), g.Variance(x), g.Complement(0), g.NLL(0), g.LogProb(n-1),
			g.EffectiveSize(), g.SampleVariance(), g.LogDensity(1), g.DensityNLL(1))
		switch {
		case undefined:
			all = append(all, g.LogZ(), g.FreeEnergy())
		case possible == 0:
			if g.LogZ() != math.Inf(-1) || g.FreeEnergy() != math.Inf(1) {
				t.Fatalf("F=%v μ=%v β=%v: ln Z = %v, F_β = %v of nothing possible", F, mass, beta, g.LogZ(), g.FreeEnergy())
			}
		default:
			all = nil
		}
		for _, v := range all {
			if !math.IsNaN(v) {
				t.Fatalf("F=%v μ=%v β=%v: %v where everything is undefined", F, mass, beta, v)
			}
		}
		if undefined || possible == 0 || sampled || math.IsInf(beta, 1) || beta == 0 {
			return
		}
		const prec = 320
		up, down := exact.Of(beta, prec), exact.Of(low, prec)
		Z := exact.Of(0, prec)
		w, gap := make([]exact.Interval, n), make([]exact.Interval, n)
		for i := range F {
			w[i], gap[i] = exact.Of(0, prec), exact.Of(0, prec)
			if F[i] < math.Inf(1) && mass[i] > 0 {
				gap[i] = exact.Of(F[i], prec).Sub(down).Mul(up)
				w[i] = gap[i].Neg().Exp().Mul(exact.Of(mass[i], prec))
			}
			Z = Z.Add(w[i])
		}
		within := func(what string, got float64, truth exact.Interval, lost exact.Interval) {
			t.Helper()
			if !meets(got, truth, lost) {
				t.Fatalf("F=%v μ=%v β=%v x=%v: %s = %v, true is %v", F, mass, beta, x, what, got, truth)
			}
		}
		none := exact.Of(0, prec)
		lnZ := Z.Log().Sub(down.Mul(up))
		within("ln Z", g.LogZ(), lnZ, none)
		within("F_β", g.FreeEnergy(), lnZ.Div(up).Neg(), none)
		// The two terms of ln p may cancel.
		if r := exact.Of(F[0], prec).Sub(down).Mul(up); F[0] < math.Inf(1) {
			lost := exact.Of(0x1p-90, prec).Mul(exact.Of(1, prec).Add(r.Abs()).Add(Z.Log().Abs()))
			within("ln p(y)", g.LogDensity(F[0]), r.Add(Z.Log()).Neg(), lost)
			within("−(1/β) ln p(y)", g.DensityNLL(F[0]), r.Add(Z.Log()).Div(up), lost.Div(up))
		}
		squares := none
		for i := range F {
			squares = squares.Add(w[i].Sqr())
		}
		within("effective size", g.EffectiveSize(), Z.Sqr().Div(squares), none)
		meanX, meanGap, absX := none, none, none
		finite := true
		for i := range F {
			p := w[i].Div(Z)
			within("p", g.Prob(i), p, none)
			rest := none
			for j := range F {
				if j != i {
					rest = rest.Add(w[j])
				}
			}
			within("1 − p", g.Complement(i), rest.Div(Z), none)
			if finite = finite && x[i]-x[i] == 0; finite {
				meanX, absX = meanX.Add(p.Mul(exact.Of(x[i], prec))), absX.Add(p.Mul(exact.Of(x[i], prec).Abs()))
			}
			meanGap = meanGap.Add(p.Mul(gap[i]))
		}
		within("entropy", g.Entropy(), Z.Log().Add(meanGap), none)
		for j, d := range g.ProbGrad(nil, 0) {
			p := up.Mul(w[0].Div(Z))
			if j == 0 {
				rest := none
				for _, w := range w[1:] {
					rest = rest.Sub(w)
				}
				within("∂p/∂F", d, p.Mul(rest.Div(Z)), none)
			} else {
				within("∂p/∂F", d, p.Mul(w[j].Div(Z)), none)
			}
		}
		if !finite {
			return
		}
		within("mean", g.Mean(x), meanX, exact.Of(0x1p-80, prec).Mul(absX)) // what cancels of x
		variance := none
		for i := range F {
			variance = variance.Add(w[i].Div(Z).Mul(exact.Of(x[i], prec).Sub(meanX).Sqr()))
		}
		within("variance", g.Variance(x), variance, none)
	})
}

// meets reports whether got lies within an ulp, and lost, of some number in truth.
func meets(got float64, truth, lost exact.Interval) bool {
	if math.IsNaN(got) {
		return false
	}
	wide := truth.Add(lost.Hull(lost.Neg()))
	lo, _ := wide.Lo().Float64()
	hi, _ := wide.Hi().Float64()
	return math.Nextafter(lo, math.Inf(-1)) <= got && got <= math.Nextafter(hi, math.Inf(1))
}

// FuzzTwofold holds the arithmetic in 106 bits to the relative errors that its
// comment states, against exact, on sums and products of any two numbers; what is
// rounded from it, to the nearest float64.
func FuzzTwofold(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		in := tape{b}
		which := in.byte()
		x := in.vector(4)
		make2 := func(a, b float64, product bool) (twofold.Number, exact.Interval) {
			if a-a != 0 || b-b != 0 {
				return twofold.Of(a), line
			}
			p, q := exact.Of(a, prec2), exact.Of(b, prec2)
			if product {
				return twofold.Prod(a, b), p.Mul(q)
			}
			if d := math.Abs(math.Log2(math.Abs(a)) - math.Log2(math.Abs(b))); d > 190 { // farther apart their sum has more than 106 bits
				b, q = 0, exact.Of(0, prec2)
			}
			return twofold.Sum(a, b), p.Add(q)
		}
		s, S := make2(x[0], x[1], which&1 != 0)
		v, V := make2(x[2], x[3], which&2 != 0)
		whole := func(t twofold.Number) bool { return t.Hi-t.Hi == 0 }
		normal := func(what string, r twofold.Number) {
			t.Helper()
			if r.Hi == 0 || !whole(r) {
				if r.Lo != 0 || r.Scale != 0 {
					t.Fatalf("%s of %v: %+v: zero, ±Inf and NaN are Hi alone", what, x, r)
				}
			} else if !(math.Abs(r.Hi) >= 1 && math.Abs(r.Hi) < 2) || r.Hi+r.Lo != r.Hi {
				t.Fatalf("%s of %v: %+v: want 1 ≤ |Hi| < 2, Hi the sum rounded", what, x, r)
			}
		}
		// lost is the relative error stated, 0 if the result must be exact to prec2 bits.
		within := func(what string, r twofold.Number, truth exact.Interval, lost float64) {
			t.Helper()
			normal(what, r)
			if !whole(r) {
				return
			}
			off := wide(r).Sub(truth).Abs()
			if truth.Abs().Scale(lost).Less(off) {
				t.Fatalf("%s of %v: %+v, true is %v: more than %v off", what, x, r, truth, lost)
			}
		}
		const u2 = 0x1p-106
		normal("Of", s)
		if !whole(s) || !whole(v) {
			for _, r := range []twofold.Number{s.Add(v), s.Sub(v), s.Mul(v), s.Div(v), v.Div(s), s.Exp(), v.Log(), s.Log1p(), v.Expm1(), s.Neg()} {
				normal("an operation", r)
			}
			return
		}
		within("Sum or Prod", s, S, 5*u2)
		within("Sum or Prod", v, V, 5*u2)
		S, V = wide(s), wide(v) // what the operations are given
		if want, sure := S.Float64(); sure && s.Float64() != want {
			t.Fatalf("Float64 of %+v: %v, nearest is %v", s, s.Float64(), want)
		}
		within("Add", s.Add(v), S.Add(V), 3*u2)
		within("Sub", s.Sub(v), S.Sub(V), 3*u2)
		within("Mul", s.Mul(v), S.Mul(V), 5*u2)
		if v.Hi != 0 {
			within("Div", s.Div(v), S.Div(V), 10*u2)
		}
		low := S.At(256) // of the bounds below it takes nothing
		if bound := 0x1p-96; math.Abs(s.Hi) > 0 && s.Scale > -500 && s.Scale < 11 {
			if s.Scale >= 7 {
				bound = 0x1p-93
			}
			within("Exp", s.Exp(), low.Exp(), bound)
			within("Expm1", s.Expm1(), low.Expm1(), bound)
		}
		if s.Hi > 0 && s.Scale > -900 && s.Scale < 900 {
			within("Log", s.Log(), low.Log(), 0x1p-96)
		}
		if s.Hi != 0 && (s.Hi > 0 || s.Scale < 0) && s.Scale > -500 && s.Scale < 900 {
			within("Log1p", s.Log1p(), low.Log1p(), 0x1p-96)
		}
		for _, r := range []twofold.Number{s.Div(v), s.Exp(), s.Expm1(), s.Log(), s.Log1p(), s.Neg()} {
			normal("an operation", r)
			r.Float64()
		}
	})
}

const prec2 = 2300 // sums of two float64s, or products of two, are exact in it

var line = exact.Of(math.Inf(-1), prec2).Hull(exact.Of(math.Inf(1), prec2))

// wide returns what t stands for.
func wide(t twofold.Number) exact.Interval {
	x := exact.Of(t.Hi, prec2).Add(exact.Of(t.Lo, prec2))
	for k := t.Scale; k != 0; {
		step := max(-1000, min(k, 1000))
		x = x.Mul(exact.Of(math.Ldexp(1, step), prec2))
		k -= step
	}
	return x
}
