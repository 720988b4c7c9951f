package kernel

import (
	"fmt"
	"maps"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"ebmcheck/ebm/promise"
	"ebmcheck/ebm/twofold"
)

const prec = 256

// pair returns (hi + lo)·2^e.
func pair(hi, lo float64, e int) *big.Float {
	x := new(big.Float).SetPrec(prec).SetFloat64(hi)
	x.Add(x, new(big.Float).SetFloat64(lo))
	return x.SetMantExp(x, e)
}

// off returns |got − want|/|want|, and for a want of 0 whether got is.
func off(got, want *big.Float) float64 {
	d := new(big.Float).SetPrec(prec).Sub(got, want)
	if d.Sign() == 0 {
		return 0
	}
	x, _ := d.Quo(d, want).Float64()
	return math.Abs(x)
}

// bigLog1p returns ln(1 + s): below 2⁻³⁰ by five terms of its series, else by Newton's method
// on e^y from 50 bits.
func bigLog1p(s *big.Float) *big.Float {
	one := pair(1, 0, 0)
	x, _ := s.Float64()
	if x < 0x1p-30 {
		sum, term := pair(0, 0, 0), new(big.Float).SetPrec(prec).Neg(one)
		for k := 1.; k <= 5; k++ {
			term.Mul(term, new(big.Float).Neg(s))
			sum.Add(sum, new(big.Float).SetPrec(prec).Quo(term, pair(k, 0, 0)))
		}
		return sum
	}
	y := pair(math.Log1p(x), 0, 0)
	for range 3 {
		e := twofold.BigExp(new(big.Float).SetPrec(prec).Neg(y)) // (1 + s)e^−y − 1 = step + step²/2 + …
		step := new(big.Float).SetPrec(prec).Add(one, s)
		step.Sub(step.Mul(step, e), one)
		y.Add(y, step)
	}
	return y
}

// magnitude draws 2^e with e uniform between from and to.
func magnitude(r *rand.Rand, from, to float64) float64 {
	return math.Exp2(from + (to-from)*r.Float64())
}

// plain says whether x rounds to the same float64 with 2⁻⁷⁰ more and less.
func plain(x *big.Float) bool {
	var side [2]float64
	for i, factor := range []float64{-0x1p-70, 0x1p-70} {
		y := new(big.Float).SetPrec(prec).Mul(x, pair(1, factor, 0))
		side[i], _ = y.Float64()
	}
	return side[0] == side[1]
}

// largest keeps the largest error that it was shown of each kind, as a share of its bound.
type largest map[string]float64

func (l largest) within(what string, err, bound float64) string {
	l[what] = max(l[what], err/bound)
	if !(err <= bound) {
		return fmt.Sprintf("%s: off by %g, allowed %g", what, err, bound)
	}
	return ""
}

// Operations are those of the package, or what is planted for them.
type operations struct {
	exponential func(z, ζ float64) (w, ω float64, e int)
	log1p       func(s, σ, total, τ float64) (hi, lo, err float64)
	settle      func(hi, lo, err float64) (x float64, sure bool)
	deep        func(hi, lo, err float64, e int) (x float64, sure bool)

	number map[string]func(s *Sum, i int) (x float64, sure bool)
	slopes func(s *Sum, dst []float64, i int) (sure bool)

	softMin     func(f []Pair, beta float64) (F Pair, err float64)
	above       func(f []Pair, v int, beta float64) (x Pair, err float64)
	spread      func(f []Pair, beta float64, p Pair) []Pair
	probability func(p Pair, err float64) (x float64, sure bool)

	plus       func(p Pair, x float64) Pair
	settlePair func(p Pair, factor, err float64) (x float64, sure bool)
}

// numbers are what a sum says about answer i.
var numbers = map[string]func(s *Sum, i int) (x float64, sure bool){
	"ln Z":    func(s *Sum, i int) (float64, bool) { return s.LogZ() },
	"F_β":     func(s *Sum, i int) (float64, bool) { return s.FreeEnergy() },
	"p":       (*Sum).Prob,
	"1 − p":   (*Sum).Complement,
	"ln p":    (*Sum).LogProb,
	"−ln p/β": (*Sum).NLL,
	"H":       func(s *Sum, i int) (float64, bool) { return s.Entropy() },
	"⟨F⟩":     func(s *Sum, i int) (float64, bool) { return s.Mean(s.energies) },
	"Var F":   func(s *Sum, i int) (float64, bool) { return s.Variance(s.energies) },
}

var ours = operations{
	exponential, log1p, settle, deep, numbers, (*Sum).Slopes,
	func(f []Pair, beta float64) (Pair, float64) { return Soften(nil, f, beta).Min() },
	func(f []Pair, v int, beta float64) (Pair, float64) { return Soften(nil, f, beta).Above(f[v]) },
	func(f []Pair, beta float64, p Pair) []Pair {
		w := slices.Repeat([]Pair{{77, 0}}, len(f))
		Soften(w, f, beta).Spread(w, p)
		return w
	},
	Probability, Pair.Plus, Settle,
}

