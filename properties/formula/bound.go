package formula

import (
	"maps"
	"math"
	"math/bits"
	"slices"
)

// What rounding may cost, of the program as it is written. Each node k may be off by a δ_k of its own, |δ_k| ≤ r_k, in any combination. For
// the number G(δ) that a node then is, the mean value theorem gives
//
//	|G(δ) − G(0)| ≤ Σ_k sup |∂G/∂δ_k| · r_k,
//
// the suprema over all that the nodes may be, whatever the roundings. Forwards, boxes hold that, the true numbers included. Backwards, the
// derivatives are enclosed over these boxes. So all orders of u count, and what cancels between paths, as a shift of all energies does, cancels.
//
// Where a derivative or an if may jump within the boxes, or a node has many arguments, its error as a whole is a δ of its own: a bound on
// it is found forwards, too, as the least of the width of its box and of r_k + Σ_a sup |∂k/∂a| · (the error of a).

// A Bound is what the standard evaluation of a program may be off on one input. It is not safe for use by several goroutines.
type Bound struct {
	p  *Program
	m  Model
	in Input

	done int       // nodes swept
	b    []box     // what each may be
	r    []float64 // by how much its own rounding moves it at most
	e    []float64 // by how much it may be off
	over []bool    // it, or what it is made of, may overflow
	size []float64 // of the gradient: what a product of some of its factors may come to; see grown
	cut  []bool    // its error counts as a whole
	jump []bool    // it is a choice that rounding may make

	sums    map[int32]*weights // of each logsumexp
	largest map[int32][]int32  // of each maximum: which arguments may be the largest
	scaled  bool               // a sum of the value may be brought together by a factor: see regrouped
	jumps   []jump
	settled map[string]int // sides of corners

	adjoint []box
	active  []uint64 // a bit for each adjoint that is not 0
	words   []uint64 // a bit for each of active that is not 0
	steps   int      // nodes that were met backwards, so far

	long map[int32]*longSum // the long sums of the value; nil: not swept yet
	look int32              // which search for shared terms it is
	seen []int32            // by node, the search that met it last
}

// Bound prepares the bounds for one input. It panics if the input is not of the program's energies and parameters.
func (p *Program) Bound(in Input, m Model) *Bound {
	checkInput(in, p.N, p.Slots)
	n := len(p.nodes)
	floats := make([]float64, 3*n)
	flags := make([]bool, 3*n)
	boxes := make([]box, 2*n)
	d := &Bound{p: p, m: m, in: in, b: boxes[:n], adjoint: boxes[n:], r: floats[:n], e: floats[n : 2*n], size: floats[2*n:],
		over: flags[:n], cut: flags[n : 2*n], jump: flags[2*n:], sums: map[int32]*weights{}, largest: map[int32][]int32{}, active: make([]uint64, n/64+1), words: make([]uint64, n/4096+1),
		long: map[int32]*longSum{}}
	d.sweep(p.upTo)
	return d
}

// sweep goes forward up to node end.
func (d *Bound) sweep(end int) {
	for ; d.done < end; d.done++ {
		d.forward(int32(d.done))
	}
}

// An Off says how far a computed number may be from the true one.
type Off struct {
	By        float64 // at most; +Inf: nothing can be said
	Overflows bool    // on the way a number may pass the largest: an infinity or a NaN may come of it
	Lo, Hi    float64 // what the number may be, true or computed
	Corner    bool    // rounding may choose another side at a corner: By allows for that, but what is right is between Lo and Hi
}

// Value bounds the value.
func (d *Bound) Value() Off { return d.off(d.p.value, shared{}) }

// Grad bounds component i of the gradient.
func (d *Bound) Grad(i int) Off {
	g := d.p.grad[i]
	if g < 0 {
		return Off{}
	}
	d.sweep(len(d.p.nodes))
	o := d.off(g, d.shares(g))
	if d.scaled { // then what is passed back is divided by the factor and multiplied by it, or the other way round
		o.By += d.m.rel(2) * d.b[g].mag()
	}
	return o
}

