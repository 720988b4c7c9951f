package fuzz

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"ebmcheck/losses"
	"ebmcheck/properties/exact"
)

// FuzzLosses holds every loss of the catalogue, and the pair losses with any
// parameters, to the interfaces' comments on any energies: what was in the gradient
// is overwritten, only the correct and one incorrect answer are touched, NaN and −Inf
// make everything NaN, limits are met, and nothing panics but misuse.
func FuzzLosses(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		in := tape{b}
		y, parameter, beta := int(int8(in.byte())), in.float(), in.float()
		F := in.floats(1 << 10)
		n := len(F)
		outside := y < 0 || y >= n
		cold := !(beta >= 0)
		fail := func(what any, v ...any) {
			t.Helper()
			t.Fatalf("F=%v y=%d parameter=%v β=%v: %T%+v %v", F, y, parameter, beta, what, what, v)
		}
		var pairwise []losses.PairLoss
		var asked []losses.Entry // each with these parameters, and as the catalogue has it
		for _, e := range losses.Catalogue() {
			asked = append(asked, e)
			if e.Pair != nil {
				e.Pair = with(e.Pair, parameter, beta)
				e.Loss = losses.Contrastive(e.Pair)
				pairwise = append(pairwise, e.Pair)
			} else {
				e.Loss = with(e.Loss, parameter, beta)
			}
			e.Traits = 0 // which are of the catalogue's parameters
			asked = append(asked, e)
		}
		nan := slices.ContainsFunc(F, math.IsNaN)
		wild := slices.ContainsFunc(F, func(f float64) bool { return f-f != 0 })
		minus := slices.ContainsFunc(F, func(e float64) bool { return math.IsInf(e, -1) })
		for k, e := range asked {
			l, misuse := e.Loss, outside
			if k%2 == 1 && (e.ID == "nll" || e.ID == "mee" || e.ID == "soft_hinge") {
				misuse = misuse || cold
			}
			poison := slices.Repeat([]float64{1e300}, n)
			var v, bare, chained float64
			var dW []float64
			wants(t, misuse, "losses", "Eval", func() {
				v = l.Eval(poison, F, y)
			})
			wants(t, misuse, "losses", "Eval without gradient", func() {
				bare = l.Eval(nil, F, y)
			})
			if misuse {
				continue
			}
			wants(t, true, "losses", "Eval into another length", func() { l.Eval(make([]float64, n+1), F, y) })
			chained, dW = losses.Gradient(nil, l, F, y, func(dst, g []float64) []float64 { return g })
			if !same([]float64{v, v}, []float64{bare, chained}) || !same(poison, dW) {
				fail(l, "value", v, "without gradient", bare, "chained", chained, poison, dW)
			}
			undefined := append([]float64{v}, poison...)
			touched := 0
			for i, g := range poison {
				if g != 0 && i != y && !math.IsNaN(g) {
					touched++
				}
			}
			if e.Pair != nil && touched > 1 {
				fail(l, "incorrect answers in the gradient", poison)
			}
			if nan && !same(undefined, slices.Repeat([]float64{math.NaN()}, n+1)) {
				fail(l, "of NaN", undefined)
			}
			if minus && e.Pair == nil && e.ID != "energy" && !math.IsNaN(v) {
				fail(l, "of −Inf", v)
			}
			if !nan && !minus && e.Traits&losses.NonNegative != 0 && v < 0 {
				fail(l, "negative", v)
			}
		}
		for _, p := range pairwise {
			wants(t, false, "losses", "ContrastiveBeyond", func() {
				points := make([][]float64, n)
				for i := range points {
					points[i] = []float64{float64(i)}
				}
				if outside || cold {
					return
				}
				g, h := make([]float64, n), make([]float64, n)
				if v, w := losses.ContrastiveBeyond(p, points, 0.5).Eval(g, F, y), losses.Contrastive(p).Eval(h, F, y); !same([]float64{v}, []float64{w}) || !same(g, h) {
					fail(p, "beyond ½ of integers", v, g, "of all", w, h)
				}
				if !wild {
					losses.ContrastiveBeyond(p, [][]float64{F}, math.Abs(beta))
				}
			})
		}
		wants(t, !(parameter >= 0), "losses", "ContrastiveBeyond", func() { losses.ContrastiveBeyond(losses.Log{}, nil, parameter) })
		wants(t, n != 1 || wild, "losses", "ContrastiveBeyond", func() { losses.ContrastiveBeyond(losses.Log{}, [][]float64{F, {0}}, 1) })
		if !outside {
			wants(t, n != 1 || wild, "losses", "ContrastiveBeyond's Eval", func() { losses.ContrastiveBeyond(losses.Log{}, [][]float64{F}, 0).Eval(nil, F, y) })
		}
		if n >= 2 {
			onPair(t, F[0], F[1], parameter, beta, pairwise)
		}
	})
}

