package formula

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// unicode writes a piece that is flat as plain text.
func (p piece) unicode() string {
	var b strings.Builder
	p.plain(&b, false)
	return b.String()
}

// spaced are the signs with a space on both sides, but in an index.
const spaced = "+−=≠<≤>≥→"

func (p piece) plain(b *strings.Builder, tight bool) {
	switch p.kind {
	case aRow:
		for _, q := range p.parts {
			q.plain(b, tight)
		}
	case aLetter:
		if l, ok := glyphOf[p.text]; ok {
			b.WriteString(l.glyph)
		} else {
			b.WriteString(p.text)
		}
	case aNumber, aFunction, aPrefix:
		b.WriteString(p.text)
	case aGap:
		b.WriteByte(' ')
	case aBar:
		if p.parts[0].text == "y" {
			b.WriteString("ȳ")
		} else {
			p.parts[0].plain(b, tight)
			b.WriteRune('\u0304')
		}
	case aSign:
		switch {
		case strings.Contains(spaced, p.text) && !tight:
			b.WriteString(" " + p.text + " ")
		case (p.text == "," || p.text == ":") && !tight:
			b.WriteString(p.text + " ")
		default:
			b.WriteString(p.text)
		}
	case aWord:
		if s := p.text; strings.HasSuffix(b.String(), " ") {
			b.WriteString(strings.TrimPrefix(s, " "))
		} else {
			b.WriteString(s)
		}
	case aSuper:
		p.parts[0].plain(b, tight)
		s := p.parts[1].inner(false)
		if raised := strings.Map(raise, s); !strings.ContainsRune(raised, utf8.RuneError) {
			b.WriteString(raised)
		} else {
			b.WriteString("^" + grouped(s))
		}
	case aSub, anUnder:
		p.parts[0].plain(b, tight)
		b.WriteString("_" + grouped(p.parts[1].inner(true)))
	case aRoot:
		b.WriteString("√")
		p.parts[0].plain(b, tight)
	case aFence:
		b.WriteString(strings.TrimPrefix(p.text[:1], "."))
		p.parts[0].plain(b, false)
		b.WriteString(p.text[1:])
	case aCases:
		b.WriteString("{ ")
		for i, q := range p.parts {
			q.plain(b, false)
			switch {
			case i == len(p.parts)-1:
				b.WriteString(" otherwise }")
			case i%2 == 0:
				b.WriteString(" if ")
			default:
				b.WriteString("; ")
			}
		}
	}
}

// inner writes an index or an exponent.
func (p piece) inner(tight bool) string {
	var b strings.Builder
	p.plain(&b, tight)
	return b.String()
}

// raise returns the exponent of its own that a character has, if it has one.
func raise(r rune) rune {
	for i, below := range []rune("0123456789−+n") {
		if r == below {
			return []rune("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ")[i]
		}
	}
	return utf8.RuneError
}

// grouped puts more than one character in braces.
func grouped(s string) string {
	n := 0
	for _, r := range s {
		if !unicode.Is(unicode.Mn, r) {
			n++
		}
	}
	if n == 1 {
		return s
	}
	return "{" + s + "}"
}

// escaped are the characters of plain text that have a meaning in Markdown.
const escaped = "_[]<>|"

// markdown makes plain text safe for a cell of a table.
func markdown(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune(escaped, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
