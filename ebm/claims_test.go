package ebm

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"ebmcheck/ebm/promise"
)

var update = flag.Bool("update", false, "write the part of reports/claims.md that is about this package")

// A claim is what is said of a piece of the package that is no operation of the catalogue: of a
// quantity, held to the truth in every case, or of an estimator, by tests that a right one fails
// with a probability of 10⁻⁹ each.
type claim struct {
	id, of, where string
	says          string
	tests         int // of an estimator, how many there are; 0 of what is exact
	refuted       func() string
	faults        map[string]func() string
}

// inCases makes a claim's check, and that of its faults, of a family of cases: the first that
// is broken.
func inCases(share int, broken ...func(r *rand.Rand) string) func() string {
	return func() string { return promise.Broken(share, broken...) }
}

// among tries a fault, or what is right, on each of the families.
func among[K any](families map[string]K, broken func(from K) func(r *rand.Rand) string) func() string {
	var all []func(r *rand.Rand) string
	for _, family := range slices.Sorted(maps.Keys(families)) {
		all = append(all, broken(families[family]))
	}
	return inCases(30, all...)
}

func claims() []claim {
	densityClaim := func(names ...string) map[string]func() string {
		faults := map[string]func() string{}
		for _, name := range names {
			faults[name] = among(draws, func(from draw) func(r *rand.Rand) string { return asDense(densityFaults[name], from) })
		}
		return faults
	}
	dense := among(draws, func(from draw) func(r *rand.Rand) string { return asDense(ofDensity, from) })
	chainClaim := func(at ...int) map[string]func() string {
		faults := map[string]func() string{}
		for _, c := range chainFaults() {
			if slices.Contains(at, c.at) {
				faults[c.fault] = inCases(30, asEnumerated(c.of, chainDraws[c.family]))
			}
		}
		return faults
	}
	chained := among(chainDraws, func(from func(r *rand.Rand) (Chain, []int, float64)) func(r *rand.Rand) string {
		return asEnumerated(chainRow, from)
	})
	statistics := map[string]map[string]func() string{"annealed": {}, "variance": {}, "contrast": {}, "states": {}, "parts": {}}
	for name, of := range annealedFaults() {
		statistics["annealed"][name] = func() string { return unbiased(of, 4, 3) }
	}
	for name, of := range varianceFaults {
		statistics["variance"][name] = func() string { return varied(of) }
	}
	for name, of := range contrastFaults {
		statistics["contrast"][name] = func() string { return contrasts(of) }
	}
	for name, of := range stateFaults {
		statistics["states"][name] = func() string { return ofStates(of) }
	}
	for name, of := range conditionalFaults {
		statistics["parts"][name] = inCases(100, partKnown(of))
	}
	return []claim{
		{"measure.density", "Gibbs.LogDensity, DensityNLL", "SOURCE 1.1(c), 1.2(b) with ∫; C14", "ln p(y) = −βF − ln Z at any y, and −(1/β) ln p(y) = F − F_β", 0, dense, densityClaim("rounded ln Z", "β forgotten")},
		{"measure.mass", "Measure.LogTotal", "C14", "the total mass is Σᵢ μᵢ", 0, dense, densityClaim("masses counted")},
		{"measure.effective-size", "Gibbs.EffectiveSize", "Kong 1992; identity 84", "1/Σᵢ pᵢ²", 0, dense, densityClaim("p not squared")},
		{"chain.nll", "Chain.NLL", "SOURCE 1.2(b); identities 41 and 79", "−(1/β) ln p(y) of a sequence", 0, chained, chainClaim(3)},
		{"chain.nll-gradient", "Chain.NLLGrad", "SOURCE 1.2(c); identities 42 and 79", "1[y_t = v] − p(y_t = v), and of pairs", 0, chained, chainClaim(6)},
		{"conditional.energies", "Conditional", "identity 92", "F and its gradients where a part u of y is known are those of (u, v), so that p(v | u, x) = p(y | x)/p(u | x)", 0, inCases(100, partKnown(Conditional{}.from)), statistics["parts"]},
		{"anneal.unbiased", "Annealing.Samples", "Neal 2001; C48", "E[ω g(y)] = ∫ g e^(−βF) dy, for g = 1 and a half line, with 1 to 8 levels", 8, func() string {
			for _, c := range [][2]int{{1, 0}, {2, 0}, {2, 3}, {8, 1}} {
				if why := unbiased(ofAnnealing, c[0], c[1]); why != "" {
					return why
				}
			}
			return ""
		}, statistics["annealed"]},
		{"anneal.variance", "Gibbs.SampleVariance", "Kong 1992", "times Ẑ² its mean is the variance of Ẑ", 1, func() string { return varied((*Gibbs).SampleVariance) }, statistics["variance"]},
		{"contrast.states", "SampleCD", "Hinton 2002, Tieleman 2008; identity 88", "of chains from y its mean is CD-k, of chains that are kept that of more steps, and in the end the gradient of the NLL", 3, func() string { return ofStates(ourWalk.cd) }, statistics["states"]},
		{"contrast.langevin", "LangevinCD", "Hinton 2002, Tieleman 2008; identity 92", "in ℝᵈ, with Langevin steps: CD-3, and PCD three steps later, of a Gaussian energy, of which all is known", 4, func() string { return contrasts(ofLangevin) }, statistics["contrast"]},
	}
}

