package reports

import (
	"strings"
	"testing"
)

var defectsOfSamples = []Defect{
	{"sample-losses*", "gibbs.* mee.value", "known", "owner/sample#17", "sample.softmax(−βF)", "e^(x − max x)/Σ", 1},
	{"sample-losses*", "mce.value", "new", "", "sample.sigmoid(F − F̄)", "1/(1 + e^−x) for x ≥ 0, e^x/(1 + e^x) below", 2},
}

func TestReadDefects(t *testing.T) {
	good := "# a comment\n\ntorch-*\tlog.value log.gradient\tknown\tpytorch/pytorch#1\tsoft_margin_loss\tlogaddexp\njax\tlog.*\tnew\t-\tsoftplus\tsigmoid\n"
	ds, err := ReadDefects(strings.NewReader(good))
	if err != nil || len(ds) != 2 || ds[1].Thread != "" || ds[0].line != 3 {
		t.Fatalf("%+v, %v", ds, err)
	}
	for bad, want := range map[string]string{
		"a\tb\tnew\t-\tw\n":            "want SUBJECTS CLAIMS",
		"a\tb\tnew\t\tw\tm\n":          "want SUBJECTS CLAIMS",
		"\n\na\tb\told\t-\tw\tm\n":     "line 3: state \"old\"",
		"a\tb\tknown\t-\tw\tm\n":       "want a thread",
		"a\tb\tmended\t-\tw\tm\n":      "want a thread",
		"a\tb\tnew\to/r#1\tw\tm\n":     "want a thread",
		"a\tb\tdocumented\t-\tw\t\n\n": "want SUBJECTS CLAIMS",
	} {
		if _, err := ReadDefects(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want an error with %q", bad, err, want)
		}
	}
}

// A claim that fails without a defect and a defect without a claim are told.
func TestUnlisted(t *testing.T) {
	run := second(t) // gibbs.probs, mee.value and mce.value fail
	if wrong := Unlisted(defectsOfSamples, run); len(wrong) > 0 {
		t.Errorf("all is listed, and yet: %q", wrong)
	}
	wrong := Unlisted(defectsOfSamples[:1], run)
	if want := "sample-losses: mce.value fails, and no defect is listed for it"; len(wrong) != 1 || wrong[0] != want {
		t.Errorf("%q, want %q", wrong, want)
	}
	more := append(defectsOfSamples[:2:2], Defect{Subjects: "sample*", Claims: "hinge.value", line: 9}, Defect{Subjects: "another", Claims: "*", line: 10})
	wrong = Unlisted(more, run)
	if want := "line 9 (sample* hinge.value): no required claim fails for it any more"; len(wrong) != 1 || wrong[0] != want {
		t.Errorf("%q, want %q", wrong, want)
	}
}
