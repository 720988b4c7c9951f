package profile

import (
	"fmt"

	"ebmcheck/properties/formula"
)

// thresholds are texts m such that a positive part, or the sum of two, is m + F − F̄: where a loss may be at rest; and the energies at
// which it is.
func (q *inquiry) thresholds() (ms []threshold) {
	if q.two == nil {
		return nil
	}
	ts := parts(plain(q.two.expr))
	var sums []*formula.Expr
	for i, t := range ts {
		sums = append(sums, t)
		for _, u := range ts[i+1:] {
			sums = append(sums, add(t, u))
		}
	}
	for _, t := range sums {
		if !affine(t, 1, -1) {
			continue
		}
		m := threshold{margin: rest(t).String(), at: place{"0", rest(t).String()}}
		for _, u := range ts {
			if affine(u, 1, 0) {
				m.at.correct = neg(rest(u)).String()
				m.at.other = add(neg(rest(u)), rest(t)).String()
			}
		}
		ms = append(ms, m)
	}
	return ms
}

// A threshold is a margin that a loss may have, and a place where it is at rest.
type threshold struct {
	margin string
	at     place
}

func (m threshold) shown() string { return formula.MustParse(m.margin).Unicode() }

// answer says that the margin is one that a loss has.
func (m threshold) answer() string { return "k < " + m.shown() + ", not k ≥ " + m.shown() }

// affine reports whether t has these slopes.
func affine(t *formula.Expr, byF, byFbar int64) (ok bool) {
	defer func() {
		if _, refused := recover().(refusal); refused {
			ok = false
		}
	}()
	return is(slope(t, "y"), byF) && is(slope(t, "ybar"), byFbar)
}

// rest is t where the energies are 0.
func rest(t *formula.Expr) *formula.Expr {
	var drop func(e *formula.Expr) *formula.Expr
	drop = func(e *formula.Expr) *formula.Expr {
		switch e.Op {
		case "F":
			return integer(0)
		case "+":
			return add(drop(e.Args[0]), drop(e.Args[1]))
		case "-":
			return sub(drop(e.Args[0]), drop(e.Args[1]))
		case "*":
			return mul(drop(e.Args[0]), drop(e.Args[1]))
		case "neg":
			return neg(drop(e.Args[0]))
		}
		return e
	}
	return drop(t)
}

const marginQuestion = "margin (Condition 3)"

// margin asks for Condition 3 of LeCun et al. 2006: of a margin k ≥ 0, some place with F_y + k < F̄ has a lower loss than every place
// with F_y + k ≥ F̄. It holds where such a place is named; it fails where for each place one on the other side is named that is as good.
func (q *inquiry) margin() Answer {
	k := q.l.name("k")
	wrong := func(l *loss) string { // the place G is on the wrong side
		if l.pair {
			return l.name("u") + " + " + k + " >= " + l.name("v")
		}
		return "G[y] + " + k + " >= min(j != y: G[j])"
	}
	holds := func(p place, also string) func(*loss) string {
		return always("%s > %s if "+k+" >= 0 and %s"+also, at(there), at(p), wrong)
	}
	fails := func(p place, also string) func(*loss) string {
		return always("%s >= %s if "+k+" >= 0"+also, at(here), at(p))
	}
	var cs []candidate
	add := func(answer, why string, says ...func(*loss) string) {
		cs = append(cs, candidate{answer: answer, why: why, says: says})
	}
	named := func(p place) string {
		return fmt.Sprintf("(%s, %s) beats every place where F_y + k ≥ F̄", formula.MustParse(p.correct).Unicode(), formula.MustParse(p.other).Unicode())
	}
	far := []place{{"0", k + " + 1"}}
	for _, p := range q.l.names {
		far = append(far, place{"0", "2 + " + k + " + " + p}, place{"0", k + " + 1/" + p})
	}
	for _, p := range q.l.names {
		if p == "beta" {
			far = append(far, place{"0", k + " + 1 + log(n)/beta"})
		} else {
			far = append(far, place{"0", k + " + 1 + log(n)*" + p})
		}
	}
	for _, p := range far {
		if q.l.pair && contains(parse(p.other), func(e *formula.Expr) bool { return e.Op == "n" }) {
			continue
		}
		add("every k ≥ 0", named(p), holds(p, ""))
	}
	level, low := place{"0", k}, place{"0", "0"}
	for _, m := range q.thresholds() {
		shown := m.shown()
		for _, rival := range []place{level, low, {"F[y]", "(F[y] + " + k + ")"}, {m.at.correct, "(" + m.at.correct + " + " + k + ")"}} {
			add(m.answer(), named(m.at)+"; from k = "+shown+" on, one of these is as good as any", holds(m.at, " and "+k+" < "+m.margin), fails(rival, " and "+k+" >= "+m.margin))
		}
	}
	weakly := func(l *loss) string {
		if l.pair {
			return l.name("u") + " > " + l.name("v")
		}
		return "G[y] > min(j != y: G[j])"
	}
	for _, rival := range []place{low, {"F[y]", "F[y]"}} {
		add("none; it only tells F_y > F̄ from F_y < F̄", "some place with F_y = F̄ is as good as any", fails(rival, ""), always("%s > %s if %s", at(there), at(place{"0", "1"}), weakly))
	}
	lower := place{"F[y]", "min(F[y], F[#])"}
	if q.l.pair {
		lower.other = "min(F[y], F[ybar])"
	}
	for _, rival := range []place{low, {"F[y]", "F[y]"}, lower} {
		add("none", "some place with F_y + k ≥ F̄ is as good as any", fails(rival, ""))
	}
	return q.choose(marginQuestion, cs, "")
}

