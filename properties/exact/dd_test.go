package exact

import (
	"math"
	"math/rand/v2"
	"testing"
)

// asInterval returns the double-double times 2^e as a point.
func (x dd) asInterval(e int) Interval {
	return Of(x.hi, 400).Add(Of(x.lo, 400)).Mul(power(e, 400))
}

// spent returns |got − want|/|want| in units of bound, rounded down: the share of the bound that is used.
func spent(got, want Interval, bound float64) float64 {
	r := got.Sub(want).Abs().Div(want.Abs()).Div(Of(bound, 64))
	lo, _ := toFloat(r.lo)
	return lo
}

// TestExpDD holds expDD to its proved bound. Arguments are random, and near the places where the reduction is at its
// limits: halfway between multiples of ln2/4096, around the first half, at 0 and at the largest arguments.
func TestExpDD(t *testing.T) {
	n := 100_000
	if testing.Short() {
		n = 5_000
	}
	r := rand.New(rand.NewPCG(11, 1))
	worst := 0.0
	for i := range n {
		z := 1100 * (2*r.Float64() - 1)
		switch i % 4 {
		case 1:
			z = wideFloat(-60, 9, r)
		case 2:
			z = (float64(r.IntN(12_000_000)) - 6_000_000 + 0.5) / perRad
		case 3:
			z = wideFloat(-16, -10, r) // where the first multiple of ln2/4096 is taken off, or just not
		}
		x := twoSum(z, z*0x1p-53*(2*r.Float64()-1)*0.99)
		if i < 4 {
			x = []dd{{}, {-expMost, 0}, {expMost, 0}, {-0x1p-1074, 0}}[i]
		}
		x.hi = min(max(x.hi, -expMost), expMost)
		m, q := expDD(x)
		s := spent(m.asInterval(q), x.asInterval(0).At(160).Exp(), expError)
		if !(s <= 1) {
			t.Fatalf("expDD(%v + %v): %v of the bound", x.hi, x.lo, s)
		}
		worst = math.Max(worst, s)
	}
	t.Logf("largest share of the bound found in %d cases: %.3f", n, worst)
	if !(worst > 0.01) {
		t.Errorf("the bound is 100 times what is used, %v: is it checked at all?", worst)
	}
}

func TestLog1pDD(t *testing.T) {
	n := 30_000
	if testing.Short() {
		n = 3_000
	}
	r := rand.New(rand.NewPCG(12, 1))
	worst := map[bool]float64{}
	for i := range n {
		h := math.Abs(wideFloat(-200, 20, r))
		if i%3 == 0 {
			h = math.Abs(wideFloat(-20, 3, r))
		}
		x := twoSum(h, h*0x1p-53*(2*r.Float64()-1)*0.99)
		L, err := log1pDD(x.ldexp(expScale), -expScale)
		s := spent(L.asInterval(-expScale), x.asInterval(0).At(160).Log1p(), err)
		if !(s <= 1) {
			t.Fatalf("log1pDD(%v + %v): %v of the bound %v", x.hi, x.lo, s, err)
		}
		worst[h < 0x1p-15] = math.Max(worst[h < 0x1p-15], s)
	}
	t.Logf("largest share of the bound found in %d cases: series %.3f, Newton %.3f", n, worst[true], worst[false])
}

// TestDDArithmetic holds the operations to the bounds in u² that their comments name, on operands whose sum nearly
// cancels too.
func TestDDArithmetic(t *testing.T) {
	n := 15_000
	if testing.Short() {
		n = 4_000
	}
	r := rand.New(rand.NewPCG(13, 1))
	draw := func() dd {
		h := wideFloat(-3, 3, r)
		return twoSum(h, h*0x1p-53*(2*r.Float64()-1))
	}
	worst := map[string]float64{}
	for range n {
		x, y := draw(), draw()
		X, Y := x.asInterval(0), y.asInterval(0)
		near := twoSum(-x.hi*(1+math.Ldexp(r.Float64(), -r.IntN(60))), 0x1p-54*y.hi)
		for _, c := range []struct {
			name  string
			got   dd
			want  Interval
			bound float64
		}{
			{"plus", x.plus(y), X.Add(Y), 3 + 13*0x1p-53},
			{"plus, cancelling", x.plus(near), X.Add(near.asInterval(0)), 3 + 13*0x1p-53},
			{"plus1", x.plus1(y.hi), X.Add(Of(y.hi, 400)), 2},
			{"plus1, cancelling", x.plus1(near.hi), X.Add(Of(near.hi, 400)), 2},
			{"times", x.times(y), X.Mul(Y), 4},
			{"times1", x.times1(y.hi), X.Mul(Of(y.hi, 400)), 2},
			{"over", x.over(y), X.Div(Y), 15},
		} {
			if c.want.ContainsZero() {
				continue
			}
			s := spent(c.got.asInterval(0), c.want, c.bound*u2)
			if !(s <= 1) {
				t.Fatalf("%s of %v, %v: %v of the bound", c.name, x, y, s)
			}
			worst[c.name] = math.Max(worst[c.name], s)
		}
	}
	t.Logf("largest share of the bound found in %d cases: %v", n, worst)
}

