package op

import (
	"fmt"
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

// bound is the largest that a form allows.
func (l *loss) bound(c Call, m Model) Allowance { panic("op: not yet") }
