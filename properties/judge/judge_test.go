package judge

import (
	"math"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// judged returns the largest share of each level's allowance that a reply to c
// in float64 spends by the claim.
func judged(t *testing.T, claim string, c op.Call, reply op.Reply) (required, recommended float64) {
	t.Helper()
	return judgedIn(t, op.Float64, claim, c, reply)
}

func judgedIn(t *testing.T, p op.Precision, claim string, c op.Call, reply op.Reply) (required, recommended float64) {
	t.Helper()
	r := RegimeOf(c, p)
	for _, cl := range About(c.Op, r) {
		if cl.ID != claim {
			continue
		}
		parts, broken := cl.by(&Asked{question: newQuestion(c, p), reply: reply, again: reply})
		if broken != "" {
			return math.Inf(1), math.Inf(1)
		}
		for _, p := range parts {
			required, recommended = max(required, p.spent(result.Required)), max(recommended, p.spent(result.Recommended))
		}
		return required, recommended
	}
	t.Fatalf("no claim %s about %v in %s", claim, c, r)
	return
}

// TestRightAtRequired holds REQUIRED to accept what a literal standard
// algorithm gives where the judging itself rounds or overflows.
func TestRightAtRequired(t *testing.T) {
	for _, test := range []struct {
		why, claim string
		call       op.Call
		reply      op.Reply
	}{
		{"(m − F̄) + F is 0, the truth 2⁻⁵³ or so: either side of the kink", "hinge.gradient",
			op.Call{Op: op.Hinge, Energies: []float64{-26.43, -18.3}, Margin: 8.13}, op.Reply{Grad: []float64{0, 0}}},
		{"and the other side", "hinge.gradient",
			op.Call{Op: op.Hinge, Energies: []float64{-26.43, -18.3}, Margin: 8.13}, op.Reply{Grad: []float64{1, -1}}},
		{"(m + F) − F̄, where the truth is below a power of two: an ulp is half as wide there", "hinge.value",
			op.Call{Op: op.Hinge, Energies: []float64{0x1.150e13d8ffcdfp+01, 0x1.2cab83daf55e7p+00}, Margin: 0.01}, op.Reply{Value: 0x1.ffffffffffffep-01}},
		{"a fused −βF − max x is not 0: within the bound, but more ulps of 0 than a float64 can count", "nll.value",
			op.Call{Op: op.NLL, Energies: []float64{15.999999999999998}, Beta: 0.01718162996043677}, op.Reply{Value: 2e-15}},
		{"lse(x) rounds, half of 2⁻³⁴, and x_y is taken away exactly", "nll.value",
			op.Call{Op: op.NLL, Energies: []float64{3e5, 300050}, Beta: 1}, op.Reply{Value: 0x1p-35}},
		{"an infinity of a NaN", "free_energy.nonfinite",
			op.Call{Op: op.FreeEnergy, Energies: []float64{0, math.NaN()}, Beta: 1}, op.Reply{Value: math.Inf(1), Grad: []float64{0, 0}}},
		{"e^711 overflows on the way", "square_exp.finite",
			op.Call{Op: op.SquareExp, Energies: []float64{0, -711}, Gamma: 0.1}, op.Reply{Value: math.NaN()}},
		{"the slope of a minimiser, through the maximum", "nll.sign",
			op.Call{Op: op.NLL, Energies: []float64{0, 1}, Beta: 1}, op.Reply{Value: 1, Grad: []float64{-1e-16, -0.3}}},
		{"−βF − max x of one rounding: 10/3 is off by 2⁻⁵² or so", "nll.sign",
			op.Call{Op: op.NLL, Energies: []float64{10, 100}, Beta: 1.0 / 3}, op.Reply{Value: -0x1p-51, Grad: []float64{0, 0}}},
		{"F − F̄ overflows, and so does what is 0 or 1 by it", "log.finite",
			op.Call{Op: op.Log, Energies: []float64{-math.MaxFloat64, math.MaxFloat64}}, op.Reply{Value: math.NaN(), Grad: []float64{math.NaN(), math.NaN()}}},
		{"m − F̄ overflows, and is selected by 0·∞", "simple.finite",
			op.Call{Op: op.Simple, Energies: []float64{0, math.MaxFloat64}, Margin: -1e300}, op.Reply{Value: math.NaN(), Grad: []float64{0, 0}}},
		{"1 − w·(1/Σ) of one rounding after that of 1/Σ", "mee.sign",
			op.Call{Op: op.MEE, Energies: []float64{0, 40}, Beta: 1}, op.Reply{Value: -0x1p-53, Grad: []float64{0, 0}}},
		{"and of the largest number by so much that exp overflows", "gibbs.finite",
			op.Call{Op: op.Gibbs, Energies: []float64{-math.MaxFloat64}, Beta: 1.0 / 3}, op.Reply{Probs: []float64{math.NaN()}}},
	} {
		if required, _ := judged(t, test.claim, test.call, test.reply); !(required <= 1) {
			t.Errorf("%v: %s spends %v of what is REQUIRED, but is right: %s", test.call, test.claim, required, test.why)
		}
	}
}

// TestWrongAtRequired holds REQUIRED to refuse what is no answer, whatever its
// bound is.
func TestWrongAtRequired(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	tail := op.Call{Op: op.MCE, Energies: []float64{49, 0}}
	kink := op.Call{Op: op.Hinge, Energies: []float64{-26.43, -18.3}, Margin: 8.13}
	squared, err := op.Define("squared_for_sign", "pos(m + F[y] - F[ybar])^2")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		why, claim string
		call       op.Call
		reply      op.Reply
	}{
		{"the algorithm overflows to ∞, not to NaN", "square_exp.value",
			op.Call{Op: op.SquareExp, Energies: []float64{0, -711}, Gamma: 0.1}, op.Reply{Value: nan}},
		{"far from 0, where ulps overflow", "nll.value", op.Call{Op: op.NLL, Energies: []float64{1}, Beta: 1}, op.Reply{Value: 1e-14}},
		{"∞ for 0", "nll.value", op.Call{Op: op.NLL, Energies: []float64{1}, Beta: 1}, op.Reply{Value: inf}},
		{"NaN for 0", "nll.value", op.Call{Op: op.NLL, Energies: []float64{1}, Beta: 1}, op.Reply{Value: nan}},
		{"one side of the kink in F and the other in F̄", "hinge.gradient", kink, op.Reply{Grad: []float64{1, 0}}},
		{"beyond both sides", "hinge.gradient", kink, op.Reply{Grad: []float64{2, -2}}},
		{"NaN at a kink", "hinge.gradient", kink, op.Reply{Grad: []float64{nan, nan}}},
		{"too few numbers", "hinge.gradient", kink, op.Reply{Grad: []float64{1}}},
		{"no numbers", "gibbs.probabilities", op.Call{Op: op.Gibbs, Energies: []float64{0}, Beta: 1}, op.Reply{}},
		{"an index out of range", "infer.minimiser", op.Call{Op: op.Infer, Energies: []float64{0, 1}}, op.Reply{Index: 2}},
		{"a negative index", "infer.minimiser", op.Call{Op: op.Infer, Energies: []float64{0, 1}}, op.Reply{Index: -1}},
		{"8 ulps below 1, where 1/(1 + e^−49) cannot be off by more than 2", "mce.value", tail, op.Reply{Value: 1 - 0x1p-50}},
		{"the error of σ(d) far from 0 is that of two roundings, not of d", "mce.gradient", tail, op.Reply{Grad: []float64{1e-14, -1e-14}}},
		{"the common shift counts once", "nll.value",
			op.Call{Op: op.NLL, Energies: []float64{3e5, 300050}, Beta: 1}, op.Reply{Value: 4.4e-11}},
		{"below 0 by a rounding", "nll.sign", op.Call{Op: op.NLL, Energies: []float64{0, 40}, Beta: 1}, op.Reply{Value: -0x1p-52, Grad: []float64{0, 0}}},
		{"below 0 by more than one rounding", "mee.sign", op.Call{Op: op.MEE, Energies: []float64{0, 40}, Beta: 1}, op.Reply{Value: -0x1.8p-53, Grad: []float64{0, 0}}},
		{"the slope of a wrong answer", "nll.sign", op.Call{Op: op.NLL, Energies: []float64{0, 40}, Beta: 1}, op.Reply{Grad: []float64{0, 1e-18}}},
		{"below 0, and 0/3 does not round", "nll.sign", op.Call{Op: op.NLL, Energies: []float64{0, 100}, Beta: 1.0 / 3}, op.Reply{Value: -0x1p-51, Grad: []float64{0, 0}}},
		{"NaN of the largest number, and half of it does not round", "gibbs.finite",
			op.Call{Op: op.Gibbs, Energies: []float64{-math.MaxFloat64}, Beta: 0.5}, op.Reply{Probs: []float64{nan}}},
		{"a square, as it is written, below 0", "squared_for_sign.sign", op.Call{Op: squared, Energies: []float64{0, 2}, Margin: 1}, op.Reply{Value: -5e-324}},
		{"a probability past 1", "gibbs.sign", op.Call{Op: op.Gibbs, Energies: []float64{0, 40}, Beta: 1}, op.Reply{Probs: []float64{1 + 0x1p-52, 0}}},
		{"NaN of the largest numbers", "nll.finite",
			op.Call{Op: op.NLL, Energies: []float64{math.MaxFloat64, math.MaxFloat64}, Beta: 1}, op.Reply{Value: nan, Grad: []float64{nan, nan}}},
		{"of the value alone", "nll.finite",
			op.Call{Op: op.NLL, Energies: []float64{math.MaxFloat64, math.MaxFloat64}, Beta: 1}, op.Reply{Value: nan, Grad: []float64{0.5, -0.5}}},
		{"∞ for 0", "log.finite", op.Call{Op: op.Log, Energies: []float64{0, 1.68e7}}, op.Reply{Value: inf, Grad: []float64{0, 0}}},
		{"NaN for 0, and m − F̄ is a number yet", "simple.finite",
			op.Call{Op: op.Simple, Energies: []float64{0, math.MaxFloat64}, Margin: 1e300}, op.Reply{Value: nan, Grad: []float64{0, 0}}},
		{"NaN for 0, and F − F̄ is a number yet", "mce.finite", op.Call{Op: op.MCE, Energies: []float64{0, math.MaxFloat64}}, op.Reply{Value: nan, Grad: []float64{0, 0}}},
		{"a number out of NaN", "hinge.nonfinite", op.Call{Op: op.Hinge, Energies: []float64{0, nan}, Margin: 1}, op.Reply{Value: 0, Grad: []float64{0, 0}}},
		{"mass on an impossible answer", "gibbs.impossible", op.Call{Op: op.Gibbs, Energies: []float64{0, inf}, Beta: 1}, op.Reply{Probs: []float64{1, 1e-320}}},
		{"an error where there is an answer", "log.value", op.Call{Op: op.Log, Energies: []float64{0, 1}}, op.Reply{Error: "no"}},
	} {
		if required, _ := judged(t, test.claim, test.call, test.reply); required <= 1 {
			t.Errorf("%v: %s accepts %+v at REQUIRED: %s", test.call, test.claim, test.reply, test.why)
		}
	}
}

