package reports

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

// Join returns the runs as one: the claims about code of each, told apart by
// their subject, and the statements of the theory once, for no subject has a
// part in them. Subjects of one name are told apart by their release and their
// precision, as far as these differ: "numpy 2.2.6" beside "numpy 2.4.0", "mine
// (float32)" beside "mine (float64)"; and else by a number: "mine", "mine #2". What the
// runs' headers have in common is in the Header, each whole in its part of Parts. The
// runs stay as they are.
//
// Join of one run is that run.
func Join(runs ...*Run) *Run {
	if len(runs) == 1 {
		return runs[0]
	}
	joint := &Run{Complete: true, Footer: result.Footer{Type: "footer"}}
	var parts []*Run
	for _, r := range runs {
		if len(r.Parts) == 0 {
			parts = append(parts, r)
		}
		parts = append(parts, r.Parts...)
	}
	taken := make(map[string]bool)
	for _, p := range parts {
		joint.Parts = append(joint.Parts, renamed(p, toldApart(p, parts), taken))
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

// toldApart is the name of the run's own subject, with its release and precision where another run of that name has another.
func toldApart(r *Run, runs []*Run) string {
	own := r.Header.Subject
	differing := func(of func(result.SubjectInfo) string) string {
		if slices.ContainsFunc(runs, func(o *Run) bool {
			return o.Header.Subject.Name == own.Name && of(o.Header.Subject) != of(own)
		}) {
			return of(own)
		}
		return ""
	}
	return ofRelease(orElse(own.Name, "unnamed"), differing(release), differing(func(s result.SubjectInfo) string { return s.Precision }))
}

// ofRelease is a name with its release and precision, if they are given: "numpy 2.4.0", or "mine (numpy 2.4.0, float32)".
func ofRelease(name, release, precision string) string {
	if strings.HasPrefix(release, name+" ") {
		name, release = release, ""
	}
	if marks := nonEmpty(release, precision); len(marks) > 0 {
		name += " (" + strings.Join(marks, ", ") + ")"
	}
	return name
}

// renamed returns a copy of the run in which its own subject is called own, and none has a name that is taken.
func renamed(r *Run, own string, taken map[string]bool) *Run {
	p := *r
	p.Results = slices.Clone(r.Results)
	to := make(map[string]string)
	name := func(s, want string) string {
		if _, ok := to[s]; !ok {
			try := want
			for n := 2; taken[try]; n++ {
				try = fmt.Sprintf("%s #%d", want, n)
			}
			taken[try], to[s] = true, try
		}
		return to[s]
	}
	p.Header.Subject.Name = name(r.Header.Subject.Name, own)
	to[""] = p.Header.Subject.Name // lines that name nobody are about the run's own
	for i := range p.Results {
		if s := &p.Results[i]; s.Layer == "code" {
			s.Subject = name(s.Subject, s.Subject)
		}
	}
	return &p
}

// label is how a part of a joined run is called.
func label(r *Run) string { return oneLine(clean(orElse(r.Header.Subject.Name, "unnamed"))) }

// called is label with the release, unless that is how it is called.
func called(r *Run) string {
	name, of := label(r), release(r.Header.Subject)
	if strings.Contains(name, of) {
		return name
	}
	return ofRelease(name, of, "")
}

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
