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

// A choice is what inference says of energies, and of a table of them, with the correct
// answer y: Infer, MostOffending, Minimisers, InferJoint.
type choice func(F []float64, G [][]float64, y int) []int

func ourChoice(F []float64, G [][]float64, y int) []int {
	yhat, zhat := InferJoint(G)
	return append([]int{Infer(F), MostOffending(F, y), yhat, zhat}, Minimisers(F)...)
}

// byOrder holds a choice to the definitions, read off the answers sorted by energy, then
// place.
func byOrder(of choice) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		draw := func(n int) []float64 {
			F := make([]float64, n)
			for i := range F {
				F[i] = []float64{0, 0, 1, -1, inf, -inf, r.NormFloat64()}[r.IntN(7)]
				if r.IntN(25) == 0 {
					F[i] = nan
				}
			}
			return F
		}
		F, G := draw(1+r.IntN(5)), make([][]float64, 1+r.IntN(3))
		for y := range G {
			G[y] = draw(r.IntN(4))
		}
		G[0] = append(G[0], 0)
		y := r.IntN(len(F))
		sorted := func(F []float64) (places []int, sound bool) {
			for i, f := range F {
				if math.IsNaN(f) {
					return nil, false
				}
				if f < inf {
					places = append(places, i)
				}
			}
			slices.SortStableFunc(places, func(i, j int) int {
				switch {
				case F[i] < F[j]:
					return -1
				case F[i] > F[j]:
					return 1
				}
				return 0
			})
			return places, true
		}
		want := []int{-1, -1, -1, -1}
		order, sound := sorted(F)
		if sound && len(order) > 0 {
			want[0] = order[0]
			for _, i := range order {
				if F[i] == F[order[0]] {
					want = append(want, i)
				}
			}
			if k := slices.IndexFunc(order, func(i int) bool { return i != y }); k >= 0 {
				want[1] = order[k]
			}
		}
		var all []float64
		var pairs [][2]int
		for y, row := range G {
			for z, g := range row {
				all, pairs = append(all, g), append(pairs, [2]int{y, z})
			}
		}
		if order, sound := sorted(all); sound && len(order) > 0 {
			want[2], want[3] = pairs[order[0]][0], pairs[order[0]][1]
		}
		if got := of(F, G, y); !slices.Equal(got, want) {
			return fmt.Sprintf("F=%v G=%v y=%d: %v, want %v", F, G, y, got, want)
		}
		return ""
	}
}

func TestInferPromises(t *testing.T) {
	promise.Try(t, "by order", 300, byOrder(ourChoice))
	but := func(k int, f func(F []float64, G [][]float64, y int) int) choice {
		return func(F []float64, G [][]float64, y int) []int {
			got := ourChoice(F, G, y)
			got[k] = f(F, G, y)
			return got
		}
	}
	for fault, of := range map[string]choice{
		"the last of equals": but(0, func(F []float64, _ [][]float64, y int) (at int) {
			at = -1
			for i, f := range F {
				if f < inf && (at < 0 || f <= F[at]) {
					at = i
				}
				if math.IsNaN(f) {
					return -1
				}
			}
			return at
		}),
		"NaN is no energy": but(0, func(F []float64, _ [][]float64, y int) (at int) {
			at = -1
			for i, f := range F {
				if f < inf && (at < 0 || f < F[at]) {
					at = i
				}
			}
			return at
		}),
		"an impossible answer": but(0, func(F []float64, _ [][]float64, y int) int { return max(0, Infer(F)) }),
		"NaN of the correct answer does not count": but(1, func(F []float64, _ [][]float64, y int) int {
			F = slices.Clone(F)
			F[y] = inf
			return Infer(F)
		}),
		"argmin of the argmins": but(2, func(F []float64, G [][]float64, y int) int {
			var at []float64
			for _, row := range G {
				at = append(at, float64(Infer(append(slices.Clone(row), inf))))
			}
			return Infer(at)
		}),
	} {
		promise.Refute(t, fault, 300, byOrder(of))
	}
}

// An elimination of z says, of a table G with masses, F_min and F_soft of y and both gradients
// in the table.
type elimination func(G []float64, ny, nz, y int, mass []float64, beta float64) (low, soft float64, dLow, dSoft []float64)

func ourElimination(G []float64, ny, nz, y int, mass []float64, beta float64) (low, soft float64, dLow, dSoft []float64) {
	table, at := LatentTable{ny, nz}, []float64{float64(y)}
	l, s := Minimised{table, Weighted(mass)}, Soft{table, Weighted(mass), beta}
	return l.Eval(G, nil, at), s.Eval(G, nil, at), l.GradW(nil, G, nil, at), s.GradW(nil, G, nil, at)
}

