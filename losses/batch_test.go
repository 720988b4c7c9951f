package losses_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"ebmcheck/ebm"
	"ebmcheck/ebm/promise"
	. "ebmcheck/losses"
)

type batchFunc func(dst []float64, l Loss, f ebm.Energy, w []float64, ys [][]float64, batch []Datum) (float64, []float64)

// meanOf holds a batch to the mean of its data, in big.Float: the loss to one rounding, the
// gradient to N + 1 of the sizes of the terms, N additions and a division, each of the N pulls
// being taken as it is.
func meanOf(of batchFunc) func(r *rand.Rand) string {
	return func(r *rand.Rand) string {
		const prec = 3000
		nx, ny, N := 1+r.IntN(3), 1+r.IntN(4), 1+r.IntN(5)
		var f ebm.Energy = ebm.Table{Nx: nx, Ny: ny}
		ys := ebm.Answers(ny)
		if r.IntN(2) == 0 {
			f = ebm.LearnedRBF{Nx: 1, D: 2, N: ny}
		}
		w := make([]float64, f.Params())
		for k := range w {
			w[k] = r.NormFloat64()
		}
		batch := make([]Datum, N)
		for i := range batch {
			batch[i] = Datum{[]float64{float64(r.IntN(nx))}, r.IntN(ny)}
		}
		l := []Loss{NLL{1}, Perceptron{}, EnergyLoss{}, Contrastive(Hinge{1}), MEE{2}}[r.IntN(5)]
		loss := new(big.Float).SetPrec(prec)
		sum, size := make([]*big.Float, len(w)), make([]float64, len(w))
		for k := range sum {
			sum[k] = new(big.Float).SetPrec(prec)
		}
		for _, s := range batch {
			F := ebm.Energies(nil, f, w, s.X, ys)
			v, g := Gradient(nil, l, F, s.Y, func(dst, g []float64) []float64 { return ebm.Pull(dst, g, f, w, s.X, ys) })
			loss.Add(loss, big.NewFloat(v))
			for k, d := range g {
				sum[k].Add(sum[k], big.NewFloat(d))
				size[k] += math.Abs(d)
			}
		}
		want, _ := loss.Quo(loss, big.NewFloat(float64(N))).Float64()
		dst := slices.Repeat([]float64{77}, len(w))
		got, dW := of(dst, l, f, w, ys, batch)
		if got != want || &dW[0] != &dst[0] {
			return fmt.Sprintf("%T%v of %v: %v, want %v", l, l, batch, got, want)
		}
		for k, d := range dW {
			want, _ := sum[k].Quo(sum[k], big.NewFloat(float64(N))).Float64()
			if !(math.Abs(d-want) <= float64(N+1)*0x1p-53*size[k]/float64(N)) {
				return fmt.Sprintf("%T%v of %v: ∂/∂W_%d = %v, want %v", l, l, batch, k, d, want)
			}
		}
		return ""
	}
}

func TestBatchPromises(t *testing.T) {
	promise.Try(t, "the mean of its data", 100, meanOf(Batch))
}

// batchFaults are wrong in a believable way.
var batchFaults = map[string]batchFunc{
	"the sum": func(dst []float64, l Loss, f ebm.Energy, w []float64, ys [][]float64, batch []Datum) (float64, []float64) {
		v, dW := Batch(dst, l, f, w, ys, batch)
		return v * float64(len(batch)), dW
	},
	"a gradient of the last datum": func(dst []float64, l Loss, f ebm.Energy, w []float64, ys [][]float64, batch []Datum) (float64, []float64) {
		v, _ := Batch(dst, l, f, w, ys, batch)
		_, dW := Batch(dst, l, f, w, ys, batch[len(batch)-1:])
		return v, dW
	},
	"the losses added up in float64": func(dst []float64, l Loss, f ebm.Energy, w []float64, ys [][]float64, batch []Datum) (float64, []float64) {
		_, dW := Batch(dst, l, f, w, ys, batch)
		v := 0.0
		for i := range batch {
			one, _ := Batch(nil, l, f, w, ys, batch[i:i+1])
			v += one / float64(len(batch))
		}
		return v, dW
	},
	"what dst held": func(dst []float64, l Loss, f ebm.Energy, w []float64, ys [][]float64, batch []Datum) (float64, []float64) {
		v, dW := Batch(nil, l, f, w, ys, batch)
		for k := range dst {
			dst[k] += dW[k]
		}
		return v, dst
	},
}

func TestBatchUndefined(t *testing.T) {
	f, ys, w := ebm.Table{Nx: 1, Ny: 2}, ebm.Answers(2), []float64{1, nan}
	if v, dW := Batch(nil, NLL{1}, f, w, ys, []Datum{{[]float64{0}, 0}}); !math.IsNaN(v) || !math.IsNaN(dW[0]) || !math.IsNaN(dW[1]) {
		t.Errorf("of NaN: %v, %v", v, dW)
	}
	two := ebm.Table{Nx: 2, Ny: 2} // the NaN has no part in the parameters of the other input
	for _, batch := range [][]Datum{{{[]float64{0}, 0}}, {{[]float64{1}, 0}, {[]float64{0}, 0}}} {
		if v, dW := Batch(nil, NLL{1}, two, []float64{1, nan, 2, 3}, ys, batch); !same(append(dW, v), []float64{nan, nan, nan, nan, nan}) {
			t.Errorf("of NaN for one of two inputs: %v, %v", v, dW)
		}
	}
	refuse := func(prefix string, f func()) {
		t.Helper()
		defer func() {
			t.Helper()
			if msg := fmt.Sprint(recover()); msg[:min(len(msg), len(prefix))] != prefix {
				t.Errorf("recovered %q, want %q", msg, prefix)
			}
		}()
		f()
	}
	refuse("losses: an empty batch", func() { Batch(nil, NLL{1}, f, w, ys, nil) })
	refuse("losses: the answer", func() { Batch(nil, NLL{1}, f, w, ys, []Datum{{[]float64{0}, 2}}) })
	refuse("ebm: not an index", func() { Batch(nil, NLL{1}, f, w, ys, []Datum{{[]float64{1}, 0}}) })
	refuse("ebm: dst", func() { Batch(make([]float64, 3), NLL{1}, f, w, ys, []Datum{{[]float64{0}, 0}}) })
}
