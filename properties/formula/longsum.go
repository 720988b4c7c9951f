package formula

import "slices"

// A sum of many terms in the value, as Σ_j e^(x_j) in −ln(e^(x_y)/Σ_j e^(x_j)), is met on the way back from every component of the gradient:
// n sweeps through n terms. But most terms are met through the sum alone, and with its adjoint g each adds |g| times what it adds with the
// adjoint 1. So each is swept once, and a component goes only into those that it meets on other paths, too: with them the sum may cancel.

// A longSum is what the terms of a long sum add to a bound, of each the sum over its own nodes, with the adjoint 1.
type longSum struct {
	tree  []float64 // of term k at len(tree)/2 + k; above, at i, the sum of those at 2i and 2i + 1
	owner []int32   // by node, the term that it is part of, + 1
	apart bool      // no node is part of two, and none is a choice that rounding may make
}

// longSum sweeps the terms of node i.
func (d *Bound) longSum(i int32) *longSum {
	if l := d.long[i]; l != nil {
		return l
	}
	terms := d.p.nodes[i].args
	l := &longSum{tree: make([]float64, 2*len(terms)), owner: make([]int32, i), apart: true}
	d.long[i] = l
	for k, x := range terms {
		lost := 0.0 // as products are subnormal, which an adjoint other than 1 may make large
		sum := d.back(x, shared{}, func(j int32) {
			l.apart = l.apart && l.owner[j] == 0 && !d.jump[j]
			l.owner[j] = int32(k) + 1
			lost += smallest
		})
		if sum > 0 {
			sum += lost
		}
		l.tree[len(terms)+k] = sum
		if !l.apart {
			return l
		}
	}
	for k := len(terms) - 1; k > 0; k-- {
		l.tree[k] = l.tree[2*k] + l.tree[2*k+1]
	}
	return l
}

// between adds up terms from to end − 1: nothing is subtracted.
func (l *longSum) between(from, end int) (sum float64) {
	n := len(l.tree) / 2
	for from, end = from+n, end+n; from < end; from, end = from/2, end/2 {
		if from%2 == 1 {
			sum += l.tree[from]
			from++
		}
		if end%2 == 1 {
			end--
			sum += l.tree[end]
		}
	}
	return sum
}

// without adds up all terms but those of args, which are in order.
func (l *longSum) without(args []int) (sum float64) {
	from := 0
	for _, k := range args {
		sum += l.between(from, k)
		from = k + 1
	}
	return sum + l.between(from, len(l.tree)/2)
}

// A shared is a long sum at a node, and its terms that are met on other paths, too; the zero value: none.
type shared struct {
	at   int32
	sum  *longSum
	args []int
}

// shares returns the long sum that node t shares with others. Of two such sums the terms may cancel: then t goes into both.
func (d *Bound) shares(t int32) (s shared) {
	if len(d.long) == 0 {
		return s
	}
	if d.seen == nil {
		d.seen = make([]int32, len(d.p.nodes))
	}
	d.look++
	met := []int32{t}
	for at := 0; at < len(met); at++ {
		i := met[at]
		if d.whole(i, t) {
			continue
		}
		if _, ok := d.long[i]; ok {
			if l := d.longSum(i); s.sum != nil || !l.apart {
				return shared{}
			}
			s.at, s.sum = i, d.long[i]
			continue
		}
		d.partials(i, func(a int32, by box) {
			if d.e[a] != 0 && d.seen[a] != d.look {
				d.seen[a] = d.look
				met = append(met, a)
			}
		})
	}
	if s.sum == nil {
		return s
	}
	for _, i := range met {
		if i < s.at && s.sum.owner[i] != 0 {
			s.args = append(s.args, int(s.sum.owner[i])-1)
		}
	}
	slices.Sort(s.args)
	s.args = slices.Compact(s.args)
	return s
}
