package ebm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"testing"

	"gonum.org/v1/gonum/floats"

	"ebmcheck/ebm/promise"
)

// The families of energies that the kernel and its plain twin are held equal on: those of the
// promises, and where the kernel's ranges end.
func kernelDraws() map[string]draw {
	all := map[string]draw{
		"likely": func(r *rand.Rand) (F []float64, beta float64, mass, x []float64) {
			F = make([]float64, 1+r.IntN(100))
			for i := range F {
				F[i] = 10 * r.NormFloat64()
			}
			return F, magnitude(r, -2, 2), nil, nil
		},
		"gaps where a probability is no longer normal": func(r *rand.Rand) (F []float64, beta float64, mass, x []float64) {
			F, beta = make([]float64, 2+r.IntN(4)), magnitude(r, -3, 3)
			for i := range F[1:] {
				F[i+1] = []float64{700, 708.4, 745, 768}[r.IntN(4)] / beta * (1 + 0.01*r.NormFloat64())
			}
			return F, beta, nil, nil
		},
		"any bits, infinities and NaN": func(r *rand.Rand) (F []float64, beta float64, mass, x []float64) {
			F, beta = make([]float64, 1+r.IntN(6)), math.Abs(anyBits(r))
			for i := range F {
				switch r.IntN(12) {
				case 0:
					F[i] = inf
				case 1:
					F[i] = []float64{nan, -inf, 5e-324, 1e300, -1e300, math.MaxFloat64}[r.IntN(6)]
				case 2, 3, 4:
					F[i] = anyBits(r)
				default:
					F[i] = r.NormFloat64() / beta
				}
			}
			if r.IntN(3) == 0 {
				beta = []float64{0, 1, inf, 5e-324, math.MaxFloat64, 0x1p-900, 0x1p900}[r.IntN(7)]
			}
			return F, beta, nil, nil
		},
		"impossible and hardly possible answers": func(r *rand.Rand) (F []float64, beta float64, mass, x []float64) {
			F, beta = make([]float64, 1+r.IntN(4)), []float64{1, magnitude(r, -3, 3), 0x1p-7, 0x1p-8}[r.IntN(4)]
			for i := range F[1:] {
				F[i+1] = []float64{inf, 1e9, (690 + 90*r.Float64()) / beta, 768 / beta}[r.IntN(4)]
			}
			return F, beta, nil, nil
		},
		"next to the middle of two float64s": func(r *rand.Rand) (F []float64, beta float64, mass, x []float64) {
			low := r.NormFloat64()
			half := (math.Nextafter(low, inf) - low) / 2 // F_β = low − e^(−β(F − low))/β, nearly
			beta = magnitude(r, 0, 3)
			return []float64{low, low - math.Log(half*beta)/beta}, beta, nil, nil
		},
	}
	for family, from := range draws {
		all[family] = from
	}
	return all
}

// A quickly is what the kernel says of answer i in one row: ln Z, F_β, pᵢ, 1 − pᵢ, ln pᵢ and
// −(1/β) ln pᵢ, H, ⟨F⟩ and the
// variance of F, and whether it is sure; and the slopes of pᵢ.
type quickly struct {
	row    func(g *Gibbs, i int) (row [9]float64, sure [9]bool)
	slopes func(g *Gibbs, dst []float64, i int) (sure bool) // ∂pᵢ/∂Fⱼ
}

var byKernel = quickly{ofKernel, func(g *Gibbs, dst []float64, i int) bool { return g.quick.Slopes(dst, i) }}

func ofKernel(g *Gibbs, i int) (row [9]float64, sure [9]bool) {
	row[0], sure[0] = g.quick.LogZ()
	row[1], sure[1] = g.quick.FreeEnergy()
	row[2], sure[2] = g.quick.Prob(i)
	row[3], sure[3] = g.quick.Complement(i)
	row[4], sure[4] = g.quick.LogProb(i)
	row[5], sure[5] = g.quick.NLL(i)
	row[6], sure[6] = g.quick.Entropy()
	row[7], sure[7] = g.quick.Mean(g.energies)
	row[8], sure[8] = g.quick.Variance(g.energies)
	return row, sure
}

// asPlain tries one case of a family: what is sure has the bits of the plain twin. It counts
// what is asked, and what is sure.
func asPlain(of quickly, from draw, asked, surely *int) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		F, beta, _, _ := from(r)
		g, i := NewGibbs(F, beta, Counting(len(F))), r.IntN(len(F))
		p := g.plain()
		want := [9]float64{p.logZ(), p.freeEnergy(), p.prob(i), p.complement(i), p.surprise(i).Neg().Float64(), p.nll(i), p.entropy(), g.mean(F, 0).Float64(), g.variance(F)}
		slopes, plainly := make([]float64, len(F)), make([]float64, len(F))
		p.slopes(plainly, i)
		if *asked++; of.slopes(g, slopes, i) {
			*surely++
			for j, x := range slopes {
				if math.Float64bits(x) != math.Float64bits(plainly[j]) {
					return fmt.Sprintf("F=%v β=%v i=%d: ∂p/∂F%d = %v, plainly %v", F, beta, i, j, x, plainly[j])
				}
			}
		}
		row, sure := of.row(g, i)
		for k, x := range row {
			*asked++
			if !sure[k] {
				continue
			}
			*surely++
			if math.Float64bits(x) != math.Float64bits(want[k]) {
				what := []string{"ln Z", "F_β", "p", "1 − p", "ln p", "−ln p/β", "H", "⟨F⟩", "Var F"}[k]
				return fmt.Sprintf("F=%v β=%v i=%d: %s = %v, plainly %v", F, beta, i, what, x, want[k])
			}
		}
		return ""
	}
}

