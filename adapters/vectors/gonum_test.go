package vectors

import (
	"os"
	"strings"
	"testing"
)

// TestGonum: of numbers that are right and wrong by their bounds, too large, NaN and free,
// the reader finds as many wrong as are, and those. Of F=[x] the free energy is x.
func TestGonum(t *testing.T) {
	const file = "testdata/judging.json"
	judged, wrong, err := Gonum(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range wrong {
		if !strings.HasSuffix(w, "(wrong)") {
			t.Error("it is right:", w)
		}
	}
	lines, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	free, bad := 0, 0
	for line := range strings.Lines(string(lines)) {
		if strings.Contains(line, `"free_energy"`) {
			free++
			if strings.Contains(line, `"fault":"wrong"`) {
				bad++
			}
		}
	}
	if judged != free || len(wrong) != bad || bad == 0 {
		t.Errorf("%d of %d are wrong, want %d of %d", len(wrong), judged, bad, free)
	}
}
