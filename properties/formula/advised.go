package formula

import "slices"

// Advised returns the formula with every naive part written as Naive advises to, and its definitions put in; nil if it has no such part.
func (f *Formula) Advised() *Formula {
	root := f.Expand().Expr
	w := improver{slices.Clone(f.Params)}
	w.note(root)
	better := w.advised(root)
	if better.Equal(root) {
		return nil
	}
	return MustParse(better.String())
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
