package reports

import (
	"html/template"
	"regexp"
	"strings"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/result"
)

// told is a line of evidence.
type told struct {
	Label string
	Text  template.HTML
	Code  string
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
