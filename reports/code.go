package reports

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"ebmcheck/properties"
)

// A table holds what was found about one subject's code.
type table struct {
	Subject string
	Regimes []string
	Rows    []row
}

// A row is an op with a cell a regime, and the lines behind them.
type row struct {
	Op    string
	Cells []cell
	Lines []properties.Result
}

// A cell is an op in a regime.
type cell struct {
	Op, Regime            string
	Grade                 string // the worst of its lines; F if a required one failed
	Required, Recommended tally
	Ulps                  *properties.Real // the largest error
	Worst                 *properties.Counterexample
	WorstClaim            string
	Cases                 int // the most of a line: the claims about an op share their cases
}

// A tally counts the lines of one level.
type tally struct{ Passed, Failed, NotRun, NotOffered int }

func (t *tally) add(r properties.Result) {
	switch {
	case r.Outcome == properties.NotOffered:
		t.NotOffered++
	case r.Outcome == properties.NotRun, vacuous(r):
		t.NotRun++
	case r.Outcome == properties.Passed:
		t.Passed++
	default:
		t.Failed++
	}
}

func (t tally) plus(u tally) tally {
	return tally{t.Passed + u.Passed, t.Failed + u.Failed, t.NotRun + u.NotRun, t.NotOffered + u.NotOffered}
}

// Attempted is the number of lines that were put to the test or should have been.
func (t tally) Attempted() int { return t.Passed + t.Failed + t.NotRun }

// Short is "3/4", or what stands for it when nothing was attempted.
func (t tally) Short() string {
	if t.Attempted() > 0 {
		return fmt.Sprintf("%d/%d", t.Passed, t.Attempted())
	}
	return "–"
}

// State is the tally in words.
func (t tally) State() string {
	switch {
	case t.Failed > 0:
		return fmt.Sprintf("%d of %d failed", t.Failed, t.Attempted())
	case t.NotRun > 0:
		return fmt.Sprintf("%d of %d not run", t.NotRun, t.Attempted())
	case t.Passed > 0:
		return fmt.Sprintf("%d passed", t.Passed)
	case t.NotOffered > 0:
		return "not offered"
	}
	return "–"
}

var gradeOrder = map[string]int{"A+": 1, "A": 2, "B": 3, "F": 4}

func (c *cell) add(r properties.Result) {
	if r.Level == properties.Recommended {
		c.Recommended.add(r)
	} else {
		c.Required.add(r)
	}
	if gradeOrder[r.Grade] > gradeOrder[c.Grade] {
		c.Grade = r.Grade
	}
	if failed(r) && binding(r) {
		c.Grade = "F"
	}
	c.Cases = max(c.Cases, r.Cases)
	if r.Ulps == nil {
		return
	}
	if u := float64(*r.Ulps); c.Ulps == nil || !(u <= float64(*c.Ulps)) && !math.IsNaN(float64(*c.Ulps)) {
		c.Ulps, c.Worst, c.WorstClaim = r.Ulps, r.Worst, r.Claim
	}
}

// Text is what a narrow table shows of the cell: "A+ 0.52", "not run".
func (c cell) Text() string {
	all := c.Required.plus(c.Recommended)
	switch {
	case all.Attempted() == 0:
		return "–"
	case all.NotRun == all.Attempted():
		return "not run"
	}
	s := c.Grade
	if s == "" {
		s = "ok"
		if all.Failed > 0 {
			s = "✗"
		}
	}
	if c.Ulps != nil {
		s += " " + figure(*c.Ulps)
	}
	return s
}

// Class is the cell's grade as a word for a style sheet.
func (c cell) Class() string {
	switch c.Grade {
	case "A+", "A":
		return "good"
	case "B":
		return "fair"
	case "F":
		return "bad"
	}
	return "none"
}

// Required and Recommended of the whole row.
func (r row) Required() tally {
	var t tally
	for _, c := range r.Cells {
		t = t.plus(c.Required)
	}
	return t
}

func (r row) Recommended() tally {
	var t tally
	for _, c := range r.Cells {
		t = t.plus(c.Recommended)
	}
	return t
}

func (r row) Cases() int {
	n := 0
	for _, c := range r.Cells {
		n += c.Cases
	}
	return n
}

// CasesText is Cases for a person.
func (r row) CasesText() string { return group(r.Cases()) }

var regimeOrder = map[string]int{"tame": -4, "wide": -3, "extreme": -2, "nonfinite": -1}

// tables returns a table a subject. Subjects and ops are in the order in which
// they came, regimes in the order of regimeOrder, then as they came.
func tables(results []properties.Result) []table {
	var out []table
	at := make(map[string]int)
	for _, r := range results {
		if r.Layer != "code" {
			continue
		}
		i, ok := at[r.Subject]
		if !ok {
			i = len(out)
			at[r.Subject] = i
			out = append(out, table{Subject: r.Subject})
		}
		if !slices.Contains(out[i].Regimes, r.Regime) {
			out[i].Regimes = append(out[i].Regimes, r.Regime)
		}
	}
	for i := range out {
		t := &out[i]
		slices.SortStableFunc(t.Regimes, func(a, b string) int { return cmp.Compare(regimeOrder[a], regimeOrder[b]) })
		ops := make(map[string]int)
		for _, r := range results {
			if r.Layer != "code" || r.Subject != t.Subject {
				continue
			}
			j, ok := ops[r.Op]
			if !ok {
				j = len(t.Rows)
				ops[r.Op] = j
				t.Rows = append(t.Rows, row{Op: r.Op, Cells: make([]cell, len(t.Regimes))})
				for k, regime := range t.Regimes {
					t.Rows[j].Cells[k] = cell{Op: r.Op, Regime: regime}
				}
			}
			t.Rows[j].Lines = append(t.Rows[j].Lines, r)
			t.Rows[j].Cells[slices.Index(t.Regimes, r.Regime)].add(r)
		}
	}
	return out
}

// findings returns the lines about code that failed: the required first, in
// the order in which they came.
func findings(results []properties.Result) (required, recommended []properties.Result) {
	for _, r := range results {
		if r.Layer != "code" || !failed(r) {
			continue
		}
		if binding(r) {
			required = append(required, r)
		} else {
			recommended = append(recommended, r)
		}
	}
	return required, recommended
}

// counterexample returns what shows r best: the smallest input that fails, or
// the worst.
func counterexample(r properties.Result) *properties.Counterexample {
	if r.Small != nil {
		return r.Small
	}
	return r.Worst
}
