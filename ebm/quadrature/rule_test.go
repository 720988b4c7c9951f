package quadrature

import (
	"math"
	"math/big"
	"testing"
)

func TestKronrod(t *testing.T) {
	// ∫₋₁¹ xⁿ dx = 2/(n+1) for even n: exact to degree 23.
	for n := 0; n <= 22; n += 2 {
		var sum float64
		for _, node := range kronrod {
			sum += node.w * math.Pow(node.x, float64(n))
		}
		want := 2 / float64(n+1)
		if !(math.Abs(sum-want) <= 16*0x1p-52*want) { // 15 terms of one sign
			t.Errorf("x^%d: %v, want %v", n, sum, want)
		}
	}
}

// onLine returns f at the ends and the nodes of a line.
func onLine(f func(x float64) float64) (line [17]float64) {
	line[0], line[16] = f(-1), f(1)
	for i, node := range kronrod {
		line[i+1] = f(node.x)
	}
	return line
}

// TestNull: the null rules are 0 on polynomials of degree 11, and orthonormal under the
// weights; one that is 0 on those of degree 12 is missing. Of functions with one jump,
// kink or cusp in 4 000 places the error of the Kronrod rule is no more than
// doubt times what they miss; without the ends of the line, or with the rules of
// degree 14 and more alone, it would be.
func TestNull(t *testing.T) {
	for n := 0; n <= 12; n++ {
		line := onLine(func(x float64) float64 { return math.Pow(x, float64(n)) })
		if m := missed(&line); n <= 11 && !(m <= 1e-14) || n == 12 && !(m > 1e-4) {
			t.Errorf("x^%d misses %v", n, m)
		}
	}
	for a := range null {
		for b := range null {
			var dot, want float64
			for i := range null[a] {
				weight := 0.023
				if 0 < i && i < 16 {
					weight = kronrod[i-1].w
				}
				dot += null[a][i] * null[b][i] / weight
			}
			if a == b {
				want = 1
			}
			if !(math.Abs(dot-want) <= 1e-13) {
				t.Errorf("rules %d and %d: %v", a, b, dot)
			}
		}
	}
	shapes := []func(x, c float64) (f, integral float64){
		func(x, c float64) (float64, float64) { // a jump
			if x < c {
				return 0, 1 - c
			}
			return 1, 1 - c
		},
		func(x, c float64) (float64, float64) { return max(0, x-c), (1 - c) * (1 - c) / 2 },
		func(x, c float64) (float64, float64) {
			return max(0, x-c) * max(0, x-c), (1 - c) * (1 - c) * (1 - c) / 3
		},
	}
	for _, p := range []float64{0.01, 0.1, 0.5, 0.9} {
		shapes = append(shapes, func(x, c float64) (float64, float64) {
			return math.Pow(math.Abs(x-c), p), (math.Pow(1-c, p+1) + math.Pow(1+c, p+1)) / (p + 1)
		})
	}
	var worst, blind, few float64
	for _, shape := range shapes {
		for i := range 4000 {
			c := -1 + (float64(i)+math.Sqrt2-1)/2000
			line := onLine(func(x float64) float64 { f, _ := shape(x, c); return f })
			_, want := shape(0, c)
			var got float64
			for i, node := range kronrod {
				got += node.w * line[i+1]
			}
			err := math.Abs(got - want)
			worst = max(worst, err/missed(&line))
			var high float64
			for _, rule := range null[2:] {
				var dot float64
				for i, v := range line {
					dot += rule[i] * v
				}
				high += dot * dot
			}
			few = max(few, err/math.Sqrt(high))
			line[0], line[16] = line[1], line[15]
			blind = max(blind, err/missed(&line))
		}
	}
	if !(worst <= doubt) || !(worst > doubt/2) {
		t.Errorf("an error of %.3g times what was missed; doubt is %v", worst, doubt)
	}
	if !(few > 2*doubt) || !(blind > 2*doubt) {
		t.Errorf("with fewer rules only %.3g times, without the ends %.3g", few, blind)
	}
	t.Logf("the largest error found is %.3g times what was missed (%.3g by the three highest rules, %.3g without the ends)", worst, few, blind)
}

// TestShares: they add up to 1 exactly, and are the weights, to which the one in the
// middle may add what 15 of them leave of 2⁻⁵³ each.
func TestShares(t *testing.T) {
	for d := 1; d <= 3; d++ {
		sum := new(big.Float).SetPrec(2000)
		var digit [3]int
		for _, s := range shares(d) {
			want := 1.
			for k := range d {
				want *= kronrod[digit[k]].w / 2
			}
			if got := s.Float64(); !(math.Abs(got-want) <= 0x1p-51*want+0x1p-49) {
				t.Errorf("%d dimensions, node %v: %v, want %v", d, digit, got, want)
			}
			sum.Add(sum, s.Big(2000))
			count(&digit, d)
		}
		if sum.Cmp(big.NewFloat(1)) != 0 {
			t.Errorf("%d dimensions: shares add up to %v", d, sum)
		}
	}
}
