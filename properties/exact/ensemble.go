package exact

import "math"

// An ensemble is a list of energies at an inverse temperature, both as float64 that are taken to be exact. An energy +Inf
// is an impossible answer, of weight 0 at every β, β = 0 included.
type ensemble struct {
	F     []float64
	beta  float64
	many  int  // answers that have any weight
	least int  // the first minimiser
	ties  int  // minimisers
	level bool // whether all answers that have any weight have the same
	known map[uint]*weights
	quick *fastWeights // of the fast path, once asked for
	slow  bool         // whether it was asked for

	most, gaps float64 // the largest F_j − min F, and the sum of all over it, once even asks for them
}

// weights are the Gibbs weights relative to a minimiser, w_i = e^{−β(F_i − min F)}: 0 for an impossible answer, 1 for a
// minimiser.
type weights struct {
	w []Interval
	Z Interval // Σ w_i
}

// newEnsemble reports false if there is no Gibbs distribution to speak of: a NaN or −Inf among the energies, β negative
// or NaN. (As F_i → −∞ alone p does have a limit, but the free energy and the losses are differences of infinities.)
func newEnsemble(F []float64, beta float64) (*ensemble, bool) {
	if !(beta >= 0) {
		return nil, false
	}
	e := &ensemble{F: F, beta: beta}
	least := math.Inf(1)
	for i, f := range F {
		switch {
		case math.IsNaN(f) || f < -math.MaxFloat64:
			return nil, false
		case f > math.MaxFloat64:
			continue
		case f < least:
			e.least, e.ties, least = i, 0, f
		}
		if f == least {
			e.ties++
		}
		e.many++
	}
	if math.IsInf(beta, 1) { // only the minimisers have any weight
		e.many = e.ties
	}
	e.level = beta == 0 || e.ties == e.many
	return e, true
}

// has reports whether the answer i has any weight.
func (e *ensemble) has(i int) bool {
	if math.IsInf(e.beta, 1) {
		return e.F[i] == e.F[e.least]
	}
	return !math.IsInf(e.F[i], 1)
}

// at returns the weights at a precision: e^{−β(F_i − min F)} is off by a relative 2^−prec·(1 + β(F_i − min F)).
func (e *ensemble) at(prec uint) *weights {
	if w, ok := e.known[prec]; ok {
		return w
	}
	w := &weights{w: make([]Interval, len(e.F)), Z: Of(0, prec)}
	nought, minus := Of(0, prec), Of(-e.beta, prec)
	least := Of(e.F[e.least], prec)
	found := map[float64]Interval{} // exp is dear, and energies are often equal
	for i, F := range e.F {
		if w.w[i] = nought; e.has(i) {
			x, ok := found[F]
			if !ok {
				x = Of(F, prec).Sub(least).Mul(minus).Exp()
				found[F] = x
			}
			w.w[i] = x
			w.Z = w.Z.Add(x)
		}
	}
	if e.known == nil {
		e.known = map[uint]*weights{}
	}
	e.known[prec] = w
	return w
}

// rest returns Σ_{j≠i} w_j.
func (w *weights) rest(i int) Interval {
	s := Of(0, w.Z.prec)
	for j, x := range w.w {
		if j != i && !(x.lo == x.hi && x.lo.Sign() == 0) {
			s = s.Add(x)
		}
	}
	return s
}

// p returns the probability p_i = w_i/Z.
func (e *ensemble) p(i int) Value {
	switch {
	case !e.has(i):
		return Value{}
	case e.level:
		return quotient(1, e.many)
	}
	if f := e.fast(); f != nil {
		if v, ok := f.p(i); ok {
			return v
		}
		if v, ok := e.even(i); ok {
			return v
		}
	}
	return converge(true, func(prec uint) Interval {
		w := e.at(prec)
		return w.w[i].Div(w.Z)
	})
}

// q returns 1 − p_i, as the sum of the others over Z.
func (e *ensemble) q(i int) Value {
	switch {
	case !e.has(i):
		return whole(1)
	case e.level:
		return quotient(e.many-1, e.many)
	case e.many == 2:
		return e.p(e.other(i))
	}
	if f := e.fast(); f != nil {
		if v, ok := f.q(i, e.least); ok {
			return v
		}
	}
	return converge(true, func(prec uint) Interval {
		w := e.at(prec)
		return w.rest(i).Div(w.Z).Min(Of(1, prec))
	})
}

// other returns the first answer but i that has any weight.
func (e *ensemble) other(i int) int {
	for j := range e.F {
		if j != i && e.has(j) {
			return j
		}
	}
	panic("exact: there is no other answer")
}

// even returns p_i where it is all but 1/k, a power of two: on which side is what no digits tell. With z_j = β(F_j − min F), at
// most z, p_i = (1 + δ)/k, δ = Σ z_j/k − z_i, but for 4z² of it. In units of z the sum rounds to (k + 4)u, and each of its terms,
// and z_i, to 2u; in ulps δ is δ·2⁵².
func (e *ensemble) even(i int) (Value, bool) {
	k := e.many
	if k&(k-1) != 0 {
		return Value{}, false
	}
	e.measure()
	z := e.beta * e.most
	if !(z < 0x1p-56) {
		return Value{}, false
	}
	delta, err := e.gaps/float64(k)-e.gap(i)/e.most, float64(k+8)*0x1p-52+8*z
	off := math.Abs(delta) * z * 0x1p52
	return Value{1 / float64(k), math.Copysign(off+0x1p-200, delta), err*z*0x1p53 + 0x1p-199}, math.Abs(delta) > err
}

