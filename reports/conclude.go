package reports

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

// An exit code as a mark and as a word.
var (
	codeMark  = map[int]string{result.ExitPassed: "✓", result.ExitRefuted: "✗", result.ExitIncomplete: "!"}
	codeState = map[int]string{result.ExitPassed: "passed", result.ExitRefuted: "refuted", result.ExitIncomplete: "incomplete"}
)

// warnings says what keeps the run from being whole. Those of a joined run
// name the subject.
func warnings(r *Run) []string {
	var out []string
	for _, p := range r.Parts {
		for _, w := range warnings(p) {
			out = append(out, label(p)+": "+w)
		}
	}
	if len(r.Parts) > 0 {
		return append(out, disagreements(r)...)
	}
	for _, g := range r.Gaps {
		out = append(out, oneLine(clean(g)))
	}
	for _, s := range r.Footer.Stale {
		out = append(out, "Stale expectation: "+oneLine(clean(s)))
	}
	var whys []string
	gaps, ran := map[string][]string{}, false // by why
	for _, res := range r.Results {
		switch {
		case res.Gap():
			name, why := oneLine(clean(strings.Join(nonEmpty(res.Claim, res.Regime), " "))), oneLine(clean(res.Why))
			if !slices.Contains(whys, why) {
				whys = append(whys, why)
			}
			if !slices.Contains(gaps[why], name) {
				gaps[why] = append(gaps[why], name)
			}
		case res.Attempted():
			ran = true
		}
	}
	for i, why := range whys {
		names, because := gaps[why], ""
		if why != "" {
			because = " (" + strings.TrimSuffix(why, ".") + ")"
		}
		if i == mostWhys { // the others together
			for _, other := range whys[i+1:] {
				names = append(names, gaps[other]...)
			}
			because = ""
		}
		out = append(out, count(len(names), "claim was", "claims were")+" not run: "+some(names, 5)+because+".")
		if i == mostWhys {
			break
		}
	}
	if !ran && r.Header.Shard.IsZero() {
		out = append(out, "Nothing ran.")
	}
	return out
}

// mostWhys is how many reasons not to run are told.
const mostWhys = 3

// disagreements of joined runs about the theory, which no subject has a part
// in: their suites differ.
func disagreements(r *Run) []string {
	type finding struct {
		outcome result.Outcome
		verdict result.Verdict
	}
	first := make(map[string]finding)
	var out []string
	said := make(map[string]bool)
	for _, p := range r.Parts {
		for _, s := range p.Results {
			if s.Layer != "theory" || !s.Attempted() {
				continue
			}
			f := finding{s.Outcome, s.Verdict}
			if g, ok := first[s.Claim]; ok && f != g && !said[s.Claim] {
				said[s.Claim] = true
				out = append(out, "The runs disagree about the statement "+oneLine(clean(s.Claim))+".")
			} else if !ok {
				first[s.Claim] = f
			}
		}
	}
	return out
}

// conclusion is the run in a sentence, by its exit code; a lone shard says that it is one.
func conclusion(r *Run) string {
	switch s := r.Header.Shard; {
	case len(r.Parts) > 0:
		return joinedConclusion(r)
	case !s.IsZero():
		return concluded(r) + " This is " + s.Words() + ", counted from 0."
	}
	return concluded(r)
}

func concluded(r *Run) string {
	failures, judged, theory, expected := 0, 0, 0, 0
	for _, res := range r.Results {
		if !res.Binding() || !res.Attempted() || res.Idle() {
			continue
		}
		judged++
		switch {
		case res.Decides():
			failures++
			if res.Layer == "theory" {
				theory++
			}
		case res.Failed():
			expected++
		}
	}
	aside := ""
	if expected > 0 {
		aside = fmt.Sprintf(", %d of them failed as expected", expected)
	}
	due := count(judged, "required claim", "required claims")
	switch code := r.ExitCode(); {
	case code == result.ExitRefuted && failures == 0:
		return fmt.Sprintf("Failed: %s, though no required claim failed unexpectedly.",
			count(len(r.Footer.Stale), "expectation is stale", "expectations are stale"))
	case code == result.ExitRefuted:
		s := fmt.Sprintf("Failed: %d of %s did not pass", failures, due)
		if theory > 0 {
			s += fmt.Sprintf(" (%d of the theory)", theory)
		}
		if expected > 0 {
			s += fmt.Sprintf("; %d more failed as expected", expected)
		}
		return s + "."
	case code == result.ExitIncomplete && expected > 0:
		return fmt.Sprintf("Incomplete: %s%s, but not everything was run.", due, aside)
	case code == result.ExitIncomplete:
		return fmt.Sprintf("Incomplete: %s passed, but not everything was run.", due)
	case judged == 0:
		return "Passed: there was nothing to judge."
	}
	return fmt.Sprintf("Passed: %s%s.", due, aside)
}

// joinedConclusion says which of the joined runs did not pass.
func joinedConclusion(r *Run) string {
	of := make(map[int][]string)
	for _, p := range r.Parts {
		code := p.ExitCode()
		of[code] = append(of[code], label(p))
	}
	var parts []string
	for _, c := range []struct {
		code int
		word string
	}{{result.ExitRefuted, "failed"}, {result.ExitIncomplete, "incomplete"}, {result.ExitPassed, "passed"}} {
		if names := of[c.code]; len(names) > 0 {
			parts = append(parts, fmt.Sprintf("%d %s (%s)", len(names), c.word, some(names, 5)))
		}
	}
	return fmt.Sprintf("Of %d runs, %s.", len(r.Parts), strings.Join(parts, ", "))
}
