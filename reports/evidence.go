package reports

import (
	"fmt"

	"ebmcheck/properties/result"
)

// evidenceWords say how surely a verdict stands.
var evidenceWords = map[result.Evidence]string{
	result.Proved:  "proved",
	result.Sampled: "tried on cases",
	result.Trained: "observed in training",
}

// howSurely says on what the verdicts rest: how many are proved, and by how many theorems.
func howSurely(ss []statement) string {
	n, theorems, steps := map[result.Evidence]int{}, map[string]bool{}, 0
	for _, s := range ss {
		n[s.Evidence]++
		for _, p := range s.Proofs {
			if !theorems[p.Name] {
				theorems[p.Name] = true
				steps += p.Steps
			}
		}
	}
	text := ""
	for _, e := range []result.Evidence{result.Proved, result.Sampled, result.Trained} {
		if n[e] == 0 {
			continue
		}
		if text != "" {
			text += ", "
		}
		text += fmt.Sprintf("%d %s", n[e], evidenceWords[e])
	}
	if len(theorems) == 0 {
		return "What they rest on: " + text + "."
	}
	return fmt.Sprintf("What they rest on: %s. What is proved has certificates, %d theorems of %s steps about these statements, which are checked again "+
		"in every run; a refuted statement has its counterexample besides. Proved is about real numbers and the formula that is shown: not about the "+
		"prose beside it, nor about any program. “Tried on cases” is evidence, no proof.", text, len(theorems), group(steps))
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