// ofStates says what is wrong with the mean of CD-2 from an answer, of the same chains two steps
// later, and 200 steps later: shares of 20 000 chains, to Hoeffding's bound.
func ofStates(of func(P [][]float64, y int, chains []int, k int, r *rand.Rand) []float64) string {
	const N = 20_000
	F := []float64{0, 0.5, 1.5}
	P, p := Metropolis(F, 1), naive(F, 1)
	r, chains, bound := rand.New(rand.NewPCG(1, 2)), make([]int, N), hoeffding(N, len(F))
	for c := range chains {
		chains[c] = 1
	}
	for _, c := range []struct {
		y, k int
		want []float64
	}{{1, 2, CD(nil, P, 1, 2)}, {1, 2, CD(nil, P, 1, 4)}, {0, 200, []float64{1 - p[0], -p[1], -p[2]}}} {
		for j, g := range of(P, c.y, chains, c.k, r) {
			if !(math.Abs(g-c.want[j]) <= bound) {
				return fmt.Sprintf("element %d is %v, want %v ± %.2g", j, g, c.want[j], bound)
			}
		}
	}
	return ""
}

var stateFaults = map[string]func(P [][]float64, y int, chains []int, k int, r *rand.Rand) []float64{
	"chains that are not kept": func(P [][]float64, y int, chains []int, k int, r *rand.Rand) []float64 {
		return ourWalk.cd(P, y, slices.Clone(chains), k, r)
	},
	"a step less": func(P [][]float64, y int, chains []int, k int, r *rand.Rand) []float64 {
		return ourWalk.cd(P, y, chains, k-1, r)
	},
	"the other sign": func(P [][]float64, y int, chains []int, k int, r *rand.Rand) []float64 {
		g := ourWalk.cd(P, y, chains, k, r)
		for j := range g {
			g[j] = -g[j]
		}
		return g
	},
	"the answer is not pushed down": func(P [][]float64, y int, chains []int, k int, r *rand.Rand) []float64 {
		g := ourWalk.cd(P, y, chains, k, r)
		g[y]--
		return g
	},
}

// A part is how a Conditional is made of an energy of which these coordinates are known.
type part func(f Energy, ny int, known []int) Energy

func (Conditional) from(f Energy, ny int, known []int) Energy { return Conditional{f, ny, known} }

// partKnown holds value and gradients of a part to those of the whole, put together here.
func partKnown(of part) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		ny := 2 + r.IntN(4)
		f := TwoLayer{1, ny, 2}
		draw := func(n int) []float64 {
			v := make([]float64, n)
			for i := range v {
				v[i] = r.NormFloat64()
			}
			return v
		}
		w, x, y := draw(f.Params()), draw(1), draw(ny)
		known := r.Perm(ny)[:r.IntN(ny)]
		u, v, slope := slices.Clone(x), []float64(nil), []float64(nil)
		for _, j := range known {
			u = append(u, y[j])
		}
		whole := f.GradY(nil, w, x, y)
		for j := range ny {
			if !slices.Contains(known, j) {
				v, slope = append(v, y[j]), append(slope, whole[j])
			}
		}
		g := of(f, ny, known)
		got, want := append([]float64{g.Eval(w, u, v)}, g.GradW(nil, w, u, v)...), append([]float64{f.Eval(w, x, y)}, f.GradW(nil, w, x, y)...)
		got, want = append(got, g.GradY(undefined(nil, len(v)), w, u, v)...), append(want, slope...)
		if !slices.Equal(got, want) {
			return fmt.Sprintf("known %v of y = %v: %v, want %v", known, y, got, want)
		}
		return ""
	}
}

