package formula

import (
	"html"
	"strings"
)

// mathML writes a piece as a math element.
func (p piece) mathML() string {
	var b strings.Builder
	b.WriteString("<math>")
	p.element(&b)
	b.WriteString("</math>")
	return b.String()
}

const (
	invisibleTimes = "\u2062"
	application    = "\u2061"
)

func leaf(b *strings.Builder, tag, attributes, text string) {
	b.WriteString("<" + tag + attributes + ">" + html.EscapeString(text) + "</" + tag + ">")
}

// element writes one element: a row, or what a piece is.
func (p piece) element(b *strings.Builder) {
	within := func(tag string, parts ...piece) {
		b.WriteString("<" + tag + ">")
		for _, q := range parts {
			q.element(b)
		}
		b.WriteString("</" + tag + ">")
	}
	switch p.kind {
	case aRow:
		if len(p.parts) == 1 {
			p.parts[0].element(b)
			return
		}
		within("mrow", p.parts...)
	case aLetter:
		s := p.text
		if l, ok := glyphOf[s]; ok {
			s = l.glyph
		}
		leaf(b, "mi", "", s)
	case aNumber:
		leaf(b, "mn", "", p.text)
	case aBar:
		b.WriteString("<mover>")
		p.parts[0].element(b)
		leaf(b, "mo", ` accent="true" stretchy="false"`, "¯")
		b.WriteString("</mover>")
	case aSign:
		switch p.text {
		case "∞":
			leaf(b, "mi", "", p.text)
		case "∂":
			leaf(b, "mo", ` lspace="0" rspace="0"`, p.text)
		default:
			leaf(b, "mo", "", p.text)
		}
	case aPrefix:
		leaf(b, "mo", ` form="prefix"`, p.text)
	case aTimes:
		leaf(b, "mo", "", invisibleTimes)
	case aGap:
		b.WriteString(`<mspace width="0.167em"/>`)
	case aWord:
		leaf(b, "mtext", "", strings.ReplaceAll(p.text, " ", "\u00a0"))
	case aFunction:
		leaf(b, "mi", "", p.text)
		leaf(b, "mo", "", application)
	case aSuper:
		within("msup", p.parts...)
	case aSub:
		within("msub", p.parts...)
	case anUnder:
		b.WriteString("<munder>")
		leaf(b, "mo", ` movablelimits="false"`, strings.Replace(p.parts[0].text, "Σ", "∑", 1))
		p.parts[1].element(b)
		b.WriteString("</munder>")
	case aFraction:
		within("mfrac", p.parts...)
	case aRoot:
		within("msqrt", p.parts...)
	case aFence:
		b.WriteString("<mrow>")
		if l := p.text[:1]; l != "." {
			leaf(b, "mo", ` form="prefix"`, l)
		}
		p.parts[0].element(b)
		leaf(b, "mo", ` form="postfix"`, p.text[1:])
		b.WriteString("</mrow>")
	case aCases:
		p.table(b)
	case anInfix:
		leaf(b, "mo", ` form="infix"`, p.text)
	case aWrong, aRight:
		class := map[kind]string{aWrong: "w", aRight: "r"}[p.kind]
		if q := p.parts[0].row(); len(q) == 1 && (relates(q[0]) || q[0].kind == anInfix) {
			class += " s" // a sign alone: not to be struck
		}
		b.WriteString(`<mrow class="` + class + `">`)
		p.parts[0].element(b)
		b.WriteString("</mrow>")
	}
}

// table writes cases.
func (p piece) table(b *strings.Builder) {
	b.WriteString(`<mrow><mo form="prefix" stretchy="true">{</mo><mtable columnalign="left left">`)
	for i := 0; i < len(p.parts); i += 2 {
		b.WriteString("<mtr><mtd>")
		p.parts[i].element(b)
		b.WriteString("</mtd><mtd>")
		if i == len(p.parts)-1 {
			leaf(b, "mtext", "", "otherwise")
		} else {
			b.WriteString("<mrow>")
			leaf(b, "mtext", "", "if\u00a0")
			p.parts[i+1].element(b)
			b.WriteString("</mrow>")
		}
		b.WriteString("</mtd></mtr>")
	}
	b.WriteString("</mtable></mrow>")
}
