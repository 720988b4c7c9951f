package profile

import (
	"fmt"
	"strings"
	"unicode"
)

const width = 80 // columns

// Text writes the profile for people: a line an answer, with the case that refutes; then the statements that are proved.
func (p *Profile) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", folded("ℓ = "+p.Shown, 4))
	evidence := "Proved: the checker took a certificate in this run. Refuted: by the case that is shown. Sampled: no counterexample in so many cases."
	if p.Program != "" {
		evidence = "As " + p.Program + " answers. Refuted: by the calls that are shown, beyond what REQUIRED allows their answers to be off together. Sampled: no counterexample in so many cases."
	}
	fmt.Fprintf(&b, "%s\n\n", folded("For "+p.ForAll+". "+evidence, 0))
	for _, a := range p.Answers {
		rests := a.Rests()
		answer := a.Question + strings.Repeat(" ", max(1, 22-columns(a.Question))) + a.Answer
		if room := width - columns(answer) - columns(rests); room >= 2 {
			fmt.Fprintf(&b, "%s%s%s\n", answer, strings.Repeat(" ", room), rests)
		} else {
			fmt.Fprintf(&b, "%s\n%s%s\n", folded(answer, 22), strings.Repeat(" ", width-columns(rests)), rests)
		}
		if a.Case != "" && a.Evidence == Refuted {
			fmt.Fprintf(&b, "%s\n", folded("    "+a.Fails+": "+a.Case, 6))
		}
	}
	for _, part := range []struct {
		head string
		is   func(a Answer) bool
	}{
		{"Proved:", func(a Answer) bool { return a.Evidence == Proved && !a.OfTwo }},
		{"Proved of two answers:", func(a Answer) bool { return a.OfTwo && a.Steps > 0 }},
	} {
		b.WriteString(statements(p.Answers, part.head, part.is))
	}
	return b.String()
}

// statements lists those of some answers.
func statements(as []Answer, head string, is func(a Answer) bool) string {
	var b strings.Builder
	for _, a := range as {
		if !is(a) || len(a.Says) == 0 {
			continue
		}
		if b.Len() == 0 {
			fmt.Fprintf(&b, "\n%s\n", head)
		}
		why := ""
		if a.Why != "" {
			why = " (" + a.Why + ")"
		}
		fmt.Fprintf(&b, "%s\n", folded("  "+a.Question+", "+a.Answer+why, 4))
		for _, s := range a.Says {
			fmt.Fprintf(&b, "%s\n", folded("      "+s, 8))
		}
	}
	return b.String()
}

// Rests returns what the answer rests on, in few words: sampled in 1500 cases.
func (a Answer) Rests() string {
	switch {
	case a.Evidence == Sampled && a.OfTwo && a.Steps > 0:
		return fmt.Sprintf("sampled in %d cases; n = 2: proved", a.Cases)
	case a.Evidence == Sampled:
		return fmt.Sprintf("sampled in %d cases", a.Cases)
	case a.OfTwo:
		return "n = 2: " + string(a.Evidence)
	}
	return string(a.Evidence)
}

// columns is how wide a text is.
func columns(s string) (n int) {
	for _, r := range s {
		if !unicode.Is(unicode.Mn, r) {
			n++
		}
	}
	return n
}

// folded breaks a text at blanks into lines of at most width columns, the later ones indented.
func folded(s string, indent int) string {
	var b strings.Builder
	start := len(s) - len(strings.TrimLeft(s, " "))
	b.WriteString(s[:start])
	at := start
	for i, word := range strings.Split(s[start:], " ") {
		switch n := columns(word); {
		case i == 0:
			at += n
		case at+1+n > width:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			at = indent + n
		default:
			b.WriteByte(' ')
			at += 1 + n
		}
		b.WriteString(word)
	}
	return b.String()
}
