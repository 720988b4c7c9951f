package faults

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// Likely returns the first planted fault that answers a refuted claim's
// counterexamples as a subject in precision p did: "nll-winner-zero: …", and ""
// if none does. It is a hint for a person, not a verdict.
func Likely(r result.Result, p op.Precision) string {
	var seen []result.Counterexample
	for _, c := range []*result.Counterexample{r.Small, r.Worst} {
		if c != nil && len(c.Call) > 0 && c.Got != c.Want {
			seen = append(seen, *c)
		}
	}
	if len(seen) == 0 {
		return ""
	}
	kin := func(f Fault) bool { return f.Claim == r.Claim && string(f.Regime) == r.Regime }
	others := func(f Fault) bool { return !kin(f) && r.Regime != string(nonfinite) } // where every second fault gives NaN
	for _, among := range []func(Fault) bool{kin, others} {
		for _, f := range Wrong {
			if string(f.Op()) == r.Op && (f.In == p || f.In == op.Float64) && among(f) && alike(f, seen, p) {
				return f.ID + ": " + f.Says
			}
		}
	}
	return ""
}

// alike reports whether f gives on all counterexamples what the subject gave,
// as far as can be told: to nine digits, or to four ulps of a narrower format,
// for the roundings of two implementations of one mistake differ, and much nearer
// to it than it is to what is right.
func alike(f Fault, seen []result.Counterexample, p op.Precision) bool {
	digits := max(1e-9, 4*(p.Next(1, 2)-1))
	s := f.Subject()
	for _, x := range seen {
		var c op.Call
		if json.Unmarshal(x.Call, &c) != nil {
			return false
		}
		got, err := strconv.ParseFloat(x.Got, 64)
		if err != nil {
			return false
		}
		fault, ok := number(s.Answer([]op.Call{c})[0], x.What)
		same := fault == got || math.IsNaN(fault) && math.IsNaN(got)
		if !ok || !same && !(math.Abs(fault-got) <= digits*math.Abs(got) && !math.IsInf(got, 0)) {
			return false
		}
		if want, err := strconv.ParseFloat(x.Want, 64); err == nil && !same && !(math.Abs(fault-got) <= math.Abs(got-want)/8) {
			return false
		}
	}
	return true
}

// number returns the number of a reply that a counterexample is about.
func number(r op.Reply, what string) (float64, bool) {
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
