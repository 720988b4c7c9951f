package reports

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

// A table holds what was found about one subject's code.
type table struct {
	Subject string
	Regimes []string
	Rows    []row
}

// A row is an op of a subject, with a cell a regime, and the lines behind them.
type row struct {
	Op, Subject string
	Cells       []cell
	Lines       []result.Result
}

// A cell is an op in a regime.
type cell struct {
	Op, Regime            string
	Grade                 string      // the worst of its lines; F if a required one failed
	Spent                 result.Real // the largest share of what is REQUIRED that was spent
	SpentOfRecommended    result.Real
	Required, Recommended tally
	Ulps                  *result.Real // the largest error
	Worst                 *result.Counterexample
	WorstClaim            string
	Cases                 int // the most of a line: the claims about an op share their cases
	Unsupported           int // likewise: what the subject called unsupported, and was not judged
}

// A tally counts the lines of one level.
type tally struct{ Passed, Failed, NotRun, NotOffered int }

func (t *tally) add(r result.Result) {
	switch {
	case r.Outcome == result.NotOffered:
		t.NotOffered++
	case r.Idle():
		t.NotRun++
	case r.Outcome == result.Passed:
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

var gradeOrder = map[string]int{"A+": 1, "A": 2, "–": 3, "B": 4, "F": 5}

func (c *cell) add(r result.Result) {
	if r.Level == result.Recommended {
		c.Recommended.add(r)
		if r.Attempted() && !(r.Spent <= c.SpentOfRecommended) {
			c.SpentOfRecommended = r.Spent
		}
	} else {
		c.Required.add(r)
		if r.Attempted() && !(r.Spent <= c.Spent) {
			c.Spent = r.Spent
		}
	}
	if gradeOrder[r.Grade] > gradeOrder[c.Grade] {
		c.Grade = r.Grade
	}
	if r.Failed() && r.Binding() {
		c.Grade = "F"
	}
	c.Cases, c.Unsupported = max(c.Cases, r.Cases), max(c.Unsupported, r.Unsupported)
	if r.Ulps == nil {
		return
	}
	if u := float64(*r.Ulps); c.Ulps == nil || !(u <= float64(*c.Ulps)) && !math.IsNaN(float64(*c.Ulps)) {
		c.Ulps, c.Worst, c.WorstClaim = r.Ulps, r.Worst, r.Claim
	}
}

// Text is what a narrow table shows of the cell: its grade, and beside it the largest error
// of what is within an ulp, "A+ 0.52"; else the share of what its level allows that was
// spent, "A 63%" of RECOMMENDED, "B 42%" of REQUIRED, "F ×12". What is far beyond it, or no
// number, is F alone.
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
	share := func(spent float64) string { return fmt.Sprintf(" %.0f%%", math.Ceil(100*spent)) }
	switch spent := float64(c.Spent); {
	case c.Grade == "–":
	case c.Grade == "A" && c.SpentOfRecommended > 0:
		s += share(float64(c.SpentOfRecommended))
	case c.Grade == "B" && spent > 0 && spent <= 1:
		s += share(spent)
	case c.Grade == "F" && spent > 1 && spent < 1e4:
		s += " ×" + figure(c.Spent)
	case c.Grade == "A", c.Grade == "B", c.Grade == "F":
	case c.Ulps != nil:
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

// Offered reports whether any line of the row was put to the test, or should
// have been.
func (r row) Offered() bool { return r.Required().plus(r.Recommended()).Attempted() > 0 }

func (r row) Cases() int {
	n := 0
	for _, c := range r.Cells {
		n += c.Cases
	}
	return n
}

// Unsupported is how many cases the subject called unsupported.
func (r row) Unsupported() int {
	n := 0
	for _, c := range r.Cells {
		n += c.Unsupported
	}
	return n
}

// CasesText is Cases for a person, with what was not judged.
func (r row) CasesText() string {
	if n := r.Unsupported(); n > 0 {
		return group(r.Cases()) + " and " + group(n) + " unsupported"
	}
	return group(r.Cases())
}

var regimeOrder = map[string]int{"tame": -4, "wide": -3, "extreme": -2, "nonfinite": -1}

// tables returns a table a subject, all with the same regimes. Subjects and
// ops are in the order in which they came, regimes in the order of regimeOrder,
// then as they came.
func tables(results []result.Result) []table {
	var out []table
	var regimes []string
	met := make(map[string]bool)
	for _, r := range results {
		if r.Layer != "code" {
			continue
		}
		if !met[r.Subject] {
			met[r.Subject] = true
			out = append(out, table{Subject: r.Subject})
		}
		if !slices.Contains(regimes, r.Regime) {
			regimes = append(regimes, r.Regime)
		}
	}
	slices.SortStableFunc(regimes, func(a, b string) int { return cmp.Compare(regimeOrder[a], regimeOrder[b]) })
	for i := range out {
		t := &out[i]
		t.Regimes = slices.Clone(regimes)
		ops := make(map[string]int)
		for _, r := range results {
			if r.Layer != "code" || r.Subject != t.Subject {
				continue
			}
			j, ok := ops[r.Op]
			if !ok {
				j = len(t.Rows)
				ops[r.Op] = j
				t.Rows = append(t.Rows, row{Op: r.Op, Subject: t.Subject, Cells: make([]cell, len(t.Regimes))})
				for k, regime := range t.Regimes {
					t.Rows[j].Cells[k] = cell{Op: r.Op, Regime: regime}
				}
			}
			t.Rows[j].Lines = append(t.Rows[j].Lines, r)
			t.Rows[j].Cells[slices.Index(t.Regimes, r.Regime)].add(r)
		}
		t.Rows = batchesBeside(t.Rows)
	}
	return out
}

// batch ends the name of an op over batches of another: "nll.batch".
const batch = ".batch"

// batchesBeside returns the rows with those of batches after those of what they are batches of.
func batchesBeside(rows []row) []row {
	place := make(map[string]int)
	for i, r := range rows {
		if of := strings.TrimSuffix(r.Op, batch); of == r.Op || place[of] == 0 {
			place[of] = i + 1
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		return cmp.Compare(place[strings.TrimSuffix(a.Op, batch)], place[strings.TrimSuffix(b.Op, batch)])
	})
	return rows
}
