package exact

import "math"

// Infer returns the answers of least energy, in Index: all the minimisers, ascending. Index is nil if there is none: if an
// energy is NaN, or every answer is impossible (energy +Inf). Energies −Inf are the least there can be.
func Infer(F []float64) Truth {
	least := math.Inf(1)
	for _, f := range F {
		if math.IsNaN(f) {
			return Truth{}
		}
		least = math.Min(least, f)
	}
	var t Truth
	for i, f := range F {
		if f == least && !math.IsInf(f, 1) {
			t.Index = append(t.Index, i)
		}
	}
	return t
}

// Energy returns the energy loss and its gradient (Table 1):
//
//	F_y, ∂/∂F = e_y
//
// It depends on no other energy, whatever that is. F_y = ±Inf is its own value, with the same gradient; with F_y = NaN
// everything is NaN. Energy panics if y is out of range.
func Energy(F []float64, y int) Truth {
	checkAnswer(F, y)
	if math.IsNaN(F[y]) {
		t := nothing(len(F))
		return Truth{Value: t.Value, Grad: t.Grad}
	}
	t := Truth{Value: whole(F[y]), Grad: make([]Range, len(F)), SumOne: true}
	t.Grad[y] = between(1, 1)
	return t
}

// Perceptron returns the perceptron loss and its subdifferential (Table 1):
//
//	F_y − min_j F_j, ∂ = e_y − hull{e_i : i a minimiser}
//
// Special cases are:
//
//   - if y is impossible and another answer is not, the loss is +Inf, with the same gradient;
//   - if all answers are impossible or an energy is NaN or −Inf, everything is NaN.
//
// Perceptron panics if y is out of range.
func Perceptron(F []float64, y int) Truth {
	checkAnswer(F, y)
	e, ok := newEnsemble(F, math.Inf(1))
	if !ok || e.ties == 0 {
		t := nothing(len(F))
		return Truth{Value: t.Value, Grad: t.Grad}
	}
	t := Truth{Value: whole(math.Inf(1)), Grad: e.hull(-1), SumZero: true}
	if !math.IsInf(F[y], 1) {
		t.Value = rational(sum(F[y], -F[e.least]))
	}
	switch {
	case F[y] != F[e.least]:
		t.Grad[y] = between(1, 1)
	case e.ties == 1:
		t.Grad[y] = between(0, 0)
	default:
		t.Grad[y] = between(0, 1)
	}
	return t
}
