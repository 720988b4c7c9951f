package ebm

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"ebmcheck/ebm/promise"
	"ebmcheck/properties/exact"
)

// A stepper is MetropolisStep, or what is planted for it.
type stepper func(f Energy, w, x, y []float64, beta, sigma float64, r *rand.Rand) bool

// rises are pairs of energies of all sizes, at which a proposal is taken or not; β is such that
// β times the difference is no large number, or any.
func rises(r *rand.Rand) (from, to, beta float64) {
	size := magnitude(r, -300, 308)
	from, to = size*r.NormFloat64(), size*r.NormFloat64()
	beta = math.Abs(r.NormFloat64()) / size
	switch r.IntN(6) {
	case 0:
		beta = magnitude(r, -300, 300)
	case 1:
		from, to, beta = -0x1.8p1023*r.Float64(), 0x1.8p1023*r.Float64(), 0x1p-1023 // the difference may overflow
	case 2:
		from, to = []float64{inf, 1, 2, nan}[r.IntN(4)], []float64{inf, 1, 2, nan}[r.IntN(4)]
	}
	return from, to, min(max(beta, 0x1p-1060), math.MaxFloat64)
}

// takenOrNot holds one step from y to the only other energy that there is: the proposal y + σξ
// to two roundings, and whether it is taken at u, of which half are next to e^(−x), x = β(to −
// from), to (1 + |x|) 2⁻⁵⁰ of that and 2⁻⁵³.
func takenOrNot(of stepper) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		from, to, beta := rises(r)
		sigma, start := magnitude(r, -3, 3), r.NormFloat64()
		f := field{F: func(y []float64) float64 {
			if y[0] == start {
				return from
			}
			return to
		}}
		chance := exact.Of(1, 300)
		var size float64 // |x|
		if x := exact.Of(beta, 300); from-from == 0 && to-to == 0 {
			if x = x.Mul(exact.Of(to, 300).Sub(exact.Of(from, 300))); x.Mid() > 0 {
				chance = exact.Of(0, 300)
				if size = x.Mid(); size < 1e5 {
					chance = x.Neg().Exp()
				}
			}
		} else if math.IsNaN(from) || math.IsNaN(to) || from < to {
			chance = exact.Of(0, 300)
		}
		word := r.Uint64() << 11 >> 11
		if r.IntN(2) == 0 {
			word = uint64(max(0, chance.Mid()*0x1p53+float64(r.IntN(9)-4))) << 11 >> 11
		}
		var source bits
		for { // a word of which ξ takes one alone
			source = bits{r.Uint64(), 0, 0, 0, 0, 0, 0, 0}
			first := source[0]
			if xi := rand.New(&source).NormFloat64(); len(source) == 7 && start+sigma*xi != start {
				source = bits{first, word}
				break
			}
		}
		twin := bits{source[0]}
		y := []float64{start}
		moved := of(f, nil, nil, y, beta, sigma, rand.New(&source))
		u := exact.Of(float64(word)*0x1p-53, 300)
		near := exact.Of((1+size)*0x1p-50, 300).Mul(chance).Add(exact.Of(0x1p-53, 300))
		say := func(what string) string {
			return fmt.Sprintf("from %v to %v, β = %v, u = %v (%s): moved %v, to %v", from, to, beta, u.Mid(), what, moved, y)
		}
		if (moved && !u.Less(chance.Add(near))) || !moved && u.Less(chance.Sub(near)) || moved && chance.Mid() == 0 && word > 0 {
			return say(fmt.Sprintf("taken with probability %v", chance.Mid()))
		}
		if want := sigma * rand.New(&twin).NormFloat64(); !moved && y[0] != start || moved && !(math.Abs(y[0]-start-want) <= 0x1p-51*(math.Abs(start)+math.Abs(want))) {
			return say("the proposal")
		}
		return ""
	}
}