// TestFastPathAgrees compares the values of the fast path with those of the intervals: the same Near, enclosures that
// overlap; and counts how many the fast path decides.
func TestFastPathAgrees(t *testing.T) {
	n := 1000
	if testing.Short() {
		n = 300
	}
	r := rand.New(rand.NewPCG(14, 1))
	decided, all := 0, 0
	compare := func(what string, ok bool, fast, slow Value, F []float64, beta float64) {
		all++
		if !ok {
			return
		}
		decided++
		if math.Float64bits(fast.Near) != math.Float64bits(slow.Near) || fast.Enclosure().Disjoint(slow.Enclosure()) ||
			math.Abs(slow.Off) > slow.Err && fast.trueUlpExp() != slow.trueUlpExp() {
			t.Fatalf("%s of %v at β = %v: %+v, the intervals say %+v", what, F, beta, fast, slow)
		}
	}
	for k := range n {
		F := each(2+r.IntN(6), func(int) float64 { return wideFloat(-20, 12, r) })
		beta := math.Exp(3 * r.NormFloat64())
		switch r.IntN(8) {
		case 0, 1:
			F[1] = math.Inf(1)
		case 2: // some beyond what the others are beside
			F[r.IntN(len(F))] = wideFloat(-1074, 1023, r)
			F[0] = wideFloat(-1074, 1023, r)
		case 3: // all tiny or huge
			F, beta = each(len(F), func(int) float64 { return wideFloat(-1074, 1023, r) }), math.Abs(wideFloat(-1074, 1023, r))
		case 4: // tiny or huge, and yet beside each other
			F, beta = each(len(F), func(int) float64 { return wideFloat(-4, 4, r) }), math.Exp(3*r.NormFloat64())
			e := r.IntN(2000) - 1000
			for i := range F {
				F[i] = math.Ldexp(F[i], e)
			}
			beta = math.Ldexp(beta, -e+r.IntN(9)-4)
		case 5: // all but level
			F = each(1<<(1+r.IntN(2)), func(int) float64 { return F[0] + wideFloat(-1074, -50, r) })
		}
		switch k { // what is cut or not known is not small when multiplied or divided by such a β
		case 0:
			F, beta = []float64{0, 970.5 * 0x1p240}, 0x1p-240
		case 1:
			F, beta = []float64{0, 1000 * 0x1p1000}, 0x1p-1000
		case 2:
			F, beta = []float64{0, 1150 * 0x1p-1000}, 0x1p1000
		}
		e, _ := newEnsemble(F, beta)
		slow, _ := newEnsemble(F, beta)
		slow.slow = true
		f := e.fast()
		if f == nil {
			continue
		}
		v, ok := f.freeEnergy(e.least, F[e.least], beta)
		compare("free energy", ok, v, slow.freeEnergy(), F, beta)
		for i := range F {
			if !e.has(i) {
				continue
			}
			v, ok := f.nll(F, i, e.least, beta)
			compare("nll", ok, v, slow.nll(i), F, beta)
			if e.level {
				continue
			}
			if v, ok = f.p(i); !ok {
				v, ok = e.even(i)
			}
			compare("p", ok, v, slow.p(i), F, beta)
			v, ok = f.q(i, e.least)
			compare("q", ok, v, slow.q(i), F, beta)
			for j := range F {
				if !e.has(j) {
					continue
				}
				v, ok = f.meeSlope(i, j, e.least, beta)
				compare("mee slope", ok, v, slow.meeSlope(i, j), F, beta)
			}
		}
		l, ok := newLogistic(F[0], F[len(F)-1], 0.25, beta)
		if !ok || math.IsInf(F[len(F)-1], 1) {
			continue
		}
		s := sum(0.25, F[0], -F[len(F)-1])
		v, ok = l.softplus()
		compare("softplus", ok, v, softplus(s, beta), F, beta)
		v, ok = l.sigmoid()
		compare("sigmoid", ok, v, sigmoid(s.Scale(beta)), F, beta)
		v, ok = l.slope()
		compare("slope", ok, v, sigmoidSlope(s.Scale(beta)), F, beta)
		if l, ok = newLogistic(F[0], F[0]+0x1p-60*beta*F[0], 0, beta); ok { // beside t = 0
			s = sum(F[0], -(F[0] + 0x1p-60*beta*F[0])).Scale(beta)
			v, ok = l.sigmoid()
			compare("sigmoid", ok, v, sigmoid(s), F, beta)
			v, ok = l.slope()
			compare("slope", ok, v, sigmoidSlope(s), F, beta)
		}
		x, ok := newTail(F[1], -beta)
		if !ok {
			continue
		}
		tail := func(prec uint) Interval { return Of(-F[1], prec).Exp().Mul(Of(-beta, prec)) }
		v, ok = x.slope()
		compare("slope of a tail", ok, v, converge(true, func(prec uint) Interval { return tail(prec).Neg() }), F, beta)
		v, ok = x.above(F[0])
		compare("above a square", ok, v, converge(true, func(prec uint) Interval { return Of(F[0], exactBits).Sqr().At(prec).Add(tail(prec)) }), F, beta)
	}
	t.Logf("the fast path decided %d of %d", decided, all)
	if !(float64(decided) > 0.8*float64(all)) {
		t.Errorf("the fast path decided only %d of %d", decided, all)
	}
}

