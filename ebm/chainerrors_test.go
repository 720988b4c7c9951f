package ebm

import (
	"math"
	"testing"

	"ebmcheck/ebm/kernel"
)

// near tells of numbers that are not within 2⁻⁴⁸ of what they should be.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= math.Abs(want)*0x1p-48) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// TestReachErrors: what sums of reaches are off by.
func TestReachErrors(t *testing.T) {
	three := reach{kernel.Pair{Hi: 3}, 0x1p-90}
	for _, c := range []struct {
		what    string
		r       reach
		hi, off float64
	}{
		{"3 + 5", three.plus(5), 8, 0x1p-90 + 0x1p-100},
		{"3 − 11", three.plus(-11), -8, 0x1p-90 + 0x1p-100},
		{"3 + (7 − 2)", three.above(7, 2), 8, 0x1p-90 + 0x1p-100},
		{"3 + (−7 − 4)", three.above(-7, 4), -8, 0x1p-90 + 0x1p-100},
		{"3 + Inf", three.plus(inf), inf, 0},
		{"3 + (Inf − 2)", three.above(inf, 2), inf, 0},
		{"Inf + 3", impossible.plus(3), inf, 0},
		{"Inf + (3 − 2)", impossible.above(3, 2), inf, 0},
		{"what overflows", reach{Pair: kernel.Pair{Hi: math.MaxFloat64}}.plus(math.MaxFloat64), inf, inf},
		{"a difference that overflows", three.above(math.MaxFloat64, -math.MaxFloat64), inf, inf},
		{"a sum that overflows", reach{Pair: kernel.Pair{Hi: math.MaxFloat64}}.above(math.MaxFloat64, 0), inf, inf},
		{"one below", reach{Pair: kernel.Pair{Hi: -math.MaxFloat64}}.above(-math.MaxFloat64, 0), inf, inf},
	} {
		if c.r.Hi != c.hi || c.r.off != c.off {
			t.Errorf("%s = %v ± %v, want %v ± %v", c.what, c.r.Hi, c.r.off, c.hi, c.off)
		}
	}
	var q quick
	for _, c := range []struct {
		table     [][]float64
		low, size float64
	}{
		{[][]float64{{inf, 5}, {7, 6}}, 5, 5},
		{[][]float64{{inf}}, 0, 5},
		{[][]float64{{1, -3}}, -3, 8},
		{nil, 0, 8},
	} {
		if low := q.take(c.table...); low != c.low || q.size != c.size {
			t.Errorf("the least of %v is %v, and %v in all, want %v, %v", c.table, low, q.size, c.low, c.size)
		}
	}
}

// TestRowErrors: what a row is off by, what its shares are, and a sum of these: each term, of sizes where each shows.
func TestRowErrors(t *testing.T) {
	const beta = 4
	q := quick{
		Chain: Chain{Unary: [][]float64{{0}, {0, 0, 0}}, Pair: [][][]float64{{{-6, 24, 1e6}}}},
		beta:  beta, from: []int{0, 1, 4}, twin: 0x1p-60,
		m: []reach{{}, {kernel.Pair{Hi: -2}, 0x1p-80}, {kernel.Pair{Hi: -32}, 0x1p-70}, {kernel.Pair{Hi: 7}, 0x1p-30}},
		f: make([]kernel.Pair, 3), off: make([]float64, 3), w: make([]kernel.Pair, 3),
	}
	q.after(0, 0)
	for v, want := range []float64{0x1p-80 + 0x1p-100, 0x1p-70 + 0x1p-100} {
		if q.f[v].Hi != -8 || q.off[v] != want {
			t.Errorf("row: %v ± %v, want −8 ± %v", q.f[v], q.off[v], want)
		}
	}
	if off := q.worst(3, -8); off != q.off[1] { // 10⁶ is never
		t.Errorf("the row is off by %v, want %v", off, q.off[1])
	}
	for _, c := range []struct{ f, off, want float64 }{{192, 0.25, 0.25}, {192.25, 0.25, 0.25}, {192.5, 0.25, q.off[1]}, {192, 0, q.off[1]}, {200, 8.25, 8.25}} {
		q.f[2].Hi, q.off[2] = c.f, c.off // 800/β above the least, and by what it is off
		if off := q.worst(3, -8); off != c.want {
			t.Errorf("with %v ± %v the row is off by %v, want %v", c.f, c.off, off, c.want)
		}
	}
	q.f[2].Hi, q.off[2] = 1e6, 0
	for _, c := range []struct{ off, want float64 }{{0x1p-70, 0x1p-67 * (1 + 0x1p-19)}, {0x1p-23, 0x1p-20 * (1 + 0x1p-19)}, {0x1.0001p-23, inf}} {
		if q.off[1] = c.off; q.moved(3, -8) != c.want {
			t.Errorf("energies off by %v move the row by %v, want %v", c.off, q.moved(3, -8), c.want)
		}
	}
	q.f[2].Hi, q.off[0], q.off[1] = 1e9, 0, 0x1p-90
	for _, low := range []float64{-8, -0x1p25, 0x1p25} {
		for v := range 2 {
			q.f[v].Hi = low
		}
		of := q.spread(3, chance{kernel.Pair{Hi: 0x1p800}, 0x1p-85 * 0x1p800})
		near(t, "shares", of.rel, 0x1p-87*(1+0x1p-19)+0x1.2p-82+0x1p-100*math.Abs(low)+0x1p-85*(1+0x1p-18))
		of = q.spread(3, chance{kernel.Pair{Hi: 0x1p800}, 0x1p790})
		near(t, "what is left out", of.lost, 0x1p-300*(1+0x1p-10))
	}
	of := q.trifling(3, chance{kernel.Pair{Hi: 5}, 3})
	near(t, "a trifle", of.lost, 8)
	if q.w[0] != (kernel.Pair{}) {
		t.Errorf("of a trifle %v is left", q.w[0])
	}
	near(t, "doubt", q.doubt(chance{kernel.Pair{Hi: 0x1p20}, 0x1p-41}), 0x1p-40+0x1p-41)
	share := spreading{0x1p-50, 0x1p-60}.chance(kernel.Pair{Hi: 0x1p-9})
	near(t, "a share", share.off, 0x1p-59+0x1p-60)
	var s sum
	for range 30 {
		s.add(chance{kernel.Pair{Hi: 0x1p-5}, 0x1p-101})
	}
	near(t, "a sum", s.chance().off, 30*0x1p-101*(1+0x1p-20)+30*0x1p-5*0x1p-95)

	// the surprise of the least and of another, after the first position that has one value
	q.from, q.m = []int{0, 1, 4}, []reach{{}, {kernel.Pair{Hi: -2}, 0x1p-80}, {kernel.Pair{Hi: -31}, 0x1p-70}, {kernel.Pair{Hi: 7}, 0x1p-30}}
	for v, own := range []float64{0, 0x1p-70 + 7*0x1p-103} {
		q.after(0, 0)
		row := kernel.Soften(nil, q.f, beta)
		above, err := row.Above(q.f[v])
		moved := q.moved(3, -8) + q.twin
		want := err + moved*above.Hi
		if v > 0 {
			want = err + moved/beta + own
		}
		all := q.surprise([]int{0, v})
		near(t, "surprise", all.off, want+5*above.Hi*0x1p-103)
		if all.Pair != above {
			t.Errorf("surprise: %v, want %v", all.Pair, above)
		}
	}
}

