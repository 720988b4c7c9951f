package reports

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"ebmcheck/properties/formula"
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

// card is a statement with all that is known of it.
type card struct {
	statement
	Anchor  string
	Anchors []string // of the other statements that it covers
	stance
	Line       template.HTML // the statement as a formula, with what is wrong in it marked, and what belongs there
	Quoted     template.HTML // what the source says instead of a formula
	PrintedSet template.HTML
	RightSet   template.HTML
	RightLabel string
	More       template.HTML // that is true
	Sentence   template.HTML // the counterexample
	Told       []told
	Pictures   []picture // of it alone
	Figures    []picture // that it has a part in
	Follows    []place
	UsedBy     []place
	Next       string // the next false one
	CasesText  string
}

// told is a line of evidence.
type told struct {
	Label string
	Text  template.HTML
	Code  string
}

func (c card) Classes() string { return c.place().Classes() }

// How says how surely the verdict stands.
func (c card) How() string {
	how := rests(c.Result)
	switch {
	case c.Key == result.NotCheckable:
		return ""
	case c.Key == result.IsRefuted && c.Result.Evidence == result.Proved:
		return "what is right is proved"
	case how == inPart && c.CasesText != "":
		return inPart + "; tried on " + c.CasesText
	case c.Result.Evidence == result.Sampled && c.CasesText != "":
		return "tried on " + c.CasesText
	}
	return strings.Join(nonEmpty(how, c.CasesText), "; ")
}

// theorems are what is proved about a statement.
type theorems struct {
	Head string
	Each []theorem
}

type theorem struct {
	Says, ForAll  template.HTML
	Size, Command string
}

// Theorems are the proofs of a statement, to be folded.
func (c card) Theorems() theorems {
	t := theorems{Head: count(len(c.Proofs), "theorem, its certificate checked in this run", "theorems, their certificates checked in this run")}
	for _, p := range c.Proofs {
		says := asText(setText(p.Says))
		if s, err := formula.ParseStatement(p.Text); err == nil {
			says = template.HTML(s.Lines())
		}
		t.Each = append(t.Each, theorem{says, setText(p.ForAll), count(p.Steps, "step", "steps"), "ebmcheck explain " + p.Name})
	}
	return t
}

func (c card) ofSource() bool { return 0 < c.N && c.N <= lastStatement }

