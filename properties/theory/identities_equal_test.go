package theory_test

import (
	"strings"
	"testing"
)

// An equality says of some inequalities among the relations of an identity where they are equalities, and that they are so nowhere else.
type equality struct {
	says string
	when func(w *world) bool
	of   []int // which of the relations
}

func iff(says string, when func(w *world) bool, of ...int) equality { return equality{says, when, of} }

// is reports whether a and b are one number, as far as their enclosures tell.
func is(a, b num) bool { return !a.Disjoint(b) }

// level reports whether all numbers are one.
func level(x []num) bool {
	for _, v := range x {
		if !is(v, x[0]) {
			return false
		}
	}
	return true
}

func (w *world) constant() bool  { return level(w.F) }
func (w *world) shifted() bool   { return level(minus(w.F, w.G)) }
func (w *world) single() bool    { return w.n == 1 }
func (w *world) pair() bool      { return w.n == 2 }
func (w *world) tied() bool      { return is(w.d(), none) }
func (w *world) twoLevels() bool { return w.next == w.n-w.k }

// terms are F and m − F̄ at m = 1.
func (w *world) terms() (F, G num) { return w.F[w.y], unit.Sub(w.F[w.other()]) }

// others are the energies of the answers but y.
func (w *world) others() (F []num) {
	for j, f := range w.F {
		if j != w.y {
			F = append(F, f)
		}
	}
	return F
}

// end reports whether all other energies are equal, and lie on one side of F_y: by sign times as much.
func (w *world) end(sign float64) bool {
	others := w.others()
	return level(others) && (len(others) == 0 || !times(w.F[w.y].Sub(others[0]), sign).Less(none))
}

// on is the mass of the answers whose energy is f.
func (w *world) on(f num) num {
	mass := none
	for i, p := range w.p() {
		if is(w.F[i], f) {
			mass = mass.Add(p)
		}
	}
	return mass
}

// An arrow is an implication between inequalities a < b.
type arrow struct{ premise, conclusion func(w *world) (a, b num) }

// certain says of a < b whether it is certainly so, and whether b < a is.
func certain(a, b num) (yes, no bool) { return a.Less(b), b.Less(a) }

// refuted reports whether the premise is certainly met, and the conclusion not.
func (i arrow) refuted(w *world) bool {
	met, _ := certain(i.premise(w))
	_, not := certain(i.conclusion(w))
	return met && not
}

// converse is the implication read backwards.
func (i arrow) converse() arrow { return arrow{i.conclusion, i.premise} }

// made are worlds in which inequalities are equalities.
func made() (ws []*world) {
	at := func(β float64, F, G []num) {
		w := &world{n: len(F), β: number(β), b: number(2 * β), c: none, F: F, G: G}
		for i := range F {
			w.q = append(w.q, number(float64(1+i)))
		}
		ws = append(ws, w.settled())
	}
	of := func(x ...float64) (z []num) {
		for _, v := range x {
			z = append(z, number(v))
		}
		return z
	}
	ln2 := number(2).Log()
	at(1, of(0), of(1))
	at(2, of(0, 0), of(1, -1))
	at(0.5, of(0, 1), of(1, -1))
	at(1, of(1, 1, 1), of(2, 2, 2))
	at(1, of(0, 0, 1, 1, 1), of(0, 0, 1, 1, 1))
	at(1, of(2, 0, 0), of(0, 1, 2))
	at(2, of(0, 2, 2), of(-1, 1, 3))
	at(1, []num{none, ln2, ln2}, of(1, 0, 0)) // p = (½, ¼, ¼)
	at(3, of(0.5, 0.5), of(0, 0))             // F = m − F̄ at m = 1
	return ws
}

// incorrect reports whether the identity speaks of an incorrect answer, which a world of one answer does not have.
func (id identity) incorrect() bool { return id.n >= 47 && id.n <= 74 }

// TestEqualities: an inequality is an equality where its identity says so, in some world, and is none elsewhere, as in some other.
func TestEqualities(t *testing.T) {
	tried := made()
	for seed := range uint64(worlds) {
		tried = append(tried, newWorld(seed))
	}
	for _, id := range identities {
		for _, e := range id.equal {
			seen := map[bool]int{}
			for _, w := range tried {
				if w.n == 1 && id.incorrect() {
					continue
				}
				rs := id.check(w)
				if rs == nil {
					continue
				}
				want := e.when(w)
				seen[want]++
				for _, i := range e.of {
					if r := rs[i]; !r.le || r.a.Less(r.b) == want {
						t.Errorf("identity %d, relation %d: %v against %v, where it is %v that %s: F=%v, G=%v, y=%d", id.n, i, r.a, r.b, want, e.says, w.F, w.G, w.y)
					}
				}
			}
			if seen[true] == 0 || seen[false] == 0 {
				t.Errorf("identity %d: %s in %d worlds, and not in %d", id.n, e.says, seen[true], seen[false])
			}
		}
	}
}

// TestOneWay: where an identity says "not conversely" no world refutes its ⇒, and some world its converse.
func TestOneWay(t *testing.T) {
	tried := made()
	for seed := range uint64(worlds) {
		tried = append(tried, newWorld(seed))
	}
	for _, id := range identities {
		said := strings.Contains(id.says, "not conversely")
		if said != (id.oneWay.premise != nil) {
			t.Errorf("identity %d: one way is %v, with an arrow %v", id.n, said, !said)
		}
		if !said || t.Failed() {
			continue
		}
		met, converse := 0, 0
		for _, w := range tried {
			if w.n == 1 && id.incorrect() {
				continue
			}
			if id.oneWay.refuted(w) {
				t.Errorf("identity %d: its ⇒ is false: F=%v, y=%d", id.n, w.F, w.y)
			}
			if yes, _ := certain(id.oneWay.premise(w)); yes {
				met++
			}
			if id.oneWay.converse().refuted(w) {
				converse++
			}
		}
		if met == 0 || converse == 0 {
			t.Errorf("identity %d: of %d worlds %d meet the premise of its ⇒, and %d refute the converse", id.n, len(tried), met, converse)
		}
	}
}
