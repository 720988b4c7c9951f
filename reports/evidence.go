package reports

import (
	"fmt"
	"strings"

	"ebmcheck/properties/result"
)

// inPart is what a verdict rests on where a part is proved, and the rest is tried on cases.
const inPart result.Evidence = "in-part"

// evidences are what a verdict may rest on, the surest first, and evidenceWords say how surely it stands then.
var (
	evidences     = []result.Evidence{result.Proved, inPart, result.Sampled, result.Trained}
	evidenceWords = map[result.Evidence]string{
		result.Proved:  "proved",
		inPart:         "proved in part",
		result.Sampled: "tried on cases",
		result.Trained: "observed in training",
	}
)

// rests returns what the verdict of a statement rests on.
func rests(r result.Result) result.Evidence {
	if r.Evidence == result.Sampled && r.ProvedPart != "" {
		return inPart
	}
	return r.Evidence
}

// restOn counts the statements by what their verdicts rest on, and the theorems about them with their steps.
func restOn(ss []statement) (phrases []string, theorems, steps int) {
	n, met := map[result.Evidence]int{}, map[string]bool{}
	for _, s := range ss {
		n[rests(s.Result)]++
		for _, p := range s.Proofs {
			if !met[p.Name] {
				met[p.Name] = true
				steps += p.Steps
			}
		}
	}
	for _, e := range evidences {
		if n[e] > 0 {
			phrases = append(phrases, fmt.Sprintf("%d %s", n[e], evidenceWords[e]))
		}
	}
	return phrases, len(met), steps
}

// howSurely says on what the verdicts rest, "" if it is not known.
func howSurely(ss []statement) string {
	phrases, theorems, steps := restOn(ss)
	if len(phrases) == 0 {
		return ""
	}
	text := "What they rest on: " + strings.Join(phrases, ", ") + "."
	if theorems > 0 {
		text += fmt.Sprintf(" What is proved has certificates, %d theorems of %s steps about these statements, which are checked again "+
			"in every run; a refuted statement has its counterexample besides. Proved is about real numbers and the formula that is shown: not about the "+
			"prose beside it, nor about any program. Where a part is proved the entry says which; the rest is tried on cases, and that is evidence, no proof.", theorems, group(steps))
	}
	return text
}

// proofs lists what is proved about a statement.
func (m *document) proofs(r result.Result) {
	if len(r.Proofs) == 0 {
		return
	}
	head := "Proved:"
	if r.ProvedPart != "" {
		head = "Proved in part, " + mdText(r.ProvedPart) + ":"
	}
	m.para(head)
	for _, p := range r.Proofs {
		m.WriteString("- " + mdCode(p.Says) + "  \n  for " + mdText(p.ForAll) + " · " + mdCode(p.Name) + ", " + count(p.Steps, "step", "steps") + "\n")
	}
	m.WriteByte('\n')
}
