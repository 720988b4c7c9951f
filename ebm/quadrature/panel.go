package quadrature

import (
	"math"
	"slices"
)

// A spot is a point with its energy.
type spot struct {
	y []float64
	F float64
}

// A panel is a box with the nodes of the product rule in it.
type panel struct {
	lo, hi []float64
	points [][]float64
	F      []float64
	ends   [3][]float64 // by axis: the energies at the lower and the upper end of each line of nodes along it
	seen   spot         // the lowest node
	best   spot         // the lowest point known in the panel

	searched bool // whether best was sought in all of the panel
	cut      int  // the axis along which to cut because of best; −1 if it is not known yet

	low   float64 // the lowest energy known when the rest was estimated
	z     float64 // ∫ e^(−β(F − low)) by Kronrod
	err   float64 // the estimate of its error, summed over the axes
	axis  int     // the axis of the largest part of it
	round float64 // what the rounding of nodes and energies may change
}

// newPanel evaluates F on the nodes in lo ≤ y ≤ hi, and at the ends of their lines.
func (q *quadrature) newPanel(lo, hi []float64) *panel {
	d := len(lo)
	nodes := 1
	for range d {
		nodes *= len(kronrod)
	}
	p := &panel{
		lo: lo, hi: hi, low: math.NaN(), seen: spot{F: math.Inf(1)}, cut: -1,
		points: make([][]float64, 0, nodes), F: make([]float64, 0, nodes),
	}
	coordinates := make([]float64, d*nodes)
	var digit [3]int
	for more := true; more; more = count(&digit, d) {
		y := coordinates[:d:d]
		coordinates = coordinates[d:]
		for k := range y {
			node := lo[k]/2 + hi[k]/2 + (hi[k]/2-lo[k]/2)*kronrod[digit[k]].x
			y[k] = min(max(node, lo[k]), hi[k]) // rounding must not lead out of a panel a few ulps wide
		}
		f := q.at(y)
		p.points, p.F = append(p.points, y), append(p.F, f)
		if f < p.seen.F || p.seen.y == nil {
			p.seen = spot{y, f}
		}
		for k := range y {
			if digit[k] == 0 {
				end := slices.Clone(y)
				end[k] = lo[k]
				p.ends[k] = append(p.ends[k], q.at(end))
				end[k] = hi[k]
				p.ends[k] = append(p.ends[k], q.at(end))
			}
		}
	}
	p.best = p.seen
	for _, w := range q.wells {
		if w.F < p.best.F && p.has(w) {
			p.best = w
		}
	}
	return p
}

// valleys returns the 8 lowest of the nodes that are no higher than their neighbours.
func (p *panel) valleys() []spot {
	var all []spot
	for _, i := range minima(p.F, len(kronrod), len(p.lo)) {
		all = append(all, spot{p.points[i], p.F[i]})
	}
	return all[:min(len(all), 8)]
}

// has says whether the spot is in p.
func (p *panel) has(s spot) bool {
	for k, v := range s.y {
		if v < p.lo[k] || v > p.hi[k] {
			return false
		}
	}
	return true
}

// count steps the d digits of base 15, the last one fastest, until they overflow.
func count(digit *[3]int, d int) bool {
	for k := d - 1; k >= 0; k-- {
		if digit[k]++; digit[k] < len(kronrod) {
			return true
		}
		digit[k] = 0
	}
	return false
}

