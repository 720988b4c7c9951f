package ebm

import (
	"math"
	"math/rand/v2"
)

// magnitude draws 10ᵉ with e uniform between from and to.
func magnitude(r *rand.Rand, from, to float64) float64 {
	return math.Pow(10, from+(to-from)*r.Float64())
}

// A field is an energy without parameters, given by a function of y and its gradient.
type field struct {
	F func(y []float64) float64
	G func(dst, y []float64)
}

func (field) Params() int                            { return 0 }
func (f field) Eval(w, x, y []float64) float64       { return f.F(y) }
func (field) GradW(dst, w, x, y []float64) []float64 { return room(dst, 0) }
func (f field) GradY(dst, w, x, y []float64) []float64 {
	dst = room(dst, len(y))
	f.G(dst, y)
	return dst
}

// rotation draws an orthogonal d×d matrix, row by row, by Gram and Schmidt.
func rotation(r *rand.Rand, d int) [][]float64 {
	Q := make([][]float64, d)
	for i := range Q {
		for {
			v := make([]float64, d)
			for k := range v {
				v[k] = r.NormFloat64()
			}
			for range 2 { // twice is enough
				for _, q := range Q[:i] {
					var dot float64
					for k := range v {
						dot += q[k] * v[k]
					}
					for k := range v {
						v[k] -= dot * q[k]
					}
				}
				var size float64
				for _, c := range v {
					size += c * c
				}
				for k := range v {
					v[k] /= math.Sqrt(size)
				}
			}
			if v[0]-v[0] == 0 {
				Q[i] = v
				break
			}
		}
	}
	return Q
}
