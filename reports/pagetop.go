package reports

import (
	"fmt"
	"html/template"
	"slices"

	"ebmcheck/properties/result"
)

// A stance is how the page says what became of a statement: the fragment of the address by which the page is filtered, and words.
type stance struct {
	Key                result.Verdict
	Fragment           string
	Mark, Word, Plural string
	Class              string
}

// stances in the order of the standings.
var stances = []stance{
	{"refuted", "false", "✗", "false as printed", "false", "x"},
	{"holds-if", "conditional", "◑", "holds under a condition", "hold if", "i"},
	{"holds", "true", "✓", "holds", "hold", "o"},
	{"not-checkable", "unchecked", "–", "not checkable", "not checkable", "u"},
	{unestablished.Key, "unestablished", "!", "not established", "not established", "b"},
	{notRun.Key, "not-run", "·", "not run", "not run", "u"},
}

func stanceOf(v result.Verdict) stance {
	for _, s := range stances {
		if s.Key == v {
			return s
		}
	}
	return stances[4]
}

// top is the first screen.
type top struct {
	Checkable  int // statements of the source
	Tally      []stanceCount
	Evidence   []string // its columns, in words
	Worst      []worst
	Subject    string
	Conclusion string
	State      string // passed, refuted, incomplete
	Word       string // passes, does not pass
}

type stanceCount struct {
	stance
	Count int
	Rests []rest // for each evidence that there is
	How   string // how surely
}

// rest is how many statements of a stance rest on what.
type rest struct {
	Evidence result.Evidence
	Fragment string
	Count    int
}

// A filter is a fragment of the address with which only some lines are shown.
type filter struct{ Fragment, Lines, Class, Words string }

// filters are by stance, and by what it rests on.
func filters() []filter {
	var out []filter
	for _, s := range stances {
		words := s.Mark + " " + s.Word
		out = append(out, filter{s.Fragment, "." + s.Class + "." + s.Fragment, s.Class, words})
		for _, e := range evidences {
			out = append(out, filter{s.Fragment + "-" + string(e), "." + s.Class + "." + s.Fragment + "." + string(e), s.Class, words + ", " + evidenceWords[e]})
		}
	}
	return out
}

// evidenceHeads are the words at the head of a column.
var evidenceHeads = map[result.Evidence]string{result.Proved: "proved", result.Sampled: "tried", result.Trained: "trained"}

var evidences = []result.Evidence{result.Proved, result.Sampled, result.Trained}

func (t top) count(v result.Verdict) int {
	for _, c := range t.Tally {
		if c.Key == v {
			return c.Count
		}
	}
	return 0
}

func (t top) False() int       { return t.count(result.IsRefuted) }
func (t top) Conditional() int { return t.count(result.HoldsIf) }
func (t top) True() int        { return t.count(result.Holds) }
func (t top) Unchecked() int   { return t.count(result.NotCheckable) }
func (t top) Unestablished() int {
	return t.count(unestablished.Key) + t.count(notRun.Key)
}

// A worst is a mistake that matters, with the statements that make it.
type worst struct {
	Title, Says    string
	Printed, Right template.HTML
	Shown          template.HTML // the counterexample of the first
	Refs           []string
	How            string // surely
}

// mistakes that matter most, each with what it is about and the statements that make it, the plainest first.
var mistakes = []struct {
	title, says string
	refs        []string
}{
	{"Two losses push the wrong way", "The branches of their gradients are reversed: trained as printed, a wrong answer below the margin is never pushed away.", []string{"C56", "C57", "C65", "C66"}},
	{"An exponential is lost, then put back in silence", "A second error further down undoes it, so that the result is right.", []string{"C37", "C38", "C40", "C41"}},
	{"The name of the best choice stands for its energy", "Answers would be ranked by how their parts are named.", []string{"C28"}},
}

const mostMistakes = 3

func newTop(run *Run, cards []card) top {
	code := run.ExitCode()
	t := top{
		Subject:    oneLine(clean(subject(run.Header.Subject))),
		Conclusion: conclusion(run),
		State:      codeState[code],
		Word:       map[int]string{result.ExitPassed: "passes", result.ExitRefuted: "does not pass"}[code],
	}
	if t.Word == "" {
		t.Word = "not all of it was judged"
	}
	of := make(map[string]card)
	met := make(map[result.Evidence]bool)
	for _, c := range cards {
		met[c.Result.Evidence] = met[c.Result.Evidence] || c.ofSource()
	}
	for _, e := range evidences {
		if met[e] {
			t.Evidence = append(t.Evidence, evidenceHeads[e])
		}
	}
	for _, s := range stances {
		n, least := 0, 0
		rests := make(map[result.Evidence]int)
		for _, c := range cards {
			if !c.ofSource() || c.Key != s.Key {
				continue
			}
			if of[c.ID] = c; n == 0 || c.Cases < least {
				least = c.Cases
			}
			n++
			rests[c.Result.Evidence]++
		}
		if n == 0 {
			continue
		}
		tally := stanceCount{stance: s, Count: n, How: surely(s.Key, least)}
		for _, e := range evidences {
			if met[e] {
				tally.Rests = append(tally.Rests, rest{e, s.Fragment + "-" + string(e), rests[e]})
			}
		}
		t.Tally = append(t.Tally, tally)
	}
	t.Checkable = t.False() + t.Conditional() + t.True() + t.Unestablished()
	for _, m := range mistakes {
		var refs []string
		for _, ref := range m.refs {
			if of[ref].Key == result.IsRefuted {
				refs = append(refs, ref)
			}
		}
		if len(refs) > 0 {
			t.Worst = append(t.Worst, of[refs[0]].worst(m.title, m.says, refs))
		}
	}
	for _, c := range cards {
		known := slices.ContainsFunc(t.Worst, func(w worst) bool { return slices.Contains(w.Refs, c.ID) })
		if len(t.Worst) < min(mostMistakes, t.False()) && c.ofSource() && c.Key == result.IsRefuted && !known {
			t.Worst = append(t.Worst, c.worst(c.Says, "", []string{c.ID}))
		}
	}
	return t
}

func (c card) worst(title, says string, refs []string) worst {
	return worst{Title: title, Says: says, Printed: c.PrintedSet, Right: c.RightSet, Shown: c.Sentence, Refs: refs, How: c.How()}
}

// surely says what stands behind a verdict.
func surely(v result.Verdict, cases int) string {
	switch v {
	case result.IsRefuted:
		return "by an input each: one is enough"
	case result.HoldsIf:
		return fmt.Sprintf("%s cases or more each, false just beyond it", group(cases))
	case result.Holds:
		return fmt.Sprintf("%s cases or more each, never false", group(cases))
	case result.NotCheckable:
		return "definitions and opinions"
	}
	return ""
}
