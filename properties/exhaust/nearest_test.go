package exhaust

import (
	"slices"
	"testing"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
)

// A size is how many calls a set has, how many of them are asked, and for how many of these
// every number has one that is nearest to it. That many the reference answers by it; but of
// gibbs, nll and mee, where that is not counted here and exact is false, fewer.
type size struct {
	all, asked, nearest uint64
	exact               bool
}

// sizeOf counts without asking: of pairs those of finite numbers and at no kink.
func sizeOf(s Set, f *format) size {
	n := size{all: s.All(), exact: true}
	for k := range s.Slices {
		n.asked += s.Asked(k)
	}
	switch numbers := uint64(len(f.numbers)); {
	case s.Name == "differences": // every pair with an infinity or NaN is asked
		n.nearest = n.asked - (numbers*numbers - (numbers-3)*(numbers-3)) - kinks(s.Op, f)
	case s.Name == "parts":
		F, Fbar := trues(f.standing(parted[s.Op][0]))-3, trues(f.standing(parted[s.Op][1]))-3
		if n.nearest = F * Fbar; s.Op == op.Simple { // kinks are at F = 0 and −0, and at F̄ = m
			n.nearest = (F - 2) * (Fbar - 1)
		}
	case s.Op == op.Perceptron: // the least of so many numbers is one alone: its place, the answer, the others
		for many := range uint64(longest) {
			for larger := range uint64(len(values(op.Float64))) {
				n.nearest += (many + 1) * (many + 1) * power(larger, many)
			}
		}
	default:
		n.nearest, n.exact = n.asked, false
	}
	return n
}

func power(x, n uint64) uint64 {
	p := uint64(1)
	for range n {
		p *= x
	}
	return p
}

// kinks are how many pairs are asked that are at a kink of a loss of F − F̄: −m of the hinge,
// 0 and M of lvq2. What stands for the difference is, and so are pairs with −0.
func kinks(o op.Op, f *format) (n uint64) {
	for _, d := range map[op.Op][]float64{op.Hinge: {-1}, op.LVQ2: {0, 1}}[o] {
		d := int64(d / f.numbers[1])
		for i, F := range f.units {
			Fbar := F - d
			if f.alone(i) || !f.has(Fbar) {
				continue
			}
			if stands, _ := f.stand(d); stands == F {
				n++
			}
			switch zeros := []bool{F == 0, Fbar == 0}; {
			case zeros[0] && zeros[1]:
				n += 3
			case zeros[0] || zeros[1]:
				n++
			}
		}
	}
	return n
}

// TestSizes: of the toy format as many are the nearest as is counted without asking.
func TestSizes(t *testing.T) {
	for _, o := range slices.Concat(differences, []op.Op{op.Simple, op.SquareSquare, op.SquareExp}) {
		set, _ := reduced(o, toy)
		nearest := uint64(0)
		for k := range set.Slices {
			for c := range set.Calls(k) {
				if _, _, ok := judge.Nearest(op.Float64, o.Row().Truth(c), o.Row().Reference(c)); ok && c.Energies[0]-c.Energies[0] == 0 && c.Energies[1]-c.Energies[1] == 0 {
					nearest++
				}
			}
		}
		if n := sizeOf(set, toy); nearest != n.nearest || nearest == n.asked {
			t.Errorf("%s: %d are the nearest, counted %d of %d", set.ID(), nearest, n.nearest, n.asked)
		}
	}
}
