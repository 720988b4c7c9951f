package reports

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ebmcheck/properties/result"
)

// runs draws small runs of any outcome, with any text.
func runs(t *rapid.T) *Run {
	r := &Run{Complete: rapid.Bool().Draw(t, "complete")}
	if rapid.IntRange(0, 4).Draw(t, "stale") == 0 {
		r.Footer.Stale = []string{rapid.String().Draw(t, "expectation")}
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "lines") {
		l := result.Result{Layer: rapid.SampledFrom([]result.Layer{result.Theory, result.Code}).Draw(t, "layer"), Claim: fmt.Sprint("c", i),
			Outcome: rapid.SampledFrom(append(slices.Repeat([]result.Outcome{result.Passed}, 9), result.Outcomes...)).Draw(t, "outcome"),
			Cases:   rapid.IntRange(0, 2).Draw(t, "cases"), Seconds: 0.5}
		if l.Layer == "code" {
			l.Subject = rapid.SampledFrom([]string{"", "s", "<&\"'\x00\ufffe>"}).Draw(t, "subject")
			l.Level = rapid.SampledFrom([]result.Level{result.Required, result.Recommended}).Draw(t, "level")
			if l.Failed() && rapid.Bool().Draw(t, "expected") {
				l.Expected = "known"
			}
		}
		l.Why = rapid.String().Draw(t, "why")
		r.Results = append(r.Results, l)
	}
	return r
}

// JUnit has a failure or an error exactly if the exit code is not 0, and
// counts what it has.
func TestJUnitAgreesWithTheExitCode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		run := runs(t)
		if rapid.Bool().Draw(t, "joined") {
			run = Join(run, runs(t))
		}
		var b bytes.Buffer
		if err := JUnit(&b, run); err != nil {
			t.Fatal(err)
		}
		var doc junitSuites
		if err := xml.Unmarshal(b.Bytes(), &doc); err != nil {
			t.Fatalf("%v\n%s", err, b.String())
		}
		failures, errs, tests := 0, 0, 0
		seen := make(map[string]bool)
		for _, s := range doc.Suites {
			for _, c := range s.Cases {
				tests++
				if c.Failure != nil {
					failures++
				}
				if c.Error != nil {
					errs++
				}
				if seen[c.Class+"\x00"+c.Name] {
					t.Fatalf("two cases are called %s %s\n%s", c.Class, c.Name, b.String())
				}
				seen[c.Class+"\x00"+c.Name] = true
			}
			if s.Tests != len(s.Cases) {
				t.Fatalf("suite %s counts %d cases of %d", s.Name, s.Tests, len(s.Cases))
			}
		}
		if failures+errs > 0 != (run.ExitCode() != 0) {
			t.Fatalf("exit code %d with %d failures and %d errors\n%s", run.ExitCode(), failures, errs, b.String())
		}
		if failures != doc.Failures || errs != doc.Errors || tests != doc.Tests {
			t.Fatalf("%d tests, %d failures, %d errors; it counts %d, %d, %d", tests, failures, errs, doc.Tests, doc.Failures, doc.Errors)
		}
	})
}