// drawRow draws energies that are pairs, some of them impossible, beside another, or as deep as exponentials go.
func drawRow(r *rand.Rand) (f []Pair, beta float64) {
	f, beta = make([]Pair, 1+r.IntN(80)), magnitude(r, -10, 10)
	base := r.NormFloat64() * magnitude(r, -20, 20)
	gap := []float64{10, 40, 300}[r.IntN(3)] / beta
	for v := range f {
		f[v] = Pair{base, base * 0x1p-54 * (2*r.Float64() - 1)}.Plus(r.ExpFloat64() * gap)
		switch r.IntN(8) {
		case 0:
			f[v] = Pair{Hi: math.Inf(1)}
		case 1: // beside another
			f[v] = Pair{f[0].Hi, f[0].Hi * 0x1p-54 * (2*r.Float64() - 1)}
		}
	}
	return f, beta
}

// bigRow returns the first least of a row, −1 if none is finite, the exponentials, and their sum without that of the
// least.
func bigRow(f []Pair, beta float64) (top int, least *big.Float, w []*big.Float, rest *big.Float) {
	top, least, rest = -1, pair(math.Inf(1), 0, 0), pair(0, 0, 0)
	for v, x := range f {
		if !math.IsInf(x.Hi, 1) && pair(x.Hi, x.Lo, 0).Cmp(least) < 0 {
			top, least = v, pair(x.Hi, x.Lo, 0)
		}
	}
	for v, x := range f {
		e := pair(0, 0, 0)
		if !math.IsInf(x.Hi, 1) {
			d := new(big.Float).SetPrec(prec).Sub(pair(x.Hi, x.Lo, 0), least)
			e = twofold.BigExp(d.Mul(d, pair(-beta, 0, 0)))
		}
		if w = append(w, e); v != top {
			rest.Add(rest, e)
		}
	}
	return top, least, w, rest
}

