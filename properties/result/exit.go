package result

// Exit codes of the command.
const (
	ExitPassed     = 0
	ExitRefuted    = 1 // a REQUIRED claim refuted, or a verdict that could not be established; a stale expectation
	ExitUsage      = 2
	ExitProtocol   = 3 // the child could not be started, or broke the protocol
	ExitIncomplete = 4 // ended early, something could not run, or nothing was tested
)

// Attempted reports whether the claim was put to the test at all.
func (r Result) Attempted() bool { return r.Outcome != NotOffered && r.Outcome != NotRun }

// Failed reports whether the claim was put to the test and did not pass. A
// statement is never "not offered", so that one is a failure there.
func (r Result) Failed() bool {
	return r.Outcome.Failed() || r.Layer == Theory && r.Outcome == NotOffered
}

// Binding reports whether the exit code depends on r: RECOMMENDED claims never decide.
func (r Result) Binding() bool { return r.Layer == Theory || r.Level != Recommended }

// Idle reports whether r was due and was not put to the test, or passed on no case.
func (r Result) Idle() bool {
	return r.Outcome == NotRun || r.Layer == Code && r.Outcome == Passed && r.Cases == 0
}

// Gap reports whether r leaves a gap that was not expected.
func (r Result) Gap() bool { return r.Idle() && r.Expected == "" }

// Decides reports whether r alone makes the run fail.
func (r Result) Decides() bool { return r.Failed() && r.Binding() && r.Expected == "" }

// ExitCode returns what a CI should make of these results of a run, or of a shard of one:
// whether it came to its end, and which expectations were stale.
//
//	1  a required claim about code, or a statement of the theory, was refuted
//	   or could not be judged (errored, crashed, timeout, garbage, nondeterministic),
//	   unless that was expected; or an expectation was stale
//	4  otherwise, if the run is not complete, a claim could not run, which
//	   was not expected, one about code passed on no case at all, or nothing ran
//	   in a run that is no shard: there may be nothing for one to do
//	0  otherwise
//
// Recommended claims never decide, and what is not offered neither passes nor
// fails.
func ExitCode(s Shard, results []Result, complete bool, stale []string) int {
	if len(stale) > 0 {
		return ExitRefuted
	}
	ran, gaps := false, false
	for _, r := range results {
		switch {
		case r.Decides():
			return ExitRefuted
		case r.Gap():
			gaps = true
		case r.Attempted():
			ran = true
		}
	}
	if !complete || gaps || !ran && s.IsZero() {
		return ExitIncomplete
	}
	return ExitPassed
}
