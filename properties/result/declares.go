package result

import (
	"fmt"
	"strings"
)

// Declares is what a subject says of its arithmetic beside its precision
// (PROTOCOL.md): the largest errors of its elementary functions, in its own ulps, what it
// does with subnormal numbers, how it adds up, and whether it answers the limits of β.
type Declares struct {
	Exp   Real `json:"exp_ulps,omitempty" jsonschema:"the largest error of its exp, in its own ulps; 2 unless said"`
	Log   Real `json:"log_ulps,omitempty" jsonschema:"of its log"`
	Log1p Real `json:"log1p_ulps,omitempty" jsonschema:"of its log1p"`

	Flushes    bool   `json:"flushes,omitempty" jsonschema:"whether it flushes subnormal numbers"`
	Accumulate string `json:"accumulate,omitempty" jsonschema:"the format in which one of 16 bits adds up"`
	Limits     bool   `json:"limits,omitempty" jsonschema:"whether it means to answer β = 0 and β = ∞"`

	Together bool `json:"together,omitempty" jsonschema:"whether it computes the calls of a request together, so that the last digits of an answer depend on the others"`
}

// Check says what is wrong with d; nil if nothing.
func (d Declares) Check() error {
	for _, e := range d.errors() {
		if x := float64(e.ulps); !(x >= 0 && x <= 1e6) {
			return fmt.Errorf(`"declares": %s_ulps is %s: want the largest error of its %s in ulps, such as 2.0`, e.name, Decimal(x), e.name)
		}
	}
	return nil
}

type functionError struct {
	name string
	ulps Real
}

func (d Declares) errors() []functionError {
	return []functionError{{"exp", d.Exp}, {"log", d.Log}, {"log1p", d.Log1p}}
}

// String is d for people: "exp within 800 ulps, flushes subnormal numbers"; "" if it says
// nothing.
func (d Declares) String() string {
	var parts []string
	for _, e := range d.errors() {
		if e.ulps != 0 {
			parts = append(parts, fmt.Sprintf("%s within %s ulps", e.name, Decimal(float64(e.ulps))))
		}
	}
	if d.Flushes {
		parts = append(parts, "flushes subnormal numbers")
	}
	if d.Accumulate != "" {
		parts = append(parts, "adds up in "+d.Accumulate)
	}
	if d.Limits {
		parts = append(parts, "answers β = 0 and β = ∞")
	}
	return strings.Join(parts, ", ")
}
