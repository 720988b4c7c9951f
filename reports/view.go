package reports

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"ebmcheck/properties"
)

// cleaned returns a copy of results in which every text is clean, and what
// stands on one line is on one line.
func cleaned(results []properties.Result) []properties.Result {
	out := slices.Clone(results)
	for i := range out {
		out[i].Small, out[i].Worst = copied(out[i].Small), copied(out[i].Worst)
		out[i].Extra = slices.Clone(out[i].Extra)
		for j := range out[i].Extra {
			out[i].Extra[j] = *copied(&out[i].Extra[j])
		}
		out[i].Refs = slices.Clone(out[i].Refs)
		cleanStrings(reflect.ValueOf(&out[i]).Elem())
		r := &out[i]
		for _, s := range []*string{&r.Claim, &r.Where, &r.Subject, &r.Regime, &r.Op, &r.Says, &r.Condition, &r.Grade, &r.Replay} {
			*s = oneLine(*s)
		}
		for j := range r.Refs {
			r.Refs[j] = oneLine(r.Refs[j])
		}
		r.Strata, r.Sides = cleanKeys(r.Strata), cleanKeys(r.Sides)
	}
	return out
}

func copied(c *properties.Counterexample) *properties.Counterexample {
	if c == nil {
		return nil
	}
	d := *c
	d.Hex = slices.Clone(c.Hex)
	return &d
}

func cleanKeys(m map[string]int) map[string]int {
	if m == nil {
		return nil
	}
	out := make(map[string]int, len(m))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out[oneLine(clean(k))] += m[k]
	}
	return out
}

// cleanStrings cleans the strings that v holds in fields, slices and pointers.
func cleanStrings(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(clean(v.String()))
	case reflect.Pointer:
		if !v.IsNil() {
			cleanStrings(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			cleanStrings(v.Field(i))
		}
	case reflect.Slice:
		if k := v.Type().Elem().Kind(); k == reflect.String || k == reflect.Struct {
			for i := range v.Len() {
				cleanStrings(v.Index(i))
			}
		}
	}
}

// A fact is a name and a value.
type fact struct{ Name, Value string }

// facts about the run, from its header; what is not known is left out.
func facts(r *Run) []fact {
	h := r.Header
	var out []fact
	add := func(name, value string) {
		if value != "" {
			out = append(out, fact{name, oneLine(clean(value))})
		}
	}
	add("Subject", subject(h.Subject))
	add("Offers", strings.Join(h.Subject.Ops, ", "))
	add("Profile", h.Profile)
	if h.Version != "" {
		add("Seed", fmt.Sprint(h.Seed))
	}
	if h.Checks > 0 {
		add("Random cases a claim and regime", group(h.Checks))
	}
	add("Suite", strings.TrimSpace(h.Suite+" "+h.Version))
	add("Go", h.Go)
	add("Platform", h.Platform)
	add("Started", h.Started)
	if r.Footer.Seconds > 0 {
		add("Took", fmt.Sprintf("%.1f s", r.Footer.Seconds))
	}
	return out
}

func subject(s properties.SubjectInfo) string {
	if s.Name != "" && s.Precision != "" {
		return s.Name + " (" + s.Precision + ")"
	}
	return s.Name + s.Precision
}

// warnings says what keeps the run from being whole.
func warnings(r *Run) []string {
	var out []string
	for _, g := range r.Gaps {
		out = append(out, oneLine(clean(g)))
	}
	idle, ran := 0, false
	for _, res := range r.Results {
		switch {
		case res.Outcome == properties.NotRun, vacuous(res):
			idle++
		case attempted(res):
			ran = true
		}
	}
	if idle > 0 {
		out = append(out, count(idle, "line was", "lines were")+" not run.")
	}
	if !ran {
		out = append(out, "Nothing ran.")
	}
	return out
}

// conclusion is the run in a sentence, by its exit code.
func conclusion(r *Run) string {
	failures, judged, theory := 0, 0, 0
	for _, res := range r.Results {
		if !binding(res) || !attempted(res) || vacuous(res) {
			continue
		}
		judged++
		if failed(res) {
			failures++
			if res.Layer == "theory" {
				theory++
			}
		}
	}
	switch r.ExitCode() {
	case exitRefuted:
		s := fmt.Sprintf("Failed: %d of %s did not pass", failures, count(judged, "required claim", "required claims"))
		if theory > 0 {
			s += fmt.Sprintf(" (%d of the theory)", theory)
		}
		return s + "."
	case exitIncomplete:
		return fmt.Sprintf("Incomplete: %s passed, but not everything was run.", count(judged, "required claim", "required claims"))
	}
	return fmt.Sprintf("Passed: %s.", count(judged, "required claim", "required claims"))
}

// labelled is a line of a counterexample.
type labelled struct{ Label, Text, Hex string }

// describe returns the lines of a counterexample. A statement's is about what
// the printed form gives, the code's about what was returned.
func describe(c *properties.Counterexample, layer string) []labelled {
	if c == nil {
		return nil
	}
	got, want := "got", "want"
	if layer == "theory" {
		got, want = "printed", "true"
	}
	var out []labelled
	for _, l := range []labelled{
		{"case", c.Case, strings.Join(c.Hex, ", ")},
		{"what", c.What, ""},
		{got, c.Got, c.GotHex},
		{want, c.Want, c.WantHex},
		{"certified", c.Enclosure, ""},
		{"allowed", c.Allowance, ""},
		{"note", c.Note, ""},
	} {
		if l.Text != "" {
			out = append(out, l)
		}
	}
	return out
}
