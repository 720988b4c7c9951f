package result

// Stated is a statement in the language of package formula, as it is examined: from it a
// report sets what is shown.
type Stated struct {
	Printed   string   `json:"printed"`             // as the source prints it
	True      string   `json:"true,omitempty"`      // what is true instead, or what more is true
	Condition string   `json:"condition,omitempty"` // holds-if: what the source leaves unsaid
	Only      []string `json:"only,omitempty"`      // refuted: where what is printed is true all the same
}