// eliminated holds it to the definitions, to one rounding, and to identity 76.
func eliminated(of elimination) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		ny, nz := 1+r.IntN(3), 1+r.IntN(4)
		G := make([]float64, ny*nz)
		offset := []float64{0, 0, magnitude(r, 0, 15)}[r.IntN(3)]
		for k := range G {
			G[k] = offset + []float64{0, 1, r.NormFloat64() * 30}[r.IntN(3)]
		}
		mass, beta, y := masses(r, nz), magnitude(r, -3, 3), r.IntN(ny)
		low, soft, dLow, dSoft := of(G, ny, nz, y, mass, beta)
		row := G[y*nz : (y+1)*nz]
		least, total := inf, 0.0
		for z, g := range row {
			if total += mass[z]; mass[z] > 0 {
				least = min(least, g)
			}
		}
		say := func(what string, got, want any) string {
			return fmt.Sprintf("G=%v μ=%v β=%v: %s = %v, want %v", row, mass, beta, what, got, want)
		}
		if low != least {
			return say("F_min", low, least)
		}
		for prec := uint(256); ; prec *= 2 {
			truth, _ := truths(row, beta, mass, 0, make([]float64, nz), prec)
			v, sure := exact.Settle(truth[atFreeEnergy])
			if !sure && prec < 4096 {
				continue
			}
			if sure && !(v.Ulps(soft) <= oneRounding) {
				return say("F_soft", soft, v.Near)
			}
			break
		}
		first := slices.IndexFunc(row, func(g float64) bool { return g == least })
		for mass[first] == 0 {
			first += 1 + slices.IndexFunc(row[first+1:], func(g float64) bool { return g == least })
		}
		for k := range G {
			want, p := 0.0, exact.Value{}
			if z := k - y*nz; z >= 0 && z < nz {
				if z == first {
					want = 1
				}
				truth, _ := truths(row, beta, mass, z, make([]float64, nz), 512)
				p, _ = exact.Settle(truth[atProb])
			}
			if dLow[k] != want || !(p.Ulps(dSoft[k]) <= oneRounding) {
				return say(fmt.Sprintf("gradients at %d", k), []float64{dLow[k], dSoft[k]}, []float64{want, p.Near})
			}
		}
		return ""
	}
}

func TestLatentPromises(t *testing.T) {
	promise.Try(t, "z eliminated from a table", 60, eliminated(ourElimination))
	for fault, of := range map[string]elimination{
		"the place of the least for the least (C28)": func(G []float64, ny, nz, y int, mass []float64, beta float64) (float64, float64, []float64, []float64) {
			_, soft, dLow, dSoft := ourElimination(G, ny, nz, y, mass, beta)
			return float64(Infer(G[y*nz : (y+1)*nz])), soft, dLow, dSoft
		},
		"masses do not count": func(G []float64, ny, nz, y int, mass []float64, beta float64) (float64, float64, []float64, []float64) {
			return ourElimination(G, ny, nz, y, slices.Repeat([]float64{1}, nz), beta)
		},
		"the free energy in float64": func(G []float64, ny, nz, y int, mass []float64, beta float64) (float64, float64, []float64, []float64) {
			low, _, dLow, dSoft := ourElimination(G, ny, nz, y, mass, beta)
			Z := 0.0
			for z, m := range mass {
				Z += m * math.Exp(-beta*(G[y*nz+z]-low))
			}
			return low, low - math.Log(Z)/beta, dLow, dSoft
		},
		"the gradient of the least alone": func(G []float64, ny, nz, y int, mass []float64, beta float64) (float64, float64, []float64, []float64) {
			low, soft, dLow, _ := ourElimination(G, ny, nz, y, mass, beta)
			return low, soft, dLow, dLow
		},
	} {
		promise.Refute(t, fault, 60, eliminated(of))
	}
}

// A transition is a Metropolis matrix, and where the answer y is after k steps of CD.
type transition func(F []float64, beta float64, y, k int) (P [][]float64, grad []float64)

func ourTransition(F []float64, beta float64, y, k int) ([][]float64, []float64) {
	P := Metropolis(F, beta)
	return P, CD(nil, P, y, k)
}

