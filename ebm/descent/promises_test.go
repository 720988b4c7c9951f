package descent

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"ebmcheck/ebm/promise"
)

// A minimiser is Minimum, or what is planted for it.
type minimiser func(F func(y []float64) float64, grad func(dst, y []float64), start []float64) (y []float64, low float64, err error)

// A landscape is a function with a start; hessian is its matrix of second derivatives at y, nil
// where it is not known; crept says that rounding makes steps of it, ever lower ones.
type landscape struct {
	name    string
	f       function
	start   []float64
	hessian func(y []float64) *mat.SymDense
	crept   bool
}

func magnitude(r *rand.Rand, from, to float64) float64 {
	return math.Pow(10, from+(to-from)*r.Float64())
}

// turned draws an orthogonal matrix: a product of Householder's reflections.
func turned(r *rand.Rand, d int) [][]float64 {
	Q := make([][]float64, d)
	for i := range Q {
		Q[i] = make([]float64, d)
		Q[i][i] = 1
	}
	for range d * r.IntN(2) {
		v, size := make([]float64, d), 0.0
		for i := range v {
			v[i] = r.NormFloat64()
			size += v[i] * v[i]
		}
		for _, row := range Q {
			var dot float64
			for i := range v {
				dot += row[i] * v[i]
			}
			for i := range v {
				row[i] -= 2 * dot * v[i] / size
			}
		}
	}
	return Q
}

// sum is Σₖ f(k, cₖ) with c = Q(y − μ)/s, by f and its first two derivatives in c.
func sum(Q [][]float64, mu []float64, s float64, f, f1, f2 func(k int, c float64) float64) (function, func(y []float64) *mat.SymDense) {
	along := func(y []float64, k int) (c float64) {
		for i, q := range Q[k] {
			c += q * ((y[i] - mu[i]) / s)
		}
		return c
	}
	F := function{
		func(y []float64) (F float64) {
			for k := range Q {
				F += f(k, along(y, k))
			}
			return F
		},
		func(dst, y []float64) {
			clear(dst)
			for k := range Q {
				slope := f1(k, along(y, k)) / s
				for i, q := range Q[k] {
					dst[i] += slope * q
				}
			}
		},
	}
	return F, func(y []float64) *mat.SymDense {
		H := mat.NewSymDense(len(y), nil)
		for k := range Q {
			bend := f2(k, along(y, k))
			for i, q := range Q[k] {
				for j := range i + 1 {
					H.SetSym(i, j, H.At(i, j)+bend*q*Q[k][j])
				}
			}
		}
		return H
	}
}

