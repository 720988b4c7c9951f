package theory

import (
	"math"
	"testing"

	"ebmcheck/properties/exact"
)

// bracket encloses ∫ f over [0, n·h], for f monotone on each of the n cells: the sum of its hulls there.
func bracket(f func(y exact.Interval) exact.Interval, n int, h float64) exact.Interval {
	s, left := x(0), f(x(0))
	for i := 1; i <= n; i++ {
		right := f(x(float64(i)).Scale(h))
		s, left = s.Add(left.Hull(right).Scale(h)), right
	}
	return s
}

// TestLine holds the closed forms on ℝ to the integrals that they stand for.
func TestLine(t *testing.T) {
	for _, form := range []form{absolute, square, logarithm} {
		for _, s := range []float64{-1, 0, 0.5, 1, 1.25, 2, 5} {
			c := line{Form: form, A: s / 2, Beta: 2}
			const n, h = 512, 1.0 / 256
			for _, scale := range []float64{0.5, 1, 4} {
				L := x(n * h * scale)
				if !c.energy(L.Neg()).Agrees(c.energy(L), agree) {
					t.Errorf("%v: F(−%v) is not F(%v)", c, L.Mid(), L.Mid())
				}
				if c.Form == square && s <= 0 && c.mass(L).Lo().Cmp(L.Scale(2).Lo()) < 0 {
					t.Errorf("%v: ∫ over ±%v is %v", c, L.Mid(), c.mass(L))
				}
				got, want := c.mass(L), bracket(c.weight, n, h*scale).Scale(2)
				if got.Disjoint(want) {
					t.Errorf("%v: ∫ over ±%v is %v, not in %v", c, L.Mid(), got, want)
				}
				if c.Form == absolute && c.A > 0 {
					heat(t, window{domain{Line: c}, L.Mid(), false})
				}
				if c.proper() && c.partition().Less(got) {
					t.Errorf("%v: Z = %v is less than the integral over ±%v, %v", c, c.partition(), L.Mid(), got)
				}
			}
			if c.proper() && !c.mass(c.most()).Agrees(c.partition(), agree) {
				t.Errorf("%v: ∫ over ±%v is %v, Z = %v", c, c.most(), c.mass(c.most()), c.partition())
			}
			if c.proper() {
				heat(t, window{domain{Real: true, Line: c}, 0, false})
			}
		}
	}
}

// TestDot: p is uniform on [0, 1] but for one answer, and its entropy ln 1 = 0.
func TestDot(t *testing.T) {
	c := window{domain{Real: true, Line: line{Beta: 2}}, 0, true}
	if H := c.entropy(c.Line); H.Lo().Sign() != 0 || H.Hi().Sign() != 0 {
		t.Errorf("%v: H = %v", c, H)
	}
}

// heat holds H − ln Z = β⟨F⟩ to the slope of ln Z, which is −⟨F⟩ and lies between those of the chords on either side.
func heat(t *testing.T, c window) {
	t.Helper()
	lnZ := func(beta float64) exact.Interval {
		at := c.Line
		if at.Beta = beta; c.L > 0 {
			return at.mass(x(c.L)).Log()
		}
		return at.partition().Log()
	}
	const d = 0x1p-10
	beta := c.Line.Beta
	got, k := c.entropy(c.Line).Sub(lnZ(beta)), beta/d
	most, least := lnZ(beta-d).Sub(lnZ(beta)).Scale(k), lnZ(beta).Sub(lnZ(beta+d)).Scale(k)
	if !(least.Less(got) && got.Less(most)) {
		t.Errorf("%v: H − ln Z = %v, not between %v and %v", c, got, least, most)
	}
}

// TestFreezing holds the masses around ŷ to the integrals that they stand for. What lies beyond 8 is less than their cells
// leave open.
func TestFreezing(t *testing.T) {
	const h = 1.0 / 64
	up := func(y exact.Interval) exact.Interval { return y }
	tent := func(y exact.Interval) exact.Interval { return y.Min(x(2).Sub(y)) }
	for _, test := range []struct {
		on              space
		F               func(y exact.Interval) exact.Interval
		from, upto, end float64
		share           float64 // of y ≥ 0 in the mass
	}{{reals, up, 0, 0.5, 8, 1}, {pitted, up, 0.5, 1.5, 8, 0.5}, {open, tent, 0, 0.5, 2, 1}} {
		c := frozen{On: test.on, Eps: 0.5, K: 1}
		upto := func(y float64) exact.Interval {
			return bracket(func(y exact.Interval) exact.Interval { return c.beta().Mul(test.F(y)).Neg().Exp() }, int(y/h), h)
		}
		want := upto(test.upto).Sub(upto(test.from)).Div(upto(test.end)).Scale(test.share)
		if got := c.around(); got.Disjoint(want) {
			t.Errorf("%v: %v near ŷ, not in %v", c, got, want)
		}
	}
	c := frozen{F: []float64{0, 2, 1, 1}, Eps: 0.5, K: 1}
	if got := c.beta().Neg().Exp().Scale(4); !got.Agrees(x(c.Eps), agree) { // ne^{−βΔ}, Δ = 1
		t.Errorf("%v: n e^{−βΔ} = %v", c, got)
	}
}

