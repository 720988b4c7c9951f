package faults

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"ebmcheck/properties"
)

// Likely returns the first planted fault that answers a refuted claim's
// counterexamples as the subject did: "nll-winner-zero: …", and "" if none
// does. It is a hint for a person, not a verdict.
func Likely(r properties.Result) string {
	var seen []properties.Counterexample
	for _, c := range []*properties.Counterexample{r.Small, r.Worst} {
		if c != nil && len(c.Call) > 0 && c.Got != c.Want {
			seen = append(seen, *c)
		}
	}
	if len(seen) == 0 {
		return ""
	}
	for _, f := range Wrong {
		if string(f.Op()) == r.Op && alike(f, seen) {
			return f.ID + ": " + f.Says
		}
	}
	return ""
}

// alike reports whether f gives on all counterexamples what the subject gave,
// to nine digits: the roundings of two implementations of one mistake differ.
func alike(f Fault, seen []properties.Counterexample) bool {
	s := f.Subject()
	for _, x := range seen {
		var c properties.Call
		if json.Unmarshal(x.Call, &c) != nil {
			return false
		}
		want, err := strconv.ParseFloat(x.Got, 64)
		if err != nil {
			return false
		}
		got, ok := number(s.Answer([]properties.Call{c})[0], x.What)
		switch {
		case !ok, math.IsNaN(want) != math.IsNaN(got):
			return false
		case math.IsNaN(want), want == got:
		case !(math.Abs(want-got) <= 1e-9*math.Abs(want)):
			return false
		}
	}
	return true
}

// number returns the number of a reply that a counterexample is about.
func number(r properties.Reply, what string) (float64, bool) {
	name, rest, _ := strings.Cut(what, "[")
	i, err := strconv.Atoi(strings.TrimSuffix(rest, "]"))
	at := func(v []float64) (float64, bool) {
		if err != nil || i >= len(v) {
			return 0, false
		}
		return v[i], true
	}
	switch name {
	case "value":
		return r.Value, r.Error == "" && r.Unsupported == ""
	case "grad":
		return at(r.Grad)
	case "probs":
		return at(r.Probs)
	case "index":
		return float64(r.Index), true
	default:
		return 0, false
	}
}
