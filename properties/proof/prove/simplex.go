package prove

import (
	"maps"
	"math/big"
	"slices"
)

// A vector is sparse over monomials, and remembers of which equalities it was made.
type vector struct {
	at   map[string]*big.Rat
	from map[int]*big.Rat
}

func newVector() vector { return vector{map[string]*big.Rat{}, map[int]*big.Rat{}} }

// add adds c·b to a.
func (a vector) add(c *big.Rat, b vector) {
	addTo(a.at, c, b.at)
	addTo(a.from, c, b.from)
}

func addTo[K comparable](a map[K]*big.Rat, c *big.Rat, b map[K]*big.Rat) {
	for k, x := range b {
		y := new(big.Rat).Mul(c, x)
		if old, ok := a[k]; ok {
			y.Add(y, old)
		}
		if y.Sign() == 0 {
			delete(a, k)
		} else {
			a[k] = y
		}
	}
}

// A tableau is that of the simplex method, in rational numbers; the last row is the objective, the last column the right side.
type tableau struct {
	t     [][]*big.Rat
	basis []int
	n     int // columns that are not artificial
}

// combine returns x ≥ 0 with Σ x_k·cols_k = right and, if any is strict, one strict x_k above 0; nil if there are none. By Bland's
// rule, it ends.
func combine(cols []map[string]*big.Rat, right map[string]*big.Rat, strict []bool) []*big.Rat {
	keys := map[string]bool{}
	for _, c := range append(slices.Clone(cols), right) {
		for k := range c {
			keys[k] = true
		}
	}
	rows := slices.Sorted(maps.Keys(keys))
	m, n := len(rows), len(cols)
	s := tableau{make([][]*big.Rat, m+1), make([]int, m), n}
	for i := range s.t {
		s.t[i] = make([]*big.Rat, n+m+1)
		for j := range s.t[i] {
			s.t[i][j] = new(big.Rat)
		}
	}
	for i, k := range rows {
		for j, c := range cols {
			if x, ok := c[k]; ok {
				s.t[i][j].Set(x)
			}
		}
		if x, ok := right[k]; ok {
			s.t[i][n+m].Set(x)
		}
		if s.t[i][n+m].Sign() < 0 {
			for _, x := range s.t[i] {
				x.Neg(x)
			}
		}
		s.t[i][n+i].SetInt64(1)
		s.basis[i] = n + i
		for j, x := range s.t[i] { // minimise the sum of the artificial variables
			if j < n || j == n+m {
				s.t[m][j].Sub(s.t[m][j], x)
			}
		}
	}
	s.run()
	if s.t[m][n+m].Sign() != 0 {
		return nil
	}
	s.driveOut()
	ray := -1
	if slices.Contains(strict, true) {
		for j, x := range s.t[m] { // maximise the sum of the strict ones
			x.SetInt64(0)
			if j < n && strict[j] {
				x.SetInt64(-1)
			}
		}
		for i, b := range s.basis {
			if b < n && strict[b] {
				for j, x := range s.t[m] {
					x.Add(x, s.t[i][j])
				}
			}
		}
		if ray = s.run(); ray < 0 && s.t[m][n+m].Sign() == 0 {
			return nil
		}
	}
	return s.solution(ray)
}

// run pivots until nothing gets better, or returns a column along which it does without end.
func (s *tableau) run() (ray int) {
	last := len(s.t) - 1
	for {
		c := slices.IndexFunc(s.t[last][:s.n], func(x *big.Rat) bool { return x.Sign() < 0 })
		if c < 0 {
			return -1
		}
		r, best := -1, new(big.Rat)
		for i := range s.basis {
			if s.t[i][c].Sign() <= 0 {
				continue
			}
			q := new(big.Rat).Quo(s.t[i][len(s.t[i])-1], s.t[i][c])
			if d := q.Cmp(best); r < 0 || d < 0 || d == 0 && s.basis[i] < s.basis[r] {
				r, best = i, q
			}
		}
		if r < 0 {
			return c
		}
		s.pivot(r, c)
	}
}

func (s *tableau) pivot(r, c int) {
	inv := new(big.Rat).Inv(s.t[r][c])
	for _, x := range s.t[r] {
		x.Mul(x, inv)
	}
	for i := range s.t {
		if i == r || s.t[i][c].Sign() == 0 {
			continue
		}
		f := new(big.Rat).Set(s.t[i][c])
		for j, x := range s.t[r] {
			if x.Sign() != 0 {
				s.t[i][j].Sub(s.t[i][j], new(big.Rat).Mul(f, x))
			}
		}
	}
	s.basis[r] = c
}

// driveOut takes the artificial variables out of the basis.
func (s *tableau) driveOut() {
	for i, b := range s.basis {
		if b < s.n {
			continue
		}
		if j := slices.IndexFunc(s.t[i][:s.n], func(x *big.Rat) bool { return x.Sign() != 0 }); j >= 0 {
			s.pivot(i, j)
		}
	}
}

// solution reads x off, a step along the ray if there is one.
func (s *tableau) solution(ray int) []*big.Rat {
	x := make([]*big.Rat, s.n)
	for j := range x {
		x[j] = new(big.Rat)
	}
	if ray >= 0 {
		x[ray].SetInt64(1)
	}
	for i, b := range s.basis {
		if b >= s.n {
			continue
		}
		x[b].Add(x[b], s.t[i][len(s.t[i])-1])
		if ray >= 0 {
			x[b].Sub(x[b], s.t[i][ray])
		}
	}
	return x
}