// A swapped energy has the known coordinates in another order.
type swapped struct {
	Conditional
	last bool
}

func (s swapped) turn(xu, v []float64) ([]float64, []float64) {
	xu, v = slices.Clone(xu), slices.Clone(v)
	if s.last {
		slices.Reverse(v)
	} else {
		slices.Reverse(xu[len(xu)-len(s.Known):])
	}
	return xu, v
}

func (s swapped) Eval(w, xu, v []float64) float64 {
	xu, v = s.turn(xu, v)
	return s.Conditional.Eval(w, xu, v)
}

var conditionalFaults = map[string]part{
	"the known coordinates come in ascending order": func(f Energy, ny int, known []int) Energy {
		return Conditional{f, ny, slices.Sorted(slices.Values(known))}
	},
	"the known coordinates come the other way round": func(f Energy, ny int, known []int) Energy { return swapped{Conditional{f, ny, known}, false} },
	"the others come the other way round":            func(f Energy, ny int, known []int) Energy { return swapped{Conditional{f, ny, known}, true} },
}

// TestClaims: each claim holds, and refutes what is planted for it. The page has them all, with
// the error rates of the estimators: see anneal_test.go.
func TestClaims(t *testing.T) {
	var page strings.Builder
	tests := 0
	fmt.Fprintf(&page, "| claim | of | where | says | evidence | planted faults, each refuted |\n|---|---|---|---|---|---|\n")
	for _, c := range claims() {
		if why := c.refuted(); why != "" {
			t.Errorf("%s: %s", c.id, why)
		}
		if len(c.faults) == 0 {
			t.Errorf("%s has no planted fault", c.id)
		}
		faults := slices.Sorted(maps.Keys(c.faults))
		for _, fault := range faults {
			if c.faults[fault]() == "" {
				t.Errorf("%s: %s is not refuted", c.id, fault)
			}
		}
		evidence := "every case within its bound"
		if tests += c.tests; c.tests > 0 {
			evidence = fmt.Sprintf("%d of the statistical tests", c.tests)
		}
		fmt.Fprintf(&page, "| `%s` | %s | %s | %s | %s | %s |\n", c.id, c.of, c.where, strings.ReplaceAll(c.says, "|", "\\|"), evidence, strings.Join(faults, "; "))
	}
	fmt.Fprintf(&page, "\nA right estimator fails one of the %d statistical tests with a probability of 10⁻⁹ at most, so that a whole run raises a false alarm with %d · 10⁻⁹ at most, over all seeds. One of which the mean is off by twice what a test allows, and that is spread as a right one is, passes it with 10⁻⁷ at most: the power is 1 − 10⁻⁷ there.\n", tests, tests)
	written(t, "ebm", page.String())
}

// written compares the section of reports/claims.md about a package, or writes it.
func written(t *testing.T, name, section string) {
	t.Helper()
	const page = "../reports/claims.md"
	old, err := os.ReadFile(page)
	head, rest, ok := bytes.Cut(old, []byte("\n## "+name+"\n\n"))
	if err != nil || !ok {
		t.Fatalf("%s has no section %q: %v", page, name, err)
	}
	var after []byte
	if i := bytes.Index(rest, []byte("\n## ")); i >= 0 {
		rest, after = rest[:i], rest[i:]
	}
	if string(rest) == section {
		return
	}
	if !*update {
		t.Errorf("the section %q of %s is stale: go test ./%s -run Claims -update", name, page, name)
		return
	}
	if err := os.WriteFile(page, slices.Concat(head, []byte("\n## "+name+"\n\n"), []byte(section), after), 0o644); err != nil {
		t.Fatal(err)
	}
}
