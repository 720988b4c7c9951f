package result

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"
)

// TestSubnormal: what subnormal decides is what strconv has, for the shortest texts of subnormal
// numbers, texts of all lengths, and those nearest to the middle of two; and it decides nearly all of
// the first.
func TestSubnormal(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1074))
	asked, decided := 0, 0
	check := func(text string) (ok bool) {
		t.Helper()
		x, ok := subnormal([]byte(text))
		if want, err := strconv.ParseFloat(text, 64); ok && (err != nil || math.Float64bits(x) != math.Float64bits(want)) {
			t.Fatalf("%s is %v, want %v, %v", text, x, want, err)
		}
		return ok
	}
	for range 2000 {
		x := math.Float64frombits(r.Uint64()>>(12+r.IntN(52)) | r.Uint64()<<63)
		if x == 0 {
			continue
		}
		if asked++; check(string(Real(x).Append(nil))) {
			decided++
		}
		check(fmt.Sprintf("%.*e", r.IntN(18), x*r.Float64()))
		middle := new(big.Float).SetPrec(80).Add(big.NewFloat(x), big.NewFloat(math.Nextafter(x, 1)))
		check(middle.Mul(middle, big.NewFloat(0.5)).Text('e', 16+r.IntN(2)))
	}
	if decided < asked*99/100 {
		t.Errorf("%d of %d are decided", decided, asked)
	}
	for _, text := range []string{"5e-324", "-5e-324", "2e-324", "2.5e-324", "-1e-330", "2.2250738585072011e-308", "2.2250738585072014e-308", "1E-310", "0e-320", "0.00e-310"} {
		check(text)
	}
	for _, text := range []string{"", "-", ".", "e-310", "1", "1e5", "1e-31", "1e-3x0", "1e+310", "1.2.3e-310", "1e-310 ", "1234567890123456789e-330", "1e-400", "1.0"} {
		if x, ok := subnormal([]byte(text)); ok {
			t.Errorf("%q is %v", text, x)
		}
	}
}
