package reports

import (
	"ebmcheck/properties/result"
)

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
//	   or could not be judged (errored, crashed, timeout, garbage, nondeterministic),
//	   unless that was expected; or an expectation was stale
//	4  otherwise, if the run is not complete, a claim could not run, which
//	   was not expected, one about code passed on no case at all, or nothing ran
//	0  otherwise
//
// Recommended claims never decide, and what is not offered neither passes nor
// fails. Of runs that were joined, one that is 1 makes it 1, else one that is 4
// makes it 4.
func (r *Run) ExitCode() int {
	if len(r.Parts) > 0 {
		code := exitPassed
		for _, p := range r.Parts {
			switch p.ExitCode() {
			case exitRefuted:
				return exitRefuted
			case exitIncomplete:
				code = exitIncomplete
			}
		}
		return code
	}
	if len(r.Footer.Stale) > 0 {
		return exitRefuted
	}
	ran, gaps := false, false
	for _, res := range r.Results {
		switch {
		case decides(res):
			return exitRefuted
		case gap(res):
			gaps = true
		case attempted(res):
			ran = true
		}
	}
	if !r.Complete || gaps || !ran {
		return exitIncomplete
	}
	return exitPassed
}

// attempted reports whether the claim was put to the test at all.
func attempted(r result.Result) bool {
	return r.Outcome != result.NotOffered && r.Outcome != result.NotRun
}

// failed reports whether the claim was put to the test and did not pass. A
// statement is never "not offered", so that one is a failure there.
func failed(r result.Result) bool {
	if r.Layer == "theory" {
		return r.Outcome != result.Passed && r.Outcome != result.NotRun
	}
	return r.Outcome != result.Passed && attempted(r)
}

// binding reports whether the exit code depends on r.
func binding(r result.Result) bool {
	return r.Layer == "theory" || r.Level != result.Recommended
}

// idle reports whether r was due and was not put to the test.
func idle(r result.Result) bool { return r.Outcome == result.NotRun || vacuous(r) }

// gap reports whether r leaves a gap that was not expected.
func gap(r result.Result) bool { return idle(r) && r.Expected == "" }

// decides reports whether r alone makes the run fail.
func decides(r result.Result) bool { return failed(r) && binding(r) && r.Expected == "" }

// vacuous reports whether r passed without a case.
func vacuous(r result.Result) bool {
	return r.Layer == "code" && r.Outcome == result.Passed && r.Cases == 0
}
