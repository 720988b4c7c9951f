package profile

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/formula"
)

// gradient answers ∂ℓ/∂F and ∂ℓ/∂F̄ of the loss of two.
func (q *inquiry) gradient() (as []Answer) {
	for _, index := range []string{"y", "ybar"} {
		a := Answer{Question: "∂ℓ/∂F", Answer: "not found", Evidence: Open}
		if index == "ybar" {
			a.Question = "∂ℓ/∂F̄"
		}
		written, says := q.slopes(index)
		if len(says) > 0 {
			c := candidate{answer: formula.MustParse(written).Unicode(), proves: says, cells: true}
			for _, s := range says {
				c.says = append(c.says, func(*loss) string { return s })
			}
			of := *q
			of.l = q.two
			a = of.choose(a.Question, []candidate{c}, "")
			if a.OfTwo = !q.l.pair; a.Answer == c.answer {
				a.Formula = written
			}
		}
		as = append(as, a)
	}
	return as
}

// slopes is the derivative of the loss of two, and says what it is in each cell.
func (q *inquiry) slopes(index string) (written string, says []string) {
	defer ignoreRefusal(&says)
	if q.two == nil {
		return "", nil
	}
	l := q.two
	e := plain(l.expr)
	ts, cs := cells(e)
	for _, c := range cs {
		says = append(says, where(fmt.Sprintf("D(%s, F[%s]) = %s", l.at(here), index, slope(c.is, index)), conditions(ts, c.signs, ">", "<")))
	}
	f, err := formula.Parse(slope(e, index).String())
	if err != nil {
		return "", nil
	}
	return f.String(), says
}

// smooth asks, of each positive part, whether the gradient is the same on its two sides.
func (q *inquiry) smooth() Answer {
	const question = "smooth"
	if q.two == nil {
		return Answer{Question: question, Answer: "not found", Evidence: Open}
	}
	of := *q
	of.l = q.two
	a := Answer{Question: question, Answer: "yes", Evidence: Proved, OfTwo: !q.l.pair}
	e := plain(q.two.expr)
	if opaque(e) {
		return Answer{Question: question, Answer: "not found", Evidence: Open}
	}
	ts, cs := cells(e)
	if len(ts) > 0 && len(cs) == 0 {
		return Answer{Question: question, Answer: "not found", Evidence: Open}
	}
	var kinks []string
	for i, t := range ts {
		says, ok := jumps(ts, cs, i)
		if !ok {
			return Answer{Question: question, Answer: "not found", Evidence: Open}
		}
		c := candidate{answer: "yes", proves: says, cells: true}
		for _, s := range says {
			c.says = append(c.says, func(*loss) string { return s })
		}
		b := of.choose(question, []candidate{c}, "no")
		switch {
		case b.Evidence == Refuted:
			if a.Case == "" {
				a.Case, a.Fails = b.Case, "slopes on its two sides: "+b.Fails
			}
			kinks = append(kinks, formula.MustStatement(strings.Replace(atMost(t), "<=", "=", 1)).Unicode())
		case b.Evidence == Open:
			return b
		default:
			a.Says, a.Statements, a.Steps = append(a.Says, b.Says...), append(a.Statements, b.Statements...), a.Steps+b.Steps
			if b.Evidence == Sampled {
				a.Evidence, a.Cases = Sampled, b.Cases
			}
		}
	}
	if domain := q.domain(e); a.Evidence == Proved && len(domain) > 0 {
		for _, s := range domain {
			shown, p := q.prove(s)
			if p == nil {
				return Answer{Question: question, Answer: "not found", Evidence: Open}
			}
			a.add(shown, p)
		}
	}
	a.Why = "sums, products, quotients, exponentials and logarithms are smooth where they are defined"
	if len(kinks) > 0 {
		a.Answer, a.Evidence, a.Why = "kinked where "+strings.Join(kinks, ", or "), Refuted, ""
	}
	return a
}

// jumps say that the gradient is the same on both sides of part i, in all cells that differ in its sign only, where that is 0 and the
// others are not.
func jumps(ts []*formula.Expr, cs []cell, i int) (says []string, ok bool) {
	defer func() {
		if _, refused := recover().(refusal); refused {
			says, ok = nil, false
		}
	}()
	for _, c := range cs {
		if !c.signs[i] {
			continue
		}
		signs := slices.Clone(c.signs)
		signs[i] = false
		k := slices.IndexFunc(cs, func(d cell) bool { return slices.Equal(d.signs, signs) })
		conds := conditions(ts, c.signs, ">", "<")
		conds[i] = ts[i].String() + " = 0"
		says = append(says, where(fmt.Sprintf("%s = %s and %s = %s", slope(c.is, "y"), slope(cs[k].is, "y"), slope(c.is, "ybar"), slope(cs[k].is, "ybar")), conds))
	}
	return says, true
}

// opaque reports whether e has what may break a derivative, besides positive parts.
func opaque(e *formula.Expr) bool {
	return contains(e, func(e *formula.Expr) bool {
		return hasEnergy(e) && (slices.Contains([]string{"if", "sqrt", "D", "with", "max", "min"}, e.Op) || e.Op == "^" && !whole(e.Args[1]))
	})
}

// whole reports whether e is a whole number, 0 or more.
func whole(e *formula.Expr) bool {
	x, ok := value(e)
	return ok && x.IsInt() && x.Sign() >= 0
}

// domain says that divisors are not 0 and arguments of logarithms are above 0.
func (q *inquiry) domain(e *formula.Expr) (says []string) {
	for _, a := range e.Args {
		for _, s := range q.domain(a) {
			if !slices.Contains(says, s) {
				says = append(says, s)
			}
		}
	}
	if hasEnergy(e) && (e.Op == "log" || e.Op == "/" && hasEnergy(e.Args[1])) {
		of := e.Args[len(e.Args)-1]
		if s := of.String() + " > 0"; !slices.Contains(says, s) {
			says = append(says, s)
		}
	}
	return says
}
