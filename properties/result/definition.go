package result

// A Definition is a loss of a user as it is written down: in a subject's answer to
// start, beside a stored counterexample, in the header of results.
type Definition struct {
	Name    string            `json:"name"`
	Formula string            `json:"formula" jsonschema:"in the language of package formula"`
	Params  map[string][]Real `json:"params,omitempty" jsonschema:"the range of a parameter, [0.0,10.0] where it has none here"`
}
