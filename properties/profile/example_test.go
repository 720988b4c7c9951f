package profile_test

import (
	"fmt"

	"ebmcheck/properties/profile"
)

// What is known of the loss of logistic regression, from its formula alone.
func ExampleOf() {
	p, err := profile.Of("softplus(F[y] - F[ybar])", "")
	if err != nil {
		panic(err)
	}
	for _, a := range p.Answers {
		switch a.Question {
		case "convex", "homogeneous", "margin (Condition 3)":
			fmt.Printf("%s: %s, %s\n", a.Question, a.Answer, a.Rests())
		}
	}
	// Output:
	// convex: yes, proved
	// homogeneous: no, refuted
	// margin (Condition 3): every k ≥ 0, proved
}
