package op

import (
	"slices"
	"testing"

	"ebmcheck/losses"
)

// TestCatalogue: every loss is an op. (A row that is not in the catalogue is unused, which
// staticcheck tells.)
func TestCatalogue(t *testing.T) {
	for _, e := range losses.Catalogue() {
		if e.ID == "tutorial_square_square" { // square_square on F ≥ 0; a test of losses holds it to that
			continue
		}
		if !slices.Contains(Ops, Op(e.ID)) {
			t.Errorf("losses.Catalogue has %s, which is no op: want a row of it in properties/op, and that in catalogue in properties/op/op.go", e.ID)
		}
	}
}
