package op

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/formula"
)

// A loss is the formula of an op, compiled for each number of energies that it is asked
// about: its truth, and what its forms are allowed.
type loss struct {
	*formula.Loss
	row  *Row
	made sync.Map // of *formula.Evaluator, by the number of energies
}

// define gives a row what it lacks of truth and bound: those of its forms, or of its
// formula if it has none. The forms are equal to the formula, and the first of them is
// the better one to find a truth by. It is an error if one does not parse, or is about
// what a call of the row does not have.
func (r *Row) define() error {
	forms := r.Forms
	if len(forms) == 0 {
		forms = []string{r.Formula}
	}
	l, err := formula.NewLoss(forms...)
	if err != nil {
		return err
	}
	l.Forms = append(l.Forms, advised(l.Forms)...)
	made := &loss{Loss: l, row: r}
	if _, err := made.at(r.Least()); err != nil {
		return err
	}
	for _, f := range l.Forms {
		for _, name := range f.Params {
			if !slices.ContainsFunc(r.Params, func(p Param) bool { return p.Name == name }) {
				return fmt.Errorf("%s has the parameter %s: want it among the Params of the row", f, name)
			}
		}
	}
	r.loss = made
	if r.Truth == nil {
		r.Truth = r.loss.truth
	}
	if r.Bound == nil {
		r.Bound = r.loss.bound
		if r.Standard == "" {
			r.Standard = "the formula as written, one rounding an operation"
		}
	}
	return nil
}

// advised are the forms that become others where their naive parts are written as is advised, or may be: to do so is right.
func advised(forms []*formula.Formula) (fs []*formula.Formula) {
	for _, f := range forms {
		for _, g := range f.Advised() {
			if !slices.ContainsFunc(slices.Concat(forms, fs), func(h *formula.Formula) bool { return h.Expr.Equal(g.Expr) }) {
				fs = append(fs, g)
			}
		}
	}
	return fs
}

// at is the loss for n energies.
func (l *loss) at(n int) (*formula.Evaluator, error) {
	if e, ok := l.made.Load(n); ok {
		return e.(*formula.Evaluator), nil
	}
	e, err := l.Compile(n)
	if err == nil {
		l.made.Store(n, e)
	}
	return e, err
}

// ask is c as package formula has it.
func (l *loss) ask(c Call) (*formula.Evaluator, formula.Question) {
	e, err := l.at(len(c.Energies))
	if err != nil {
		panic("op: " + err.Error()) // what compiles for the least number of energies does for more
	}
	q := formula.Question{Energies: c.Energies, Answer: c.Answer, Scalars: make(map[string]float64, len(l.row.Params))}
	for _, p := range l.row.Params {
		q.Scalars[p.Name] = p.Of(c)
	}
	return e, q
}

// truth is that of the definition.
func (l *loss) truth(c Call) exact.Truth {
	e, q := l.ask(c)
	t, err := e.Truth(q, true)
	if err != nil {
		panic("op: " + err.Error()) // every parameter of the formula is one of the row
	}
	return t.Exact()
}

// bound is the most that a form costs, as it is written or as advised. Of the value each operation rounds once, as it
// is written, but that good code may shift all energies first. The gradient is written nowhere: it may be that of automatic
// differentiation, or one that was derived by hand, which distributes a factor, or
// collects it, where the other does not. So each of its operations may round twice.
func (l *loss) bound(c Call, m Model) Allowance {
	e, q := l.ask(c)
	by := formula.Model{U: m.u, Tiny: m.tiny, Most: m.most, Exp: 2 * ulps(m.Exp), Log: 2 * ulps(m.Log), Log1p: 2 * ulps(m.Log1p), Flushes: m.Flushes, Sum: -math.Expm1(-m.added), Stored: -math.Expm1(-m.stored)}
	twice := by
	twice.Sum, twice.Stored = 2*by.Sum, 2*by.Stored
	twice.U, twice.Exp, twice.Log, twice.Log1p = 2*by.U, by.Exp/2, by.Log/2, by.Log1p/2 // in units of U: those of the functions stay as they are
	value, err := e.Allow(q, by, false)
	if err != nil {
		panic("op: " + err.Error()) // every parameter of the formula is one of the row
	}
	a, err := e.Allow(q, twice, true)
	if err != nil {
		panic("op: " + err.Error())
	}
	allow := Allowance{Value: value.Value, Grad: a.Grad, Overflows: value.Overflows || !l.row.Pair && m.spreads(c.Energies)}
	for i, mixed := range a.Mixed {
		if mixed {
			allow.Corner, allow.Mixture = a.Mixed, a.Mixture
		}
		allow.Overflows = allow.Overflows || a.GradOverflows[i]
	}
	allow.NaN = allow.Overflows
	return allow
}

// agree says which form is another function than the first, by its value on some calls.
func (l *loss) agree() error {
	for _, F := range [][]float64{{0.5, -1.25}, {-3, 4.5}, {2, 2.5, -1}, {0, 7, 1, -2}} {
		if l.row.Pair && len(F) > 2 {
			continue
		}
		for _, share := range []float64{0.25, 0.5, 0.75} {
			c := Call{Op: l.row.Op, Energies: F}
			for _, p := range l.row.Params {
				p.Set(&c, p.between(share))
			}
			var first exact.Value
			for k, f := range l.Forms {
				e, err := (&formula.Loss{Forms: []*formula.Formula{f}}).Compile(len(F))
				if err != nil {
					return err
				}
				_, q := l.ask(c)
				t, err := e.Truth(q, false)
				if err != nil {
					return err
				}
				v := t.Value
				if k == 0 {
					first = v
				} else if v.Defined() && first.Defined() && !(math.Abs(v.Near-first.Near) <= 0x1p-40*math.Abs(first.Near)) {
					return fmt.Errorf("the forms are not the same: %s is %v, and %s is %v, at F=%v%s", l.Forms[0], first.Near, f, v.Near, F, l.row.shown(c))
				}
			}
		}
	}
	return nil
}

// Branches reports whether the formula takes sides by a condition: a parameter that is
// NaN may then take either and be gone.
func (r *Row) Branches() bool { return r.loss != nil && r.loss.Branches() }
