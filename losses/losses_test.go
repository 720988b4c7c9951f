package losses_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"ebmcheck/ebm"
	. "ebmcheck/losses"
)

var inf, nan = math.Inf(1), math.NaN()

// same says whether two lists are equal, NaN being NaN and −0 being no 0.
func same(a, b []float64) bool {
	return fmt.Sprint(a) == fmt.Sprint(b)
}

func TestPairSpecial(t *testing.T) {
	const tail = 9.859676543759770e-305 // e⁻⁷⁰⁰
	for _, c := range []struct {
		why     string
		loss    PairLoss
		F, Fbar float64
		want    []float64 // ℓ, ∂ℓ/∂F, ∂ℓ/∂F̄
	}{
		{"both terms", Simple{1}, 0.25, 0.5, []float64{0.75, 1, -1}},
		{"the kink at F = 0 is flat", Simple{1}, 0, 2, []float64{0, 0, 0}},
		{"the kink at F̄ = m is flat", Simple{1}, -1, 1, []float64{0, 0, 0}},
		{"just past both kinks", Simple{1}, 5e-324, 1 - 0x1p-53, []float64{0x1p-53, 1, -1}},
		{"ȳ impossible", Simple{1}, 3, inf, []float64{3, 1, 0}},
		{"y impossible", Simple{1}, inf, 3, []float64{inf, 1, 0}},
		{"both impossible", Simple{1}, inf, inf, []float64{inf, 1, 0}},
		{"m = +Inf, ȳ impossible", Simple{inf}, 3, inf, []float64{nan, nan, nan}},
		{"the zero value", Simple{}, 1, -1, []float64{2, 1, -1}},

		{"inside the margin", Hinge{1}, 0.25, 0.5, []float64{0.75, 1, -1}},
		{"the kink is flat", Hinge{1}, 0, 1, []float64{0, 0, 0}},
		{"just past the kink", Hinge{1}, 0x1p-1074, 1, []float64{0x1p-1074, 1, -1}},
		{"just before it", Hinge{1}, -0x1p-1074, 1, []float64{0, 0, 0}},
		{"m is lost in F without care", Hinge{1}, 0x1p60, 0x1p60, []float64{1, 1, -1}},
		{"a double rounding away", Hinge{1}, 0x1p-53, -0x1p-300, []float64{1 + 0x1p-52, 1, -1}},
		{"no overflow on the way", Hinge{1e308}, 1.5e308, 1e308, []float64{1.5e308, 1, -1}},
		{"ȳ impossible", Hinge{1}, 3, inf, []float64{0, 0, 0}},
		{"y impossible", Hinge{1}, inf, 3, []float64{inf, 1, -1}},
		{"both impossible", Hinge{1}, inf, inf, []float64{nan, nan, nan}},

		{"a tie", Log{}, 3, 3, []float64{math.Ln2, 0.5, -0.5}},
		{"right by far", Log{}, 0, 700, []float64{tail, tail, -tail}},
		{"wrong by far", Log{}, 700, 0, []float64{700, 1, -1}},
		{"right by all there is", Log{}, -1e308, 1e308, []float64{0, 0, 0}},
		{"wrong by all there is", Log{}, 1e308, -1e308, []float64{inf, 1, -1}},
		{"ȳ impossible", Log{}, 3, inf, []float64{0, 0, 0}},
		{"y impossible", Log{}, inf, 3, []float64{inf, 1, -1}},
		{"both impossible", Log{}, inf, inf, []float64{nan, nan, nan}},

		{"βt of moderate size from huge and tiny", SoftHinge{0, 0x1p-1000}, 0, 700 * 0x1p1000, []float64{tail * 0x1p1000, tail, -tail}},
		{"β = +Inf is the hinge", SoftHinge{1, inf}, 0.25, 0.5, []float64{0.75, 1, -1}},
		{"β = +Inf at the kink", SoftHinge{1, inf}, 0, 1, []float64{0, 0, 0}},
		{"β = 0", SoftHinge{1, 0}, 0, 1, []float64{inf, 0.5, -0.5}},
		{"β = 0, ȳ impossible", SoftHinge{1, 0}, 0, inf, []float64{0, 0, 0}},
		{"β = −0", SoftHinge{1, math.Copysign(0, -1)}, 0, 1, []float64{inf, 0.5, -0.5}},
		{"y impossible", SoftHinge{1, 2}, inf, 0, []float64{inf, 1, -1}},

		{"both terms", SquareSquare{1}, 0.5, 0.25, []float64{0.8125, 1, -1.5}},
		{"a negative F costs nothing", SquareSquare{1}, -3, 2, []float64{0, 0, 0}},
		{"a negative F costs its square", TutorialSquareSquare{1}, -3, 2, []float64{9, -6, 0}},
		{"ȳ impossible", SquareSquare{1}, 2, inf, []float64{4, 4, 0}},
		{"m = +Inf, ȳ impossible", SquareSquare{inf}, 2, inf, []float64{nan, nan, nan}},
		{"y impossible", SquareSquare{1}, inf, 3, []float64{inf, inf, 0}},
		{"the slope may be finite where the value is not", SquareSquare{1e200}, 0, -1e200, []float64{inf, 0, -4e200}},

		{"at the origin", SquareExp{2}, 0, 0, []float64{2, 0, -2}},
		{"e^−F̄ overflows, γe^−F̄ does not", SquareExp{1e-300}, 0, -700, []float64{1e-300 / tail, 0, -1e-300 / tail}},
		{"γ = 0", SquareExp{0}, 3, -1e308, []float64{9, 6, 0}},
		{"ȳ impossible", SquareExp{1}, 3, inf, []float64{9, 6, 0}},
		{"y impossible", SquareExp{1}, inf, 0, []float64{inf, inf, -1}},
		{"nothing is left", SquareExp{-0.25}, 0.5, 0, []float64{0, 1, 0.25}},
		{"the terms cancel but for the last number there is", SquareExp{-0.25}, 0.5, 0x1p-1072, []float64{0x1p-1074, 1, 0.25}},
		{"the terms cancel, within float64s as they are", SquareExp{-2}, 1.3, 0.16841865162496314, []float64{3.922849890338851e-18, 2.6, 1.6900000000000002}},
		{"the same at 2⁸⁰", SquareExp{-0x1p81}, 0x1.4cccccccccccdp40, 0.16841865162496314, []float64{3.922849890338851e-18 * 0x1p80, 0x1.4cccccccccccdp41, 1.6900000000000002 * 0x1p80}},
		{"the terms cancel but for 2·10⁻²⁹² of 2⁸⁰⁰", SquareExp{-0x1p798}, 0x1p399, 2e-292, []float64{5e-293 * 0x1p800, 0x1p400, 0x1p798}},
		{"the terms cancel but for 10⁻⁶⁹, of which 256 bits show a few", SquareExp{-0.25}, 0.5, 1.2345678901234567e-69, []float64{1.2345678901234567e-69 / 4, 1, 0.25}},
		{"the terms cancel but for 2·10⁻²⁹²", SquareExp{-0.25}, 0.5, 2e-292, []float64{5e-293, 1, 0.25}},

		{"between", LVQ2{1}, 0.75, 0.5, []float64{0.25, 1, -1}},
		{"the kink at d = 0 is flat", LVQ2{1}, 0.5, 0.5, []float64{0, 0, 0}},
		{"the kink at d = M is flat", LVQ2{1}, 1, 0, []float64{1, 0, 0}},
		{"below M by less than the rounding", LVQ2{1}, 1, 0x1p-80, []float64{1, 1, -1}},
		{"saturated", LVQ2{1}, 9, 0, []float64{1, 0, 0}},
		{"no cap", LVQ2{inf}, 9, 0, []float64{9, 1, -1}},
		{"ȳ impossible", LVQ2{1}, 9, inf, []float64{0, 0, 0}},
		{"y impossible", LVQ2{1}, inf, 0, []float64{1, 0, 0}},
		{"both impossible", LVQ2{1}, inf, inf, []float64{nan, nan, nan}},

		{"a tie", MCE{}, 3, 3, []float64{0.5, 0.25, -0.25}},
		{"right by far", MCE{}, 0, 700, []float64{tail, tail, -tail}},
		{"wrong by far", MCE{}, 700, 0, []float64{1, tail, -tail}},
		{"ȳ impossible", MCE{}, 3, inf, []float64{0, 0, 0}},
		{"y impossible", MCE{}, inf, 3, []float64{1, 0, 0}},
	} {
		l, dF, dFbar := c.loss.Pair(c.F, c.Fbar)
		got := []float64{l, dF, dFbar}
		// Values that the table states by a product or quotient are one rounding away.
		if !cmp.Equal(got, c.want, cmpopts.EquateNaNs(), cmpopts.EquateApprox(0x1p-52, 0)) || math.Signbit(got[0]) || c.want[2] == 0 && math.Signbit(got[2]) {
			t.Errorf("%#v.Pair(%v, %v) = %v, want %v: %s", c.loss, c.F, c.Fbar, got, c.want, c.why)
		}
	}
}