// cards gives each statement its anchor: its own number if it is the first to
// have it. A statement that covers others is their anchor too, if they have no
// line of their own.
func (a anchors) cards(ss []statement) []card {
	out := make([]card, len(ss))
	for i, s := range ss {
		want := s.ID
		if s.N == 0 && !s.ofText() {
			want = "claim-" + s.Claim
		}
		c := card{statement: s, Anchor: a.give(want), stance: stanceOf(s.Standing().Key)}
		if s.Cases > 0 {
			c.CasesText = count(s.Cases, "case", "cases")
		}
		c.set()
		c.Sentence = sentence(s)
		c.Told = s.told()
		for _, p := range s.Paths {
			c.Pictures = append(c.Pictures, descentPicture(p))
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
	link(out)
	return out
}

// link gives each card what it follows from, what follows from it, and the next false one.
func link(cards []card) {
	at := make(map[int]int)
	next := make(map[bool]string) // of another text
	for i := len(cards) - 1; i >= 0; i-- {
		c := &cards[i]
		if c.Key == result.IsRefuted {
			c.Next, next[c.ofText()] = next[c.ofText()], c.Anchor
		}
		if c.N > 0 {
			at[c.N] = i
		}
	}
	for i := range cards {
		for _, n := range follows[cards[i].N] {
			if j, ok := at[n]; ok {
				cards[i].Follows = append(cards[i].Follows, cards[j].place())
				cards[j].UsedBy = append(cards[j].UsedBy, cards[i].place())
			}
		}
	}
}

func (c card) place() place {
	id := c.ID
	if c.N == 0 && len(c.Also) > 0 {
		id = c.Also[0] // its first reference
	}
	step := c.Where[strings.LastIndex(c.Where, ", ")+1:]
	return place{id, strings.TrimPrefix(id, "C"), c.Anchor, plainly(c.Says), strings.TrimSpace(step), c.stance, c.Result.Evidence}
}

// plainly writes an index W where a text can have none: Fᵂ(x, y).
func plainly(s string) string { return strings.ReplaceAll(s, "_W(", "ᵂ(") }

// set sets the formulas: from the statement as it was examined, or else as it is told in text.
func (c *card) set() {
	c.RightLabel = map[result.Verdict]string{result.IsRefuted: "Right", result.HoldsIf: "What holds"}[c.Key]
	if c.RightLabel == "" {
		c.RightLabel = "Checked as"
	}
	if c.setStated() {
		return
	}
	if prose.MatchString(c.Printed) {
		c.Quoted = setText(c.Printed)
	} else if c.Printed != "" {
		c.Line = asText(setMath(c.Printed))
	}
	if c.Formula == "" {
		return
	}
	first, rest, _ := strings.Cut(c.Formula, "; ") // what is right instead, and what more is to say
	right := setMath(first)
	if c.Key == result.IsRefuted && c.Printed != "" {
		if prose.MatchString(c.Printed) {
			c.RightLabel = "What holds instead"
		} else {
			printed, r := marked(c.Printed, first)
			right, c.Line, c.PrintedSet = r, asText(printed), asText(printed)
		}
	}
	if c.Formula != c.Printed {
		c.RightSet = asText(right)
		c.More = setMath(rest)
	}
}

// ShortCondition returns the condition of a statement that is told in words, if it is short.
func (c card) ShortCondition() template.HTML {
	if c.Key != result.HoldsIf || c.Stated != nil && c.Stated.Condition != "" || columns(c.Condition) > 90 {
		return ""
	}
	return setMath(c.Condition)
}

// asText is a formula that is set as text.
func asText(s template.HTML) template.HTML {
	return `<span class="fx">` + template.HTML(strings.ReplaceAll(string(s), "\n", "<br>")) + `</span>`
}

func (c *card) setStated() bool {
	if c.Stated == nil {
		return false
	}
	printed, err := formula.ParseStatement(c.Stated.Printed)
	if err != nil {
		return false
	}
	right, err := formula.ParseStatement(c.Stated.True)
	more := err == nil
	if tail := ": " + printed.Unicode(); c.Printed != printed.Unicode() {
		c.Quoted = setText(strings.TrimSuffix(c.Printed, tail))
	}
	c.Line = template.HTML(printed.Lines())
	switch {
	case c.Key == result.IsRefuted && more:
		wrong, corrected, both, more := printed.Against(right)
		c.PrintedSet, c.RightSet, c.Line = template.HTML(wrong), template.HTML(corrected), template.HTML(both)
		if more != "" {
			c.More = "and " + template.HTML(more)
		}
	case more:
		c.RightSet, c.RightLabel = template.HTML(right.Lines()), "What more is true"
	}
	if condition, err := formula.ParseStatement(c.Stated.Condition); err == nil {
		c.Line = template.HTML(printed.LinesIf(condition))
	}
	return true
}

// sentence is the counterexample of a statement: "At F = 0, β = 1: claimed 0, actually −1: false."
func sentence(s statement) template.HTML {
	c := s.Small
	if c == nil {
		return ""
	}
	got, _ := shortened(c.Got)
	want, _ := shortened(c.Want)
	begin, what := "At ", ": "
	if s.Standing().Key == result.HoldsIf {
		begin = "Without the condition, at "
	}
	if s.Stated != nil {
		what = " the left side is "
	}
	at := strings.ReplaceAll(string(setNumbers(c.Case)), " = ", "\u00a0=\u00a0") // no line ends within m = 1
	return template.HTML(begin+at+what) + `claimed <b>` + setNumbers(claimed(c.Relation, want)) + `</b>, actually <b>` +
		setNumbers(got) + `</b>: <strong class="bad">false</strong>.`
}

// told is what stands behind a verdict, kind by kind, and how to have it again.
func (s statement) told() []told {
	var out []told
	add := func(label string, t template.HTML) {
		if t != "" {
			out = append(out, told{Label: label, Text: t})
		}
	}
	if c := s.Small; c != nil {
		if s.Stated == nil {
			add("Compared", setText(c.What))
		}
		add("Certified", setNumbers(outwards(c.Enclosure)))
		add("Note", setText(c.Note))
	}
	if s.Cases > 0 {
		add("Sampled", setText(s.sampled()))
	}
	if s.Stated != nil && s.Stated.Only != nil {
		add("True only", setText(where(s.Stated.Only)))
	}
	if len(s.Beyond) > 1 {
		for _, b := range s.Beyond {
			add("Beyond", setText("without “"+b.Part+"” alone: "+asWritten(witness(b.Small, string(s.Layer)))))
		}
	}
	if s.Fault != "" {
		planted := s.Fault
		if s.Planted != nil {
			planted += " — refuted at " + asWritten(witness(s.Planted, string(s.Layer)))
		}
		add("Planted fault", setText(planted))
	}
	if len(s.Also) > 0 {
		add("Beside", setText(strings.Join(s.Also, ", ")))
	}
	if s.Replay != "" {
		out = append(out, told{Label: "Repeat", Code: s.Replay})
	}
	return out
}

// sampled says in how many cases the printed form held and failed.
func (s statement) sampled() string {
	if len(s.Sides) == 0 {
		return count(s.Cases, "case", "cases")
	}
	return count(s.Cases, "case", "cases") + "; the printed form " + sideOf.ReplaceAllString(sides(s.Sides), "$1 in $2")
}

var sideOf = regexp.MustCompile(`(holds|fails|nothing|outside) ([0-9])`)

// where says where alone a refuted form is true.
func where(texts []string) string {
	var out []string
	for _, t := range texts {
		if s, err := formula.ParseStatement(t); err == nil {
			out = append(out, s.Unicode())
		}
	}
	if len(out) == 0 {
		return "nowhere"
	}
	return "where " + strings.Join(out, " or ")
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
			p.Places = append(p.Places, place{ID: id, Number: id[1:], Link: id, Says: plainly(c.Says), stance: c.stance, Rests: c.Result.Evidence})
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
