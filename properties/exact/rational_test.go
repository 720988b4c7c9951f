package exact

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// TestPiecewiseAgainstRat compares the losses with corners with their definitions in big.Rat, which shares nothing with
// big.Float, correctly rounded; corners and their neighbours are frequent.
func TestPiecewiseAgainstRat(t *testing.T) {
	n := 4000
	if testing.Short() {
		n = 400
	}
	r := rand.New(rand.NewPCG(31, 1))
	rat := func(x float64) *big.Rat { return new(big.Rat).SetFloat64(x) }
	pos := func(x *big.Rat) *big.Rat {
		if x.Sign() < 0 {
			return new(big.Rat)
		}
		return x
	}
	cases := 0
	for range n {
		m := wideFloat(-3, 3, r)
		F, Fbar := wideFloat(-4, 4, r), wideFloat(-4, 4, r)
		switch r.IntN(6) {
		case 0:
			Fbar = F + m
		case 1:
			Fbar = math.Nextafter(F+m, 9)
		case 2:
			F, Fbar, m = wideFloat(-1074, 1023, r), wideFloat(-1074, 1023, r), wideFloat(-1074, 1023, r)
		case 3:
			F, Fbar = float64(r.IntN(4)-1), float64(r.IntN(4)-1)
			m = float64(r.IntN(4) - 1)
		}
		d := new(big.Rat).Sub(rat(F), rat(Fbar))
		a, b := pos(rat(F)), pos(new(big.Rat).Sub(rat(m), rat(Fbar)))
		lvq := pos(d)
		if lvq.Cmp(rat(m)) > 0 {
			lvq = rat(m)
		}
		add := func(x, y *big.Rat) *big.Rat { return new(big.Rat).Add(x, y) }
		mul := func(x, y *big.Rat) *big.Rat { return new(big.Rat).Mul(x, y) }
		most := rat(math.Max(F, math.Max(Fbar, m)))
		for _, c := range []struct {
			name string
			got  Value
			want *big.Rat
		}{
			{"simple", Simple(F, Fbar, m).Value, add(a, b)},
			{"hinge", Hinge(F, Fbar, m).Value, pos(add(d, rat(m)))},
			{"lvq2", LVQ2(F, Fbar, m).Value, lvq},
			{"square-square", SquareSquare(F, Fbar, m).Value, add(mul(a, a), mul(b, b))},
			{"square-square by F", SquareSquare(F, Fbar, m).Grad[0].Lo, mul(rat(2), a)},
			{"square-square by F̄", SquareSquare(F, Fbar, m).Grad[1].Hi, mul(rat(-2), b)},
			{"perceptron", Perceptron([]float64{-F, -Fbar, -m}, 1).Value, new(big.Rat).Sub(most, rat(Fbar))},
		} {
			cases++
			want, _ := c.want.Float64()
			if math.Float64bits(c.got.Near) != math.Float64bits(want) || !(c.got.Err <= 0x1p-50*math.Max(1, math.Abs(c.got.Off))) && !math.IsInf(want, 0) {
				t.Fatalf("%s at F = %v, F̄ = %v, m = %v: %+v, want %v", c.name, F, Fbar, m, c.got, want)
			}
		}
	}
	t.Logf("%d values, all correctly rounded", cases)
}

