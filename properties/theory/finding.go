package theory

import (
	"cmp"
	"fmt"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/formula"
)

// agree is how close two enclosures must lie to count as one number: their
// hull is narrower than 2^−agree of their size. Sixty bits are left for what
// a chain of interval operations loses.
const agree = 100

// truth is what a statement is on a case.
type truth int

const (
	undecided truth = iota // the enclosures neither agree nor exclude
	yes
	no
	undefined // the statement says nothing here: a side has no value
)

// A finding is a statement's truth on one case, with the two sides that were
// compared. They are written out only where the finding is shown.
type finding struct {
	truth
	what        string
	left, right any
	rel         string             // what left should be to right: "=", "≤", …; "" if both say it themselves
	sign        *formula.Statement // of a formula: the relation that decided, in place of what
}

// equal finds whether two real numbers are the same: yes when their enclosures overlap within 2^−agree of their size, no
// when the enclosures exclude it. What may be 0 without being so by construction is compared as a quotient, or on a scale.
func equal(what string, left, right exact.Interval) finding {
	f := finding{truth: undecided, what: what, rel: "=", left: left, right: right}
	switch {
	case left.Disjoint(right):
		f.truth = no
	case same(left, right):
		f.truth = yes
	}
	return f
}

// equalSums is equal for sums whose terms may cancel: yes when they overlap within 2^−agree of size,
// what the terms come to.
func equalSums(what string, left, right, size exact.Interval) finding {
	f := equal(what, left, right)
	h := left.Hull(right)
	if width := h.Sub(h); f.truth == undecided && width.Hi().Cmp(size.Scale(0x1p-100).Lo()) <= 0 { // 2^−agree
		f.truth = yes
	}
	return f
}

// same reports whether the hull of two enclosures, which overlap, is narrower than 2^−agree of the least number in it: both
// are 0, or the relative difference is below that.
func same(a, b exact.Interval) bool {
	h := a.Hull(b)
	return h.IsPoint() || !h.ContainsZero() && h.Div(h).Agrees(x(1), agree-2)
}

// atMost finds whether left ≤ right: no when the enclosures exclude it, yes
// when they prove it or cannot tell the two apart within 2^−agree.
func atMost(what string, left, right exact.Interval) finding {
	f := finding{truth: undecided, what: what, rel: "≤", left: left, right: right}
	switch {
	case right.Less(left):
		f.truth = no
	case left.Less(right), left.Hi().Cmp(right.Lo()) <= 0, left.Agrees(right, agree):
		f.truth = yes
	}
	return f
}

// atLeast finds whether left ≥ right, as atMost does of the other.
func atLeast(what string, left, right exact.Interval) finding {
	f := atMost(what, right, left)
	f.left, f.right, f.rel = left, right, "≥"
	return f
}

// less finds whether left < right: yes when the enclosures prove it, no when
// they exclude it or both are one and the same point.
func less(what string, left, right exact.Interval) finding {
	f := finding{truth: undecided, what: what, rel: "<", left: left, right: right}
	switch {
	case left.Less(right):
		f.truth = yes
	case left.Lo().Cmp(right.Hi()) >= 0:
		f.truth = no
	}
	return f
}

// within finds whether the point or interval in lies inside the interval of:
// an element of a subdifferential. An unbounded one, which nothing is known
// of, decides nothing.
func within(what string, in, of exact.Interval) finding {
	f := finding{truth: undecided, what: what, rel: "∈", left: in, right: of}
	if of.IsPoint() {
		f.rel = "="
	}
	switch {
	case in.Disjoint(of):
		f.truth = no
	case of.Lo().IsInf() || of.Hi().IsInf():
	case of.Contains(in), in.Agrees(of, agree):
		f.truth = yes
	}
	return f
}

// that is a finding about something discrete: an index, a count, a sign.
func that(what string, ok bool, got, want any) finding {
	f := finding{truth: no, what: what, left: got, right: want}
	if ok {
		f.truth = yes
	}
	return f
}

// nothing is the finding where the statement says nothing.
func nothing(why string) finding { return finding{truth: undefined, what: why} }

// not turns a finding round: what the statement's negation would find.
func not(f finding) finding {
	switch f.truth {
	case yes:
		f.truth = no
	case no:
		f.truth = yes
	}
	f.rel = negation[f.rel]
	return f
}

var negation = map[string]string{"": "not", "=": "≠", "≤": ">", "<": "≥", "∈": "∉", ">": "≤", "≥": "<", "≠": "="}

// all finds whether every one of fs is true, and shows the first of the worst:
// one that is false, else one that is not decided, else one that says nothing.
func all(fs ...finding) finding {
	worst := fs[0]
	for _, f := range fs {
		if gravity[f.truth] > gravity[worst.truth] {
			worst = f
		}
	}
	return worst
}

var gravity = [...]int{yes: 0, undefined: 1, undecided: 2, no: 3}

// about returns what was compared.
func (f finding) about() string {
	if f.sign == nil {
		return f.what
	}
	return f.sign.Unicode()
}

func (f finding) String() string {
	return fmt.Sprintf("%s: %v %s %v?", f.about(), f.left, cmp.Or(f.rel, "as"), f.right)
}
