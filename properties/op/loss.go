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
	row   *Row
	forms []*formula.Formula // the first is the definition
	mu    sync.RWMutex
	made  map[int][]*formula.Program
}

// define gives a row that has a formula, and no truth or bound by hand, those of the
// formula.
func (r *Row) define() error {
	if r.Formula == "" {
		return fmt.Errorf("op %s has no formula", r.Op)
	}
	r.loss = &loss{row: r, made: map[int][]*formula.Program{}}
	forms := append([]string{r.Formula}, r.Forms...)
	for _, text := range forms {
		f, err := formula.Parse(text)
		if err != nil {
			return err
		}
		r.loss.forms = append(r.loss.forms, f)
	}
	if r.Truth == nil {
		r.Truth = r.loss.truth
	}
	if r.Bound == nil {
		r.Bound = r.loss.bound
	}
	return nil
}

// at returns the programs of the forms for n energies.
func (l *loss) at(n int) ([]*formula.Program, error) {
	l.mu.RLock()
	ps := l.made[n]
	l.mu.RUnlock()
	if ps != nil {
		return ps, nil
	}
	for _, f := range l.forms {
		p, err := f.Compile(n)
		if err != nil {
			return nil, err
		}
		ps = append(ps, p)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.made[n] = ps
	return ps, nil
}

// programs are those of the forms for the energies of c, each with its input.
func (l *loss) programs(c Call) ([]*formula.Program, []formula.Input) {
	ps, err := l.at(len(c.Energies))
	if err != nil {
		panic("op: " + err.Error()) // what compiles for the least number of energies does for more
	}
	F := slices.Clone(c.Energies) // the correct answer's first
	F[0], F[c.Answer] = F[c.Answer], F[0]
	ins := make([]formula.Input, len(ps))
	for k, p := range ps {
		ins[k] = formula.Input{F: F, Params: l.numbers(p, c)}
	}
	return ps, ins
}

// numbers are those of the program's slots in c.
func (l *loss) numbers(p *formula.Program, c Call) []float64 {
	v := make([]float64, len(p.Slots))
	for k, s := range p.Slots {
		i := slices.IndexFunc(l.row.Params, func(q Param) bool { return q.Name == s.Name })
		v[k] = l.row.Params[i].Of(c)
	}
	return v
}

// truth is that of the formula.
func (l *loss) truth(c Call) exact.Truth {
	ps, ins := l.programs(c)
	t := ps[0].Truth(ins[0], true).Exact()
	t.Grad[0], t.Grad[c.Answer] = t.Grad[c.Answer], t.Grad[0]
	return t
}

// agree says which form is another function than the first, by its value on some calls.
func (l *loss) agree() error {
	for _, F := range [][]float64{{0.5, -1.25}, {-3, 4.5}, {2, 2.5, -1}, {0, 7, 1, -2}} {
		if l.row.Pair && len(F) > 2 {
			continue
		}
		for _, at := range []float64{0.25, 0.5, 0.75} {
			c := Call{Op: l.row.Op, Energies: F}
			for _, p := range l.row.Params {
				p.Set(&c, p.between(at))
			}
			ps, ins := l.programs(c)
			first := ps[0].Truth(ins[0], false).Value
			for k := 1; k < len(ps); k++ {
				if v := ps[k].Truth(ins[k], false).Value; !(math.Abs(v.Near-first.Near) <= 0x1p-40*math.Abs(first.Near)) && v.Defined() && first.Defined() {
					return fmt.Errorf("the forms are not the same: %s is %v, and %s is %v, at F=%v%s", l.forms[0], first.Near, l.forms[k], v.Near, F, l.row.shown(c))
				}
			}
		}
	}
	return nil
}

// bound is the largest that a form allows.
func (l *loss) bound(c Call, m Model) Allowance {
	a := Allowance{Grad: make([]float64, len(c.Energies))}
	ps, ins := l.programs(c)
	for k, p := range ps {
		b := p.Bound(ins[k], m.formula())
		v := b.Value()
		a.Value = max(a.Value, v.By)
		a.Overflows = a.Overflows || v.Overflows
		for i := range a.Grad {
			at := i
			switch i {
			case 0:
				at = c.Answer
			case c.Answer:
				at = 0
			}
			g := b.Grad(at)
			a.Grad[i] = max(a.Grad[i], g.By)
			a.Overflows = a.Overflows || g.Overflows
		}
	}
	return a
}

// formula is the model as package formula has it.
func (m Model) formula() formula.Model {
	return formula.Model{U: m.u, Tiny: m.tiny, Most: m.most, Exp: 4, Log: 4, Log1p: 4}
}