// TestRequiredIn holds REQUIRED in each precision to what is right at the ends
// of the format, and to what cannot be right although much rounds.
func TestRequiredIn(t *testing.T) {
	for _, test := range []struct {
		p     op.Precision
		claim string
		call  op.Call
		reply op.Reply
		right bool
	}{
		// the truth, 65536.9, just overflows
		{op.Float16, "square_exp.value", op.Call{Op: op.SquareExp, Energies: []float64{0, -8.90625}, Gamma: 8.8828125}, op.Reply{Value: 65504}, true},
		{op.Float16, "square_exp.value", op.Call{Op: op.SquareExp, Energies: []float64{0, -8.90625}, Gamma: 8.8828125}, op.Reply{Value: 64000}, false},
		{op.Float64, "square_exp.value", op.Call{Op: op.SquareExp, Energies: []float64{0, -1e6}, Gamma: 1}, op.Reply{Value: 0}, false},
		{op.Float64, "square_exp.value", op.Call{Op: op.SquareExp, Energies: []float64{0, -1e6}, Gamma: 1}, op.Reply{Value: math.MaxFloat64}, false},
		{op.Float64, "square_exp.value", op.Call{Op: op.SquareExp, Energies: []float64{0, -1e6}, Gamma: 1}, op.Reply{Value: math.Inf(1)}, true},
		{op.Float64, "square_exp.value", op.Call{Op: op.SquareExp, Energies: []float64{0, -708.8675}, Gamma: 2.4973068554228988}, op.Reply{Value: math.MaxFloat64}, true},
		// e^12 overflows, and 0.1 e^12 does not
		{op.Float16, "square_exp.value", op.Call{Op: op.SquareExp, Energies: []float64{0, -12}, Gamma: 0.0999755859375}, op.Reply{Value: math.Inf(1)}, true},
		{op.Float16, "square_exp.value", op.Call{Op: op.SquareExp, Energies: []float64{0, -12}, Gamma: 0.0999755859375}, op.Reply{Value: -7}, false},
		{op.Float16, "square_exp.value", op.Call{Op: op.SquareExp, Energies: []float64{0, -12}, Gamma: 0.0999755859375}, op.Reply{Value: math.Inf(-1)}, false},
		{op.Float16, "square_exp.value", op.Call{Op: op.SquareExp, Energies: []float64{0, -12}, Gamma: 0.0999755859375}, op.Reply{Value: math.NaN()}, false},
		{op.BFloat16, "gibbs.format", op.Call{Op: op.Gibbs, Energies: []float64{0, 0, 0}, Beta: 1}, op.Reply{Probs: []float64{1.0 / 3, 1.0 / 3, 1.0 / 3}}, false},
		{op.BFloat16, "gibbs.format", op.Call{Op: op.Gibbs, Energies: []float64{0, 0, 0}, Beta: 1}, op.Reply{Probs: []float64{0.333984375, math.NaN(), math.Inf(1)}}, true},
		// the shift is one for all: a certain winner is certain
		{op.BFloat16, "gibbs.probabilities", op.Call{Op: op.Gibbs, Energies: []float64{50}, Beta: 100}, op.Reply{Probs: []float64{0}}, false},
		{op.BFloat16, "gibbs.probabilities", op.Call{Op: op.Gibbs, Energies: []float64{-50, 50}, Beta: 100}, op.Reply{Probs: []float64{0.5, 0}}, false},
		{op.Float16, "mee.value", op.Call{Op: op.MEE, Energies: []float64{50}, Beta: 100}, op.Reply{Value: 1}, false},
		{op.Float32, "gibbs.probabilities", op.Call{Op: op.Gibbs, Energies: []float64{-1e6, 1e6}, Beta: 1000}, op.Reply{Probs: []float64{0, 1}}, false},
		{op.Float32, "gibbs.probabilities", op.Call{Op: op.Gibbs, Energies: []float64{-1e6, 1e6}, Beta: 1000}, op.Reply{Probs: []float64{1, 0}}, true},
	} {
		if required, _ := judgedIn(t, test.p, test.claim, test.call, test.reply); (required <= 1) != test.right {
			t.Errorf("%s: %v: %s spends %v of what is REQUIRED on %+v", test.p, test.call, test.claim, required, test.reply)
		}
	}
}