// balanced holds each element to one rounding, so the matrix to detailed balance, and CD to
// δ_y − δ_y Pᵏ in rational numbers, within (n + 1)k + n roundings of what is added up.
func balanced(of transition) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		F, beta := drawEnergies(r, []string{"tame", "wide", "extreme"}[r.IntN(3)])
		F, beta = F[:min(len(F), 5)], min(max(beta, 5e-324), math.MaxFloat64)
		if r.IntN(8) == 0 {
			F[r.IntN(len(F))] = inf
		}
		n, y, k := len(F), r.IntN(len(F)), r.IntN(4)
		P, grad := of(F, beta, y, k)
		const prec = 320
		share := exact.Of(1, prec).Div(exact.Of(float64(n), prec))
		for i := range P {
			others := exact.Of(0, prec)
			for j := range P[i] {
				if j == i {
					continue
				}
				p := share
				if F[j] > F[i] {
					p = exact.Of(0, prec)
					if !math.IsInf(F[j], 1) {
						p = exact.Of(F[j], prec).Sub(exact.Of(F[i], prec)).Mul(exact.Of(-beta, prec)).Exp().Mul(share)
					}
				}
				others = others.Add(share.Sub(p))
				if v := exact.SettleWide(p); !(v.Ulps(P[i][j]) <= oneRounding) {
					return fmt.Sprintf("F=%v β=%v: P[%d][%d] = %v, want %v", F, beta, i, j, P[i][j], v.Near)
				}
			}
			if v := exact.SettleWide(share.Add(others)); !(v.Ulps(P[i][i]) <= oneRounding) {
				return fmt.Sprintf("F=%v β=%v: P[%d][%d] = %v, want %v", F, beta, i, i, P[i][i], v.Near)
			}
		}
		q := make([]*big.Rat, n)
		for i := range q {
			q[i] = new(big.Rat)
		}
		q[y].SetInt64(1)
		for range k {
			next := make([]*big.Rat, n)
			for j := range next {
				next[j] = new(big.Rat)
				for i := range q {
					p := new(big.Rat).SetFloat64(P[i][j])
					next[j].Add(next[j], p.Mul(p, q[i]))
				}
			}
			q = next
		}
		others := 0.0
		for j := range q {
			want, _ := q[j].Float64()
			if j != y {
				others += want
				want = -want
			} else {
				continue
			}
			if !(math.Abs(grad[j]-want) <= float64((n+1)*k+1)*0x1p-53*math.Abs(want)+float64(n*k)*0x1p-1074) {
				return fmt.Sprintf("F=%v β=%v y=%d k=%d: CD[%d] = %v, want %v", F, beta, y, k, j, grad[j], want)
			}
		}
		if !(math.Abs(grad[y]-others) <= float64((n+1)*k+2*n)*0x1p-53*others+float64(n*k)*0x1p-1074) {
			return fmt.Sprintf("F=%v β=%v y=%d k=%d: CD[y] = %v, want %v", F, beta, y, k, grad[y], others)
		}
		return ""
	}
}

func TestMetropolisPromises(t *testing.T) {
	promise.Try(t, "detailed balance, and CD", 60, balanced(ourTransition))
	change := func(f func(F []float64, beta float64, P [][]float64)) transition {
		return func(F []float64, beta float64, y, k int) ([][]float64, []float64) {
			P := Metropolis(F, beta)
			f(F, beta, P)
			return P, CD(nil, P, y, k)
		}
	}
	for fault, of := range map[string]transition{
		"acceptances in float64": change(func(F []float64, beta float64, P [][]float64) {
			for i := range P {
				for j := range P {
					if j != i && F[j] < inf && F[i] < inf {
						P[i][j] = math.Exp(-beta*max(0, F[j]-F[i])) / float64(len(F))
					}
				}
			}
		}),
		"what is left of 1 stays": change(func(F []float64, beta float64, P [][]float64) {
			for i := range P {
				P[i][i] = 1
				for j := range P {
					if j != i {
						P[i][i] -= P[i][j]
					}
				}
			}
		}),
		"the heat bath": change(func(F []float64, beta float64, P [][]float64) {
			if p := NewGibbs(F, beta, Counting(len(F))).Probs(nil); p[0] == p[0] {
				for i := range P {
					copy(P[i], p)
				}
			}
		}),
		"a step too many": func(F []float64, beta float64, y, k int) ([][]float64, []float64) {
			return ourTransition(F, beta, y, k+1)
		},
		"columns for rows": func(F []float64, beta float64, y, k int) ([][]float64, []float64) {
			P := Metropolis(F, beta)
			Q := make([][]float64, len(P))
			for i := range Q {
				for j := range P {
					Q[i] = append(Q[i], P[j][i])
				}
			}
			return P, CD(nil, Q, y, k)
		},
	} {
		promise.Refute(t, fault, 60, balanced(of))
	}
}

// A diffusion is Diffuse, or what is planted for it.
type diffusion func(q []float64, P [][]float64, k int) []float64

