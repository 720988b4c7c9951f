package theory

import (
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/proof"
)

// weighted is the statement about sums by a measure in place of those that count: mass[j] is what answer j has of it.
func weighted(t *testing.T, s *formula.Statement) *formula.Statement {
	expr := func(text string) *formula.Expr { return formula.MustStatement(text + " = 0").Says[0].Terms[0] }
	of := func(op string, args ...*formula.Expr) *formula.Expr { return &formula.Expr{Op: op, Args: args} }
	sum := func(e, of *formula.Expr) *formula.Expr {
		return &formula.Expr{Op: "sum", Bind: e.Bind, Except: e.Except, Args: []*formula.Expr{of}}
	}
	var put func(e *formula.Expr) *formula.Expr
	put = func(e *formula.Expr) *formula.Expr {
		c := *e
		c.Args = nil
		for _, a := range e.Args {
			c.Args = append(c.Args, put(a))
		}
		mass := &formula.Expr{Op: "param", Name: "mass", Index: e.Bind}
		switch {
		case e.Op == "n":
			return expr("sum(answer: mass[answer])")
		case e.Op == "p":
			return formula.Rebind(expr("exp(-beta*F[y])/sum(answer: mass[answer]*exp(-beta*F[answer]))"), "y", e.Index)
		case e.Op == "sum":
			return sum(e, of("*", mass, c.Args[0]))
		case e.Op == "mean":
			return of("/", sum(e, of("*", mass, c.Args[0])), sum(e, mass))
		case e.Op == "logsumexp":
			return of("log", sum(e, of("*", mass, of("exp", c.Args[0]))))
		}
		return &c
	}
	s = s.Expand()
	for _, rs := range [][]formula.Relation{s.Says, s.When} {
		for i := range rs {
			for k, e := range rs[i].Terms {
				rs[i].Terms[k] = put(e)
			}
		}
	}
	w, err := formula.ParseStatement(s.String())
	if err != nil {
		t.Fatalf("%s, weighted: %v", s.Text, err)
	}
	return w
}

// counted are theorems that are false of some measures.
var counted = []string{"nll.nonnegative", "free-energy.below-all", "free-energy.hessian", "entropy.nonnegative"}

// TestMeasures: a proof that counts no answers proves its statement of sums by any measure. On cases none of these fails, and what is
// false of some measure, such as that a density is at most 1, is not said of measures.
func TestMeasures(t *testing.T) {
	held := 0
	for _, th := range Theorems {
		p, err := proof.Recheck(th.Pinned())
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Terms) == 0 || p.Counted && !slices.Contains(counted, th.name) {
			continue
		}
		s := weighted(t, formula.MustStatement(th.says))
		n, at := tried(t, s, th.Pinned().Positive, 4, 400)
		if n == 0 && at == "" { // its conditions are rarely met
			n, at = tried(t, s, th.Pinned().Positive, 1, 40000)
		}
		switch failed := at != ""; {
		case failed != p.Counted:
			t.Errorf("%s, of measures: held for %d, failed at %q; and is it one of n answers only? %v", th.name, n, at, p.Counted)
		case failed:
		case n == 0:
			t.Errorf("%s, of measures, was tried on nothing", th.name)
		default:
			held++
		}
	}
	t.Logf("%d theorems of all measures", held)
}

// ofContinua are the claims that speak of an integral or a series, with the theorems that say all of it, the functions that have an
// integral by the condition of the claim, and those that it lets one differentiate inside.
var ofContinua = map[string]struct {
	theorems, granted, inside string
	series                    bool
}{
	"C10": {theorems: "gibbs.normalised gibbs.positive gibbs.order gibbs.order-converse gibbs.shift", granted: "exp(-beta*F[j])"}, // Z < ∞
	// 0 ≤ c ≤ 1
	"C14": {theorems: "measure.scaled", granted: "exp(-beta*F[j]); c[j]*exp(-beta*F[j])"},
	// Z < ∞ at a, and so above it; 0 ≤ c ≤ 1, on a set of finite measure, and h is 0 or 1
	"C15": {theorems: "gibbs.cold-around", granted: "exp(-beta*F[j]); c[j]; h[j]*exp(-a*F[j]); h[j]*exp(-beta*F[j])"},
	// Z < ∞ at every β, and energy.between-neighbours
	"C16": {theorems: "entropy.monotone", granted: "exp(-a*F[j]); exp(-beta*F[j]); F[j]*exp(-a*F[j]); F[j]*exp(-beta*F[j])"},
	"C29": {theorems: "C29", granted: "exp(-beta*F[j])"},
	"C30": {theorems: "C30", granted: "exp(-beta*F[j])"},
	"C31": {theorems: "C31", granted: "exp(-beta*F[j])"},
	"C32": {theorems: "C32", granted: "exp(-beta*F[j])"},
	"C34": {theorems: "C34", granted: "exp(-beta*F[j]); S[j]*exp(-beta*F[j])", inside: "exp(-beta*F[j])"},
	"C39": {theorems: "C39", granted: "S[j]; S[j]*a[j]"},
	// c = e^{−βF}/q, of which the mean is Z; where ln c has none, its mean is −∞, as ln c < c, and below ln Z
	"C48": {theorems: "montecarlo.one-draw montecarlo.one-more log.jensen", granted: "exp(-beta*F[j]); q[j]*exp(-beta*F[j])/(q[j]); q[j]; q[j]*v[j]; r[j]; r[j]*s[j]; c[j]*q[j]; q[j]*log(c[j])"},
	// energies of which the loss is finite, and a set of finite measure
	"C68": {theorems: "nll.elsewhere", granted: "h[j]; exp(-beta*F[j]); exp(-beta*F[j]-beta*r*h[j])"},
}

