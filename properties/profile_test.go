package properties_test

import (
	"fmt"

	"ebmcheck/properties"
)

// The hinge loss has the margin m of Condition 3, and a kink.
func ExampleProfile() {
	p, err := properties.Profile("hinge", "")
	if err != nil {
		panic(err)
	}
	for _, a := range p.Answers {
		switch a.Question {
		case "margin (Condition 3)", "smooth":
			fmt.Printf("%s: %s, %s\n", a.Question, a.Answer, a.Rests())
		}
	}
	// Output:
	// smooth: kinked where m + F = F̄, refuted
	// margin (Condition 3): k < m, not k ≥ m, proved
}