// TestSquareExpFar: a γ < 0 whose term is far from F² has nothing to cancel.
func TestSquareExpFar(t *testing.T) {
	if l, dF, dFbar := (SquareExp{-1}).Pair(0, 1e6); l != 0 || dF != 0 || dFbar != 0 {
		t.Errorf("−e^−1e6 = %v, slopes %v and %v", l, dF, dFbar)
	}
	if l, dF, dFbar := (SquareExp{-1}).Pair(1, -1e300); !math.IsInf(l, -1) || dF != 2 || !math.IsInf(dFbar, 1) {
		t.Errorf("1 − e^1e300 = %v, slopes %v and %v", l, dF, dFbar)
	}
}

// The tutorial's square-square is the source's at |F|, with the slope's sign.
func TestTutorialSquareSquare(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 10000 {
		g := regimes[r.IntN(3)]
		F, Fbar, m := g.float(r), g.float(r), math.Abs(g.float(r))
		l, dF, dFbar := TutorialSquareSquare{m}.Pair(F, Fbar)
		want, slope, push := SquareSquare{m}.Pair(math.Abs(F), Fbar)
		if l != want || dF != math.Copysign(slope, F) || dFbar != push {
			t.Fatalf("m=%v F=%v F̄=%v: %v %v %v, want %v %v %v", m, F, Fbar, l, dF, dFbar, want, slope, push)
		}
	}
}

