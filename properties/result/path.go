package result

// A Path is a descent, as a few points of it: after each of the Steps, the values named.
type Path struct {
	By     string   `json:"by"`     // what descends, from where, and by which rule
	Steps  []int    `json:"steps"`  // ascending
	Names  []string `json:"names"`  // of the values
	Values [][]Real `json:"values"` // a row for each of Steps
}
