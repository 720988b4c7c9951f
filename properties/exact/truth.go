package exact

import "math"

// Range is a component of a subdifferential: all numbers from Lo to Hi. Lo == Hi where the loss is differentiable.
type Range struct{ Lo, Hi Value }

// Truth is the true answer to a call: of the fields, those that the operation has.
type Truth struct {
	Value Value
	Grad  []Range // by energy, in order; NaN where there is no subdifferential
	// SumZero and SumOne say that the elements of the subdifferential are exactly the points of the box Grad whose
	// components add up to 0 or 1. Where neither holds they are all the points of the box.
	SumZero, SumOne bool
	Probs           []Value
	Index           []int   // all minimisers, ascending
	Rows            []Truth // of a batch: its rows, each as it is weighed
}

var undefined = Value{Near: math.NaN()}

// whole returns the value of a float64 that is itself the truth: finite, ±Inf, or NaN for undefined.
func whole(x float64) Value {
	switch {
	case x == 0:
		return Value{}
	case math.IsInf(x, 0):
		return Value{Near: x, Off: x}
	}
	return Value{Near: x}
}

func smooth(v Value) Range         { return Range{v, v} }
func between(lo, hi float64) Range { return Range{whole(lo), whole(hi)} }
func (v Value) negative() Value    { return Value{-v.Near, -v.Off, v.Err}.positiveZero() }
func constants(x ...float64) []Range {
	return each(len(x), func(i int) Range { return smooth(whole(x[i])) })
}
func opposite(v Value) []Range { return []Range{smooth(v), smooth(v.negative())} }

// positiveZero makes the −0 of a true zero +0.
func (v Value) positiveZero() Value {
	if v.Near == 0 && v.Off == 0 && v.Err == 0 {
		return Value{}
	}
	if v.Off == 0 {
		v.Off = 0
	}
	return v
}

func each[T any](n int, f func(i int) T) []T {
	s := make([]T, n)
	for i := range s {
		s[i] = f(i)
	}
	return s
}

// nothing is the truth about a call with n energies that has no answer.
func nothing(n int) Truth {
	t := Truth{Value: undefined, Grad: make([]Range, n), Probs: make([]Value, n)}
	for i := range n {
		t.Grad[i] = smooth(undefined)
		t.Probs[i] = undefined
	}
	return t
}

// sum returns the exact sum.
func sum(x ...float64) Interval {
	s := Of(0, exactBits)
	for _, v := range x {
		s = s.Add(Of(v, exactBits))
	}
	return s
}