// The families: of operations o, what is wrong in a case.
var families = map[string]func(o operations, l largest, r *rand.Rand) string{
	"exponential": func(o operations, l largest, r *rand.Rand) string {
		z := magnitude(r, -60, math.Log2(deepest))
		switch r.IntN(4) {
		case 0: // between two cells, where r is largest
			z = min((float64(r.IntN(567_000))+0.5)*math.Ln2/cells*(1+float64(r.IntN(9)-4)*0x1p-53), deepest)
		case 1: // in the last cells
			z = deepest - r.Float64()
		}
		ζ := (2*r.Float64() - 1) * 0x1p-52 * z
		w, ω, e := o.exponential(z, ζ)
		if !(0.999 < w && w < 2 && math.Abs(ω) <= 0x1p-42*w) {
			return fmt.Sprintf("e^−(%v + %v) = (%v + %v)·2^%d is not normal", z, ζ, w, ω, e)
		}
		return l.within("exponential", off(pair(w, ω, e), twofold.BigExp(pair(-z, -ζ, 0))), 0x1p-83*math.Exp2(-0.1))
	},
	"ln(1 + s)": func(o operations, l largest, r *rand.Rand) string {
		s := magnitude(r, -950, 24)
		if r.IntN(2) == 0 {
			s = magnitude(r, -16, 2) // where the methods meet, and where they are worst
		}
		s, σ := twofold.FastTwoSum(s, s*(2*r.Float64()-1)*0x1p-53)
		total, τ := twofold.AddPair(1, 0, s, σ)
		hi, lo, err := o.log1p(s, σ, total, τ)
		want := bigLog1p(pair(s, σ, 0))
		bound, what, known := err/hi, "ln(1 + s), s > 2⁻¹³", 0x1p-81
		if s < 0x1p-13 {
			what, known = "ln(1 + s)", hi*0x1p-76+leftOut
		}
		if err != known {
			return fmt.Sprintf("%s, s = %v: the error is %v, not %v", what, s, err, known)
		}
		return l.within(what, off(pair(hi, lo, 0), want), bound)
	},
	"sum": func(o operations, l largest, r *rand.Rand) string {
		n := 1 + r.IntN(300)
		F := make([]float64, n)
		top, spread := r.IntN(n), magnitude(r, -20, 9)
		base, beta := r.NormFloat64()*magnitude(r, -20, 20), magnitude(r, -10, 10)
		for i := range F {
			F[i] = base + r.Float64()*spread/beta
			if F[i] < F[top] {
				top = i
			}
		}
		var s Sum
		s.Hold(F, beta, top)
		rest := pair(0, 0, 0)
		for i, f := range F {
			if i != top {
				gap := new(big.Float).SetPrec(prec).Sub(pair(f, 0, 0), pair(s.low, 0, 0))
				gap.Mul(gap, pair(-beta, 0, 0))
				rest.Add(rest, twofold.BigExp(gap))
			}
		}
		total := new(big.Float).SetPrec(prec).Add(rest, pair(1, 0, 0))
		inverse := new(big.Float).SetPrec(prec).Quo(pair(1, 0, 0), total)
		for _, why := range []string{
			l.within("s", off(pair(s.rest, s.restLow, 0), rest), 0x1p-82*math.Exp2(-0.8)),
			l.within("1 + s", off(pair(s.total, s.totalLow, 0), total), 0x1p-82*math.Exp2(-0.8)),
			l.within("1/(1 + s)", off(pair(s.inverse, s.inverseLow, 0), inverse), 0x1p-82*math.Exp2(-0.8)),
		} {
			if why != "" {
				return why
			}
		}
		return ""
	},
	// The numbers of a small sum, by their definitions: they are rounded once where they are sure,
	// and they are sure where they are not below the least that settles, nor within 2⁻⁷⁰ of themselves of
	// the middle between two float64s, as are differences that end in it.
	"rounded": func(o operations, l largest, r *rand.Rand) string {
		n := 1 + r.IntN(4)
		F, top, beta := make([]float64, n), 0, magnitude(r, -30, 30)
		for i := range F {
			switch r.IntN(4) {
			case 0:
				F[i] = r.Float64() * 800 / beta
			case 1:
				F[i] = (690 + 100*r.Float64()) / beta
			default:
				F[i] = r.NormFloat64() / beta
			}
			if F[i] < F[top] {
				top = i
			}
		}
		var s Sum
		s.Hold(F, beta, top)
		of := func() *big.Float { return new(big.Float).SetPrec(prec) }
		product := func(x ...*big.Float) *big.Float {
			p := pair(1, 0, 0)
			for _, x := range x {
				p.Mul(p, x)
			}
			return p
		}
		i, b := r.IntN(n), pair(beta, 0, 0)
		rest, others, gap, gaps, mean := of(), of(), of(), of(), of()
		w := make([]*big.Float, n)
		for j, f := range F {
			z := of().Sub(pair(f, 0, 0), pair(F[top], 0, 0))
			if j == i {
				gap.Set(z)
			}
			w[j] = twofold.BigExp(of().Neg(z.Mul(z, b)))
			gaps.Add(gaps, product(w[j], z))
			mean.Add(mean, product(w[j], pair(f, 0, 0)))
			if j != top {
				rest.Add(rest, w[j])
			}
			if j != i {
				others.Add(others, w[j])
			}
		}
		total, ln := of().Add(rest, pair(1, 0, 0)), bigLog1p(rest)
		if rest.Sign() == 0 {
			ln = of()
		}
		free := of().Sub(pair(F[top], 0, 0), of().Quo(ln, b))
		nll := of().Add(gap, of().Quo(ln, b))
		complement := of().Quo(others, total)
		mean.Quo(mean, total)
		variance := of()
		for j, f := range F {
			d := of().Sub(pair(f, 0, 0), mean)
			variance.Add(variance, of().Quo(product(w[j], d, d), total))
		}
		for name, exact := range map[string]*big.Float{
			"ln Z":    of().Neg(product(free, b)),
			"F_β":     free,
			"p":       of().Quo(w[i], total),
			"1 − p":   complement,
			"ln p":    of().Neg(product(nll, b)),
			"−ln p/β": nll,
			"H":       of().Add(ln, of().Quo(gaps, total)),
			"⟨F⟩":     mean,
			"Var F":   variance,
		} {
			want, _ := exact.Float64()
			if x, sure := o.number[name](&s, i); sure && x != want || !sure && plain(exact) && name != "⟨F⟩" && (name == "p" || math.Abs(want)*min(1, beta*beta) > 0x1p-890) {
				return fmt.Sprintf("F=%v β=%v i=%d: %s = %v, sure: %v, want %v", F, beta, i, name, x, sure, want)
			}
		}
		slopes := make([]float64, n)
		far, _ := product(gap, b).Float64()
		if d, _ := complement.Float64(); o.slopes(&s, slopes, i) {
			for j, x := range slopes {
				want, _ := of().Quo(product(b, w[i], w[j]), product(total, total)).Float64()
				if j == i {
					want, _ = of().Neg(of().Quo(product(b, w[i], complement), total)).Float64()
				}
				if x != want {
					return fmt.Sprintf("F=%v β=%v: ∂p_%d/∂F_%d = %v, want %v", F, beta, i, j, x, want)
				}
			}
		} else if min(d, beta*d) > 0x1p-890 && far < deepest {
			return fmt.Sprintf("F=%v β=%v: ∂p_%d/∂F is not sure", F, beta, i)
		}
		return ""
	},
	"soft minimum": func(o operations, l largest, r *rand.Rand) string {
		f, beta := drawRow(r)
		F, err := o.softMin(f, beta)
		top, least, _, rest := bigRow(f, beta)
		if top < 0 {
			if !math.IsInf(F.Hi, 1) || err != 0 {
				return fmt.Sprintf("of impossible ones: %v ± %v", F, err)
			}
			return ""
		}
		want := bigLog1p(rest)
		ln, _ := want.Float64()
		low, _ := least.Float64()
		if known := (ln*0x1p-76+0x1p-80)/beta + math.Abs(low)*0x1p-101; !(err <= known) {
			return fmt.Sprintf("soft minimum: %v is not sure enough of itself, want %v", err, known)
		}
		want.Sub(least, want.Quo(want, pair(beta, 0, 0)))
		d, _ := want.Sub(want, pair(F.Hi, F.Lo, 0)).Float64()
		return l.within("soft minimum", math.Abs(d), err)
	},
	"above the soft minimum": func(o operations, l largest, r *rand.Rand) string {
		f, beta := drawRow(r)
		top, least, _, rest := bigRow(f, beta)
		v := r.IntN(len(f))
		if top >= 0 && r.IntN(2) == 0 {
			v = top
		}
		if math.IsInf(f[v].Hi, 1) {
			return ""
		}
		x, err := o.above(f, v, beta)
		want := bigLog1p(rest)
		ln, _ := want.Float64()
		known := ln * 0x1.1p-76 / beta
		if ln > 0x1p-14 { // the other way of log1p
			known += 0x1p-81 / beta
		}
		known += ln * math.Abs(f[top].Hi) * 0x1p-102
		if v != top {
			known += (math.Abs(f[v].Hi) + math.Abs(f[top].Hi)) * 0x1p-102
		}
		if !(err <= known+2*leftOut/beta) {
			return fmt.Sprintf("above: %v is not sure enough of itself, want %v", err, known)
		}
		want.Quo(want, pair(beta, 0, 0))
		want.Add(want, least.Sub(pair(f[v].Hi, f[v].Lo, 0), least))
		d, _ := want.Sub(want, pair(x.Hi, x.Lo, 0)).Float64()
		return l.within("above the soft minimum", math.Abs(d), err)
	},
	"shares": func(o operations, l largest, r *rand.Rand) string {
		f, beta := drawRow(r)
		top, least, w, rest := bigRow(f, beta)
		if top < 0 {
			return ""
		}
		p := Pair{magnitude(r, 300, 900), 0}
		p = p.Plus(p.Hi * 0x1p-54 * (2*r.Float64() - 1))
		total := rest.Add(rest, pair(1, 0, 0))
		low, _ := least.Float64()
		for v, got := range o.spread(f, beta, p) {
			want := new(big.Float).SetPrec(prec).Quo(w[v], total)
			want.Mul(want, pair(p.Hi, p.Lo, 0))
			if got.Hi == 0 {
				if limit := pair(p.Hi, 0, -1107); want.Cmp(limit) > 0 {
					return fmt.Sprintf("a share of %v is 0", want)
				}
				continue
			}
			if got.Hi+got.Lo != got.Hi {
				return fmt.Sprintf("%v is not normal", got)
			}
			if why := l.within("shares", off(pair(got.Hi, got.Lo, 0), want), 0x1p-82*math.Exp2(0.1)+0x1p-102*beta*math.Abs(low)); why != "" {
				return why
			}
		}
		return ""
	},
	// What is next to the middle of two float64s, or of two multiples of 2⁻¹⁰⁷⁴.
	"probability": func(o operations, l largest, r *rand.Rand) string {
		x := magnitude(r, -1080, 0)
		p := pair(x, 0, 900)
		hi, _ := p.Float64()
		half := (math.Nextafter(x, 1) - x) * 0x1p100 * 0x1p799 // times 2⁹⁰⁰
		near := half * magnitude(r, -30, -1)
		q := Pair{hi, half}.Plus(float64(r.IntN(3)-1) * near)
		err := near * magnitude(r, -2, 1) * float64(r.IntN(2))
		got, sure := o.probability(q, err)
		if math.Signbit(got) {
			return fmt.Sprintf("%v is %v", q, got)
		}
		for _, side := range []float64{-1, 0, 1} {
			at := pair(q.Hi, q.Lo, -900)
			at.Add(at, pair(side*err, 0, -900))
			at.Add(at, pair(side*q.Hi*0x1.8p-83, 0, -900))
			if want, _ := at.Float64(); sure && want != got {
				return fmt.Sprintf("(%v ± %v)·2⁻⁹⁰⁰ is %v, not %v", q, err, got, want)
			}
		}
		if !sure && err == 0 && near > half*0x1p-27 && q.Hi+q.Lo != hi+half {
			return fmt.Sprintf("%v·2⁻⁹⁰⁰ is not sure", q)
		}
		return ""
	},
	"sum of a pair": func(o operations, l largest, r *rand.Rand) string {
		hi := r.NormFloat64() * magnitude(r, -30, 30)
		p, x := Pair{hi, hi * 0x1p-54 * (2*r.Float64() - 1)}, r.NormFloat64()*magnitude(r, -30, 30)
		if r.IntN(2) == 0 { // cancel
			x = -hi * (1 + float64(r.IntN(5)-2)*0x1p-52)
		}
		s := o.plus(p, x)
		d := pair(s.Hi, s.Lo, 0)
		d.Sub(d.Sub(d, pair(p.Hi, p.Lo, 0)), pair(x, 0, 0))
		err, _ := d.Float64()
		if s.Hi+s.Lo != s.Hi {
			return fmt.Sprintf("%v is not normal", s)
		}
		return l.within("sum of a pair", math.Abs(err), 0x1p-105*(math.Abs(p.Hi)+math.Abs(s.Hi)))
	},
	"settle a product": func(o operations, l largest, r *rand.Rand) string {
		p, factor := Pair{1 + r.Float64(), 0}, r.NormFloat64()
		p.Lo = 0x1p-53 * (float64(r.IntN(5)-2)/2 + float64(r.IntN(3)-1)*magnitude(r, -40, -1))
		p = p.Plus(0)
		err := magnitude(r, -80, -50)
		x, sure := o.settlePair(p, factor, err)
		for _, side := range []float64{-1, 0, 1} {
			at := pair(p.Hi, p.Lo, 0)
			at.Add(at, pair(side*err, 0, 0))
			if want, _ := at.Mul(at, pair(factor, 0, 0)).Float64(); sure && want != x {
				return fmt.Sprintf("(%v ± %v)·%v settles at %v, not %v", p, err, factor, x, want)
			}
		}
		return ""
	},
	// x settles: then all within err of it, and the slack, rounds to the same.
	"settle": func(o operations, l largest, r *rand.Rand) string {
		hi := magnitude(r, -890, 990) * float64(2*r.IntN(2)-1)
		ulp := math.Nextafter(math.Abs(hi), math.Inf(1)) - math.Abs(hi)
		near := magnitude(r, -34, -1) * ulp // how far from a half, a quarter, …
		lo := float64(r.IntN(9)-4)/4*ulp + float64(r.IntN(3)-1)*near
		err := near * magnitude(r, -1, 1) * float64(r.IntN(2))
		x, sure := o.settle(hi, lo, err)
		if !sure {
			return ""
		}
		for _, side := range []float64{-1, 0, 1} {
			at := pair(hi, lo, 0)
			at.Add(at, pair(side*err, 0, 0))
			at.Add(at, pair(side*math.Abs(hi)*0x1.8p-83, 0, 0))
			if want, _ := at.Float64(); want != x {
				return fmt.Sprintf("%v + %v ± %v settles at %v, not %v", hi, lo, err, x, want)
			}
		}
		return ""
	},
	// The same of what is next to the middle of two multiples of 2⁻¹⁰⁷⁴.
	"settle, below the normal numbers": func(o operations, l largest, r *rand.Rand) string {
		bits := r.IntN(40)
		hi := math.Ldexp(math.Floor(math.Ldexp(1+r.Float64(), bits))+0.5, -bits) * float64(2*r.IntN(2)-1)
		near := magnitude(r, -90, -54)
		lo := float64(r.IntN(3)-1) * near
		err := near * magnitude(r, -1, 1) * float64(r.IntN(2))
		x, sure := o.deep(hi, lo, err, bits-1074)
		if !sure && near > 0x1p-80 && lo != 0 && err == 0 {
			return fmt.Sprintf("(%v + %v)·2^%d is not sure", hi, lo, bits-1074)
		}
		for _, side := range []float64{-1, 0, 1} {
			at := pair(hi, lo, 0)
			at.Add(at, pair(side*err, 0, 0))
			at.Add(at, pair(side*math.Abs(hi)*0x1.8p-83, 0, 0))
			if want, _ := at.SetMantExp(at, bits-1074).Float64(); sure && want != x {
				return fmt.Sprintf("(%v + %v ± %v)·2^%d settles at %v, not %v", hi, lo, err, bits-1074, x, want)
			}
		}
		return ""
	},
}

