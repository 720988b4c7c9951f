package reports

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

// AttrKey is the key of the attribute (testing.T.Attr) under which
// properties.Test puts a result: its value is one line of results.jsonl.
const AttrKey = "ebmcheck"

// event is a line of go test -json (go doc test2json).
type event struct {
	Action, Package, Test, Output, Key, Value, ImportPath, FailedBuild string
}

// ReadGoTest returns the run that the events of "go test -json" describe.
//
// Results come from the attributes of AttrKey (type claim; headers are taken
// too, as the one of what they have in common). A test that failed without one, and whose subtests did not fail, is an
// errored required claim named by the test, and says why with the end of its
// output; so is a test that never ended, a package that failed with no failing
// test (it did not build, or exited), and a result that says passed in a
// subtest that failed. The run is complete if every package that started ended.
//
// Lines that begin with no brace are the go command's own, and skipped. Lines
// that are no events, attributes that are no results and the same result twice
// are errors that name the line.
func ReadGoTest(r io.Reader) (*Run, error) {
	t := stream{parser: parser{run: new(Run), seen: make(map[key]int)},
		tests: make(map[testID]*testState), builds: make(map[string]*tail)}
	in := newLines(r)
	for {
		line, whole, err := in.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("reports: %w", err)
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] != '{' {
			continue
		}
		if !whole && cutOff(line) {
			t.gap("The last line (%d) is cut off.", in.n)
			break
		}
		var e event
		if err := decode(line, &e); err != nil {
			return nil, fmt.Errorf("reports: line %d: %w", in.n, err)
		}
		if e.Action == "" {
			return nil, fmt.Errorf("reports: line %d: no Action: want the events of go test -json", in.n)
		}
		if err := t.event(e, in.n); err != nil {
			return nil, fmt.Errorf("reports: line %d: %w", in.n, err)
		}
	}
	t.finish()
	return t.run, nil
}

// testID names a test, or with an empty test its package.
type testID struct{ pkg, test string }

// testState is what is known of a test or a package.
type testState struct {
	ended   string // "", or the action that ended it
	build   string // packages: the build that failed
	results []int  // indices in run.Results
	broken  bool   // a test below it failed
	attr    []byte // an attribute that arrives in pieces
	taken   string // the last attribute that was taken
	tail    tail
}

// stream follows the events.
type stream struct {
	parser
	order    []testID
	tests    map[testID]*testState
	builds   map[string]*tail
	subjects []string // that headers name
}

func (t *stream) state(id testID) *testState {
	s := t.tests[id]
	if s == nil {
		s = new(testState)
		t.tests[id] = s
		t.order = append(t.order, id)
	}
	return s
}

func (t *stream) event(e event, n int) error {
	if e.Action == "build-output" {
		if t.builds[e.ImportPath] == nil {
			t.builds[e.ImportPath] = new(tail)
		}
		t.builds[e.ImportPath].add(e.Output)
		return nil
	}
	if e.Package == "" {
		return nil // build-fail: the package's own event follows
	}
	s := t.state(testID{e.Package, e.Test})
	switch e.Action {
	case "attr":
		if e.Key == AttrKey {
			return t.attr(s, []byte(e.Value), n)
		}
	case "output":
		return t.output(s, e, n)
	case "pass", "fail", "skip":
		s.ended, s.build = e.Action, e.FailedBuild
	}
	return nil
}

// attr takes a result or a header.
func (t *stream) attr(s *testState, value []byte, n int) error {
	value = bytes.TrimSpace(value)
	s.taken = string(value)
	var kind struct {
		Type string `json:"type"`
	}
	if len(value) == 0 {
		return fmt.Errorf("attribute %s is empty: want a claim", AttrKey)
	}
	if err := decode(value, &kind); err != nil {
		return fmt.Errorf("attribute %s: %w", AttrKey, err)
	}
	switch kind.Type {
	case "header":
		var h result.Header
		if err := decode(value, &h); err != nil {
			return fmt.Errorf("attribute %s: %w", AttrKey, err)
		}
		t.head(h)
		t.header = n
		return nil
	case "claim":
		r, err := decodeResult(value)
		if err == nil {
			err = t.add(r, n)
		}
		if err != nil {
			return fmt.Errorf("attribute %s: %w", AttrKey, err)
		}
		s.results = append(s.results, len(t.run.Results)-1)
		return nil
	default:
		return fmt.Errorf(`attribute %s: unknown type %q: want "claim" or "header"`, AttrKey, kind.Type)
	}
}

