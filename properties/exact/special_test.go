package exact

import (
	"fmt"
	"math"
	"testing"
)

var (
	inf = math.Inf(1)
	nan = math.NaN()
	neg = math.Copysign(0, -1)
)

// nears returns the Near of a truth: value, gradient as pairs lo, hi, probabilities.
func nears(t Truth) string {
	s := fmt.Sprint(t.Value.Near)
	for _, g := range t.Grad {
		if g.Lo.Near == g.Hi.Near || !g.Lo.Defined() {
			s += fmt.Sprintf(" %v", g.Lo.Near)
		} else {
			s += fmt.Sprintf(" [%v,%v]", g.Lo.Near, g.Hi.Near)
		}
	}
	for _, p := range t.Probs {
		s += fmt.Sprintf(" p%v", p.Near)
	}
	if t.SumZero {
		s += " sum0"
	}
	if t.SumOne {
		s += " sum1"
	}
	return s
}

func TestSpecialValues(t *testing.T) {
	for _, c := range []struct {
		name string
		got  Truth
		want string
	}{
		{"gibbs of nothing", Gibbs(nil, 1), "0"},
		{"gibbs of one", Gibbs([]float64{7}, 1), "0 p1"},
		{"gibbs, impossible", Gibbs([]float64{inf, 7, inf}, 3), "0 p0 p1 p0"},
		{"gibbs, all impossible", Gibbs([]float64{inf, inf}, 3), "0 pNaN pNaN"},
		{"gibbs, NaN", Gibbs([]float64{nan, 1}, 3), "0 pNaN pNaN"},
		{"gibbs, -Inf", Gibbs([]float64{-inf, 1}, 3), "0 pNaN pNaN"},
		{"gibbs, β = 0", Gibbs([]float64{3, inf, -1e308, 5, 8}, 0), "0 p0.25 p0 p0.25 p0.25 p0.25"},
		{"gibbs, β = -0", Gibbs([]float64{3, 4}, neg), "0 p0.5 p0.5"},
		{"gibbs, β = Inf", Gibbs([]float64{3, inf, 2, 2, 8}, inf), "0 p0 p0 p0.5 p0.5 p0"},
		{"gibbs, β < 0", Gibbs([]float64{3, 4}, -1), "0 pNaN pNaN"},
		{"gibbs, β NaN", Gibbs([]float64{3, 4}, nan), "0 pNaN pNaN"},
		{"gibbs, products overflow", Gibbs([]float64{1e300, 1e300}, 1e10), "0 p0.5 p0.5"},
		{"gibbs, differences overflow", Gibbs([]float64{-1.7e308, 1.7e308}, 5e-324), "0 p0.5000000000000004 p0.49999999999999956"},
		{"free energy, one", FreeEnergy([]float64{7}, 0), "7 1 sum1"},
		{"free energy, one, β = 0", FreeEnergy([]float64{inf, 7}, 0), "7 0 1 sum1"},
		{"free energy, all impossible", FreeEnergy([]float64{inf, inf}, 1), "+Inf NaN NaN"},
		{"free energy of nothing", FreeEnergy(nil, 1), "+Inf"},
		{"free energy, β = 0", FreeEnergy([]float64{7, 8}, 0), "-Inf 0.5 0.5 sum1"},
		{"free energy, β = Inf", FreeEnergy([]float64{7, 2, 2}, inf), "2 0 [0,1] [0,1] sum1"},
		{"free energy, β = Inf, no tie", FreeEnergy([]float64{7, 2, inf}, inf), "2 0 1 0 sum1"},
		{"free energy, NaN", FreeEnergy([]float64{7, nan}, 1), "NaN NaN NaN"},
		{"free energy, -Inf", FreeEnergy([]float64{7, -inf}, 1), "NaN NaN NaN"},
		{"free energy, β tiny", FreeEnergy([]float64{0, 0}, 1e-310), "-Inf 0.5 0.5 sum1"},
		{"free energy, β subnormal", FreeEnergy([]float64{1, 2}, 1e-320), "-Inf 0.5 0.5 sum1"},
		{"free energy, tie overflow", FreeEnergy([]float64{1e300, 1e300}, 1e10), "1e+300 0.5 0.5 sum1"},
		{"free energy, below a power of two", FreeEnergy([]float64{1, 1000}, 1), "1 1 0 sum1"},
		{"perceptron", Perceptron([]float64{3, 1, 1}, 0), "2 1 [-1,0] [-1,0] sum0"},
		{"perceptron, tied", Perceptron([]float64{1, 3, 1}, 0), "0 [0,1] 0 [-1,0] sum0"},
		{"perceptron, right", Perceptron([]float64{1, 3, 2}, 0), "0 0 0 0 sum0"},
		{"perceptron, impossible", Perceptron([]float64{inf, 3, 4}, 0), "+Inf 1 -1 0 sum0"},
		{"perceptron, all impossible", Perceptron([]float64{inf, inf}, 0), "NaN NaN NaN"},
		{"perceptron, overflow", Perceptron([]float64{1.7e308, -1.7e308}, 0), "+Inf 1 -1 sum0"},
		{"energy", Energy([]float64{3, nan, -inf}, 0), "3 1 0 0 sum1"},
		{"energy, NaN", Energy([]float64{3, nan}, 1), "NaN NaN NaN"},
		{"energy, impossible", Energy([]float64{3, inf}, 1), "+Inf 0 1 sum1"},
		{"nll, only one", NLL([]float64{inf, 2}, 1, 0), "0 0 0 sum0"},
		{"nll, impossible", NLL([]float64{inf, 2, 2}, 0, 1), "+Inf 1 -0.5 -0.5 sum0"},
		{"nll, all impossible", NLL([]float64{inf, inf}, 0, 1), "NaN NaN NaN"},
		{"nll, β = 0", NLL([]float64{1, 2, 3, 4}, 0, 0), "+Inf 0.75 -0.25 -0.25 -0.25 sum0"},
		{"nll, β = Inf", NLL([]float64{1, 1, 2}, 0, inf), "0 [0,1] [-1,0] 0 sum0"},
		{"nll, gap 40", NLL([]float64{0, 40}, 0, 1), "4.248354255291589e-18 4.248354255291589e-18 -4.248354255291589e-18 sum0"},
		{"nll, gap 800", NLL([]float64{0, 800}, 0, 1), "0 0 -0 sum0"},
		{"nll, tie and a whisper", NLL([]float64{0x1p53, -1}, 0, 1), "9.007199254740994e+15 1 -1 sum0"},
		{"nll, -Inf", NLL([]float64{0, -inf}, 0, 1), "NaN NaN NaN"},
		{"mee", MEE([]float64{0, 0}, 0, 8), "0.5 2 -2 sum0"},
		{"mee, three", MEE([]float64{1, 1, 1}, 0, 9), "0.6666666666666666 2 -1 -1 sum0"},
		{"mee, β = 0", MEE([]float64{0, 9, inf}, 0, 0), "0.5 0 0 0 sum0"},
		{"mee, β = Inf", MEE([]float64{0, 9}, 1, inf), "1 0 0 sum0"},
		{"mee, β = Inf, tied", MEE([]float64{0, 0, 1}, 1, inf), "0.5 NaN NaN NaN sum0"},
		{"mee, impossible", MEE([]float64{0, inf}, 1, 2), "1 0 0 sum0"},
		{"mee, impossible among several", MEE([]float64{0, 1, inf}, 2, 2), "1 0 0 0 sum0"},
		{"mee, certain", MEE([]float64{0, inf}, 0, 2), "0 0 0 sum0"},
		{"simple", Simple(2, 0.5, 1), "2.5 1 -1"},
		{"simple, corners", Simple(0, 1, 1), "0 [0,1] [-1,0]"},
		{"simple, satisfied", Simple(-1, 2, 1), "0 0 0"},
		{"simple, Inf", Simple(inf, inf, 1), "+Inf 1 0"},
		{"simple, margin NaN", Simple(1, 1, nan), "NaN NaN NaN"},
		{"simple, overflow", Simple(1.7e308, -1.7e308, 1), "+Inf 1 -1"},
		{"hinge", Hinge(0.3, 0.5, 1), "0.8 1 -1 sum0"},
		{"hinge, corner", Hinge(1, 2, 1), "0 [0,1] [-1,0] sum0"},
		{"hinge, not quite the corner", Hinge(1, 2, math.Nextafter(1, 2)), "2.220446049250313e-16 1 -1 sum0"},
		{"hinge, m < 0", Hinge(5, 2, -4), "0 0 0 sum0"},
		{"hinge, F = Inf", Hinge(inf, 2, 1), "+Inf 1 -1 sum0"},
		{"hinge, F̄ = Inf", Hinge(1, inf, 1), "0 0 0 sum0"},
		{"hinge, Inf - Inf", Hinge(inf, inf, 1), "NaN NaN NaN"},
		{"hinge, -Inf", Hinge(-inf, 1, 1), "NaN NaN NaN"},
		{"hinge, m = Inf", Hinge(1, 1, inf), "NaN NaN NaN"},
		{"hinge, tiny beside huge", Hinge(1e300, 1e300, 5e-324), "5e-324 1 -1 sum0"},
		{"log, 0", Log(3, 3), "0.6931471805599453 0.5 -0.5 sum0"},
		{"log, F = Inf", Log(inf, 3), "+Inf 1 -1 sum0"},
		{"log, F̄ = Inf", Log(3, inf), "0 0 0 sum0"},
		{"log, -1e308", Log(-1e308, 1e308), "0 0 -0 sum0"},
		{"log, 1e308", Log(1e308, -1e308), "+Inf 1 -1 sum0"},
		{"log, tie and a whisper", Log(0x1p53, -1), "9.007199254740994e+15 1 -1 sum0"},
		{"log, tie to even and a whisper", Log(0x1p53+2, -1), "9.007199254740996e+15 1 -1 sum0"},
		{"log, 745.13", Log(0, 745.13), "5e-324 5e-324 -5e-324 sum0"},
		{"soft hinge, β = Inf", SoftHinge(1, 2, 1, inf), "0 [0,1] [-1,0] sum0"},
		{"soft hinge, β = 0", SoftHinge(1, 2, 1, 0), "+Inf 0.5 -0.5 sum0"},
		{"soft hinge, β = 0, F̄ = Inf", SoftHinge(1, inf, 1, 0), "0 0 0 sum0"},
		{"soft hinge, β < 0", SoftHinge(1, 2, 1, -1), "NaN NaN NaN"},
		{"soft hinge, β = 1e308", SoftHinge(1, 2, 3, 1e308), "2 1 -1 sum0"},
		{"mce, 0", MCE(2, 2), "0.5 0.25 -0.25 sum0"},
		{"mce, 1000", MCE(1000, 0), "1 0 -0 sum0"},
		{"mce, Inf", MCE(inf, 0), "1 0 0 sum0"},
		{"mce, -Inf", MCE(0, inf), "0 0 0 sum0"},
		{"lvq2", LVQ2(2, 1, 3), "1 1 -1 sum0"},
		{"lvq2, 0", LVQ2(1, 1, 3), "0 [0,1] [-1,0] sum0"},
		{"lvq2, cap", LVQ2(4, 1, 3), "3 [0,1] [-1,0] sum0"},
		{"lvq2, beyond", LVQ2(5, 1, 3), "3 0 0 sum0"},
		{"lvq2, below", LVQ2(0, 1, 3), "0 0 0 sum0"},
		{"lvq2, M = 0", LVQ2(1, 1, 0), "0 0 0 sum0"},
		{"lvq2, M < 0", LVQ2(5, 1, -2), "-2 0 0 sum0"},
		{"lvq2, M = Inf", LVQ2(5, 1, inf), "4 1 -1 sum0"},
		{"lvq2, F = Inf", LVQ2(inf, 1, 3), "3 0 0 sum0"},
		{"lvq2, all Inf", LVQ2(inf, 1, inf), "+Inf 1 -1 sum0"},
		{"square-square", SquareSquare(2, 0.5, 1), "4.25 4 -1"},
		{"square-square, satisfied", SquareSquare(-2, 1, 1), "0 0 0"},
		{"square-square, overflow", SquareSquare(1e200, 1, 1), "+Inf 2e+200 0"},
		{"square-square, Inf", SquareSquare(inf, inf, 1), "+Inf +Inf 0"},
		{"square-exp", SquareExp(3, 0, 2), "11 6 -2"},
		{"square-exp, a tie to even", SquareExp(0x1p27, 0, 2), "1.8014398509481984e+16 2.68435456e+08 -2"},
		{"square-exp, γ = 0", SquareExp(3, 5, 0), "9 6 0"},
		{"square-exp, e^-F̄ overflows", SquareExp(3, -720, 1e-300), "4.920700930272815e+12 6 -4.920700930263815e+12"},
		{"square-exp, F̄ = Inf", SquareExp(-3, inf, 1), "9 -6 0"},
		{"square-exp, F̄ = -1e308", SquareExp(-3, -1e308, 1), "+Inf -6 -Inf"},
		{"square-exp, γ < 0", SquareExp(0, -1e308, -1), "-Inf 0 +Inf"},
		{"square-exp, F = Inf", SquareExp(inf, 0, 1), "+Inf +Inf -1"},
	} {
		if s := nears(c.got); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
	for _, c := range []struct {
		F    []float64
		want []int
	}{
		{[]float64{3, 1, 2}, []int{1}},
		{[]float64{1, 3, 1}, []int{0, 2}},
		{[]float64{0, neg}, []int{0, 1}},
		{[]float64{1, nan}, nil},
		{[]float64{inf, inf}, nil},
		{[]float64{inf, 1e308}, []int{1}},
		{[]float64{1, -inf}, []int{1}},
		{nil, nil},
	} {
		if got := Infer(c.F).Index; fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("Infer(%v) = %v, want %v", c.F, got, c.want)
		}
	}
}

func TestAnswerOutOfRange(t *testing.T) {
	for _, f := range []func(y int){
		func(y int) { NLL([]float64{1, 2}, y, 1) },
		func(y int) { MEE([]float64{1, 2}, y, 1) },
		func(y int) { Perceptron([]float64{1, 2}, y) },
		func(y int) { Energy([]float64{1, 2}, y) },
		func(y int) { NLL([]float64{nan, 2}, y, inf) },
	} {
		for _, y := range []int{-1, 2} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("no panic for the answer %d of 2", y)
					}
				}()
				f(y)
			}()
		}
	}
}
