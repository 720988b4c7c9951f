package formula

import "math"

// A hull is a question: is target a mixture of vertices, to within 1 in each component?
type hull struct {
	target   []float64
	vertices [][]float64
}

// distance returns a lower bound on the largest component of the difference between target and the nearest mixture, and less than 1 if one was
// found that is as near as that.
//
// The square |x − g|² over mixtures x is made smaller by moving weight from the worst vertex with any weight to the best one (Frank and Wolfe,
// pairwise steps). With r = x − g the least square is at least |r|² − 2 max_v r·(x − v), and no component of a vector of n is less than
// its length by more than √n.
func (h hull) distance() float64 {
	n, vs := len(h.target), h.vertices
	for _, v := range vs { // most often it is one of them
		if d := largest(v, h.target); d <= 1 {
			return d
		}
	}
	w, x, r := make([]float64, len(vs)), make([]float64, n), make([]float64, n)
	w[0] = 1
	copy(x, vs[0])
	bound := 0.0
	for range 2000 {
		if d := largest(x, h.target); d <= 1 {
			return d
		}
		for i := range r {
			r[i] = x[i] - h.target[i]
		}
		to, away := 0, -1
		products := make([]float64, len(vs))
		for k, v := range vs {
			products[k] = dot(r, v)
			if products[k] < products[to] {
				to = k
			}
			if w[k] > 0 && (away < 0 || products[k] > products[away]) {
				away = k
			}
		}
		if least := dot(r, r) - 2*(dot(r, x)-products[to]); least > 0 {
			if bound = math.Max(bound, math.Sqrt(least/float64(n))); bound > 1 {
				return bound
			}
		}
		step, square := 0.0, 0.0
		for i := range r {
			d := vs[to][i] - vs[away][i]
			step, square = step-r[i]*d, square+d*d
		}
		if square == 0 || step <= 0 {
			break
		}
		step = math.Min(w[away], step/square)
		w[away], w[to] = w[away]-step, w[to]+step
		for i := range x {
			x[i] += step * (vs[to][i] - vs[away][i])
		}
	}
	return bound
}

func largest(x, y []float64) (d float64) {
	for i := range x {
		d = math.Max(d, math.Abs(x[i]-y[i]))
	}
	return d
}

func dot(x, y []float64) (s float64) {
	for i := range x {
		s += x[i] * y[i]
	}
	return s
}
