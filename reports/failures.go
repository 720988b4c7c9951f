package reports

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

// failures are the lines about code that failed, in the order in which they
// came: those that decide, those that were expected, those that are
// recommended only.
type failures struct{ Required, Expected, Recommended []result.Result }

func findings(results []result.Result) failures {
	var f failures
	for _, r := range results {
		switch {
		case r.Layer != "code" || !r.Failed():
		case r.Expected != "":
			f.Expected = append(f.Expected, r)
		case r.Binding():
			f.Required = append(f.Required, r)
		default:
			f.Recommended = append(f.Recommended, r)
		}
	}
	return f
}

// worstFirst returns the failures, those without a number of ulps (a crash, a
// NaN) before the others, then by how far off they are.
func worstFirst(rs []result.Result) []result.Result {
	out := slices.Clone(rs)
	slices.SortStableFunc(out, func(a, b result.Result) int { return cmp.Compare(harmless(a), harmless(b)) })
	return out
}

// harmless is from 0 for a failure without a number of ulps up to 1 for one
// that is hardly off.
func harmless(r result.Result) float64 {
	if r.Ulps == nil || math.IsNaN(float64(*r.Ulps)) || r.Outcome != result.Refuted {
		return 0
	}
	return 1 / (1 + max(float64(*r.Ulps), 0))
}

// title names a line about code: claim, regime and outcome, how far off it is
// where it was refuted, and whose it is in a report on several subjects.
func title(r result.Result, several bool) string {
	parts := nonEmpty(r.Claim, r.Regime, string(r.Outcome))
	if several {
		parts = append(nonEmpty(r.Subject), parts...)
	}
	if r.Outcome == result.Refuted {
		parts = append(parts, nonEmpty(atWorst(r.Ulps), beyondAllowance(r))...)
	}
	return strings.Join(parts, " · ")
}

// beyondAllowance says how many times the allowance of its level r spent, where that is few.
func beyondAllowance(r result.Result) string {
	if r.Spent > 1 && r.Spent < 1e4 {
		return figure(r.Spent) + " × what is allowed"
	}
	return ""
}

// atWorst says how large the largest error is; nothing where there is none, or
// no measure of it.
func atWorst(ulps *result.Real) string {
	switch {
	case ulps == nil || !(*ulps <= math.MaxFloat64):
		return ""
	case *ulps < 1<<52:
		return figure(*ulps) + " ulps"
	}
	return "no digit right at worst"
}

// counterexample returns what shows r best: the smallest input that fails, or
// the worst.
func counterexample(r result.Result) *result.Counterexample {
	if r.Small != nil {
		return r.Small
	}
	return r.Worst
}

func nonEmpty(parts ...string) []string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}
