package judge

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"ebmcheck/properties/result"
)

// An Expectation is a failure that is known: a line of an --expect file,
//
//	nll.value  wide  required  refuted:value  # the winner's NLL is 0, pytorch #113708; until 2027-06-30
//
// the claim (a pattern), the regime (or *), the level, the failure as
// Result.Failure has it (a pattern, for which component fails first is chance:
// refuted:grad[*]), and after # the reason, which may end in "until" and
// a date on which the expectation lapses. The failure "not-run:" is a gap that
// is known: a claim that cannot be judged, for the subject calls the cases that
// it needs unsupported.
type Expectation struct {
	Claim, Regime   string
	Level           result.Level
	Failure, Reason string
	Until           time.Time // zero: never
	line            int
}

const day = "2006-01-02"

// ReadExpectations reads an --expect file: a line an expectation, blank lines
// and lines that start with # aside. An error names the line and what would be
// right.
func ReadExpectations(r io.Reader) ([]Expectation, error) {
	var es []Expectation
	in := bufio.NewScanner(r)
	for n := 1; in.Scan(); n++ {
		line := strings.TrimSpace(in.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields, reason, _ := strings.Cut(line, "#")
		f := strings.Fields(fields)
		e := Expectation{Reason: strings.TrimSpace(reason), line: n}
		if len(f) != 4 || e.Reason == "" {
			return nil, fmt.Errorf("line %d: %q: want CLAIM REGIME LEVEL OUTCOME:WHAT # REASON", n, line)
		}
		e.Claim, e.Regime, e.Level, e.Failure = f[0], f[1], result.Level(f[2]), f[3]
		if e.Regime != "*" && !slices.Contains(Regimes, Regime(e.Regime)) {
			return nil, fmt.Errorf("line %d: regime %q: want one of %v, or *", n, e.Regime, Regimes)
		}
		if e.Level != result.Required && e.Level != result.Recommended {
			return nil, fmt.Errorf("line %d: level %q: want %s or %s", n, e.Level, result.Required, result.Recommended)
		}
		if strings.Trim(e.Claim, "*.") == "" {
			return nil, fmt.Errorf("line %d: %q: it expects everything: name the claim, or its op, as in nll.*", n, e.Claim)
		}
		if outcome, _, ok := strings.Cut(e.Failure, ":"); !ok || !slices.Contains(result.Outcomes, result.Outcome(outcome)) {
			return nil, fmt.Errorf("line %d: failure %q: want OUTCOME:WHAT with an outcome of %v, as in refuted:grad[*]", n, e.Failure, result.Outcomes)
		}
		if i := strings.LastIndex(e.Reason, "until "); i >= 0 {
			date, err := time.Parse(day, strings.TrimSpace(e.Reason[i+len("until "):]))
			if err != nil {
				return nil, fmt.Errorf("line %d: %q: want until YYYY-MM-DD", n, e.Reason[i:])
			}
			e.Until = date
		}
		es = append(es, e)
	}
	return es, in.Err()
}

// trouble is what can be expected of a claim: its failure, or "not-run:".
func trouble(r result.Result) string {
	if r.Outcome == result.NotRun {
		return string(result.NotRun) + ":"
	}
	return r.Failure()
}

func (e Expectation) about(r result.Result) bool {
	return result.Matches(e.Claim, r.Claim) && (e.Regime == "*" || e.Regime == r.Regime) && e.Level == r.Level
}

// concerns reports whether e is about r, and r is a finding: it was judged, or it is the
// gap that e expects.
func (e Expectation) concerns(r result.Result) bool {
	return e.about(r) && r.Outcome != result.NotOffered && (r.Outcome != result.NotRun || result.Matches(e.Failure, trouble(r)))
}

// Met are those of the expectations that are about something in results.
func Met(es []Expectation, results []result.Result) []Expectation {
	return slices.DeleteFunc(slices.Clone(es), func(e Expectation) bool { return !slices.ContainsFunc(results, e.concerns) })
}

// Expect marks the results that failed as expected, and returns what is wrong
// with the expectations: one that passed, matched nothing, failed otherwise or
// has lapsed. The results are changed in place.
func Expect(es []Expectation, results []result.Result, today time.Time) (stale []string) {
	for _, e := range es {
		say := func(format string, args ...any) {
			stale = append(stale, fmt.Sprintf("line %d (%s %s %s): ", e.line, e.Claim, e.Regime, e.Failure)+fmt.Sprintf(format, args...))
		}
		lapsed := !e.Until.IsZero() && today.After(e.Until.AddDate(0, 0, 1))
		if lapsed {
			say("lapsed on %s", e.Until.Format(day))
		}
		matched := false
		for i := range results {
			r := &results[i]
			if !e.concerns(*r) {
				continue
			}
			matched = true
			switch f := trouble(*r); {
			case f == "":
				say("%s passed in %s", r.Claim, r.Regime)
			case !result.Matches(e.Failure, f):
				say("%s failed otherwise in %s: %s", r.Claim, r.Regime, f)
			case !lapsed:
				r.Expected = e.Reason
			}
		}
		if !matched {
			say("matches nothing that ran")
		}
	}
	return stale
}

// WriteExpectations writes an --expect file under which results passes: the
// lines of old that are still right, patterns and all, then what else fails now
// at these levels or cannot be judged, with the reason that old has for it. A
// claim that fails alike in all its regimes gets one line.
func WriteExpectations(w io.Writer, old []Expectation, results []result.Result, levels ...result.Level) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, "# CLAIM REGIME LEVEL OUTCOME:WHAT # REASON [until YYYY-MM-DD]")
	var kept []Expectation
	for _, e := range old {
		if len(Expect([]Expectation{e}, slices.Clone(results), time.Time{})) == 0 { // before any date lapses
			kept = append(kept, e)
			fmt.Fprintln(b, e)
		}
	}
	missing := func(r result.Result) bool {
		return trouble(r) != "" && (slices.Contains(levels, r.Level) || r.Outcome == result.NotRun) &&
			!slices.ContainsFunc(kept, func(e Expectation) bool { return e.meets(r) })
	}
	for _, r := range results {
		if !missing(r) {
			continue
		}
		e := Expectation{Claim: r.Claim, Regime: r.Regime, Level: r.Level, Failure: component.ReplaceAllString(trouble(r), "[*]"), Reason: Todo}
		if i := slices.IndexFunc(old, func(e Expectation) bool { return e.meets(r) }); i >= 0 {
			e.Reason = old[i].Reason
		}
		all := e
		all.Regime = "*"
		if len(Expect([]Expectation{all}, slices.Clone(results), time.Time{})) == 0 {
			e = all
		}
		kept = append(kept, e)
		fmt.Fprintln(b, e)
	}
	return b.Flush()
}

// Todo is the reason of an expectation that was written and has none yet.
const Todo = "TODO: why"

// component is which one of many numbers failed.
var component = regexp.MustCompile(`\[\d+\]`)

// meets reports whether e expects the failure of r.
func (e Expectation) meets(r result.Result) bool {
	return e.about(r) && result.Matches(e.Failure, trouble(r))
}

// String is e as a line of a file.
func (e Expectation) String() string {
	return fmt.Sprintf("%-28s %-9s %-11s %-20s # %s", e.Claim, e.Regime, e.Level, e.Failure, e.Reason)
}