// head takes a header: of those of tests on several subjects what they have in common.
func (t *stream) head(h result.Header) {
	if !slices.Contains(t.subjects, h.Subject.Name) {
		t.subjects = append(t.subjects, h.Subject.Name)
	}
	t.run.Header = common(t.run.Header, h, t.header == 0)
	if len(t.subjects) > 1 {
		t.run.Header.Subject = result.SubjectInfo{Name: some(t.subjects, 5)}
	}
}

// output keeps the end of a test's output. The line of an attribute is output
// too: past some length in pieces, and past 4096 bytes without an event of its
// own, so pieces are put together here and taken unless the event has come.
func (t *stream) output(s *testState, e event, n int) error {
	if s.attr == nil {
		mark := "=== ATTR  " + e.Test + " " + AttrKey + " "
		rest, ok := strings.CutPrefix(strings.TrimPrefix(e.Output, "\x16"), mark)
		if !ok {
			if !strings.HasPrefix(e.Output, "=== ") {
				s.tail.add(e.Output)
			}
			return nil
		}
		if strings.HasSuffix(rest, "\n") {
			return nil // short: its own event has come
		}
		s.attr = []byte(rest)
		return nil
	}
	s.attr = append(s.attr, e.Output...)
	if len(s.attr) > maxLine {
		return fmt.Errorf("attribute %s: longer than %d MiB", AttrKey, maxLine>>20)
	}
	if !strings.HasSuffix(e.Output, "\n") {
		return nil
	}
	value := bytes.TrimSpace(s.attr)
	s.attr = nil
	if string(value) == s.taken {
		return nil
	}
	return t.attr(s, value, n)
}

// finish turns the failures without a result into results, in the order in
// which the tests started.
func (t *stream) finish() {
	if len(t.order) == 0 {
		t.gap("There are no events of go test -json.")
	}
	if t.run.Header.Type == "" {
		t.run.Header = result.Header{Type: "header", Suite: "ebmcheck", Profile: "go test"}
	}
	below := make(map[testID]bool) // a failure is below it, or it is the one
	for i := len(t.order) - 1; i >= 0; i-- {
		id := t.order[i]
		s := t.tests[id]
		if id.test == "" || !(s.ended == "fail" || s.ended == "" || below[id]) {
			continue
		}
		s.broken = below[id]
		parent := id
		for {
			cut := strings.LastIndexByte(parent.test, '/')
			if cut < 0 {
				break
			}
			parent.test = parent.test[:cut]
			below[parent] = true
		}
		below[testID{pkg: id.pkg}] = true
	}
	for _, id := range t.order {
		s := t.tests[id]
		switch {
		case id.test == "" && s.ended == "":
			t.gap("Package %s did not end.", id.pkg)
		case id.test == "" && s.ended == "fail" && !below[id]:
			out := &s.tail
			if b := t.builds[s.build]; s.build != "" && b != nil {
				out = b
			}
			t.errored(id.pkg, "The package failed, but none of its tests.", out)
		case id.test == "":
		case len(s.results) > 0:
			t.mark(s)
		case s.broken:
		case s.ended == "":
			t.errored(id.test, "The test did not end.", &s.tail)
		case s.ended == "fail":
			t.errored(id.test, "The test failed and left no result.", &s.tail)
		}
	}
	t.run.Complete = len(t.run.Gaps) == 0
}

// mark has a test that failed for more than its results say so.
func (t *stream) mark(s *testState) {
	if s.ended == "pass" || s.ended == "skip" || s.broken {
		return
	}
	for _, i := range s.results {
		if r := t.run.Results[i]; r.Failed() || !r.Attempted() {
			return
		}
	}
	why := "The result says passed, but its test failed."
	if s.ended == "" {
		why = "The result says passed, but its test did not end."
	}
	for _, i := range s.results {
		r := &t.run.Results[i]
		r.Outcome, r.Why = result.Errored, join(why, s.tail.String())
	}
}

// errored appends a required claim that could not be judged.
func (t *stream) errored(name, why string, out *tail) {
	r := result.Result{Type: "claim", Claim: name, Layer: "code", Level: result.Required,
		Outcome: result.Errored, Why: join(why, out.String())}
	if t.seen[keyOf(r)] == 0 {
		t.seen[keyOf(r)] = -1
		t.run.Results = append(t.run.Results, r)
	}
}

func join(why, output string) string {
	if output == "" {
		return why
	}
	return why + "\n" + output
}