// TestDefinitions encloses the gradients of the definitions by automatic differentiation, at 700 bits, and demands that every
// value and component of the truth lies in them: two ways to the same gradient, one without any algebra.
func TestDefinitions(t *testing.T) {
	n := 150
	if testing.Short() {
		n = 30
	}
	const prec = 700
	r := rand.New(rand.NewPCG(32, 1))
	for range n {
		F := each(2+r.IntN(3), func(int) float64 { return 4 * r.NormFloat64() })
		if r.IntN(5) == 0 {
			F[1] = F[0]
		}
		y := r.IntN(len(F))
		beta, m, gamma := math.Exp(r.NormFloat64()), r.NormFloat64(), r.NormFloat64()
		k := len(F)
		X := each(k, func(i int) Dual { return Var(Of(F[i], prec), i, k) })
		B, M, C := Const(Of(beta, prec), k), Const(Of(m, prec), k), Const(Of(gamma, prec), k)
		f, fbar := X[0], X[1]
		for _, c := range []struct {
			name string
			want Dual
			got  Truth
		}{
			{"free energy", FreeEnergyOf(B, X), FreeEnergy(F, beta)},
			{"nll", NLLOf(B, X, y), NLL(F, y, beta)},
			{"mee", MEEOf(B, X, y), MEE(F, y, beta)},
			{"energy", EnergyOf(X, y), Energy(F, y)},
			{"perceptron", PerceptronOf(X, y), Perceptron(F, y)},
			{"simple", SimpleOf(M, f, fbar), Simple(F[0], F[1], m)},
			{"hinge", HingeOf(M, f, fbar), Hinge(F[0], F[1], m)},
			{"log", LogOf(f, fbar), Log(F[0], F[1])},
			{"soft hinge", SoftHingeOf(B, M, f, fbar), SoftHinge(F[0], F[1], m, beta)},
			{"square-square", SquareSquareOf(M, f, fbar), SquareSquare(F[0], F[1], m)},
			{"square-exp", SquareExpOf(C, f, fbar), SquareExp(F[0], F[1], gamma)},
			{"mce", MCEOf(f, fbar), MCE(F[0], F[1])},
			{"lvq2", LVQ2Of(M, f, fbar), LVQ2(F[0], F[1], m)},
		} {
			if c.want.V.Disjoint(c.got.Value.Enclosure()) {
				t.Fatalf("%s of %v (y %d, β %v, m %v, γ %v): %v, definition %v", c.name, F, y, beta, m, gamma, c.got.Value, c.want.V)
			}
			for i, g := range c.got.Grad {
				box := g.Lo.Enclosure().Hull(g.Hi.Enclosure())
				if c.want.D[i].Disjoint(box) || g.Lo == g.Hi && !(relativeWidth(c.want.D[i]) < -200) && !c.want.D[i].IsPoint() {
					t.Fatalf("%s of %v by %d (y %d, β %v, m %v, γ %v): %v, definition %v", c.name, F, i, y, beta, m, gamma, box, c.want.D[i])
				}
			}
		}
		for i, p := range GibbsOf(B, X) {
			if got := Gibbs(F, beta).Probs[i]; p.V.Disjoint(got.Enclosure()) {
				t.Fatalf("p[%d] of %v at %v: %+v, definition %v", i, F, beta, got, p.V)
			}
		}
	}
}

func TestDualKinks(t *testing.T) {
	const p = 128
	at := func(x, y float64) (a, b Dual) { return Var(Of(x, p), 0, 2), Var(Of(y, p), 1, 2) }
	a, b := at(1, 1)
	zero, unit, both := Of(0, p), Of(0, p).Hull(Of(1, p)), Of(-1, p).Hull(Of(1, p))
	for _, c := range []struct {
		name string
		got  Interval
		want Interval
	}{
		{"max at a tie", a.Max(b).D[0], unit},
		{"min at a tie", a.Min(b).D[1], unit},
		{"[a − b]⁺", a.Sub(b).Pos().D[1], unit.Neg()},
		{"|a − b|", a.Sub(b).Abs().D[0], both},
		{"max apart", a.Max(b.Scale(0.5)).D[1], zero},
		{"[−a]⁺", a.Neg().Pos().D[0], zero},
		{"3a", a.Scale(3).D[0], Of(3, p)},
		{"a²", a.Scale(3).Sqr().D[0], Of(18, p)},
		{"√(4a)", a.Scale(4).Sqrt().D[0], Of(1, p)},
		{"a/2b", a.Div(b.Scale(2)).D[1], Of(-0.5, p)},
		{"ln 2a", a.Scale(2).Log().D[0], Of(1, p)},
		{"ln(1+a)", a.Log1p().D[0], Of(0.5, p)},
		{"e^(a−b) − 1", a.Sub(b).Expm1().D[1], Of(-1, p)},
	} {
		if !c.got.Contains(c.want) || !c.want.Contains(c.got) {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
}
