package ebm

import "slices"

// Conditional is an energy of which some coordinates of the answer are known,
//
//	F_W((x, u), v) = F_W(x, y),    y_Known = u, the other coordinates of y are v
//
// for y in ℝ^Ny: x is followed by the known coordinates u, in the order of Known, and
// the answer v has the others, in ascending order. Its Gibbs distribution is the
// conditional one of F's,
//
//	p(v | u, x) = e^(−βF(x, y)) / ∫ e^(−βF(x, y)) dv = p(y | x) / p(u | x)
//
// so that Z of all of y is not needed (identity 92 for a block of y). GradW is F's,
// GradY its coordinates at v.
//
// All methods panic if Known has an index that is not below Ny, or one twice.
type Conditional struct {
	F     Energy
	Ny    int
	Known []int
}

// Params returns that of F.
func (c Conditional) Params() int { return c.F.Params() }

// join returns x and y of F, and the coordinates of y that v has.
func (c Conditional) join(xu, v []float64) (x, y []float64, free []int) {
	at := len(xu) - len(c.Known)
	if at < 0 {
		panic("ebm: x has the wrong length")
	}
	if len(v) != c.Ny-len(c.Known) {
		panic("ebm: y has the wrong length")
	}
	y = make([]float64, c.Ny)
	for j := range c.Ny {
		if k := slices.Index(c.Known, j); k >= 0 {
			y[j] = xu[at+k]
			continue
		}
		if len(free) < len(v) {
			y[j] = v[len(free)]
		}
		free = append(free, j)
	}
	if len(free) != len(v) { // an index that is none, or one twice, left more
		panic("ebm: the known coordinates are not different indices of y")
	}
	return xu[:at], y, free
}

// Eval returns F_W(x, y).
func (c Conditional) Eval(w, x, y []float64) float64 {
	x, y, _ = c.join(x, y)
	return c.F.Eval(w, x, y)
}

// GradW returns ∂F_W(x, y)/∂W.
func (c Conditional) GradW(dst, w, x, y []float64) []float64 {
	x, y, _ = c.join(x, y)
	return c.F.GradW(dst, w, x, y)
}

// GradY returns ∂F_W(x, y)/∂v.
func (c Conditional) GradY(dst, w, x, y []float64) []float64 {
	dst = room(dst, len(y))
	x, y, free := c.join(x, y)
	for i, d := range c.F.GradY(nil, w, x, y) {
		if k := slices.Index(free, i); k >= 0 {
			dst[k] = d
		}
	}
	return dst
}
