package op

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
)

// TestPrecisionRound holds the rounding to float32's own, to known numbers of
// the 16-bit formats, and to being nearest.
func TestPrecisionRound(t *testing.T) {
	inf := math.Inf(1)
	for _, test := range []struct {
		p       Precision
		x, want float64
	}{
		{Float16, 65504, 65504}, {Float16, 65519.9, 65504}, {Float16, 65520, inf}, {Float16, -1e9, -inf},
		{Float16, 1 + 0x1p-11, 1}, {Float16, 1 + 3*0x1p-11, 1 + 0x1p-9}, {Float16, 0x1p-24, 0x1p-24}, {Float16, 0x1p-25, 0}, {Float16, 0x1.1p-25, 0x1p-24},
		{BFloat16, 1 + 0x1p-8, 1}, {BFloat16, 1 + 3*0x1p-8, 1 + 0x1p-6}, {BFloat16, math.MaxFloat32, inf}, {BFloat16, 0x1.fep127, 0x1.fep127},
		{Float32, 0.1, float64(float32(0.1))}, {Float32, 1e-46, 0}, {Float32, 1e39, inf},
	} {
		if got := test.p.Round(test.x); got != test.want {
			t.Errorf("%s: %v rounds to %v, want %v", test.p, test.x, got, test.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		x := math.Float64frombits(rapid.Uint64().Draw(t, "bits"))
		if want := float64(float32(x)); Float32.Round(x) != want && !math.IsNaN(want) {
			t.Fatalf("float32: %v rounds to %v, want %v", x, Float32.Round(x), want)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom([]Precision{Float16, BFloat16}).Draw(t, "precision")
		x := rapid.Float64Range(-70000, 70000).Draw(t, "x")
		r := p.Round(x)
		if p.Round(r) != r {
			t.Fatalf("%s: %v rounds to %v, which the format does not hold", p, x, r)
		}
		if !math.IsInf(r, 0) && !(math.Abs(r-x) <= p.Ulp(x)/2) {
			t.Fatalf("%s: %v rounds to %v, further than half an ulp", p, x, r)
		}
	})
}

// TestPrecisionNearest holds a true value to the nearest number of the format
// where its nearest float64 lies halfway between two, and the errors that are
// counted to the unit that they are counted in.
func TestPrecisionNearest(t *testing.T) {
	for _, test := range []struct {
		p    Precision
		v    exact.Value
		want float64
	}{
		{Float32, exact.Value{Near: 1 + 0x1p-24}, 1},
		{Float32, exact.Value{Near: 1 + 0x1p-24, Off: 0.3}, 1 + 0x1p-23},
		{Float32, exact.Value{Near: 1 + 3*0x1p-24, Off: -0.3}, 1 + 0x1p-23},
		{BFloat16, exact.Value{Near: -1 - 0x1p-8, Off: -0.3}, -1 - 0x1p-7},
		{Float16, exact.Value{Near: 65520, Off: -0.3}, 65504},
		{Float16, exact.Value{Near: 65520}, math.Inf(1)},
	} {
		if got := test.p.Nearest(test.v); got != test.want {
			t.Errorf("%s: %+v rounds to %v, want %v", test.p, test.v, got, test.want)
		}
	}
	for _, test := range []struct {
		p         Precision
		got, true float64
		want      float64
	}{
		{Float32, 1, 1 + 0x1p-24, 0.5}, {Float32, 1 + 0x1p-23, 1, 1}, {Float32, 1 - 0x1p-24, 1 - 0x1p-23, 1},
		{BFloat16, 256, 258, 1}, {Float16, 0, 0x1p-24, 1}, {Float16, 0, 0x1p-25, 0.5}, {Float16, math.Inf(1), 1e6, 0}, {Float16, 65504, 65520, 0.5},
		{Float16, math.Inf(1), 65504, math.Inf(1)}, {Float32, math.NaN(), 1, math.Inf(1)},
	} {
		if got := test.p.ulps(exact.Value{Near: test.true}, test.got); !(math.Abs(got-test.want) <= 0x1p-40 || got == test.want) {
			t.Errorf("%s: %v for %v is %v ulps off, want %v", test.p, test.got, test.true, got, test.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(Precisions).Draw(t, "precision")
		d := rapid.Float64Range(-100, 100).Draw(t, "d")
		v := exact.MCE(d, 0).Value
		near := p.Nearest(v)
		if off := p.ulps(v, near); !(off <= 0.5) {
			t.Fatalf("%s: σ(%v) rounds to %v, %v ulps off", p, d, near, off)
		}
		for _, far := range []float64{p.Next(near, 2), p.Next(near, -1)} {
			// 1.5 at most, or 2.5 above a power of two that the truth is below
			if off := p.ulps(v, far); !(off >= 0.5) || !(off <= 2.5) {
				t.Fatalf("%s: σ(%v) rounds to %v, but its neighbour %v is %v ulps off", p, d, near, far, off)
			}
			if back := p.Next(far, near); back != near {
				t.Fatalf("%s: %v, %v, %v: not there and back", p, near, far, back)
			}
		}
	})
}
