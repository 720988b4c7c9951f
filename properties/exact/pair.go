package exact

import "math"

// The pair losses with corners: rational numbers, computed without error. F is the energy of the correct answer, F̄ (Fbar)
// that of the incorrect one, d = F − F̄ and [t]⁺ = max(0, t).
//
// In all pair losses an energy may be +Inf, an impossible answer; then values and gradients are the limits as that energy
// grows. Everything is NaN if an energy is NaN or −Inf, or a parameter is outside the range named, and, for the losses of
// d, if both energies are +Inf.

// energies reports whether both are numbers or +Inf.
func energies(F, Fbar float64) bool { return F > math.Inf(-1) && Fbar > math.Inf(-1) }

// difference also excludes ∞ − ∞, and returns how infinite d is: −1, 0 or 1.
func difference(F, Fbar float64) (infinite int, ok bool) {
	p, q := math.IsInf(F, 1), math.IsInf(Fbar, 1)
	switch {
	case !energies(F, Fbar) || p && q:
		return 0, false
	case p:
		return +1, true
	case q:
		return -1, true
	}
	return 0, true
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

func noPair() Truth { return Truth{Value: undefined, Grad: nothing(2).Grad} }

// corner is the box of {t : 0 ≤ t ≤ 1}, and step the derivative of [x]⁺ by the sign of x: 0, 1, or at 0 anything between.
var corner, above, below = between(0, 1), between(1, 1), between(0, 0)

func step(sign int) Range {
	switch {
	case sign > 0:
		return above
	case sign < 0:
		return below
	}
	return corner
}

func (r Range) negative() Range { return Range{r.Hi.negative(), r.Lo.negative()} }

// signedSum returns the exact sum, of which one term may be infinite.
func signedSum(x ...float64) Interval {
	s := 0.0
	for _, v := range x {
		if math.IsInf(v, 0) {
			s = v
		}
	}
	if s != 0 {
		return Of(s, exactBits)
	}
	return sum(x...)
}

// Simple returns the simple loss and its subdifferential, for a finite m:
//
//	[F]⁺ + [m − F̄]⁺, ∂ = ∂[F]⁺ × −∂[m − F̄]⁺
//
// with ∂[t]⁺ = [0, 1] at t = 0, each energy by itself.
func Simple(F, Fbar, m float64) Truth {
	if !energies(F, Fbar) || !finite(m) {
		return noPair()
	}
	if v, ok := plainSum(m, -Fbar); ok {
		if sum, ok := plainSum(max(F, 0), max(v, 0)); ok {
			return Truth{Value: whole(sum), Grad: []Range{step(sign(F)), step(sign(v)).negative()}}
		}
	}
	a, b := signedSum(F), signedSum(m, -Fbar)
	return Truth{
		Value: rational(a.Pos().Add(b.Pos())),
		Grad:  []Range{step(a.lo.Sign()), step(b.lo.Sign()).negative()},
	}
}

// Hinge returns the hinge loss and its subdifferential (Table 1), for a finite m:
//
//	[m + d]⁺, ∂ = {(t, −t)} with t = 1 above the corner, 0 below it, and all of [0, 1] at m + d = 0
func Hinge(F, Fbar, m float64) Truth {
	if _, ok := difference(F, Fbar); !ok || !finite(m) {
		return noPair()
	}
	if t, ok := plainSum(F, -Fbar, m); ok {
		return kinked(whole(max(t, 0)), sign(t))
	}
	return hinge(signedSum(m, F, -Fbar))
}

func hinge(t Interval) Truth { return kinked(rational(t.Pos()), t.lo.Sign()) }

// kinked is the truth of a [t]⁺ of this value, by the sign of t.
func kinked(v Value, sign int) Truth {
	s := step(sign)
	return Truth{Value: v, Grad: []Range{s, s.negative()}, SumZero: true}
}

// LVQ2 returns the LVQ2 loss and its subdifferential (Table 1), for M = cap, finite or +Inf:
//
//	min(M, [d]⁺), ∂ = {(t, −t)} with t = 1 for 0 < d < M, all of [0, 1] at d = 0 and d = M, and 0 elsewhere
//
// For M ≤ 0 the loss is M everywhere, and the gradient 0.
func LVQ2(F, Fbar, cap float64) Truth {
	if _, ok := difference(F, Fbar); !ok || !(cap > math.Inf(-1)) {
		return noPair()
	}
	if d, ok := plainSum(F, -Fbar); ok && cap > 0 && d != cap {
		side := sign(d)
		if d > cap {
			side = -1 // flat
		}
		return kinked(whole(min(cap, max(d, 0))), side)
	}
	d := signedSum(F, -Fbar)
	M := Of(cap, exactBits)
	t := Truth{Value: rational(d.Pos().Min(M)), SumZero: true}
	s := between(0, 0)
	if cap > 0 {
		switch s = step(d.lo.Sign()); d.lo.Cmp(M.lo) {
		case 0:
			if !math.IsInf(cap, 1) {
				s = corner
			}
		case 1:
			s = between(0, 0)
		}
	}
	t.Grad = []Range{s, s.negative()}
	return t
}

// SquareSquare returns the square-square loss and its gradient, for a finite m:
//
//	([F]⁺)² + ([m − F̄]⁺)², (2[F]⁺, −2[m − F̄]⁺)
func SquareSquare(F, Fbar, m float64) Truth {
	if !energies(F, Fbar) || !finite(m) {
		return noPair()
	}
	if v, ok := plainSum(m, -Fbar); ok {
		if square, ok := plainSquares(max(F, 0), max(v, 0)); ok {
			return Truth{Value: square, Grad: []Range{smooth(whole(2 * max(F, 0))), smooth(whole(-2 * max(v, 0)))}}
		}
	}
	a, b := signedSum(F).Pos(), signedSum(m, -Fbar).Pos()
	return Truth{
		Value: rational(a.Mul(a).Add(b.Mul(b))),
		Grad:  []Range{smooth(rational(a.Scale(2))), smooth(rational(b.Scale(-2)))},
	}
}
