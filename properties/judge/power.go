package judge

import "math"

// DetectionPower returns the smallest p such that n independent cases of a
// stratum meet, with probability at least 1 − 10⁻⁶, any fault that shows on a
// fraction p of it: all n miss with probability (1 − p)ⁿ ≤ 10⁻⁶, so
//
//	p = 1 − 10^(−6/n) = −expm1(−ln 10⁶/n) ≤ 13.82/n
//
// The fraction is measured by the generator's own distribution on the stratum.
// With no cases nothing is sure: p = 1.
func DetectionPower(n int) float64 { return -math.Expm1(-6 * math.Ln10 / float64(n)) }