func TestPromises(t *testing.T) {
	for family, broken := range families {
		l, share := largest{}, 2000
		switch family {
		case "sum", "soft minimum", "above the soft minimum", "shares":
			share = 100
		}
		promise.Try(t, family, share, func(r *rand.Rand) string { return broken(ours, l, r) })
		t.Logf("%s: the largest shares of the bounds found: %v", family, l)
	}
}

// TestPromisesFaults: operations that are wrong in a believable way break a promise, and so does
// a table that is wrong in a late digit.
func TestPromisesFaults(t *testing.T) {
	refute := func(fault, family string, o operations) {
		promise.Refute(t, fault+", "+family, 2000, func(r *rand.Rand) string { return families[family](o, largest{}, r) })
	}
	change := func(f func(o *operations)) operations {
		o := ours
		f(&o)
		return o
	}
	instead := func(name string, f func(s *Sum, i int) (x float64, sure bool)) map[string]func(s *Sum, i int) (x float64, sure bool) {
		all := maps.Clone(numbers)
		all[name] = f
		return all
	}
	for _, c := range []struct {
		fault, family string
		o             operations
	}{
		{"e^−z", "exponential", change(func(o *operations) {
			o.exponential = func(z, ζ float64) (w, ω float64, e int) { return exponential(z, 0) }
		})},
		{"ln 2 in 53 bits", "exponential", change(func(o *operations) {
			o.exponential = func(z, ζ float64) (w, ω float64, e int) {
				w, ω, e = exponential(z, ζ)
				return w, ω + w*math.RoundToEven(-z*cells/math.Ln2)*0x1.abc9e3b39803fp-65, e
			}
		})},
		{"s² in 53 bits", "ln(1 + s)", change(func(o *operations) {
			o.log1p = func(s, σ, total, τ float64) (hi, lo, err float64) {
				hi, lo, err = log1p(s, σ, total, τ)
				return hi, lo + math.FMA(s, s, -float64(s*s))/2, err
			}
		})},
		{"no error of e^−y", "ln(1 + s)", change(func(o *operations) {
			o.log1p = func(s, σ, total, τ float64) (hi, lo, err float64) {
				hi, lo, err = log1p(s, σ, total, τ)
				return hi, lo, min(err, 0x1p-86)
			}
		})},
		{"a probability by leading parts", "rounded", change(func(o *operations) {
			o.number = instead("p", func(s *Sum, i int) (x float64, sure bool) {
				w, _, e := exponential(s.gap(i))
				hi, _ := s.share(w, 0)
				return math.Ldexp(hi, e), true
			})
		})},
		{"1 − p of a rounded p", "rounded", change(func(o *operations) {
			o.number = instead("1 − p", func(s *Sum, i int) (x float64, sure bool) {
				p, sure := s.Prob(i)
				return 1 - p, sure
			})
		})},
		{"the mean gap for H", "rounded", change(func(o *operations) {
			o.number = instead("H", func(s *Sum, i int) (x float64, sure bool) {
				z := make([]float64, len(s.energies))
				for j := range z {
					z[j], _ = s.gap(j)
				}
				m, sure := s.Mean(z)
				return m + s.ln, sure
			})
		})},
		{"a mean by leading parts", "rounded", change(func(o *operations) {
			o.number = instead("⟨F⟩", func(s *Sum, i int) (m float64, sure bool) {
				for j, f := range s.energies {
					if p, _ := s.Prob(j); p != 0 {
						m += p * f
					}
				}
				return m, true
			})
		})},
		{"never sure", "rounded", change(func(o *operations) {
			o.number = instead("ln Z", func(s *Sum, i int) (x float64, sure bool) { return 0, false })
		})},
		{"slopes of rounded probabilities", "rounded", change(func(o *operations) {
			o.slopes = func(s *Sum, dst []float64, i int) (sure bool) {
				p, _ := s.Prob(i)
				for j := range dst {
					q, _ := s.Prob(j)
					if dst[j] = s.beta * p * q; j == i {
						q, _ = s.Complement(i)
						dst[j] = -s.beta * p * q
					}
				}
				return true
			}
		})},
		{"the least by its leading part", "soft minimum", change(func(o *operations) {
			o.softMin = func(f []Pair, beta float64) (F Pair, err float64) {
				f = slices.Clone(f)
				for v := range f {
					f[v].Lo = 0
				}
				return Soften(nil, f, beta).Min()
			}
		})},
		{"the least beside itself", "above the soft minimum", change(func(o *operations) {
			o.above = func(f []Pair, v int, beta float64) (x Pair, err float64) {
				F, err := Soften(nil, f, beta).Min()
				x = f[v].Plus(-F.Hi)
				return x.Plus(-F.Lo), err + 0x1p-103*math.Abs(f[v].Hi)
			}
		})},
		{"no low parts of the shares", "shares", change(func(o *operations) {
			o.spread = func(f []Pair, beta float64, p Pair) []Pair { return ours.spread(f, beta, Pair{Hi: p.Hi}) }
		})},
		{"shares by the leading parts of gaps", "shares", change(func(o *operations) {
			o.spread = func(f []Pair, beta float64, p Pair) []Pair {
				f = slices.Clone(f)
				for v := range f {
					f[v].Lo = 0
				}
				return ours.spread(f, beta, p)
			}
		})},
		{"shares that end with those of a sum", "shares", change(func(o *operations) {
			o.spread = func(f []Pair, beta float64, p Pair) []Pair {
				w := ours.spread(f, beta, p)
				for v := range w {
					if w[v].Hi < p.Hi*0x1p-1000 {
						w[v] = Pair{}
					}
				}
				return w
			}
		})},
		{"rounded before it is as small", "probability", change(func(o *operations) {
			o.probability = func(p Pair, err float64) (x float64, sure bool) {
				x, sure = settle(p.Hi, p.Lo, err)
				return math.Ldexp(x, -900), sure
			}
		})},
		{"a probability without its error", "probability", change(func(o *operations) {
			o.probability = func(p Pair, err float64) (x float64, sure bool) { return Probability(p, 0) }
		})},
		{"no low part", "sum of a pair", change(func(o *operations) {
			o.plus = func(p Pair, x float64) Pair { return Pair{Hi: p.Hi}.Plus(x) }
		})},
		{"an error that is not multiplied", "settle a product", change(func(o *operations) {
			o.settlePair = func(p Pair, factor, err float64) (x float64, sure bool) {
				return Settle(p, factor, err/max(1, math.Abs(factor)))
			}
		})},
		{"no test", "settle", change(func(o *operations) {
			o.settle = func(hi, lo, err float64) (x float64, sure bool) { return hi + lo, true }
		})},
		{"settled before it is as small", "settle, below the normal numbers", change(func(o *operations) {
			o.deep = func(hi, lo, err float64, e int) (x float64, sure bool) {
				x, sure = settle(hi, lo, err)
				return math.Ldexp(x, e), sure
			}
		})},
		{"one side", "settle", change(func(o *operations) {
			o.settle = func(hi, lo, err float64) (x float64, sure bool) { return hi + lo, hi+lo == hi+(lo+err+hi*0x1p-82) }
		})},
		{"no slack", "settle", change(func(o *operations) {
			o.settle = func(hi, lo, err float64) (x float64, sure bool) { return hi + lo, hi+(lo-err) == hi+(lo+err) }
		})},
	} {
		refute(c.fault, c.family, c.o)
	}
	kept := roots
	defer func() { roots = kept }()
	for j := range roots {
		roots[j].lo += 0x1p-81
	}
	for _, family := range []string{"exponential", "ln(1 + s)", "sum"} {
		refute("a table that is off by 2⁻⁸¹", family, ours)
	}
}

