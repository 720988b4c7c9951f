package formula

import (
	"ebmcheck/properties/exact"
)

// A Verdict on a statement in one case.
type Verdict int

// The verdicts.
const (
	Holds     Verdict = iota
	Fails             // for some answers of its for all
	Outside           // for no answers its conditions hold
	Undefined         // a side of what it says has no value: ln −1, 1/0, ∞ − ∞
	Undecided         // the two sides are too near to each other for 2048 bits, and not equal for a reason that is known
)

// String is the verdict in lower case.
func (v Verdict) String() string {
	return [...]string{"holds", "fails", "outside", "undefined", "undecided"}[v]
}

// A Check is a statement compiled for n energies. It is never changed: any number of goroutines may use it.
type Check struct {
	N     int    // of energies, the correct answer's first
	Slots []Slot // the parameters, in the order that Input.Params has

	table
	cases      []instance
	need, when []bool // nodes of the whole, of the conditions
	choices    int    // the first node that is a choice
}

// An instance is the statement for some answers of its for all.
type instance struct {
	answers    []int
	says, when []link
	roots      []int32 // of the derivatives in says: what has no value has no derivative
}

// A link is one sign of a chain with its two sides.
type link struct {
	relation, place int // which relation, which sign of it
	sign            string
	l, r            int32
}

// Compile unrolls the statement for n energies. It returns an *Error as Formula.Compile does.
func (s *Statement) Compile(n int) (c *Check, err error) {
	defer catch(&err)
	b := newBuilder(s.Text, n)
	x := s.Expand()
	made := &Check{N: n}
	made.instances(b, x, nil, nil, nil)
	made.table, made.Slots = b.table, b.slots
	var all, when []int32
	for _, i := range made.cases {
		for _, l := range i.says {
			all = append(all, l.l, l.r)
		}
		all = append(all, i.roots...)
		for _, l := range i.when {
			when = append(when, l.l, l.r)
		}
	}
	made.need, made.when = made.needed(append(all, when...)...), made.needed(when...)
	made.choices = made.firstChoice()
	return made, nil
}

// instances compiles the statement for every choice of answers for its quantified variables, those in answers chosen.
func (c *Check) instances(b *builder, s *Statement, answers []int, env *binding, when []link) {
	if len(answers) < len(s.ForAll) {
		q := s.ForAll[len(answers)]
		except := mostOffending - 1
		if q.Except != "" {
			except = b.index(q.Except, &Expr{Pos: q.Pos}, env)
		}
		for j := range b.n {
			if j == except {
				continue
			}
			inner := when
			if except == mostOffending { // a condition: which answer that is depends on the energies
				inner = append(when[:len(when):len(when)], link{-1, 0, "=", b.delta(j, mostOffending), b.whole(0)})
			}
			c.instances(b, s, append(answers[:len(answers):len(answers)], j), &binding{q.Name, j, env}, inner)
		}
		return
	}
	b.rooted = nil
	says := b.links(s.Says, env)
	roots := b.rooted
	c.cases = append(c.cases, instance{answers, says, append(when[:len(when):len(when)], b.links(s.When, env)...), roots})
}

func (b *builder) links(rs []Relation, env *binding) (ls []link) {
	for i, r := range rs {
		l := b.unroll(r.Terms[0], env)
		for k, sign := range r.Rels {
			right := b.unroll(r.Terms[k+1], env)
			ls = append(ls, link{i, k, sign, l, right})
			l = right
		}
	}
	return ls
}

// Bind returns the numbers of the slots, as Program.Bind does.
func (c *Check) Bind(scalars map[string]float64, vectors map[string][]float64) ([]float64, error) {
	return bindSlots(c.Slots, scalars, vectors)
}

// A Finding says what became of a statement in one case, and by which of its signs: the first one of the first answers with this
// verdict, for Holds the last. With Outside that is a sign of a condition.
type Finding struct {
	Verdict
	Answers         []int // of the variables of its for all
	Relation, Place int   // the sign is Rels[Place] of Says[Relation], or of When[Relation]
	Left, Right     exact.Interval
	Corner          bool // a derivative jumps here: a side encloses all that it may be
	Bits            uint // the precision that it took
}

// The precisions at which a statement is evaluated.
var checkBits = []uint{160, 320, 640, 1280, 2048}

// At judges the statement in one case. It panics if the input is not of n energies with its parameters.
//
// Two sides are less, equal or more for certain where their enclosures have no number in common, or by rational arithmetic, or because
// they are made in the same way of equal numbers. Otherwise a = b holds where both agree to 100 bits of the larger one, and at 640
// bits or more where they agree to 400 bits of the terms that they are sums of; a <= b holds where they agree so at 640 bits or more.
// Where a derivative jumps, a relation holds if it does for some element of the subdifferential.
func (c *Check) At(in Input) Finding {
	checkInput(in, c.N, c.Slots)
	e := judgement{evaluation: newEvaluation(c.nodes, in)}
	var f Finding
	for _, e.prec = range checkBits {
		if len(c.when) > 0 {
			e.run(c.when, 0)
			e.sets = nil
			if f = e.judge(c, c.conditions); f.Verdict == Outside {
				break
			}
		}
		e.evaluate(c)
		if f = e.judge(c, c.whole); f.Verdict != Undecided {
			break
		}
	}
	f.Bits = e.prec
	return f
}
