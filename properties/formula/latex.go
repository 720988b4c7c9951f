package formula

import "strings"

// latex writes a piece in LaTeX's mathematics.
func (p piece) latex() string {
	var w latexWriter
	w.piece(p)
	return w.b.String()
}

// A latexWriter puts a space between a command and a letter that follows.
type latexWriter struct {
	b       strings.Builder
	command bool // ends with a command
}

func (w *latexWriter) put(s string) {
	if w.command && isLatin(rune(s[0])) {
		w.b.WriteByte(' ')
	}
	w.b.WriteString(s)
	i := strings.LastIndexByte(s, '\\')
	w.command = i >= 0 && i < len(s)-1 && strings.IndexFunc(s[i+1:], func(r rune) bool { return !isLatin(r) }) < 0
}

// group writes a piece in braces.
func (w *latexWriter) group(p piece) {
	w.put("{")
	w.piece(p)
	w.put("}")
}

// latexSigns are the signs that are commands.
var latexSigns = map[string]string{
	"−": "-", "·": `\cdot`, "≤": `\le`, "≥": `\ge`, "≠": `\ne`, "∞": `\infty`, "∂": `\partial`, "Σ": `\sum`, "→": `\to`,
	":": `\colon`,
}

func (w *latexWriter) piece(p piece) {
	switch p.kind {
	case aRow:
		for _, q := range p.parts {
			w.piece(q)
		}
	case aLetter:
		if l, ok := glyphOf[p.text]; ok {
			w.put(l.latex)
		} else if len(p.text) == 1 {
			w.put(p.text)
		} else {
			w.put(`\mathrm{` + strings.ReplaceAll(p.text, "_", `\_`) + "}")
		}
	case aNumber:
		w.put(p.text)
	case aBar:
		w.put(`\bar`)
		w.group(p.parts[0])
	case aSign, aPrefix:
		s := latexSigns[p.text]
		if s == "" {
			s = p.text
		}
		w.put(s)
	case aTimes, aGap:
	case aWord:
		w.put(`\text{` + p.text + `}`)
	case aFunction:
		switch p.text {
		case "ln", "max", "min", "exp":
			w.put(`\` + p.text)
		default:
			w.put(`\operatorname{` + p.text + "}")
		}
	case aSuper, aSub, anUnder:
		w.piece(p.parts[0])
		w.put(map[kind]string{aSuper: "^", aSub: "_", anUnder: "_"}[p.kind])
		w.group(p.parts[1])
	case aFraction:
		w.put(`\frac`)
		w.group(p.parts[0])
		w.group(p.parts[1])
	case aRoot:
		w.put(`\sqrt`)
		w.group(p.parts[0])
	case aFence:
		l, r := p.text[:1], p.text[1:]
		if l == "." || p.isTall() {
			l, r = `\left`+l, `\right`+r
		}
		w.put(l)
		w.piece(p.parts[0])
		w.put(r)
	case aCases:
		w.put(`\begin{cases}`)
		for i, q := range p.parts {
			w.piece(q)
			switch {
			case i == len(p.parts)-1:
				w.put(`&\text{otherwise}\end{cases}`)
			case i%2 == 0:
				w.put(`&\text{if }`)
			default:
				w.put(`\\`)
			}
		}
	}
}
