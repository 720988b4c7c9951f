package profile

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/formula"
)

// scale is the factor of homogeneity, which is above 0.
func (l *loss) scale() string { return l.name("r") }

// questions are what a profile answers, in order.
var questions = []func(q *inquiry) []Answer{
	one((*inquiry).nonNegative), one((*inquiry).zero), one((*inquiry).convex), one((*inquiry).shift), one((*inquiry).homogeneous),
	one((*inquiry).increasing), one((*inquiry).decreasing), one((*inquiry).smooth), one((*inquiry).margin), (*inquiry).collapse,
	one((*inquiry).fades), (*inquiry).limits, (*inquiry).compared,
}

func one(f func(q *inquiry) Answer) func(q *inquiry) []Answer {
	return func(q *inquiry) []Answer { return []Answer{f(q)} }
}

// yesNo is answered by yes if the statements hold, by no if a case refutes them.
func (q *inquiry) yesNo(question string, says ...func(l *loss) string) Answer {
	return q.choose(question, []candidate{{answer: "yes", says: says}}, "no")
}

func (q *inquiry) nonNegative() Answer {
	return q.yesNo("non-negative", always("%s >= 0", at(here)))
}

// zero asks where the loss is 0, and only there: where some of its positive parts are 0, or F_y is, or no other energy is lower.
func (q *inquiry) zero() Answer {
	cs := []candidate{
		{answer: "nowhere", says: []func(*loss) string{always("%s > 0", at(here))}},
		{answer: "nowhere", says: []func(*loss) string{always("%s != 0", at(here))}},
		{answer: "everywhere", says: []func(*loss) string{always("%s = 0", at(here))}},
	}
	where := func(conditions ...func(l *loss) string) {
		is := func(l *loss) string {
			s := l.at(here) + " = 0 if "
			for i, c := range conditions {
				if i > 0 {
					s += " and "
				}
				s += c(l)
			}
			return s
		}
		says := []func(*loss) string{is}
		var shown []string
		for _, c := range conditions {
			says = append(says, always("%s if %s = 0", c, at(here)))
			shown = append(shown, formula.MustStatement(c(q.l)).Unicode())
		}
		cs = append(cs, candidate{answer: "where " + strings.Join(shown, " and "), says: says})
	}
	text := func(s string) func(*loss) string { return func(*loss) string { return s } }
	where(text("F[y] = 0"))
	var ts []func(*loss) string
	if q.l.pair {
		for _, t := range parts(plain(q.l.expr)) {
			ts = append(ts, text(atMost(t)))
		}
		ts = ts[:min(len(ts), mostParts)]
	} else {
		lowest := func(l *loss) string {
			if l.pair {
				return "F[ybar]"
			}
			return "min(j != y: F[j])"
		}
		ts = append(ts, always("F[y] <= %s", lowest))
		for _, m := range q.l.names {
			ts = append(ts, always("F[y] + "+m+" <= %s", lowest))
		}
	}
	for k := 1; k < 1<<len(ts); k++ {
		var some []func(*loss) string
		for i := range ts {
			if k>>i&1 == 1 {
				some = append(some, ts[i])
			}
		}
		where(some...)
		where(append([]func(*loss) string{text("F[y] = 0")}, some...)...)
	}
	return q.choose("zero", cs, "")
}

// atMost says t ≤ 0, with what is taken away on the other side.
func atMost(t *formula.Expr) string {
	if t.Op == "-" {
		return t.Args[0].String() + " <= " + t.Args[1].String()
	}
	return t.String() + " <= 0"
}

// convex asks of the loss in the middle of two places. It is proved where its tangents, in each cell, lie below it.
func (q *inquiry) convex() Answer {
	middle := place{"((F[#] + G[#])/2)", "((F[#] + G[#])/2)"}
	c := candidate{answer: "yes", says: []func(*loss) string{always("%s <= (%s + %s)/2", at(middle), at(here), at(there))}, why: "it lies above a tangent plane everywhere"}
	if q.two != nil {
		c.proves = q.tangents()
	}
	return q.choose("convex", []candidate{c}, "no")
}

// tangents say that the loss of two lies above its tangent in each cell.
func (q *inquiry) tangents() (says []string) {
	defer ignoreRefusal(&says)
	l := q.two
	ts, cs := cells(plain(l.expr))
	for _, c := range cs {
		s := fmt.Sprintf("%s >= %s + (%s)*(%s - F[y]) + (%s)*(%s - F[ybar])", l.at(there), l.at(here), slope(c.is, "y"), l.name("u"), slope(c.is, "ybar"), l.name("v"))
		says = append(says, where(s, conditions(ts, c.signs, ">=", "<=")))
	}
	return says
}

