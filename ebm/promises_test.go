package ebm

import (
	"flag"
	"math"
	"math/rand/v2"
	"testing"
)

// The promises of the comments of this package are tried on aimed random cases:
//
//	go test ./ebm -run Promises -v -args -cases 3000
//
// has 3 000 of each family, go test ./ebm a share that takes no time.
var cases = flag.Int("cases", 0, "cases of each family of promises; 0: a small share")

// promised tries a family of cases, of which broken says what is wrong with one, ""
// if nothing: *cases of them, or the share.
func promised(t *testing.T, family string, share int, broken func(r *rand.Rand) string) {
	t.Helper()
	t.Run(family, func(t *testing.T) {
		t.Helper()
		n := share
		if *cases > 0 {
			n = *cases
		}
		failed := 0
		for i := range n {
			if why := broken(rand.New(rand.NewPCG(uint64(i), 92))); why != "" {
				if failed++; failed <= 3 {
					t.Errorf("case %d: %s", i, why)
				}
			}
		}
		t.Logf("%d broken in %d cases", failed, n)
	})
}

// refutes demands that a planted fault breaks a case of a family within the share.
func refutes(t *testing.T, fault string, share int, broken func(r *rand.Rand) string) {
	t.Helper()
	for i := range share {
		if broken(rand.New(rand.NewPCG(uint64(i), 92))) != "" {
			return
		}
	}
	t.Errorf("%s: no case of %d is broken by it", fault, share)
}

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
