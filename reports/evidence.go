package reports

import (
	"fmt"
	"html/template"
	"strings"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/result"
)

// evidenceWords say how surely a verdict stands.
var evidenceWords = map[result.Evidence]string{
	result.Proved:  "proved",
	result.Sampled: "tried on cases",
	result.Trained: "observed in training",
}

// restOn counts the statements by what their verdicts rest on, and the theorems about them with their steps.
func restOn(ss []statement) (phrases []string, theorems, steps int) {
	n, met := map[result.Evidence]int{}, map[string]bool{}
	for _, s := range ss {
		n[s.Evidence]++
		for _, p := range s.Proofs {
			if !met[p.Name] {
				met[p.Name] = true
				steps += p.Steps
			}
		}
	}
	for _, e := range []result.Evidence{result.Proved, result.Sampled, result.Trained} {
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
			"prose beside it, nor about any program. “Tried on cases” is evidence, no proof.", theorems, group(steps))
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

// toldProof is a theorem on the page: the formula, what it is proved for, and how to read the proof.
func toldProof(p result.Proof) told {
	says := setText(p.Says)
	if s, err := formula.ParseStatement(p.Text); err == nil {
		says = template.HTML(s.Lines())
	}
	return told{Label: "Proved", Text: says + "<br>" + setText("for "+p.ForAll+", in "+count(p.Steps, "step", "steps")+": "), Code: "ebmcheck explain " + p.Name}
}
