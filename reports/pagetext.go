package reports

import (
	"html"
	"html/template"
	"regexp"
	"strings"
	"unicode/utf8"
)

// SetText is setText, for pages that go with the report.
func SetText(s string) template.HTML { return setText(s) }

// setText sets a text in which indices and exponents are written F_y, F_{ij}, e^{−βF} as HTML with those below and above: Fᵧ.
// A name such as soft_hinge, of several letters on either side, stays.
func setText(s string) template.HTML {
	var b strings.Builder
	word := 0 // letters and digits before this place
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if tag := map[rune]string{'_': "sub", '^': "sup"}[r]; tag != "" && i > 0 {
			up, end := script(s, i+1, word)
			if up == "" && r == '^' {
				up, end = bracketed(s, i+1)
			}
			if up != "" {
				b.WriteString("<" + tag + ">" + string(setText(up)) + "</" + tag + ">")
				i, word = end, 0
				continue
			}
		}
		b.WriteString(html.EscapeString(s[i : i+size]))
		if isLetter(r) {
			word++
		} else if !combining(r) {
			word = 0
		}
		i += size
	}
	return template.HTML(b.String())
}

func isLetter(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

func combining(r rune) bool { return 0x300 <= r && r <= 0x36f }

// script returns the index or exponent that begins at place i, after a word of so many letters, and where it ends; "" if
// there is none.
func script(s string, i, word int) (text string, end int) {
	if i >= len(s) {
		return "", i
	}
	if s[i] == '{' {
		return enclosed(s, i, '{', '}')
	}
	j := i
	for j < len(s) && isLetter(rune(s[j])) {
		j++
	}
	if j == i {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r < utf8.RuneSelf || r == utf8.RuneError {
			return "", i
		}
		j = i + size
	}
	if j-i > 1 && word > 1 {
		return "", i
	}
	for j < len(s) { // y′, y', ȳ
		r, size := utf8.DecodeRuneInString(s[j:])
		if r != '′' && r != '\'' && !combining(r) {
			break
		}
		j += size
	}
	return s[i:j], j
}

// enclosed returns what stands between the bracket at place i and the one that closes it, and where that ends; "" if none does.
func enclosed(s string, i int, open, close byte) (text string, end int) {
	depth := 0
	for j := i; j < len(s); j++ {
		switch s[j] {
		case open:
			depth++
		case close:
			if depth--; depth == 0 {
				return s[i+1 : j], j + 1
			}
		}
	}
	return "", i
}

// bracketed returns the exponent in brackets that begins at place i, of e^(−βF).
func bracketed(s string, i int) (text string, end int) {
	if i >= len(s) || s[i] != '(' {
		return "", i
	}
	return enclosed(s, i, '(', ')')
}

var (
	minus    = regexp.MustCompile(`(^|[^\pL\pN.\]_^{])-([0-9∞I])`)
	spaced   = regexp.MustCompile(`([^\s<>!=≤≥≠:])=([^\s=])`)
	exponent = regexp.MustCompile(`([0-9])e([-+]?)0*([0-9]+)\b`)
	prose    = regexp.MustCompile(`[a-z]{4,} [a-z]{2,}|[a-z]{2,} [a-z]{4,}`)
)

// setNumbers sets a case or a number as a person writes it: F = −1, 6 digits, 10⁻⁶.
func setNumbers(s string) template.HTML { return setText(asWritten(s)) }

func asWritten(s string) string {
	s = sixDigits(oneLine(s))
	s = exponent.ReplaceAllStringFunc(s, func(e string) string {
		m := exponent.FindStringSubmatch(e)
		power := "10^{" + strings.Replace(strings.TrimPrefix(m[2], "+"), "-", "−", 1) + m[3] + "}"
		return m[1] + "·" + power
	})
	s = strings.ReplaceAll(s, "+Inf", "∞")
	s = minus.ReplaceAllString(s, "$1−$2")
	s = minus.ReplaceAllString(s, "$1−$2") // of two in a row
	return strings.ReplaceAll(spaced.ReplaceAllString(s, "$1 = $2"), "−Inf", "−∞")
}

// marked sets two texts with what differs marked, all but what they begin and end with alike, cut at word boundaries; neither is marked
// if that is more than half.
func marked(wrong, right string) (w, r template.HTML) {
	head := 0
	for head < min(len(wrong), len(right)) && wrong[head] == right[head] {
		head++
	}
	for head > 0 && wrong[head-1] != ' ' && wrong[head-1] != '(' {
		head--
	}
	tail := 0
	for tail < min(len(wrong), len(right))-head && wrong[len(wrong)-1-tail] == right[len(right)-1-tail] {
		tail++
	}
	for tail > 0 && wrong[len(wrong)-tail] != ' ' && wrong[len(wrong)-tail] != ')' {
		tail--
	}
	if 2*(head+tail) < min(len(wrong), len(right)) {
		return setMath(wrong), setMath(right)
	}
	in := func(s, class string) template.HTML {
		middle := s[head : len(s)-tail]
		if middle != "" {
			middle = `<span class="` + class + `">` + string(setMath(middle)) + `</span>`
		}
		return setMath(s[:head]) + template.HTML(middle) + setMath(s[len(s)-tail:])
	}
	return in(wrong, "w"), in(right, "r")
}
