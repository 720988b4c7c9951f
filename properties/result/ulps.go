package result

import (
	"fmt"
	"math"
)

// Ulps is an error in ulps for people, to three digits, rounded up: more than ½ is to be seen.
// Counts of ulps are themselves off by 2⁻⁵⁰ of them, which is not. Beyond 2⁹⁰⁰ it is ∞.
func Ulps(x float64) string {
	switch {
	case x == 0:
		return "0"
	case !(x < 0x1p900):
		return "∞"
	}
	unit := math.Pow(10, math.Floor(math.Log10(x))-2)
	return fmt.Sprintf("%.3g", math.Ceil(x/unit-1e-9)*unit)
}
