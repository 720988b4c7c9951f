package formula

import "strings"

// The levels of what is written, the loosest first.
const (
	levelSum = iota
	levelProduct
	levelSigned
	levelPower
	levelAtom
)

func (e *Expr) level() int {
	switch e.Op {
	case "+", "-":
		return levelSum
	case "*", "/":
		return levelProduct
	case "neg":
		return levelSigned
	case "^":
		return levelPower
	}
	return levelAtom
}

// String returns e in the language, with the fewest brackets: Parse reads it as the same tree.
func (e *Expr) String() string {
	var b strings.Builder
	e.write(&b, levelSum)
	return b.String()
}

// write writes e where something of a level, at least, must stand.
func (e *Expr) write(b *strings.Builder, least int) {
	level := e.level()
	if level < least {
		b.WriteByte('(')
		defer b.WriteByte(')')
	}
	switch e.Op {
	case "num":
		b.WriteString(e.Lit)
	case "inf", "n":
		b.WriteString(e.Op)
	case "param":
		b.WriteString(e.Name)
		if e.Index != "" {
			b.WriteString("[" + e.Index + "]")
		}
	case "F", "p":
		b.WriteString(e.Op + "[" + e.Index + "]")
	case "neg":
		b.WriteByte('-')
		e.Args[0].write(b, levelSigned)
	case "+", "-":
		e.Args[0].write(b, levelSum)
		b.WriteString(" " + e.Op + " ")
		e.Args[1].write(b, levelProduct)
	case "*", "/":
		e.Args[0].write(b, levelProduct)
		b.WriteString(e.Op)
		e.Args[1].write(b, levelSigned)
	case "^":
		e.Args[0].write(b, levelAtom)
		b.WriteByte('^')
		e.Args[1].write(b, levelSigned)
	case "delta":
		b.WriteString("delta(" + e.Index + ", " + e.Other + ")")
	case "with":
		b.WriteString("with(F[" + e.Bind + "] := ")
		e.Args[1].write(b, levelSum)
		b.WriteString(": ")
		e.Args[0].write(b, levelSum)
		b.WriteByte(')')
	default: // a call
		b.WriteString(e.Op + "(")
		if e.Bind != "" {
			b.WriteString(e.Bind)
			if e.Except != "" {
				b.WriteString(" != " + e.Except)
			}
			b.WriteString(": ")
		}
		for i, a := range e.Args {
			switch {
			case e.Op == "if" && i == 1:
				b.WriteString(" " + e.Name + " ")
			case i > 0:
				b.WriteString(", ")
			}
			a.write(b, levelSum)
		}
		b.WriteByte(')')
	}
}

// String returns the formula in the language: Parse reads it as the same.
func (f *Formula) String() string { return f.Expr.String() + written(f.Where) }

// String returns the statement in the language: ParseStatement reads it as the same.
func (s *Statement) String() string {
	var b strings.Builder
	for i, q := range s.ForAll {
		b.WriteString([]string{"for all ", ", "}[min(i, 1)] + q.Name)
		if q.Except != "" {
			b.WriteString(" != " + q.Except)
		}
	}
	if len(s.ForAll) > 0 {
		b.WriteString(": ")
	}
	for i, r := range s.Says {
		b.WriteString([]string{"", " and "}[min(i, 1)] + r.String())
	}
	for i, r := range s.When {
		b.WriteString([]string{" if ", " and "}[min(i, 1)] + r.String())
	}
	return b.String() + written(s.Where)
}

// String returns the relation in the language.
func (r Relation) String() string {
	var b strings.Builder
	for i, e := range r.Terms {
		if i > 0 {
			b.WriteString(" " + r.Rels[i-1] + " ")
		}
		e.write(&b, levelSum)
	}
	return b.String()
}

// written returns definitions in the language, after what they belong to.
func written(ds []Definition) string {
	var b strings.Builder
	for i, d := range ds {
		b.WriteString([]string{" where ", ", "}[min(i, 1)] + d.Name + " = " + d.Expr.String())
	}
	return b.String()
}
