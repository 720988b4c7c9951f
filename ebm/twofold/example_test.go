package twofold_test

import (
	"fmt"

	"ebmcheck/ebm/twofold"
)

func ExampleNumber() {
	d := twofold.Diff(1e308, -1e308) // no float64
	fmt.Println(d.Float64(), d.Mul(twofold.Of(0.25)).Float64())
	tail := twofold.Of(-800).Exp() // no float64 either
	fmt.Println(tail.Float64(), tail.Div(twofold.Of(1e-300)).Float64())
	// Output:
	// +Inf 5e+307
	// 0 3.667874584177687e-48
}
