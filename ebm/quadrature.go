package ebm

import (
	"math"
	"slices"

	"ebmcheck/ebm/twofold"
)

// Box returns the box lo ≤ y ≤ hi of ℝᵈ, d ≤ 3, as a finite answer space made
// for the density e^(−βF), with the energies of its points, and an estimate of
// the relative error of Z, which to first order is the absolute error of ln Z:
//
//	Z = ∫ e^(−βF(y)) dy ≈ Σᵢ μᵢ e^(−βF(yᵢ)) = NewGibbs(energies, beta, mu)'s Z
//
// The box is cut into panels, each with the nodes of a product of Kronrod rules
// of 15 points (Gauss–Kronrod 7, 15; Piessens et al. 1983). The panels are not
// cut blindly, as that would miss a peak between the nodes and call the rest
// exact: minima of F are sought first, from the lowest cells of a scan, and
// panels near a minimum are cut until none is much wider than the well there.
// Then those of largest error are, until the estimate is 10⁻¹² (d = 1), 10⁻¹⁰ or
// 10⁻⁸ or below the effect of rounding, or F has been called two million times.
//
// The estimate is the sum over panels of |Kronrod − Gauss| along each axis, a
// bound in practice on the error of the poorer rule, or of half of what changed
// when the panel was cut from a larger one, if that is more (a kink can make the
// two rules agree by accident); plus what rounding may do to the nodes and to βF.
// It was no less than the error wherever F was smooth or had its kink at its
// minimum. For kinks and jumps elsewhere it is rougher: in TestBoxKinks it is too
// small for fewer than 1 in 8, those hidden between a panel's edge and its first
// node, where the largest errors found were 10⁻⁵ for kinks and 5·10⁻⁴ for jumps.
//
// The estimate is +Inf if no possible answer was seen, if a well is narrower
// than the float64s around it can show, or if the integral of e^(−β(F − min F))
// underflows or overflows. What it cannot know of is a well that has
// no slope leading into it where the scan looked (2⁸ points a line, 2⁵ × 2⁵,
// 2⁴ × 2⁴ × 2⁴).
//
// If F is NaN or −Inf anywhere, the estimate is NaN. Box panics if d is not 1, 2
// or 3, if a side is not lo < hi with a finite width, or if beta is negative, NaN
// or infinite.
func Box(lo, hi []float64, F func(y []float64) float64, beta float64) (mu Measure, energies []float64, relErr float64) {
	if len(lo) < 1 || len(lo) > 3 || len(hi) != len(lo) {
		panic("ebm: a box has 1, 2 or 3 dimensions")
	}
	for k := range lo {
		if w := hi[k] - lo[k]; !(w > 0) || math.IsInf(w, 1) {
			panic("ebm: a side of the box is empty or not finite")
		}
	}
	if !(beta >= 0) || math.IsInf(beta, 1) {
		panic("ebm: beta is negative, NaN or infinite")
	}
	q := &quadrature{F: F, beta: beta, lo: lo, hi: hi, low: math.Inf(1)}
	q.search()
	panels := q.grid()
	tolerance := [...]float64{1e-12, 1e-10, 1e-8}[len(lo)-1]
	for {
		var worst float64
		z, err, rounding := q.total(panels)
		for _, p := range panels {
			worst = max(worst, p.err)
		}
		relErr = err / z
		var next []*panel
		for _, p := range panels {
			axis := q.unresolved(p)
			if axis < 0 && p.err >= worst/8 && err > max(tolerance*z, rounding) {
				axis = p.axis
			}
			if axis < 0 || q.calls > 2_000_000 || q.undefined {
				next = append(next, p)
				continue
			}
			next = append(next, q.cut(p, axis)...)
		}
		if len(next) == len(panels) {
			relErr += rounding / z
			break
		}
		panels = next
	}
	if q.tooNarrow() || math.IsNaN(relErr) { // a NaN: nothing is possible, or the integral underflows or overflows
		relErr = math.Inf(1)
	}
	if q.undefined {
		relErr = math.NaN()
	}
	for _, p := range panels {
		mu.points = append(mu.points, p.points...)
		energies = append(energies, p.F...)
		mu.mass = p.appendMasses(mu.mass)
	}
	mu.n = len(energies)
	return mu, energies, relErr
}

// A quadrature is the state of Box.
type quadrature struct {
	F         func(y []float64) float64
	beta      float64
	lo, hi    []float64
	low       float64 // the lowest energy seen
	wells     []well
	calls     int
	undefined bool // some energy was NaN or −Inf
}

// at returns F(y) and counts.
func (q *quadrature) at(y []float64) float64 {
	q.calls++
	f := q.F(y)
	if math.IsNaN(f) || math.IsInf(f, -1) {
		q.undefined = true
		return math.Inf(1)
	}
	return f
}

// A panel is a box with the nodes of the product rule in it.
type panel struct {
	lo, hi []float64
	points [][]float64
	F      []float64
	low    float64 // the lowest energy known when the rest was estimated
	z      float64 // ∫ e^(−β(F − low)) by Kronrod
	err    float64 // its distance from Gauss, summed over the axes, or doubt
	doubt  float64 // half of the change in z when the panel was cut from its parent
	axis   int     // the axis of the largest distance
	round  float64 // what the rounding of nodes and energies may change
}

