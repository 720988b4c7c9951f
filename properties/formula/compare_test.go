package formula_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/formula"
)

// A call is a question that package exact answers, too.
type call struct {
	F                    []float64
	y                    int
	beta, m, gamma, most float64
}

// catalogue are the losses of package exact, as formulas.
var catalogue = []struct {
	name, formula string
	pair          bool
	truth         func(c call) exact.Truth
}{
	{"energy", "F[y]", false, func(c call) exact.Truth { return exact.Energy(c.F, c.y) }},
	{"perceptron", "F[y] - min(j: F[j])", false, func(c call) exact.Truth { return exact.Perceptron(c.F, c.y) }},
	{"free energy", "-logsumexp(j: -beta*F[j])/beta", false, func(c call) exact.Truth { return exact.FreeEnergy(c.F, c.beta) }},
	{"nll", "F[y] + logsumexp(j: -beta*F[j])/beta", false, func(c call) exact.Truth { return exact.NLL(c.F, c.y, c.beta) }},
	{"mee", "1 - p[y]", false, func(c call) exact.Truth { return exact.MEE(c.F, c.y, c.beta) }},
	{"simple", "pos(F[y]) + pos(m - F[ybar])", true, func(c call) exact.Truth { return exact.Simple(c.F[0], c.F[1], c.m) }},
	{"hinge", "pos(m + F[y] - F[ybar])", true, func(c call) exact.Truth { return exact.Hinge(c.F[0], c.F[1], c.m) }},
	{"log", "softplus(F[y] - F[ybar])", true, func(c call) exact.Truth { return exact.Log(c.F[0], c.F[1]) }},
	{"soft hinge", "softplus(beta*(m + F[y] - F[ybar]))/beta", true, func(c call) exact.Truth { return exact.SoftHinge(c.F[0], c.F[1], c.m, c.beta) }},
	{"square-square", "pos(F[y])^2 + pos(m - F[ybar])^2", true, func(c call) exact.Truth { return exact.SquareSquare(c.F[0], c.F[1], c.m) }},
	{"square-exp", "F[y]^2 + gamma*exp(-F[ybar])", true, func(c call) exact.Truth { return exact.SquareExp(c.F[0], c.F[1], c.gamma) }},
	{"mce", "sigmoid(F[y] - F[ybar])", true, func(c call) exact.Truth { return exact.MCE(c.F[0], c.F[1]) }},
	{"lvq2", "min(M, pos(F[y] - F[ybar]))", true, func(c call) exact.Truth { return exact.LVQ2(c.F[0], c.F[1], c.most) }},
}

// regimes say how large the energies and β are.
var regimes = []struct {
	name     string
	energy   func(r *rand.Rand) float64
	beta     func(r *rand.Rand) float64
	infinite bool
}{
	{"tame", func(r *rand.Rand) float64 {
		return pick(r, 0, 1, -1, 0.5, 0.3, -0.7, 50, -50, 36.7368005696771, 1e-9, 1+0x1p-52, math.Ln2, 100*r.Float64()-50)
	},
		func(r *rand.Rand) float64 { return pick(r, 1, 2, 0.5, 0.01, 100, 10*r.Float64()+0.01) }, false},
	{"wide", func(r *rand.Rand) float64 {
		return pick(r, 0, 1e6, -1e6, 1, 1e-6, -999999, float64(r.IntN(2_000_001)-1_000_000), r.Float64())
	},
		func(r *rand.Rand) float64 { return pick(r, 1, 1e3, 1e-3, 2, 1000*r.Float64()) }, false},
	{"extreme", func(r *rand.Rand) float64 {
		return pick(r, 0, math.MaxFloat64, -math.MaxFloat64, 5e-324, -5e-324, 1e300, 1e-300, 0x1p-1022, math.Ldexp(r.Float64()-0.5, r.IntN(2000)-1000))
	}, func(r *rand.Rand) float64 {
		return pick(r, 1, 1e300, 1e-300, math.MaxFloat64, 5e-324, math.Ldexp(r.Float64()+0.5, r.IntN(2000)-1000))
	}, false},
	{"non-finite", func(r *rand.Rand) float64 {
		return pick(r, 0, 1, -1, math.Inf(1), math.Inf(1), 7, 100*r.Float64()-50, math.NaN(), math.Inf(-1))
	},
		func(r *rand.Rand) float64 { return pick(r, 1, 2, 0.5) }, true},
}

