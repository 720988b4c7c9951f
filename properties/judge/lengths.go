package judge

import (
	"iter"
	"math"

	"pgregory.net/rapid"

	"ebmcheck/properties/op"
)

// Where kernels break: at a length beyond a block that they are unrolled, tiled or chunked
// by, and at an index that a narrow type does not hold.

const (
	dense  = 40    // up to here every length is in the grid
	last   = 8192  // the longest block that the lengths stand beside
	beyond = 65539 // one length more, past all indices of 16 bits
)

// blocks are the lengths beside powers of two, from 63 to last + 1.
func blocks() []int {
	var ns []int
	for k := 64; k <= last; k *= 2 {
		ns = append(ns, k-1, k, k+1)
	}
	return ns
}

// drawLength draws a number of energies: mostly up to 8, then up to 40, then beside a
// power of two, or anywhere between, the longer the more seldom.
func drawLength(t *rapid.T, fewest int) int {
	switch rapid.IntRange(0, 39).Draw(t, "long") {
	default:
		return rapid.IntRange(fewest, 8).Draw(t, "n")
	case 37, 38:
		return rapid.IntRange(9, dense).Draw(t, "n ≥ 9")
	case 39:
		block := rapid.SampledFrom(seldom).Draw(t, "block")
		if rapid.Bool().Draw(t, "anywhere") {
			return block + rapid.IntRange(0, min(block-1, last+1-block)).Draw(t, "more")
		}
		return block + rapid.IntRange(-1, 2).Draw(t, "beside")
	}
}

// seldom are powers of two from 32 to last, each about half as often as the one before.
var seldom = func() []int {
	var ks []int
	for often, k := 64, 32; k <= last; often, k = max(often*3/5, 1), k*2 {
		for range often {
			ks = append(ks, k)
		}
	}
	return ks
}()

// drawLong fills F of a few energies: they come round and round, or, as another draw has
// it, lie anywhere between the first two. However long F is, it shrinks like a short one.
func drawLong(t *rapid.T, F []float64, r Regime, p op.Precision) {
	some := make([]float64, rapid.IntRange(1, 4).Draw(t, "some"))
	for i := range some {
		some[i] = drawEnergy(t, r, p)
	}
	for i := range F {
		F[i] = some[i%len(some)]
	}
	if k := rapid.IntRange(0, 1<<16).Draw(t, "scattered"); k > 0 && len(some) > 1 {
		scatter(F, some[0], some[1], uint64(k))
	}
}

const golden = 0x9e3779b97f4a7c15 // 2⁶⁴ over the golden ratio: its multiples lie everywhere

// scatter fills F with numbers from a to b, in an order that k says.
func scatter(F []float64, a, b float64, k uint64) {
	for i := range F {
		x := (uint64(i) + k) * golden
		x = (x ^ x>>32) * golden
		share := float64(x>>11) / (1 << 53)
		F[i] = a*(1-share) + b*share
	}
}

// drawIndex draws an index below n, counted from either end.
func drawIndex(t *rapid.T, n int, name string) int {
	i := rapid.IntRange(0, n-1).Draw(t, name)
	if n > dense && rapid.Bool().Draw(t, name+" from the end") {
		i = n - 1 - i
	}
	return i
}