// TestTwinErrors: what the twofold numbers may be off by grows with T, with n and with F_β, and is looked for
// in all that is rounded.
func TestTwinErrors(t *testing.T) {
	for _, c := range []struct {
		T, n    int
		a, beta float64
	}{{1, 1, 0, 1}, {200, 1, 0, 1}, {1, 1 << 13, 0, 1}, {2, 2, 1 << 20, 4}, {2, 2, -(1 << 20), 4}} {
		var chain Chain
		for t := range c.T {
			U := make([]float64, c.n)
			chain.Unary = append(chain.Unary, U)
			if t > 0 {
				table := make([][]float64, c.n)
				for u := range table {
					table[u] = make([]float64, c.n)
				}
				table[0][0] = c.a
				chain.Pair = append(chain.Pair, table)
			}
		}
		if c.a < 0 { // F_β without the least of the tables is |a| again
			chain.Unary[0][0] = -c.a
		}
		var q quick
		q.hold(chain, c.beta, true)
		T, n := float64(c.T), float64(c.n)
		near(t, "twin", q.twin, T*(0x1p-89+n*0x1p-102+T*0x1p-97+c.beta*math.Abs(q.F.Hi)*0x1p-101))
	}
	c := Chain{Unary: [][]float64{{0, 1}, {-2, 0}}, Pair: [][][]float64{{{1, 3}, {2, 3}}}}
	var q quick
	for range 2 {
		if q.hold(c, 1, true); q.size != 3 || q.base.Hi != -1 {
			t.Errorf("%v, of the size %v, is taken away, want −1, 3", q.base.Hi, q.size)
		}
	}
	one := Chain{Unary: [][]float64{{0, 1}, {0}}, Pair: [][][]float64{{{0}, {0}}}}
	if q.hold(one, 1, true); !(q.surprise([]int{1, 0}).off >= 0x1p-82) {
		t.Errorf("the surprise of two values is off by %v, less than that of the first", q.surprise([]int{1, 0}).off)
	}
	q.hold(c, 1, false)
	if !math.IsInf(q.twin, 1) {
		t.Error("something is known of a chain that is not sound")
	}
	q.hold(c, 1, true)
	q.twin = 0x1p-52
	dst := Chain{shaped(nil, c.Unary), allShaped(nil, c.Pair)}
	for _, y := range [][]int{nil, {0, 1}} {
		if q.shares(dst.Unary, dst.Pair, y) {
			t.Error("shares are sure beside any twin")
		}
		for _, x := range entries(dst) {
			if !math.IsNaN(x) {
				t.Errorf("shares %v are sure beside any twin", dst)
			}
		}
	}
	if x, sure := q.nll([]int{1, 0}); sure {
		t.Errorf("the NLL %v is sure beside any twin", x)
	}
	if x, sure := q.free(1); sure {
		t.Errorf("F_β %v is sure beside any twin", x)
	}
}
