package ebm

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// latentTables draws a table G of Ny answers and Nz explanations, with ties and
// impossible pairs, though in no row all.
func latentTables() *rapid.Generator[[][]float64] {
	return rapid.Custom(func(t *rapid.T) [][]float64 {
		ny, nz := rapid.IntRange(1, 4).Draw(t, "ny"), rapid.IntRange(1, 4).Draw(t, "nz")
		G := rapid.SliceOfN(rapid.SliceOfN(rapid.OneOf(number(), number(), number(), rapid.Just(inf)), nz, nz), ny, ny).Draw(t, "G")
		for _, row := range G {
			row[rapid.IntRange(0, nz-1).Draw(t, "sure")] = number().Draw(t, "G")
		}
		return G
	})
}

// TestLatentSandwich: F_soft ≤ F_min ≤ F_soft + ln|Z|/β (identity 76); F_soft
// at β = ∞ is F_min; the minimiser of F_min is the y of the joint minimum
// (identity 75); summing y out of F_soft is summing both out of G (identity
// 24), and so are the probabilities.
//
// F_soft is within 4 ulps where it is not far below min F (Gibbs), which β ≥
// 0.1 and values of two decimals see to unless it is near 0, of errors at most
// 2⁻⁴⁰·4 ulps of 20: 16u·(|F_soft| + 1) covers both. A probability has
// e^{−β·that}, twice.
func TestLatentSandwich(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		G := latentTables().Draw(t, "G")
		beta := rapid.SampledFrom([]float64{0.1, 1, 10}).Draw(t, "beta")
		w := slices.Concat(G...)
		ny, nz := len(G), len(G[0])
		table, zs := LatentTable{ny, nz}, Counting(nz)
		low := Energies(nil, Minimised{table, zs}, w, nil, Answers(ny))
		soft := Energies(nil, Soft{table, zs, beta}, w, nil, Answers(ny))
		limit := Energies(nil, Soft{table, zs, inf}, w, nil, Answers(ny))
		for y := range low {
			if low[y] != slices.Min(G[y]) || limit[y] != low[y] {
				t.Fatalf("F_min(%d) = %v, F_soft at β = ∞ %v, the least is %v", y, low[y], limit[y], slices.Min(G[y]))
			}
			slack := 16 * unit * (math.Abs(soft[y]) + 1)
			if !(soft[y] <= low[y]+slack && low[y] <= soft[y]+math.Log(float64(nz))/beta+slack) {
				t.Fatalf("F_soft(%d) = %v, F_min = %v, ln|Z|/β = %v", y, soft[y], low[y], math.Log(float64(nz))/beta)
			}
			if nz == 1 && (soft[y] != w[y] || low[y] != w[y]) {
				t.Fatalf("one explanation: F_soft = %v, F_min = %v, G = %v", soft[y], low[y], w[y])
			}
		}
		if y, _ := InferJoint(G); Infer(low) != y {
			t.Fatalf("argmin F_min = %d, the joint minimum has %d", Infer(low), y)
		}
		joint := NewGibbs(w, beta, Counting(len(w)))
		marginal := NewGibbs(soft, beta, Counting(ny))
		slack := 32 * unit * (20 + math.Abs(joint.FreeEnergy()))
		if got, want := marginal.FreeEnergy(), joint.FreeEnergy(); !(math.Abs(got-want) <= slack) {
			t.Fatalf("free energy of F_soft = %v, of G = %v", got, want)
		}
		for y := range soft {
			var want float64
			for z := range nz {
				want += joint.Prob(y*nz + z)
			}
			if got := marginal.Prob(y); !(math.Abs(got-want) <= (2*beta*slack+16*unit)*want) {
				t.Fatalf("p(%d) = %v from F_soft, Σ_z p = %v from G", y, got, want)
			}
		}
	})
}

