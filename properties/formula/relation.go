package formula

import (
	"math/big"

	"ebmcheck/properties/exact"
)

// A judgement is an evaluation of a statement's sides.
type judgement struct {
	*evaluation
	sets map[int32]exact.Interval // of the sides that a corner changes: all that they may be
}

// mostWays is how many ways there may be to settle the corners of a case before a side is enclosed without settling them.
const mostWays = 64

// evaluate encloses the sides, at corners by settling them in every way.
func (e *judgement) evaluate(c *Check) {
	e.run(c.need, 0)
	e.sets = nil
	if len(e.met) == 0 {
		return
	}
	open := false
	sides := map[int32]exact.Interval{}
	e.sets = map[int32]exact.Interval{}
	visit := func() {
		open = open || e.open
		for _, x := range c.cases {
			for _, l := range append(x.says[:len(x.says):len(x.says)], x.when...) {
				for _, i := range []int32{l.l, l.r} {
					now := e.v[i]
					before, ok := sides[i]
					if !ok {
						sides[i] = now
					} else if !now.Contains(before) || !before.Contains(now) {
						sides[i] = before.Hull(now)
						e.sets[i] = sides[i]
					}
				}
			}
		}
	}
	if !e.ways(c.need, c.choices, mostWays, visit) {
		for i := range c.need { // nothing better is known than what holds whichever way
			e.sets[int32(i)] = e.v[i]
		}
		open = open || e.open
	}
	e.open = open
}

// judge returns the worst verdict over all instances.
func (e *judgement) judge(c *Check, of func(*judgement, instance) Finding) Finding {
	worst := Finding{Verdict: Outside}
	rank := [...]int{Outside: 0, Holds: 1, Undecided: 2, Undefined: 3, Fails: 4}
	for i, x := range c.cases {
		if f := of(e, x); i == 0 || rank[f.Verdict] > rank[worst.Verdict] {
			f.Answers, worst = x.answers, f
		}
	}
	return worst
}

// conditions is Outside for an instance whose conditions fail or have no value, else Holds or Undecided.
func (c *Check) conditions(e *judgement, x instance) (f Finding) {
	for _, l := range x.when {
		switch g := e.link(l); g.Verdict {
		case Fails, Undefined:
			g.Verdict = Outside
			return g
		case Undecided:
			f = g
		}
	}
	return f
}

// whole is the verdict on an instance.
func (c *Check) whole(e *judgement, x instance) Finding {
	inside := c.conditions(e, x)
	if inside.Verdict == Outside {
		return inside
	}
	for _, i := range x.roots {
		if e.none[i] {
			f := e.link(x.says[0])
			f.Verdict = Undefined
			return f
		}
	}
	var says Finding
	for _, l := range x.says {
		switch g := e.link(l); g.Verdict {
		case Fails:
			if inside.Verdict == Undecided {
				return inside
			}
			return g
		case Undefined:
			says = g
		default:
			if says.Verdict == Holds {
				says = g
			}
		}
	}
	return says // if it holds, it holds whether or not the conditions do
}

// link is the verdict on one sign.
func (e *judgement) link(l link) Finding {
	f := Finding{Relation: l.relation, Place: l.place, Left: e.v[l.l], Right: e.v[l.r]}
	if e.none[l.l] || e.none[l.r] {
		f.Verdict = Undefined
		return f
	}
	x, left := e.sets[l.l]
	y, right := e.sets[l.r]
	if left {
		f.Left, f.Corner = x, true
	}
	if right {
		f.Right, f.Corner = y, true
	}
	if f.Corner {
		f.Verdict = e.some(l.sign, f.Left, f.Right)
	} else {
		f.Verdict = e.numeric(l)
	}
	return f
}

// some is the verdict on a relation of which a side is a set: whether it holds for some of its elements.
func (e *judgement) some(sign string, x, y exact.Interval) Verdict {
	var fails bool
	switch sign {
	case "=":
		fails = x.Disjoint(y)
	case "!=":
		fails = x.IsPoint() && y.IsPoint() && !x.Disjoint(y)
	case "<":
		fails = y.Hi().Cmp(x.Lo()) <= 0
	case "<=":
		fails = y.Less(x)
	case ">":
		return e.some("<", y, x)
	default:
		return e.some("<=", y, x)
	}
	switch {
	case fails:
		return Fails
	case e.open:
		return Undecided
	}
	return Holds
}

// numeric is the verdict on a relation of two numbers.
func (e *judgement) numeric(l link) Verdict {
	s, ok := e.compare(l.l, l.r)
	if !ok && e.equal(l) {
		s, ok = 0, true
	}
	if !ok {
		return Undecided
	}
	var holds bool
	switch l.sign {
	case "=":
		holds = s == 0
	case "!=":
		holds = s != 0
	case "<":
		holds = s < 0
	case "<=":
		holds = s <= 0
	case ">":
		holds = s > 0
	default:
		holds = s >= 0
	}
	if holds {
		return Holds
	}
	return Fails
}

// equal reports whether the sides, which overlap, count as equal.
func (e *judgement) equal(l link) bool {
	if l.sign == "<" || l.sign == ">" || l.sign == "!=" {
		return false
	}
	h := e.v[l.l].Hull(e.v[l.r])
	if h.IsUnbounded() {
		return false
	}
	lo, hi := h.Lo(), h.Hi()
	gap := new(big.Float).SetPrec(64).SetMode(big.ToPositiveInf).Sub(hi, lo)
	width := int64(gap.MantExp(nil))
	larger := max(exponentOf(e.v[l.l]), exponentOf(e.v[l.r]))
	if l.sign == "=" && width < larger-100 {
		return true
	}
	if e.prec < 640 {
		return false
	}
	sizes := map[int32]int64{}
	return width < max(larger, e.size(l.l, sizes), e.size(l.r, sizes))-400
}

// noExponent is below that of any number.
const noExponent = -1 << 40

// exponentOf returns an e with |x| < 2^e for all x in v.
func exponentOf(v exact.Interval) int64 {
	e := int64(noExponent)
	for _, x := range []*big.Float{v.Lo(), v.Hi()} {
		if x.IsInf() {
			return -noExponent
		}
		if x.Sign() != 0 {
			e = max(e, int64(x.MantExp(nil)))
		}
	}
	return e
}

// size returns the exponent of the largest terms that node i is a sum of, times its factors.
func (e *judgement) size(i int32, known map[int32]int64) int64 {
	if s, ok := known[i]; ok {
		return s
	}
	n := &e.nodes[i]
	s := exponentOf(e.v[i])
	switch n.op {
	case opSum, opMax, opNeg, opAbs, opPos:
		for _, a := range n.args {
			s = max(s, e.size(a, known))
		}
	case opLog: // ln(x(1 + ε)) is ln x + ε
		s = max(s, 0)
	case opMul:
		s = max(s, e.size(n.args[0], known)+e.size(n.args[1], known))
	case opDiv:
		s = max(s, e.size(n.args[0], known)-exponentOf(e.v[n.args[1]]))
	}
	known[i] = s
	return s
}