// TestContinua: a claim that speaks of an integral is proved for integrals, those that its condition grants.
func TestContinua(t *testing.T) {
	for ref, c := range ofContinua {
		if ProvedPart(ref) != "" {
			t.Errorf("%s is proved in part", ref)
		}
		for _, name := range strings.Fields(c.theorems) {
			i := slices.IndexFunc(About(ref), func(t Theorem) bool { return t.name == name })
			if i < 0 {
				t.Errorf("%s is not about %s", name, ref)
				continue
			}
			if trouble := asksMore(t, About(ref)[i], c.granted, c.inside, c.series); trouble != "" {
				t.Errorf("%s, by %s: %s", ref, name, trouble)
			}
		}
	}
	for _, c := range []struct{ name, granted, inside string }{
		{"nll.nonnegative", "exp(-beta*F[j])", ""},                              // counts
		{"gibbs.normalised", "", ""},                                            // is not granted Z
		{"nll.by-weights", "exp(-beta*F[j]); S[j]*exp(-beta*F[j])", ""},         // nor the derivative
		{"free-energy.below-mean", "exp(-beta*F[j]); F[j]; exp(beta*F[j])", ""}, // nor that all answers have a finite measure
	} {
		i := slices.IndexFunc(Theorems, func(t Theorem) bool { return t.name == c.name })
		if asksMore(t, Theorems[i], c.granted, c.inside, false) == "" {
			t.Errorf("%s asks no more than %q and %q", c.name, c.granted, c.inside)
		}
	}
}

// asksMore says what the proof of a theorem asks of sums that is not granted.
func asksMore(t *testing.T, th Theorem, granted, inside string, series bool) string {
	p, err := proof.Recheck(th.Pinned())
	if err != nil {
		t.Fatal(err)
	}
	if p.Number || p.Counted && !series {
		return "it counts answers, or the measure of all must be finite"
	}
	for _, f := range p.Terms {
		if !slices.Contains(strings.Split(granted, "; "), f) {
			return "it asks for ∫ of " + f
		}
	}
	for _, f := range p.Under {
		if !slices.Contains(strings.Split(inside, "; "), f) {
			return "it differentiates inside, to " + f
		}
	}
	return ""
}

// TestForAll: what is said of the reach of a proof: its energies, slopes and other numbers, which of them are above 0, and what may
// stand for its sums.
func TestForAll(t *testing.T) {
	for name, want := range map[string]string{
		"chain.too-many":            "these numbers; texts of T tokens out of V words are V^T",
		"mce.not-convex":            "t > 0",
		"C57":                       "all real F̄, ∂F̄/∂W, m > 0",
		"simple.both":               "all real F, F̄, ∂F/∂W, ∂F̄/∂W, m",
		"descent.nll-without-bound": "n ≥ 1, all real r, s > 0; r = β(F̄ − F), and s grows with t without bound",
		"nll.positive":              "n ≥ 1, all real F, β > 0", // counts, and asks that they are two
		"gibbs.positive":            "n ≥ 1, all real F, β > 0; with ∫ for Σ too, where that of e^{−βF_j} exists",
		"free-energy.below-all":     "n ≥ 1, all real F, β > 0; with series for Σ too, where that of e^{−βF_j} converges",
		"free-energy.least":         "n ≥ 1, all real F, β > 0; with ∫ for Σ too, where that of e^{−βF_j} exists; n is the measure of all answers",
		"gibbs.product-of-experts":  "n ≥ 1, all real F, G, β > 0; with ∫ for Σ too, where those of e^{−βF_j} and e^{−βG_j} exist",
		"C34":                       "n ≥ 1, all real F, ∂F/∂W, β > 0; with ∫ for Σ too, where those of e^{−βF_j} and (∂F_j/∂W)·e^{−βF_j} exist, and e^{−βF_j} may be differentiated inside",
		"energy.by-beta":            "n ≥ 1, all real F, β > 0; with ∫ for Σ too, where those of e^{−βF_j}, F_j·e^{−βF_j} and F_j²·e^{−βF_j} exist, and e^{−βF_j} and F_j·e^{−βF_j} may be differentiated inside",
	} {
		th := Theorems[slices.IndexFunc(Theorems, func(t Theorem) bool { return t.name == name })]
		p, err := proof.Recheck(th.Pinned())
		if err != nil {
			t.Fatal(err)
		}
		if got := th.ForAll(p); got != want {
			t.Errorf("%s: for %s, want %s", name, got, want)
		}
	}
	for text, want := range map[string]string{"S[j]*q[j]": "(∂F_j/∂W)·q_j", "delta(i, j)": "δ_{ij}", "F[a]*q[j]": "F_a·q_j", "delta(b, j)*F[a]": "δ_{bj}·F_a"} {
		if got := functionOfAnswer(text).Unicode(); got != want {
			t.Errorf("%s is shown as %s, want %s", text, got, want)
		}
	}
}
