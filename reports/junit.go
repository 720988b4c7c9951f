package reports

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strings"

	"ebmcheck/properties/result"
)

// JUnit writes the run as JUnit XML: a suite a subject and regime, one for the
// theory and one for the run itself, which fails if something is missing; a case a claim and level. It agrees with
// the exit code: there is a failure or an error exactly if that is not 0.
//
//	refuted                       failure
//	not judged, not run           error
//	not offered                   skipped
//	failed, but recommended only
//	or expected                   skipped, with the failure as output
//
// Of runs that were joined, each has its own suites.
//
// The properties of a suite are the run's (seed, checks, precision) and its
// worst grade, largest error in ulps and largest share of an allowance spent;
// those of a case are in its output, for the schema of Jenkins, junit-10.xsd,
// has no other place for them.
func JUnit(w io.Writer, run *Run) error {
	parts := run.Parts
	if len(parts) == 0 {
		parts = []*Run{run}
	}
	var doc junitSuites
	for _, p := range parts {
		for _, s := range junitOf(p) {
			doc.Suites = append(doc.Suites, s)
			doc.Tests += s.Tests
			doc.Failures += s.Failures
			doc.Errors += s.Errors
		}
	}
	doc.Name = "ebmcheck"
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", " ")
	if err := e.Encode(doc); err != nil {
		return fmt.Errorf("reports: %w", err)
	}
	b.WriteByte('\n')
	_, err := w.Write(b.Bytes())
	return err
}

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Time       string          `xml:"time,attr"`
	Timestamp  string          `xml:"timestamp,attr,omitempty"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Time    string        `xml:"time,attr"`
	Skipped *junitFailure `xml:"skipped"`
	Error   *junitFailure `xml:"error"`
	Failure *junitFailure `xml:"failure"`
	Out     string        `xml:"system-out,omitempty"`
}

type junitFailure struct {
	Type    string `xml:"type,attr,omitempty"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// junitOf returns the suites of a run that is not joined.
func junitOf(run *Run) []junitSuite {
	h := run.Header
	about := []junitProperty{{"subject", oneLine(clean(h.Subject.Name))}, {"precision", oneLine(clean(h.Subject.Precision))},
		{"seed", fmt.Sprint(h.Seed)}, {"checks", fmt.Sprint(h.Checks)}, {"version", oneLine(clean(h.Version))}}
	own := junitCase{Class: label(run) + ", the run", Name: "the run is whole", Time: "0.000"}
	if ws := warnings(run); run.ExitCode() != result.ExitPassed && (len(ws) > 0 || !run.Complete) {
		own.Error = &junitFailure{"incomplete", conclusion(run), strings.Join(ws, "\n")}
	}
	out := []junitSuite{suiteOf(own.Class, about, []junitCase{own}, nil)}
	type at struct{ layer, subject, regime string }
	var order []at
	lines := make(map[at][]result.Result)
	for _, r := range cleaned(run.Results) {
		k := at{string(r.Layer), r.Subject, r.Regime}
		if r.Layer == "theory" {
			k = at{layer: string(r.Layer)}
		}
		if lines[k] == nil {
			order = append(order, k)
		}
		lines[k] = append(lines[k], r)
	}
	for _, k := range order {
		name := orElse(strings.Join(nonEmpty(k.subject, k.regime), ", "), "code")
		if k.layer == "theory" {
			name = label(run) + ", theory"
		}
		var cases []junitCase
		for _, r := range lines[k] {
			cases = append(cases, junitCaseOf(name, r))
		}
		out = append(out, suiteOf(name, about, cases, lines[k]))
	}
	for i := range out {
		out[i].Timestamp = strings.TrimSuffix(oneLine(clean(h.Started)), "Z")
	}
	return out
}

// suiteOf counts the cases and adds the suite's own properties.
func suiteOf(name string, about []junitProperty, cases []junitCase, lines []result.Result) junitSuite {
	s := junitSuite{Name: name, Tests: len(cases), Cases: cases, Properties: about[:len(about):len(about)]}
	for _, c := range cases {
		switch {
		case c.Failure != nil:
			s.Failures++
		case c.Error != nil:
			s.Errors++
		case c.Skipped != nil:
			s.Skipped++
		}
	}
	var worst cell
	seconds, spent := 0.0, math.Inf(-1)
	for _, r := range lines {
		worst.add(r)
		seconds += max(r.Seconds, 0)
		if r.Layer == "code" && r.Attempted() {
			spent = max(spent, float64(r.Spent))
		}
	}
	s.Time = fmt.Sprintf("%.3f", seconds)
	if worst.Grade != "" {
		s.Properties = append(s.Properties, junitProperty{"grade", worst.Grade})
	}
	if worst.Ulps != nil {
		s.Properties = append(s.Properties, junitProperty{"ulps", figure(*worst.Ulps)})
	}
	if !math.IsInf(spent, -1) {
		s.Properties = append(s.Properties, junitProperty{"spent", figure(result.Real(spent))})
	}
	return s
}

func junitCaseOf(class string, r result.Result) junitCase {
	name := strings.Join(nonEmpty(r.Claim, string(r.Level)), ", ")
	c := junitCase{Class: class, Name: name, Time: fmt.Sprintf("%.3f", max(r.Seconds, 0)), Out: measured(r)}
	how := &junitFailure{Type: string(r.Outcome), Message: oneLine(shortly(r)), Text: failureLines(r)}
	switch {
	case r.Decides() && r.Outcome == result.Refuted:
		c.Failure = how
	case r.Decides():
		c.Error = how
	case r.Gap():
		c.Error = &junitFailure{Type: string(result.NotRun), Message: oneLine(orElse(r.Why, "It ran on no case."))}
	case r.Idle():
		c.Skipped = &junitFailure{Message: "not run, as expected: " + r.Expected}
	case !r.Attempted():
		c.Skipped = &junitFailure{Message: strings.Join(nonEmpty("not offered", oneLine(r.Why)), ": ")}
	case r.Failed():
		c.Skipped = &junitFailure{Message: "recommended, not required: " + string(r.Outcome)}
		if r.Expected != "" {
			c.Skipped.Message = "failed as expected: " + r.Expected
		}
		c.Out += "\n" + how.Text
	}
	return c
}

// shortly is a failure in a line.
func shortly(r result.Result) string {
	if c := counterexample(r); c != nil {
		return witness(c, string(r.Layer))
	}
	return orElse(brieflyWhy(r), string(r.Outcome))
}

// failureLines is a failure with its whole counterexample.
func failureLines(r result.Result) string {
	var b strings.Builder
	for _, s := range nonEmpty(r.Says, r.Formula) {
		b.WriteString(s + "\n")
	}
	for _, l := range explain(r) {
		b.WriteString(pad(l.Label, 10) + l.Text)
		if l.Hex != "" {
			b.WriteString("  (" + l.Hex + ")")
		}
		b.WriteByte('\n')
	}
	if r.Replay != "" {
		b.WriteString(pad("replay", 10) + r.Replay + "\n")
	}
	return b.String()
}

// measured is what was measured of a claim, in a line.
func measured(r result.Result) string {
	parts := []string{count(r.Cases, "case", "cases")}
	switch {
	case !r.Attempted():
		return ""
	case r.Layer == "theory":
		return parts[0] + prefixed("; the printed form: ", string(r.Verdict))
	}
	if r.Grade != "" {
		parts = append(parts, "grade "+r.Grade)
	}
	if r.Ulps != nil {
		parts = append(parts, "at most "+figure(*r.Ulps)+" ulps off")
	}
	return strings.Join(append(parts, figure(r.Spent)+" of the allowance spent"), ", ")
}