// off bounds node t. Of a long sum that is shared with other components only the arguments that t meets on other paths are gone into.
func (d *Bound) off(t int32, s shared) Off {
	over := func(k int32) bool { return d.over[k] }
	o := Off{By: d.e[t], Overflows: over(t) || slices.ContainsFunc(d.p.beside, over), Lo: d.b[t].lo, Hi: d.b[t].hi}
	sum := d.back(t, s, func(i int32) { o.Corner = o.Corner || d.jump[i] })
	if sum *= 1 + 0x1p-30; sum < o.By { // and for what this sum rounds
		o.By = sum
	}
	if math.IsNaN(o.By) {
		o.By = math.Inf(1)
	}
	return o
}

// back sweeps backwards from node t: it returns Σ_k sup |∂t/∂δ_k| · r_k, and calls meet with every node that it comes to.
func (d *Bound) back(t int32, s shared, meet func(i int32)) (sum float64) {
	d.push(t, single(1))
	for v := int(t) / 4096; v >= 0; v-- {
		for d.words[v] != 0 {
			w := 64*v + 63 - bits.LeadingZeros64(d.words[v])
			k := 63 - bits.LeadingZeros64(d.active[w])
			if d.active[w] &^= 1 << k; d.active[w] == 0 {
				d.words[v] &^= 1 << (w % 64)
			}
			i := int32(64*w + k)
			g := d.adjoint[i]
			d.adjoint[i] = box{}
			d.steps++
			meet(i)
			switch {
			case d.whole(i, t):
				sum += times(g.mag(), d.e[i])
			case s.sum != nil && i == s.at:
				sum += times(g.mag(), d.r[i]) + times(g.mag(), s.sum.without(s.args))
				for _, k := range s.args {
					d.push(d.p.nodes[i].args[k], g)
				}
			default:
				sum += times(g.mag(), d.r[i])
				d.partials(i, func(a int32, by box) { d.push(a, g.mul(by)) })
			}
		}
	}
	return sum
}

// whole reports whether the error of node i counts as a whole on the way back from t.
func (d *Bound) whole(i, t int32) bool { return d.cut[i] && (i != t || d.p.nodes[i].op != opSum) }

// push adds to the adjoint of node a, unless it is known without error.
func (d *Bound) push(a int32, g box) {
	if d.e[a] == 0 || g == (box{}) {
		return
	}
	if d.active[a/64]&(1<<(a%64)) == 0 {
		d.active[a/64] |= 1 << (a % 64)
		d.words[a/4096] |= 1 << (a / 64 % 64)
		d.adjoint[a] = g
		return
	}
	d.adjoint[a] = d.adjoint[a].add(g)
}

// A jump is a choice between sides of a corner.
type jump struct {
	i     int32
	key   string
	sides int
}

// vertices returns boxes of the gradient for every way to settle the corners that rounding leaves open; nil if there is none, or there are
// more than most ways.
func (d *Bound) vertices(most int) (ways [][]box) {
	d.sweep(len(d.p.nodes))
	var met []jump
	n := 1
	for _, j := range d.jumps {
		if !slices.ContainsFunc(met, func(k jump) bool { return k.key == j.key }) {
			met = append(met, j)
			if n *= j.sides; n > most {
				return nil
			}
		}
	}
	if len(met) == 0 {
		return nil
	}
	e := *d
	e.b, e.r, e.e, e.size = slices.Clone(d.b), slices.Clone(d.r), slices.Clone(d.e), slices.Clone(d.size)
	e.over, e.cut, e.jump = slices.Clone(d.over), slices.Clone(d.cut), slices.Clone(d.jump)
	e.sums, e.jumps = maps.Clone(d.sums), nil
	for way := range n {
		e.settled = map[string]int{}
		for _, j := range met {
			e.settled[j.key] = way % j.sides
			way /= j.sides
		}
		for i := d.p.choices; i < len(d.p.nodes); i++ {
			e.forward(int32(i))
		}
		gradient := make([]box, d.p.N)
		for j, g := range d.p.grad {
			if g >= 0 {
				gradient[j] = e.b[g]
			}
		}
		ways = append(ways, gradient)
	}
	return ways
}
