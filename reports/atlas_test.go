package reports

import (
	"bytes"
	"strings"
	"testing"

	"ebmcheck/properties/result"
)

// TestAtlas: the page has the largest error of each run where it was found, a mark at what is
// refuted, and never less than was found.
func TestAtlas(t *testing.T) {
	line := func(subject, claim, what string, ulps float64, outcome result.Outcome) result.Result {
		u := result.Real(ulps)
		return result.Result{Type: "claim", Layer: result.Code, Subject: subject, Claim: claim, Op: "log", Regime: "tame", Level: result.Required,
			Outcome: outcome, Cases: 12345, Ulps: &u, Worst: &result.Counterexample{Case: "log(F=1|2, F̄=0)", What: what, Got: "3", Want: "4"}}
	}
	run := func(name string, rs ...result.Result) *Run {
		return NewRun(result.NewHeader(1, 10, result.SubjectInfo{Name: name, Precision: "float64"}), rs, result.Footer{Type: "footer", Complete: true})
	}
	all := line("mine", "log.gradient", "grad[1]", 0.25, result.Passed)
	all.Evidence, all.ForAll, all.Regime = result.Exhausted, "all of 9: every pair", "pairs"
	var b bytes.Buffer
	if err := Atlas(&b, Join(run("mine", line("mine", "log.value", "value", 0.5000001, result.Passed), all), run("theirs", line("theirs", "log.value", "value", 64.4, result.Refuted)))); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| number | mine | theirs |",
		"| `log.value` | 0.501 | **✗** 64.4 |",
		"| `log.value` | 64.4 | found in 12,345 cases | `log(F=1\\|2, F̄=0)` | 3 | 4 |",
		"| `log.gradient` | 0.25 | of all: exhausted, all of 9: every pair | `log(F=1\\|2, F̄=0)`: `grad[1]` | 3 | 4 |",
		"## mine, on all of finite sets",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page has no %q:\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "| `log.gradient` | –") {
		t.Error("what is exhausted stands among what was searched")
	}
}