func TestMetropolisStepPromises(t *testing.T) {
	promise.Try(t, "a proposal taken or not", 200, takenOrNot(MetropolisStep))
	by := func(chance func(from, to, beta float64) float64) stepper {
		return func(f Energy, w, x, y []float64, beta, sigma float64, r *rand.Rand) bool {
			next := []float64{y[0] + sigma*r.NormFloat64()}
			if r.Float64() < chance(f.Eval(w, x, y), f.Eval(w, x, next), beta) {
				copy(y, next)
				return true
			}
			return false
		}
	}
	for fault, of := range map[string]stepper{
		"a difference that overflows":       by(func(from, to, beta float64) float64 { return math.Exp(-beta * (to - from)) }),
		"never between two impossible ones": by(func(from, to, beta float64) float64 { return math.Exp(-2 * (beta * (to/2 - from/2))) }),
		"β forgotten":                       by(func(from, to, beta float64) float64 { return math.Exp(from - to) }),
		"uphill":                            by(func(from, to, beta float64) float64 { return math.Exp(2 * (beta * (to/2 - from/2))) }),
		"Barker's rule":                     by(func(from, to, beta float64) float64 { return 1 / (1 + math.Exp(2*(beta*(to/2-from/2)))) }),
		"downhill alone": by(func(from, to, beta float64) float64 {
			if to <= from {
				return 1
			}
			return 0
		}),
		"a step of σ²": func(f Energy, w, x, y []float64, beta, sigma float64, r *rand.Rand) bool {
			return MetropolisStep(f, w, x, y, beta, sigma*sigma, r)
		},
		"it says that it moved": func(f Energy, w, x, y []float64, beta, sigma float64, r *rand.Rand) bool {
			MetropolisStep(f, w, x, y, beta, sigma, r)
			return true
		},
	} {
		promise.Refute(t, fault, 300, takenOrNot(of))
	}
}

// A langevin is LangevinStep and LangevinCD, or what is planted for them.
type langevin struct {
	step func(f Energy, w, x, y []float64, beta, eta float64, r *rand.Rand)
	cd   func(dst []float64, f Energy, w, x, y []float64, chains [][]float64, k int, beta, eta float64, r *rand.Rand) []float64
}

var ourLangevin = langevin{LangevinStep, LangevinCD}

// drifted holds a step on Quadratic to y − η ∂F/∂y + √(2η/β) ξ with the same ξ, to 8 roundings of
// the three terms, and LangevinCD to the gradients at where the same steps lead, added up in
// rational numbers: N additions, a division and a subtraction round.
func drifted(of langevin) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		d, seed := 1+r.IntN(3), r.Uint64()
		f := Quadratic{d}
		draw := func(n int) []float64 {
			v := make([]float64, n)
			for i := range v {
				v[i] = r.NormFloat64()
			}
			return v
		}
		w, y := draw(f.Params()), draw(d)
		beta, eta := magnitude(r, -3, 3), magnitude(r, -8, 0)
		switch r.IntN(8) {
		case 0:
			eta = 0
		case 1:
			beta, eta = magnitude(r, -308, -306), 1
		}
		g, twin, got := f.GradY(nil, w, nil, y), rand.New(rand.NewPCG(seed, 1)), slices.Clone(y)
		of.step(f, w, nil, got, beta, eta, rand.New(rand.NewPCG(seed, 1)))
		for i := range y {
			noise := new(big.Float).SetPrec(200).SetFloat64(2 * eta)
			noise.Quo(noise, big.NewFloat(beta))
			noise.Sqrt(noise)
			noise.Mul(noise, big.NewFloat(twin.NormFloat64()))
			drift := new(big.Float).SetPrec(200).Mul(big.NewFloat(-eta), big.NewFloat(g[i]))
			want, _ := new(big.Float).SetPrec(300).Add(new(big.Float).SetPrec(300).Add(big.NewFloat(y[i]), drift), noise).Float64()
			n, _ := noise.Float64()
			if !(math.Abs(got[i]-want) <= 8*0x1p-53*(math.Abs(y[i])+eta*math.Abs(g[i])+math.Abs(n))) {
				return fmt.Sprintf("W = %v, β = %v, η = %v from %v: y_%d = %v, want %v", w, beta, eta, y, i, got[i], want)
			}
		}
		if beta < 1e-300 {
			return ""
		}
		N, k := 1+r.IntN(4), r.IntN(4)
		chains, want := make([][]float64, N), make([][]float64, N)
		mean, size := make([]*big.Rat, len(w)), make([]float64, len(w))
		at := f.GradW(nil, w, nil, y)
		for j := range mean {
			mean[j] = new(big.Rat)
		}
		for c := range chains {
			chains[c] = draw(d)
			want[c] = slices.Clone(chains[c])
		}
		for c, y := range want {
			for range k {
				LangevinStep(f, w, nil, y, beta, eta, twin)
			}
			for j, g := range f.GradW(nil, w, nil, want[c]) {
				if g-g != 0 {
					return ""
				}
				mean[j].Add(mean[j], new(big.Rat).SetFloat64(g))
				size[j] += math.Abs(g)
			}
		}
		after := rand.New(rand.NewPCG(seed, 1))
		for range d {
			after.NormFloat64() // those of the step above
		}
		grad := of.cd(undefined(nil, len(w)), f, w, nil, y, chains, k, beta, eta, after)
		for c := range chains {
			if !slices.Equal(chains[c], want[c]) {
				return fmt.Sprintf("chain %d is at %v after %d steps, want %v", c, chains[c], k, want[c])
			}
		}
		for j := range grad {
			want := new(big.Rat).SetFloat64(at[j])
			want.Sub(want, new(big.Rat).Quo(mean[j], new(big.Rat).SetInt64(int64(N))))
			v, _ := want.Float64()
			off, _ := want.Sub(want, new(big.Rat).SetFloat64(grad[j])).Float64()
			if !(math.Abs(off) <= 0x1p-53*1.001*(float64(N+3)*size[j]/float64(N)+math.Abs(v))) {
				return fmt.Sprintf("W = %v, y = %v, chains at %v: ∂/∂W_%d = %v, want %v", w, y, chains, j, grad[j], v)
			}
		}
		return ""
	}
}