// TestRecommendedTail holds RECOMMENDED to the tail of log-sum-exp where
// nothing cancels: min F = 0.
func TestRecommendedTail(t *testing.T) {
	if _, recommended := judged(t, "free_energy.value", op.Call{Op: op.FreeEnergy, Energies: []float64{0, 40}, Beta: 1}, op.Reply{Value: 0}); recommended <= 1 {
		t.Errorf("F_β of (0, 40) as 0 spends %v of what is RECOMMENDED; the truth is −e⁻⁴⁰", recommended)
	}
}

// TestTrueUlp holds the unit of an allowance to the unit that errors are
// counted in.
func TestTrueUlp(t *testing.T) {
	for _, v := range []exact.Value{{Near: 1, Off: -0.25}, {Near: 1, Off: 0.25}, {Near: 1}, {Near: 1.5, Off: -0.1}, {Near: -2, Off: 0.2}, {Near: -2, Off: -0.2}, {Near: 0x1p-1022, Off: -0.3}} {
		u := op.Float64.TrueUlp(v)
		if got := v.Ulps(v.Near + 8*u); math.Abs(got-8) > 1 {
			t.Errorf("%+v: 8 ulps of %g off count as %g", v, u, got)
		}
	}
}

// TestUnsupported holds a pass to cases that are not all easy: a subject that
// calls the hard ones unsupported has not run, but that the limits of β and impossible
// answers, all of them, are not offered then.
func TestUnsupported(t *testing.T) {
	ref := op.Reference()
	only := func(supports func(op.Call) bool) op.Subject {
		s := ref
		s.Answer = func(calls []op.Call) []op.Reply {
			replies := ref.Answer(calls)
			for i, c := range calls {
				if !supports(c) {
					replies[i] = op.Reply{Unsupported: "too hard"}
				}
			}
			return replies
		}
		return s
	}
	asked := 0
	for _, test := range []struct {
		name     string
		op       op.Op
		regime   Regime
		supports func(op.Call) bool
		want     result.Outcome
		why      string
	}{
		{"all", op.Log, Tame, func(op.Call) bool { return true }, result.Passed, ""},
		{"no large n", op.NLL, Tame, func(c op.Call) bool { return len(c.Energies) < 33 }, result.NotRun, `the stratum "n ≥ 33"`},
		{"nothing", op.Log, Tame, func(op.Call) bool { return false }, result.NotRun, "called all"},
		{"no limits of β", op.Gibbs, NonFinite, func(c op.Call) bool { return c.Beta != 0 && !math.IsInf(c.Beta, 1) }, result.Passed, ""},
		{"no NaN for β", op.Gibbs, NonFinite, func(c op.Call) bool { return !math.IsNaN(c.Beta) }, result.NotOffered, "cases unsupported"},
		{"nothing but finite energies", op.Hinge, NonFinite, finiteOrNaN, result.NotOffered, "called all"},
		{"no two impossible answers", op.NLL, NonFinite, func(c op.Call) bool { return len(c.Energies) < 4 || impossibles(c) < 2 }, result.NotRun, "two or more impossible"},
		{"no NaN", op.Hinge, NonFinite, func(c op.Call) bool { return !slices.ContainsFunc(c.Energies, math.IsNaN) }, result.NotRun, `"NaN"`},
		{"now and then", op.Log, Tame, func(op.Call) bool { asked++; return asked%3 > 0 }, result.Nondeterministic, ""},
	} {
		worst := result.Passed
		why := ""
		for _, r := range unitAbout(test.op, test.regime).Run(only(test.supports), 1, 1000) {
			if strings.HasSuffix(r.Claim, ".format") { // in float64 none can fail
				continue
			}
			if r.Claim == "gibbs.limits" && test.name == "no limits of β" {
				r.Outcome = map[result.Outcome]result.Outcome{result.NotOffered: result.Passed}[r.Outcome]
			}
			if r.Outcome != result.Passed {
				worst, why = r.Outcome, r.Why
			}
		}
		if worst != test.want || !strings.Contains(why, test.why) {
			t.Errorf("%s: %s (%s), want %s (%s)", test.name, worst, why, test.want, test.why)
		}
	}
}

