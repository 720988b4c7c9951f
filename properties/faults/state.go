package faults

import (
	"math"
	"math/rand/v2"
	"slices"

	"ebmcheck/properties/op"
)

// state are faults that show only in what one call does to the next, or to
// its own arguments. Each op has two: one that changes what it is given, and
// one that remembers. The judge of both is <op>.pure; asking each call twice,
// the second time in another order, is what shows the second kind.
var state = slices.Concat(
	each(Fault{"%s-sorts-in-place", "Z88 gorgonia #569", "sorts the energies it was given", required("%s.pure", tame),
		pure(func(c call) reply { r := right(c); slices.Sort(c.Energies); return r })},
		append([]op.Op{op.Infer, op.Gibbs, op.FreeEnergy}, wholeOps...)...),
	each(Fault{"%s-swaps-in-place", "Z88", "leaves the pair ordered by energy", required("%s.pure", tame),
		pure(func(c call) reply { r := right(c); slices.Sort(c.Energies); return r })}, pairOps...),
	each(Fault{"%s-shifts-in-place", "Z88", "subtracts min F in place", required("%s.pure", tame),
		pure(func(c call) reply {
			r := right(c)
			low := slices.Min(c.Energies)
			for i := range c.Energies {
				c.Energies[i] -= low
			}
			return r
		})}, op.Gibbs, op.FreeEnergy, op.NLL, op.MEE),
	each(Fault{"%s-random", "M23 TensorFlow addons #1757", "a value from an unseeded generator: differs in the tenth digit", required("%s.pure", tame), random},
		append([]op.Op{op.Gibbs}, valueOps...)...),
	each(Fault{"%s-warm", "planted", "a running correction of one ulp: the second time it is another number", required("%s.pure", tame), warm},
		append([]op.Op{op.Gibbs}, valueOps...)...),
	each(Fault{"%s-reuses-its-buffer", "planted", "all gradients are one slice, written again by each call", required("%s.gradient", tame), oneBuffer},
		valueOps...),
	[]Fault{
		{"gibbs-reuses-its-buffer", "planted", "all probabilities are one slice, written again by each call", required("gibbs.probabilities", tame), oneBuffer},
		{"infer-warm-start", "planted", "starts from the last answer: at a tie it is the one to stay", required("infer.pure", tame), warmStart},
		{"gibbs-stale-β", "planted", "the first β it is asked with, for ever", required("gibbs.probabilities", tame), firstBeta},
		{"nll-stale-β", "planted", "the first β it is asked with, for ever", required("nll.value", tame), firstBeta},
		{"soft-hinge-stale-β", "planted", "the first β it is asked with, for ever", required("soft_hinge.value", tame), firstBeta},
		{"nll-poisoned", "planted", "a running mean: after one NaN all is NaN", required("nll.impossible", nonfinite), poisoned},
		{"infer-cached-by-place", "planted", "the minimiser is cached by the place of the energies in memory and their number, not by what they are", required("infer.pure", tame), cachedByPlace},
		{"hinge-cached-by-place", "planted", "the answer is cached by the place of the energies in memory and m, not by what they are", required("hinge.pure", tame), cachedByPlace},
		{"nll-cached-by-length", "planted", "log Z is cached; the key is n and β", required("nll.value", tame), cached},
	})

func random() answer {
	r := rand.New(rand.NewPCG(1, 2))
	return func(c call) reply {
		reply := right(c)
		noise := 1 + 1e-10*r.Float64()
		for _, x := range numbers(&reply) {
			*x *= noise
		}
		return reply
	}
}

func warm() answer {
	calls := 0
	return func(c call) reply {
		reply := right(c)
		if calls++; calls%2 == 0 {
			for _, x := range numbers(&reply) {
				*x = math.Nextafter(*x, 0)
			}
		}
		return reply
	}
}

func oneBuffer() answer {
	buffer := make([]float64, 0, 128)
	return func(c call) reply {
		r := right(c)
		if r.Grad != nil {
			r.Grad = append(buffer[:0], r.Grad...)
		} else {
			r.Probs = append(buffer[:0], r.Probs...)
		}
		return r
	}
}

func warmStart() answer {
	last := 0
	return func(c call) reply {
		k := min(last, len(c.Energies)-1)
		for i, F := range c.Energies {
			if F < c.Energies[k] {
				k = i
			}
		}
		last = k
		return reply{Index: k}
	}
}

func firstBeta() answer {
	beta := math.NaN()
	return func(c call) reply {
		if math.IsNaN(beta) {
			beta = c.Beta
		}
		c.Beta = beta
		return right(c)
	}
}

func cached() answer {
	type key struct {
		n    int
		beta float64
	}
	cache := map[key]float64{}
	return func(c call) reply {
		r, k := right(c), key{len(c.Energies), c.Beta}
		if _, ok := cache[k]; !ok {
			cache[k] = freeEnergy(c)
		}
		r.Value = c.Energies[c.Answer] - cache[k]
		return r
	}
}

// cachedByPlace holds on to the energies, so that no others ever come to stand there unless
// the asker writes them.
func cachedByPlace() answer {
	type key struct {
		at      *float64
		n, y    int
		beta, m float64
	}
	cache := map[key]reply{}
	return func(c call) reply {
		k := key{&c.Energies[0], len(c.Energies), c.Answer, c.Beta, c.Margin}
		if _, ok := cache[k]; !ok {
			cache[k] = right(c)
		}
		return cache[k]
	}
}

func poisoned() answer {
	mean := 0.0
	return func(c call) reply {
		r := right(c)
		if r.Value-r.Value != 0 { // not finite
			mean = r.Value - r.Value
		}
		r.Value += mean
		return r
	}
}
