package formula

import (
	"math"
	"math/big"
	"slices"

	"ebmcheck/properties/exact"
)

// A Truth is the true value of a formula and its gradient, in the order of the energies that the program was given.
type Truth struct {
	Value exact.Value
	// Grad are the components of the subdifferential. Where there is a corner, its elements are the mixtures of Vertices.
	Grad []exact.Range
	// Vertices are the gradients (to nearest) of every way to settle the corners; nil if there is no corner, or more than 256 ways.
	Vertices [][]float64
	Corner   bool
	Bits     uint // the precision that it took; 106: the fast path decided
	Loose    bool // at 8192 bits something was still open: a value known to Err only, a corner that may be none
}

// Exact is the truth as package exact has them.
func (t Truth) Exact() exact.Truth { return exact.Truth{Value: t.Value, Grad: t.Grad} }

const (
	firstBits    = 128
	mostTruth    = 8192
	mostVertices = 256
)

var undefined = exact.Value{Near: math.NaN()}

// An asking is a truth being found: what is settled is so for good.
type asking struct {
	*Program
	*evaluation
	truth    Truth
	gradient bool
	open     []int // components that are not settled, N: the value
}

// Truth evaluates the program, and its gradient if asked to: correctly rounded, but for numbers next to a tie of two float64, or that 8192
// bits do not narrow; their Err says how well they are known. What has no value is NaN: ∞ − ∞, 0·∞, ln −1, 1/0, and what depends on an
// energy that is NaN or −Inf, and the gradient of such a value. An energy +Inf is an impossible
// answer, and the limit is meant; where no answer is possible, nothing has a value but what is infinite, unless the formula is of a pair. Truth panics if the input is not of the
// program's energies and parameters.
func (p *Program) Truth(in Input, gradient bool) Truth {
	checkInput(in, p.N, p.Slots)
	a := asking{Program: p, gradient: gradient}
	if gradient {
		a.truth.Grad = make([]exact.Range, p.N)
	}
	a.fast(in)
	if len(a.open) > 0 {
		a.evaluation = newEvaluation(p.nodes, in)
	}
	for prec := uint(firstBits); len(a.open) > 0; prec *= 2 {
		a.prec, a.truth.Bits = prec, prec
		a.enclose(prec >= mostTruth)
	}
	hopeless := !p.pair && !slices.ContainsFunc(in.F, func(f float64) bool { return f != math.Inf(1) })
	if hopeless && !math.IsInf(a.truth.Value.Near, 0) {
		a.truth.Value = undefined
	}
	if hopeless || !a.truth.Value.Defined() {
		a.truth.Vertices, a.truth.Corner = nil, false
		for i := range a.truth.Grad {
			a.truth.Grad[i] = exact.Range{Lo: undefined, Hi: undefined}
		}
	}
	return a.truth
}

// root is the node of component i.
func (a *asking) root(i int) int32 {
	if i == a.N {
		return a.value
	}
	return a.grad[i]
}

// set settles component i.
func (a *asking) set(i int, lo, hi exact.Value) {
	if i == a.N {
		a.truth.Value = lo
		if below(lo, hi) { // it jumps at the corner
			a.truth.Value = undefined
		}
	} else {
		a.truth.Grad[i] = exact.Range{Lo: lo, Hi: hi}
	}
}

// fast settles what balls can tell.
func (a *asking) fast(in Input) {
	end := a.upTo
	if a.gradient {
		end = len(a.Program.nodes)
	}
	f := fastPath{a.Program.nodes, in, make([]ball, end), map[int32]restBall{}}
	for i := range f.v {
		f.v[i] = f.node(i)
	}
	a.truth.Bits = 106
	for i := range a.N + 1 {
		switch r := a.root(i); {
		case i < a.N && !a.gradient || r < 0:
		default:
			if v, ok := f.v[r].settle(); ok {
				a.set(i, v, v)
			} else {
				a.open = append(a.open, i)
			}
		}
	}
}

// enclose settles what this precision can tell, and all if it is the last.
func (a *asking) enclose(last bool) {
	roots := make([]int32, len(a.open))
	for k, i := range a.open {
		roots[k] = a.root(i)
	}
	need := a.needed(roots...)
	a.run(need, 0)
	if len(a.met) > 0 {
		a.corner(need, last)
		return
	}
	var still []int
	for _, i := range a.open {
		if v, ok := a.settle(a.root(i), last); ok {
			a.set(i, v, v)
		} else {
			still = append(still, i)
		}
	}
	a.open = still
}