// diffused holds q Pᵏ to rational numbers: each of its elements to (n + 1)k roundings of itself,
// and what underflows in n products a step.
func diffused(of diffusion) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		n, k := 1+r.IntN(6), r.IntN(5)
		draw := func() []float64 {
			row, sum := make([]float64, n), 0.0
			for j := range row {
				row[j] = float64(r.IntN(3)) * magnitude(r, -200, 0)
				sum += row[j]
			}
			if sum == 0 {
				row[r.IntN(n)], sum = 1, 1
			}
			for j := range row {
				row[j] /= sum
			}
			return row
		}
		q, P := draw(), make([][]float64, n)
		for i := range P {
			P[i] = draw()
		}
		want := make([]*big.Rat, n)
		for i := range want {
			want[i] = new(big.Rat).SetFloat64(q[i])
		}
		for range k {
			next := make([]*big.Rat, n)
			for j := range next {
				next[j] = new(big.Rat)
				for i := range want {
					p := new(big.Rat).SetFloat64(P[i][j])
					next[j].Add(next[j], p.Mul(p, want[i]))
				}
			}
			want = next
		}
		for j, got := range of(slices.Clone(q), P, k) {
			w, _ := want[j].Float64()
			off, _ := new(big.Rat).Sub(want[j], new(big.Rat).SetFloat64(got)).Float64()
			if !(math.Abs(off) <= float64((n+1)*k)*0x1p-53*w+float64(n*k)*0x1p-1074) {
				return fmt.Sprintf("q = %v, P = %v, k = %d: element %d is %v, want %v", q, P, k, j, got, w)
			}
		}
		return ""
	}
}

func TestDiffusePromises(t *testing.T) {
	promise.Try(t, "a distribution diffuses", 100, diffused(func(q []float64, P [][]float64, k int) []float64 {
		return Diffuse(q, q, P, k)
	}))
	for fault, of := range map[string]diffusion{
		"a step less": func(q []float64, P [][]float64, k int) []float64 { return Diffuse(nil, q, P, max(0, k-1)) },
		"columns for rows": func(q []float64, P [][]float64, k int) []float64 {
			Q := make([][]float64, len(P))
			for i := range P {
				for j := range P {
					Q[i] = append(Q[i], P[j][i])
				}
			}
			return Diffuse(nil, q, Q, k)
		},
		"each step is normalised": func(q []float64, P [][]float64, k int) []float64 {
			for range k {
				sum := 0.0
				for _, p := range Diffuse(q, q, P, 1) {
					sum += p
				}
				for j := range q {
					q[j] /= sum * (1 + 0x1p-45)
				}
			}
			return q
		},
		"in place": func(q []float64, P [][]float64, k int) []float64 {
			for range k {
				for j := range q {
					s := 0.0
					for i := range q {
						s += q[i] * P[i][j]
					}
					q[j] = s
				}
			}
			return q
		},
	} {
		promise.Refute(t, fault, 100, diffused(of))
	}
}

// TestSamplesUnbiased has all samples of three draws from three points, with their probabilities:
// Ẑ has the mean Z (C48), and ln Ẑ one below ln Z (identity 90). With the masses of all points
// for those of the draws it has not.
func TestSamplesUnbiased(t *testing.T) {
	q, F, ys := []float64{0.5, 0.375, 0.125}, []float64{0.5, -1, 2}, Answers(3)
	const beta = 0.75
	means := func(of func(points [][]float64, logq []float64) Measure) (Z, lnZ float64) {
		for k := range 27 {
			sample := []int{k % 3, k / 3 % 3, k / 9}
			p := 1.0
			var points [][]float64
			var energies, logq []float64
			for _, i := range sample {
				p *= q[i]
				points, energies, logq = append(points, ys[i]), append(energies, F[i]), append(logq, math.Log(q[i]))
			}
			ln := NewGibbs(energies, beta, of(points, logq)).LogZ()
			Z, lnZ = Z+p*math.Exp(ln), lnZ+p*ln
		}
		return Z, lnZ
	}
	want := 0.0
	for _, f := range F {
		want += math.Exp(-beta * f)
	}
	Z, lnZ := means(Samples)
	if !(math.Abs(Z-want) <= 64*unit*want) || !(lnZ < math.Log(want)-0.01) { // 27 terms, each of some roundings
		t.Errorf("⟨Ẑ⟩ = %v, want %v; ⟨ln Ẑ⟩ = %v, below %v", Z, want, lnZ, math.Log(want))
	}
	if Z, _ := means(func(points [][]float64, logq []float64) Measure { return Points(points, []float64{1, 1, 1}) }); math.Abs(Z-want) < 0.1 {
		t.Errorf("draws of mass 1 pass: ⟨Ẑ⟩ = %v", Z)
	}
}