// where is a statement under conditions.
func where(says string, conditions []string) string {
	if len(conditions) > 0 {
		says += " if " + strings.Join(conditions, " and ")
	}
	return says
}

func ignoreRefusal(says *[]string) {
	switch r := recover().(type) {
	case nil:
	case refusal:
		*says = nil
	default:
		panic(r)
	}
}

func (q *inquiry) shift() Answer {
	c := q.l.name("c")
	return q.yesNo("shift-invariant", always("%s = %s", at(place{"(F[#] + " + c + ")", "(F[#] + " + c + ")"}), at(here)))
}

// homogeneous asks whether a factor of the energies is one of the loss, in a power; perhaps if parameters have it too, or its inverse.
func (q *inquiry) homogeneous() Answer {
	scale := q.l.scale()
	times := place{"(" + scale + "*F[#])", "(" + scale + "*F[#])"}
	var cs []candidate
	for scaled := range len(q.l.names) + 1 {
		for _, powers := range choices(len(q.l.names), scaled) {
			for _, degree := range []int{1, 2, 0} {
				moved := func(l *loss) string {
					return rewrite(l.with(l.expr, times), func(e *formula.Expr) *formula.Expr {
						k := slices.Index(l.names, e.Name)
						if e.Op != "param" || k < 0 || powers[k] == 0 {
							return nil
						}
						return parse([]string{"(" + e.Name + "/" + scale + ")", "", "(" + scale + "*" + e.Name + ")"}[powers[k]+1])
					}).String()
				}
				factor := []string{"%s = %s", "%s = " + scale + "*%s", "%s = " + scale + "^2*%s"}[degree]
				answer := fmt.Sprintf("of degree %d", degree)
				for k, p := range powers {
					symbol := formula.MustParse(q.l.names[k]).Unicode()
					switch p {
					case 1:
						answer += ", with " + symbol
					case -1:
						answer += ", with 1/" + symbol
					}
				}
				cs = append(cs, candidate{answer: answer, says: []func(*loss) string{always(factor, moved, at(here))}})
			}
		}
	}
	return q.choose("homogeneous", cs, "no")
}

// choices are the vectors of n of which k are ±1 and the others 0.
func choices(n, k int) (vs [][]int) {
	if n == 0 {
		if k == 0 {
			return [][]int{nil}
		}
		return nil
	}
	for _, first := range []int{0, 1, -1} {
		if first != 0 && k == 0 {
			continue
		}
		for _, rest := range choices(n-1, k-first*first) {
			vs = append(vs, append([]int{first}, rest...))
		}
	}
	return vs
}

func (q *inquiry) increasing() Answer {
	c := q.l.name("c")
	up := at(place{"(F[#] + " + c + ")", "F[#]"})
	return q.choose("increasing in F_y", []candidate{
		{answer: "strictly", says: []func(*loss) string{always("%s > %s if "+c+" > 0", up, at(here))}},
		{answer: "yes", says: []func(*loss) string{always("%s >= %s if "+c+" >= 0", up, at(here))}},
		{answer: "where F_y ≥ 0", says: []func(*loss) string{always("%s >= %s if "+c+" >= 0 and F[y] >= 0", up, at(here))}},
	}, "no")
}

func (q *inquiry) decreasing() Answer {
	c := q.l.name("c")
	up := at(place{"F[#]", "(F[#] + " + c + ")"})
	says := func(rel, condition string) []func(*loss) string {
		return []func(*loss) string{func(l *loss) string {
			if l.pair {
				return always("%s "+rel+" %s if "+condition, up, at(here))(l)
			}
			return always("%s "+rel+" %s if "+condition+" and n > 1", up, at(here))(l)
		}}
	}
	cs := []candidate{
		{answer: "strictly", says: says("<", c+" > 0")},
		{answer: "does not depend on it", says: says("=", c+" > 0")},
		{answer: "yes", says: says("<=", c+" >= 0")},
	}
	if q.l.pair {
		cs = append(cs, candidate{answer: "where F̄ ≥ 0", says: says("<=", c+" >= 0 and F[ybar] >= 0")})
	}
	return q.choose("decreasing in F̄", cs, "no")
}