// TestRefusesWhatIsNotFinite: one who raises an error at NaN, and calls infinities
// unsupported, has answered nothing that could be impure, and nothing impossible; of one
// who raises an error at infinities, too, that is an error.
func TestRefusesWhatIsNotFinite(t *testing.T) {
	for _, infinite := range []op.Reply{{Unsupported: "an infinity"}, {Error: "an infinity"}} {
		s := op.Funcs("finite", map[op.Op]func(op.Call) op.Reply{op.Hinge: func(c op.Call) op.Reply {
			switch {
			case !finiteOrNaN(c):
				return infinite
			case NonFinite.belongs(c):
				return op.Reply{Error: "NaN"}
			}
			return op.Hinge.Row().Reference(c)
		}})
		want := map[string]result.Outcome{"hinge.nonfinite": result.Passed, "hinge.parameters": result.Passed, "hinge.pure": result.NotOffered, "hinge.impossible": result.NotOffered}
		if infinite.Error != "" {
			want["hinge.impossible"] = result.Errored
		}
		for _, r := range unitAbout(op.Hinge, NonFinite).Run(s, 1, 1000) {
			if w := want[r.Claim]; w != "" && r.Outcome != w {
				t.Errorf("%+v: %s is %s (%s), want %s", infinite, r.Claim, r.Outcome, r.Why, w)
			}
			if says := strings.Contains(r.Why, "finite energies only"); r.Claim == "hinge.impossible" && says != (infinite.Error == "") {
				t.Errorf("%+v: of impossible answers it is said %q", infinite, r.Why)
			}
		}
	}
}

