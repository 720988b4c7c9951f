package reports

import (
	"html/template"
	"strings"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/result"
)

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

func (c card) Classes() string { return c.place().Classes() }

// How says how surely the verdict stands.
func (c card) How() string {
	how := evidenceWords[rests(c.Result)]
	switch {
	case c.Key == result.NotCheckable:
		return ""
	case c.Key == result.IsRefuted && c.Result.Evidence == result.Proved:
		return "what is right is proved"
	case rests(c.Result) == inPart && c.CasesText != "":
		return how + "; tried on " + c.CasesText
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
	return place{id, strings.TrimPrefix(id, "C"), c.Anchor, plainly(c.Says), strings.TrimSpace(step), c.stance, rests(c.Result)}
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