func TestPairUndefined(t *testing.T) {
	undefined := []float64{nan, nan, nan}
	for _, e := range Catalogue() {
		if e.Pair == nil {
			continue
		}
		for _, bad := range [][2]float64{{nan, 0}, {0, nan}, {nan, inf}, {inf, nan}, {nan, nan}, {-inf, 0}, {0, -inf}, {-inf, inf}, {inf, -inf}} {
			l, dF, dFbar := e.Pair.Pair(bad[0], bad[1])
			if got := []float64{l, dF, dFbar}; !same(got, undefined) {
				t.Errorf("%s.Pair(%v) = %v, want NaN", e.ID, bad, got)
			}
		}
	}
	for _, e := range Catalogue() {
		l, ok := with(e.Pair, nan)
		if !ok {
			continue
		}
		for _, F := range [][2]float64{{0, 0}, {-1, 5}, {5, -1}} {
			l, dF, dFbar := l.Pair(F[0], F[1])
			if got := []float64{l, dF, dFbar}; !same(got, undefined) {
				t.Errorf("%#v.Pair(%v) = %v, want NaN", l, F, got)
			}
		}
	}
}

// with is a loss of a pair with x for every parameter but β; ok is false if it has none.
func with(l PairLoss, x float64) (_ PairLoss, ok bool) {
	if l == nil {
		return nil, false
	}
	v := reflect.New(reflect.TypeOf(l)).Elem()
	v.Set(reflect.ValueOf(l))
	for i := range v.NumField() {
		if v.Type().Field(i).Name != "Beta" {
			v.Field(i).SetFloat(x)
			ok = true
		}
	}
	return v.Interface().(PairLoss), ok
}

