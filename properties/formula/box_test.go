package formula

import (
	"math"
	"testing"
)

// TestLogOfTiny: the box of a logarithm holds it, of subnormal numbers too.
func TestLogOfTiny(t *testing.T) {
	for k := 1000; k <= 1074; k++ {
		x, want := math.Ldexp(1, -k), -float64(k)*math.Ln2 // ln 2 is off by 2e-17, so this by 3e-14
		got := single(x).log()
		if !(got.lo-1e-13 <= want && want <= got.hi+1e-13) || !(got.width() <= 1e-11) {
			t.Errorf("ln 2^-%d in %v, and is %v", k, got, want)
		}
	}
}

// TestLogOfTinyProbability: where −ln p is computed from p as it is written, and p is subnormal, the bound has all that is lost in p.
func TestLogOfTinyProbability(t *testing.T) {
	l, err := NewLoss("-log(p[y])")
	if err != nil {
		t.Fatal(err)
	}
	e, err := l.Compile(2)
	if err != nil {
		t.Fatal(err)
	}
	const beta, F, least = 140, -19998, -20003.3
	m := Model{U: 0x1p-53, Tiny: 0x1p-1074, Most: math.MaxFloat64, Exp: 4, Log: 4, Log1p: 4, Sum: 0x1p-53, Stored: 0x1p-53}
	a, err := e.Allow(Question{Energies: []float64{F, least}, Scalars: map[string]float64{"beta": beta}}, m, false)
	if err != nil {
		t.Fatal(err)
	}
	product := -beta * least // of the two products, the one that rounds
	off := math.Abs(math.FMA(-beta, least, -product))
	if !(a.Value >= off) {
		t.Errorf("allowed %v, and the product alone is off by %v", a.Value, off)
	}
}

func TestOnlyExponent(t *testing.T) {
	for text, want := range map[string]bool{
		"(1 - p[y])^g*-log(p[y])": true, "g*(1 - p[y])^g": false, "(g - p[y])^2": false, "exp(g*F[y])": false,
		"u^g + 1 where u = F[y] + m": true,
	} {
		if got := MustParse(text).OnlyExponent("g"); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
