package reports

import (
	"html"
	"html/template"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// setMath sets the formulas of a text that is no formula of package formula, of integrals, sets or limits, as MathML: a part between
// semicolons that is one, and else what is one between its commas and colons. Words stay text.
func setMath(s string) template.HTML {
	var out []string
	for _, part := range strings.Split(s, "; ") {
		m, ok := mathML(part)
		if ok {
			m = "<math>" + m + "</math>"
		} else {
			m = clauses(part)
		}
		out = append(out, m)
	}
	return template.HTML(strings.Join(out, "; "))
}

var clauseEnd = regexp.MustCompile(`, |: `)

// clauses sets those clauses of a sentence that are formulas, and tell of a relation.
func clauses(s string) string {
	var b strings.Builder
	for s != "" {
		clause, end := s, ""
		if at := clauseEnd.FindStringIndex(s); at != nil {
			clause, end = s[:at[0]], s[at[0]:at[1]]
		}
		s = s[len(clause)+len(end):]
		m, ok := mathML(clause)
		if ok = ok && strings.ContainsAny(clause, "=<>≤≥≠≡∈→⟺⟹") && strings.Count(clause, "(") == strings.Count(clause, ")"); ok {
			b.WriteString("<math>" + m + "</math>" + end)
		} else {
			b.WriteString(string(setText(clause)) + end)
		}
	}
	return b.String()
}

// functions are the words that stand in a formula, and whether what is written below them belongs under them.
var functions = map[string]bool{"argmin": true, "argmax": true, "min": true, "max": true, "exp": false, "ln": false, "log": false, "Var": false, "softargmax": false, "length": false}

// mathML returns the inside of a formula; ok is false if there is a word in it that is no function's.
func mathML(s string) (m string, ok bool) {
	if prose.MatchString(s) {
		return "", false
	}
	r := mathReader{rest: []rune(s), prefix: true}
	m = r.row(0)
	return m, !r.failed && m != ""
}

// A mathReader reads a formula as a person writes it in a line: F_W(x, y′), e^{−βF}, ∫_{y′} p.
type mathReader struct {
	rest   []rune
	prefix bool // nothing stands before, or a sign or a bracket that opens
	failed bool
}

// row reads up to the bracket end, which it takes, or to the end if that is 0.
func (r *mathReader) row(end rune) string {
	var b strings.Builder
	for len(r.rest) > 0 {
		if r.rest[0] == end {
			r.rest = r.rest[1:]
			return b.String()
		}
		if r.rest[0] == ' ' {
			r.rest = r.rest[1:]
			continue
		}
		b.WriteString(r.scripted())
	}
	r.failed = r.failed || end != 0
	return b.String()
}

// scripted reads an atom with what is below and above it.
func (r *mathReader) scripted() string {
	atom, under := r.atom()
	below, above := "", ""
	for len(r.rest) > 0 {
		c := r.rest[0]
		digit, up := scripts(c)
		switch {
		case (c == '_' || c == '^') && len(r.rest) > 1:
			r.rest = r.rest[1:]
			text := r.group()
			if c == '_' {
				below += text
			} else {
				above += text
			}
		case c == '′' || c == '\'':
			r.rest, above = r.rest[1:], above+`<mo>′</mo>`
		case digit != 0 && up:
			r.rest, above = r.rest[1:], above+leaf(digit)
		case digit != 0:
			r.rest, below = r.rest[1:], below+leaf(digit)
		default:
			c = 0
		}
		if c == 0 {
			break
		}
	}
	row := func(s string) string { return "<mrow>" + s + "</mrow>" }
	switch {
	case below != "" && above != "":
		return "<msubsup>" + atom + row(below) + row(above) + "</msubsup>"
	case below != "" && under:
		return "<munder>" + atom + row(below) + "</munder>" + space
	case below != "":
		return "<msub>" + atom + row(below) + "</msub>"
	case above != "":
		return "<msup>" + atom + row(above) + "</msup>"
	}
	return atom
}

const space = `<mspace width="0.167em"/>`

// group reads what is in braces, or one atom with its primes.
func (r *mathReader) group() string {
	if r.rest[0] == '{' {
		r.rest, r.prefix = r.rest[1:], true
		return r.row('}')
	}
	atom, _ := r.atom()
	for len(r.rest) > 0 && (r.rest[0] == '′' || r.rest[0] == '\'') {
		atom, r.rest = "<msup>"+atom+"<mo>′</mo></msup>", r.rest[1:]
	}
	return atom
}

// atom reads a name, a number or a sign; under is whether what is written below it belongs under it.
func (r *mathReader) atom() (m string, under bool) {
	c := r.rest[0]
	n := 1
	switch {
	case unicode.IsDigit(c):
		for n < len(r.rest) && (unicode.IsDigit(r.rest[n]) || r.rest[n] == '.' && n+1 < len(r.rest) && unicode.IsDigit(r.rest[n+1])) {
			n++
		}
		m = "<mn>" + string(r.rest[:n]) + "</mn>"
	case c < unicode.MaxASCII && unicode.IsLetter(c):
		for n < len(r.rest) && r.rest[n] < unicode.MaxASCII && unicode.IsLetter(r.rest[n]) {
			n++
		}
		word := string(r.rest[:n])
		limits, known := functions[word]
		switch {
		case known:
			under, m = limits, "<mi>"+word+"</mi>"
			if limits {
				m = `<mo movablelimits="false">` + word + "</mo>"
			} else if n < len(r.rest) && r.rest[n] == ' ' {
				m += space
			}
		case slices.Contains([]string{"of", "in", "if", "is", "as", "to", "at", "on", "by", "or", "no", "and"}, word):
			m = "<mtext>\u00a0" + word + "\u00a0</mtext>"
		case n > 2:
			r.failed, n = true, len(r.rest) // nothing more is read
		default: // a product, or a differential
			n = 1
			if len(r.rest) > 1 && unicode.Is(unicode.Mn, r.rest[1]) {
				n = 2
			}
			m = "<mi>" + string(r.rest[:n]) + "</mi>"
		}
	case unicode.IsLetter(c):
		for n < len(r.rest) && unicode.Is(unicode.Mn, r.rest[n]) {
			n++
		}
		m = "<mi>" + string(r.rest[:n]) + "</mi>"
	case strings.ContainsRune("([{|‖", c), strings.ContainsRune(")]}", c):
		m = `<mo stretchy="false">` + string(c) + "</mo>"
	case c == 'Σ', c == '∫', c == '∂', c == '/':
		m = `<mo lspace="0" rspace="0">` + string(c) + "</mo>"
	case strings.ContainsRune("∞ℓ…", c):
		m = "<mi>" + string(c) + "</mi>"
	case r.prefix && strings.ContainsRune("−-+±", c):
		m = `<mo form="prefix">` + string(c) + "</mo>"
	default:
		m = "<mo>" + html.EscapeString(string(c)) + "</mo>"
	}
	r.prefix = strings.ContainsRune("([{|=<>≤≥≠,:·/", c)
	r.rest = r.rest[n:]
	return m, under
}

// scripts returns the digit or sign that is written small above or below, ² as 2; 0 if c is none.
func scripts(c rune) (plain rune, up bool) {
	for i, d := range []rune("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻") {
		if c == d {
			return []rune("0123456789+−")[i], true
		}
	}
	if '₀' <= c && c <= '₉' {
		return '0' + c - '₀', false
	}
	return 0, false
}

// leaf is a digit or a sign.
func leaf(c rune) string {
	if unicode.IsDigit(c) {
		return "<mn>" + string(c) + "</mn>"
	}
	return "<mo>" + string(c) + "</mo>"
}