// far are the long calls of the grid, in order of length. At every length there is one
// with gaps that overflow, of which the lowest stands at an odd index or is the last, and
// one of energies close together, each of which has its share; neither has β = 1. Beyond a
// block there is one of equal energies, too. Where nothing is added up, one answer is lost
// unseen unless it is the lowest or y: there, each end and the first of a block are. Of what
// is not finite there are masks, and NaN at an end. In tame every length is there, and one
// that is longer; in the others, above 1025, those just beyond a block.
func far(row *op.Row, r Regime, p op.Precision) iter.Seq[op.Call] {
	return func(yield func(op.Call) bool) {
		var c op.Call
		for c = range settings(row, r) {
			break // the first
		}
		scale, scaled := row.Scaled()
		more := true
		add := func(F []float64, y int, beta float64) {
			c.Energies = F
			if row.Answer {
				c.Answer = y
			}
			if scaled {
				scale.Set(&c, beta)
			}
			more = more && yield(c)
		}
		for k, n := range blocks() {
			switch odd := k%3 == 2; { // 2^k + 1
			case n > 1025 && r != Tame && !odd: // they are dear
			case r == NonFinite:
				add(masked(n)[k%len(masks(n))], (n-2)|1, 2)
				F := make([]float64, n)
				F[(n-1)*(k%2)] = math.NaN()
				add(F, n/2, 2)
			default:
				add(steep(n, k, r, p))
				add(level(n, k, r, p))
				if odd {
					add(make([]float64, n), (n-2)|1, 2)
				}
			}
			if r != NonFinite && !scaled && (r == Tame || n <= 1025) {
				for i, F := range lone(n) {
					if n <= 1025 || i == (k+k/3)%3 {
						y := places(n)[(i+1)%3]
						F[y] = 1
						add(F, y, 0)
					}
				}
			}
			if !more {
				return
			}
		}
		if r == Tame && !scaled {
			for n := 265; n <= 272; n++ { // every remainder by 8
				add(lone(n)[1], 0, 0)
			}
		}
		if r == Tame {
			F, _, beta := level(beyond, 2, r, p)
			add(F, beyond-1, beta)
		}
	}
}

// places are the first answer of n, the last, and the first of a block of 128 in the middle.
func places(n int) [3]int { return [3]int{0, n - 1, n / 2 &^ 127} }

// lone are energies that are equal, but for the one at each of the places, which is lowest.
func lone(n int) (shapes [3][]float64) {
	for i, low := range places(n) {
		shapes[i] = make([]float64, n)
		shapes[i][low] = -1
	}
	return shapes
}

// steep is one low energy, far below the others, beside one that is nearly as low: y. From
// every other e^(−βF), or e^(β(F − min F)), is beyond the end of exp.
func steep(n, k int, r Regime, p op.Precision) (F []float64, y int, beta float64) {
	beta = []float64{100, 73.10585786300049, 33}[k%3]
	end := min(r.end(p), 1e6)
	low := n - 1
	if k%3 == 0 {
		low--
	}
	y = 2*n/3 | 1
	F = make([]float64, n)
	for i := range F {
		F[i] = end * (1 - float64(i*7%n)/float64(2*n))
	}
	F[low], F[y] = -end, -end+1/beta
	return F, y, beta
}

// level is energies of which each holds a share of the mass, about 1/n, every other time
// far from 0; the lowest of all stands at an odd index, and so does y.
func level(n, k int, r Regime, p op.Precision) (F []float64, y int, beta float64) {
	beta = []float64{1.0 / 3, 2.718281828459045, 0.12345}[k%3]
	c := 0.0
	if k%2 == 1 {
		c = min(r.end(p), 1e6) / 2
	}
	low, y := n/2|1, (n-2)|1
	if k%4 > 1 {
		low, y = y, low
	}
	F = make([]float64, n)
	scatter(F, c, c+2/beta, uint64(n))
	F[low] = c - 1/beta
	return F, y, beta
}

// longer are vectors of n energies: all equal, a ramp, one low, one high, two tied at the
// minimum, alternating, a ramp below 0 that falls to the last, and small gaps far from 0.
func longer(n int, r Regime, p op.Precision) [][]float64 {
	shapes := make([][]float64, 8)
	for k := range shapes {
		F := make([]float64, n)
		for i := range F {
			switch k {
			case 0:
				F[i] = 1
			case 1:
				F[i] = float64(i%90) / 2
			case 2:
				F[i] = 40
			case 4:
				F[i] = 3
			case 5:
				F[i] = float64(i % 2 * 7)
			case 6:
				F[i] = -1 - float64(i)*40/float64(n-1)
			case 7:
				F[i] = math.Copysign(min(r.end(p), 1e6)*0.9, float64(n%2)-1) + float64(i*3%4)
			}
		}
		switch k {
		case 2:
			F[n/2] = 0
		case 3:
			F[n-1] = 30
		case 4:
			F[0], F[n-1] = -2, -2
		}
		shapes[k] = F
	}
	return shapes
}
