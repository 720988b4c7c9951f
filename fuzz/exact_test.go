package fuzz

import (
	"math"
	"slices"
	"testing"

	"ebmcheck/properties/exact"
)

// FuzzExact holds the judge to the definitions and to itself, on any arguments:
// every truth is well formed, agrees with the definition in wide intervals, and
// with what other operations say of the same numbers (Σp = 1, a log loss is an NLL
// of two, the order of the answers does not matter).
func FuzzExact(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		in := tape{b}
		y, beta, m := int(int8(in.byte())), in.float(), in.float()
		F := in.floats(24)
		n := len(F)
		outside := y < 0 || y >= n
		truths := map[string]exact.Truth{
			"gibbs": exact.Gibbs(F, beta), "free energy": exact.FreeEnergy(F, beta), "infer": exact.Infer(F),
		}
		for name, op := range map[string]func() exact.Truth{
			"energy":     func() exact.Truth { return exact.Energy(F, y) },
			"perceptron": func() exact.Truth { return exact.Perceptron(F, y) },
			"nll":        func() exact.Truth { return exact.NLL(F, y, beta) },
			"mee":        func() exact.Truth { return exact.MEE(F, y, beta) },
		} {
			wants(t, outside, "exact", name, func() { truths[name] = op() })
		}
		if !outside {
			answers(t, F, y, beta, truths)
		}
		if n >= 2 {
			pairs(t, F[0], F[1], m, beta)
		}
	})
}

// answers checks the truths about all energies against each other.
func answers(t *testing.T, F []float64, y int, beta float64, truths map[string]exact.Truth) {
	for name, tr := range truths {
		formed(t, name, F, tr)
	}
	fail := func(what string, v ...any) {
		t.Helper()
		t.Fatalf("F=%v y=%d β=%v: %s %v", F, y, beta, what, v)
	}
	p, free, nll, mee := truths["gibbs"].Probs, truths["free energy"], truths["nll"], truths["mee"]
	if (math.IsNaN(beta) || beta < 0 || slices.ContainsFunc(F, math.IsNaN)) && (p[0].Defined() || free.Value.Defined() || nll.Value.Defined() || mee.Value.Defined()) {
		fail("undefined, but not said so")
	}
	low := math.Inf(1)
	for _, e := range F {
		low = math.Min(low, e)
	}
	for _, i := range truths["infer"].Index {
		if F[i] != low {
			fail("no minimiser", i)
		}
	}
	if p[0].Defined() {
		sum, rest := exact.Of(0, 192), exact.Of(0, 192)
		for i := range p {
			e := p[i].Enclosure()
			sum = sum.Add(e)
			if i != y {
				rest = rest.Add(e)
				if -nll.Grad[i].Lo.Near != p[i].Near && !math.IsInf(beta, 1) {
					fail("∂NLL and p", i, nll.Grad[i], p[i])
				}
			}
			for j := range p {
				if F[i] < F[j] && p[i].Near < p[j].Near || F[i] == F[j] && p[i] != p[j] {
					fail("p is not ordered against F", i, j, p[i], p[j])
				}
			}
		}
		if !sum.Contains(exact.Of(1, 192)) {
			fail("Σp", sum)
		}
		if e := mee.Value.Enclosure(); e.Disjoint(rest) {
			fail("MEE and Σ_{j≠y} p", e, rest)
		}
		if !math.IsInf(beta, 1) && nll.Grad[y].Lo.Near != mee.Value.Near {
			fail("∂NLL by F_y and MEE", nll.Grad[y], mee.Value)
		}
		// F_y − F_β; of two infinities nothing is said.
		if e := exact.Of(F[y], 192).Sub(free.Value.Enclosure()); !math.IsInf(F[y], 0) && e.Disjoint(nll.Value.Enclosure()) {
			fail("NLL and F_y − F_β", nll.Value, e)
		}
		if free.Value.Near > low {
			fail("F_β above the minimum", free.Value)
		}
	}
	// The answers in another order.
	G, at := slices.Clone(F), len(F)-1-y
	slices.Reverse(G)
	q, other, loss := exact.Gibbs(G, beta).Probs, exact.FreeEnergy(G, beta), exact.NLL(G, at, beta)
	slices.Reverse(q)
	for i := range p {
		if !same([]float64{p[i].Near}, []float64{q[i].Near}) {
			fail("p in another order", i, p[i], q[i])
		}
	}
	if !same([]float64{free.Value.Near, nll.Value.Near}, []float64{other.Value.Near, loss.Value.Near}) {
		fail("F_β or NLL in another order", free.Value, other.Value, nll.Value, loss.Value)
	}
	// The definitions, for what they can be written for.
	if !(beta > 0) || math.IsInf(beta, 1) || slices.ContainsFunc(F, func(e float64) bool { return e-e != 0 }) {
		return
	}
	const prec = 256
	up := exact.Const(exact.Of(beta, prec), len(F))
	E := make([]exact.Dual, len(F))
	for i := range F {
		E[i] = exact.Var(exact.Of(F[i], prec), i, len(F))
	}
	agree := func(name string, tr exact.Truth, d exact.Dual) {
		t.Helper()
		if d.V.Disjoint(tr.Value.Enclosure()) {
			fail(name+" and its definition", tr.Value, d.V)
		}
		for i, g := range tr.Grad {
			if hull := g.Lo.Enclosure().Hull(g.Hi.Enclosure()); hull.Disjoint(d.D[i]) {
				fail(name+": gradient and that of its definition", i, g, d.D[i])
			}
		}
	}
	agree("F_β", free, exact.FreeEnergyOf(up, E))
	agree("NLL", nll, exact.NLLOf(up, E, y))
	agree("MEE", mee, exact.MEEOf(up, E, y))
	agree("perceptron", truths["perceptron"], exact.PerceptronOf(E, y))
	agree("energy", truths["energy"], exact.EnergyOf(E, y))
	for i, d := range exact.GibbsOf(up, E) {
		if d.V.Disjoint(p[i].Enclosure()) {
			fail("p and its definition", i, p[i], d.V)
		}
	}
}