// estimate sets z, err, axis and round.
//
// The error is that along each axis, summed over its lines of nodes: of each by the
// null rules. A node is rounded by at most 2⁻⁵¹ max|y|, which moves the integral by that
// times the variation of e^(−βF) along the axis; an energy of relative error 2⁻⁵¹
// moves it by 2⁻⁵¹ β|F|.
func (q *quadrature) estimate(p *panel) {
	d := len(p.lo)
	f := make([]float64, len(p.F))
	for i, e := range p.F {
		f[i] = q.density(e)
	}
	volume := 1.
	stride := [3]int{1, 1, 1}
	for k := d - 1; k >= 0; k-- {
		volume *= (p.hi[k] - p.lo[k]) / 2
		if k > 0 {
			stride[k-1] = stride[k] * len(kronrod)
		}
	}
	var z, round float64
	var err, variation [3]float64
	var lines [3]int
	var digit [3]int
	for i, e := range p.F {
		weight := 1.
		for k := range d {
			weight *= kronrod[digit[k]].w
		}
		z += weight * f[i]
		if f[i] != 0 {
			round += weight * f[i] * (1 + q.beta*math.Abs(e))
		}
		for k := range d {
			if digit[k] > 0 {
				continue
			}
			var line [17]float64
			line[0], line[16] = q.density(p.ends[k][lines[k]]), q.density(p.ends[k][lines[k]+1])
			lines[k] += 2
			for n := range kronrod {
				line[n+1] = f[i+n*stride[k]]
			}
			across := weight / kronrod[0].w
			err[k] += across * doubt * missed(&line)
			for n := range kronrod[1:] {
				variation[k] += across * math.Abs(line[n+2]-line[n+1])
			}
		}
		count(&digit, d)
	}
	p.low, p.z, p.err, p.axis, p.round = q.low, z*volume, 0, 0, 0x1p-51*round*volume
	for k := range d {
		p.err += err[k] * volume
		if err[k] > err[p.axis] {
			p.axis = k
		}
		half := (p.hi[k] - p.lo[k]) / 2
		p.round += 0x1p-51 * max(-p.lo[k], p.hi[k]) * variation[k] * volume / half
	}
}

// density returns e^(−β(F − low)), 0 where nothing is possible, at β = 0 too.
func (q *quadrature) density(F float64) float64 {
	if math.IsInf(F, 1) {
		return 0
	}
	return math.Exp(-q.beta * (F - q.low))
}

// missed returns the length of the null vector of a line.
func missed(line *[17]float64) float64 {
	var square float64
	for r := range null {
		var dot float64
		for i, v := range line {
			dot += null[r][i] * v
		}
		square += dot * dot
	}
	return math.Sqrt(square)
}

// grid cuts the box into the first panels: 16 on a line, 4 × 4, 2 × 2 × 2.
func (q *quadrature) grid() []*panel {
	d := len(q.lo)
	boxes := []*panel{{lo: q.lo, hi: q.hi}}
	for n := range [...]int{4, 4, 3}[d-1] {
		var next []*panel
		for _, b := range boxes {
			lo, hi := b.halves(n % d)
			if lo == nil {
				next = append(next, b)
				continue
			}
			next = append(next, &panel{lo: b.lo, hi: hi}, &panel{lo: lo, hi: b.hi})
		}
		boxes = next
	}
	var panels []*panel
	for _, b := range boxes {
		panels = append(panels, q.newPanel(b.lo, b.hi))
	}
	return panels
}

// halves returns the lower corner of the upper half of p and the upper corner of the
// lower half, nil if float64 knows no number between the ends of the axis.
func (p *panel) halves(axis int) (lo, hi []float64) {
	at := p.lo[axis]/2 + p.hi[axis]/2
	if !(p.lo[axis] < at && at < p.hi[axis]) {
		return nil, nil
	}
	hi, lo = slices.Clone(p.hi), slices.Clone(p.lo)
	hi[axis], lo[axis] = at, at
	return lo, hi
}

// cut returns the two halves of p along the axis, nil if there are none. The half that
// has the lowest point of p knows it.
func (q *quadrature) cut(p *panel, axis int) []*panel {
	lo, hi := p.halves(axis)
	if lo == nil {
		return nil
	}
	halves := []*panel{q.newPanel(p.lo, hi), q.newPanel(lo, p.hi)}
	for _, h := range halves {
		if p.best.F < h.best.F && h.has(p.best) {
			h.best = p.best
		}
	}
	return halves
}
