package reports

import (
	"strings"

	"ebmcheck/properties/result"
)

// untested is something that was not tested, and why.
type untested struct {
	Title string
	Items []untestedItem
}

type untestedItem struct{ Name, Link, Text string }

// notTested gathers what the page can't vouch for.
func notTested(cards []card, results []result.Result, several bool) []untested {
	opinions := untested{Title: "Not checkable: definitions and opinions"}
	idle := untested{Title: "Not run"}
	lacking := untested{Title: "Not offered by the subject"}
	gone := untested{Title: "Statements without a result in this run"}
	for _, c := range cards {
		switch {
		case c.Outcome == result.NotRun:
			idle.Items = append(idle.Items, untestedItem{c.ID, c.Anchor, c.Why})
		case c.established() && c.Verdict == result.NotCheckable:
			opinions.Items = append(opinions.Items, untestedItem{c.ID, c.Anchor, orElse(c.Why, c.Says)})
		}
	}
	for _, r := range results {
		if r.Layer != "code" {
			continue
		}
		parts := nonEmpty(r.Claim, r.Regime, string(r.Level))
		if several {
			parts = append(nonEmpty(r.Subject), parts...)
		}
		name := strings.Join(parts, " · ")
		switch {
		case r.Outcome == result.NotRun:
			idle.Items = append(idle.Items, untestedItem{name, "", r.Why})
		case r.Idle():
			idle.Items = append(idle.Items, untestedItem{name, "", "It passed on no case at all."})
		case r.Outcome == result.NotOffered:
			lacking.Items = append(lacking.Items, untestedItem{name, "", r.Why})
		}
	}
	if len(cards) > 0 {
		var ss []statement
		for _, c := range cards {
			ss = append(ss, c.statement)
		}
		if missing := absent(ss); len(missing) > 0 {
			gone.Items = []untestedItem{{strings.Join(missing, ", "), "", ""}}
		}
	}
	var out []untested
	for _, u := range []untested{idle, lacking, opinions, gone} {
		if len(u.Items) > 0 {
			out = append(out, u)
		}
	}
	return out
}