// TestKernelPromises: where the kernel is sure it has the bits of its plain twin; of what is
// likely it is sure of 24 in 25, not only of what is easy. What it leaves are mostly slopes of answers
// without a probability, and losses with e^−βd below 2⁻⁸² whose d is in the middle of two float64s.
func TestKernelPromises(t *testing.T) {
	for family, from := range kernelDraws() {
		asked, surely := 0, 0
		promise.Try(t, family, 300, asPlain(byKernel, from, &asked, &surely))
		share := float64(surely) / float64(asked)
		t.Logf("%s: sure of %.4f", family, share)
		if family == "likely" && !(share >= 0.96) {
			t.Errorf("%s: sure of %.4f only", family, share)
		}
	}
}

// TestKernelFaults: a kernel that is sure too soon differs from its twin.
func TestKernelFaults(t *testing.T) {
	always := func(g *Gibbs, i int) (row [9]float64, sure [9]bool) {
		row, sure = ofKernel(g, i)
		for k := range sure {
			sure[k] = true
		}
		return row, sure
	}
	inFloat64 := func(g *Gibbs, i int) (row [9]float64, sure [9]bool) {
		row, sure = ofKernel(g, i)
		row[0] = floats.LogSumExp(logits(g))
		return row, sure
	}
	meanInFloat64 := func(g *Gibbs, i int) (row [9]float64, sure [9]bool) {
		row, sure = ofKernel(g, i)
		row[7] = floats.Dot(g.Probs(nil), g.energies)
		return row, sure
	}
	squares := func(g *Gibbs, i int) (row [9]float64, sure [9]bool) {
		row, sure = ofKernel(g, i)
		square := make([]float64, len(g.energies))
		for j, f := range g.energies {
			square[j] = f * f
		}
		var m float64
		m, sure[8] = g.quick.Mean(square)
		row[8] = m - row[7]*row[7]
		return row, sure
	}
	rounded := func(g *Gibbs, dst []float64, i int) bool {
		for j, p := range g.Probs(dst) {
			if dst[j] = g.beta * g.prob(i) * p; j == i {
				dst[j] = -g.beta * p * g.Complement(i)
			}
		}
		return true
	}
	for _, c := range []struct {
		fault, family string
		of            quickly
	}{
		{"always sure", "normalised energies", quickly{always, byKernel.slopes}},
		{"always sure", "any bits, infinities and NaN", quickly{always, byKernel.slopes}},
		{"always sure", "next to the middle of two float64s", quickly{always, byKernel.slopes}},
		{"always sure", "gaps where a probability is no longer normal", quickly{always, byKernel.slopes}},
		{"ln Z in float64", "likely", quickly{inFloat64, byKernel.slopes}},
		{"⟨F⟩ in float64", "likely", quickly{meanInFloat64, byKernel.slopes}},
		{"the mean of the squares less the square", "likely", quickly{squares, byKernel.slopes}},
		{"slopes of rounded probabilities", "likely", quickly{ofKernel, rounded}},
	} {
		var asked, surely int
		promise.Refute(t, c.fault+", "+c.family, 300, asPlain(c.of, kernelDraws()[c.family], &asked, &surely))
	}
}

// TestRows: each row has its Gibbs, and all of them one piece of memory.
func TestRows(t *testing.T) {
	F := [][]float64{{1, 2, 3}, {4, 4, inf}, {nan, 0, 1}, {5, -1e300, 0}}
	lnZ, next, dst := make([]float64, len(F)), 0, make([]float64, 3)
	if n := testing.AllocsPerRun(10, func() {
		next = 0
		for r, g := range Rows(F[:2], 2, Counting(3)) {
			lnZ[r] = g.LogZ()
			g.Probs(dst)
		}
	}); n > 1 {
		t.Errorf("%v allocations", n)
	}
	for r, g := range Rows(F, 2, Counting(3)) {
		if r != next {
			t.Fatalf("row %d, want %d", r, next)
		}
		next++
		want := NewGibbs(F[r], 2, Counting(3)).LogZ()
		if got := g.LogZ(); got != want && got == got {
			t.Errorf("row %d: ln Z = %v, want %v", r, got, want)
		}
		if r < 2 && lnZ[r] != want {
			t.Errorf("row %d alone: ln Z = %v, want %v", r, lnZ[r], want)
		}
		if r == 2 {
			break
		}
	}
	if next != 3 {
		t.Errorf("%d rows before the break, want 3", next)
	}
}

