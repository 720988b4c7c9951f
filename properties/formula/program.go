package formula

import "fmt"

// A Program is a formula for n energies with its gradient: nodes in an order in which each one uses earlier ones only. The
// first energy is that of the correct answer. A Program is never changed once made: any number of goroutines may use it.
type Program struct {
	N     int    // of energies
	Slots []Slot // the parameters, in the order that Input.Params has

	table
	pair    bool // see Names
	choices int  // the first node that is a choice
	value   int32
	upTo    int     // the nodes of the value are below
	beside  []int32 // nodes of them that good code computes, though the value may not depend on them
	grad    []int32 // of each energy; −1: 0
}

// A Slot is a number that a program is given beside the energies.
type Slot struct {
	Name   string
	Answer int // of a vector, the answer whose number it is; −1: a scalar
}

// An Input is what a program is evaluated on: the energies, the correct answer's first, and the numbers of its slots.
type Input struct {
	F      []float64
	Params []float64
}

// Bind returns the numbers of the slots. The vectors, too, have the correct answer's number first.
func (p *Program) Bind(scalars map[string]float64, vectors map[string][]float64) ([]float64, error) {
	return bindSlots(p.Slots, scalars, vectors)
}

func bindSlots(slots []Slot, scalars map[string]float64, vectors map[string][]float64) ([]float64, error) {
	v := make([]float64, len(slots))
	for k, s := range slots {
		x, ok := scalars[s.Name]
		if s.Answer >= 0 {
			xs := vectors[s.Name]
			if ok = s.Answer < len(xs); ok {
				x = xs[s.Answer]
			}
		}
		switch {
		case !ok && s.Answer >= 0:
			return nil, fmt.Errorf("formula: no number %s[%d]: want one for each answer", s.Name, s.Answer)
		case !ok:
			return nil, fmt.Errorf("formula: no number for the parameter %s", s.Name)
		}
		v[k] = x
	}
	return v, nil
}

// checkInput panics if there are not n energies and a number for each slot.
func checkInput(in Input, n int, slots []Slot) {
	if len(in.F) != n || len(in.Params) != len(slots) {
		panic(fmt.Sprintf("formula: %d energies and %d parameters, want %d and %d", len(in.F), len(in.Params), n, len(slots)))
	}
}

// Compile unrolls the formula for n energies and differentiates it. Its size and its time are linear in n but for sums
// within sums. It returns an *Error where an index is no answer of n, where a mean is over none, and where n is less than 1.
func (f *Formula) Compile(n int) (p *Program, err error) {
	defer catch(&err)
	b := newBuilder(f.Text, n)
	root := b.unroll(f.Expand().Expr, nil)
	upTo, beside := len(b.nodes), b.beside
	grad := b.gradient(root)
	return &Program{N: n, Slots: b.slots, table: b.table, pair: f.Pair, choices: b.firstChoice(), value: root, upTo: upTo, beside: beside, grad: grad}, nil
}
