package vectors

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestGonum: of numbers that are right and wrong by their bounds, too large, NaN and free,
// the reader finds as many wrong as are, and those. Of F=[x] the free energy is x. It passes no
// file in which it finds nothing to judge.
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
	of := func(text string) (int, []string, error) {
		name := filepath.Join(t.TempDir(), "vectors.json")
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return Gonum(name)
	}
	if _, wrong, err := of(`{"cases":[{"call":{"op":"free_energy","beta":1,"energies":[0]},"value":[0,"","least","most"]}]}`); err != nil || len(wrong) != 1 {
		t.Errorf("of bounds that are no numbers %d are wrong (%v)", len(wrong), err)
	}
	for _, empty := range []string{`{"suite":"ebmcheck","cases":[]}`, `{}`, `{"cases":[{"call":{"op":"infer","energies":[1]},"index":[0]}]}`, `{"cases":[`, ``} {
		if _, _, err := of(empty); err == nil {
			t.Errorf("of %s nothing is judged, and it passes", empty)
		}
	}
	if judged != free || len(wrong) != bad || bad == 0 {
		t.Errorf("%d of %d are wrong, want %d of %d", len(wrong), judged, bad, free)
	}
}
