package profile

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"ebmcheck/properties/formula"
)

// How many cases a statement is tried on: few, before a proof is looked for; many, where none was found.
const (
	few  = 150
	many = 1500

	plainEnough = 50 // one that fails is plain by then
)

// enough is in how many cases a statement must hold for that to be called evidence.
const enough = 100

// A trial is what became of a statement on cases.
type trial struct {
	held int
	bad  *instance // the plainest case found in which it fails
	open int       // cases in which it has no value, or is not decided
}

// An instance is a case in which a statement fails.
type instance struct {
	F      []float64
	names  []string
	values map[string][]float64
	left   float64
	sign   string
	right  float64
	cost   float64
}

// try runs a statement on cases of numbers between which a person can tell, then of any; the same ones each time. If plain, it looks for
// the plainest one among the first that fail; else the first that fails is enough.
func (l *loss) try(s *formula.Statement, from, to int, plain bool) (t trial, err error) {
	r := rand.New(rand.NewPCG(11, uint64(from)))
	checks := map[int]*formula.Check{}
	for k := from; k < to; k++ {
		if t.bad != nil && (!plain || k >= plainEnough) {
			break
		}
		n := 2
		if !l.pair {
			n = 2 + k%3
		}
		if checks[n] == nil {
			if checks[n], err = s.Compile(n); err != nil {
				return t, err
			}
		}
		in := instance{values: map[string][]float64{}, names: slices.Concat(s.Params, s.Vectors)}
		for range n {
			in.F = append(in.F, energy(r, k))
		}
		scalars, vectors := l.params(r, s.Params, k), map[string][]float64{}
		for p, x := range scalars {
			in.values[p] = []float64{x}
		}
		for _, v := range s.Vectors {
			for range n {
				vectors[v] = append(vectors[v], energy(r, k))
			}
			in.values[v] = vectors[v]
		}
		params, err := checks[n].Bind(scalars, vectors)
		if err != nil {
			return t, err
		}
		switch f := checks[n].At(formula.Input{F: in.F, Params: params}); f.Verdict {
		case formula.Holds:
			t.held++
		case formula.Fails:
			in.left, in.sign, in.right = f.Left.Mid(), s.Says[f.Relation].Rels[f.Place], f.Right.Mid()
			if in.price(); t.bad == nil || in.cost < t.bad.cost {
				t.bad = &in
			}
		case formula.Undefined, formula.Undecided:
			t.open++
		}
	}
	return t, nil
}

// params draws the numbers of parameters, as they are given.
func (l *loss) params(r *rand.Rand, names []string, k int) map[string]float64 {
	const tries = 30
	xs := map[string]float64{}
	for try := range tries {
		for _, p := range names {
			if slices.Contains(l.above, p) || p == l.scale() || try%2 == 1 && slices.Contains(l.names, p) {
				xs[p] = positive(r, k)
			} else {
				xs[p] = energy(r, k)
			}
		}
		if l.meets == nil || l.meets(xs) {
			break
		}
	}
	return xs
}

// energy draws an energy, or a number of which nothing is known.
func energy(r *rand.Rand, k int) float64 {
	switch {
	case k < few/2:
		return []float64{0, 1, -1, 2, 0.5, -2}[r.IntN(6)]
	case k%4 == 0:
		return []float64{0, 1, -1, 10, -10, 40, -40, 0.25}[r.IntN(8)]
	}
	return math.Round(r.NormFloat64()*96) / 32
}

// positive draws a number above 0.
func positive(r *rand.Rand, k int) float64 {
	if k < few/2 {
		return []float64{1, 2, 0.5}[r.IntN(3)]
	}
	return []float64{1, 0.25, 0.5, 2, 3, 5, 0.125, 10}[r.IntN(8)]
}

// price is how much there is to read in a case.
func (in *instance) price() {
	in.cost = 8 * float64(len(in.F))
	each := func(xs []float64, plain float64) {
		for _, x := range xs {
			if x != plain {
				in.cost += 1 + math.Abs(x-math.Round(x)) + math.Log1p(math.Abs(x)) + float64(len(strconv.FormatFloat(x, 'g', -1, 64)))/4
			}
		}
	}
	each(in.F, 0)
	for _, v := range in.values {
		each(v, 1)
	}
	if math.IsNaN(in.cost) {
		in.cost = math.Inf(1)
	}
}

// show writes the case: F=0, F̄=1, m=1: 2 ≥ 3 fails.
func (l *loss) show(s *formula.Statement, in *instance) string {
	g := func(x float64) string { return strconv.FormatFloat(x+0, 'g', 6, 64) } // + 0: no −0
	var ps []string
	list := func(xs []float64) string {
		var ts []string
		for _, x := range xs {
			ts = append(ts, g(x))
		}
		return "[" + strings.Join(ts, " ") + "]"
	}
	switch text := s.String(); {
	case !l.pair:
		ps = append(ps, "F="+list(in.F)+", y=0")
	default:
		if strings.Contains(text, "F[y]") {
			ps = append(ps, "F="+g(in.F[0]))
		}
		if strings.Contains(text, "F[ybar]") {
			ps = append(ps, "F̄="+g(in.F[1]))
		}
	}
	for _, name := range in.names {
		symbol := formula.MustParse(name).Unicode()
		if xs := in.values[name]; len(xs) == 1 {
			ps = append(ps, symbol+"="+g(xs[0]))
		} else {
			ps = append(ps, symbol+"="+list(xs))
		}
	}
	sign := strings.NewReplacer("<=", "≤", ">=", "≥", "!=", "≠").Replace(in.sign)
	return fmt.Sprintf("at %s: %s %s %s is false", strings.Join(ps, ", "), g(in.left), sign, g(in.right))
}