func (e *ensemble) gap(j int) float64 { return e.F[j] - e.F[e.least] }

// measure finds most and gaps, once: an ensemble that is not level has most > 0.
func (e *ensemble) measure() {
	if e.most > 0 {
		return
	}
	for j := range e.F {
		if e.has(j) {
			e.most = max(e.most, e.gap(j))
		}
	}
	for j := range e.F {
		if e.has(j) {
			e.gaps += e.gap(j) / e.most
		}
	}
}

// quotient returns j/k for 0 ≤ j < k: a float64 if k is a power of two. Otherwise it is 1/(2k) ulps or more from the middle of
// any two, and known to 2⁻⁴⁹.
func quotient(j, k int) Value {
	if k&(k-1) == 0 {
		return whole(float64(j) / float64(k))
	}
	if v, ok := (near{dd: dd{float64(j), 0}.over(dd{float64(k), 0}), err: 15 * u2}).settle(true); ok {
		return v
	}
	return converge(false, func(prec uint) Interval { return Ratio(int64(j), int64(k), prec) })
}

// probs tells all p_i; in a level ensemble, where they are 0 and one other value, that is found once.
func (e *ensemble) probs(tell func(i int, p Value)) {
	even := Value{}
	if e.level {
		even = e.p(e.least)
	}
	for i := range e.F {
		switch {
		case !e.level:
			tell(i, e.p(i))
		case e.has(i):
			tell(i, even)
		default:
			tell(i, Value{})
		}
	}
}

// Gibbs returns the probabilities, in Probs:
//
//	p_i = e^{−βF_i} / Σ_j e^{−βF_j}
//
// Special cases are:
//
//   - an energy +Inf is an impossible answer: p_i = 0;
//   - at β = 0, p is uniform over the possible answers; at β = +Inf, over the minimisers (the limits);
//   - if every answer is impossible (Z = 0), an energy is NaN or −Inf, or β is negative or NaN, all p are NaN.
func Gibbs(F []float64, beta float64) Truth {
	e, ok := newEnsemble(F, beta)
	if !ok || e.many == 0 {
		return Truth{Probs: nothing(len(F)).Probs}
	}
	p := make([]Value, len(F))
	e.probs(func(i int, v Value) { p[i] = v })
	return Truth{Probs: p}
}

// FreeEnergy returns the free energy and its gradient, the probabilities:
//
//	F_β = −(1/β) ln Σ_j e^{−βF_j}, ∂F_β/∂F_i = p_i
//
// Special cases are:
//
//   - with one possible answer i, F_β = F_i at every β;
//   - at β = 0 with more of them, F_β = −Inf (−ln(n)/β → −∞), and the gradient is uniform over them;
//   - at β = +Inf, F_β = min_j F_j (the limit), and the subdifferential is the hull of the e_i over the minimisers i;
//   - if every answer is impossible (or there is none), F_β = +Inf and the gradient is NaN;
//   - if an energy is NaN or −Inf, or β is negative or NaN, everything is NaN.
func FreeEnergy(F []float64, beta float64) Truth {
	e, ok := newEnsemble(F, beta)
	if !ok {
		return Truth{Value: undefined, Grad: nothing(len(F)).Grad}
	}
	if e.many == 0 {
		return Truth{Value: whole(math.Inf(1)), Grad: nothing(len(F)).Grad}
	}
	t := Truth{Value: e.freeEnergy(), SumOne: true}
	if math.IsInf(beta, 1) {
		t.Grad = e.hull(+1)
	} else {
		t.Grad = make([]Range, len(F))
		e.probs(func(i int, v Value) { t.Grad[i] = smooth(v) })
	}
	return t
}

// freeEnergy returns F_β = min F − ln(1 + Σ_{j≠least} w_j)/β. The two terms may cancel, and do so near F_β = 0: that is what
// the growing precision is for.
func (e *ensemble) freeEnergy() Value {
	switch {
	case e.many == 1 || math.IsInf(e.beta, 1):
		return whole(e.F[e.least])
	case e.beta == 0:
		return whole(math.Inf(-1))
	}
	if f := e.fast(); f != nil {
		if v, ok := f.freeEnergy(e.least, e.F[e.least], e.beta); ok {
			return v
		}
	}
	return converge(true, func(prec uint) Interval {
		return Of(e.F[e.least], prec).Sub(e.at(prec).rest(e.least).Log1p().Div(Of(e.beta, prec)))
	})
}

// hull returns the box of {sign·λ : λ a distribution over the minimisers}.
func (e *ensemble) hull(sign float64) []Range {
	g := make([]Range, len(e.F))
	for i, f := range e.F {
		switch {
		case f != e.F[e.least]:
		case e.ties == 1:
			g[i] = between(sign, sign)
		case sign > 0:
			g[i] = between(0, 1)
		default:
			g[i] = between(-1, 0)
		}
	}
	return g
}
