package reports

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
)

const (
	header = `{"type":"header","suite":"ebmcheck","version":"0.1.0","seed":1,"subject":{"name":"s"}}`
	claim  = `{"type":"claim","claim":"nll.value","layer":"code","subject":"s","regime":"tame","level":"required","op":"nll","outcome":"passed","cases":10}`
	theory = `{"type":"claim","claim":"gibbs","layer":"theory","refs":["C10"],"outcome":"passed","verdict":"holds","cases":10}`
	footer = `{"type":"footer","complete":true,"counts":{"passed":1}}`
)

func file(lines ...string) string { return strings.Join(lines, "\n") + "\n" }

// with returns line with one value in it changed.
func with(line, old, new string) string {
	if !strings.Contains(line, old) {
		panic("no " + old + " in " + line)
	}
	return strings.Replace(line, old, new, 1)
}

func TestReadErrors(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"no object", file(header, `[1]`), `reports: line 2: "[1]" is no JSON object: want {…}`},
		{"not JSON", file(header, `{"type":claim}`), `line 2: not JSON (invalid character 'c' looking for beginning of value): want one object a line`},
		{"cut in the middle", file(header, claim[:50], footer), `line 2: not JSON (unexpected end of JSON input)`},
		{"text", "ok  	ebmcheck/properties	1.2s", `line 1: "ok  \tebmcheck/properties\t1.2s" is no JSON object`},
		{"no type", file(header, `{"claim":"x"}`), `line 2: no type: want "type":"header", "claim" or "footer"`},
		{"unknown type", file(header, `{"type":"clam"}`), `line 2: unknown type "clam": want "header", "claim" or "footer"`},
		{"type of another type", file(header, `{"type":1}`), `line 2: field "type" holds a number: want string`},
		{"second header", file(header, claim, header), `line 3: a second header, after that of line 1: a file holds one run`},
		{"no header", file(claim, footer), `line 1: a claim before the header: the header is the first line`},
		{"after the footer", file(header, footer, claim), `line 3: a claim after the footer of line 2: the footer ends the file`},
		{"duplicate", file(header, claim, theory, claim), `line 4: claim "nll.value", subject "s", regime "tame", level "required" again, after line 2: each has one line`},
		{"duplicate theory", file(header, theory, theory), `line 3: claim "gibbs" again, after line 2`},
		{"no claim", file(header, with(claim, `"claim":"nll.value"`, `"claim":""`)), `line 2: no claim: want "claim":"id"`},
		{"unknown layer", file(header, with(claim, `"code"`, `"cod"`)), `line 2: unknown layer "cod": want one of theory, code`},
		{"no outcome", file(header, with(claim, `"outcome":"passed",`, ``)), `line 2: no outcome: want one of passed, refuted, errored,`},
		{"unknown outcome", file(header, with(claim, `"passed"`, `"pased"`)), `line 2: unknown outcome "pased"`},
		{"code without a level", file(header, with(claim, `"level":"required",`, ``)), `line 2: no level: want one of required, recommended`},
		{"unknown verdict", file(header, with(theory, `"holds"`, `"true"`)), `line 2: unknown verdict "true": want one of holds, holds-if, refuted, not-checkable`},
		{"theory without a verdict", file(header, with(theory, `"verdict":"holds",`, ``)), `line 2: no verdict: want one of holds,`},
		{"count of another type", file(header, with(claim, `"cases":10`, `"cases":"10"`)), `line 2: field "cases" holds a string: want int`},
		{"negative count", file(header, with(claim, `"cases":10`, `"cases":-1`)), `line 2: -1 cases: want a count`},
		{"beyond without a case", file(header, with(theory, `"verdict":"holds"`, `"verdict":"holds-if","beyond":[{"part":"F > 0"}]`)), `line 2: beyond "F > 0": want "smallest", its counterexample`},
		{"path without a row", file(header, with(theory, `"verdict":"holds"`, `"verdict":"holds","paths":[{"by":"a","steps":[0,1],"names":["F"],"values":[[1.0]]}]`)), `line 2: path "a" has 1 rows of values for 2 steps`},
		{"path without a value", file(header, with(theory, `"verdict":"holds"`, `"verdict":"holds","paths":[{"by":"a","steps":[0,5],"names":["F"],"values":[[1.0],[]]}]`)), `line 2: path "a" has 0 values after 5 steps: want 1, one a name`},
		{"no number", file(header, with(claim, `"cases":10`, `"spent":"much"`)), `want a float64 in decimal, or "NaN", "Infinity", "-Infinity"`},
		{"too long", header + "\n" + strings.Repeat("x", maxLine+1), `line 2: longer than 16 MiB`},
	} {
		t.Run(c.name, func(t *testing.T) {
			run, err := Read(strings.NewReader(c.in))
			if err == nil {
				t.Fatalf("read as %+v, want the error %q", run, c.want)
			}
			if !strings.HasPrefix(err.Error(), "reports: line ") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %q\nwant    %q", err, c.want)
			}
		})
	}
	failing := io.MultiReader(strings.NewReader(file(header)), iotest.ErrReader(errors.New("disk gone")))
	if _, err := Read(failing); err == nil || err.Error() != "reports: line 2: disk gone" {
		t.Errorf("a reader that fails: error %v", err)
	}
}

