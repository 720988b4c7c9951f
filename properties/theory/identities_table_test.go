package theory_test

import (
	"math"
	"slices"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/op"
)

// The list of identities; identities_test.go says what is done with it.

const (
	continuous = "of a continuous space: tried in package ebm"
	chained    = "of chains: held to enumeration by the tests of package ebm"
	byClaim    = "of losses as functions: claims of the ledger"
)

func freeOf(β exact.Dual, F []exact.Dual) exact.Dual { return exact.FreeEnergyOf(β, F) }

var identities = []identity{
	{n: 1, says: "min F − (ln n)/β ≤ F_β ≤ min F − (ln k)/β ≤ min F", equal: []equality{iff("F is constant (the first two)", (*world).constant, 0, 1), iff("k = 1 (the last)", func(w *world) bool { return w.k == 1 }, 2)}, check: func(w *world) []relation {
		return append(twice(w.low.Sub(w.ln(w.n).Div(w.β)), w.Fβ(), w.low.Sub(w.ln(w.k).Div(w.β))), atMostIs(w.low.Sub(w.ln(w.k).Div(w.β)), w.low))
	}},
	{n: 2, says: "min F − (1/β) ln(k + (n − k) e^(−βΔ)) ≤ F_β for n > k", equal: []equality{iff("all energies but the least are equal", (*world).twoLevels, 0)}, check: func(w *world) []relation {
		if w.n == w.k {
			return nil
		}
		return both(atMostIs(w.low.Sub(number(float64(w.k)).Add(times(w.β.Mul(w.Δ).Neg().Exp(), float64(w.n-w.k))).Log().Div(w.β)), w.Fβ()))
	}},
	{n: 3, says: "min F ≤ F̄_β ≤ the plain mean of F, by Jensen's inequality", equal: []equality{iff("F is constant", (*world).constant, 0, 1)}, check: func(w *world) []relation { return twice(w.low, w.softmean(), w.level()) }},
	{n: 4, says: "F_β and F̄_β → min F as β → ∞, no further off than (ln n)/β; F̄_β → the plain mean, no further off than βR²/8, and F_β → −∞ (n ≥ 2) as β → 0", check: func(w *world) []relation {
		cold, hot := number(512), number(1.0/512)
		F := w.freeAt(hot, w.F)
		mean := F.Add(w.ln(w.n).Div(hot))
		return append(twice(none, w.low.Sub(w.freeAt(cold, w.F)), w.ln(w.n).Div(cold)),
			atMostIs(w.level().Sub(mean), times(hot.Mul(w.range_().Sqr()), 0.125)), atMostIs(F, w.level().Sub(w.ln(w.n).Div(hot))))
	}},
	{n: 5, says: "dF_β/dβ = H/β² ≥ 0", check: func(w *world) []relation {
		return both(equals(w.byβ(freeOf), w.entropy().Div(w.β.Sqr())), atMostIs(w.Fβ(), w.freeAt(w.b, w.F)))
	}},
	{n: 6, says: "dF̄_β/dβ = −KL(p‖u)/β² ≤ 0", check: func(w *world) []relation {
		return both(equals(w.byβ(freeOf).Sub(w.ln(w.n).Div(w.β.Sqr())), exact.KLOf(w.p(), w.uniform()).Div(w.β.Sqr()).Neg()), atMostIs(w.freeAt(w.b, w.F).Add(w.ln(w.n).Div(w.b)), w.softmean()))
	}},
	{n: 7, says: "d(βF_β)/dβ = ⟨F⟩, so d ln Z/dβ = −⟨F⟩", check: func(w *world) []relation {
		return both(equals(w.byβ(func(β exact.Dual, F []exact.Dual) exact.Dual { return β.Mul(freeOf(β, F)) }), w.mean()))
	}},
	{n: 8, says: "d² ln Z/dβ² = Var F ≥ 0", check: func(w *world) []relation { return both(equals(w.byβ(meanOfF).Neg(), w.variance())) }},
	{n: 9, says: "d⟨F⟩/dβ = −Var F ≤ 0, so ⟨F⟩ falls as β grows", check: func(w *world) []relation {
		return both(equals(w.byβ(meanOfF), w.variance().Neg()), atMostIs(exact.MeanOf(w.gibbs(w.b, w.F), w.F), w.mean()))
	}},
	{n: 10, says: "dH/dβ = −β Var F ≤ 0", check: func(w *world) []relation {
		return both(equals(w.byβ(func(β exact.Dual, F []exact.Dual) exact.Dual { return exact.EntropyOf(exact.GibbsOf(β, F)) }), w.β.Mul(w.variance()).Neg()))
	}},
	{n: 11, says: "d³ ln Z/dβ³ = −κ₃(F), the third cumulant", check: func(w *world) []relation {
		third := none
		for i, f := range w.F {
			d := f.Sub(w.mean())
			third = third.Add(w.p()[i].Mul(d).Mul(d.Sqr()))
		}
		return both(equals(w.byβ(func(β exact.Dual, F []exact.Dual) exact.Dual {
			p := exact.GibbsOf(β, F)
			m := exact.MeanOf(p, F)
			v := m.Scale(0)
			for i := range F {
				d := F[i].Sub(m)
				v = v.Add(p[i].Mul(d).Mul(d))
			}
			return v
		}), third.Neg()))
	}},
	{n: 12, says: "F_β = ⟨F⟩ − H/β", check: func(w *world) []relation { return both(equals(w.Fβ(), w.mean().Sub(w.entropy().Div(w.β)))) }},
	{n: 13, says: "F_β = min over q of ⟨F⟩_q − H(q)/β; the excess of q is KL(q‖p)/β", check: func(w *world) []relation {
		return both(equals(exact.MeanOf(w.q, w.F).Sub(exact.EntropyOf(w.q).Div(w.β)).Sub(w.Fβ()), exact.KLOf(w.q, w.p()).Div(w.β)))
	}},
	{n: 14, says: "0 ≤ H ≤ ln n; ⟨F⟩ − min F ≤ (H − ln k)/β ≤ (1/β) ln(n/k); ⟨F⟩ ≤ the plain mean", equal: []equality{iff("F is constant (each upper bound)", (*world).constant, 1, 2, 3, 4), iff("n = 1 (H = 0)", (*world).single, 0)}, check: func(w *world) []relation {
		most := w.entropy().Sub(w.ln(w.k)).Div(w.β)
		return append(twice(none, w.entropy(), w.ln(w.n)), atMostIs(w.mean().Sub(w.low), most),
			atMostIs(most, w.ln(w.n).Sub(w.ln(w.k)).Div(w.β)), atMostIs(w.mean(), w.level()))
	}},
	{n: 15, says: "∂F_β/∂Fᵢ = pᵢ", check: func(w *world) []relation { return same(w.slopes(op.FreeEnergy, w.F, 0, freeOf), w.p()) }},
	{n: 16, says: "∂²F_β/∂Fᵢ∂Fⱼ = −β (pᵢ δᵢⱼ − pᵢ pⱼ): F_β is concave in F, and a common shift moves no pᵢ", check: func(w *world) []relation {
		i := w.y
		d := w.byF(func(β exact.Dual, F []exact.Dual) exact.Dual { return exact.GibbsOf(β, F)[i] })
		var want []num
		for j := range d {
			c := w.p()[i].Mul(w.p()[j])
			if j == i {
				c = c.Sub(w.p()[i])
			}
			want = append(want, w.β.Mul(c))
		}
		return append(same(d, want), equals(unit.Add(total(d)), unit))
	}},
	{n: 17, says: "0 ≤ diag p − ppᵀ ≤ ½ I as forms, the greatest eigenvalue at most max 2pᵢ(1 − pᵢ); Var F ≤ R²/4", equal: []equality{
		iff("n = 2, F is constant and the form is taken along (1, −1) (the ½)", func(w *world) bool { return w.n == 2 && w.constant() && is(w.G[0], w.G[1].Neg()) }, 4),
		iff("F is constant, or half of the mass is on its minimisers and half on its maximisers (R²/4)", func(w *world) bool {
			return w.constant() || is(w.on(w.low), number(0.5)) && is(w.on(greatest(w.F)), number(0.5))
		}, 3),
	}, check: func(w *world) []relation {
		size := none
		for _, g := range w.G {
			size = size.Add(g.Sqr())
		}
		form := variance(w.p(), w.G) // gᵀ(diag p − ppᵀ)g
		bound := none
		for _, p := range w.p() {
			bound = bound.Max(times(p.Mul(unit.Sub(p)), 2))
		}
		return append(twice(none, form, bound.Mul(size)), atMostIs(bound, number(0.5)), atMostIs(w.variance(), times(w.range_().Sqr(), 0.25)), atMostIs(form, half(size)))
	}},
	{n: 18, says: "F_β(F + c) = F_β(F) + c; p, H, Var F and ℓ stay", check: func(w *world) []relation {
		F := plus(w.F, w.c)
		return append(same(w.gibbs(w.β, F), w.p()), equals(w.free(F), w.Fβ().Add(w.c)), equals(w.nll(w.β, F, w.y), w.ℓ()))
	}},
	{n: 19, says: "F_β(aF) = a F_{aβ}(F) and p_β(aF) = p_{aβ}(F) for a > 0: only the scale of F tells β", check: func(w *world) []relation {
		a := number(1.375)
		return append(same(w.gibbs(w.β, scaled(w.F, a)), w.gibbs(w.β.Mul(a), w.F)), equals(w.free(scaled(w.F, a)), a.Mul(w.freeAt(w.β.Mul(a), w.F))))
	}},
	{n: 20, says: "F ≤ G ⇒ F_β(F) ≤ F_β(G)", equal: []equality{iff("F = G", func(w *world) bool { return is(least(minus(w.F, w.G)).Min(none), none) }, 0)}, check: func(w *world) []relation {
		return both(atMostIs(w.Fβ(), w.free(pointwise(w.F, w.G, num.Max))), atMostIs(w.free(pointwise(w.F, w.G, num.Min)), w.Fβ()))
	}},
	{n: 21, says: "|F_β(F) − F_β(G)| ≤ max |F − G|", equal: []equality{iff("F − G is constant", (*world).shifted, 0)}, check: func(w *world) []relation {
		return both(atMostIs(w.Fβ().Sub(w.free(w.G)).Abs(), greatest(absolute(minus(w.F, w.G)))))
	}},
	{n: 22, says: "To renumber the answers renumbers p, and leaves F_β", check: func(w *world) []relation {
		turn := func(x []num) []num { return append(append([]num{}, x[1:]...), x[0]) }
		return append(same(w.gibbs(w.β, turn(w.F)), turn(w.p())), equals(w.free(turn(w.F)), w.Fβ()))
	}},
	{n: 23, says: "r copies of each answer: F_β − (ln r)/β", check: func(w *world) []relation {
		F := append(append(append([]num{}, w.F...), w.F...), w.F...)
		return both(equals(w.free(F), w.Fβ().Sub(w.ln(3).Div(w.β))))
	}},
	{n: 24, says: "F_β over y of F_β(y) is the joint F_β, and p(y) = Σ_z p(y, z)", check: func(w *world) []relation {
		of := []num{w.Fβ(), w.free(w.G)}
		joint := append(append([]num{}, w.F...), w.G...)
		return both(equals(w.free(of), w.free(joint)), equals(w.gibbs(w.β, of)[0], total(w.gibbs(w.β, joint)[:w.n])))
	}},
	{n: 25, says: "F_β(F ⊕ G) = F_β(F) + F_β(G) for the energies Fᵢ + Gⱼ of pairs", check: func(w *world) []relation {
		var sum []num
		for _, f := range w.F {
			sum = append(sum, plus(w.G, f)...)
		}
		return both(equals(w.free(sum), w.Fβ().Add(w.free(w.G))))
	}},
	{n: 26, says: "An answer of energy +∞ changes nothing", check: func(w *world) []relation {
		more := append(append([]num{}, w.F...), number(math.Inf(1)))
		return append(same(w.gibbs(w.β, more), append(append([]num{}, w.p()...), none)), equals(w.free(more), w.Fβ()))
	}},
	{n: 27, says: "One more answer, of energy a: F_β becomes −(1/β) ln(e^(−βF_β) + e^(−βa)) < F_β", check: func(w *world) []relation {
		more := w.free(append(append([]num{}, w.F...), w.c))
		return both(equals(more, w.free([]num{w.Fβ(), w.c})), atMostIs(more, w.Fβ()))
	}},
	{n: 28, says: "ln Σ e^θ + Σ q ln q − ⟨q, θ⟩ = KL(q‖softmax θ) ≥ 0", check: func(w *world) []relation {
		minusθ := scaled(w.G, number(-1))
		lse, soft := w.freeAt(unit, minusθ).Neg(), w.gibbs(unit, minusθ)
		return both(equals(lse.Sub(exact.EntropyOf(w.q)).Sub(exact.MeanOf(w.q, w.G)), exact.KLOf(w.q, soft)))
	}},
	{n: 29, says: "Gibbs and Bogoliubov: F_β(G) + ⟨F − G⟩_{p of F} ≤ F_β(F) ≤ F_β(G) + ⟨F − G⟩_{p of G}", equal: []equality{iff("F − G is constant", (*world).shifted, 0, 1)}, check: func(w *world) []relation {
		d, free := minus(w.F, w.G), w.free(w.G)
		return twice(free.Add(exact.MeanOf(w.p(), d)), w.Fβ(), free.Add(exact.MeanOf(w.pG(), d)))
	}},
	{n: 30, says: "k₂e^(−βΔ)/(k + k₂e^(−βΔ)) ≤ 1 − p(minimisers) ≤ (n − k)e^(−βΔ)/(k + (n − k)e^(−βΔ)) ≤ ((n − k)/k) e^(−βΔ)", equal: []equality{iff("there are two levels (the first two)", (*world).twoLevels, 0, 1)}, check: func(w *world) []relation {
		if w.n == w.k {
			return nil
		}
		rest, e := none, w.β.Mul(w.Δ).Neg().Exp()
		for i, f := range w.F {
			if w.low.Less(f) {
				rest = rest.Add(w.p()[i])
			}
		}
		share := func(m int) num {
			x := times(e, float64(m))
			return x.Div(number(float64(w.k)).Add(x))
		}
		return append(twice(share(w.next), rest, share(w.n-w.k)), atMostIs(share(w.n-w.k), times(e, float64(w.n-w.k)).Div(number(float64(w.k)))))
	}},
	{n: 31, says: "ln(pᵢ/pⱼ) = −β(Fᵢ − Fⱼ): no other energy enters", check: func(w *world) []relation {
		return both(equals(w.p()[w.y].Div(w.p()[w.other()]).Log(), w.β.Mul(w.d()).Neg()))
	}},
	{n: 32, says: "Fᵢ < Fⱼ ⇔ pᵢ > pⱼ", equal: []equality{iff("", (*world).tied, 0)}, check: func(w *world) []relation {
		if i, j := w.y, w.other(); w.F[i].Less(w.F[j]) {
			return both(atMostIs(w.p()[j], w.p()[i]))
		}
		return both(atMostIs(w.p()[w.y], w.p()[w.other()]))
	}},
	{n: 33, says: "dpᵢ/dβ = −pᵢ(Fᵢ − ⟨F⟩): unless F is constant the p of a minimiser grows and that of a maximiser falls, and the others rise at most once and then fall", check: func(w *world) []relation {
		d := w.byβ(func(β exact.Dual, F []exact.Dual) exact.Dual { return exact.GibbsOf(β, F)[w.y] })
		return both(equals(d, w.p()[w.y].Mul(w.mean().Sub(w.F[w.y]))))
	}},
	{n: 34, says: "1/(1 + (n − 1)e^(βR)) ≤ pᵢ ≤ 1/(1 + (n − 1)e^(−βR))", equal: []equality{
		iff("all other energies are equal, and not above Fᵢ (the first)", func(w *world) bool { return w.end(1) }, 0),
		iff("all others are equal, and not below it (the second)", func(w *world) bool { return w.end(-1) }, 1),
	}, check: func(w *world) []relation {
		bound := func(R num) num { return unit.Div(unit.Add(times(w.β.Mul(R).Exp(), float64(w.n-1)))) }
		return twice(bound(w.range_()), w.p()[w.y], bound(w.range_().Neg()))
	}},
	{n: 35, says: "0 ≤ ln n − H ≤ β²R²/8, and the total variation between p and u is at most βR/4", equal: []equality{iff("R = 0", (*world).constant, 0, 1, 2)}, check: func(w *world) []relation {
		tv := half(total(absolute(minus(w.p(), w.uniform()))))
		return append(twice(none, w.ln(w.n).Sub(w.entropy()), times(w.β.Mul(w.range_()).Sqr(), 0.125)), atMostIs(tv, times(w.β.Mul(w.range_()), 0.25)))
	}},
	{n: 36, says: "Hoeffding: the plain mean − βR²/8 ≤ F̄_β ≤ the plain mean", equal: []equality{iff("R = 0", (*world).constant, 0, 1)}, check: func(w *world) []relation {
		return twice(w.level().Sub(times(w.β.Mul(w.range_().Sqr()), 0.125)), w.softmean(), w.level())
	}},
	{n: 37, says: "F̄_β = the plain mean − (β/2) Var_u F + O(β²), which is at most β²R³/6", check: func(w *world) []relation {
		off := w.softmean().Sub(w.level()).Add(half(w.β.Mul(variance(w.uniform(), w.F))))
		return both(atMostIs(off.Abs(), w.β.Sqr().Mul(w.range_()).Mul(w.range_().Sqr()).Div(number(6))))
	}},
	{n: 38, says: "KL(p_F‖p_G) = β(⟨G − F⟩_{p of F} − (F_β(G) − F_β(F)))", check: func(w *world) []relation {
		return both(equals(exact.KLOf(w.p(), w.pG()), w.β.Mul(exact.MeanOf(w.p(), minus(w.G, w.F)).Sub(w.free(w.G).Sub(w.Fβ())))))
	}},
	{n: 39, says: "max |ln(p_F/p_G)| ≤ β (max(F − G) − min(F − G))", check: func(w *world) []relation {
		var logs []num
		for i := range w.p() {
			logs = append(logs, w.p()[i].Div(w.pG()[i]).Log().Abs())
		}
		return both(atMostIs(greatest(logs), w.β.Mul(span(minus(w.F, w.G)))))
	}},
	{n: 40, says: "‖p_F − p_G‖₁ ≤ (β/2)(max(F − G) − min(F − G)) ≤ β max |F − G|, and ‖p_F − p_G‖₂ ≤ (β/2) ‖F − G‖₂", equal: []equality{
		iff("F − G is constant (the first)", (*world).shifted, 0),
		iff("max(F − G) = −min(F − G) (the second)", func(w *world) bool { d := minus(w.F, w.G); return is(greatest(d), least(d).Neg()) }, 1),
		iff("F = G (the last)", func(w *world) bool { return is(squares(minus(w.F, w.G)), none) }, 2),
	}, check: func(w *world) []relation {
		d, apart := minus(w.F, w.G), minus(w.p(), w.pG())
		return append(twice(total(absolute(apart)), half(w.β.Mul(span(d))), w.β.Mul(greatest(absolute(d)))),
			atMostIs(squares(apart), times(w.β.Sqr().Mul(squares(d)), 0.25)))
	}},

	{n: 41, says: "ℓ_y = −(1/β) ln p_y ≥ 0", equal: []equality{iff("n = 1", (*world).single, 1)}, check: func(w *world) []relation {
		return both(equals(w.F[w.y].Sub(w.Fβ()), w.p()[w.y].Log().Div(w.β).Neg()), atMostIs(none, w.ℓ()))
	}},
	{n: 42, says: "∂ℓ_y/∂Fⱼ = δ_yj − pⱼ: they add up to 0, their sizes to 2(1 − p_y), and their mean over y drawn from p is 0", check: func(w *world) []relation {
		g := w.slopes(op.NLL, w.F, w.y, w.nllAt(w.y))
		var want []num
		for j, p := range w.p() {
			d := p.Neg()
			if j == w.y {
				d = unit.Sub(p)
			}
			want = append(want, d)
		}
		return append(same(g, want), equals(total(absolute(g)), times(unit.Sub(w.p()[w.y]), 2)), equals(total(g).Add(unit), unit))
	}},
	{n: 43, says: "ℓ_y is convex in F, with the Hessian β (diag p − ppᵀ) for every y; in W, too, where F is affine in W, and not whatever F is", check: func(w *world) []relation {
		mid := w.nll(w.β, scaled(pointwise(w.F, w.G, num.Add), number(0.5)), w.y)
		return both(atMostIs(mid, half(w.ℓ().Add(w.nll(w.β, w.G, w.y)))))
	}},
	{n: 44, says: "ℓ_perc + (ln k)/β ≤ ℓ_y ≤ ℓ_perc + (ln n)/β with ℓ_perc = F_y − min F", equal: []equality{iff("F is constant", (*world).constant, 0, 1)}, check: func(w *world) []relation {
		perc := w.perceptron(w.F, w.y)
		return twice(perc.Add(w.ln(w.k).Div(w.β)), w.ℓ(), perc.Add(w.ln(w.n).Div(w.β)))
	}},
	{n: 45, says: "ℓ_y → ℓ_perc as β → ∞, no further off than (ln n)/β; βℓ_y → ln n as β → 0, no further off than βR", check: func(w *world) []relation {
		cold, hot := number(512), number(1.0/512)
		return append(twice(none, w.nll(cold, w.F, w.y).Sub(w.perceptron(w.F, w.y)), w.ln(w.n).Div(cold)),
			atMostIs(hot.Mul(w.nll(hot, w.F, w.y)).Sub(w.ln(w.n)).Abs(), hot.Mul(w.range_())))
	}},
	{n: 46, says: "dℓ_y/dβ = −H/β² ≤ 0 and d(βℓ_y)/dβ = F_y − ⟨F⟩", check: func(w *world) []relation {
		nll := w.nllAt(w.y)
		return both(atMostIs(w.nll(w.b, w.F, w.y), w.ℓ()), equals(w.byβ(nll), w.entropy().Div(w.β.Sqr()).Neg()),
			equals(w.byβ(func(β exact.Dual, F []exact.Dual) exact.Dual { return β.Mul(nll(β, F)) }), w.F[w.y].Sub(w.mean())))
	}},
	{n: 47, says: "n = 2: ℓ_y = sp(d)", check: func(w *world) []relation {
		return both(equals(w.nll(w.β, []num{w.F[w.y], w.F[w.other()]}, 0), w.sp(w.β, w.d())))
	}},
	{n: 48, says: "max over ȳ of sp(d) ≤ ℓ_y ≤ Σ_ȳ sp(d)", equal: []equality{iff("n = 2", (*world).pair, 0, 1)}, check: func(w *world) []relation {
		d, worst := w.rivals()
		sum := none
		for _, d := range d {
			sum = sum.Add(w.sp(w.β, d))
		}
		return twice(w.sp(w.β, worst), w.ℓ(), sum)
	}},
	{n: 49, says: "sp(d) ≤ ℓ_y ≤ sp(d + ln(n − 1)/β) with the most offending ȳ", equal: []equality{iff("n = 2 (the first)", (*world).pair, 0), iff("all incorrect energies are equal (the second)", func(w *world) bool { return level(w.others()) }, 1)}, check: func(w *world) []relation {
		_, worst := w.rivals()
		return twice(w.sp(w.β, worst), w.ℓ(), w.sp(w.β, worst.Add(w.ln(w.n-1).Div(w.β))))
	}},
	{n: 50, says: "MEE = 1 − p_y = 1 − e^(−βℓ) ≤ βℓ; σ(βd) ≤ MEE ≤ (n − 1) σ(βd) with the most offending ȳ, both equal for n = 2", check: func(w *world) []relation {
		_, worst := w.rivals()
		mee, s := w.mee(w.β, w.F, w.y), w.σ(w.β.Mul(worst))
		return append(twice(s, mee, times(s, float64(w.n-1))), equals(mee, unit.Sub(w.β.Mul(w.ℓ()).Neg().Exp())), atMostIs(mee, w.β.Mul(w.ℓ())))
	}},
	{n: 51, says: "ℓ ≤ ε ⇒ every gap F_ȳ − F_y ≥ −(1/β) ln(e^(βε) − 1); gaps ≥ g ⇒ ℓ ≤ (1/β) ln(1 + (n − 1)e^(−βg)); ℓ < (ln 2)/β ⇒ y is the only minimiser, and not conversely", oneWay: arrow{
		func(w *world) (a, b num) { return w.β.Mul(w.ℓ()), w.ln(2) },
		func(w *world) (a, b num) { _, worst := w.rivals(); return worst, none },
	}, check: func(w *world) []relation {
		_, worst := w.rivals()
		return both(atMostIs(w.β.Mul(w.ℓ()).Expm1().Log().Div(w.β).Neg(), worst.Neg()),
			atMostIs(w.ℓ(), unit.Add(times(w.β.Mul(worst).Exp(), float64(w.n-1))).Log().Div(w.β)))
	}},
	{n: 52, says: "the mean of βℓ_y over y drawn from q is H(q) + KL(q‖p)", check: func(w *world) []relation {
		mean := none
		for y, q := range w.q {
			mean = mean.Add(q.Mul(w.β).Mul(w.nll(w.β, w.F, y)))
		}
		return both(equals(mean, exact.EntropyOf(w.q).Add(exact.KLOf(w.q, w.p()))))
	}},
	{n: 53, says: "Losses that a common shift does not move (NLL, perceptron, hinge, log, LVQ2, MCE, MEE) have gradients that add up to 0, so that descent keeps Σ F; simple, square-square, square-exp and energy do not", check: func(w *world) (r []relation) {
		for _, o := range []op.Op{op.NLL, op.MEE, op.Perceptron, op.Hinge, op.Log, op.LVQ2, op.MCE} {
			r = append(r, equals(w.loss(o, plus(w.F, w.c), w.y), w.loss(o, w.F, w.y)))
		}
		mee := func(β exact.Dual, F []exact.Dual) exact.Dual { return exact.MEEOf(β, F, w.y) }
		r = append(r, equals(total(w.slopes(op.NLL, w.F, w.y, w.nllAt(w.y))).Add(unit), unit), equals(total(w.slopes(op.MEE, w.F, w.y, mee)).Add(unit), unit))
		for _, o := range []op.Op{op.Simple, op.SquareSquare, op.SquareExp, op.Energy} { // F = F̄ = 0, and 2
			r = append(r, atMostIs(w.loss(o, []num{none, none}, 0), w.loss(o, []num{number(2), number(2)}, 0)))
		}
		return r
	}},
	{n: 54, says: "Descent on a table, incorrect energies tied, u = β·gap: e^u + (n − 1)u = e^(u₀) + (n − 1)u₀ + nβt", why: "of a flow: the claim push.without-bound"},
	{n: 55, says: "½ ‖∂ℓ_y/∂F‖₁² ≤ βℓ_y, by Pinsker's inequality", check: func(w *world) []relation {
		return both(atMostIs(half(total(absolute(w.slopes(op.NLL, w.F, w.y, w.nllAt(w.y)))).Sqr()), w.β.Mul(w.ℓ())))
	}},
	{n: 56, says: "ℓ_y ≥ [d]⁺ for every ȳ", check: func(w *world) []relation { return both(atMostIs(w.hinge(none, w.d()), w.ℓ())) }},
	{n: 57, says: "ln p_y is concave in F", check: func(w *world) []relation {
		mid := scaled(pointwise(w.F, w.G, num.Add), number(0.5))
		return both(atMostIs(half(w.p()[w.y].Log().Add(w.pG()[w.y].Log())), w.gibbs(w.β, mid)[w.y].Log()))
	}},
	{n: 58, says: "∂pᵢ/∂Fⱼ = β pᵢ pⱼ for i ≠ j, and −β pᵢ(1 − pᵢ) for i = j", check: func(w *world) []relation {
		i, j := w.y, w.other()
		d := w.byF(func(β exact.Dual, F []exact.Dual) exact.Dual { return exact.GibbsOf(β, F)[i] })
		return both(equals(d[j], w.β.Mul(w.p()[i]).Mul(w.p()[j])), equals(d[i], w.β.Mul(w.p()[i]).Mul(unit.Sub(w.p()[i])).Neg()))
	}},

	{n: 59, says: "0 < sp(d) − [d]⁺ = (1/β) ln(1 + e^(−β|d|)) ≤ (ln 2)/β", equal: []equality{iff("d = 0", (*world).tied, 1)}, check: func(w *world) []relation {
		above := w.sp(w.β, w.d()).Sub(w.hinge(none, w.d()))
		return append(twice(none, above, w.ln(2).Div(w.β)), equals(above, w.sp(w.β, w.d().Abs().Neg())))
	}},
	{n: 60, says: "sp(d) − sp(−d) = d", check: func(w *world) []relation {
		return both(equals(w.sp(w.β, w.d()).Sub(w.sp(w.β, w.d().Neg())), w.d()))
	}},
	{n: 61, says: "sp′ = σ(βd), and σ(βd)′ = βσ(1 − σ) ≤ β/4", equal: []equality{iff("d = 0", (*world).tied, 2)}, check: func(w *world) []relation {
		s := w.σ(w.β.Mul(w.d()))
		pair := []num{w.F[w.y], w.F[w.other()]}
		g := w.slopes(op.SoftHinge, pair, 0, func(β exact.Dual, F []exact.Dual) exact.Dual { return exact.NLLOf(β, F, 0) })
		slope := w.slopes(op.MEE, pair, 0, func(β exact.Dual, F []exact.Dual) exact.Dual { return exact.MEEOf(β, F, 0) })
		return both(equals(g[0], s), equals(slope[0], w.β.Mul(s).Mul(unit.Sub(s))), atMostIs(slope[0], times(w.β, 0.25)))
	}},
	{n: 62, says: "sp(d) falls as β grows, and is (1/β) of itself at β = 1 and βd", check: func(w *world) []relation {
		return both(atMostIs(w.sp(w.b, w.d()), w.sp(w.β, w.d())), equals(w.sp(w.β, w.d()), w.sp(unit, w.β.Mul(w.d())).Div(w.β)))
	}},
	{n: 63, says: "sp(d) = max over 0 ≤ q ≤ 1 of qd + H(q, 1 − q)/β, at q = σ(βd)", check: func(w *world) []relation {
		at := func(q num) num {
			return q.Mul(w.d()).Add(exact.EntropyOf([]num{q, unit.Sub(q)}).Div(w.β))
		}
		return both(equals(at(w.σ(w.β.Mul(w.d()))), w.sp(w.β, w.d())), atMostIs(at(w.q[0]), w.sp(w.β, w.d())))
	}},
	{n: 64, says: "1[d ≥ 0] ≤ [m + d]⁺/m for m > 0, and 1[d ≥ 0] ≤ ln(1 + e^d)/ln 2", equal: []equality{iff("d = 0, or d ≤ −m (the first)", func(w *world) bool { return w.tied() || !number(-1).Less(w.d()) }, 0), iff("d = 0 (the second)", (*world).tied, 1)}, check: func(w *world) []relation {
		wrong := none
		if !w.d().Less(none) {
			wrong = unit
		}
		return both(atMostIs(wrong, w.hinge(unit, w.d())), atMostIs(wrong, w.sp(unit, w.d()).Div(w.ln(2))))
	}},
	{n: 65, says: "0 ≤ hinge at m′ − hinge at m ≤ m′ − m for m ≤ m′", check: func(w *world) []relation {
		more := w.c.Abs()
		return twice(none, w.hinge(unit.Add(more), w.d()).Sub(w.hinge(unit, w.d())), more)
	}},
	{n: 66, says: "the greatest hinge over ȳ is the one at the most offending ȳ", check: func(w *world) []relation {
		d, worst := w.rivals()
		all := none
		for _, d := range d {
			all = all.Max(w.hinge(unit, d))
		}
		return both(equals(all, w.hinge(unit, worst)))
	}},
	{n: 67, says: "The perceptron is the hinge with m = 0 at the most offending ȳ; for every m max over y′ of m·1[y′ ≠ y] + F_y − F_y′ is the hinge there", check: func(w *world) []relation {
		_, worst := w.rivals()
		below := number(-1)
		return both(equals(w.perceptron(w.F, w.y), w.hinge(none, worst)), equals(greatest(w.margins(unit)), w.hinge(unit, worst)), equals(greatest(w.margins(below)), w.hinge(below, worst)))
	}},
	{n: 68, says: "hinge ≤ (1/β) ln Σ over y′ of e^(β(m·1[y′ ≠ y] + F_y − F_y′)) ≤ hinge + (ln n)/β", check: func(w *world) []relation {
		_, worst := w.rivals()
		hinge := w.hinge(unit, worst)
		return twice(hinge, w.free(scaled(w.margins(unit), number(-1))).Neg(), hinge.Add(w.ln(w.n).Div(w.β)))
	}},
	{n: 69, says: "|σ(βd) − 1[d > 0]| ≤ e^(−β|d|) for d ≠ 0", check: func(w *world) []relation {
		step := none
		if none.Less(w.d()) {
			step = unit
		}
		return both(atMostIs(w.σ(w.β.Mul(w.d())).Sub(step).Abs(), w.β.Mul(w.d().Abs()).Neg().Exp()))
	}},
	{n: 70, says: "simple = 0 ⇔ square-square = 0 ⇔ F ≤ 0 and F̄ ≥ m; square-square ≤ simple² ≤ 2 square-square", equal: []equality{
		iff("a term is 0 (the former)", func(w *world) bool { F, G := w.terms(); return !none.Less(F) || !none.Less(G) }, 0),
		iff("both terms are equal (the latter)", func(w *world) bool { F, G := w.terms(); return is(F.Pos(), G.Pos()) }, 1),
		iff("", func(w *world) bool { F, G := w.terms(); return !none.Less(F.Max(G)) }, 2, 3),
	}, check: func(w *world) []relation {
		simple, square := w.loss(op.Simple, w.F, w.y), w.loss(op.SquareSquare, w.F, w.y)
		return append(twice(square, simple.Sqr(), times(square, 2)), atMostIs(none, simple), atMostIs(none, square))
	}},
	{n: 71, says: "hinge ≤ simple, and hinge² ≤ 2 square-square", equal: []equality{
		iff("F and m − F̄ have no opposite signs (the former)", func(w *world) bool { F, G := w.terms(); return !F.Mul(G).Less(none) }, 0),
		iff("they are equal, or neither is above 0 (the latter)", func(w *world) bool { F, G := w.terms(); return is(F, G) || !none.Less(F.Max(G)) }, 1),
	}, check: func(w *world) []relation {
		hinge := w.loss(op.Hinge, w.F, w.y)
		return both(atMostIs(hinge, w.loss(op.Simple, w.F, w.y)), atMostIs(hinge.Sqr(), times(w.loss(op.SquareSquare, w.F, w.y), 2)))
	}},
	{n: 72, says: "Convex in (F, F̄): hinge, log, simple, square-square (both), square-exp; not MCE, LVQ2, MEE", check: func(w *world) (r []relation) {
		for _, o := range []op.Op{op.Hinge, op.Log, op.Simple, op.SquareSquare, op.SquareExp} {
			mid := scaled(pointwise(w.F, w.G, num.Add), number(0.5))
			r = append(r, atMostIs(times(w.loss(o, mid, w.y), 2), w.loss(o, w.F, w.y).Add(w.loss(o, w.G, w.y))))
		}
		for _, o := range []op.Op{op.MCE, op.LVQ2, op.MEE} { // at d = 0 and 4, and between
			at := func(d float64) num { return w.loss(o, []num{number(d), none}, 0) }
			r = append(r, atMostIs(at(0).Add(at(4)), times(at(2), 2)))
		}
		return r
	}},
	{n: 73, says: "Smooth: log, NLL, MEE, MCE, square-exp; square-square has a continuous gradient whose slope jumps from 0 to 2; simple, hinge, perceptron, LVQ2 are Lipschitz only", why: byClaim},
	{n: 74, says: "|∂ square-square/∂F| < |∂ simple/∂F| ⇔ 0 < F < ½", equal: []equality{iff("", func(w *world) bool { return is(w.F[w.y], number(0.5)) }, 0)}, check: func(w *world) []relation {
		F := w.F[w.y]
		if !none.Less(F) {
			return nil
		}
		pair := []num{F, w.F[w.other()]}
		simple := w.slopes(op.Simple, pair, 0, func(_ exact.Dual, F []exact.Dual) exact.Dual { return F[0].Pos() })[0]
		square := w.slopes(op.SquareSquare, pair, 0, func(_ exact.Dual, F []exact.Dual) exact.Dual { return F[0].Pos().Mul(F[0].Pos()) })[0]
		if F.Less(number(0.5)) {
			return both(atMostIs(square, simple))
		}
		return both(atMostIs(simple, square))
	}},

	{n: 75, says: "argmin over y of min over z of G is the y of the joint argmin", check: func(w *world) []relation {
		return both(equals(w.least(append(append([]num{}, w.F...), w.G...)), w.least(w.F).Min(w.least(w.G))))
	}},
	{n: 76, says: "0 ≤ min over z of G − F_β(y) ≤ (ln |𝒵|)/β for a latent variable of |𝒵| values", check: func(w *world) []relation {
		return twice(none, w.low.Sub(w.Fβ()), w.ln(w.n).Div(w.β))
	}},
	{n: 77, says: "F_β(y) ≤ ⟨G⟩_q − H(q)/β for any q on z; the excess is KL(q‖p(z|y))/β", check: func(w *world) []relation {
		return both(atMostIs(w.Fβ(), exact.MeanOf(w.q, w.F).Sub(exact.EntropyOf(w.q).Div(w.β))))
	}},
	{n: 78, says: "F_β of all y ≤ F_β(y): an NLL with latent variables is not negative", check: func(w *world) []relation {
		return both(atMostIs(w.free(append(append([]num{}, w.F...), w.G...)), w.Fβ()))
	}},
	{n: 79, says: "Along a chain the recursion with softmin gives the sum over all sequences, with min the least (Viterbi)", why: chained},

	{n: 80, says: "F = −(1/β) ln p has Z = 1, and Fᵢ − Fⱼ can be read off p", check: func(w *world) []relation {
		var F []num
		for _, p := range w.q {
			F = append(F, p.Log().Div(w.β).Neg())
		}
		return append(same(w.gibbs(w.β, F), w.q), equals(w.partition(w.β, F), unit))
	}},
	{n: 81, says: "p at λβ + (1 − λ)β′ is proportional to p_β^λ p_β′^(1−λ); ln Z is convex in β", check: func(w *world) []relation {
		mid, other := half(w.β.Add(w.b)), w.gibbs(w.b, w.F)
		var mix []num
		for i := range w.p() {
			mix = append(mix, w.p()[i].Mul(other[i]).Sqrt())
		}
		return append(same(w.gibbs(mid, w.F), scaled(mix, unit.Div(total(mix)))),
			atMostIs(w.partition(mid, w.F).Log(), half(w.lnZ().Add(w.partition(w.b, w.F).Log()))))
	}},
	{n: 82, says: "A product of experts adds their energies", check: func(w *world) []relation {
		product := pointwise(w.p(), w.pG(), num.Mul)
		return same(w.gibbs(w.β, pointwise(w.F, w.G, num.Add)), scaled(product, unit.Div(total(product))))
	}},
	{n: 83, says: "Z_F/Z_G = ⟨e^(−β(F − G))⟩_{p of G}", check: func(w *world) []relation {
		var e []num
		for _, d := range minus(w.F, w.G) {
			e = append(e, w.β.Mul(d).Neg().Exp())
		}
		return both(equals(w.partition(w.β, w.F).Div(w.partition(w.β, w.G)), exact.MeanOf(w.pG(), e)))
	}},
	{n: 84, says: "ln Σ p^α = ln Z(αβ) − α ln Z(β), so Σ p² = Z(2β)/Z(β)²", check: func(w *world) []relation {
		return both(equals(squares(w.p()), w.partition(times(w.β, 2), w.F).Div(w.partition(w.β, w.F).Sqr())))
	}},
	{n: 85, says: "Of all distributions of the same ⟨F⟩, p has the greatest entropy", check: func(w *world) []relation { // q at the β at which its mean is that of p is at most H: by 13
		return both(atMostIs(exact.EntropyOf(w.q).Sub(w.entropy()), w.β.Mul(exact.MeanOf(w.q, w.F).Sub(w.mean()))))
	}},
	{n: 86, says: "F = ½ (y − μ)ᵀA(y − μ) on ℝᵈ: Z = (2π/β)^(d/2) |A|^(−½), where A is positive definite", why: continuous},
	{n: 87, says: "of the same F, ⟨F⟩ = d/(2β) and Var F = d/(2β²)", why: continuous},
	{n: 88, says: "Metropolis: pᵢ Pᵢⱼ = pⱼ Pⱼᵢ, so pP = p, and KL(qP‖p) ≤ KL(q‖p)", check: func(w *world) []relation {
		move := func(from, to int) num { return w.β.Mul(w.F[to].Sub(w.F[from]).Pos()).Neg().Exp().Mul(w.perUnit) }
		step := func(q []num) []num { // qP: what is refused stays
			next := slices.Clone(q)
			for i := range q {
				for j := range q {
					if j != i {
						m := q[i].Mul(move(i, j))
						next[i], next[j] = next[i].Sub(m), next[j].Add(m)
					}
				}
			}
			return next
		}
		i, j := w.y, w.other()
		r := both(equals(w.p()[i].Mul(move(i, j)), w.p()[j].Mul(move(j, i))), atMostIs(exact.KLOf(step(w.q), w.p()), exact.KLOf(w.q, w.p())))
		return append(r, same(step(w.p()), w.p())...)
	}},
	{n: 89, says: "ln Z ≤ a + Z e^(−a) − 1", equal: []equality{iff("a = ln Z", func(w *world) bool { return is(w.c, w.lnZ()) }, 0)}, check: func(w *world) []relation {
		at := func(a num) num { return a.Add(w.lnZ().Sub(a).Exp()).Sub(unit) }
		return both(atMostIs(w.lnZ(), at(w.c)), equals(w.lnZ(), at(w.lnZ())))
	}},
	{n: 90, says: "An unbiased estimate Ẑ of Z has E ln Ẑ ≤ ln Z", check: func(w *world) []relation { // Ẑ = wᵢ/qᵢ with i drawn from q
		mean := none
		for i, f := range w.F {
			mean = mean.Add(w.q[i].Mul(w.β.Mul(f).Neg().Sub(w.q[i].Log())))
		}
		return both(atMostIs(mean, w.lnZ()))
	}},
	{n: 91, says: "Which losses meet LeCun's condition 3 for which margins (energy never, hinge and square-square below m, log, NLL, MCE, MEE, square-exp always); with fixed centres D apart, below D²", why: byClaim},
	{n: 92, says: "The score ∂ ln p/∂y = −β ∂F/∂y is free of Z", why: continuous},
}

func meanOfF(β exact.Dual, F []exact.Dual) exact.Dual { return exact.MeanOf(exact.GibbsOf(β, F), F) }

func pointwise(x, y []num, f func(a, b num) num) (z []num) {
	for i := range x {
		z = append(z, f(x[i], y[i]))
	}
	return z
}

func span(x []num) num { return greatest(x).Sub(least(x)) }

func squares(x []num) num {
	s := none
	for _, v := range x {
		s = s.Add(v.Sqr())
	}
	return s
}

// nllAt is ℓ_y as a function of β and F.
func (w *world) nllAt(y int) func(β exact.Dual, F []exact.Dual) exact.Dual {
	return func(β exact.Dual, F []exact.Dual) exact.Dual { return exact.NLLOf(β, F, y) }
}

// margins returns m·1[y′ ≠ y] + F_y − F_y′ for each y′.
func (w *world) margins(m num) (t []num) {
	for j, f := range w.F {
		d := w.F[w.y].Sub(f)
		if j != w.y {
			d = d.Add(m)
		}
		t = append(t, d)
	}
	return t
}