// TestSoftGradientIsPosterior: ∂F/∂G(y, z) = p(z|y), and of Minimised it is 1 at ž:
// that the minimiser moves does not count.
func TestSoftGradientIsPosterior(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		G := latentTables().Draw(t, "G")
		y := rapid.IntRange(0, len(G)-1).Draw(t, "y")
		ny, nz := len(G), len(G[0])
		w, at := slices.Concat(G...), []float64{float64(y)}
		soft, low := Soft{LatentTable{ny, nz}, Counting(nz), 1.5}, Minimised{LatentTable{ny, nz}, Counting(nz)}
		p := naive(G[y], 1.5)
		got, hard := soft.GradW(nil, w, nil, at), low.GradW(nil, w, nil, at)
		best, posterior := Infer(G[y]), soft.Posterior(w, nil, at)
		if low.Best(w, nil, at) != best {
			t.Fatalf("Best = %d, want %d", low.Best(w, nil, at), best)
		}
		for i := range w {
			z := i - y*nz
			want, one := 0.0, 0.0
			if z >= 0 && z < nz {
				want = p[z]
				if !(math.Abs(posterior.Prob(z)-want) <= 32*unit*want) {
					t.Fatalf("posterior of %d: %v, want %v", z, posterior.Prob(z), want)
				}
			}
			if z == best {
				one = 1
			}
			if !(math.Abs(got[i]-want) <= 32*unit*want) { // naive: exponents below 5, so 2·5u + 2u + 6u; and twice one rounding
				t.Fatalf("∂F_soft/∂W_%d = %v, want %v", i, got[i], want)
			}
			if hard[i] != one {
				t.Fatalf("∂F_min/∂W_%d = %v, want %v", i, hard[i], one)
			}
		}
	})
}

func TestLatentSpecial(t *testing.T) {
	y := []float64{0}
	table := LatentTable{1, 3}
	for _, c := range []struct {
		why       string
		w         []float64
		z         Measure
		low, soft float64 // F at β = 1; soft NaN where low is
		best      int
	}{
		{"NaN anywhere", []float64{0, nan, 1}, Counting(3), nan, nan, -1},
		{"nothing explains y", []float64{inf, inf, inf}, Counting(3), inf, inf, -1},
		{"an explanation without mass is none", []float64{5, 1, 7}, Weighted([]float64{1, 0, 0}), 5, 5, 0},
		{"even if it is NaN", []float64{5, nan, 7}, Weighted([]float64{1, 0, 0}), 5, 5, 0},
		{"impossible explanations count for nothing", []float64{inf, 2, inf}, Counting(3), 2, 2, 1},
	} {
		low, soft := Minimised{table, c.z}, Soft{table, c.z, 1}
		if got := low.Eval(c.w, nil, y); !same(got, c.low) {
			t.Errorf("%s: F_min = %v, want %v", c.why, got, c.low)
		}
		if got := low.Best(c.w, nil, y); got != c.best {
			t.Errorf("%s: Best = %v, want %v", c.why, got, c.best)
		}
		gl, gs := low.GradW(nil, c.w, nil, y), soft.GradW(nil, c.w, nil, y)
		if undefined := c.best < 0; undefined != math.IsNaN(gl[0]) || undefined != math.IsNaN(gs[0]) {
			t.Errorf("%s: ∂F_min = %v, ∂F_soft = %v", c.why, gl, gs)
		}
		if gl := low.GradY(nil, c.w, nil, y); !math.IsNaN(gl[0]) {
			t.Errorf("%s: ∂F_min/∂y = %v by an index", c.why, gl)
		}
		if got := soft.Eval(c.w, nil, y); !same(got, c.soft) {
			t.Errorf("%s: F_soft = %v, want %v", c.why, got, c.soft)
		}
	}
}

// An explanation that is impossible is not asked for its gradient.
func TestSoftSkipsImpossible(t *testing.T) {
	level := func(F float64) Linear {
		return Linear{N: 1, Phi: func(dst, x, y []float64) { dst[0] = F }}
	}
	soft := Soft{Mixture{level(3), level(inf)}, Counting(2), 1}
	if g := soft.GradW(nil, []float64{1, 1}, nil, []float64{0}); g[0] != 3 || g[1] != 0 {
		t.Errorf("∂F/∂W = %v, want (3, 0)", g)
	}
}

func same(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }

