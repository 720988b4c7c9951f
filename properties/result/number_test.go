package result

import (
	"encoding/json"
	"math"
	"strconv"
	"testing"
)

// TestReal: a Real is read as it is written, and as strconv has it.
func TestReal(t *testing.T) {
	for _, x := range []float64{0, math.Copysign(0, -1), 1, -1.5, 0.1, 1e21, math.MaxFloat64, 0x1p-1022, math.SmallestNonzeroFloat64, -math.SmallestNonzeroFloat64,
		2 * math.SmallestNonzeroFloat64, math.Inf(1), math.Inf(-1), math.NaN()} {
		var got Real
		b := Real(x).Append(nil)
		if err := json.Unmarshal(b, &got); err != nil || math.Float64bits(float64(got)) != math.Float64bits(x) {
			t.Errorf("%s is read as %v, %v", b, got, err)
		}
	}
	for _, token := range []string{"1e-400", "-1e-400", "5e-324", "-5e-324", "4e-324", "2e-324", "5e-323", "0.5E+1", "-0"} {
		got, err := ParseFloat([]byte(token))
		if want, _ := strconv.ParseFloat(token, 64); err != nil || math.Float64bits(got) != math.Float64bits(want) {
			t.Errorf("%s is read as %v, %v", token, got, err)
		}
	}
	for _, token := range []string{"1e999", "null", "[1]", `"inf"`, "true", ""} {
		if err := new(Real).UnmarshalJSON([]byte(token)); err == nil {
			t.Errorf("%s is read", token)
		}
	}
}

// BenchmarkParseFloat is what strconv takes for the smallest number, and for another, and
// ParseFloat for the smallest.
func BenchmarkParseFloat(b *testing.B) {
	for _, token := range []string{"5e-324", "0.1234567890123456"} {
		b.Run("strconv/"+token, func(b *testing.B) {
			for b.Loop() {
				strconv.ParseFloat(token, 64)
			}
		})
	}
	b.Run("here/5e-324", func(b *testing.B) {
		for b.Loop() {
			ParseFloat([]byte("5e-324"))
		}
	})
}
