package formula

import "slices"

// Advised returns the formula with every naive part written in another way, and its definitions put in: first as Naive advises to, then, if
// a part may as well be written in a second way, with all such parts so. It returns none if the formula has no naive part.
func (f *Formula) Advised() (fs []*Formula) {
	root := f.Expand().Expr
	for way := range 2 {
		w := improver{slices.Clone(f.Params), way}
		w.note(root)
		better := w.advised(root)
		if !better.Equal(root) && !slices.ContainsFunc(fs, func(g *Formula) bool { return g.Expr.Equal(better) }) {
			fs = append(fs, MustParse(better.String()))
		}
	}
	return fs
}

// advised is e with its naive parts improved, from the outside to the inside.
func (w *improver) advised(e *Expr) *Expr {
	for better, _ := w.improved(e); better != nil; better, _ = w.improved(e) {
		e = better
	}
	c := *e
	c.Args = make([]*Expr, len(e.Args))
	for i, a := range e.Args {
		c.Args[i] = w.advised(a)
	}
	return &c
}
