package reports

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"ebmcheck/properties/result"
)

// cleaned returns a copy of results in which every text is clean and no longer than a
// person reads, and what stands on one line is on one line. A command is whole: it is
// there to be copied.
func cleaned(results []result.Result) []result.Result {
	out := slices.Clone(results)
	for i := range out {
		out[i].Small, out[i].Worst = copied(out[i].Small), copied(out[i].Worst)
		out[i].Planted = copied(out[i].Planted)
		out[i].Refs = slices.Clone(out[i].Refs)
		out[i].Beyond = slices.Clone(out[i].Beyond)
		for j, b := range out[i].Beyond {
			out[i].Beyond[j].Small = copied(b.Small)
		}
		out[i].Paths = slices.Clone(out[i].Paths)
		for j, p := range out[i].Paths {
			out[i].Paths[j].Names = slices.Clone(p.Names)
		}
		out[i].Proofs = slices.Clone(out[i].Proofs)
		for j, p := range out[i].Proofs {
			out[i].Proofs[j].Refs = slices.Clone(p.Refs)
		}
		if s := out[i].Stated; s != nil {
			out[i].Stated = &result.Stated{Printed: s.Printed, True: s.True, Condition: s.Condition, Only: slices.Clone(s.Only)}
		}
		cleanStrings(reflect.ValueOf(&out[i]).Elem())
		r := &out[i]
		r.Replay = clean(results[i].Replay)
		for _, s := range []*string{&r.Claim, &r.Where, &r.Subject, &r.Regime, &r.Op, &r.Says, &r.Condition, &r.Grade, &r.Likely, &r.Mend, &r.Expected, &r.Replay} {
			*s = oneLine(*s)
		}
		for j := range r.Refs {
			r.Refs[j] = oneLine(r.Refs[j])
		}
		r.Strata, r.Sides = cleanKeys(r.Strata), cleanKeys(r.Sides)
	}
	return out
}

func copied(c *result.Counterexample) *result.Counterexample {
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

// cleanStrings cleans and shortens the strings that v holds in fields, slices and pointers.
func cleanStrings(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(readable(clean(v.String())))
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
	add("Release", release(h.Subject))
	add("Offers", strings.Join(h.Subject.Ops, ", "))
	add("Profile", h.Profile)
	if !h.Shard.IsZero() {
		add("Part", h.Shard.Words()+", counted from 0")
	}
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

func subject(s result.SubjectInfo) string {
	if s.Name != "" && s.Precision != "" {
		if s.Declares != nil && s.Declares.String() != "" {
			return s.Name + " (" + s.Precision + ", " + oneLine(clean(s.Declares.String())) + ")"
		}
		return s.Name + " (" + s.Precision + ")"
	}
	return s.Name + s.Precision
}

// release says what was judged: the framework with its version, or else the
// version.
func release(s result.SubjectInfo) string {
	return oneLine(clean(orElse(s.Framework, s.Version)))
}

// labelled is a line of a counterexample.
type labelled struct{ Label, Text, Hex string }

// describe returns the lines of a counterexample.
func describe(c *result.Counterexample, layer string) []labelled {
	if c == nil {
		return nil
	}
	got, want := "got", "want"
	gotText, gotHex := c.Got, c.GotHex
	wantText, wantHex := c.Want, c.WantHex
	first, second := labelled{got, gotText, gotHex}, labelled{want, wantText, wantHex}
	if layer == "theory" {
		second.Label, first.Label = "actually", "claimed"
		first.Text, first.Hex = shortened(c.Want)
		first.Text = claimed(c.Relation, first.Text)
		second.Text, second.Hex = shortened(c.Got)
		second.Text += ": false"
	}
	var out []labelled
	for _, l := range []labelled{
		{"case", c.Case, strings.Join(c.Hex, ", ")},
		{"what", c.What, ""},
		first,
		second,
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

// explain returns the lines of a failure: why, the fault that it looks like and what
// mends it, and the counterexample.
func explain(r result.Result) []labelled {
	var out []labelled
	for _, l := range []labelled{{"why", r.Why, ""}, {"expected", r.Expected, ""}, {"likely", r.Likely, ""}, {"mend", r.Mend, ""}} {
		if l.Text != "" {
			out = append(out, l)
		}
	}
	return append(out, evidence(r)...)
}

// evidence returns the lines of the smallest counterexample and, if that is of another
// sort or ten times as far off, of the worst.
func evidence(r result.Result) []labelled {
	small := describe(counterexample(r), string(r.Layer))
	if r.Outcome != result.Refuted || r.Small == nil || r.Worst == nil || r.Small.What == "reply" ||
		finite(r.Small.Got) == finite(r.Worst.Got) && !(offBy(r.Worst) >= 10*offBy(r.Small)) {
		return small
	}
	worst := describe(r.Worst, string(r.Layer))
	if len(small) > 0 && small[0].Label == "case" && len(worst) > 0 && worst[0].Label == "case" {
		small[0].Label, worst[0].Label = "smallest", "worst"
	}
	return append(small, worst...)
}

// finite is what sort of answer got is, 0 being a number like others.
func finite(got string) string {
	if k := kind(got); k != "0" {
		return k
	}
	return "number"
}

// offBy is how far off a number is, relative to what is right, 1 where no digit is.
func offBy(c *result.Counterexample) float64 {
	got, err := strconv.ParseFloat(c.Got, 64)
	want, err2 := strconv.ParseFloat(c.Want, 64)
	if share := math.Abs(got-want) / math.Abs(want); err == nil && err2 == nil && share < 1 {
		return share
	}
	return 1
}

// claimed is what a statement claims of a number: 0, or ≤ 0.
func claimed(relation, want string) string {
	if relation == "" || relation == "=" || relation == "∈" && !strings.HasPrefix(want, "[") {
		return want
	}
	return relation + " " + want
}

// shortened returns an enclosure as a number to six digits, if that is what
// both of its ends are, and the enclosure itself beside it.
func shortened(s string) (short, full string) {
	m := enclosure.FindStringSubmatch(s)
	if m == nil {
		return s, ""
	}
	if m[1] == m[2] {
		return m[1], ""
	}
	if lo, hi := sixDigits(m[1]), sixDigits(m[2]); lo == hi {
		return lo, s
	}
	return s, ""
}

var enclosure = regexp.MustCompile(`^\[([-+0-9.e]+), ([-+0-9.e]+)\]$`)

// Witness is the smallest counterexample of r in a sentence; "" if it has none.
func Witness(r result.Result) string {
	if r.Small == nil {
		return ""
	}
	return witness(cleaned([]result.Result{r})[0].Small, string(r.Layer))
}

// witness is a counterexample in a sentence.
func witness(c *result.Counterexample, layer string) string {
	at, what := oneLine(c.Case), oneLine(c.What)
	if layer != "theory" {
		if what != "" && what != "value" {
			at += ", " + what
		}
		return at + ": got " + oneLine(c.Got) + ", want " + oneLine(c.Want)
	}
	got, want := c.Got, c.Want
	for _, s := range []*string{&got, &want} {
		short, _ := shortened(*s)
		*s = sixDigits(outwards(oneLine(short)))
	}
	if what != "" {
		at += "; " + what
	}
	return at + ": claimed " + claimed(c.Relation, want) + ", actually " + got
}