// What is no error, and what it makes of the run.
func TestReadIncomplete(t *testing.T) {
	chosen := with(header, `"seed":1`, `"seed":1,"claims":["nll.value","gibbs","mee.value"]`)
	for _, c := range []struct {
		name, in string
		results  int
		gap      string // "" if complete
	}{
		{"whole", file(header, claim, footer), 1, ""},
		{"unknown fields", file(with(header, `"seed":1`, `"seed":1,"x":[{}]`), with(claim, `"cases":10`, `"cases":10,"y":null`), footer), 1, ""},
		{"no last newline", strings.TrimSuffix(file(header, claim, footer), "\n"), 1, ""},
		{"blank lines and carriage returns", file(header, "", claim+"\r", "  ", footer, ""), 1, ""},
		{"empty", "", 0, "There is no header: nothing had started."},
		{"no footer", file(header, claim), 1, "There is no footer: the run was ended before it was done."},
		{"footer of an unfinished run", file(header, claim, with(footer, "true", "false")), 1, "The footer says that the run is not complete."},
		{"cut claim", file(header, claim) + theory[:40], 1, "The last line (3) is cut off."},
		{"cut in a rune", file(header, claim) + `{"type":"claim","says":"` + "\xce", 1, "The last line (3) is cut off."},
		{"cut header", header[:20], 0, "The last line (1) is cut off."},
		{"cut footer", file(header, claim) + footer[:20], 1, "The last line (3) is cut off."},
		{"lines lost", file(header, footer), 0, "The footer counts 1 passed, the lines are 0."},
		{"claims lost", file(chosen, claim, footer), 1, "2 of 3 chosen claims have no result: gibbs, mee.value."},
	} {
		t.Run(c.name, func(t *testing.T) {
			run, err := Read(iotest.OneByteReader(strings.NewReader(c.in)))
			if err != nil {
				t.Fatal(err)
			}
			if len(run.Results) != c.results {
				t.Errorf("%d results, want %d", len(run.Results), c.results)
			}
			if run.Complete != (c.gap == "") || c.gap != "" && (len(run.Gaps) == 0 || run.Gaps[0] != c.gap) {
				t.Errorf("complete %v, gaps %q, want %q", run.Complete, run.Gaps, c.gap)
			}
			if code := run.ExitCode(); (code == 0) != (c.gap == "") {
				t.Errorf("exit code %d with gap %q", code, c.gap)
			}
		})
	}
}

// Every beginning of the sample, and the sample with any byte changed, is read
// or refused, and what is read can be written.
func TestReadDamaged(t *testing.T) {
	whole, err := os.ReadFile("testdata/sample.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	step := 37
	if testing.Short() {
		step = 211
	}
	write := func(b []byte) {
		run, err := Read(bytes.NewReader(b))
		if err != nil {
			return
		}
		for _, w := range writers {
			if err := w.write(io.Discard, run); err != nil {
				t.Errorf("%s: %v", w.golden, err)
			}
		}
	}
	for i := 0; i < len(whole); i += 10 * step {
		write(whole[:i])
	}
	for i := 0; i < len(whole); i += step {
		for _, b := range []byte{0, '"', '\n', 0xff, whole[i] ^ 1} {
			damaged := bytes.Clone(whole)
			damaged[i] = b
			if _, err := Read(bytes.NewReader(damaged)); err == nil && i%(10*step) == 0 {
				write(damaged)
			}
		}
	}
}
