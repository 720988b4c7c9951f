package adapter

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// sdks are the files that repeat what the rows of package op say, between two comments,
// and how each writes it.
var sdks = []struct {
	file       string
	begin, end string
	tables     func() string
}{
	{"../../adapters/python/ebmcheck/adapter.py", "# ops, as `make update` writes them\n", "# end of ops\n", func() string {
		return python("ARGUMENTS", arguments) + python("ANSWERS", answered) + python("PARAMETERS", parameterNames)
	}},
	{"../../adapters/node/adapter.mjs", "// ops, as `make update` writes them\n", "// end of ops\n", func() string {
		return javascript("ARGUMENTS", arguments) + javascript("ANSWERS", answered) + javascript("PARAMETERS", parameterNames)
	}},
	{"../../adapters/go/adapter/adapter.go", "// ops, as `make update` writes them\n", "// end of ops\n", func() string {
		var fields []string
		for _, e := range answered() {
			fields = append(fields, fmt.Sprintf("%q: %q", e.key, e.values[0]))
		}
		return "var field = map[string]string{" + strings.Join(fields, ", ") + "}\n\n"
	}},
	{"../../adapters/README.md", "<!-- ops -->\n", "<!-- end of ops -->\n", operations},
}

// TestSDK holds what the SDKs and their page repeat of the rows to the rows.
func TestSDK(t *testing.T) {
	for _, s := range sdks {
		b, err := os.ReadFile(s.file)
		if err != nil {
			t.Fatal(err)
		}
		before, rest, ok := bytes.Cut(b, []byte(s.begin))
		old, after, closed := bytes.Cut(rest, []byte(s.end))
		if !ok || !closed {
			t.Errorf("%s: no lines from %q to %q", s.file, s.begin, s.end)
			continue
		}
		want := s.tables()
		if *update {
			if err := os.WriteFile(s.file, slices.Concat(before, []byte(s.begin), []byte(want), []byte(s.end), after), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if string(old) != want {
			t.Errorf("%s is stale (make update): it has\n%swant\n%s", s.file, old, want)
		}
	}
}

// TestPackages holds the versions of the packages to that of the suite.
func TestPackages(t *testing.T) {
	for file, line := range map[string]string{
		"../../adapters/python/pyproject.toml": "\nversion = \"" + result.Version + "\"\n",
		"../../adapters/node/package.json":     "\n  \"version\": \"" + result.Version + "\",\n",
	} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(b, []byte(line)) {
			t.Errorf("%s: no line%s", file, line)
		}
	}
}

// TestLibraries holds the tables of libraries to the order of the catalogue, a line an
// op. One that no library has needs none.
func TestLibraries(t *testing.T) {
	const file = "../../adapters/README.md"
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, page, _ := strings.Cut(string(b), "## Libraries")
	tables := strings.Split(page, "\n| op |")[1:]
	if len(tables) < 2 {
		t.Errorf("%s has %d tables of libraries", file, len(tables))
	}
	for _, table := range tables {
		var has []op.Op
		for _, line := range regexp.MustCompile("(?m)^\\| `(\\w+)` \\|").FindAllStringSubmatch(table, -1) {
			has = append(has, op.Op(line[1]))
		}
		want := slices.DeleteFunc(slices.Clone(op.Ops), func(o op.Op) bool { return !slices.Contains(has, o) })
		if !slices.Equal(has, want) || len(has) == 0 {
			t.Errorf("%s: the libraries%s have lines on\n%v, want them in the order of\n%v", file, strings.SplitN(table, "\n", 2)[0], has, op.Ops)
		}
	}
}

// A tabled is an entry of a table in an SDK.
type tabled struct {
	key    string
	values []string
	one    bool // the value is a word, not a list
}

// arguments are what a function of each op is given after the energies: the answer, the
// parameters, β last.
func arguments() (es []tabled) {
	for _, o := range op.Ops {
		r, e := o.Row(), tabled{key: string(o), values: []string{}}
		if r.Answer {
			e.values = append(e.values, "answer")
		}
		for _, scale := range []bool{false, true} {
			for _, p := range r.Params {
				if p.Scale == scale {
					e.values = append(e.values, p.Sent)
				}
			}
		}
		es = append(es, e)
	}
	return es
}

// answered are the fields of answers of the ops that do not answer a value.
func answered() (es []tabled) {
	for _, o := range op.Ops {
		if field := map[op.Answers]string{op.AsProbs: "probs", op.AsIndex: "index"}[o.Row().Answers]; field != "" {
			es = append(es, tabled{string(o), []string{field}, true})
		}
	}
	return es
}

// parameterNames are the names of the parameters in formulas, by their fields in calls.
func parameterNames() (es []tabled) {
	for _, o := range op.Ops {
		for _, p := range o.Row().Params {
			if !slices.ContainsFunc(es, func(e tabled) bool { return e.key == p.Sent }) {
				es = append(es, tabled{p.Sent, []string{p.Name}, true})
			}
		}
	}
	return es
}

func python(name string, entries func() []tabled) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s = {\n", name)
	for _, e := range entries() {
		switch {
		case e.one:
			fmt.Fprintf(&b, "    %q: %q,\n", e.key, e.values[0])
		default:
			text := `"` + strings.Join(e.values, `", "`) + `"`
			switch len(e.values) {
			case 0:
				text = ""
			case 1:
				text += "," // or it is no tuple
			}
			fmt.Fprintf(&b, "    %q: (%s),\n", e.key, text)
		}
	}
	return b.String() + "}\n"
}

func javascript(name string, entries func() []tabled) string {
	var b strings.Builder
	fmt.Fprintf(&b, "const %s = {\n", name)
	for _, e := range entries() {
		text := "'" + strings.Join(e.values, "', '") + "'"
		switch {
		case len(e.values) == 0:
			text = "[]"
		case !e.one:
			text = "[" + text + "]"
		}
		fmt.Fprintf(&b, "  %s: %s,\n", e.key, text)
	}
	return b.String() + "};\n"
}

// operations is the table of what each op is given and answers.
func operations() string {
	var b strings.Builder
	b.WriteString("| op | a function is given | it answers |\n|---|---|---|\n")
	letters := map[string]string{"answer": "y"}
	for _, o := range op.Ops {
		for _, p := range o.Row().Params {
			letters[p.Sent] = p.Symbol
		}
	}
	for _, e := range arguments() {
		r, given, answer := op.Op(e.key).Row(), "F", ""
		for _, a := range answered() {
			if a.key == e.key {
				answer = "`" + a.values[0] + "`: "
			}
		}
		if r.Pair {
			given = "[F, F̄]"
		}
		for _, a := range e.values {
			given += ", " + letters[a]
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", e.key, given, answer+strings.ReplaceAll(r.Shown(), "|", `\|`))
	}
	return b.String()
}