// TestHold: one Gibbs holds row after row, as NewGibbs has them, and allocates nothing for any; nor
// do its results.
func TestHold(t *testing.T) {
	var g Gibbs
	rows := [][]float64{{1, 2, 3}, {0, inf}, {nan, 0}, {5}, {1, 1e9, 2}, {inf, inf}}
	for _, F := range rows {
		g.Hold(F, 2, Counting(len(F)))
		want := NewGibbs(F, 2, Counting(len(F)))
		for i := range F {
			if got, want := g.Prob(i), want.Prob(i); got != want && got == got {
				t.Errorf("%v: p%d = %v, want %v", F, i, got, want)
			}
		}
		if got, want := g.LogZ(), want.LogZ(); got != want && got == got {
			t.Errorf("%v: ln Z = %v, want %v", F, got, want)
		}
	}
	F, dst := rows[0], make([]float64, 3)
	if g.Hold(F, 1, Counting(3)); &g.energies[0] != &F[0] {
		t.Error("the energies were copied")
	}
	if n := testing.AllocsPerRun(100, func() {
		g.Hold(F, 1, Counting(3))
		g.Probs(dst)
		sink = g.LogZ() + g.FreeEnergy() + g.NLL(1) + g.LogProb(2) + g.Complement(0)
		g.ProbGrad(dst, 1)
		sink = g.Mean(F) + g.Variance(F) + g.Entropy()
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// TestNewGibbsAllocates: a Gibbs that is only asked allocates the copy of the energies, and no more.
func TestNewGibbsAllocates(t *testing.T) {
	F := normals(100)
	if n := testing.AllocsPerRun(100, func() { sink = NewGibbs(F, 1, Counting(100)).LogZ() }); n != 1 {
		t.Errorf("%v allocations", n)
	}
}

// TestTwin: a Gibbs that is asked from many sides at once has one twin, and a new row another.
func TestTwin(t *testing.T) {
	F := normals(1000)
	var g Gibbs
	var before *plain
	for turn := range 20 {
		g.Hold(F, 1, Counting(len(F)))
		var twins [4]*plain
		var all sync.WaitGroup
		for k := range twins {
			all.Go(func() { twins[k] = g.plain() })
		}
		all.Wait()
		for _, p := range twins {
			if p != twins[0] || p == before {
				t.Fatalf("turn %d: twins %v, %v before", turn, twins, before)
			}
		}
		before = twins[0]
	}
}

var sink float64

// BenchmarkLogZ has ln Z beside gonum's, which is not as accurate.
func BenchmarkLogZ(b *testing.B) {
	for _, n := range []int{2, 8, 100, 1000, 1_000_000} {
		F := normals(n)
		x := logits(NewGibbs(F, 1, Counting(n)))
		b.Run(fmt.Sprintf("n=%d/gonum", n), func(b *testing.B) {
			for b.Loop() {
				sink = floats.LogSumExp(x)
			}
		})
		b.Run(fmt.Sprintf("n=%d/ours", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sink = NewGibbs(F, 1, Counting(n)).LogZ()
			}
		})
		b.Run(fmt.Sprintf("n=%d/held", n), func(b *testing.B) {
			b.ReportAllocs()
			var g Gibbs
			for b.Loop() {
				g.Hold(F, 1, Counting(n))
				sink = g.LogZ()
			}
		})
	}
}

// BenchmarkProbs has all probabilities, beside those of gonum's ln Z.
func BenchmarkProbs(b *testing.B) {
	for _, n := range []int{2, 8, 100, 1000, 1_000_000} {
		F, dst := normals(n), make([]float64, n)
		x := logits(NewGibbs(F, 1, Counting(n)))
		b.Run(fmt.Sprintf("n=%d/gonum", n), func(b *testing.B) {
			for b.Loop() {
				ln := floats.LogSumExp(x)
				for i, x := range x {
					dst[i] = math.Exp(x - ln)
				}
			}
		})
		b.Run(fmt.Sprintf("n=%d/ours", n), func(b *testing.B) {
			b.ReportAllocs()
			var g Gibbs
			for b.Loop() {
				g.Hold(F, 1, Counting(n))
				g.Probs(dst)
			}
		})
	}
}

// normals are n energies, 10 times standard normal.
func normals(n int) []float64 {
	r, F := rand.New(rand.NewPCG(1, uint64(n))), make([]float64, n)
	for i := range F {
		F[i] = 10 * r.NormFloat64()
	}
	return F
}

// logits returns −βF.
func logits(g *Gibbs) []float64 {
	x := make([]float64, len(g.energies))
	for i, f := range g.energies {
		x[i] = -g.beta * f
	}
	return x
}