// TestUneven: of two levels with as many answers each p is off 1/n by tanh(βR/2) in all, which is less than βR/2 = u, but by
// less than u³/3.
func TestUneven(t *testing.T) {
	for _, F := range [][]float64{{0, 1}, {0.5, 0, 0, 0.5}, {0.125, 0.125, 0, 0, 0.125, 0}} {
		c := table{F: F, Beta: 0.5}
		off, u := c.uneven(exact.GibbsOf(x(c.Beta), c.energies()))
		if !(off.Less(u) && u.Sub(u.Sqr().Mul(u).Div(x(3))).Less(off)) {
			t.Errorf("%v: %v, the bound is %v", c, off, u)
		}
	}
}

// TestRenamed holds the incomplete Γ functions of gibbs.base-measure to their integrals: v^K e^{−v}/K! has its only
// maximum in K, an end of a cell.
func TestRenamed(t *testing.T) {
	for k, factorial := range []float64{1, 1, 2} {
		const n, h = 1024, 1.0 / 256
		c := renamed{A: 1, Beta: 1, T: n * h, C: 1, K: k}
		want := bracket(func(v exact.Interval) exact.Interval {
			f := v.Neg().Exp()
			for range k {
				f = f.Mul(v)
			}
			return f.Scale(1 / factorial)
		}, n, h)
		if got := c.probability(); got.Disjoint(want) {
			t.Errorf("K=%d: %v, not in %v", k, got, want)
		}
	}
	c := renamed{A: 2, Beta: 3, T: 0.125, C: 2, K: squeezed}
	over := func(T float64) exact.Interval { // ∫ e^{−6y} d(1 − e^{−2y})
		return bracket(func(y exact.Interval) exact.Interval { return y.Scale(8).Neg().Exp().Scale(2) }, 1024, T/1024)
	}
	if got, want := c.probability(), over(0.125).Div(over(6)); got.Disjoint(want) {
		t.Errorf("squeezed: %v, not in %v", got, want)
	}
}

// TestLow holds the length of the low energies to a count of cells: each end of one of K intervals is off by one at most.
func TestLow(t *testing.T) {
	for _, c := range []code{{Centres: []float64{0}, Root: 1}, {Centres: []float64{2, 0, 1}, Root: 0.75}, {Centres: []float64{-3, 3, 3}, Root: 1}} {
		const h = 1.0 / 1024
		cells := 0
		for y := -5 + h/2; y < 5; y += h {
			low := false
			for _, centre := range c.Centres {
				low = low || math.Abs(y-centre) <= c.Root
			}
			if low {
				cells++
			}
		}
		if got, off := c.low().Mid(), 2*h*float64(len(c.Centres)); !(math.Abs(got-float64(cells)*h) <= off) {
			t.Errorf("%v: length %v, counted %v ± %v", c, got, float64(cells)*h, off)
		}
	}
	plane := code{Centres: []float64{0, 1, 0.25, 3}, Second: []float64{0, 0.5, -0.75, 0}, Root: 0.625}
	const h = 1.0 / 64
	cells := 0
	for a := -5 + h/2; a < 5; a += h {
		for b := -5 + h/2; b < 5; b += h {
			for k := range plane.Centres {
				if max(math.Abs(a-plane.Centres[k]), math.Abs(b-plane.Second[k])) <= plane.Root {
					cells++
					break
				}
			}
		}
	}
	if got, counted := plane.low().Mid(), float64(cells)*h*h; !(math.Abs(got-counted) <= 1e-9) { // edges of cells
		t.Errorf("%v: area %v, counted %v", plane, got, counted)
	}
}

// TestContrasted: a loss that does not rise with F, or does not fall with F̄, by whichever subgradient, does not contrast.
func TestContrasted(t *testing.T) {
	F, Fbar := twin{}.free()
	for _, test := range []struct {
		name string
		loss exact.Dual
		want truth
	}{
		{"F − F̄", F.Sub(Fbar), yes}, {"−F/2 − F̄", F.Scale(-0.5).Sub(Fbar), no}, {"F + F̄/2", F.Add(Fbar.Scale(0.5)), no},
		{"F", F, no}, {"−F̄", Fbar.Neg(), no}, {"[F]⁺ − F̄ at F = 0", F.Pos().Sub(Fbar), no}, {"F + [−F̄]⁺ at F̄ = 0", F.Add(Fbar.Neg().Pos()), no},
	} {
		if f := contrasted(test.loss); f.truth != test.want {
			t.Errorf("%s: %v", test.name, f)
		}
	}
	if l := (contrast{twin{F: 1, Fbar: 1, Beta: 4}, byNLL}).loss(); !l.D[0].Agrees(x(0.5), agree) || !l.D[1].Agrees(x(-0.5), agree) {
		t.Errorf("of two energies that are one the NLL has the slopes %v, not p and −p, ½ at any β", l.D)
	}
}