// TestSure: which answers of a sum are sure, at the ends of what it takes.
func TestSure(t *testing.T) {
	hold := func(beta float64, F ...float64) *Sum {
		var s Sum
		s.Hold([]float64{0, 1}, 1, 0) // nothing of which is left
		s.Hold(F, beta, 0)
		return &s
	}
	for what, s := range map[string]*Sum{
		"the zero Sum": {},
		"β = 0":        hold(0, 0, 1),
		"β < 2⁻⁹⁰⁰":    hold(0x1.fp-901, 0, 1),
		"β > 2⁹⁰⁰":     hold(0x1.1p900, 0, 1),
	} {
		for name, f := range numbers {
			if x, sure := f(s, 0); x != 0 || sure {
				t.Errorf("%s: %s = %v, sure: %v", what, name, x, sure)
			}
		}
		for i := range 2 {
			if s.Slopes(make([]float64, 2), i) {
				t.Errorf("%s: the slopes are sure", what)
			}
		}
	}
	for _, c := range []struct {
		s    *Sum
		i    int
		name string
		x    float64
		sure bool
	}{
		{hold(0x1p-900, 0, 0x1p900), 1, "ln p", -1.3132616875182228, true},
		{hold(0x1p900, 0, 0x1p-900), 1, "ln p", -1.3132616875182228, true},
		{hold(1, 0, 0), 0, "1 − p", 0.5, true},
		{hold(1, 0, 710, 800), 0, "1 − p", 0, false},
		{hold(1, 0, 768), 0, "1 − p", 0, true},
		{hold(1, 0, 768), 0, "−ln p/β", 0, true},
		{hold(1, 0, 768), 1, "p", 0, true},
		{hold(1, 0, 767), 0, "1 − p", 0, false},
		{hold(1, 0, 767), 0, "−ln p/β", 0, false},
		{hold(0x1p-7, 0, 800<<7), 0, "−ln p/β", 0, true},
		{hold(0x1p-8, 0, 800<<8), 0, "−ln p/β", 0, false},
	} {
		if x, sure := numbers[c.name](c.s, c.i); sure != c.sure || sure && x != c.x {
			t.Errorf("F=%v β=%v: %s of %d is %v, sure: %v, want %v, %v", c.s.energies, c.s.beta, c.name, c.i, x, sure, c.x, c.sure)
		}
	}
	for _, c := range []struct {
		s    *Sum
		i    int
		sure bool
		want []float64
	}{
		{s: hold(1, 0, 768), i: 0},
		{s: hold(1, 0, 0, 768), i: 2},
		{hold(0x1p30, 0, 0, 1), 0, true, []float64{-0x1p28, 0x1p28, 0}},
		{s: hold(0x1.1p30, 0, 0, 1), i: 0},
		{hold(0x1p900, 0, 0), 0, true, []float64{-0x1p898, 0x1p898}},
	} {
		got := slices.Repeat([]float64{math.NaN()}, len(c.s.energies))
		if sure := c.s.Slopes(got, c.i); sure != c.sure || sure && !slices.Equal(got, c.want) {
			t.Errorf("F=%v β=%v: slopes of %d are %v, sure: %v, want %v, %v", c.s.energies, c.s.beta, c.i, got, sure, c.want, c.sure)
		}
	}
	for _, c := range []struct {
		hi, lo, err float64
		sure        bool
	}{
		{0x1p-900, 0, 0, true},
		{0x1.fffp-901, 0, 0, false},
		{0x1p1000, 0, 0, true},
		{0x1.001p1000, 0, 0, false},
		{0, 0, 0, false},
		{1, 0, math.NaN(), false},
		{1, 0, math.Inf(1), false},
		{math.NaN(), 0, 0, false},
	} {
		for _, sign := range []float64{1, -1} {
			if x, sure := settle(sign*c.hi, sign*c.lo, c.err); sure != c.sure || sure && x != sign*c.hi {
				t.Errorf("%v + %v ± %v settles at %v, sure: %v", sign*c.hi, sign*c.lo, c.err, x, sure)
			}
		}
	}
	for _, c := range []struct {
		p    Pair
		x    float64
		want float64
	}{
		{Pair{Hi: math.Inf(1)}, 3, math.Inf(1)},
		{Pair{Hi: math.Inf(1), Lo: math.NaN()}, 3, math.Inf(1)},
		{Pair{Hi: 3}, math.Inf(1), math.Inf(1)},
		{Pair{Hi: 3}, math.Inf(-1), math.Inf(-1)},
		{Pair{Hi: math.MaxFloat64}, math.MaxFloat64, math.Inf(1)},
	} {
		if got := c.p.Plus(c.x); got != (Pair{Hi: c.want}) {
			t.Errorf("%v + %v = %v, want %v", c.p, c.x, got, c.want)
		}
	}
	for _, c := range []struct {
		s    *Sum
		x    []float64
		mean float64
		sure bool
	}{
		{hold(1, 0, math.Inf(1), 1), []float64{3, math.NaN(), 3}, 3, true}, // of the impossible
		{hold(1, 0, 1), []float64{3, math.NaN()}, 0, false},
		{hold(1, 0, 1), []float64{3, 0x1.1p900}, 0, false},
		{hold(1, 0, 800), []float64{3, math.NaN()}, 0, false}, // of what is hardly possible
		{hold(1, 0, 710), []float64{3, 0x1p800}, 3, true},
		{hold(1, 0, 710), []float64{0x1p-890, 0x1p900}, 0, false},
		{hold(1, 0, 0), []float64{1, -1}, 0, false}, // all cancels
	} {
		if m, sure := c.s.Mean(c.x); sure != c.sure || sure && m != c.mean {
			t.Errorf("F=%v: the mean of %v is %v, sure: %v, want %v, %v", c.s.energies, c.x, m, sure, c.mean, c.sure)
		}
	}
	for _, c := range []struct {
		s        *Sum
		x        []float64
		variance float64
		sure     bool
	}{
		{hold(1, 0, math.Inf(1), 0), []float64{1, math.NaN(), 2}, 0.25, true}, // of the impossible
		{hold(1, 0, math.Inf(1), 0), []float64{0x1p53, 0, 0x1p53 + 2}, 1, true},
		{hold(1, 0, 1), []float64{3, math.NaN()}, 0, false},
		{hold(1, 0, 1), []float64{3, 0x1.1p400}, 0, false},
		{hold(1, 0, 0, 710), []float64{1, 2, 1 << 9}, 0.25, true},
		{hold(1, 0, 0, 710), []float64{0, 0x1p-440, 0x1p400}, 0, false},
		{hold(1, 0, 0), []float64{1, 1}, 0, false},
	} {
		if v, sure := c.s.Variance(c.x); sure != c.sure || sure && v != c.variance {
			t.Errorf("F=%v: the variance of %v is %v, sure: %v, want %v, %v", c.s.energies, c.x, v, sure, c.variance, c.sure)
		}
	}
	// 1 + s is 2, or twice e^d: what is not next to ln 2 is not known
	for total, err := range map[float64]float64{
		2 + 0x1p-45: 0x1p-81, 2 - 0x1p-45: 0x1p-81, 2 + 0x1p-43: math.Inf(1), 2 - 0x1p-43: math.Inf(1), 3: math.Inf(1), 1: math.Inf(1),
	} {
		if hi, lo, got := log1p(1, 0, total, 0); got != err || math.IsInf(err, 1) && (hi != math.Ln2 || lo != 0) {
			t.Errorf("ln %v = %v + %v ± %v, want an error of %v", total, hi, lo, got, err)
		}
	}
	// the error of a product with −1 is no less than that with 1: 1.5·2⁻⁸² short of the middle
	for _, factor := range []float64{1, -1} {
		if _, sure := Settle(Pair{1, 0x1p-53 - 0x1.8p-82}, factor, 0x1p-82); sure {
			t.Errorf("times %v it settles", factor)
		}
	}
}

