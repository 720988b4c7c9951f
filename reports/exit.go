package reports

import "ebmcheck/properties"

// Exit codes of a run. The command's others (2, usage; 3, the subject did not
// start) are of runs that wrote no results.
const (
	exitPassed     = 0
	exitRefuted    = 1
	exitIncomplete = 4
)

// ExitCode returns what a CI should make of the run:
//
//	1  a required claim about code, or a statement of the theory, was refuted
//	   or could not be judged (errored, crashed, timeout, garbage, nondeterministic)
//	4  otherwise, if the run is not complete, a claim could not run, a claim
//	   about code passed on no case at all, or nothing ran
//	0  otherwise
//
// Recommended claims never decide, and what is not offered neither passes nor
// fails.
func (r *Run) ExitCode() int {
	ran, idle := false, false
	for _, res := range r.Results {
		switch {
		case failed(res) && binding(res):
			return exitRefuted
		case !attempted(res) && res.Outcome != properties.NotOffered, vacuous(res):
			idle = true
		case attempted(res):
			ran = true
		}
	}
	if !r.Complete || idle || !ran {
		return exitIncomplete
	}
	return exitPassed
}

// attempted reports whether the claim was put to the test at all.
func attempted(r properties.Result) bool {
	return r.Outcome != properties.NotOffered && r.Outcome != properties.NotRun
}

// failed reports whether the claim was put to the test and did not pass. A
// statement is never "not offered", so that one is a failure there.
func failed(r properties.Result) bool {
	if r.Layer == "theory" {
		return r.Outcome != properties.Passed && r.Outcome != properties.NotRun
	}
	return r.Outcome != properties.Passed && attempted(r)
}

// binding reports whether the exit code depends on r.
func binding(r properties.Result) bool {
	return r.Layer == "theory" || r.Level != properties.Recommended
}

// vacuous reports whether r passed without a case.
func vacuous(r properties.Result) bool {
	return r.Layer == "code" && r.Outcome == properties.Passed && r.Cases == 0
}
