package reports

import (
	"fmt"

	"ebmcheck/properties/result"
)

// part is a section of the source, with a place for each of its statements.
type part struct {
	Title, Anchor string
	Places        []place
	Cards         []card
}

// place is a statement in the table of contents; without a card it has no
// link.
type place struct {
	ID, Link, Says string
	standing
}

// card is a statement with all that is known of it.
type card struct {
	statement
	Anchor  string
	Anchors []string // of the other statements that it covers
	standing
	SidesText  string
	FaultAt    string // where the planted fault fails
	CasesText  string
	WhatHolds  string // the label of the formula
	Shows      string // the label of the counterexample
	Lines      []labelled
	SameAsText bool // the formula is the printed one
}

// cards gives each statement its anchor: its own number if it is the first to
// have it. A statement that covers others is their anchor too, if they have no
// line of their own.
func (a anchors) cards(ss []statement) []card {
	out := make([]card, len(ss))
	for i, s := range ss {
		want := s.ID
		if s.N == 0 {
			want = "claim-" + s.Claim
		}
		c := card{statement: s, Anchor: a.give(want), standing: s.Standing(), SidesText: sides(s.Sides),
			Lines: describe(s.Small, string(s.Layer)), SameAsText: s.Formula != "" && s.Formula == s.Printed}
		c.WhatHolds, c.Shows = labels(s)
		if s.Planted != nil {
			c.FaultAt = witness(s.Planted, string(s.Layer))
		}
		if s.Cases > 0 {
			c.CasesText = count(s.Cases, "case", "cases")
		}
		out[i] = c
	}
	for i := range out {
		for _, ref := range out[i].Also {
			if number.MatchString(ref) && !a[ref] {
				out[i].Anchors = append(out[i].Anchors, a.give(ref))
			}
		}
	}
	return out
}

// labels returns what to call a statement's formula and its counterexample.
func labels(s statement) (formula, counterexample string) {
	switch s.Standing().Key {
	case result.Holds:
		return "Checked as", "Example"
	case result.HoldsIf:
		return "Holds, under the condition", "Without the condition"
	case result.IsRefuted:
		return "What holds", "Smallest counterexample"
	case result.NotCheckable:
		return "In symbols", "Example"
	}
	return "What should hold", "Counterexample"
}

func parts(cards []card) []part {
	byRef := make(map[string]card)
	for _, c := range cards {
		for _, id := range c.Anchors {
			byRef[id] = c
		}
	}
	for i := len(cards) - 1; i >= 0; i-- {
		byRef[cards[i].Anchor] = cards[i]
	}
	var out []part
	for i, sec := range sections {
		p := part{Title: sec.Title, Anchor: fmt.Sprintf("part-%d", i+1)}
		for n := sec.First; n <= sec.Last; n++ {
			id := fmt.Sprintf("C%02d", n)
			c, ok := byRef[id]
			if !ok {
				p.Places = append(p.Places, place{ID: id, standing: standing{"absent", "·", "not in this run", ""}})
				continue
			}
			p.Places = append(p.Places, place{id, id, c.Says, c.standing})
		}
		for _, c := range cards {
			if sec.First <= c.N && c.N <= sec.Last {
				p.Cards = append(p.Cards, c)
			}
		}
		out = append(out, p)
	}
	beyond := part{Title: "Beyond the source", Anchor: "beyond"}
	for _, c := range cards {
		if c.N == 0 || c.N > lastStatement {
			beyond.Cards = append(beyond.Cards, c)
			beyond.Places = append(beyond.Places, place{short(c.statement), c.Anchor, c.Says, c.standing})
		}
	}
	if len(beyond.Cards) > 0 {
		out = append(out, beyond)
	}
	return out
}

// short is a name for a statement that the source does not number: its first
// reference.
func short(s statement) string {
	if s.N == 0 && len(s.Also) > 0 {
		return s.Also[0]
	}
	return s.ID
}