// landscapes are the families.
var landscapes = map[string]func(r *rand.Rand) landscape{
	// Σ λₖcₖ²/2 + cₖ⁴/4 + bₖcₖ with λ of either sign, from where no slope is, or anywhere
	"saddles": func(r *rand.Rand) landscape {
		d := 1 + r.IntN(4)
		s := magnitude(r, -3, 3)
		mu, lambda, b, start := make([]float64, d), make([]float64, d), make([]float64, d), make([]float64, d)
		for i := range mu {
			mu[i] = float64(r.IntN(2)) * s * r.NormFloat64()
			lambda[i] = (1 + r.Float64()) * float64(1-2*r.IntN(2))
			b[i] = max(0, float64(r.IntN(3)-1)) * r.NormFloat64()
			start[i] = mu[i] + float64(r.IntN(2))*s*r.NormFloat64()
		}
		f, H := sum(turned(r, d), mu, s,
			func(k int, c float64) float64 { return lambda[k]*c*c/2 + square(c*c)/4 + b[k]*c },
			func(k int, c float64) float64 { return lambda[k]*c + c*c*c + b[k] },
			func(k int, c float64) float64 { return lambda[k] + 3*c*c })
		return landscape{fmt.Sprintf("λ = %v, b = %v, s = %v, μ = %v", lambda, b, s, mu), f, start, H, false}
	},
	// quadratics of conditions up to 10⁸, of any scale
	"bowls": func(r *rand.Rand) landscape {
		d := 1 + r.IntN(4)
		s, height := magnitude(r, -60, 60), magnitude(r, -100, 100)
		mu, lambda, start := make([]float64, d), make([]float64, d), make([]float64, d)
		for i := range mu {
			mu[i], lambda[i] = s*r.NormFloat64(), height*magnitude(r, -8, 0)
			start[i] = s * magnitude(r, -4, 4) * r.NormFloat64()
		}
		f, H := sum(turned(r, d), mu, s,
			func(k int, c float64) float64 { return lambda[k] * c * c / 2 },
			func(k int, c float64) float64 { return lambda[k] * c },
			func(k int, c float64) float64 { return lambda[k] })
		return landscape{fmt.Sprintf("λ = %v, s = %v, μ = %v", lambda, s, mu), f, start, H, true}
	},
	// a parabola run along by a narrow valley (Rosenbrock 1960)
	"valleys": func(r *rand.Rand) landscape {
		K, s := magnitude(r, 0, 8), magnitude(r, -2, 2)
		f := function{
			func(y []float64) float64 {
				u, v := y[0]/s, y[1]/s
				return square(u-1) + K*square(v-u*u)
			},
			func(dst, y []float64) {
				u, v := y[0]/s, y[1]/s
				dst[0], dst[1] = (2*(u-1)-4*K*u*(v-u*u))/s, 2*K*(v-u*u)/s
			},
		}
		return landscape{fmt.Sprintf("K = %v, s = %v", K, s), f, []float64{s * 2 * r.NormFloat64(), s * 2 * r.NormFloat64()}, nil, true}
	},
	// a bowl on an offset of which its height is 10⁻¹⁵ to 1: F has steps
	"steps of rounding": func(r *rand.Rand) landscape {
		d := 1 + r.IntN(3)
		offset := magnitude(r, 0, 15) * float64(1-2*r.IntN(2))
		start := make([]float64, d)
		for i := range start {
			start[i] = 3 * r.NormFloat64()
		}
		f, _ := sum(turned(r, d), make([]float64, d), 1,
			func(k int, c float64) float64 { return c*c/2 + offset },
			func(k int, c float64) float64 { return c }, nil)
		return landscape{fmt.Sprintf("offset %v", offset), f, start, nil, true}
	},
	// Σ c^p/p − c, p > 1: for c < 0 it is NaN
	"domains that end": func(r *rand.Rand) landscape {
		d, s := 1+r.IntN(3), magnitude(r, -5, 5)
		p, start := 1.1+3*r.Float64(), make([]float64, d)
		for i := range start {
			start[i] = s * magnitude(r, -4, 2)
		}
		Q := make([][]float64, d)
		for i := range Q {
			Q[i] = make([]float64, d)
			Q[i][i] = 1
		}
		f, H := sum(Q, make([]float64, d), s,
			func(k int, c float64) float64 { return math.Pow(c, p)/p - c },
			func(k int, c float64) float64 { return math.Pow(c, p-1) - 1 },
			func(k int, c float64) float64 { return (p - 1) * math.Pow(c, p-2) })
		return landscape{fmt.Sprintf("p = %v, s = %v", p, s), f, start, H, true}
	},
}

// level tells what is wrong with the end of a descent: it is a point with its F, no higher than
// the start, which is left alone, and F falls from it by none of the steps of the comment:
// along an axis and along a diagonal, to any step that moves it; along an eigenvector of the
// Hessian, known in closed form, by no more than its rounding and what the slope that is left
// makes of a direction that is a little another. Where rounding makes steps of F, a fall by
// 2⁻³⁰ of all it has fallen is allowed.
func level(of minimiser, from func(r *rand.Rand) landscape) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		l := from(r)
		start := slices.Clone(l.start)
		y, low, err := of(l.f.F, l.f.grad, l.start)
		say := func(what string, v ...any) string {
			return fmt.Sprintf("%s from %v: %v, F = %v, %v: %s %v", l.name, start, y, low, err, what, v)
		}
		first := l.f.F(start)
		if err != nil || len(y) != len(start) || !slices.Equal(l.start, start) || low != l.f.F(y) || !(low <= first) {
			return say("no minimum below", first)
		}
		allowed := 0.0
		if l.crept {
			allowed = 0x1p-30 * (first - low)
		}
		reach := func(i int) float64 { return max(1, math.Abs(y[i])) / 16 }
		// fall returns how much F falls along a direction, by the best of the steps.
		fall := func(direction []float64, least float64) (most float64) {
			for step := 1.0; step > least; step /= 512 {
				moved := false
				for _, side := range []float64{step, -step} {
					next := slices.Clone(y)
					for i, v := range direction {
						next[i] += side * v * reach(i)
						moved = moved || next[i] != y[i]
					}
					if f := l.f.F(next); low-f > most {
						most = low - f
					}
				}
				if !moved {
					break
				}
			}
			return most
		}
		d := len(y)
		for i := range y {
			v := make([]float64, d)
			v[i] = 1
			if f := fall(v, 0); f > allowed {
				return say("it falls along axis", i, f)
			}
			for j := range i {
				for _, side := range []float64{1, -1} {
					v[j] = side
					if f := fall(v, 0x1p-52); f > allowed {
						return say("it falls along a diagonal", i, j, side, f)
					}
				}
				v[j] = 0
			}
		}
		if l.hessian == nil || d == 1 {
			return ""
		}
		H := l.hessian(y)
		largest := 0.0
		for i := range d {
			for j := range i + 1 {
				H.SetSym(i, j, H.At(i, j)*reach(i)*reach(j))
				largest = max(largest, math.Abs(H.At(i, j)))
			}
		}
		var eigen mat.EigenSym
		if !(largest > 0) || math.IsInf(largest, 1) || !eigen.Factorize(H, true) {
			return ""
		}
		var vectors mat.Dense
		eigen.VectorsTo(&vectors)
		for k := range d {
			if f := fall(mat.Col(nil, k, &vectors), 0x1p-52); f > max(allowed, 0x1p-30*(first-low), 64*0x1p-52*math.Abs(low)) {
				return say("it falls along an eigenvector", k, f)
			}
		}
		return ""
	}
}

