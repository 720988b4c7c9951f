package reports

import (
	"cmp"
	"slices"

	"ebmcheck/properties/result"
)

// A defect is a claim that failed at one level, in one regime or in several.
type defect struct {
	Claim   string
	Level   result.Level
	Regimes []string
	Lines   []result.Result // one a regime, in the order of regimeOrder
}

// defects returns what is wrong with one subject: the required claims that
// failed, then the recommended ones, each in the order in which they came. The
// recommended line of a claim that fails on the very input that the required one
// fails on says nothing new and is left out.
func defects(results []result.Result) []defect {
	type broken struct{ claim, regime, at, what string }
	required := make(map[broken]bool)
	at := make(map[key]int)
	var out []defect
	for _, level := range []result.Level{result.Required, result.Recommended} {
		for _, r := range results {
			if r.Layer != "code" || r.Level != level || !r.Failed() {
				continue
			}
			b := broken{claim: r.Claim, regime: r.Regime}
			if c := r.Small; c != nil {
				b.at, b.what = c.Case, c.What
			}
			if level == result.Required {
				required[b] = true
			} else if required[b] {
				continue
			}
			k := key{claim: r.Claim, level: level}
			i, ok := at[k]
			if !ok {
				i = len(out)
				at[k] = i
				out = append(out, defect{Claim: r.Claim, Level: level})
			}
			out[i].Lines = append(out[i].Lines, r)
		}
	}
	for i := range out {
		d := &out[i]
		slices.SortStableFunc(d.Lines, func(a, b result.Result) int {
			return cmp.Compare(regimeOrder[a.Regime], regimeOrder[b.Regime])
		})
		for _, r := range d.Lines {
			d.Regimes = append(d.Regimes, r.Regime)
		}
	}
	return out
}

// witnesses returns the inputs that show the defect: the smallest of its first
// regime, and of every other sort of wrong answer (NaN, an infinity, 0, another
// number) the first that any regime has found.
func (d defect) witnesses() []*result.Counterexample {
	var out []*result.Counterexample
	met := make(map[string]bool)
	add := func(c *result.Counterexample) {
		if c != nil && !met[kind(c.Got)] {
			met[kind(c.Got)] = true
			out = append(out, c)
		}
	}
	for _, r := range d.Lines {
		add(r.Small)
	}
	for _, r := range d.Lines {
		if r.Outcome == result.Refuted {
			add(r.Worst)
		}
	}
	return out
}

// kind is what sort of answer got is.
func kind(got string) string {
	switch got {
	case "NaN", "+Inf", "-Inf":
		return got
	case "0", "-0":
		return "0"
	}
	return "number"
}

// ulps is the largest error in any regime; nil if none was measured.
func (d defect) ulps() *result.Real {
	var most *result.Real
	for _, r := range d.Lines {
		if r.Ulps != nil && r.Outcome == result.Refuted && (most == nil || !(*r.Ulps <= *most)) {
			most = r.Ulps
		}
	}
	return most
}

// each returns what field says on the lines, every text once.
func (d defect) each(field func(result.Result) string) []string {
	var out []string
	for _, r := range d.Lines {
		if s := field(r); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