// TestRowErrors: what the numbers of a row are off by is what their comments add up, in rows of two of which the second
// hardly counts.
func TestRowErrors(t *testing.T) {
	near := func(what string, got, want float64) {
		t.Helper()
		if !(math.Abs(got-want) <= want*0x1p-48) {
			t.Errorf("%s is off by %v, want %v", what, got, want)
		}
	}
	for _, low := range []float64{0, 0x1p20, -0x1p20} {
		const beta = 2
		f := []Pair{{Hi: low}, {Hi: low + 100}}
		row := Soften(nil, f, beta)
		total, τ := twofold.AddPair(1, 0, row.s, row.σ)
		ln, _, err := log1p(row.s, row.σ, total, τ)
		q, _, of := row.log()
		near("ln(1 + s)/β", of, (err+ln*0x1p-103)/beta)
		_, F := row.Min()
		near("the free energy", F, of+0x1p-93+math.Abs(low)*0x1p-102)
		moved := q * (0x1p-93 + math.Abs(low)*0x1p-102)
		_, top := row.Above(f[0])
		near("the least above it", top, of+moved+q*0x1p-104)
		x, other := row.Above(f[1])
		near("another above it", other, of+moved+(math.Abs(f[1].Hi)+math.Abs(low))*0x1p-103+x.Hi*0x1p-104)
	}
	if F, err := Soften(nil, []Pair{{Hi: math.Inf(1)}, {Hi: math.Inf(1)}}, 1).Min(); !math.IsInf(F.Hi, 1) || err != 0 {
		t.Errorf("of impossible ones: %v ± %v", F, err)
	}
	for _, c := range []struct {
		p, err float64 // times 2⁹⁰⁰
		sure   bool
	}{{0, 0, true}, {0, 0x1.fp-177, true}, {0, 0x1p-175, true}, {0, 0x1.1p-175, false}, {0x1p-177, 0x1p-175, false}, {0x1p-200, 0x1p-100, false}} {
		if x, sure := Probability(Pair{Hi: c.p}, c.err); sure != c.sure || sure && (x != 0 || math.Signbit(x)) {
			t.Errorf("%v ± %v is %v, sure: %v", c.p, c.err, x, sure)
		}
	}
}
