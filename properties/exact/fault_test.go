package exact

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/ALTree/bigfloat"
)

// A test that cannot fail proves nothing. Here the errors that the other tests look for are made on purpose, and their
// checks must see them.

// TestNarrowBoundIsSeen: without their error bounds, the exponential and the logarithm of fixed.go must be found outside
// their enclosures, at the precision they work with; with the bounds they lie inside.
func TestNarrowBoundIsSeen(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 1))
	const w = 128
	const n = 200
	missed := map[string]int{}
	for range n {
		check := func(what string, x *big.Float, truth *big.Float, m *big.Int, k int, err uint64) {
			lo, hi := fromFixed(m, err, k, w, 160)
			if !encloses(Interval{lo, hi, 160}, truth, 380) {
				t.Fatalf("%s(%v) is not in [%v, %v]", what, x, lo, hi)
			}
			lo, hi = fromFixed(m, 0, k, w, 160)
			if !encloses(Interval{lo, hi, 160}, truth, 380) {
				missed[what]++
			}
		}
		x := big.NewFloat(wideFloat(-4, 8, r))
		m, k, err := expFixed(x, w)
		check("exp", x, otherExp(new(big.Float).SetPrec(400).Set(x)), m, k, err)
		u := big.NewFloat(wideFloat(-9, -3, r))
		m, err = log1pFixed(u, w)
		z := new(big.Float).SetPrec(400).Add(u, big.NewFloat(1))
		check("log1p", u, bigfloat.Log(z), m, 0, err)
	}
	if missed["exp"] < n/2 || missed["log1p"] < n/2 {
		t.Errorf("of %d enclosures without a bound only these were found wrong: %v", n, missed)
	}
}

// TestWideBoundIsSeen: an enclosure a thousand times too wide fails the check of tightness.
func TestWideBoundIsSeen(t *testing.T) {
	x := Of(1.5, 128).Exp()
	wide := x.Hull(x.Add(x.Mul(power(-118, 128))))
	if w := relativeWidth(x) + 128; !(w <= 2) {
		t.Errorf("a good enclosure fails: 2^%v", w)
	}
	if w := relativeWidth(wide) + 128; w <= 2 {
		t.Errorf("a wide enclosure passes: 2^%v", w)
	}
}

// aJury is a testing.TB that records a failure instead of failing.
type aJury struct {
	testing.TB
	said string
}

func (a *aJury) Helper() {}
func (a *aJury) Fatalf(format string, args ...any) {
	a.said = fmt.Sprintf(format, args...)
	panic(a)
}

// refuses reports whether the judge of agrees_test.go fails v.
func refuses(t testing.TB, v Value, truth *big.Float) (refused bool) {
	defer func() {
		if r := recover(); r != nil {
			_, refused = r.(*aJury)
		}
	}()
	(&judge{t: &aJury{TB: t}}).same(v, truth, "planted")
	return false
}

// TestWrongValuesAreSeen: the comparison with the independent computation refuses a neighbour for Near, a wrong sign of
// zero, and an Off beyond Err.
func TestWrongValuesAreSeen(t *testing.T) {
	v := Log(0.3, 0.9).Value
	truth := otherLog1p(otherExp(bfNew().Sub(bf(0.3), bf(0.9))))
	if refuses(t, v, truth) {
		t.Fatalf("the right value %+v is refused", v)
	}
	for name, w := range map[string]Value{
		"next up":     {math.Nextafter(v.Near, 9), v.Off, v.Err},
		"next down":   {math.Nextafter(v.Near, 0), v.Off, v.Err},
		"off":         {v.Near, v.Off + 0x1p-20, v.Err},
		"no bound":    {v.Near, v.Off + 0x1p-60, 0},
		"undefined":   undefined,
		"other sign":  {-v.Near, -v.Off, v.Err},
		"wrong zero":  {math.Copysign(0, -1), 0, 0},
		"an infinity": whole(inf),
	} {
		if !refuses(t, w, truth) {
			t.Errorf("%s: %+v passes for %s", name, w, truth.Text('g', 30))
		}
	}
}

// TestTenthOfBoundIsSeen: with a tenth of its bound expDD would be found out, so the bound is near enough to what it bounds
// to be tested at all.
func TestTenthOfBoundIsSeen(t *testing.T) {
	r := rand.New(rand.NewPCG(42, 1))
	for range 20_000 {
		z := dd{-1100 * r.Float64(), 0}
		m, q := expDD(z)
		if spent(m.asInterval(q), z.asInterval(0).At(160).Exp(), expError/10) > 1 {
			return
		}
	}
	t.Error("a tenth of the bound of expDD was not exceeded in 20000 cases")
}