// collapse asks whether one energy for all answers may give the least loss: among all energies, and among those that are at least 0.
func (q *inquiry) collapse() []Answer {
	c := q.l.name("c")
	var as []Answer
	for _, nonNegative := range []bool{false, true} {
		question, among, from := "permits collapse", "", ""
		if nonNegative {
			question, among, from = "collapse, F ≥ 0", " if F[y] >= 0", " if "+c+" >= 0"
		}
		within := func(l *loss) string {
			switch {
			case among == "":
				return ""
			case l.pair:
				return among + " and F[ybar] >= 0"
			}
			return " if min(j: F[j]) >= 0"
		}
		var cs []candidate
		for _, x := range append([]string{"0"}, q.l.names...) {
			cs = append(cs, candidate{answer: "yes, at " + formula.MustParse(x).Unicode(), says: []func(*loss) string{always("%s >= %s%s", at(here), at(place{x, x}), within)}})
		}
		better := []place{{c, c + " + 1"}, {"0", c + " + 1"}}
		for _, m := range q.thresholds() {
			better = append(better, place{c, c + " + " + m.margin}, m.at)
		}
		for _, p := range q.l.names {
			better = append(better, place{c, c + " + " + p}, place{"0", "2 + " + p + " + " + c})
		}
		if !nonNegative {
			better = append(better, place{c + " - 1", c}, place{"0", "(min(" + c + ", 0) - 1)"})
		}
		for _, b := range better {
			cs = append(cs, candidate{answer: "no", why: fmt.Sprintf("(%s, %s) is better than (c, c)", formula.MustParse(b.correct).Unicode(), formula.MustParse(b.other).Unicode()),
				says: []func(*loss) string{always("%s > %s"+from, at(place{c, c}), at(b))}})
		}
		as = append(as, q.choose(question, cs, ""))
	}
	return as
}

// fades asks what becomes of the slope, |∂ℓ/∂F| + |∂ℓ/∂F̄|, where F ≥ F̄: it stays above a number, or tends to 0, or is 0.
func (q *inquiry) fades() Answer {
	const question = "slope where F ≥ F̄"
	open := Answer{Question: question, Answer: "not found", Evidence: Open}
	if q.two == nil {
		return open
	}
	of := *q
	of.l = q.two
	ts, cells := cells(plain(q.two.expr))
	says := func(format, condition string) (all []func(*loss) string) {
		defer func() {
			if _, refused := recover().(refusal); refused {
				all = nil
			}
		}()
		for _, c := range cells {
			s := fmt.Sprintf(format, slope(c.is, "y"), slope(c.is, "ybar"))
			s = where(s, append([]string{condition}, conditions(ts, c.signs, ">", "<")...))
			all = append(all, func(*loss) string { return s })
		}
		return all
	}
	var cs []candidate
	add := func(answer string, all []func(*loss) string) {
		if all != nil {
			cs = append(cs, candidate{answer: answer, says: all, cells: true})
		}
	}
	bounds := []string{"2", "1", "1/2"}
	for _, p := range q.l.names {
		bounds = append(bounds, "4*"+p, "2*"+p, p, "min(2, "+p+")", "1/"+p)
	}
	for _, b := range bounds {
		add("at least "+formula.MustParse(b).Unicode(), says("abs(%s) + abs(%s) >= "+b, "F[y] >= F[ybar]"))
	}
	for _, p := range q.l.names {
		add("fades: it is 0 where F − F̄ > "+formula.MustParse(p).Unicode(), says("abs(%s) + abs(%s) = 0", "F[y] - F[ybar] > "+p))
	}
	for _, b := range []string{"2*exp(F[ybar] - F[y])", "2*beta*exp(beta*(F[ybar] - F[y]))"} {
		add("fades: at most "+formula.MustParse(b).Unicode(), says("abs(%s) + abs(%s) <= "+b, "F[y] >= F[ybar]"))
	}
	a := of.choose(question, cs, "")
	a.OfTwo = !q.l.pair
	return a
}