// finiteOrNaN reports whether no energy of c is infinite.
func finiteOrNaN(c op.Call) bool {
	return !slices.ContainsFunc(c.Energies, func(f float64) bool { return math.IsInf(f, 0) })
}

// impossibles is how many answers of c are impossible.
func impossibles(c op.Call) int {
	n := 0
	for _, f := range c.Energies {
		if math.IsInf(f, 1) {
			n++
		}
	}
	return n
}

// TestGone holds the outcome of replies that never came: a crash is named, what
// was never asked is not run, and neither is an error that could be an answer.
func TestGone(t *testing.T) {
	ref := op.Reference()
	for outcome, want := range map[result.Outcome]result.Outcome{result.Crashed: result.Crashed, result.TimedOut: result.TimedOut, result.Garbage: result.Garbage, result.NotRun: result.NotRun} {
		for _, r := range []Regime{Tame, NonFinite} {
			s := op.Funcs("gone", map[op.Op]func(op.Call) op.Reply{op.NLL: func(c op.Call) op.Reply {
				if len(c.Energies) > 3 {
					return op.Reply{Outcome: outcome, Error: "signal: killed"}
				}
				return ref.Answer([]op.Call{c})[0]
			}})
			for _, res := range unitAbout(op.NLL, r).Run(s, 1, 500) {
				if res.Claim == "nll.format" { // in float64 none can fail
					continue
				}
				if res.Outcome != want || res.Why != "signal: killed" {
					t.Errorf("%s/%s/%s: %s (%s), want %s", res.Claim, r, res.Level, res.Outcome, res.Why, want)
				}
			}
		}
	}
}