func TestEvalSpecial(t *testing.T) {
	const tail = 9.859676543759770e-305 // e⁻⁷⁰⁰
	for _, c := range []struct {
		why  string
		loss Loss
		F    []float64
		y    int
		want []float64 // ℓ, then the gradient
	}{
		{"energy", EnergyLoss{}, []float64{3, 4}, 1, []float64{4, 0, 1}},
		{"energy, −Inf, returned as it is", EnergyLoss{}, []float64{-inf, 4}, 0, []float64{-inf, 1, 0}},
		{"energy, impossible", EnergyLoss{}, []float64{3, inf}, 1, []float64{inf, 0, 1}},
		{"perceptron", Perceptron{}, []float64{3, 1, 1}, 0, []float64{2, 1, -1, 0}},
		{"perceptron, y a tied minimiser", Perceptron{}, []float64{1, 1}, 1, []float64{0, 0, 0}},
		{"perceptron, alone", Perceptron{}, []float64{1}, 0, []float64{0, 0}},
		{"perceptron, y impossible", Perceptron{}, []float64{1, inf}, 1, []float64{inf, -1, 1}},
		{"perceptron, all impossible", Perceptron{}, []float64{inf, inf}, 1, []float64{nan, nan, nan}},
		{"perceptron, −Inf", Perceptron{}, []float64{-inf, 0}, 1, []float64{nan, nan, nan}},
		{"nll, alone", NLL{2}, []float64{7}, 0, []float64{0, 0}},
		{"nll, level", NLL{1}, []float64{7, 7}, 0, []float64{math.Ln2, 0.5, -0.5}},
		{"nll, right by far", NLL{1}, []float64{0, 700}, 0, []float64{tail, tail, -tail}},
		{"nll, an impossible other", NLL{1}, []float64{7, inf}, 0, []float64{0, 0, 0}},
		{"nll, y impossible", NLL{1}, []float64{7, inf}, 1, []float64{inf, -1, 1}},
		{"nll, all impossible", NLL{1}, []float64{inf, inf}, 1, []float64{nan, nan, nan}},
		{"nll, −Inf", NLL{1}, []float64{-inf, 0}, 1, []float64{nan, nan, nan}},
		{"nll, β = 0", NLL{0}, []float64{1, 2}, 0, []float64{inf, 0.5, -0.5}},
		{"nll, β = +Inf", NLL{inf}, []float64{3, 1, 1}, 0, []float64{2, 1, -0.5, -0.5}},
		{"mee, alone", MEE{2}, []float64{7}, 0, []float64{0, 0}},
		{"mee, level", MEE{2}, []float64{7, 7}, 0, []float64{0.5, 0.5, -0.5}},
		{"mee, right by far", MEE{1}, []float64{0, 700}, 0, []float64{tail, tail, -tail}},
		{"mee, wrong by far", MEE{1}, []float64{700, 0}, 0, []float64{1, tail, -tail}},
		{"mee, p_y underflows, β p_y does not", MEE{0x1p1010}, []float64{1000 * 0x1p-1010, 0}, 0, []float64{1, 5.56946805601071e-131, -5.56946805601071e-131}},
		{"mee, y impossible", MEE{1}, []float64{7, inf}, 1, []float64{1, 0, 0}},
		{"mee, all impossible", MEE{1}, []float64{inf}, 0, []float64{nan, nan}},
		{"mee, β = 0", MEE{0}, []float64{1, 2}, 0, []float64{0.5, 0, 0}},
		{"mee, β = +Inf", MEE{inf}, []float64{1, 2}, 1, []float64{1, 0, 0}},
		{"mee, β = +Inf, tied", MEE{inf}, []float64{1, 1}, 1, []float64{0.5, nan, nan}},
		{"mee, β = +Inf, right", MEE{inf}, []float64{1, 2}, 0, []float64{0, 0, 0}},
		{"hinge, the worst rival", Contrastive(Hinge{1}), []float64{2, 9, 2.5, 2.25}, 0, []float64{0.75, 1, 0, 0, -1}},
		{"hinge, the first of tied rivals", Contrastive(Hinge{1}), []float64{2, 2, 2}, 1, []float64{1, -1, 1, 0}},
		{"hinge, no rival", Contrastive(Hinge{1}), []float64{2}, 0, []float64{0, 0}},
		{"simple, no rival", Contrastive(Simple{1}), []float64{2}, 0, []float64{2, 1}},
		{"log, impossible rivals", Contrastive(Log{}), []float64{2, inf}, 0, []float64{0, 0, 0}},
		{"log, all impossible", Contrastive(Log{}), []float64{inf, inf}, 0, []float64{nan, nan, 0}},
	} {
		grad := make([]float64, len(c.F))
		for i := range grad {
			grad[i] = 77 // must be overwritten
		}
		got := append([]float64{c.loss.Eval(grad, c.F, c.y)}, grad...)
		if !cmp.Equal(got, c.want, cmpopts.EquateNaNs(), cmpopts.EquateApprox(0x1p-51, 0)) {
			t.Errorf("%s: %v.Eval(%v, %d) = %v, want %v", c.why, c.loss, c.F, c.y, got, c.want)
		}
		if value := c.loss.Eval(nil, c.F, c.y); value != got[0] && !(math.IsNaN(value) && math.IsNaN(got[0])) {
			t.Errorf("%s: %v without a gradient, %v with", c.why, value, got[0])
		}
	}
}

