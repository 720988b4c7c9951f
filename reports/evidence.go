package reports

import (
	"fmt"
	"strings"

	"ebmcheck/properties/result"
)

// evidenceWords say how surely a verdict stands.
var evidenceWords = map[result.Evidence]string{
	result.Proved:  "proved",
	result.Sampled: "tried on cases",
	result.Trained: "observed in training",
}

// inPart is on what a verdict rests of which a part is proved.
const inPart = "proved in part"

// rests says on what the verdict of a statement rests: on a proof of a part of it, and else on cases.
func rests(r result.Result) string {
	if r.Evidence == result.Sampled && r.ProvedPart != "" {
		return inPart
	}
	return evidenceWords[r.Evidence]
}

// restOn counts the statements by what their verdicts rest on, and the theorems about them with their steps.
func restOn(ss []statement) (phrases []string, theorems, steps int) {
	n, met := map[string]int{}, map[string]bool{}
	for _, s := range ss {
		n[rests(s.Result)]++
		for _, p := range s.Proofs {
			if !met[p.Name] {
				met[p.Name] = true
				steps += p.Steps
			}
		}
	}
	for _, e := range []string{evidenceWords[result.Proved], inPart, evidenceWords[result.Sampled], evidenceWords[result.Trained]} {
		if n[e] > 0 {
			phrases = append(phrases, fmt.Sprintf("%d %s", n[e], e))
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
