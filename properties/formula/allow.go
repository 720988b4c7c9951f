package formula

import (
	"math"
	"slices"
)

// An Allowance is what REQUIRED lets the answer to one question be off.
type Allowance struct {
	Value float64 // absolutely, at most; +Inf: nothing can be asked of the value
	// Grad is that of each component, which is meant where Mixed is false. Where it is true the component stands at a corner, or so
	// near to one that rounding may take the other side: then all such components are right together, or wrong, as Mixture says.
	Grad  []float64
	Mixed []bool
	// Overflows says of the value, and of each component, that a number on the way to it may pass the largest one: then an infinity or a NaN is
	// right, too.
	Overflows     bool
	GradOverflows []bool

	forms []mixing
}

// A mixing has the gradients that one form may give at its corners.
type mixing struct {
	box      []box   // what each component may be
	vertices [][]box // for every way to settle the corners; nil: there are too many
}

// Allow returns what every form's standard evaluation in the arithmetic m may be off. It returns an error where a number is missing.
func (e *Evaluator) Allow(q Question, m Model, gradient bool) (*Allowance, error) {
	a := &Allowance{}
	if gradient {
		a.Grad, a.Mixed, a.GradOverflows = make([]float64, e.N), make([]bool, e.N), make([]bool, e.N)
	}
	for _, p := range e.forms {
		in, err := q.input(p)
		if err != nil {
			return nil, err
		}
		b := p.Bound(in, m)
		v := b.Value()
		a.Value, a.Overflows = math.Max(a.Value, v.By), a.Overflows || v.Overflows
		if !gradient {
			continue
		}
		mix := mixing{box: make([]box, e.N)}
		corner := false
		for i := range e.N {
			at := i // the order is that of the question
			switch i {
			case 0:
				at = q.Answer
			case q.Answer:
				at = 0
			}
			g := b.Grad(i)
			a.Grad[at] = math.Max(a.Grad[at], g.By)
			a.Mixed[at] = a.Mixed[at] || g.Corner
			a.GradOverflows[at] = a.GradOverflows[at] || g.Overflows
			mix.box[at], corner = box{g.Lo, g.Hi}, corner || g.Corner
		}
		if corner {
			for _, way := range b.vertices(min(mostVertices, max(1, 1<<20/e.N))) {
				mix.vertices = append(mix.vertices, swapped(way, q.Answer))
			}
		}
		a.forms = append(a.forms, mix)
	}
	return a, nil
}

// Corner reports whether a component is Mixed.
func (a *Allowance) Corner() bool { return slices.Contains(a.Mixed, true) }

// Mixture returns how far the Mixed components of a gradient are from what some form may give: from a mixture of the gradients of every way to
// settle its corners, in units of what rounding may cost each component. Up to 1 is right; a gradient with a NaN is infinitely far. Where there
// are more than 256 ways, each component is only asked to be within the box of all that it may be.
func (a *Allowance) Mixture(grad []float64) float64 {
	if !a.Corner() {
		return 0
	}
	judged := slices.Clone(a.Mixed)
	for i, g := range grad {
		if a.GradOverflows[i] && (math.IsNaN(g) || math.IsInf(g, 0)) {
			judged[i] = false
		}
	}
	best := math.Inf(1)
	for _, f := range a.forms {
		best = math.Min(best, f.distance(grad, judged))
	}
	return best
}

func (m mixing) distance(grad []float64, judged []bool) float64 {
	var at []int // components to look at
	for i, g := range grad {
		if !judged[i] {
			continue
		}
		if !m.box[i].holds(g) {
			return math.Inf(1)
		}
		at = append(at, i)
	}
	if m.vertices == nil {
		return 0
	}
	h := hull{target: make([]float64, len(at)), vertices: make([][]float64, len(m.vertices))}
	for k := range m.vertices {
		h.vertices[k] = make([]float64, len(at))
	}
	for c, i := range at {
		unit, size := 0.0, 0.0
		for _, v := range m.vertices {
			unit, size = math.Max(unit, v[i].width()/2), math.Max(size, v[i].mag())
		}
		if math.IsInf(size, 1) || math.IsNaN(unit) { // it may overflow: the box was all
			continue
		}
		unit = math.Max(math.Max(unit, size*mixtureAccuracy), smallest)
		h.target[c] = grad[i] / unit
		for k, v := range m.vertices {
			h.vertices[k][c] = (v[i].lo/2 + v[i].hi/2) / unit
		}
	}
	return h.distance()
}

// mixtureAccuracy is the accuracy, relative to the largest vertex, to which a mixture is looked for.
const mixtureAccuracy = 1e-9