func TestNaN(t *testing.T) {
	for _, e := range Catalogue() {
		for at := range 3 {
			F := []float64{1, inf, 2}
			F[at] = nan
			for y := range F {
				grad := make([]float64, 3)
				value := e.Loss.Eval(grad, F, y)
				if !same(append(grad, value), []float64{nan, nan, nan, nan}) {
					t.Errorf("%s.Eval(%v, %d) = %v, %v, want NaN throughout", e.ID, F, y, value, grad)
				}
			}
		}
	}
}

func TestMostOffendingBeyond(t *testing.T) {
	line := [][]float64{{0}, {0.5}, {1}, {2}}
	l := ContrastiveBeyond(Hinge{1}, line, 1)
	grad := make([]float64, 4)
	// Answer 1 is too near to be wrong; 2 is at the distance ε itself, which counts.
	if got := l.Eval(grad, []float64{0, -5, 0.25, 0.75}, 0); got != 0.75 || !same(grad, []float64{1, 0, -1, 0}) {
		t.Errorf("got %v, %v", got, grad)
	}
	if got := ContrastiveBeyond(Hinge{1}, line, 10).Eval(grad, []float64{0, -5, 0.25, 0.75}, 0); got != 0 || !same(grad, make([]float64, 4)) {
		t.Errorf("all answers near: got %v, %v, want the limit F̄ → +Inf", got, grad)
	}
	far := [][]float64{{1e300, -1e300}, {-1e300, 1e300}} // 2.8e300 apart: its square is no float64
	if got := ContrastiveBeyond(Hinge{1}, far, 2.8e300).Eval(nil, []float64{0, 0}, 0); got != 1 {
		t.Errorf("2.8e300 apart, ε = 2.8e300: got %v, want 1", got)
	}
	if got := ContrastiveBeyond(Hinge{1}, far, 2.9e300).Eval(nil, []float64{0, 0}, 0); got != 0 {
		t.Errorf("2.8e300 apart, ε = 2.9e300: got %v, want 0", got)
	}
	if got := ContrastiveBeyond(Hinge{1}, line, 0).Eval(grad, []float64{0, 1, 0.25, 0.75}, 0); got != 0.75 || !same(grad, []float64{1, 0, -1, 0}) {
		t.Errorf("ε = 0: got %v, %v, want all answers but y", got, grad)
	}
}

func TestGradient(t *testing.T) {
	// A bilinear energy, F(y) = −wᵢxᵢ of class y: ∂ℓ/∂w = Σ gᵢ ∂Fᵢ/∂w.
	f, w, x := ebm.Table{Nx: 1, Ny: 3}, []float64{1, 2, 4}, []float64{0}
	ys := ebm.Answers(3)
	F := ebm.Energies(nil, f, w, x, ys)
	pull := func(dst, g []float64) []float64 { return ebm.Pull(dst, g, f, w, x, ys) }
	want := make([]float64, 3)
	value := NLL{1}.Eval(want, F, 2)
	loss, dW := Gradient(nil, NLL{1}, F, 2, pull)
	if loss != value || !same(dW, want) { // a table's parameters are its energies
		t.Errorf("got %v %v, want %v %v", loss, dW, value, want)
	}
	dst := []float64{9, 9, 9}
	if _, dW := Gradient(dst, NLL{1}, F, 2, pull); &dW[0] != &dst[0] || !same(dst, want) {
		t.Errorf("dst = %v, want %v", dst, want)
	}
}

