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
	Row                string // at the head of a row: the plural, in full
	Class              string
}

// stances in the order of the standings.
var stances = []stance{
	{"refuted", "false", "✗", "false as printed", "false", "false", "x"},
	{"holds-if", "conditional", "◑", "holds under a condition", "hold if", "hold under a condition", "i"},
	{"holds", "true", "✓", "holds", "hold", "hold", "o"},
	{"not-checkable", "unchecked", "–", "not checkable", "not checkable", "not checkable", "u"},
	{unestablished.Key, "unestablished", "!", "not established", "not established", "not established", "b"},
	{notRun.Key, "not-run", "·", "not run", "not run", "not run", "u"},
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
	Means      []fact   // and what they mean
	Worst      []worst
	Shown      int // false ones that Worst names
	Subject    string
	Release    string
	Conclusion string
	State      string // passed, refuted, incomplete
	Word       string // passes, does not pass
}

type stanceCount struct {
	stance
	Count int
	Rests []rest // for each evidence that there is
	Told  bool   // in words instead: one input is enough
	How   string
}

// Proved is how many of them rest on a proof of what is right; nil if none does.
func (s stanceCount) Proved() *rest {
	for _, r := range s.Rests {
		if r.Evidence == result.Proved && r.Count > 0 {
			return &r
		}
	}
	return nil
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

// evidenceHeads are the words at the head of a column, and evidenceTold what they mean.
var (
	evidenceHeads = map[result.Evidence]string{result.Proved: "proved", inPart: "in part", result.Sampled: "tried", result.Trained: "trained"}
	evidenceTold  = map[result.Evidence]string{
		result.Proved:  "for all inputs of any size, by %s, %s steps in all, that this run checked again",
		inPart:         "a part so, which the statement names; the rest on %s inputs or more each, and none is against it",
		result.Sampled: "on %s inputs or more each, and none is against it",
		result.Trained: "seen in gradient descents",
	}
)

// surely says what a verdict means, where its name does not.
var surely = map[result.Verdict]string{
	result.IsRefuted:    "each fails on an input",
	result.HoldsIf:      "and fail just beyond it",
	result.NotCheckable: "definitions and opinions",
}

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
	{"The simple and the square-square loss push the wrong way", "The cases of their gradients are exchanged: trained as printed, a wrong answer below the margin is never pushed up.", []string{"C56", "C57", "C65", "C66"}},
	{"A derivative of e^{−βF} without its exponential", "F stands where e^{−βF} belongs. A second mistake, some lines below, undoes it: the derivation ends right.", []string{"C37", "C38", "C40", "C41"}},
	{"argmin for min: a choice in place of its energy", "The energy of y would be the number of its best hidden part z, so that renaming the parts changes which answer is best.", []string{"C28"}},
}

const mostMistakes = 3

func newTop(run *Run, cards []card) top {
	code := run.ExitCode()
	t := top{
		Subject:    oneLine(clean(subject(run.Header.Subject))),
		Release:    release(run.Header.Subject),
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
		met[rests(c.Result)] = met[rests(c.Result)] || c.ofSource()
	}
	for _, e := range evidences {
		if met[e] {
			t.Evidence = append(t.Evidence, evidenceHeads[e])
		}
	}
	t.Means = meanings(cards, met)
	for _, s := range stances {
		n := 0
		counts := make(map[result.Evidence]int)
		for _, c := range cards {
			if !c.ofSource() || c.Key != s.Key {
				continue
			}
			of[c.ID] = c
			n++
			counts[rests(c.Result)]++
		}
		if n == 0 {
			continue
		}
		tally := stanceCount{stance: s, Count: n, How: surely[s.Key], Told: s.Key == result.IsRefuted}
		for _, e := range evidences {
			if met[e] {
				tally.Rests = append(tally.Rests, rest{e, s.Fragment + "-" + string(e), counts[e]})
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
	for _, w := range t.Worst {
		t.Shown += len(w.Refs)
	}
	return t
}

// meanings say what each kind of evidence is worth in this run.
func meanings(cards []card, met map[result.Evidence]bool) []fact {
	var source []statement
	least := 0
	for _, c := range cards {
		if !c.ofSource() {
			continue
		}
		source = append(source, c.statement)
		if c.Result.Evidence == result.Sampled && c.Key != result.IsRefuted && (least == 0 || c.Cases < least) {
			least = c.Cases
		}
	}
	_, theorems, steps := restOn(source)
	var out []fact
	for _, e := range evidences {
		told := evidenceTold[e]
		switch {
		case !met[e]:
			continue
		case e == result.Proved:
			told = fmt.Sprintf(told, count(theorems, "proof", "proofs"), group(steps))
		case e == inPart || e == result.Sampled:
			told = fmt.Sprintf(told, group(least))
		}
		out = append(out, fact{evidenceHeads[e], told})
	}
	return out
}

func (c card) worst(title, says string, refs []string) worst {
	return worst{Title: title, Says: says, Printed: c.PrintedSet, Right: c.RightSet, Shown: c.Sentence, Refs: refs, How: c.How()}
}