// pairs checks the truths about two energies.
func pairs(t *testing.T, F, Fbar, m, beta float64) {
	two := []float64{F, Fbar}
	truths := map[string]exact.Truth{
		"simple": exact.Simple(F, Fbar, m), "hinge": exact.Hinge(F, Fbar, m), "log": exact.Log(F, Fbar), "soft hinge": exact.SoftHinge(F, Fbar, m, beta),
		"square-square": exact.SquareSquare(F, Fbar, m), "square-exp": exact.SquareExp(F, Fbar, m), "mce": exact.MCE(F, Fbar), "lvq2": exact.LVQ2(F, Fbar, m),
	}
	fail := func(what string, v ...any) {
		t.Helper()
		t.Fatalf("F=%v F̄=%v m=%v β=%v: %s %v", F, Fbar, m, beta, what, v)
	}
	for name, tr := range truths {
		formed(t, name, []float64{F, Fbar, m, beta}, tr)
		if (math.IsNaN(F) || math.IsNaN(Fbar)) && tr.Value.Defined() {
			fail(name + " of NaN is defined")
		}
	}
	equal := func(what string, a, b exact.Truth) {
		t.Helper()
		for i := range a.Grad {
			if !same([]float64{a.Grad[i].Lo.Near, a.Grad[i].Hi.Near}, []float64{b.Grad[i].Lo.Near, b.Grad[i].Hi.Near}) {
				fail(what+": gradients", a.Grad[i], b.Grad[i])
			}
		}
		if !same([]float64{a.Value.Near}, []float64{b.Value.Near}) {
			fail(what, a.Value, b.Value)
		}
	}
	equal("log loss and NLL of two", truths["log"], exact.NLL(two, 0, 1))
	equal("log loss and soft hinge", truths["log"], exact.SoftHinge(F, Fbar, 0, 1))
	equal("soft hinge without margin and NLL of two", exact.SoftHinge(F, Fbar, 0, beta), exact.NLL(two, 0, beta))
	equal("soft hinge at ∞ and hinge", exact.SoftHinge(F, Fbar, m, math.Inf(1)), truths["hinge"])
	equal("hinge without margin and perceptron of two", exact.Hinge(F, Fbar, 0), exact.Perceptron(two, 0))
	equal("MCE and MEE of two", truths["mce"], exact.MEE(two, 0, 1))
	equal("lvq2 without cap and hinge without margin", exact.LVQ2(F, Fbar, math.Inf(1)), exact.Hinge(F, Fbar, 0))
	if !same([]float64{truths["mce"].Value.Near}, []float64{truths["log"].Grad[0].Lo.Near}) {
		fail("MCE and the slope of the log loss", truths["mce"].Value, truths["log"].Grad[0])
	}
	for _, x := range []float64{F, Fbar, m} {
		if x-x != 0 {
			return
		}
	}
	const prec = 2300 // squares and sums of any two float64s are exact in it
	of := func(x float64) exact.Dual { return exact.Const(exact.Of(x, prec), 2) }
	a, b := exact.Var(exact.Of(F, prec), 0, 2), exact.Var(exact.Of(Fbar, prec), 1, 2)
	definitions := map[string]exact.Dual{
		"simple": exact.SimpleOf(of(m), a, b), "hinge": exact.HingeOf(of(m), a, b), "square-square": exact.SquareSquareOf(of(m), a, b), "lvq2": exact.LVQ2Of(of(m), a, b),
	}
	low := func(x float64) exact.Dual { return exact.Const(exact.Of(x, 256), 2) }
	a, b = exact.Var(exact.Of(F, 256), 0, 2), exact.Var(exact.Of(Fbar, 256), 1, 2)
	definitions["log"], definitions["mce"], definitions["square-exp"] = exact.LogOf(a, b), exact.MCEOf(a, b), exact.SquareExpOf(low(m), a, b)
	if beta > 0 && !math.IsInf(beta, 1) {
		definitions["soft hinge"] = exact.SoftHingeOf(low(beta), low(m), a, b)
	}
	for name, d := range definitions {
		if tr := truths[name]; d.V.Disjoint(tr.Value.Enclosure()) {
			fail(name+" and its definition", tr.Value, d.V)
		} else {
			for i, g := range tr.Grad {
				if g.Lo.Enclosure().Hull(g.Hi.Enclosure()).Disjoint(d.D[i]) {
					fail(name+": gradient and that of its definition", i, g, d.D[i])
				}
			}
		}
	}
}

