package formula

// What can be set: an expression, a formula, a statement.

// Unicode returns e in plain text, as a person writes it.
func (e *Expr) Unicode() string { return e.piece(true).unicode() }

// Markdown returns e in plain text for a cell of a table in Markdown.
func (e *Expr) Markdown() string { return markdown(e.Unicode()) }

// LaTeX returns e in LaTeX's mathematics, without dollars.
func (e *Expr) LaTeX() string { return e.piece(false).latex() }

// MathML returns e as a math element of presentation MathML.
func (e *Expr) MathML() string { return e.piece(false).mathML() }

// Unicode returns the formula in plain text, as a person writes it: F_y + (1/β) ln Σ_j e^{−βF_j}. One that is Pair has F
// and F̄ for the two energies.
func (f *Formula) Unicode() string { return f.piece(true).unicode() }

// Markdown returns the formula in plain text for a cell of a table in Markdown.
func (f *Formula) Markdown() string { return markdown(f.Unicode()) }

// LaTeX returns the formula in LaTeX's mathematics, without dollars.
func (f *Formula) LaTeX() string { return f.piece(false).latex() }

// MathML returns the formula as a math element of presentation MathML.
func (f *Formula) MathML() string { return f.piece(false).mathML() }

// Unicode returns the statement in plain text, as a person writes it.
func (s *Statement) Unicode() string { return s.piece(true).unicode() }

// Markdown returns the statement in plain text for a cell of a table in Markdown.
func (s *Statement) Markdown() string { return markdown(s.Unicode()) }

// LaTeX returns the statement in LaTeX's mathematics, without dollars.
func (s *Statement) LaTeX() string { return s.piece(false).latex() }

// MathML returns the statement as a math element of presentation MathML.
func (s *Statement) MathML() string { return s.piece(false).mathML() }

func (e *Expr) piece(flat bool) piece { return layout{flat, isPair(e)}.set(e).piece }

func (f *Formula) piece(flat bool) piece {
	l := layout{flat, f.Pair}
	return row(append([]piece{l.set(f.Expr).piece}, l.where(f.Where)...)...)
}

func (s *Statement) piece(flat bool) piece {
	l := layout{flat, s.Pair}
	var parts []piece
	for i, q := range s.ForAll {
		if i == 0 {
			parts = append(parts, word("for all "))
		} else {
			parts = append(parts, sign(","))
		}
		parts = append(parts, name(q.Name))
		if q.Except != "" {
			parts = append(parts, sign("≠"), indexOf(q.Except))
		}
	}
	if len(s.ForAll) > 0 {
		parts = append(parts, sign(":"))
	}
	for i, r := range s.Says {
		if i > 0 {
			parts = append(parts, word(" and "))
		}
		parts = append(parts, l.relation(r, i == len(s.Says)-1)...)
	}
	for i, r := range s.When {
		parts = append(parts, word([]string{" if ", " and "}[min(i, 1)]))
		parts = append(parts, l.relation(r, true)...)
	}
	return row(append(parts, l.where(s.Where)...)...)
}

// relation sets a chain; cases have brackets unless they end it.
func (l layout) relation(r Relation, last bool) []piece {
	parts := []piece{}
	for i, e := range r.Terms {
		if i > 0 {
			parts = append(parts, sign(glyph(r.Rels[i-1])))
		}
		least := additive
		if last && i == len(r.Terms)-1 {
			least = loose
		}
		parts = append(parts, l.in(e, least, true).piece)
	}
	return parts
}

func (l layout) where(ds []Definition) []piece {
	var parts []piece
	for i, d := range ds {
		parts = append(parts, sign(","))
		if i == 0 {
			parts = append(parts, word(" where "))
		}
		parts = append(parts, name(d.Name), sign("="), l.set(d.Expr).piece)
	}
	return parts
}
