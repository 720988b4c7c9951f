package twofold

import "math"

// A pair is the unevaluated sum hi + lo. Its operations are the classical error-free
// transformations and the double-double operations made of them, on numbers of moderate
// exponent. A product is converted to float64 wherever a compiler could fuse it.
type pair struct{ hi, lo float64 }

// TwoSum returns s = fl(a + b) and the error e: s + e = a + b (Knuth), unless s overflows.
func TwoSum(a, b float64) (s, e float64) {
	s = a + b
	c := s - a
	return s, (a - (s - c)) + (b - c)
}

// FastTwoSum is TwoSum for |a| ≥ |b| or a = 0 (Dekker).
func FastTwoSum(a, b float64) (s, e float64) {
	s = a + b
	return s, b - (s - a)
}

// AddPair returns (a + α) + (b + β) to 3u², whatever the signs, for |α| ≤ u|a| and |β| ≤ u|b|
// (Joldes et al. 2017, algorithm 6).
func AddPair(a, α, b, β float64) (hi, lo float64) {
	s, e := TwoSum(a, b)
	t, d := TwoSum(α, β)
	s, e = FastTwoSum(s, e+t)
	return FastTwoSum(s, e+d)
}

// MulPair returns (a + α)(b + β) to 5u², for |α| ≤ u|a| and |β| ≤ u|b| (Joldes et al. 2017,
// algorithm 12).
func MulPair(a, α, b, β float64) (hi, lo float64) {
	p := float64(a * b)
	e := math.FMA(a, b, -p)
	e += math.FMA(a, β, float64(α*b))
	return FastTwoSum(p, e)
}
