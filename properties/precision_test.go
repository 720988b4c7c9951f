package properties

import (
	"math"
	"testing"

	"pgregory.net/rapid"
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
			t.Errorf("%s: %v rounds to %v, want %v", test.p.Name, test.x, got, test.want)
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
			t.Fatalf("%s: %v rounds to %v, which the format does not hold", p.Name, x, r)
		}
		if !math.IsInf(r, 0) && !(math.Abs(r-x) <= p.ulp(x)/2) {
			t.Fatalf("%s: %v rounds to %v, further than half an ulp", p.Name, x, r)
		}
	})
}

// TestFit holds fitted calls to the format and to what calls may be.
func TestFit(t *testing.T) {
	for _, p := range []Precision{Float32, BFloat16, Float16} {
		for _, op := range Ops {
			for _, r := range Regimes {
				for i := range 200 {
					c := p.fit(drawCall(op, r).Example(i))
					for _, x := range append([]float64{c.Beta, c.Margin, c.Gamma, c.Cap}, c.Energies...) {
						if p.Round(x) != x && !math.IsNaN(x) {
							t.Fatalf("%s: %v holds %v", p.Name, c, x)
						}
					}
					if sends[op].beta && r != NonFinite && !(c.Beta > 0) {
						t.Fatalf("%s: %v", p.Name, c)
					}
				}
			}
		}
	}
}