// formed checks that the Values of a truth are what their comment says.
func formed(t *testing.T, name string, args []float64, tr exact.Truth) {
	values := append([]exact.Value{tr.Value}, tr.Probs...)
	for _, g := range tr.Grad {
		if g.Lo.Near > g.Hi.Near || g.Lo.Defined() != g.Hi.Defined() {
			t.Fatalf("%s%v: the range %v", name, args, g)
		}
		values = append(values, g.Lo, g.Hi)
	}
	for _, v := range values {
		ok := !math.IsNaN(v.Off) && !(v.Err < 0) && !math.IsNaN(v.Err)
		if finite := v.Near-v.Near == 0; finite {
			ok = ok && math.Abs(v.Off) <= 0.5 && v.Err < 0x1p-10
		}
		e := v.Enclosure()
		if near, sure := e.Float64(); sure && ok {
			ok = near == v.Near
		}
		ok = ok && !e.Hi().IsInf() == !e.Lo().IsInf() || !v.Defined() || math.IsInf(v.Near, 0)
		if !ok {
			t.Fatalf("%s%v: %+v, enclosed by %v", name, args, v, e)
		}
		if !v.Defined() {
			continue
		}
		// Ulps: at most a half for Near, never less than it for what is not Near.
		for _, got := range []float64{v.Near, math.Nextafter(v.Near, 9), math.Nextafter(v.Near, -9), 0, math.NaN(), math.Inf(1), math.Inf(-1)} {
			if u := v.Ulps(got); math.IsNaN(u) || u < 0 || got == v.Near && u > 0.5 || got != v.Near && !(u >= 0.49) {
				t.Fatalf("%s%v: %+v: %v is %v ulps off", name, args, v, got, u)
			}
		}
	}
}

