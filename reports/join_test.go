package reports

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ebmcheck/properties/result"
)

func TestJoin(t *testing.T) {
	run, later := sample(t), second(t)
	if Join(run) != run {
		t.Error("one run joined is another run")
	}
	joint := Join(run, later, Join(sample(t), second(t)))
	if diff := cmp.Diff([]*Run{sample(t), second(t)}, []*Run{run, later}); diff != "" {
		t.Errorf("a run was changed (-want +got)\n%s", diff)
	}
	want := []string{"sample-losses", "sample-losses (sample_lib <3.1>)", "sample-losses #2", "sample-losses (sample_lib <3.1>) #2"}
	if got := subjectsOf(joint.Results); !slices.Equal(got, want) {
		t.Errorf("subjects %q, want %q", got, want)
	}
	if len(joint.Parts) != 4 {
		t.Errorf("%d parts, want 4", len(joint.Parts))
	}
	theory, code := make(map[string]int), 0
	for _, r := range joint.Results {
		if r.Layer == "theory" {
			theory[r.Claim]++
			if r.Claim == "simple.vanishes" && r.Outcome != result.Refuted {
				t.Errorf("%s is %s, though a run refuted it", r.Claim, r.Outcome)
			}
			continue
		}
		code++
	}
	for claim, n := range theory {
		if n != 1 {
			t.Errorf("%s is there %d times", claim, n)
		}
	}
	each := 0
	for _, p := range joint.Parts {
		for _, r := range p.Results {
			if r.Layer == "code" {
				each++
				if r.Subject != p.Header.Subject.Name {
					t.Errorf("a line about %q in the run of %q", r.Subject, p.Header.Subject.Name)
				}
			}
		}
	}
	if code != each || code == 0 {
		t.Errorf("%d lines about code, the parts have %d", code, each)
	}
}

// Subjects of one name are told apart by what differs, and by nothing else.
func TestJoinNames(t *testing.T) {
	of := func(name, framework, version, precision string) *Run {
		r := one(codeLine(name, result.Passed))
		r.Header.Subject = result.SubjectInfo{Name: name, Framework: framework, Version: version, Precision: precision}
		return r
	}
	for _, c := range []struct {
		runs []*Run
		want []string
	}{
		{[]*Run{of("numpy", "numpy 2.2.6", "1", "float64"), of("numpy", "numpy 2.4.0", "1", "float64")}, []string{"numpy 2.2.6", "numpy 2.4.0"}},
		{[]*Run{of("numpy", "numpy 2.2.6", "1", "float64"), of("torch", "torch 2.9", "1", "float32")}, []string{"numpy", "torch"}},
		{[]*Run{of("mine", "", "1", "float64"), of("mine", "", "2", "float64"), of("mine", "", "2", "float32")}, []string{"mine (1, float64)", "mine (2, float64)", "mine (2, float32)"}},
		{[]*Run{of("mine", "", "", "float64"), of("mine", "", "", "float32")}, []string{"mine (float64)", "mine (float32)"}},
		{[]*Run{of("", "", "", ""), of("", "", "2", "")}, []string{"unnamed", "unnamed (2)"}},
		{[]*Run{of("mine", "", "2", ""), of("mine", "", "2", "")}, []string{"mine", "mine #2"}},
		{[]*Run{of("mine", "", "1", ""), of("mine", "", "2", ""), of("mine (2)", "", "2", "")}, []string{"mine (1)", "mine (2)", "mine (2) #2"}},
	} {
		if got := subjectsOf(Join(c.runs...).Results); !slices.Equal(got, c.want) {
			t.Errorf("subjects %q, want %q", got, c.want)
		}
	}
}

func TestJoinExitCode(t *testing.T) {
	passed, failed, nothing := one(codeLine("a", result.Passed)), one(codeLine("b", result.Refuted)), one(codeLine("c", result.NotOffered))
	for _, c := range []struct {
		name string
		runs []*Run
		want int
	}{
		{"all passed", []*Run{passed, passed}, 0},
		{"one failed", []*Run{passed, failed}, 1},
		{"one ran nothing", []*Run{passed, nothing}, 4},
		{"failed and ran nothing", []*Run{nothing, failed, passed}, 1},
		{"none", nil, 4},
	} {
		if got := Join(c.runs...).ExitCode(); got != c.want {
			t.Errorf("%s: exit code %d, want %d", c.name, got, c.want)
		}
	}
}

// In every block each subject has its row, in the same order.
func TestAbreast(t *testing.T) {
	ts := tables(Join(second(t), sample(t)).Results) // each has ops that the other lacks
	for _, b := range abreast(ts) {
		if len(b.Rows) != 2 {
			t.Fatalf("%s: %d rows", b.Op, len(b.Rows))
		}
		for i, r := range b.Rows {
			if len(r.Cells) != len(ts[i].Regimes) || r.Op != b.Op || r.Subject != ts[i].Subject {
				t.Errorf("%s: row %d is of %q by %q with %d cells, want %q with %d", b.Op, i, r.Op, r.Subject, len(r.Cells), ts[i].Subject, len(ts[i].Regimes))
			}
		}
	}
}
