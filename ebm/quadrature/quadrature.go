// Package quadrature integrates e^(−βF) over boxes of up to three dimensions, and
// says how well.
package quadrature

import (
	"math"
	"slices"

	"ebmcheck/ebm/twofold"
)

// A Rule is a finite sum that stands for integrals over a box:
//
//	∫ g(y) dy ≈ Σᵢ Massᵢ g(Pointsᵢ)
type Rule struct {
	Points [][]float64
	Mass   []twofold.Number
	F      []float64 // the energies of the points
}

// Box returns a rule for the box lo ≤ y ≤ hi of ℝᵈ, made for e^(−βF), and an estimate
// of the relative error of ∫ e^(−βF(y)) dy by it: see ebm.Box. It is for 1, 2 or 3
// dimensions, sides lo < hi of finite width and a finite β ≥ 0.
func Box(lo, hi []float64, F func(y []float64) float64, beta float64) (rule Rule, relErr float64) {
	q := &quadrature{F: F, beta: beta, lo: lo, hi: hi, low: math.Inf(1), budget: 2_000_000}
	return q.rule()
}

// rule is Box.
func (q *quadrature) rule() (rule Rule, relErr float64) {
	q.scan()
	panels := q.grid()
	tolerance := [...]float64{1e-12, 1e-10, 1e-8}[len(q.lo)-1]
	for {
		z, err, rounding := q.total(panels)
		var worst float64
		for _, p := range panels {
			worst = max(worst, p.err)
		}
		relErr = err / z
		var next []*panel
		left := false // whether a panel is left that hides something
		for _, p := range panels {
			axis := q.hidden(p, 0x1p-10*tolerance*z)
			hides := axis >= 0
			if !hides && p.err >= worst/8 && err > max(tolerance*z, rounding) {
				axis = p.axis
			}
			if axis < 0 || q.undefined {
				next = append(next, p)
				continue
			}
			var halves []*panel
			if q.calls <= q.budget {
				halves = q.cut(p, axis)
			}
			if halves == nil {
				halves = []*panel{p}
				left = left || hides
			}
			next = append(next, halves...)
		}
		if len(next) == len(panels) {
			relErr += rounding / z
			if left || !(relErr < 1) { // a NaN: nothing is possible, or the integral underflows or overflows
				relErr = math.Inf(1)
			}
			break
		}
		panels = next
	}
	if q.undefined {
		relErr = math.NaN()
	}
	share := shares(len(q.lo))
	nodes := len(share) * len(panels)
	rule.Points, rule.F, rule.Mass = make([][]float64, 0, nodes), make([]float64, 0, nodes), make([]twofold.Number, 0, nodes)
	for _, p := range panels {
		rule.Points = append(rule.Points, p.points...)
		rule.F = append(rule.F, p.F...)
		volume := twofold.Of(1)
		for k := range p.lo {
			volume = volume.Mul(twofold.Diff(p.hi[k], p.lo[k]))
		}
		for _, s := range share {
			rule.Mass = append(rule.Mass, s.Mul(volume))
		}
	}
	return rule, relErr
}

// A quadrature is the state of Box.
type quadrature struct {
	F         func(y []float64) float64
	beta      float64
	lo, hi    []float64
	low       float64 // the lowest energy seen
	wells     []spot  // where descents from the scan ended
	calls     int
	budget    int  // how many times F may be called before the last cut
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
	q.low = min(q.low, f)
	return f
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

// hidden returns an axis to cut p along because p hides something that matters, −1 if
// not: because e^(−βF) is more than e² times as large at some point found in p as at
// any of its nodes, and, were it as large in all of p, would add more than least to the
// integral. The axis is that along which it falls the most from there.
func (q *quadrature) hidden(p *panel, least float64) (axis int) {
	volume := 1.
	for k := range p.lo {
		volume *= p.hi[k] - p.lo[k]
	}
	matters := func(f float64) bool { return volume*q.density(f) > least }
	hides := func(f float64) bool { return q.beta*(p.seen.F-f) > 2 && matters(f) }
	if !matters(q.low) {
		return -1
	}
	if !p.searched && !hides(p.best.F) {
		p.searched = true
		starts := []spot{p.best}
		if !matters(p.seen.F) { // dark at all nodes
			starts = append(starts, p.valleys()...)
		}
		for _, s := range starts {
			q.descend(&s, p.lo, p.hi, 1./16, 0x1p-24, 60*len(p.lo), hides)
			if s.F < p.best.F {
				p.best = s
			}
			if hides(s.F) {
				break
			}
		}
	}
	if !hides(p.best.F) {
		return -1
	}
	if p.cut >= 0 {
		return p.cut
	}
	var most float64
	y := slices.Clone(p.best.y)
	for k := range y {
		for _, side := range [2]float64{-1, 1} {
			y[k] = min(max(p.best.y[k]+side*(p.hi[k]/16-p.lo[k]/16), p.lo[k]), p.hi[k])
			if rise := q.at(y) - p.best.F; rise > most {
				most, axis = rise, k
			}
		}
		y[k] = p.best.y[k]
	}
	p.cut = axis
	return axis
}
