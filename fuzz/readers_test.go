package fuzz

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"ebmcheck/properties"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
	"ebmcheck/reports"
)

// FuzzCall holds the reader of calls: no bytes panic, what is read is a call that
// its op can be asked, and it is written and read again the same.
func FuzzCall(f *testing.F) {
	row := op.Call{Op: op.NLL, Energies: []float64{0, 1}, Beta: math.NaN()}
	batch := op.Call{Op: op.BatchOf(op.NLL), Batch: &op.Batch{Rows: []op.Call{row, row}, Weights: []float64{1, 2}, Reduction: op.Mean}}
	for _, c := range append(judge.Regressions(), row, batch) {
		b, err := json.Marshal(c)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var c op.Call
		if json.Unmarshal(b, &c) != nil {
			return
		}
		calls := []op.Call{c}
		if c.Batch != nil {
			calls = c.Batch.Rows
		}
		for _, c := range calls {
			if n := len(c.Energies); n == 0 || c.Answer < 0 || c.Answer >= n || c.Op.Row().Pair && n != 2 || c.Beta < 0 {
				t.Fatalf("%s is read as %v", b, c)
			}
		}
		first, err := json.Marshal(c)
		if err != nil {
			t.Fatalf("%s is read, but cannot be written: %v", b, err)
		}
		var d op.Call
		if err := json.Unmarshal(first, &d); err != nil {
			t.Fatalf("%s is written, but cannot be read: %v", first, err)
		}
		second, err := json.Marshal(d)
		if err != nil || !bytes.Equal(first, second) || c.Asked().String() != d.String() {
			t.Fatalf("%s, then %s (%v)", first, second, err)
		}
		if c.Size() <= 64 {
			judge.RegimeOf(c, op.Float64)
			c.Truth()
		}
	})
}

// FuzzReal holds numbers on the wire, as text and as bits: what is read is written
// as a number with a point or an exponent, or as one of the three strings, and reads
// back to the same bits; Decimal and Hex too.
func FuzzReal(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		in := tape{b}
		numbers := []result.Real{result.Real(in.float())}
		var read result.Real
		if json.Unmarshal(b, &read) == nil {
			if text := string(bytes.TrimSpace(b)); text[0] != '"' && (math.IsNaN(float64(read)) || math.IsInf(float64(read), 0)) {
				t.Fatalf("%s is read as %v", b, read)
			}
			numbers = append(numbers, read)
		}
		for _, x := range numbers {
			same := func(what, text string, y float64, err error) {
				t.Helper()
				if err != nil || math.Float64bits(y) != math.Float64bits(float64(x)) && !(math.IsNaN(y) && math.IsNaN(float64(x))) {
					t.Fatalf("%v: %s %s reads as %v (%v)", float64(x), what, text, y, err)
				}
			}
			text, err := json.Marshal(x)
			if err != nil || !strings.ContainsAny(string(text), `.e"`) || !json.Valid(text) {
				t.Fatalf("%v is written as %s (%v)", float64(x), text, err)
			}
			var y result.Real
			err = json.Unmarshal(text, &y)
			same("as JSON", string(text), float64(y), err)
			for _, text := range []string{result.Decimal(float64(x)), result.Hex(float64(x))} {
				y, err := strconv.ParseFloat(text, 64)
				same("for people", text, y, err)
			}
		}
	})
}

// FuzzResults holds the reader of results.jsonl and all that is derived from
// it: no bytes panic, and what is read can be shown, and written and read again.
func FuzzResults(f *testing.F) {
	b, err := os.ReadFile("testdata/results.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	lines := bytes.SplitAfter(b, []byte("\n")) // all of it at once would be slow to mutate: see TestResults
	for _, line := range lines[1:] {
		f.Add(append(bytes.Clone(lines[0]), line...))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		run, err := reports.Read(bytes.NewReader(b))
		if err != nil {
			return
		}
		show(t, run, len(b))
		had, kept := units(run.Results), units(properties.Run{Claims: properties.Claims, Subject: properties.Reference()}.Resumable(run.Results))
		for u, n := range kept {
			if n != had[u] {
				t.Fatalf("of %d results about %s %d need not be run again", had[u], u, n)
			}
		}
		first := journal(t, run)
		again, err := reports.Read(bytes.NewReader(first))
		if err != nil {
			t.Fatalf("written again as %s, cannot be read: %v", first, err)
		}
		if second := journal(t, again); !bytes.Equal(first, second) || run.ExitCode() != again.ExitCode() && run.Footer.Type != "" {
			t.Fatalf("%s\nthen %s\nexit codes %d, %d", first, second, run.ExitCode(), again.ExitCode())
		}
	})
}

