package quadrature

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"ebmcheck/ebm/promise"
)

// doubted holds the error of the Kronrod rule on a polynomial of degree 11 with one jump, kink or
// cusp |x − c|ᵖ, 0 < p < 1, to what the null rules say, and 10⁻¹³ of the polynomial, of which
// the values are rounded. Half of the places are next to a node or an end.
func doubted(says func(line *[17]float64) float64) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		c := 2*r.Float64() - 1
		if r.IntN(2) == 0 {
			at := []float64{-1, 1, kronrod[r.IntN(15)].x}[r.IntN(3)]
			c = at + math.Pow(10, -9*r.Float64())*float64(1-2*r.IntN(2))
			c = min(max(c, -1+1e-12), 1-1e-12)
		}
		p, jump := math.Pow(10, -2*r.Float64()), r.IntN(3)
		var a [12]float64
		size, with := 0.0, float64(min(1, r.IntN(3)))
		for k := range a {
			a[k] = with * float64(r.IntN(2)) * r.NormFloat64()
			size += math.Abs(a[k])
		}
		value := func(x float64) (f float64) {
			for k := len(a) - 1; k >= 0; k-- {
				f = f*x + a[k]
			}
			switch {
			case jump == 0:
				return f + math.Pow(math.Abs(x-c), p)
			case x < c:
				return f
			case jump == 1:
				return f + 1
			}
			return f + x - c
		}
		want := []float64{(math.Pow(1-c, p+1) + math.Pow(1+c, p+1)) / (p + 1), 1 - c, (1 - c) * (1 - c) / 2}[jump]
		for k := 0; k < len(a); k += 2 {
			want += a[k] * 2 / float64(k+1)
		}
		line := onLine(value)
		var got float64
		for i, node := range kronrod {
			got += node.w * line[i+1]
		}
		if off, by := math.Abs(got-want), says(&line); !(off <= by+1e-13*(1+size)) {
			return fmt.Sprintf("kind %d, p = %v at %v: off by %v, doubt %v", jump, p, c, off, by)
		}
		return ""
	}
}

// filled holds the masses of the rule that Box makes of a box to its volume, added up exactly:
// exactly where d = 1 and the sides of all panels are float64s, or where all are powers of two;
// else to 2⁻¹⁰⁰ of it. They are positive.
func filled(of func(lo, hi []float64, F func(y []float64) float64, beta float64) (Rule, float64)) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		d := 1 + r.IntN(10)/9
		lo, hi, exactly := make([]float64, d), make([]float64, d), r.IntN(2) == 0
		volume := big.NewFloat(1).SetPrec(2000)
		for k := range lo {
			lo[k] = r.NormFloat64()
			hi[k] = lo[k] + math.Abs(r.NormFloat64())*10
			if exactly {
				lo[k] = float64(r.IntN(9) - 4)
				hi[k] = lo[k] + math.Ldexp(1, r.IntN(5))
			}
			side := new(big.Float).SetPrec(2000).SetFloat64(hi[k])
			volume.Mul(volume, side.Sub(side, new(big.Float).SetFloat64(lo[k])))
		}
		c := r.NormFloat64()
		F := func(y []float64) float64 { return math.Abs(y[0]-c) * 3 }
		if d > 1 {
			F = func(y []float64) float64 { return y[0] - y[1]*c/4 }
		}
		rule, _ := of(lo, hi, F, 1)
		total := new(big.Float).SetPrec(2000)
		for _, m := range rule.Mass {
			if m.Sign() <= 0 {
				return fmt.Sprintf("[%v, %v]: a mass of %v", lo, hi, m)
			}
			total.Add(total, m.Big(2000))
		}
		off, _ := total.Quo(total.Sub(total, volume), volume).Float64()
		if exactly && off != 0 || !(math.Abs(off) <= 0x1p-100) {
			return fmt.Sprintf("[%v, %v]: the masses are off by %v of the volume, exactly %v", lo, hi, off, exactly)
		}
		return ""
	}
}

func TestPromises(t *testing.T) {
	doubtOf := func(line *[17]float64) float64 { return doubt * missed(line) }
	promise.Try(t, "a polynomial and a kink", 500, doubted(doubtOf))
	promise.Try(t, "masses of a box", 30, filled(Box))
	for fault, says := range map[string]func(line *[17]float64) float64{
		"a doubt of 1": missed,
		"without the ends": func(line *[17]float64) float64 {
			inner := *line
			inner[0], inner[16] = line[1], line[15]
			return doubt * missed(&inner)
		},
		"one rule": func(line *[17]float64) float64 {
			var dot float64
			for i, v := range line {
				dot += null[0][i] * v
			}
			return doubt * math.Abs(dot)
		},
		"no doubt": func(*[17]float64) float64 { return 0 },
	} {
		promise.Refute(t, fault, 500, doubted(says))
	}
	change := func(f func(rule *Rule)) func(lo, hi []float64, F func(y []float64) float64, beta float64) (Rule, float64) {
		return func(lo, hi []float64, F func(y []float64) float64, beta float64) (Rule, float64) {
			rule, relErr := Box(lo, hi, F, beta)
			f(&rule)
			return rule, relErr
		}
	}
	promise.Refute(t, "masses of 53 bits", 30, filled(change(func(rule *Rule) {
		for i, m := range rule.Mass {
			m.Lo = 0
			rule.Mass[i] = m
		}
	})))
	promise.Refute(t, "a node is left out", 30, filled(change(func(rule *Rule) { rule.Mass = rule.Mass[1:] })))
}
