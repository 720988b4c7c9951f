package ebm

// A Table is the tabular energy: one free parameter for each pair of an input
// and an answer,
//
//	F_W(x, y) = W[x·Ny + y],    ∂F/∂W = 1 at that entry, 0 elsewhere
//
// for x in {0, …, Nx−1} and y in {0, …, Ny−1}, each written as a vector of one
// number (see Answers). It is the family in which each energy can be chosen
// freely: the "free energies" of the audit (C18, C19, C52, C56–C57, C65–C66,
// C74–C75). GradY is NaN: an index has no derivative.
type Table struct{ Nx, Ny int }

// Params returns Nx·Ny.
func (t Table) Params() int { return t.Nx * t.Ny }

func (t Table) entry(w, x, y []float64) int {
	shape(w, x, y, t.Params(), 1, 1)
	return index(x, t.Nx)*t.Ny + index(y, t.Ny)
}

// Eval returns W[x·Ny + y]. It panics if x or y is not an index of the table.
func (t Table) Eval(w, x, y []float64) float64 { return w[t.entry(w, x, y)] }

// GradW returns the unit vector of the entry (x, y).
func (t Table) GradW(dst, w, x, y []float64) []float64 {
	i := t.entry(w, x, y)
	dst = room(dst, t.Params())
	clear(dst)
	dst[i] = 1
	return dst
}

// AddGradW adds c to the entry (x, y) of dst. It panics if dst has the wrong length.
func (t Table) AddGradW(dst []float64, c float64, w, x, y []float64) {
	i := t.entry(w, x, y)
	if len(dst) != t.Params() {
		panic("ebm: dst has the wrong length")
	}
	dst[i] += c
}

// GradY returns NaN.
func (t Table) GradY(dst, w, x, y []float64) []float64 {
	t.entry(w, x, y)
	return undefined(dst, 1)
}