func TestSum(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 50000 {
		a := regimes[2].float(r)
		b, c := regimes[2].float(r), regimes[2].float(r)
		switch r.IntN(4) {
		case 0:
			b = -a * (1 + float64(r.IntN(5))*0x1p-52)
		case 1: // near a tie
			a = 1 + float64(r.IntN(4))*0x1p-52
			b = math.Ldexp(float64(r.IntN(5)-2), -53)
			c = math.Ldexp(float64(r.IntN(5)-2), -54-r.IntN(900))
		case 2:
			c = -b
		}
		if b-b != 0 || c-c != 0 {
			continue
		}
		want := exactSum(a, b, c)
		for _, got := range []float64{Sum(a, b, c), Sum(b, c, a), Sum(c, a, b)} {
			if got != want {
				t.Fatalf("%x + %x + %x = %x, want %x", a, b, c, got, want)
			}
		}
		if got := WideSum(c, b, a).Float64(); !(math.Abs(got-want) <= math.Abs(want)*0x1p-52) && got != want {
			t.Fatalf("%x + %x + %x = %x in wide, want %x", a, b, c, got, want)
		}
	}
	if got := Sum(1+0x1p-52, 0x1p-54, 0x1p-54-0x1p-107); got != 1+0x1p-52 {
		t.Errorf("a sum just below a tie = 1 + %g", got-1)
	}
	// What is left of the errors' sum must not touch a last bit that is odd already.
	if got := Sum(-0x1.8p-108, -1-0x1p-52, -0x1.fffffffffffffp-54); got != -1-0x1p-52 {
		t.Errorf("a sum just above a tie = %x", got)
	}
	if got := Sum(1+0x3p-52, -0x1p-53, 0x1.0000000000002p-106); got != 1+0x3p-52 {
		t.Errorf("a sum just above a tie to even = %x", got)
	}
	if got := Sum(math.MaxFloat64, 0x1p970, -0x1p900); got != math.MaxFloat64 {
		t.Errorf("a sum just below the threshold of overflow = %v", got)
	}
	if got := Sum(math.MaxFloat64, 0x1p970, 0); !math.IsInf(got, 1) {
		t.Errorf("a sum at the threshold of overflow = %v", got)
	}
}

func TestCatalogue(t *testing.T) {
	ids := map[string]bool{}
	for _, e := range Catalogue() {
		if ids[e.ID] || e.ID != strings.ToLower(e.ID) {
			t.Errorf("%q is no new id", e.ID)
		}
		ids[e.ID] = true
		if e.Name == "" || len(e.Refs) == 0 || e.Loss == nil {
			t.Errorf("%s is incomplete: %+v", e.ID, e)
		}
		if e.Traits&Smooth != 0 && e.Traits&Differentiable == 0 || (e.Traits&Differentiable != 0) != (e.Kinks == "") {
			t.Errorf("%s: traits %v, kinks %q", e.ID, e.Traits, e.Kinks)
		}
		if inTable := strings.Contains(strings.Join(e.Refs, " "), "Table 1"); inTable != (e.Margin != "") && e.ID != "square_square" {
			t.Errorf("%s: margin %q, references %q", e.ID, e.Margin, e.Refs)
		}
	}
	if got, want := (Smooth | Convex | NeedsFloor).String(), "smooth, convex, needs-floor"; got != want {
		t.Errorf("traits %q, want %q", got, want)
	}
}