// TestEllipseCircle: for a circle of radius ρ the distance is known, F_min =
// (‖y‖ − ρ)², and the integral over the angle too,
//
//	(1/2π) ∫ e^{−βG} dz = e^{−β(‖y‖² + ρ²)} I₀(2βρ‖y‖)
//
// by the series of the Bessel function I₀(x) = Σ (x/2)²ᵏ/(k!)². The trapezoidal
// rule on n = 100 angles errs by 2 Σ I_{jn}(x) ≤ 2·2(x/2)ⁿ/n!, which for x ≤ 26
// is below 10⁻⁴⁵; F_min is off by at most the curvature 2ρ‖y‖ times half the
// squared half-spacing (π/n)².
func TestEllipseCircle(t *testing.T) {
	const n = 100
	var zs [][]float64
	logq := make([]float64, n) // density 1/2π of the angle, times 2π: mass 1/n each
	for k := range n {
		zs = append(zs, []float64{2 * math.Pi * float64(k) / n})
	}
	circle := Samples(zs, logq)
	rapid.Check(t, func(t *rapid.T) {
		radius := float64(rapid.IntRange(0, 300).Draw(t, "100ρ")) / 100
		beta := rapid.SampledFrom([]float64{0.5, 1}).Draw(t, "beta")
		y := numbers(2).Draw(t, "y")
		w := []float64{radius, radius}
		norm := math.Hypot(y[0], y[1])
		low, want := Minimised{Ellipse{}, circle}.Eval(w, nil, y), (norm-radius)*(norm-radius)
		h := math.Pi / n
		if !(low >= want-64*unit*(1+want) && low <= want+radius*norm*h*h+64*unit*(1+want)) {
			t.Fatalf("F_min = %v, squared distance %v", low, want)
		}
		x := 2 * beta * radius * norm
		bessel, term := 1.0, 1.0
		for k := 1.0; term > bessel*unit; k++ {
			term *= x * x / 4 / (k * k)
			bessel += term
		}
		got, want := Soft{Ellipse{}, circle, beta}.Eval(w, nil, y), norm*norm+radius*radius-math.Log(bessel)/beta
		// G, its exponent and the sines: 10 roundings of (‖y‖ + ρ)² ≤ 53; the
		// sum of the series: fewer than 200 roundings
		if !(math.Abs(got-want) <= unit*(10*53+200/beta)) {
			t.Fatalf("F_soft = %v, want %v", got, want)
		}
	})
}

// TestKMeansVolume: the points of energy at most τ under min_k (y − μ_k)² have
// length at most 2K√τ (C22), here counted on a grid of spacing 1/64, of which
// each of at most K intervals can hold one point more than its length says.
func TestKMeansVolume(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		K := rapid.IntRange(1, 3).Draw(t, "K")
		tau := rapid.SampledFrom([]float64{0.01, 0.25, 1}).Draw(t, "τ")
		var m Mixture
		var w []float64
		for range K {
			m = append(m, Quadratic{1})
			w = append(w, number().Draw(t, "μ"), 2)
		}
		f, inside := Minimised{m, Counting(K)}, 0
		for y := -5.0; y <= 5; y += 1. / 64 {
			if f.Eval(w, nil, []float64{y}) <= tau {
				inside++
			}
		}
		if length := float64(inside) / 64; !(length <= float64(K)*(2*math.Sqrt(tau)+1./64)) {
			t.Fatalf("length %v", length)
		}
	})
}

// TestLatentConventions: every Latent overwrites dst, whatever it held, and returns it; nil is
// allocated; a wrong length panics.
func TestLatentConventions(t *testing.T) {
	for _, c := range []struct {
		name    string
		G       Latent
		w, y, z []float64
	}{
		{"LatentTable", LatentTable{2, 2}, []float64{1, 2, 3, 4}, []float64{1}, []float64{0}},
		{"Ellipse", Ellipse{}, []float64{2, 1}, []float64{1, 3}, []float64{0.5}},
		{"Mixture", Mixture{Quadratic{1}, Quadratic{1}}, []float64{1, 2, 3, 4}, []float64{0.5}, []float64{1}},
	} {
		if c.G.Params() != len(c.w) {
			t.Errorf("%s has %d parameters, want %d", c.name, c.G.Params(), len(c.w))
		}
		for what, grad := range map[string]func(dst []float64) []float64{
			"GradW": func(dst []float64) []float64 { return c.G.GradW(dst, c.w, nil, c.y, c.z) },
			"GradY": func(dst []float64) []float64 { return c.G.GradY(dst, c.w, nil, c.y, c.z) },
		} {
			fresh := grad(nil)
			dst := slices.Repeat([]float64{77}, len(fresh))
			if got := grad(dst); &got[0] != &dst[0] || !slices.EqualFunc(got, fresh, same) {
				t.Errorf("%s: %s into dst = %v, into nil %v", c.name, what, got, fresh)
			}
			refuses(t, "wrong length", func() { grad(make([]float64, len(fresh)+1)) })
		}
		refuses(t, "number of parameters", func() { c.G.Eval(append(c.w, 0), nil, c.y, c.z) })
	}
}