func pick(r *rand.Rand, xs ...float64) float64 { return xs[r.IntN(len(xs))] }

// same reports whether two values are of one number.
func same(a, b exact.Value) bool {
	if !a.Defined() || !b.Defined() || math.IsInf(a.Near, 0) || math.IsInf(b.Near, 0) || a.Near == 0 {
		return a.Near == b.Near || !a.Defined() && !b.Defined()
	}
	if a.Near != b.Near { // next to each other, and the number all but halfway between
		return a.Near == math.Nextafter(b.Near, a.Near) && math.Abs(math.Abs(a.Off)-0.5)+a.Err < 0x1p-19 && math.Abs(math.Abs(b.Off)-0.5)+b.Err < 0x1p-19
	}
	return math.Abs(a.Off-b.Off) <= a.Err+b.Err+0x1p-60
}

// isPossible reports whether all energies are numbers, or impossible, but not all impossible.
func isPossible(F []float64) bool {
	some := false
	for _, f := range F {
		if !(f > math.Inf(-1)) {
			return false
		}
		some = some || f < math.Inf(1)
	}
	return some
}

// TestTruth: the truth of a formula is that of package exact, wherever both have one.
func TestTruth(t *testing.T) {
	for _, l := range catalogue {
		f := formula.MustParse(l.formula)
		if f.Pair != (l.pair || l.name == "energy") {
			t.Errorf("%s: Pair is %v", l.name, f.Pair)
		}
		programs := map[int]*formula.Program{}
		for _, regime := range regimes {
			r := rand.New(rand.NewPCG(1, 2))
			defined, undefined, wider := 0, 0, 0
			for range 300 {
				c := call{y: 0, beta: regime.beta(r), m: pick(r, 0, 1, 0.5, 10*r.Float64()), gamma: pick(r, 1, 0.5, 0, 3*r.Float64()), most: pick(r, 1, 0.5, 7, 100)}
				n := 2
				if !l.pair {
					n = 1 + r.IntN(7)
					c.y = r.IntN(n)
				}
				for range n {
					c.F = append(c.F, regime.energy(r))
				}
				if r.IntN(4) == 0 {
					c.F[r.IntN(n)] = c.F[r.IntN(n)]
				}
				p := programs[n]
				if p == nil {
					var err error
					if p, err = f.Compile(n); err != nil {
						t.Fatal(err)
					}
					programs[n] = p
				}
				F := slices.Clone(c.F)
				F[0], F[c.y] = F[c.y], F[0]
				params, err := p.Bind(map[string]float64{"beta": c.beta, "m": c.m, "gamma": c.gamma, "M": c.most}, nil)
				if err != nil {
					t.Fatal(err)
				}
				got, want := p.Truth(formula.Input{F: F, Params: params}, true), l.truth(c)
				got.Grad[0], got.Grad[c.y] = got.Grad[c.y], got.Grad[0]
				pairs := [][2]exact.Value{{got.Value, want.Value}}
				for i := range c.F {
					g, w := got.Grad[i], want.Grad[i]
					if g.Lo != g.Hi && w.Lo.Defined() && g.Lo.Near <= w.Lo.Near && w.Hi.Near <= g.Hi.Near && !(same(g.Lo, w.Lo) && same(g.Hi, w.Hi)) {
						wider++ // the formula has corners that cancel
						continue
					}
					pairs = append(pairs, [2]exact.Value{g.Lo, w.Lo}, [2]exact.Value{g.Hi, w.Hi})
				}
				for k, v := range pairs {
					switch {
					case v[0].Defined() != v[1].Defined():
						undefined++
						if isPossible(c.F) {
							t.Errorf("%s %s %+v: number %d is %v, want %v", l.name, regime.name, c, k, v[0], v[1])
						}
					case !same(v[0], v[1]):
						t.Errorf("%s %s %+v: number %d is %v, want %v (loose: %v)", l.name, regime.name, c, k, v[0], v[1], got.Loose)
					default:
						defined++
					}
				}
			}
			t.Logf("%-13s %-10s %5d numbers agree, %d have a value in one only, %d ranges are wider", l.name, regime.name, defined, undefined, wider)
		}
	}
}
