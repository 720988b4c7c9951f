package result

// An Outcome is what became of a claim.
type Outcome string

// The outcomes. A claim that is refuted, errored, crashed, timed out, gave garbage or
// was not deterministic failed; one that was not run or not offered was not judged.
const (
	Passed           Outcome = "passed"
	Refuted          Outcome = "refuted"
	Errored          Outcome = "errored"
	Crashed          Outcome = "crashed"
	TimedOut         Outcome = "timeout"
	Garbage          Outcome = "garbage"
	Nondeterministic Outcome = "nondeterministic"
	NotOffered       Outcome = "not-offered"
	NotRun           Outcome = "not-run"
)

// Outcomes lists them.
var Outcomes = []Outcome{Passed, Refuted, Errored, Crashed, TimedOut, Garbage, Nondeterministic, NotOffered, NotRun}

// Failed is the one meaning of "failed": the claim was judged, and did not pass.
func (o Outcome) Failed() bool {
	switch o {
	case Passed, NotOffered, NotRun:
		return false
	}
	return true
}

// A Verdict is what a printed statement is found to be.
type Verdict string

// The verdicts.
const (
	Holds        Verdict = "holds"
	HoldsIf      Verdict = "holds-if"
	IsRefuted    Verdict = "refuted"
	NotCheckable Verdict = "not-checkable"
)

// Verdicts lists them.
var Verdicts = []Verdict{Holds, HoldsIf, IsRefuted, NotCheckable}

// A Level is what a claim about code asks for: what a competent library owes, or
// what is possible.
type Level string

// The levels.
const (
	Required    Level = "required"
	Recommended Level = "recommended"
)

// A Layer is what a claim is about.
type Layer string

// The layers.
const (
	Theory Layer = "theory"
	Code   Layer = "code"
)