func TestLangevinPromises(t *testing.T) {
	promise.Try(t, "steps and contrasts", 200, drifted(ourLangevin))
	steps := func(step func(f Energy, w, x, y []float64, beta, eta float64, r *rand.Rand)) langevin {
		return langevin{step, LangevinCD}
	}
	contrasts := func(cd func(f Energy, w, x, y []float64, chains [][]float64, k int, beta, eta float64, r *rand.Rand) []float64) langevin {
		return langevin{LangevinStep, func(dst []float64, f Energy, w, x, y []float64, chains [][]float64, k int, beta, eta float64, r *rand.Rand) []float64 {
			return cd(f, w, x, y, chains, k, beta, eta, r)
		}}
	}
	for fault, of := range map[string]langevin{
		"noise of √(η/β)": steps(func(f Energy, w, x, y []float64, beta, eta float64, r *rand.Rand) {
			for i, g := range f.GradY(nil, w, x, y) {
				y[i] += -eta*g + math.Sqrt(eta/beta)*r.NormFloat64()
			}
		}),
		"η/β that overflows": steps(func(f Energy, w, x, y []float64, beta, eta float64, r *rand.Rand) {
			for i, g := range f.GradY(nil, w, x, y) {
				y[i] += -eta*g + math.Sqrt(2*eta/beta)*r.NormFloat64()
			}
		}),
		"a drift of βη": steps(func(f Energy, w, x, y []float64, beta, eta float64, r *rand.Rand) {
			for i, g := range f.GradY(nil, w, x, y) {
				y[i] += -beta*eta*g + math.Sqrt(2*eta/beta)*r.NormFloat64()
			}
		}),
		"uphill": steps(func(f Energy, w, x, y []float64, beta, eta float64, r *rand.Rand) {
			for i, g := range f.GradY(nil, w, x, y) {
				y[i] += eta*g + math.Sqrt(2*eta/beta)*r.NormFloat64()
			}
		}),
		"one noise for all coordinates": steps(func(f Energy, w, x, y []float64, beta, eta float64, r *rand.Rand) {
			xi := r.NormFloat64()
			for i, g := range f.GradY(nil, w, x, y) {
				y[i] += -eta*g + math.Sqrt(2*eta/beta)*xi
			}
		}),
		"chains that are not kept": contrasts(func(f Energy, w, x, y []float64, chains [][]float64, k int, beta, eta float64, r *rand.Rand) []float64 {
			var own [][]float64
			for _, c := range chains {
				own = append(own, slices.Clone(c))
			}
			return LangevinCD(nil, f, w, x, y, own, k, beta, eta, r)
		}),
		"the sum of the chains": contrasts(func(f Energy, w, x, y []float64, chains [][]float64, k int, beta, eta float64, r *rand.Rand) []float64 {
			at := f.GradW(nil, w, x, y)
			g := LangevinCD(nil, f, w, x, y, chains, k, beta, eta, r)
			for j := range g {
				g[j] = at[j] + (g[j]-at[j])*float64(len(chains))
			}
			return g
		}),
		"the other sign": contrasts(func(f Energy, w, x, y []float64, chains [][]float64, k int, beta, eta float64, r *rand.Rand) []float64 {
			g := LangevinCD(nil, f, w, x, y, chains, k, beta, eta, r)
			for j := range g {
				g[j] = -g[j]
			}
			return g
		}),
	} {
		promise.Refute(t, fault, 300, drifted(of))
	}
}

