package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ebmcheck/properties/result"
)

// GitHub turns an annotation back into what was said, but for ##[, which would be a command; and it is one line.
func TestAnnotationEscapes(t *testing.T) {
	value := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.OneOf(rapid.SampledFrom([]string{"%", "%0A", "%0D", "%25", "%3A", "%2C", "::", ",", "##[", "\r", "\n"}), rapid.String()))
		title, text := strings.Join(parts.Draw(t, "title"), ""), strings.Join(parts.Draw(t, "text"), "")
		line := annotation(title, text)
		said := func(s string) string { return strings.ReplaceAll(clean(s), "##[", "## [") }
		if strings.ContainsAny(line, "\r\n") {
			t.Fatalf("more than a line: %q", line)
		}
		head, body, ok := strings.Cut(strings.TrimPrefix(line, "::error title="), "::")
		if !ok || strings.ContainsAny(head, ":,") {
			t.Fatalf("the title does not end where it should: %q", line)
		}
		if got := value.Replace(head); got != oneLine(said(title)) {
			t.Fatalf("title %q, want %q", got, oneLine(said(title)))
		}
		if got := value.Replace(body); got != said(text) {
			t.Fatalf("text %q, want %q", got, said(text))
		}
	})
}

func TestAnnotationsAreFew(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: 1, 9: 9, 10: 10, 1000: 10} {
		run := one(codeLine("s", result.Passed))
		for i := range n {
			r := codeLine("s", result.Refuted)
			u := result.Real(i)
			r.Claim, r.Ulps = fmt.Sprint("c", i), &u
			run.Results = append(run.Results, r)
		}
		out := text(t, run, Annotations)
		if got := strings.Count(out, "\n"); got != want || strings.Count(out, "::error ") != want {
			t.Errorf("%d failures: %d lines, want %d", n, got, want)
		}
		if n > 9 && (!strings.HasSuffix(out, fmt.Sprintf("::and %d more, see the report\n", n-9)) || !strings.HasPrefix(out, fmt.Sprintf("::error title=c%d ", n-1))) {
			t.Errorf("%d failures: the worst is not the first, or the rest is not counted:\n%s", n, out)
		}
	}
}

// A summary takes no more than its room, and what it leaves out is the least
// bad, and said.
func TestSummaryRoom(t *testing.T) {
	run := one(codeLine("s", result.Passed))
	for i := range 40 {
		r := codeLine("s", result.Refuted)
		u := result.Real(100 + i) // all take the same room
		r.Claim, r.Ulps, r.Why = fmt.Sprintf("c%02d", i), &u, strings.Repeat("w", 200)
		run.Results = append(run.Results, r)
	}
	whole := text(t, run, Markdown)
	for room := -1; room <= len(whole)+1; room += 97 {
		var b bytes.Buffer
		err := Summary(&b, run, room)
		if b.Len() > max(room, 0) || (err != nil) != (b.Len() == 0) {
			t.Fatalf("%d bytes in room for %d, error %v", b.Len(), room, err)
		}
		if err == nil && b.Len() < len(whole) && !strings.Contains(b.String(), "parts of this page are left out") {
			t.Fatalf("room for %d: it does not say that something is left out", room)
		}
		for i := range 39 {
			if strings.Contains(b.String(), fmt.Sprintf("<summary>c%02d ", i)) && !strings.Contains(b.String(), fmt.Sprintf("<summary>c%02d ", i+1)) {
				t.Fatalf("room for %d: c%02d is there, the worse c%02d is not", room, i, i+1)
			}
		}
		if strings.Count(b.String(), "<details>") != strings.Count(b.String(), "</details>") {
			t.Fatalf("room for %d: a failure is cut", room)
		}
	}
	if err := Summary(new(bytes.Buffer), run, 10); err == nil {
		t.Error("no error without room")
	}
	var b bytes.Buffer
	if err := Summary(&b, run, SummaryRoom); err != nil || b.String() != whole {
		t.Errorf("with room for all it is not the whole page: error %v", err)
	}
	if SummaryRoom >= 1<<20 {
		t.Errorf("%d bytes are not below 1 MiB", SummaryRoom)
	}
}

func TestBadge(t *testing.T) {
	passed, refuted, idle, lacking := codeLine("s", result.Passed), codeLine("s", result.Refuted), codeLine("s", result.NotRun), codeLine("s", result.NotOffered)
	expected, recommended := refuted, refuted
	expected.Expected, recommended.Level = "known", result.Recommended
	var many []result.Result
	for range 100_000 {
		many = append(many, passed)
	}
	for _, c := range []struct {
		run            *Run
		message, color string
	}{
		{one(passed, passed, lacking, recommended), "2/2 required", "brightgreen"},
		{one(passed, refuted), "1/2 required", "red"},
		{one(passed, expected), "1/2 required", "yellowgreen"},
		{one(passed, idle), "1/2 required, incomplete", "yellow"},
		{one(append(many, refuted)...), "100000/100001 required", "red"},
		{one(), "0/0 required, incomplete", "yellow"},
	} {
		var got struct {
			SchemaVersion         int
			Label, Message, Color string
		}
		if err := json.Unmarshal([]byte(text(t, c.run, Badge)), &got); err != nil {
			t.Fatal(err)
		}
		if got.SchemaVersion != 1 || got.Label != "ebmcheck" || got.Message != c.message || got.Color != c.color {
			t.Errorf("%+v, want %q, %s", got, c.message, c.color)
		}
	}
}
