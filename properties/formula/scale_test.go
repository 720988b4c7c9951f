package formula

import (
	"math/rand/v2"
	"runtime"
	"testing"
)

// TestScale: the size of a program is linear in the number of energies.
func TestScale(t *testing.T) {
	for _, text := range []string{
		"F[y] + logsumexp(j: -beta*F[j])/beta",
		"1 - p[y]",
		"sum(j != y: p[j])",
		"-sum(j: p[j]*log(p[j]))",
		"pos(m + F[y] - F[ybar])",
		"sum(j != y: pos(m + F[y] - F[j]))",
		"max(j != y: c[j] + F[y] - F[j])",
		"F[y] + log(sum(j: exp(-beta*F[j])))/beta",
		"((1 - eps)*(logsumexp(j: -beta*F[j]) + beta*F[y]) + eps*mean(k: logsumexp(j: -beta*F[j]) + beta*F[k]))/beta",
	} {
		size := func(n int) (nodes, args int) {
			p, err := MustParse(text).Compile(n)
			if err != nil {
				t.Fatal(err)
			}
			seen := map[*int32]bool{}
			for i := range p.nodes {
				if a := p.nodes[i].args; len(a) > 0 && !seen[&a[0]] {
					seen[&a[0]] = true
					args += len(a)
				}
			}
			return len(p.nodes), args
		}
		nodes, args := size(50)
		if more, moreArgs := size(1000); more > 21*nodes || moreArgs > 25*args {
			t.Errorf("%s: %d nodes of %d arguments for 50 energies, %d of %d for 1000", text, nodes, args, more, moreArgs)
		}
	}
}

// TestTies: where all of n energies are tied at a maximum, a truth takes memory in
// proportion to n for each way to settle them.
func TestTies(t *testing.T) {
	taken := func(n int) float64 {
		p, err := MustParse("max(0, max(j != y: 1 + F[y] - F[j]))").Compile(n)
		if err != nil {
			t.Fatal(err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p.Truth(Input{make([]float64, n), nil}, true)
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	if few, many := taken(300), taken(900); many > 5*few { // 256 ways each
		t.Errorf("%.3g bytes for 300 energies, %.3g for 900", few, many)
	}
}

// BenchmarkLong prints what a program of 1025 energies takes.
func BenchmarkLong(b *testing.B) {
	for _, text := range []string{"F[y] + logsumexp(j: -beta*F[j])/beta", "1 - p[y]", "-sum(j: p[j]*log(p[j]))", "pos(m + F[y] - F[ybar])", "sum(j != y: pos(m + F[y] - F[j]))"} {
		const n = 1025
		f, r := MustParse(text), rand.New(rand.NewPCG(1, 1))
		p, err := f.Compile(n)
		if err != nil {
			b.Fatal(err)
		}
		in := drawInput(r, p, float32Model)
		for i := range in.F {
			in.F[i] = float64(r.IntN(10001)-5000) / 100
		}
		b.Run(text+"/compile", func(b *testing.B) {
			for b.Loop() {
				f.Compile(n)
			}
		})
		b.Run(text+"/truth", func(b *testing.B) {
			for b.Loop() {
				p.Truth(in, true)
			}
		})
		b.Run(text+"/bound", func(b *testing.B) {
			for b.Loop() {
				d := p.Bound(in, float32Model)
				d.Value()
				for i := range n {
					d.Grad(i)
				}
			}
		})
	}
}