// corner settles all of the gradient at a corner that is one for certain, if this precision can.
func (a *asking) corner(need []bool, last bool) {
	var lo, hi []exact.Value
	settled, open := true, false
	visit := func() {
		if open = open || a.evaluation.open; open && !last {
			return
		}
		vertex := make([]float64, a.N)
		for i, g := range a.truth.Grad {
			vertex[i] = g.Lo.Near // of those that the corner does not change
		}
		for k, i := range a.open {
			v, ok := a.settle(a.root(i), last)
			settled = settled && ok
			if i < a.N {
				vertex[i] = v.Near
			}
			switch {
			case len(lo) == k:
				lo, hi = append(lo, v), append(hi, v)
			case !v.Defined():
				lo[k], hi[k] = v, v
			case below(v, lo[k]):
				lo[k] = v
			case below(hi[k], v):
				hi[k] = v
			}
		}
		a.truth.Vertices = append(a.truth.Vertices, vertex)
	}
	a.truth.Vertices = nil
	all := a.ways(need, a.choices, min(mostVertices, max(1, 1<<20/a.N)), visit)
	switch open = open || a.evaluation.open; {
	case open && !last:
		return
	case !all:
		a.truth.Vertices, a.truth.Loose = nil, a.truth.Loose || open
		a.box()
		return
	case !settled:
		return
	}
	a.truth.Loose = a.truth.Loose || open
	for k, i := range a.open {
		a.set(i, lo[k], hi[k])
		a.truth.Corner = a.truth.Corner || below(lo[k], hi[k])
	}
	if !a.truth.Corner {
		a.truth.Vertices = nil
	}
	a.open = nil
}

// box takes the enclosures for what they are, where there are too many ways to settle the corners.
func (a *asking) box() {
	a.truth.Corner = true
	for _, i := range a.open {
		x := a.v[a.root(i)]
		lo, ok := exact.Settle(x)
		hi := lo
		if !ok {
			lo, hi = exact.SettleEnds(x)
		}
		a.set(i, lo, hi)
	}
	a.open = nil
}

// below reports whether a is less than b for certain; a NaN is below nothing.
func below(a, b exact.Value) bool {
	return a.Near < b.Near || a.Near == b.Near && a.Off+a.Err < b.Off-b.Err
}

// settle returns the value of node i, if this precision tells it; the last tells what it can.
func (a *asking) settle(i int32, last bool) (exact.Value, bool) {
	x := a.v[i]
	switch {
	case a.none[i]:
		return undefined, true
	case x.IsUnbounded():
		if v, ok := exact.Settle(x); ok {
			return v, true
		}
		return undefined, last || a.prec >= 1024
	}
	if v, ok := exact.Settle(x); ok {
		return v, true
	}
	if isTiny(x) { // beside any float64 it is 0
		return exact.SettleWide(x), true
	}
	if r := a.rational(i); r != nil {
		return ofRational(r), true
	}
	if x.ContainsZero() && a.number(i) == a.zero() {
		return exact.Value{}, true
	}
	if a.prec > firstBits && !x.ContainsZero() { // on which side of a tie of two float64 it lies makes no difference
		if v := exact.SettleWide(x); v.Err <= 0x1p-20 {
			return v, true
		}
	}
	if !last {
		return exact.Value{}, false
	}
	a.truth.Loose = true
	return exact.SettleWide(x), true
}

// isTiny reports whether all of x is below 2^−1200 in size.
func isTiny(x exact.Interval) bool {
	tiny := func(f *big.Float) bool { return f.Sign() == 0 || f.MantExp(nil) < -1200 }
	return tiny(x.Lo()) && tiny(x.Hi())
}

// ofRational rounds r correctly.
func ofRational(r *big.Rat) exact.Value {
	for prec := uint(256); ; prec *= 2 {
		if v, ok := exact.Settle(exact.Rational(r, prec)); ok {
			return v
		}
		if prec > 1<<20 {
			panic("formula: a rational number does not settle")
		}
	}
}