// lost has functions without a value or a slope where the search begins, one in 30 without a
// lower bound, of which it takes 100 searches to say so: an error, and no point.
func lost(of minimiser) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		d, s := 1+r.IntN(3), magnitude(r, -3, 3)
		start := make([]float64, d)
		for i := range start {
			start[i] = s * r.NormFloat64()
		}
		nan, inf := math.NaN(), math.Inf(1)
		kind := r.IntN(4)
		if r.IntN(30) == 0 {
			kind = 4 + r.IntN(3)
		}
		value := func(k int, c float64) float64 {
			return []float64{nan, c * c, inf, c * c, -c * c, -square(c * c), -math.Exp(math.Abs(c))}[kind]
		}
		slope := func(k int, c float64) float64 {
			return []float64{1, nan, 1, -inf, -2 * c, -4 * c * c * c, -math.Copysign(math.Exp(math.Abs(c)), c)}[kind]
		}
		f, _ := sum(turned(r, d), make([]float64, d), s, value, slope, nil)
		y, low, err := of(f.F, f.grad, start)
		if err == nil || y != nil {
			return fmt.Sprintf("kind %d, s = %v from %v: %v, F = %v, %v", kind, s, start, y, low, err)
		}
		return ""
	}
}

func TestPromises(t *testing.T) {
	for _, family := range slices.Sorted(maps.Keys(landscapes)) {
		promise.Try(t, family, 60, level(Minimum, landscapes[family]))
	}
	promise.Try(t, "no minimum", 30, lost(Minimum))

	once := func(F func(y []float64) float64, grad func(dst, y []float64), start []float64) ([]float64, float64, error) {
		y, low := search(F, grad, start)
		return y, low, nil
	}
	steepest := func(F func(y []float64) float64, grad func(dst, y []float64), start []float64) ([]float64, float64, error) {
		y, g, step := slices.Clone(start), make([]float64, len(start)), 1.0
		for range 300 {
			grad(g, y)
			next := slices.Clone(y)
			for i := range y {
				next[i] -= step * g[i]
			}
			if F(next) < F(y) {
				y, step = next, step*1.2
			} else {
				step /= 2
			}
		}
		return y, F(y), nil
	}
	for _, c := range []struct {
		fault, family string
		of            minimiser
	}{
		{"one search", "saddles", once},
		{"one search", "valleys", once},
		{"steepest descent", "bowls", steepest},
		{"steepest descent", "valleys", steepest},
		{"the start", "bowls", func(F func(y []float64) float64, _ func(dst, y []float64), start []float64) ([]float64, float64, error) {
			return slices.Clone(start), F(start), nil
		}},
		{"the start is moved", "saddles", func(F func(y []float64) float64, grad func(dst, y []float64), start []float64) ([]float64, float64, error) {
			y, low, err := Minimum(F, grad, start)
			copy(start, y)
			return y, low, err
		}},
		{"the F of another point", "saddles", func(F func(y []float64) float64, grad func(dst, y []float64), start []float64) ([]float64, float64, error) {
			y, low, err := Minimum(F, grad, start)
			return y, math.Nextafter(low, -1e300), err
		}},
		{"one search, NaN no wall to it", "domains that end", once},
	} {
		promise.Refute(t, c.fault+", "+c.family, 200, level(c.of, landscapes[c.family]))
	}
	promise.Refute(t, "a search without an error", 1, lost(once))
}
