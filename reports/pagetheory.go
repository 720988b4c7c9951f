package reports

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

// part is a section of the source, in paragraphs.
type part struct {
	Title, Short, Anchor string
	Places               []place
	Paragraphs           []paragraph
}

// paragraph is a lettered part of a section, with the statements that it makes.
type paragraph struct {
	Title string
	Note  string
	Chain []place // of a derivation, line by line
	Cards []card
}

// place is a statement on the map; without a card it has no link.
type place struct {
	ID, Number, Link, Says string
	Step                   string // of a derivation: line 1
	stance
	Rests result.Evidence
}

// Classes are those by which the page is filtered.
func (p place) Classes() string {
	return strings.Join(nonEmpty(p.Class, p.Fragment, string(p.Rests)), " ")
}

var lettered = regexp.MustCompile(`(\d\.\d) ?\(([a-z])\)`)

// parts sorts the cards into the sections of the source and a last one of what it
// does not state.
func parts(cards []card) []part {
	byRef := make(map[string]card)
	for _, c := range cards {
		for _, ref := range c.Refs {
			if _, taken := byRef[ref]; !taken || ref == c.ID {
				byRef[ref] = c
			}
		}
	}
	var out []part
	for i, sec := range sections {
		p := part{Title: sec.Title, Short: sec.Short, Anchor: fmt.Sprintf("part-%d", i+1)}
		for n := sec.First; n <= sec.Last; n++ {
			id := fmt.Sprintf("C%02d", n)
			c, ok := byRef[id]
			if !ok {
				p.Places = append(p.Places, place{ID: id, Number: id[1:], stance: stance{"absent", "", "·", "not in this run", "", "", "u"}})
				continue
			}
			p.Places = append(p.Places, place{ID: id, Number: id[1:], Link: id, Says: plainly(c.Says), stance: c.stance, Rests: rests(c.Result)})
		}
		for _, c := range cards {
			if sec.First <= c.N && c.N <= sec.Last {
				p.add(c)
			}
		}
		out = append(out, p)
	}
	beyond := part{Title: "Beyond the source", Short: "Beyond it", Anchor: "beyond"}
	for _, c := range cards {
		if !c.ofSource() && !c.ofText() {
			beyond.add(c)
			beyond.Places = append(beyond.Places, c.place())
		}
	}
	if len(beyond.Places) > 0 {
		out = append(out, beyond)
	}
	return out
}

// otherTexts sorts the statements of other texts by what they are in.
func otherTexts(cards []card) []part {
	var out []part
	for _, text := range append(slices.Clone(result.Texts), result.Text{}) {
		p := part{Title: orElse(text.Name, "Elsewhere")}
		para := paragraph{Title: orElse(text.About, "Elsewhere"), Note: text.Read}
		for _, c := range cards {
			if c.ofText() && textOf(c.Where) == text {
				para.Cards = append(para.Cards, c)
				p.Places = append(p.Places, c.place())
			}
		}
		if p.Paragraphs = []paragraph{para}; len(para.Cards) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// textOf returns the text with whose name a place begins, the zero Text if there is none.
func textOf(where string) result.Text {
	var of result.Text
	for _, t := range result.Texts {
		if strings.HasPrefix(where, t.Name) && len(t.Name) > len(of.Name) {
			of = t
		}
	}
	return of
}

// add puts a card into the paragraph where it is stated.
func (p *part) add(c card) {
	title := "At large"
	if m := lettered.FindStringSubmatch(c.Where); m != nil && c.ofSource() {
		title = m[1] + " (" + m[2] + ")"
		if t := paragraphs[m[1]+m[2]]; t != "" {
			title += " " + t
		}
	}
	if n := len(p.Paragraphs); n == 0 || p.Paragraphs[n-1].Title != title {
		p.Paragraphs = append(p.Paragraphs, paragraph{Title: title})
	}
	last := &p.Paragraphs[len(p.Paragraphs)-1]
	last.Cards = append(last.Cards, c)
	if strings.Contains(c.Where, "chain") || slices.ContainsFunc(c.Follows, func(f place) bool {
		return slices.ContainsFunc(last.Chain, func(l place) bool { return l.ID == f.ID })
	}) {
		last.Chain = append(last.Chain, c.place())
	}
}