// units counts the results about each unit.
func units(results []result.Result) map[string]int {
	n := map[string]int{}
	for _, r := range results {
		n[r.Unit()]++
	}
	return n
}

// TestResults shows the whole run at once, in which every outcome occurs.
func TestResults(t *testing.T) {
	b, err := os.ReadFile("testdata/results.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	run, err := reports.Read(bytes.NewReader(b))
	if err != nil || !run.Complete {
		t.Fatal(err, run.Gaps)
	}
	show(t, run, 0)
	outcomes := map[string]bool{}
	for _, r := range run.Results {
		outcomes[string(r.Outcome)] = true
	}
	if len(outcomes) != 9 {
		t.Errorf("only %v", outcomes)
	}
}

// journal writes what a run has.
func journal(t *testing.T, run *reports.Run) []byte {
	t.Helper()
	var b bytes.Buffer
	write := func(line any) {
		t.Helper()
		if err := result.NewJournal(&b).Write(line); err != nil {
			t.Fatal(err)
		}
	}
	if run.Header.Type != "" {
		write(run.Header)
	}
	for _, r := range run.Results {
		write(r)
	}
	if run.Footer.Type != "" {
		write(run.Footer)
	}
	return b.Bytes()
}

// FuzzGoTest holds the reader of the events of go test -json likewise.
func FuzzGoTest(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		if run, err := reports.ReadGoTest(bytes.NewReader(b)); err == nil {
			show(t, run, len(b))
		}
	})
}

// show writes a run in every form: without an error, without a character that
// steers a terminal or turns text around, without a line that is too long, and
// without a script.
func show(t *testing.T, run *reports.Run, width int) {
	t.Helper()
	width = 80 + width%60
	var terminal, markdown, page, ledger bytes.Buffer
	for _, err := range []error{reports.Terminal(&terminal, run, width, false), reports.Markdown(&markdown, run), reports.HTML(&page, run), reports.Ledger(&ledger, run.Results),
		reports.Terminal(new(bytes.Buffer), run, 0, true)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, b := range map[string]*bytes.Buffer{"terminal": &terminal, "Markdown": &markdown, "HTML": &page, "ledger": &ledger} {
		text := b.String()
		if i := strings.IndexFunc(text, func(r rune) bool {
			return r != '\n' && !(name == "HTML" && r == '\t') && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r))
		}); i >= 0 || !utf8.ValidString(text) {
			t.Fatalf("%s: a character that steers, at %d: %q", name, i, text[max(0, i-40):min(len(text), max(0, i)+40)])
		}
	}
	for line := range strings.Lines(terminal.String()) {
		if n := columns(line); n > width {
			t.Fatalf("a line of %d columns, want %d at most: %q", n, width, line)
		}
	}
	if i := strings.Index(strings.ToLower(page.String()), "<script"); i >= 0 {
		t.Fatalf("a script: %q", page.String()[i:])
	}
	if c := run.ExitCode(); c != 0 && c != 1 && c != 4 {
		t.Fatalf("exit code %d", c)
	}
}

// columns counts what takes a column: no combining marks or format characters.
func columns(line string) int {
	n := 0
	for _, r := range strings.TrimSuffix(line, "\n") {
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			n++
		}
	}
	return n
}

// FuzzSelect holds the patterns of --claims: no bytes panic, a pattern selects
// something or is an error, and what is selected is in the ledger's order.
func FuzzSelect(f *testing.F) {
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 200 { // the nearest id takes time in proportion
			return
		}
		pattern := string(b)
		claims, err := properties.Select(pattern)
		if (err == nil) != (len(claims) > 0) {
			t.Fatalf("%q selects %d claims, error %v", b, len(claims), err)
		}
		next := 0
		every, err := properties.Select("")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range every {
			if next < len(claims) && claims[next].ID == c.ID {
				next++
			}
		}
		if next < len(claims) {
			t.Fatalf("%q: %s is out of order", b, claims[next].ID)
		}
		c, err := properties.Find(pattern)
		if err == nil && !strings.EqualFold(c.ID, pattern) && !strings.EqualFold(pattern[:1], "C") {
			t.Fatalf("%q finds %s", b, c.ID)
		}
		if one, wrong := properties.Select(pattern); err == nil && (wrong != nil || len(one) == 0) && pattern == strings.TrimSpace(pattern) {
			t.Fatalf("%q finds %s, but selects nothing: %v", b, c.ID, wrong)
		}
	})
}