// newPanel evaluates F on the nodes in lo ≤ y ≤ hi.
func (q *quadrature) newPanel(lo, hi []float64) *panel {
	d := len(lo)
	p := &panel{lo: lo, hi: hi, low: math.NaN()}
	var digit [3]int
	for {
		y := make([]float64, d)
		for k := range y {
			node := lo[k]/2 + hi[k]/2 + (hi[k]/2-lo[k]/2)*kronrod[digit[k]].x
			y[k] = min(max(node, lo[k]), hi[k]) // rounding must not lead out of a panel a few ulps wide
		}
		f := q.at(y)
		p.points, p.F = append(p.points, y), append(p.F, f)
		if f < q.low { // lower than the search had found: a well it missed
			q.descend(y)
		}
		if !count(&digit, d) {
			return p
		}
	}
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

// total estimates all panels against the lowest energy known, and adds them up.
func (q *quadrature) total(panels []*panel) (z, err, rounding float64) {
	for _, p := range panels {
		if p.low != q.low {
			q.estimate(p)
		}
		z += p.z
		err += p.err
		rounding += p.round
	}
	return z, err, rounding
}

// estimate sets z, err, axis and round.
//
// A node is rounded by at most 2⁻⁵¹ max|y|, which moves the integral by that times
// the variation of e^(−βF) along the axis; an energy of relative error 2⁻⁵¹ moves
// it by 2⁻⁵¹ β|F|.
func (q *quadrature) estimate(p *panel) {
	d := len(p.lo)
	var f [15 * 15 * 15]float64
	for i, e := range p.F {
		f[i] = math.Exp(-q.beta * (e - q.low))
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
	var gap, variation [3]float64
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
			node := kronrod[digit[k]]
			gap[k] += weight / node.w * (node.w - node.gauss) * f[i]
			if digit[k]+1 < len(kronrod) {
				variation[k] += weight / node.w * math.Abs(f[i+stride[k]]-f[i])
			}
		}
		count(&digit, d)
	}
	p.low, p.z, p.err, p.axis, p.round = q.low, z*volume, 0, 0, 0x1p-51*round*volume
	for k := range d {
		p.err += math.Abs(gap[k]) * volume
		if math.Abs(gap[k]) > math.Abs(gap[p.axis]) {
			p.axis = k
		}
		half := (p.hi[k] - p.lo[k]) / 2
		p.round += 0x1p-51 * max(-p.lo[k], p.hi[k]) * variation[k] * volume / half
	}
	p.err = max(p.err, p.doubt)
}

// grid cuts the box into the first panels: 16 on a line, 4 × 4, 2 × 2 × 2.
func (q *quadrature) grid() []*panel {
	d := len(q.lo)
	panels := []*panel{q.newPanel(q.lo, q.hi)}
	for n := range [...]int{4, 4, 3}[d-1] {
		var next []*panel
		for _, p := range panels {
			next = append(next, q.cut(p, n%d)...)
		}
		panels = next
	}
	return panels
}

// cut returns the two halves of p along the axis, or p itself if float64 knows no
// number between its ends.
func (q *quadrature) cut(p *panel, axis int) []*panel {
	at := p.lo[axis]/2 + p.hi[axis]/2
	if !(p.lo[axis] < at && at < p.hi[axis]) {
		return []*panel{p}
	}
	hi, lo := slices.Clone(p.hi), slices.Clone(p.lo)
	hi[axis], lo[axis] = at, at
	a, b := q.newPanel(p.lo, hi), q.newPanel(lo, p.hi)
	q.estimate(p)
	q.estimate(a)
	q.estimate(b)
	doubt := math.Abs(p.z-a.z-b.z) / 2
	for _, h := range []*panel{a, b} {
		h.doubt = doubt
		h.err = max(h.err, doubt)
	}
	return []*panel{a, b}
}

// appendMasses appends the Kronrod weights of the nodes of p.
func (p *panel) appendMasses(mass []twofold.Number) []twofold.Number {
	d := len(p.lo)
	var digit [3]int
	for range p.F {
		m := twofold.Of(1)
		for k := range d {
			m = m.Mul(twofold.Of(kronrod[digit[k]].w / 2)).Mul(twofold.Diff(p.hi[k], p.lo[k])) // half of a subnormal is none
		}
		mass = append(mass, m)
		count(&digit, d)
	}
	return mass
}

// kronrod has the nodes of the rule on [−1, 1] with their weights in the Kronrod
// rule of 15 points and in the Gauss rule of 7 (QUADPACK, QK15).
var kronrod = [15]struct{ x, w, gauss float64 }{
	{-0.991455371120812639206854697526329, 0.022935322010529224963732008058970, 0},
	{-0.949107912342758524526189684047851, 0.063092092629978553290700663189204, 0.129484966168869693270611432679082},
	{-0.864864423359769072789712788640926, 0.104790010322250183839876322541518, 0},
	{-0.741531185599394439863864773280788, 0.140653259715525918745189590510238, 0.279705391489276667901467771423780},
	{-0.586087235467691130294144838258730, 0.169004726639267902826583426598550, 0},
	{-0.405845151377397166906606412076961, 0.190350578064785409913256402421014, 0.381830050505118944950369775488975},
	{-0.207784955007898467600689403773245, 0.204432940075298892414161999234649, 0},
	{0, 0.209482141084727828012999174891714, 0.417959183673469387755102040816327},
	{0.207784955007898467600689403773245, 0.204432940075298892414161999234649, 0},
	{0.405845151377397166906606412076961, 0.190350578064785409913256402421014, 0.381830050505118944950369775488975},
	{0.586087235467691130294144838258730, 0.169004726639267902826583426598550, 0},
	{0.741531185599394439863864773280788, 0.140653259715525918745189590510238, 0.279705391489276667901467771423780},
	{0.864864423359769072789712788640926, 0.104790010322250183839876322541518, 0},
	{0.949107912342758524526189684047851, 0.063092092629978553290700663189204, 0.129484966168869693270611432679082},
	{0.991455371120812639206854697526329, 0.022935322010529224963732008058970, 0},
}