// TestGradient holds the gradient's claim to subjects that give none, and to
// those that give one only sometimes.
func TestGradient(t *testing.T) {
	ref := op.Reference()
	for name, test := range map[string]struct {
		gives func(op.Call) bool
		want  result.Outcome
	}{
		"never":     {func(op.Call) bool { return false }, result.NotOffered},
		"sometimes": {func(c op.Call) bool { return c.Energies[0] > 0 }, result.Refuted},
	} {
		s := op.Funcs(name, map[op.Op]func(op.Call) op.Reply{op.Log: func(c op.Call) op.Reply {
			r := ref.Answer([]op.Call{c})[0]
			if !test.gives(c) {
				r.Grad = nil
			}
			return r
		}})
		for _, r := range unitAbout(op.Log, Tame).Run(s, 1, 500) {
			want := result.Passed
			if r.Claim == "log.gradient" {
				want = test.want
			}
			if r.Claim == "log.format" { // in float64 none can fail
				want = result.NotOffered
			}
			if r.Outcome != want {
				t.Errorf("%s: %s is %s (%s), want %s", name, r.Claim, r.Outcome, r.Why, want)
			}
		}
	}
}

// TestGrade holds grades to what grade says of them.
func TestGrade(t *testing.T) {
	one, two := result.Real(1), result.Real(2)
	r := func(level result.Level, outcome result.Outcome, ulps result.Real) result.Result {
		return result.Result{Level: level, Outcome: outcome, Ulps: &ulps}
	}
	for _, test := range []struct {
		results []result.Result
		want    string
	}{
		{[]result.Result{r(result.Required, result.Passed, one), r(result.Recommended, result.Passed, one)}, "A+"},
		{[]result.Result{r(result.Required, result.Passed, two), r(result.Recommended, result.Passed, two)}, "A"},
		{[]result.Result{r(result.Required, result.Passed, two), r(result.Recommended, result.Refuted, two)}, "B"},
		{[]result.Result{r(result.Required, result.Refuted, two), r(result.Recommended, result.Refuted, two)}, "F"},
		{[]result.Result{r(result.Required, result.Errored, one), r(result.Recommended, result.Errored, one)}, "F"},
		{[]result.Result{r(result.Required, result.Nondeterministic, one), r(result.Recommended, result.Nondeterministic, one)}, "F"},
		{[]result.Result{r(result.Required, result.NotRun, one), r(result.Recommended, result.NotRun, one)}, ""},
		{[]result.Result{r(result.Required, result.NotOffered, one), r(result.Recommended, result.NotOffered, one)}, ""},
		{[]result.Result{r(result.Recommended, result.Passed, two)}, "A"},
		{[]result.Result{r(result.Recommended, result.Refuted, two)}, "–"}, // extreme: nothing is REQUIRED
	} {
		if got := Grade(test.results, true); got != test.want {
			t.Errorf("%s/%s: grade %q, want %q", test.results[0].Outcome, test.results[len(test.results)-1].Outcome, got, test.want)
		}
	}
	if got := Grade([]result.Result{r(result.Required, result.Passed, two), r(result.Recommended, result.Refuted, two)}, false); got != "–" {
		t.Errorf("where REQUIRED asks nothing: grade %q, want –", got)
	}
}