// A plainLatent is a Latent of which nothing else is known, as a Mixture is not.
type plainLatent struct{ Latent }

// TestMixtureAsAny: what is made of a Mixture in one go through its parts is what is made of it
// as of any Latent: on fewer values of z than parts, on parts without mass, of which one is NaN,
// and on values of z in any order, some twice.
func TestMixtureAsAny(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 28))
	for range 300 {
		parts, w := Mixture{}, []float64{}
		for range 1 + r.IntN(4) {
			parts, w = append(parts, Quadratic{1}), append(w, 3*r.NormFloat64(), 2*r.Float64())
		}
		n := len(parts)
		spaces := []Measure{Counting(1 + r.IntN(n)), Weighted(masses(r, n))}
		var zs [][]float64
		for range 1 + r.IntN(5) {
			zs = append(zs, []float64{float64(r.IntN(n))})
		}
		spaces = append(spaces, Points(zs, masses(r, len(zs))))
		if n > 1 { // the last part is undefined, and does not belong to the space
			bad := slices.Clone(w)
			bad[2*n-1] = nan
			m := masses(r, n)
			m[n-1] = 0
			spaces = append(spaces, Weighted(m), Counting(n-1))
			asAny(t, parts, bad, spaces[3:])
		}
		asAny(t, parts, w, spaces)
	}
}

func asAny(t *testing.T, parts Mixture, w []float64, spaces []Measure) {
	t.Helper()
	y := []float64{0.75}
	for _, space := range spaces {
		for k, pair := range [][2]Energy{
			{Soft{parts, space, 1.25}, Soft{plainLatent{parts}, space, 1.25}},
			{Minimised{parts, space}, Minimised{plainLatent{parts}, space}},
		} {
			fast, any := pair[0], pair[1]
			got := append(append([]float64{fast.Eval(w, nil, y)}, fast.GradW(undefined(nil, len(w)), w, nil, y)...), fast.GradY(undefined(nil, 1), w, nil, y)...)
			want := append(append([]float64{any.Eval(w, nil, y)}, any.GradW(undefined(nil, len(w)), w, nil, y)...), any.GradY(undefined(nil, 1), w, nil, y)...)
			if !slices.EqualFunc(got, want, same) {
				t.Fatalf("%d: W = %v on %+v: %v, as of any Latent %v", k, w, space, got, want)
			}
		}
	}
}

// A walled latent energy is impossible at z = 1, where its gradients are NaN.
type walled struct{ Latent }

func (walled) at(z []float64) bool { return z[0] == 1 }

func (l walled) Eval(w, x, y, z []float64) float64 {
	if l.at(z) {
		return inf
	}
	return l.Latent.Eval(w, x, y, z)
}

func (l walled) GradW(dst, w, x, y, z []float64) []float64 {
	if l.at(z) {
		return undefined(dst, l.Params())
	}
	return l.Latent.GradW(dst, w, x, y, z)
}

func (l walled) GradY(dst, w, x, y, z []float64) []float64 {
	if l.at(z) {
		return undefined(dst, len(y))
	}
	return l.Latent.GradY(dst, w, x, y, z)
}

// TestSoftSkipsWalls: the gradients of an explanation without probability are not asked for.
func TestSoftSkipsWalls(t *testing.T) {
	w, y := []float64{0, 1, 3, 2}, []float64{1}
	f := Soft{walled{Mixture{Quadratic{1}, Quadratic{1}}}, Counting(2), 1}
	if got := append(f.GradW(nil, w, nil, y), f.GradY(nil, w, nil, y)...); !slices.Equal(got, []float64{-1, 0.5, 0, 0, 1}) {
		t.Errorf("beside a wall: %v", got)
	}
}