// TestTailOverflows: where γe^{−F̄} is beyond float64, or next to its end, the fast path says of it, and of it and F², what
// intervals do. An error of a thousandth of the bound told would not be within it.
func TestTailOverflows(t *testing.T) {
	r := rand.New(rand.NewPCG(16, 1))
	tight := 0
	for k := range 600 {
		Fbar, gamma, F := -700-1000*r.Float64(), wideFloat(-200, 200, r), wideFloat(-30, 30, r)
		if k%3 == 0 {
			gamma = 1
		}
		x, ok := newTail(Fbar, gamma)
		tail := func(prec uint) Interval { return Of(-Fbar, prec).Exp().Mul(Of(gamma, prec)) }
		slope, known := x.slope()
		sum, sumKnown := x.above(F)
		if !ok || !known || !sumKnown {
			t.Fatalf("F̄ = %v, γ = %v, F = %v: the fast path does not know", Fbar, gamma, F)
		}
		for _, c := range [][2]Value{
			{slope, converge(true, func(prec uint) Interval { return tail(prec).Neg() })},
			{sum, converge(true, func(prec uint) Interval { return Of(F, exactBits).Sqr().At(prec).Add(tail(prec)) })},
		} {
			got, want := c[0], c[1]
			if off := math.Abs(got.Off - want.Off); got.Near != want.Near || !(off <= got.Err+want.Err) {
				t.Errorf("F̄ = %v, γ = %v, F = %v: %+v, want %+v", Fbar, gamma, F, got, want)
			} else if off > got.Err/1000 {
				tight++
			}
		}
	}
	if tight == 0 {
		t.Error("the bounds are a thousand times what is found")
	}
}

// TestBesideAPowerOfTwo: where p is all but 1/k, or a slope all but its largest, the side on which it lies, and how far, are
// those of an enclosure of thousands of bits, in which alone they show.
func TestBesideAPowerOfTwo(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 1))
	const prec = 2400
	check := func(what string, v Value, ok bool, truth Interval) {
		t.Helper()
		d := truth.Sub(Of(v.Near, prec)).Mul(power(-ulpExp(v.Near), prec))
		lo, hi := Of(v.Off, prec).Sub(Of(v.Err, prec)), Of(v.Off, prec).Add(Of(v.Err, prec))
		if !ok || !(lo.lo.Cmp(d.lo) <= 0 && d.hi.Cmp(hi.hi) <= 0) || v.Off == 0 || d.lo.Sign() != int(math.Copysign(1, v.Off)) {
			t.Fatalf("%s: %+v, %v; it is off by %v ulps", what, v, ok, d)
		}
	}
	for range 40 {
		F := each(1<<(1+r.IntN(3)), func(int) float64 { return wideFloat(-330, -60, r) })
		beta := math.Exp(3 * r.NormFloat64())
		e, _ := newEnsemble(F, beta)
		for i := range F {
			v, ok := e.even(i)
			if w := e.at(prec); ok {
				check("p", v, ok, w.w[i].Div(w.Z))
			}
		}
		v, ok := e.even(e.least)
		w := e.at(prec)
		check("the largest p", v, ok, w.w[e.least].Div(w.Z))
		l, _ := newLogistic(F[0], F[1], 0, beta)
		E := sum(F[0], -F[1]).Scale(beta).Abs().Neg().At(prec).Exp()
		one := Of(1, prec).Add(E)
		v, ok = l.slope()
		check("slope", v, ok, E.Div(one.Sqr()))
		if F[0] < F[1] {
			v, ok = l.sigmoid()
			check("sigmoid", v, ok, E.Div(one))
		}
	}
}