// Which element a line has.
func TestJUnitOutcomes(t *testing.T) {
	expected := codeLine("s", result.Crashed)
	expected.Expected = "issue 17"
	recommended := codeLine("s", result.Refuted)
	recommended.Level = result.Recommended
	vacuous := codeLine("s", result.Passed)
	vacuous.Cases = 0
	for _, c := range []struct {
		name string
		line result.Result
		want string
	}{
		{"passed", codeLine("s", result.Passed), ""},
		{"refuted", codeLine("s", result.Refuted), "failure refuted"},
		{"crashed", codeLine("s", result.Crashed), "error crashed"},
		{"not run", codeLine("s", result.NotRun), "error not-run"},
		{"passed on nothing", vacuous, "error not-run"},
		{"not offered", codeLine("s", result.NotOffered), "skipped not offered"},
		{"expected", expected, "skipped failed as expected: issue 17"},
		{"recommended", recommended, "skipped recommended, not required: refuted"},
	} {
		got := ""
		switch x := junitCaseOf("s", c.line); {
		case x.Failure != nil:
			got = "failure " + x.Failure.Type
		case x.Error != nil:
			got = "error " + x.Error.Type
		case x.Skipped != nil:
			got = "skipped " + x.Skipped.Message
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Any text comes back from the attributes and the text of JUnit as it was, but
// for what is no text of a page at all.
func TestJUnitEscapes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		r := codeLine("s", result.Refuted)
		r.Why, r.Small = s, &result.Counterexample{Case: s, Got: "1", Want: "2"}
		var b bytes.Buffer
		if err := JUnit(&b, one(r)); err != nil {
			t.Fatal(err)
		}
		var doc junitSuites
		if err := xml.Unmarshal(b.Bytes(), &doc); err != nil {
			t.Fatalf("%v\n%s", err, b.String())
		}
		f := doc.Suites[1].Cases[0].Failure
		plain := strings.Map(func(r rune) rune {
			if r == 0xFFFE || r == 0xFFFF {
				return 0xFFFD // not of XML
			}
			return r
		}, clean(s))
		if want := oneLine(plain) + ": got 1, want 2"; f.Message != want {
			t.Fatalf("message %q, want %q", f.Message, want)
		}
		if !strings.Contains(f.Text, plain) {
			t.Fatalf("%q is not in %q", plain, f.Text)
		}
	})
}

// The elements and attributes that junit-10.xsd of Jenkins's xunit plugin
// allows, and those that it demands (marked with !).
var junitSchema = map[string]struct{ in, attributes string }{
	"testsuites": {"", "name time tests failures errors"},
	"testsuite":  {"testsuites testsuite", "name! tests! failures! errors! group time skipped timestamp hostname id package file log url"},
	"properties": {"testsuite", ""},
	"property":   {"properties", "name! value!"},
	"testcase":   {"testsuite", "name! time classname group"},
	"skipped":    {"testcase", "type message"},
	"error":      {"testcase", "type message"},
	"failure":    {"testcase", "type message"},
	"system-out": {"testcase testsuite", ""},
}

// checkJUnit returns the first thing in doc that the schema does not allow.
func checkJUnit(doc string) error {
	d := xml.NewDecoder(strings.NewReader(doc))
	open := []string{""}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			s, ok := junitSchema[e.Name.Local]
			if parent := open[len(open)-1]; !ok || parent != "" && !slices.Contains(strings.Fields(s.in), parent) {
				return fmt.Errorf("%s in %s", e.Name.Local, parent)
			}
			has := make(map[string]bool)
			for _, a := range e.Attr {
				has[a.Name.Local] = true
				if !slices.Contains(strings.Fields(strings.ReplaceAll(s.attributes, "!", "")), a.Name.Local) {
					return fmt.Errorf("%s has the attribute %s", e.Name.Local, a.Name.Local)
				}
			}
			for _, a := range strings.Fields(s.attributes) {
				if name, must := strings.CutSuffix(a, "!"); must && !has[name] {
					return fmt.Errorf("%s has no %s", e.Name.Local, name)
				}
			}
			open = append(open, e.Name.Local)
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}

func TestJUnitSchema(t *testing.T) {
	for name, run := range map[string]*Run{"sample": sample(t), "hostile": hostile(t), "joined": Join(sample(t), second(t)), "empty": new(Run)} {
		if err := checkJUnit(text(t, run, JUnit)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, bad := range []string{`<testsuites><testcase name="x"/></testsuites>`, `<testsuite name="x" tests="1" failures="0"/>`,
		`<testcase name="x" spent="1"/>`, `<testcase name="x"><properties/></testcase>`, `<testsuites>`} {
		if checkJUnit(bad) == nil {
			t.Errorf("%s goes unnoticed", bad)
		}
	}
}
