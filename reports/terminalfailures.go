package reports

import (
	"slices"

	"ebmcheck/properties/result"
)

// The failures on a terminal: those that are required whole, the others in a
// few lines a claim, each with the command that replays it.

func (t *sheet) findings(results []result.Result, several bool) {
	f := findings(results)
	if len(f.Required) > 0 {
		t.heading("Failed, required")
	}
	for i, rs := range byCause(f.Required) {
		if i > 0 {
			t.WriteByte('\n')
		}
		t.hang(red, "  ✗ ", title(rs[0], several))
		t.failure(rs[0], true)
		for _, r := range rs[1:] { // of the same cause, it seems
			at := ""
			if c := counterexample(r); c != nil {
				at = ": " + cut(witness(c, string(r.Layer)), 3*t.width)
			}
			t.hang(red, "    "+pad("also", 10), title(r, several)+at)
			t.replay(r)
		}
	}
	t.brief("Failed, recommended", yellow, beyond(f.Recommended, f.Required), several)
	t.brief("Failed, as expected", dim, f.Expected, several)
}

// byCause puts together what fails by one cause, as far as can be told: what the same line
// mends; what a subject answers otherwise among other calls, of an op; the same message;
// and of a claim the same sort of number.
func byCause(rs []result.Result) [][]result.Result {
	type cause struct{ subject, of, how string }
	at := make(map[cause]int)
	var out [][]result.Result
	for _, r := range rs {
		k := cause{r.Subject, r.Claim, string(r.Outcome)}
		switch c := counterexample(r); {
		case r.Mend != "":
			k.of, k.how = "", r.Mend
		case r.Outcome == result.Nondeterministic:
			k.of = r.Op
		case c != nil && c.What == "reply":
			k.of, k.how = "", k.how+c.Got
		case c != nil:
			k.how += kind(c.Got)
		}
		i, met := at[k]
		if !met {
			i = len(out)
			at[k], out = i, append(out, nil)
		}
		out[i] = append(out[i], r)
	}
	return out
}

// beyond returns the recommended failures of what did not fail as required: of
// that, enough has been said.
func beyond(recommended, required []result.Result) []result.Result {
	return slices.DeleteFunc(slices.Clone(recommended), func(r result.Result) bool {
		return slices.ContainsFunc(required, func(s result.Result) bool {
			return r.Claim == s.Claim && r.Regime == s.Regime && r.Subject == s.Subject
		})
	})
}

func (t *sheet) brief(heading, code string, rs []result.Result, several bool) {
	if len(rs) > 0 {
		t.heading(heading)
	}
	for _, r := range together(rs) {
		t.hang(code, "  ✗ ", title(r, several))
		t.failure(r, false)
	}
}

// together returns one result for those of a claim that failed alike in several
// regimes: the first, with the names of all and the largest error. The other
// reports have each.
func together(rs []result.Result) []result.Result {
	type sort struct {
		subject, claim string
		outcome        result.Outcome
		expected       string
	}
	at := make(map[sort]int)
	var out []result.Result
	for _, r := range rs {
		k := sort{r.Subject, r.Claim, r.Outcome, r.Expected}
		i, met := at[k]
		if !met {
			at[k] = len(out)
			out = append(out, r)
			continue
		}
		out[i].Regime += ", " + r.Regime
		if r.Ulps != nil && out[i].Ulps != nil && !(*r.Ulps <= *out[i].Ulps) {
			out[i].Ulps = r.Ulps
		}
	}
	return out
}

// failure writes what is known of a failure below its title: all of it, or its
// reason and counterexample in a line each.
func (t *sheet) failure(r result.Result, whole bool) {
	if !whole {
		if r.Expected != "" {
			t.hang(dim, "    expected: ", r.Expected)
		}
		if c := counterexample(r); c != nil {
			t.hang(dim, "    ", cut(witness(c, string(r.Layer)), 3*t.width))
		} else if r.Why != "" {
			t.hang(dim, "    ", r.Why)
		}
		t.replay(r)
		return
	}
	for _, text := range nonEmpty(r.Says, oneLine(r.Formula)) {
		t.hang("", "    ", text)
	}
	const most = 300 // of a case with many energies; the stored one is whole
	for _, l := range explain(r) {
		text := oneLine(l.Text)
		if l.Label == "why" {
			text = brieflyWhy(r)
		}
		if l.Hex != "" && columns(text)+columns(l.Hex) < most {
			text += "  (" + oneLine(l.Hex) + ")"
		}
		t.hang(dim, "    "+pad(l.Label, 10), cut(text, most))
	}
	t.replay(r)
}

// replay writes the command in one line, however long: it is there to be copied.
func (t *sheet) replay(r result.Result) {
	if r.Replay != "" {
		t.WriteString("    " + t.paint(dim, pad("replay", 10)) + r.Replay + "\n")
	}
}
