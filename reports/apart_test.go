package reports

import "testing"

func TestFindApart(t *testing.T) {
	for id, want := range map[string]Apart{
		"conditional.energies": {Of: "Conditional", Where: "identity 92", Package: "ebm", Says: "F and its gradients where a part u of y is known are those of (u, v), so that p(v | u, x) = p(y | x)/p(u | x)"},
		"batch.mean":           {Of: "Batch", Where: "LeCun et al. 2006, section 2", Package: "losses", Says: "the mean loss of a batch and its gradient are the means of those of its data"},
	} {
		got, ok := FindApart(id)
		if !ok || got.Of != want.Of || got.Where != want.Where || got.Says != want.Says || got.Package != want.Package || got.Evidence == "" || got.Faults == "" {
			t.Errorf("%s: %+v, %v", id, got, ok)
		}
	}
	for _, id := range []string{"claim", "", "nll.gradient", "---", "batch"} {
		if c, ok := FindApart(id); ok {
			t.Errorf("%q is %+v", id, c)
		}
	}
}
