package properties

import (
	"math"
	"strings"
	"testing"

	"ebmcheck/properties/exact"
)

// judged returns the largest share of each level's allowance that a reply to c
// in float64 spends by the claim.
func judged(t *testing.T, claim string, c Call, reply Reply) (required, recommended float64) {
	t.Helper()
	return judgedIn(t, Float64, claim, c, reply)
}

func judgedIn(t *testing.T, p Precision, claim string, c Call, reply Reply) (required, recommended float64) {
	t.Helper()
	r := RegimeOf(c, p)
	for _, cl := range About(c.Op, r) {
		if cl.ID != claim {
			continue
		}
		parts, broken := cl.by(Asked{call: c, in: p, truth: c.Truth(), reply: reply, again: reply}, r)
		if broken != "" {
			return math.Inf(1), math.Inf(1)
		}
		for _, p := range parts {
			required, recommended = max(required, p.spent(Required)), max(recommended, p.spent(Recommended))
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
		call       Call
		reply      Reply
	}{
		{"(m − F̄) + F is 0, the truth 2⁻⁵³ or so: either side of the kink", "hinge.gradient",
			Call{Op: Hinge, Energies: []float64{-26.43, -18.3}, Margin: 8.13}, Reply{Grad: []float64{0, 0}}},
		{"and the other side", "hinge.gradient",
			Call{Op: Hinge, Energies: []float64{-26.43, -18.3}, Margin: 8.13}, Reply{Grad: []float64{1, -1}}},
		{"(m + F) − F̄, where the truth is below a power of two: an ulp is half as wide there", "hinge.value",
			Call{Op: Hinge, Energies: []float64{0x1.150e13d8ffcdfp+01, 0x1.2cab83daf55e7p+00}, Margin: 0.01}, Reply{Value: 0x1.ffffffffffffep-01}},
		{"a fused −βF − max x is not 0: within the bound, but more ulps of 0 than a float64 can count", "nll.value",
			Call{Op: NLL, Energies: []float64{15.999999999999998}, Beta: 0.01718162996043677}, Reply{Value: 2e-15}},
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
	tail := Call{Op: MCE, Energies: []float64{49, 0}}
	kink := Call{Op: Hinge, Energies: []float64{-26.43, -18.3}, Margin: 8.13}
	for _, test := range []struct {
		why, claim string
		call       Call
		reply      Reply
	}{
		{"the algorithm overflows to ∞, not to NaN", "square_exp.value",
			Call{Op: SquareExp, Energies: []float64{0, -711}, Gamma: 0.1}, Reply{Value: nan}},
		{"far from 0, where ulps overflow", "nll.value", Call{Op: NLL, Energies: []float64{1}, Beta: 1}, Reply{Value: 1e-14}},
		{"∞ for 0", "nll.value", Call{Op: NLL, Energies: []float64{1}, Beta: 1}, Reply{Value: inf}},
		{"NaN for 0", "nll.value", Call{Op: NLL, Energies: []float64{1}, Beta: 1}, Reply{Value: nan}},
		{"one side of the kink in F and the other in F̄", "hinge.gradient", kink, Reply{Grad: []float64{1, 0}}},
		{"beyond both sides", "hinge.gradient", kink, Reply{Grad: []float64{2, -2}}},
		{"NaN at a kink", "hinge.gradient", kink, Reply{Grad: []float64{nan, nan}}},
		{"too few numbers", "hinge.gradient", kink, Reply{Grad: []float64{1}}},
		{"no numbers", "gibbs.probabilities", Call{Op: Gibbs, Energies: []float64{0}, Beta: 1}, Reply{}},
		{"an index out of range", "infer.minimiser", Call{Op: Infer, Energies: []float64{0, 1}}, Reply{Index: 2}},
		{"a negative index", "infer.minimiser", Call{Op: Infer, Energies: []float64{0, 1}}, Reply{Index: -1}},
		{"8 ulps below 1, where 1/(1 + e^−49) cannot be off by more than 2", "mce.value", tail, Reply{Value: 1 - 0x1p-50}},
		{"the error of σ(d) far from 0 is that of two roundings, not of d", "mce.gradient", tail, Reply{Grad: []float64{1e-14, -1e-14}}},
		{"an error where there is an answer", "log.value", Call{Op: Log, Energies: []float64{0, 1}}, Reply{Error: "no"}},
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
		p     Precision
		claim string
		call  Call
		reply Reply
		right bool
	}{
		// the truth, 65536.9, just overflows
		{Float16, "square_exp.value", Call{Op: SquareExp, Energies: []float64{0, -8.90625}, Gamma: 8.8828125}, Reply{Value: 65504}, true},
		{Float16, "square_exp.value", Call{Op: SquareExp, Energies: []float64{0, -8.90625}, Gamma: 8.8828125}, Reply{Value: 64000}, false},
		{Float64, "square_exp.value", Call{Op: SquareExp, Energies: []float64{0, -1e6}, Gamma: 1}, Reply{Value: 0}, false},
		{Float64, "square_exp.value", Call{Op: SquareExp, Energies: []float64{0, -1e6}, Gamma: 1}, Reply{Value: math.MaxFloat64}, false},
		{Float64, "square_exp.value", Call{Op: SquareExp, Energies: []float64{0, -1e6}, Gamma: 1}, Reply{Value: math.Inf(1)}, true},
		{Float64, "square_exp.value", Call{Op: SquareExp, Energies: []float64{0, -708.8675}, Gamma: 2.4973068554228988}, Reply{Value: math.MaxFloat64}, true},
		// e^12 overflows, and 0.1 e^12 does not
		{Float16, "square_exp.value", Call{Op: SquareExp, Energies: []float64{0, -12}, Gamma: 0.0999755859375}, Reply{Value: math.Inf(1)}, true},
		{Float16, "square_exp.value", Call{Op: SquareExp, Energies: []float64{0, -12}, Gamma: 0.0999755859375}, Reply{Value: -7}, false},
		{Float16, "square_exp.value", Call{Op: SquareExp, Energies: []float64{0, -12}, Gamma: 0.0999755859375}, Reply{Value: math.Inf(-1)}, false},
		{Float16, "square_exp.value", Call{Op: SquareExp, Energies: []float64{0, -12}, Gamma: 0.0999755859375}, Reply{Value: math.NaN()}, false},
		// the shift is one for all: a certain winner is certain
		{BFloat16, "gibbs.probabilities", Call{Op: Gibbs, Energies: []float64{50}, Beta: 100}, Reply{Probs: []float64{0}}, false},
		{BFloat16, "gibbs.probabilities", Call{Op: Gibbs, Energies: []float64{-50, 50}, Beta: 100}, Reply{Probs: []float64{0.5, 0}}, false},
		{Float16, "mee.value", Call{Op: MEE, Energies: []float64{50}, Beta: 100}, Reply{Value: 1}, false},
		{Float32, "gibbs.probabilities", Call{Op: Gibbs, Energies: []float64{-1e6, 1e6}, Beta: 1000}, Reply{Probs: []float64{0, 1}}, false},
		{Float32, "gibbs.probabilities", Call{Op: Gibbs, Energies: []float64{-1e6, 1e6}, Beta: 1000}, Reply{Probs: []float64{1, 0}}, true},
	} {
		if required, _ := judgedIn(t, test.p, test.claim, test.call, test.reply); (required <= 1) != test.right {
			t.Errorf("%s: %v: %s spends %v of what is REQUIRED on %+v", test.p, test.call, test.claim, required, test.reply)
		}
	}
}

// TestRecommendedTail holds RECOMMENDED to the tail of log-sum-exp where
// nothing cancels: min F = 0.
func TestRecommendedTail(t *testing.T) {
	if _, recommended := judged(t, "free_energy.value", Call{Op: FreeEnergy, Energies: []float64{0, 40}, Beta: 1}, Reply{Value: 0}); recommended <= 1 {
		t.Errorf("F_β of (0, 40) as 0 spends %v of what is RECOMMENDED; the truth is −e⁻⁴⁰", recommended)
	}
}

// TestTrueUlp holds the unit of an allowance to the unit that errors are
// counted in.
func TestTrueUlp(t *testing.T) {
	for _, v := range []exact.Value{{Near: 1, Off: -0.25}, {Near: 1, Off: 0.25}, {Near: 1}, {Near: 1.5, Off: -0.1}, {Near: -2, Off: 0.2}, {Near: -2, Off: -0.2}, {Near: 0x1p-1022, Off: -0.3}} {
		u := Float64.trueUlp(v)
		if got := v.Ulps(v.Near + 8*u); math.Abs(got-8) > 1 {
			t.Errorf("%+v: 8 ulps of %g off count as %g", v, u, got)
		}
	}
}

// TestUnsupported holds a pass to cases that are not all easy: a subject that
// calls the hard ones unsupported has not run, and the limits of β are the one
// exception.
func TestUnsupported(t *testing.T) {
	ref := Reference()
	only := func(supports func(Call) bool) Subject {
		s := ref
		s.Answer = func(calls []Call) []Reply {
			replies := ref.Answer(calls)
			for i, c := range calls {
				if !supports(c) {
					replies[i] = Reply{Unsupported: "too hard"}
				}
			}
			return replies
		}
		return s
	}
	asked := 0
	for _, test := range []struct {
		name     string
		op       Op
		regime   Regime
		supports func(Call) bool
		want     Outcome
		why      string
	}{
		{"all", Log, Tame, func(Call) bool { return true }, Passed, ""},
		{"no large n", NLL, Tame, func(c Call) bool { return len(c.Energies) < 33 }, NotRun, `the stratum "n ≥ 33"`},
		{"nothing", Log, Tame, func(Call) bool { return false }, NotRun, "called all"},
		{"no limits of β", Gibbs, NonFinite, func(c Call) bool { return c.Beta > 0 && !math.IsInf(c.Beta, 1) }, Passed, ""},
		{"now and then", Log, Tame, func(Call) bool { asked++; return asked%3 > 0 }, Nondeterministic, ""},
	} {
		worst := Passed
		why := ""
		for _, r := range unitAbout(test.op, test.regime).run(only(test.supports), 1, 1000) {
			if r.Outcome != Passed {
				worst, why = r.Outcome, r.Why
			}
		}
		if worst != test.want || !strings.Contains(why, test.why) {
			t.Errorf("%s: %s (%s), want %s (%s)", test.name, worst, why, test.want, test.why)
		}
	}
}

// TestGone holds the outcome of replies that never came: a crash is named, what
// was never asked is not run, and neither is an error that could be an answer.
func TestGone(t *testing.T) {
	ref := Reference()
	for outcome, want := range map[Outcome]Outcome{Crashed: Crashed, TimedOut: TimedOut, Garbage: Garbage, NotRun: NotRun} {
		for _, r := range []Regime{Tame, NonFinite} {
			s := Funcs("gone", map[Op]func(Call) Reply{NLL: func(c Call) Reply {
				if len(c.Energies) > 3 {
					return Reply{Outcome: outcome, Error: "signal: killed"}
				}
				return ref.Answer([]Call{c})[0]
			}})
			for _, res := range unitAbout(NLL, r).run(s, 1, 500) {
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
	ref := Reference()
	for name, test := range map[string]struct {
		gives func(Call) bool
		want  Outcome
	}{
		"never":     {func(Call) bool { return false }, NotOffered},
		"sometimes": {func(c Call) bool { return c.Energies[0] > 0 }, Refuted},
	} {
		s := Funcs(name, map[Op]func(Call) Reply{Log: func(c Call) Reply {
			r := ref.Answer([]Call{c})[0]
			if !test.gives(c) {
				r.Grad = nil
			}
			return r
		}})
		for _, r := range unitAbout(Log, Tame).run(s, 1, 500) {
			want := Passed
			if r.Claim == "log.gradient" {
				want = test.want
			}
			if r.Outcome != want {
				t.Errorf("%s: %s is %s (%s), want %s", name, r.Claim, r.Outcome, r.Why, want)
			}
		}
	}
}

// TestGrade holds grades to what grade says of them.
func TestGrade(t *testing.T) {
	one, two := Real(1), Real(2)
	r := func(level Level, outcome Outcome, ulps Real) Result {
		return Result{Level: level, Outcome: outcome, Ulps: &ulps}
	}
	for _, test := range []struct {
		results []Result
		want    string
	}{
		{[]Result{r(Required, Passed, one), r(Recommended, Passed, one)}, "A+"},
		{[]Result{r(Required, Passed, two), r(Recommended, Passed, two)}, "A"},
		{[]Result{r(Required, Passed, two), r(Recommended, Refuted, two)}, "B"},
		{[]Result{r(Required, Refuted, two), r(Recommended, Refuted, two)}, "F"},
		{[]Result{r(Required, Errored, one), r(Recommended, Errored, one)}, "F"},
		{[]Result{r(Required, Nondeterministic, one), r(Recommended, Nondeterministic, one)}, "F"},
		{[]Result{r(Required, NotRun, one), r(Recommended, NotRun, one)}, ""},
		{[]Result{r(Required, NotOffered, one), r(Recommended, NotOffered, one)}, ""},
		{[]Result{r(Recommended, Passed, two)}, "A"},
		{[]Result{r(Recommended, Refuted, two)}, "B"}, // extreme: nothing is REQUIRED
	} {
		if got := grade(test.results); got != test.want {
			t.Errorf("%s/%s: grade %q, want %q", test.results[0].Outcome, test.results[len(test.results)-1].Outcome, got, test.want)
		}
	}
}

// TestShown holds how the difference of two replies, and an allowance, are
// shown.
func TestShown(t *testing.T) {
	for _, test := range []struct {
		r, o        Reply
		mine, other string
	}{
		{Reply{Value: 1}, Reply{Value: 0.5}, "1", "0.5"},
		{Reply{Grad: []float64{1, 0}}, Reply{Grad: []float64{1, math.Copysign(0, -1)}}, "0", "-0"},
		{Reply{Index: 2}, Reply{}, "2", "0"},
		{Reply{Unsupported: "n = 1"}, Reply{}, "unsupported: n = 1", "an answer"},
		{Reply{Error: "no"}, Reply{Error: "never"}, "error: no", "error: never"},
		{Reply{Probs: []float64{1}}, Reply{Probs: []float64{1, 0}}, "3 numbers", "4 numbers"},
	} {
		if mine, other := test.r.unlike(test.o); mine != test.mine || other != test.other {
			t.Errorf("%+v and %+v: %s and %s", test.r, test.o, mine, other)
		}
	}
	a := Asked{in: Float64}
	zero, one := point(exact.Value{}), point(exact.Value{Near: 1})
	for _, test := range []struct {
		p    part
		want string
	}{
		{a.newPart("value", 1+0x1p-50, one, 0x1p-52, 0, Tame), "1 ulps, off by 4"},
		{a.newPart("value", 2, zero, 0x1p-52, 0, Tame), "2.22e-16, off by 2"},
		{a.newPart("value", math.Inf(1), one, 0x1p-52, 0, Tame), "1 ulps, off by +Inf"},
		{a.newPart("value", 1, one, 0x1p-52, 0, Extreme), "anything, off by 0 ulps"},
	} {
		if got := test.p.allowance(Required); got != test.want {
			t.Errorf("%+v: %q, want %q", test.p, got, test.want)
		}
	}
}