// FuzzInterval runs any program of interval operations, in Duals of two variables,
// at two precisions: nothing panics, ends are in order, results at both precisions
// overlap, and so do their derivatives. What is misuse by the comments panics.
func FuzzInterval(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		in := tape{b}
		wants(t, true, "exact", "Of NaN", func() { exact.Of(math.NaN(), 64) })
		coarse, fine := 1+uint(in.byte()), 300+uint(in.byte())
		wants(t, true, "exact", "a ratio to 0", func() { exact.Ratio(int64(in.byte()), 0, coarse) })
		x, y := in.float(), in.float()
		if math.IsNaN(x) || math.IsNaN(y) {
			return
		}
		start := func(prec uint) (a, b exact.Dual) {
			return exact.Var(exact.Of(x, prec), 0, 2), exact.Var(exact.Of(y, prec), 1, 2)
		}
		a, c := start(coarse)
		p, q := start(fine)
		var program []string
		for steps := 0; len(in.b) > 0 && steps < 12; steps++ {
			k := in.below(18)
			s := 0.0
			if k == 17 {
				if s = in.float(); math.IsNaN(s) {
					return
				}
			}
			var name string
			name, a, c = step(k, s, a, c)
			_, p, q = step(k, s, p, q)
			program = append(program, name)
			for i, pair := range [][2]exact.Interval{{a.V, p.V}, {c.V, q.V}, {a.D[0], p.D[0]}, {a.D[1], p.D[1]}, {c.D[0], q.D[0]}} {
				for _, v := range pair {
					if v.Lo().Cmp(v.Hi()) > 0 || !v.Contains(v) || v.Less(v) || !v.At(coarse).Contains(v) || !v.Hull(pair[0]).Contains(v) {
						t.Fatalf("x=%v y=%v %v: number %d is %v", x, y, program, i, v)
					}
				}
				if pair[0].Disjoint(pair[1]) {
					t.Fatalf("x=%v y=%v %v: number %d is %v at %d bits, %v at %d", x, y, program, i, pair[0], coarse, pair[1], fine)
				}
			}
		}
		for _, v := range []exact.Interval{a.V, p.V} {
			_ = v.String()
			if near, ok := v.Float64(); ok {
				if mid := v.Mid(); !(mid == near) {
					t.Fatalf("x=%v y=%v %v: %v is near %v, its middle is %v", x, y, program, v, near, mid)
				}
			}
		}
	})
}

// step returns two numbers after operation k: the result and the first operand.
func step(k int, s float64, a, b exact.Dual) (string, exact.Dual, exact.Dual) {
	switch k {
	case 0:
		return "+", a.Add(b), a
	case 1:
		return "−", a.Sub(b), a
	case 2:
		return "×", a.Mul(b), a
	case 3:
		return "÷", a.Div(b), a
	case 4:
		return "max", a.Max(b), a
	case 5:
		return "min", a.Min(b), a
	case 6:
		return "neg", a.Neg(), b
	case 7:
		return "exp", a.Exp(), b
	case 8:
		return "log", a.Log(), b
	case 9:
		return "log1p", a.Log1p(), b
	case 10:
		return "expm1", a.Expm1(), b
	case 11:
		return "sqrt", a.Sqrt(), b
	case 12:
		return "sqr", a.Sqr(), b
	case 13:
		return "abs", a.Abs(), b
	case 14:
		return "pos", a.Pos(), b
	case 15:
		return "swap", b, a
	case 16:
		return "hull", exact.Dual{V: a.V.Hull(b.V), D: a.D}, b
	default:
		return "scale", a.Scale(s), b
	}
}