// An annealer draws a chain as Annealing.Samples does, of one: its end, and its weight ω.
type annealer func(a Annealing, f Energy, beta float64, r *rand.Rand) (y []float64, lnOmega float64)

func ofSamples(a Annealing, f Energy, beta float64, r *rand.Rand) (y []float64, lnOmega float64) {
	mu := a.Samples(f, nil, nil, beta, 1, r)
	y = mu.Points()[0]
	return y, mu.LogMass(0) - beta*f.Eval(nil, nil, y)
}

// annealedSo follows the same chain with steps by MetropolisStep and adds its factors up in
// rational numbers: K of them, each of three roundings, and the last three operations.
func annealedSo(of annealer) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		beta, seed, K, moves := magnitude(r, -1, 1), r.Uint64(), 1+r.IntN(9), r.IntN(4)
		a := standard(K, moves)
		f := field{F: func(y []float64) float64 { return square(y[0]-1) * (2 + math.Sin(5*y[0])) / beta }}
		y, lnOmega := of(a, f, beta, rand.New(rand.NewPCG(seed, 1)))
		r = rand.New(rand.NewPCG(seed, 1))
		at, sum, size := a.Draw(r), new(big.Rat), 0.0
		for k := range K {
			b, q := beta*f.F(at), a.LogDensity(at)
			sum.Add(sum, new(big.Rat).SetFloat64(b))
			sum.Add(sum, new(big.Rat).SetFloat64(q))
			size += (math.Abs(b) + math.Abs(q)) / float64(K)
			if k == K-1 {
				size += math.Abs(b)
				break
			}
			t := float64(k+1) / float64(K)
			energy := field{F: func(y []float64) float64 { return t*(beta*f.F(y)) - (1-t)*a.LogDensity(y) }}
			for range moves {
				MetropolisStep(energy, nil, nil, at, 1, a.Sigma, r)
			}
		}
		want, _ := sum.Quo(sum, new(big.Rat).SetInt64(int64(-K))).Float64()
		if !slices.Equal(y, at) || !(math.Abs(lnOmega-want) <= float64(K+6)*0x1p-53*(1+2*size)) {
			return fmt.Sprintf("%d levels of %d moves, β = %v: at %v with ln W = %v, want %v with %v", K, moves, beta, y, lnOmega, at, want)
		}
		return ""
	}
}

func TestAnnealingPromises(t *testing.T) {
	promise.Try(t, "chains and their weights", 100, annealedSo(ofSamples))
	change := func(f func(a *Annealing)) annealer {
		return func(a Annealing, e Energy, beta float64, r *rand.Rand) ([]float64, float64) {
			f(&a)
			return ofSamples(a, e, beta, r)
		}
	}
	for fault, of := range map[string]annealer{
		"a level less":     change(func(a *Annealing) { a.Levels = max(1, a.Levels-1) }),
		"a move more":      change(func(a *Annealing) { a.Moves++ }),
		"steps of another": change(func(a *Annealing) { a.Sigma *= 2 }),
		"the factor of the end alone": func(a Annealing, f Energy, beta float64, r *rand.Rand) ([]float64, float64) {
			y, _ := ofSamples(a, f, beta, r)
			return y, -beta*f.Eval(nil, nil, y) - a.LogDensity(y)
		},
		"β of the weight is 1": func(a Annealing, f Energy, beta float64, r *rand.Rand) ([]float64, float64) {
			y, lnOmega := ofSamples(a, f, beta, r)
			return y, lnOmega + (beta-1)*f.Eval(nil, nil, y)
		},
	} {
		promise.Refute(t, fault, 100, annealedSo(of))
	}
}
