package reports

import (
	"fmt"
	"slices"

	"ebmcheck/properties/result"
)

// Join returns the runs as one: the claims about code of each, told apart by
// their subject, and the statements of the theory once, for no subject has a
// part in them. A subject that has the name of an earlier one is given a
// number: "numpy", "numpy #2". What the runs' headers have in common is in the
// Header, each whole in its part of Parts. The runs stay as they are.
//
// Join of one run is that run.
func Join(runs ...*Run) *Run {
	if len(runs) == 1 {
		return runs[0]
	}
	joint := &Run{Complete: true, Footer: result.Footer{Type: "footer"}}
	taken := make(map[string]bool)
	for _, r := range runs {
		parts := r.Parts
		if len(parts) == 0 {
			parts = []*Run{r}
		}
		for _, p := range parts {
			joint.Parts = append(joint.Parts, renamed(p, taken))
		}
	}
	at := make(map[string]int) // statements, in Results
	var code []result.Result
	var names []string
	for i, p := range joint.Parts {
		names = append(names, label(p))
		joint.Header = common(joint.Header, p.Header, i == 0)
		joint.Complete = joint.Complete && p.Complete
		joint.Footer.Seconds += p.Footer.Seconds
		for _, r := range p.Results {
			j, again := at[r.Claim]
			switch {
			case r.Layer != "theory":
				code = append(code, r)
			case !again:
				at[r.Claim] = len(joint.Results)
				joint.Results = append(joint.Results, r)
			case urgency(r) > urgency(joint.Results[j]):
				joint.Results[j] = r
			}
		}
	}
	joint.Results = append(joint.Results, code...)
	joint.Header.Subject = result.SubjectInfo{Name: some(names, 5)}
	joint.Footer.Complete = joint.Complete
	return joint
}

// renamed returns a copy of the run in which no subject has a name that is
// taken.
func renamed(r *Run, taken map[string]bool) *Run {
	p := *r
	p.Results = slices.Clone(r.Results)
	to := make(map[string]string)
	name := func(s string) string {
		if _, ok := to[s]; !ok {
			try := orElse(s, "unnamed")
			for n := 2; taken[try]; n++ {
				try = fmt.Sprintf("%s #%d", orElse(s, "unnamed"), n)
			}
			taken[try], to[s] = true, try
		}
		return to[s]
	}
	p.Header.Subject.Name = name(r.Header.Subject.Name)
	to[""] = p.Header.Subject.Name // lines that name nobody are about the run's own
	for i := range p.Results {
		if s := &p.Results[i]; s.Layer == "code" {
			s.Subject = name(s.Subject)
		}
	}
	return &p
}

// label is how a part of a joined run is called.
func label(r *Run) string { return oneLine(clean(orElse(r.Header.Subject.Name, "unnamed"))) }

// urgency orders what runs say of the same statement: a failure is kept, then
// a pass, then what was not run.
func urgency(r result.Result) int {
	switch {
	case r.Failed():
		return 2
	case r.Attempted():
		return 1
	}
	return 0
}

// common returns what two headers agree on; b if there is no a yet.
func common(a, b result.Header, first bool) result.Header {
	if first {
		return b
	}
	for _, s := range []struct{ a, b *string }{{&a.Suite, &b.Suite}, {&a.Profile, &b.Profile}, {&a.Go, &b.Go},
		{&a.Platform, &b.Platform}, {&a.Started, &b.Started}} {
		if *s.a != *s.b {
			*s.a = ""
		}
	}
	if a.Version != b.Version || a.Seed != b.Seed {
		a.Version, a.Seed = "", 0 // a seed is of a version: facts shows them together
	}
	if a.Checks != b.Checks {
		a.Checks = 0
	}
	a.Claims = nil
	return a
}