// TestTraits looks for counterexamples to the catalogue on multiples of 1/8, where
// shifts, midpoints and the piecewise losses are exact.
func TestTraits(t *testing.T) {
	for _, e := range Catalogue() {
		t.Run("loss="+e.ID, func(t *testing.T) {
			var negative, moved, concave bool
			rapid.Check(t, func(t *rapid.T) {
				n := rapid.IntRange(2, 4).Draw(t, "n")
				y := rapid.IntRange(0, n-1).Draw(t, "y")
				draw := func(label string) []float64 {
					F := make([]float64, n)
					for i := range F {
						F[i] = float64(rapid.IntRange(-40, 40).Draw(t, label)) / 8
					}
					return F
				}
				F, G := draw("8F"), draw("8G")
				mid, shifted, grad := make([]float64, n), make([]float64, n), make([]float64, n)
				for i := range F {
					mid[i], shifted[i] = (F[i]+G[i])/2, F[i]+3
				}
				f, g, h := e.Loss.Eval(grad, F, y), e.Loss.Eval(nil, G, y), e.Loss.Eval(nil, mid, y)
				negative = negative || f < 0
				moved = moved || e.Loss.Eval(nil, shifted, y) != f
				concave = concave || h > (f+g)/2+0x1p-51*(math.Abs(f)+math.Abs(g)) // each of three is rounded once
				// A subgradient of a convex loss supports it: ℓ(G) ≥ ℓ(F) + ⟨∂ℓ(F), G − F⟩,
				// n + 2 roundings of numbers of at most this size.
				if e.Traits&Convex != 0 {
					line, size := f, math.Abs(f)+math.Abs(g)
					for i := range F {
						line += grad[i] * (G[i] - F[i])
						size += math.Abs(grad[i] * (G[i] - F[i]))
					}
					if !(g >= line-8*0x1p-52*size) {
						t.Fatalf("ℓ(G) = %v below the tangent %v", g, line)
					}
				}
			})
			if negative == (e.Traits&NonNegative != 0) {
				t.Errorf("negative values: %v; traits: %v", negative, e.Traits)
			}
			if moved == (e.Traits&ShiftInvariant != 0) {
				t.Errorf("moved by a shift: %v; traits: %v", moved, e.Traits)
			}
			if concave == (e.Traits&Convex != 0) {
				t.Errorf("above a chord: %v; traits: %v", concave, e.Traits)
			}
		})
	}
}

// TestSlopes: where the gradient of a loss, or its derivative, jumps on multiples of 1/8, kinks
// among them, it is not differentiable, or not smooth; and how hard it pulls a low F_y tells
// whether energies need a floor. Within 2⁻²⁰ a gradient without a jump moves by 2⁻²⁰ sup|∂²ℓ| <
// 2⁻¹², for |F| ≤ 5 and the e⁵ of the square-exponential, and a derivative by 2⁻²⁰ sup|∂³ℓ|; the
// jumps are of 1 and more. (Derivatives of a higher order are not looked at.)
func TestSlopes(t *testing.T) {
	const h = 0x1p-20
	for _, e := range Catalogue() {
		of := e.Loss // as a function of two energies
		grad := func(F [2]float64) (g [2]float64) {
			of.Eval(g[:], F[:], 0)
			return g
		}
		var jumps, bends bool
		for k := range 81 * 81 {
			F := [2]float64{float64(k%81-40) / 8, float64(k/81-40) / 8}
			at := grad(F)
			for i := range F {
				up, down := F, F
				up[i], down[i] = F[i]+h, F[i]-h
				a, b := grad(up), grad(down)
				for j := range at {
					jumps = jumps || math.Abs(a[j]-b[j]) > 0.5
					bends = bends || math.Abs(a[j]-2*at[j]+b[j]) > h/2
				}
			}
		}
		pulls := math.Abs(grad([2]float64{-50, 5})[0]) > 0.5
		if jumps == (e.Traits&Differentiable != 0) || bends == (e.Traits&Smooth != 0) || pulls != (e.Traits&NeedsFloor != 0) {
			t.Errorf("%s: its gradient jumps: %v; has kinks: %v; it pulls a low F_y: %v; traits: %v", e.ID, jumps, bends, pulls, e.Traits)
		}
	}
}

