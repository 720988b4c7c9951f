package theory

import (
	"fmt"
	"maps"
	"slices"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// A statement is a claim about theory over cases of type C. Its verdict is
// computed from what Printed, Corrected and Faulty find on the special cases
// and on random ones.
type statement[C any] struct {
	cases []C                     // special values, smallest first: the first to fail is the smallest counterexample
	draw  func(*rapid.T) C        // random cases
	show  func(C) string          // as a person would write the case
	reach map[string]func(C) bool // strata that the cases must reach

	printed   func(C) finding   // the statement as the source prints it
	condition []clause[C]       // holds-if: what the source leaves unsaid, all of it together
	accident  []clause[C]       // where the printed form holds beyond the condition, for one of these reasons
	perhaps   []clause[C]       // more of them, which are met where it fails, too
	corrected func(C) finding   // refuted: what is true instead; elsewhere: what more is true, on both sides of a condition
	faulty    func(C) finding   // a planted wrong variant of what is true
	also      []func(C) finding // more of them, each refuted by a part of the statement that no other refutes

	tight func(c C, printed finding) (trouble string) // nil, or what contradicts what is said of where it is true
	probe bool                                        // no fault is asked for, and the first contradiction ends it
}

// A clause is a part of a condition, with the name by which it is shown:
//
//	condition: []clause[domain]{{"β > 0", warm}, {"0 < Z < ∞", domain.proper}},
//
// A condition is tight. Where all of its clauses are met the printed form never fails; for each clause the cases must
// have one just beyond it, where this one alone is broken and the printed form fails (the smallest is shown with the
// clause); and beyond the condition the printed form never holds but where an accident excuses it. Each accident is needed,
// and it is met in no case in which the printed form fails; those that are met in some such cases stand apart, and together
// in no more than three of four.
type clause[C any] struct {
	name string
	met  func(C) bool
}

// broken returns how many of the clauses a case breaks, and the last of them.
func broken[C any](clauses []clause[C], c C) (n, last int) {
	for i, part := range clauses {
		if !part.met(c) {
			n, last = n+1, i
		}
	}
	return n, last
}

// An excuse is how often each accident was met beyond the condition: alone where the printed form holds, and where it fails;
// and any of them, of all cases in which it fails.
type excuse struct {
	alone, fails       []int
	failing, excusable int
}

// excused reports whether a case beyond the condition meets one of the accidents, and counts it.
func (e *excuse) excused(met []bool, printed truth) bool {
	first := slices.Index(met, true)
	switch {
	case printed == no:
		e.failing++
		if first >= 0 {
			e.excusable++
		}
		for i, m := range met {
			if m {
				e.fails[i]++
			}
		}
	case printed == yes && first >= 0 && !slices.Contains(met[first+1:], true):
		e.alone[first]++
	}
	return first >= 0
}

// doubt returns why accidents, of which the first so many are to be met in no case that fails, explain nothing: one excuses no
// case that no other excuses, or is met where the printed form fails, or not even there; or in more than three of four cases
// in which it fails they would excuse it as well.
func (e *excuse) doubt(exact int, name func(int) string) string {
	for i, n := range e.fails {
		switch {
		case e.alone[i] == 0:
			return fmt.Sprintf("the accident %q excuses nothing that no other excuses", name(i))
		case i < exact && n > 0:
			return fmt.Sprintf("the accident %q would excuse %d cases that fail", name(i), n)
		case i >= exact && n == 0:
			return fmt.Sprintf("the accident %q is met in no case that fails: it is none that may be", name(i))
		}
	}
	if 4*e.excusable > 3*e.failing {
		return fmt.Sprintf("of %d cases that fail beyond the condition accidents would excuse %d", e.failing, e.excusable)
	}
	return ""
}

// checker examines a statement, whatever its cases are.
type checker interface {
	examine(seed uint64, checks int) examination
}

// A theoryClaim is a statement of the source with its check, nil where it is not
// checkable.
type Claim struct {
	result.Claim
	Statement checker
	Paths     func() []result.Path // nil, or descents that show what is said
}

// statements are those of the source, in its order.
var Claims = stated(slices.Concat(intuition, likelihood, contrastive))

// Examine is the line of a claim about theory: whether the suite could
// establish the verdict that the ledger states.
func (c Claim) Examine(seed uint64, checks int) result.Result {
	r := c.Result()
	r.Verdict = c.Verdict
	if c.Paths != nil {
		r.Paths = c.Paths()
	}
	if trouble := c.prove(&r); trouble != "" {
		r.Outcome, r.Why = result.Refuted, trouble
		return r
	}
	if c.Statement == nil {
		r.Outcome, r.Evidence = result.Passed, ""
		return r
	}
	e := c.Statement.examine(draw.Seed(seed, c.ID), checks)
	r.Cases, r.Strata, r.Sides, r.Small, r.Beyond, r.Planted = e.cases, e.strata, e.sides, e.example, e.beyond, e.fault
	switch {
	case e.trouble != "":
		r.Outcome, r.Why = result.Refuted, e.trouble
	case e.verdict != c.Verdict:
		r.Outcome, r.Why = result.Refuted, fmt.Sprintf("the ledger says %q, the check arrived at %q", c.Verdict, e.verdict)
	case e.cases < checks:
		r.Outcome, r.Why = result.NotRun, fmt.Sprintf("%d cases ran, %d were promised", e.cases, checks)
	default:
		r.Outcome = result.Passed
	}
	return r
}

// An examination is what was found about a statement.
type examination struct {
	cases   int
	random  int // of them
	strata  map[string]int
	verdict result.Verdict         // computed
	trouble string                 // why no verdict could be established, or a check that could not fail
	sides   map[string]int         // how often the printed form held, failed, said nothing, inside and outside the condition
	instead map[string]int         // how often the corrected statement held, by the side on which the printed form was
	example *result.Counterexample // the smallest on which the printed form fails, if there is a condition just beyond a clause of it
	beyond  []result.Beyond        // for each clause of the condition, the smallest such on which it alone is broken
	fault   *result.Counterexample // one on which the planted wrong variant fails
}

func (s statement[C]) examine(seed uint64, checks int) examination {
	e := examination{random: checks, strata: map[string]int{}, sides: map[string]int{}, instead: map[string]int{}}
	for name := range s.reach {
		e.strata[name] = 0
	}
	gen := rapid.Custom(s.draw)
	also := slices.Clone(s.also) // not refuted yet
	example, fault := smallest[C]{show: s.show}, smallest[C]{show: s.show}
	accidents := slices.Concat(s.accident, s.perhaps)
	excuses := excuse{alone: make([]int, len(accidents)), fails: make([]int, len(accidents))}
	met := make([]bool, len(accidents))
	beyond := make([]smallest[C], len(s.condition))
	for i := range beyond {
		beyond[i].show = s.show
	}
	for i := range len(s.cases) + checks {
		var c C
		if i < len(s.cases) {
			c = s.cases[i]
		} else {
			c = draw.Example(gen, seed+uint64(i-len(s.cases)))
		}
		e.cases++
		for name, in := range s.reach {
			if in(c) {
				e.strata[name]++
			}
		}
		breaks, last := broken(s.condition, c)
		inside := breaks == 0
		p := s.printed(c)
		e.sides[side(p.truth, inside)]++
		if s.tight != nil {
			if trouble := s.tight(c, p); trouble != "" {
				e.trouble = trouble + ": " + s.show(c) + ": " + p.String()
				return e
			}
		} else if !inside {
			for k, a := range accidents {
				met[k] = a.met(c)
			}
			if !excuses.excused(met, p.truth) && p.truth == yes {
				e.trouble = "what is printed is true beyond the condition, too: " + s.show(c)
				return e
			}
		}
		if p.truth == no && breaks <= 1 {
			example.see(c, i)
			if breaks == 1 {
				beyond[last].see(c, i)
			}
		}
		if s.corrected != nil {
			switch f := s.corrected(c); f.truth {
			case no, undecided:
				e.trouble = "the corrected statement fails: " + s.show(c) + ": " + f.String()
				return e
			case yes:
				e.instead[side(p.truth, inside)]++
			}
		}
		if inside && s.faulty != nil && (!fault.found || i < len(s.cases)) {
			if f := s.faulty(c); f.truth == no {
				fault.see(c, i)
			}
			if s.probe && fault.found { // it was the fault that was put to the test
				e.fault = s.counterexample(c, s.faulty(c))
				return e
			}
		}
		if inside {
			also = slices.DeleteFunc(also, func(f func(C) finding) bool { return f(c).truth == no })
		}
		if s.probe && p.truth == no && inside && (s.corrected == nil || s.condition != nil) {
			e.trouble = "the printed form fails: " + s.show(c)
			return e
		}
		if p.truth == undecided {
			e.trouble = "not decided at this precision: " + s.show(c) + ": " + p.String()
			return e
		}
	}
	e.settle(s.condition != nil, s.corrected != nil)
	if example.found && !s.probe {
		s.shrink(gen, seed, &example)
		e.example = s.counterexample(example.c, s.printed(example.c))
	}
	for i, part := range s.condition {
		if !beyond[i].found {
			e.doubtful("no counterexample was found just beyond " + part.name)
			continue
		}
		if !s.probe {
			e.beyond = append(e.beyond, result.Beyond{Part: part.name, Small: s.counterexample(beyond[i].c, s.printed(beyond[i].c))})
		}
	}
	if fault.found {
		e.fault = s.counterexample(fault.c, s.faulty(fault.c))
	}
	e.doubt(s.corrected != nil, s.faulty != nil, !s.probe)
	if e.enough() > 0 && !s.probe {
		e.doubtful(excuses.doubt(len(s.accident), func(i int) string { return accidents[i].name }))
	}
	if len(also) > 0 && !s.probe {
		e.doubtful(fmt.Sprintf("%d more planted wrong variants were not refuted", len(also)))
	}
	return e
}

// shrink makes a random case smaller, where no special case was small enough.
func (s statement[C]) shrink(gen *rapid.Generator[C], seed uint64, least *smallest[C]) {
	if least.i < len(s.cases) {
		return
	}
	least.see(draw.Shrink(gen, seed+uint64(least.i-len(s.cases)), least.c, func(c C) bool { return s.printed(c).truth == no }), least.i)
}

// doubtful notes a trouble, unless there is one.
func (e *examination) doubtful(trouble string) {
	if e.trouble == "" {
		e.trouble = trouble
	}
}

// settle computes the verdict from what was counted.
func (e *examination) settle(conditional, corrected bool) {
	for _, name := range slices.Sorted(maps.Keys(e.strata)) {
		if n := e.strata[name]; n < e.enough() {
			e.trouble = fmt.Sprintf("%d cases of %d reached the stratum %s, want %d", n, e.cases, name, e.enough())
			return
		}
	}
	silent := e.sides["says nothing"] + e.sides["says nothing outside"]
	held, failed, failedInside := e.sides["holds"], e.sides["fails"]+e.sides["fails outside"], e.sides["fails"]
	switch {
	case held == 0 && failed == 0:
		e.trouble = "the statement said nothing on any case"
	case silent > held+failed+e.sides["holds outside"]:
		e.trouble = fmt.Sprintf("the statement says nothing on more than half of the cases: %d", silent)
	case failed == 0 && conditional:
		e.trouble = "without the condition there should be a counterexample; none was found"
	case failed == 0:
		e.verdict = result.Holds
	case failedInside == 0 && held > 0: // it fails outside
		e.verdict = result.HoldsIf
	case conditional:
		e.trouble = "the printed form fails although the condition is met"
	case corrected && e.instead["fails"] == 0:
		e.trouble = "the corrected statement says nothing where the printed form fails"
	case corrected:
		e.verdict = result.IsRefuted
	default:
		e.trouble = "the printed form fails and no corrected statement is given"
	}
}

// enough is how many cases a stratum is to have: one in 500. Of fewer than 1000 random cases
// nothing is asked: one in which a hundred are to be reached may have none by chance.
func (e *examination) enough() int {
	if e.random < 1000 {
		return 0
	}
	return e.cases / 500
}

// doubt asks whether what is true besides was seen to say something, and the check was seen to fail; wanted: that it should be.
func (e *examination) doubt(corrected, faulty, wanted bool) {
	if e.trouble != "" {
		return
	}
	switch {
	case corrected && len(e.instead) == 0:
		e.trouble = "what is said to be true besides says nothing on any case"
	case wanted && !faulty:
		e.trouble = "no wrong variant is planted: a check that has not been seen to fail"
	case faulty && e.fault == nil:
		e.trouble = "the planted wrong variant was not refuted"
	}
}

func side(t truth, inside bool) string {
	s := [...]string{yes: "holds", no: "fails", undefined: "says nothing", undecided: "undecided"}[t]
	if !inside {
		s += " outside"
	}
	return s
}

func (s statement[C]) counterexample(c C, f finding) *result.Counterexample {
	e := &result.Counterexample{Case: s.show(c), What: f.about(), Relation: f.rel, Got: fmt.Sprint(f.left), Want: fmt.Sprint(f.right)}
	left, ok1 := f.left.(exact.Interval)
	right, ok2 := f.right.(exact.Interval)
	if !ok1 || !ok2 {
		return e
	}
	e.Got, e.Want = number(left), number(right)
	if !left.IsPoint() || !right.IsPoint() {
		e.Enclosure = left.String() + " and " + right.String()
	}
	return e
}

// number writes the middle of a narrow enclosure, and a wide one, such as a
// subdifferential, as it is.
func number(v exact.Interval) string {
	if v.Agrees(v, 53) {
		return result.Decimal(v.Mid() + 0) // not −0
	}
	return v.String()
}
