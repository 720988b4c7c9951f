package formula

import (
	"fmt"
	"slices"
)

// A Loss is what a subject computes: a formula, and others that are equal to it and that a competent implementation may follow as well.
// Its truth is that of the first form; what rounding may cost is the most that any form allows.
type Loss struct {
	Forms []*Formula
}

// ParseLoss parses the formula of a loss. It is an error, too, if it names an answer by its number, for the order of answers means nothing, or if it is
// of no energy at all.
func ParseLoss(text string) (*Formula, error) {
	f, err := Parse(text)
	if err != nil {
		return nil, err
	}
	root := f.Expand().Expr
	if at := root.numbered(); at != nil {
		return nil, errorf(text, at.Pos, "a loss knows its answers by no number: write F[y] for the correct one, F[ybar] for the most offending incorrect one "+
			"(of a pair, the first and the second that a function is given), and F[j] in sum(j: …) for any")
	}
	if !root.contains(func(e *Expr) bool { return e.Op == "F" || e.Op == "p" }) {
		return nil, errorf(text, 0, "the formula of a loss is of energies: F[y], F[ybar], F[j] in sum(j: …), or probabilities p[y]")
	}
	return f, nil
}

// numbered is a part of e that names an answer by its number; nil: there is none.
func (e *Expr) numbered() *Expr {
	for _, i := range []string{e.Index, e.Other} {
		if i != "" && i[0] >= '0' && i[0] <= '9' {
			return e
		}
	}
	for _, a := range e.Args {
		if at := a.numbered(); at != nil {
			return at
		}
	}
	return nil
}

// NewLoss parses the forms. It returns the *Error of the first that does not parse.
func NewLoss(forms ...string) (*Loss, error) {
	l := &Loss{}
	for _, text := range forms {
		f, err := Parse(text)
		if err != nil {
			return nil, err
		}
		l.Forms = append(l.Forms, f)
	}
	if len(l.Forms) == 0 {
		return nil, fmt.Errorf("formula: a loss needs a formula")
	}
	return l, nil
}

// A Question is what a loss is asked: energies, in any order, with the number of the correct answer, and the numbers of its parameters, of a
// vector one for each energy.
type Question struct {
	Energies []float64
	Answer   int
	Scalars  map[string]float64
	Vectors  map[string][]float64
}

// An Evaluator is a loss compiled for n energies. It is never changed: any number of goroutines may use it.
type Evaluator struct {
	N     int
	forms []*Program
}

// Compile compiles every form for n energies.
func (l *Loss) Compile(n int) (*Evaluator, error) {
	e := &Evaluator{N: n}
	for _, f := range l.Forms {
		p, err := f.Compile(n)
		if err != nil {
			return nil, err
		}
		e.forms = append(e.forms, p)
	}
	return e, nil
}

// swapped returns xs with the correct answer's number first; it is its own inverse.
func swapped[T any](xs []T, y int) []T {
	xs = slices.Clone(xs)
	xs[0], xs[y] = xs[y], xs[0]
	return xs
}

// input is the question as program p is asked it.
func (q Question) input(p *Program) (Input, error) {
	if len(q.Energies) != p.N || q.Answer < 0 || q.Answer >= p.N {
		return Input{}, fmt.Errorf("formula: answer %d of %d energies, want one of %d", q.Answer, len(q.Energies), p.N)
	}
	vectors := make(map[string][]float64, len(q.Vectors))
	for name, v := range q.Vectors {
		if len(v) != p.N {
			return Input{}, fmt.Errorf("formula: %d numbers %s, want %d, one for each answer", len(v), name, p.N)
		}
		vectors[name] = swapped(v, q.Answer)
	}
	params, err := p.Bind(q.Scalars, vectors)
	if err != nil {
		return Input{}, err
	}
	return Input{swapped(q.Energies, q.Answer), params}, nil
}

// Truth returns the true value and, if asked to, gradient: see Program.Truth. It returns an error where a number is missing.
func (e *Evaluator) Truth(q Question, gradient bool) (Truth, error) {
	in, err := q.input(e.forms[0])
	if err != nil {
		return Truth{}, err
	}
	t := e.forms[0].Truth(in, gradient)
	if gradient {
		t.Grad = swapped(t.Grad, q.Answer)
	}
	for k, v := range t.Vertices {
		t.Vertices[k] = swapped(v, q.Answer)
	}
	return t, nil
}

// Branches reports whether a form has an if.
func (l *Loss) Branches() bool {
	return slices.ContainsFunc(l.Forms, func(f *Formula) bool {
		return f.Expand().Expr.contains(func(e *Expr) bool { return e.Op == "if" })
	})
}