// with is the loss with β, and with x for every other parameter.
func with[T any](loss T, x, beta float64) T {
	v := reflect.New(reflect.TypeOf(loss)).Elem()
	for i := range v.NumField() {
		if v.Type().Field(i).Name == "Beta" {
			v.Field(i).SetFloat(beta)
		} else {
			v.Field(i).SetFloat(x)
		}
	}
	return v.Interface().(T)
}

// onPair checks the pair losses alone, and against each other.
func onPair(t *testing.T, F, Fbar, parameter, beta float64, pairwise []losses.PairLoss) {
	cold := !(beta >= 0)
	fail := func(what any, v ...any) {
		t.Helper()
		t.Fatalf("F=%v F̄=%v β=%v: %T%+v %v", F, Fbar, beta, what, what, v)
	}
	three := func(p losses.PairLoss, F, Fbar float64) []float64 {
		v, dF, dFbar := p.Pair(F, Fbar)
		return []float64{v, dF, dFbar}
	}
	undefined := []float64{math.NaN(), math.NaN(), math.NaN()}
	for _, p := range pairwise {
		_, soft := p.(losses.SoftHinge)
		var got []float64
		wants(t, soft && cold, "losses", "Pair", func() { got = three(p, F, Fbar) })
		if soft && cold {
			continue
		}
		free := reflect.TypeOf(p).NumField() == 0
		if bad := !(F > math.Inf(-1)) || !(Fbar > math.Inf(-1)) || math.IsNaN(parameter) && !free; bad && !same(got, undefined) {
			fail(p, "undefined, but", got)
		}
		if math.IsNaN(got[0]) && !same(got, undefined) {
			fail(p, "half undefined", got)
		}
		if tutorial, ok := p.(losses.TutorialSquareSquare); ok {
			if finite := F-F == 0 && Fbar-Fbar == 0 && parameter-parameter == 0; finite {
				const prec = 2300 // enough for squares of any two float64s
				want := exact.TutorialSquareSquareOf(exact.Of(parameter, prec), exact.Of(F, prec), exact.Of(Fbar, prec))
				if !meets(got[0], want, exact.Of(0, prec)) {
					fail(p, got, "true is", want)
				}
			} else if plain := three(losses.SquareSquare(tutorial), F, Fbar); F >= 0 && !same(got, plain) {
				fail(p, got, "square-square", plain)
			}
		}
	}
	equal := func(what string, a, b []float64, ulps float64) {
		t.Helper()
		for i := range a {
			// Each is the true number to an ulp.
			if !near(a[i], b[i], ulps*math.Max(0x1p-52*math.Abs(a[i]), 0x1p-1074)) {
				fail(pairwise, what, a, b)
			}
		}
	}
	if !cold {
		nll := func(beta float64) []float64 {
			g := make([]float64, 2)
			return append([]float64{losses.NLL{Beta: beta}.Eval(g, []float64{F, Fbar}, 0)}, g...)
		}
		equal("log and NLL of two", three(losses.Log{}, F, Fbar), nll(1), 2)
		if !math.IsInf(beta, 1) {
			equal("soft hinge and NLL of two", three(losses.SoftHinge{Beta: beta}, F, Fbar), nll(beta), 2)
		}
	}
	equal("soft hinge at ∞ and hinge", three(losses.SoftHinge{Margin: parameter, Beta: math.Inf(1)}, F, Fbar), three(losses.Hinge{Margin: parameter}, F, Fbar), 0)
	equal("lvq2 without cap and hinge", three(losses.LVQ2{Cap: math.Inf(1)}, F, Fbar), three(losses.Hinge{}, F, Fbar), 0)
	if m, l := three(losses.MCE{}, F, Fbar), three(losses.Log{}, F, Fbar); !near(m[0], l[1], 0x1p-51*l[1]+0x1p-1073) {
		fail(pairwise, "MCE and the slope of log", m, l)
	}
}