func TestPanics(t *testing.T) {
	for name, f := range map[string]func(){
		"y = -1":            func() { EnergyLoss{}.Eval(nil, []float64{1}, -1) },
		"y = n":             func() { Perceptron{}.Eval(nil, []float64{1}, 1) },
		"no energies":       func() { NLL{1}.Eval(nil, nil, 0) },
		"grad":              func() { MEE{1}.Eval(make([]float64, 2), []float64{1}, 0) },
		"grad, pair":        func() { Contrastive(Log{}).Eval([]float64{}, []float64{1}, 0) },
		"SoftHinge{0, -1}":  func() { SoftHinge{0, -1}.Pair(0, 0) },
		"SoftHinge{0, NaN}": func() { SoftHinge{0, nan}.Pair(0, 0) },
		"eps < 0":           func() { ContrastiveBeyond(Log{}, nil, -1) },
		"eps = NaN":         func() { ContrastiveBeyond(Log{}, nil, nan) },
		"points of two ℝᵈ":  func() { ContrastiveBeyond(Log{}, [][]float64{{1}, {1, 2}}, 1) },
		"points and F":      func() { ContrastiveBeyond(Log{}, [][]float64{{1}}, 1).Eval(nil, []float64{1, 2}, 0) },
		"no points":         func() { ContrastiveBeyond(Log{}, nil, 1).Eval(nil, []float64{1, 2}, 0) },
		"a point of NaN":    func() { ContrastiveBeyond(Log{}, [][]float64{{1}, {nan}}, 1) },
		"a point of Inf":    func() { ContrastiveBeyond(Log{}, [][]float64{{-inf}}, 1) },
		"NLL{-1}":           func() { NLL{-1}.Eval(nil, []float64{1}, 0) },
		"NLL{NaN}":          func() { NLL{nan}.Eval(nil, []float64{1}, 0) },
		"NLL{-1} of NaN":    func() { NLL{-1}.Eval(nil, []float64{nan}, 0) },
		"MEE{-1}":           func() { MEE{-1}.Eval(nil, []float64{1}, 0) },
		"MEE{NaN} of NaN":   func() { MEE{nan}.Eval(nil, []float64{nan}, 0) },
		"Gradient, y":       func() { Gradient(nil, NLL{1}, []float64{1}, 1, nil) },
		"soft hinge of NaN": func() { Contrastive(SoftHinge{0, -1}).Eval(nil, []float64{nan, 0}, 0) },
	} {
		const prefix = "losses: "
		func() {
			defer func() {
				if msg := fmt.Sprint(recover()); !strings.HasPrefix(msg, prefix) {
					t.Errorf("%s: recovered %q, want a panic that begins with %q", name, msg, prefix)
				}
			}()
			f()
		}()
	}
}

func BenchmarkEval(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, e := range Catalogue() {
		for _, n := range []int{2, 100, 5000} {
			F, grad := make([]float64, n), make([]float64, n)
			for i := range F {
				F[i] = r.NormFloat64()
			}
			b.Run(fmt.Sprintf("loss=%s/n=%d", e.ID, n), func(b *testing.B) {
				for b.Loop() {
					e.Loss.Eval(grad, F, 0)
				}
			})
		}
	}
}

// exactSum returns a + b + c rounded once.
func exactSum(a, b, c float64) float64 {
	s := new(big.Float).SetPrec(2200)
	for _, x := range []float64{a, b, c} {
		s.Add(s, new(big.Float).SetFloat64(x))
	}
	f, _ := s.Float64()
	return f
}

// TestSumAtTheEnd holds sum where it is a number, but the error of a part of it
// overflows on the way.
func TestSumAtTheEnd(t *testing.T) {
	a, b := 4.674002150642021e+307, -math.MaxFloat64
	if got := Sum(a, b, 0); got != a+b {
		t.Errorf("%g + %g = %g, want %g", a, b, got, a+b)
	}
	if v, dF, dFbar := (Hinge{}).Pair(a, -b); v != 0 || dF != 0 || dFbar != 0 {
		t.Errorf("hinge of (%g, %g): %g, (%g, %g), want 0", a, -b, v, dF, dFbar)
	}
}

// TestEvalAllocates: no loss allocates for a gradient that it is given, nor for a value alone.
func TestEvalAllocates(t *testing.T) {
	F := []float64{1, 2.5, 0.3, 7}
	grad := make([]float64, len(F))
	for _, e := range Catalogue() {
		for y := range F {
			for _, g := range [][]float64{grad, nil} {
				if n := testing.AllocsPerRun(20, func() { e.Loss.Eval(g, F, y) }); n != 0 {
					t.Errorf("%s of answer %d, with gradient: %v: %v allocations", e.ID, y, g != nil, n)
				}
			}
		}
	}
}