// TestShown holds how the difference of two replies, and an allowance, are
// shown.
func TestShown(t *testing.T) {
	for _, test := range []struct {
		r, o        op.Reply
		mine, other string
	}{
		{op.Reply{Value: 1}, op.Reply{Value: 0.5}, "1", "0.5"},
		{op.Reply{Grad: []float64{1, 0}}, op.Reply{Grad: []float64{1, math.Copysign(0, -1)}}, "0", "-0"},
		{op.Reply{Index: 2}, op.Reply{}, "2", "0"},
		{op.Reply{Unsupported: "n = 1"}, op.Reply{}, "unsupported: n = 1", "an answer"},
		{op.Reply{Error: "no"}, op.Reply{Error: "never"}, "error: no", "error: never"},
		{op.Reply{Probs: []float64{1}}, op.Reply{Probs: []float64{1, 0}}, "3 numbers", "4 numbers"},
	} {
		if mine, other := test.r.Unlike(test.o); mine != test.mine || other != test.other {
			t.Errorf("%+v and %+v: %s and %s", test.r, test.o, mine, other)
		}
	}
	a := &Asked{question: &question{in: op.Float64}}
	zero, one := point(exact.Value{}), point(exact.Value{Near: 1})
	for _, test := range []struct {
		p    part
		want string
	}{
		{a.newPart("value", 1+0x1p-50, one, 0x1p-52, 0, 0), "1 ulps, off by 4"},
		{a.newPart("value", 2, zero, 0x1p-52, 0, 0), "2.22e-16, off by 2"},
		{a.newPart("value", math.Inf(1), one, 0x1p-52, 0, 0), "1 ulps, off by +Inf"},
		{a.newPart("value", math.Inf(1), zero, 0x1p-40, 0, 0), "a number"}, // more ulps of 0 than there are
		{a.newPart("value", math.NaN(), zero, 0x1p-40, 0, 0), "a number"},
		{a.newPart("value", 2, one, math.Inf(1), 0, 0), "anything, off by 4.5e+15 ulps"},
		{part{rule: "at least 0"}, "at least 0"},
	} {
		if got := test.p.allowance(result.Required); got != test.want {
			t.Errorf("%+v: %q, want %q", test.p, got, test.want)
		}
	}
}

// TestOnlyErrors holds that a subject that refuses everything passes nothing, not even that
// it answers the same twice; and that one that refuses some calls does pass that.
func TestOnlyErrors(t *testing.T) {
	ref := op.Reference()
	for _, all := range []bool{true, false} {
		s := op.Funcs("refuses", map[op.Op]func(op.Call) op.Reply{op.Log: func(c op.Call) op.Reply {
			if all || c.Energies[0] > c.Energies[1] {
				return op.Reply{Error: "no"}
			}
			return ref.Answer([]op.Call{c})[0]
		}})
		for _, r := range unitAbout(op.Log, Tame).Run(s, 1, 200) {
			want := result.Errored
			if r.Claim == "log.gradient" && all || r.Claim == "log.format" {
				continue // it gives none, and in float64 none can fail
			}
			if !all && (r.Claim == "log.pure" || r.Claim == "log.sign") {
				want = result.Passed
			}
			if r.Outcome != want || want == result.Errored && !strings.HasSuffix(r.Why, "no") {
				t.Errorf("all %v: %s is %s: %s, want %s", all, r.Claim, r.Outcome, r.Why, want)
			}
		}
	}
}
