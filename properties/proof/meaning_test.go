package proof

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"ebmcheck/properties/proof/kernel"
)

// A world gives a term its meaning, in rational numbers, with three answers. There exp is 2^t, and ln the logarithm to base 2: what the
// normal form rests on is true of them too.
type world struct {
	variables map[string]*big.Rat
	energies  map[string]*big.Rat // by name and answers
	answers   map[string]int      // which one an index is
	undefined bool                // 2^t of what is no small whole number
}

func (w *world) exp(t *big.Rat) *big.Rat {
	if !t.IsInt() || t.Num().BitLen() > 9 {
		w.undefined = true
		return new(big.Rat)
	}
	k := t.Num().Int64()
	r := new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), uint(max(k, -k))))
	if k < 0 {
		r.Inv(r)
	}
	return r
}

func (w *world) ln(t *big.Rat) *big.Rat {
	for k := range int64(513) {
		switch n := big.NewRat(k, 1); {
		case w.exp(n).Cmp(t) == 0:
			return n
		case w.exp(n.Neg(n)).Cmp(t) == 0:
			return n
		case t.Sign() <= 0 || k > 64:
			return new(big.Rat)
		}
	}
	panic("not reached")
}

func inverted(t *big.Rat) *big.Rat {
	if t.Sign() == 0 {
		return t
	}
	return new(big.Rat).Inv(t)
}

func notBelow0(t *big.Rat) *big.Rat {
	if t.Sign() < 0 {
		return new(big.Rat)
	}
	return t
}

func (w *world) energy(name string, idx ...string) *big.Rat {
	for _, i := range idx {
		name += fmt.Sprint(w.answers[i])
	}
	return w.energies[name]
}

func (w *world) same(i, j string) *big.Rat {
	if w.answers[i] == w.answers[j] {
		return big.NewRat(1, 1)
	}
	return new(big.Rat)
}

// total is the sum of f over the answers that j may be.
func (w *world) total(j string, f func(*world) *big.Rat) *big.Rat {
	old := w.answers[j]
	t := new(big.Rat)
	for k := range 3 {
		w.answers[j] = k
		t.Add(t, f(w))
	}
	w.answers[j] = old
	return t
}

// of is the number that p is.
func (w *world) of(p kernel.Term) *big.Rat {
	t := new(big.Rat)
	for _, m := range p.Monomials() {
		c := new(big.Rat).Set(m.Coef)
		for _, f := range m.Factors {
			for range f.N {
				c.Mul(c, w.ofFactor(f))
			}
		}
		if len(m.Exp) > 0 {
			c.Mul(c, w.exp(w.of(m.Exp)))
		}
		t.Add(t, c)
	}
	return t
}

// ofFactor is the number that is raised to a power.
func (w *world) ofFactor(f kernel.Factor) *big.Rat {
	switch f.Kind {
	case 'v':
		return w.variables[f.Name]
	case 'f':
		return w.energy(f.Name, f.Index...)
	case 'd':
		return w.same(f.Index[0], f.Index[1])
	case 's':
		return w.total(f.Index[0], func(w *world) *big.Rat { return w.of(f.Arg) })
	case 'i':
		return inverted(w.of(f.Arg))
	case 'l':
		return w.ln(w.of(f.Arg))
	}
	return notBelow0(w.of(f.Arg))
}

// written is a term as text, at random, and what it means: said of the text, not of the normal form.
func written(r *rand.Rand, depth int, idx []string) (text string, means func(*world) *big.Rat) {
	pick := func() string { return idx[r.IntN(len(idx))] }
	i, j := pick(), pick()
	if depth == 0 {
		x := []string{"x", "y"}[r.IntN(2)]
		k := r.Int64N(4)
		switch r.IntN(6) {
		case 0:
			return fmt.Sprint(k), func(*world) *big.Rat { return big.NewRat(k, 1) }
		case 1:
			return x, func(w *world) *big.Rat { return w.variables[x] }
		case 2, 3:
			return "F[" + i + "]", func(w *world) *big.Rat { return w.energy("F", i) }
		case 4:
			return "G[" + i + "," + j + "]", func(w *world) *big.Rat { return w.energy("G", i, j) }
		}
		return "d(" + i + "," + j + ")", func(w *world) *big.Rat { return w.same(i, j) }
	}
	a, f := written(r, r.IntN(depth), idx)
	functions := map[int]struct {
		name string
		of   func(*world, *big.Rat) *big.Rat
	}{0: {"exp", (*world).exp}, 1: {"ln", (*world).ln}, 2: {"inv", func(_ *world, t *big.Rat) *big.Rat { return inverted(t) }},
		3: {"pos", func(_ *world, t *big.Rat) *big.Rat { return notBelow0(t) }}}
	k := r.IntN(10)
	if g, ok := functions[k]; ok {
		return g.name + "(" + a + ")", func(w *world) *big.Rat { return g.of(w, f(w)) }
	}
	if k < 7 {
		j := fmt.Sprintf("j%d", r.IntN(3)) // may be bound already
		b, g := written(r, depth-1, append(idx[:len(idx):len(idx)], j, j))
		return "sum(" + j + ", " + b + ")", func(w *world) *big.Rat { return w.total(j, g) }
	}
	b, g := written(r, depth-1, idx)
	sign, apply := "+", (*big.Rat).Add
	switch k {
	case 7:
		sign, apply = "-", (*big.Rat).Sub
	case 8:
		sign, apply = "*", (*big.Rat).Mul
	}
	return "(" + a + ")" + sign + "(" + b + ")", func(w *world) *big.Rat { return apply(new(big.Rat), f(w), g(w)) }
}

// TestMeaning: the normal form of a term is the number that its text is; so it is where an index is renamed or summed over, and a
// variable replaced; and printed, it reads as itself.
func TestMeaning(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	small := func() *big.Rat { return big.NewRat(r.Int64N(5)-2, 1+r.Int64N(2)) }
	tries, judged := 1500, 0
	if *long {
		tries = 100000
	}
	for range tries {
		text, means := written(r, 1+r.IntN(5), []string{"a", "b"})
		w := &world{variables: map[string]*big.Rat{"x": small(), "y": small(), "n": big.NewRat(3, 1)}, energies: map[string]*big.Rat{},
			answers: map[string]int{"a": r.IntN(3), "b": r.IntN(3), "c": r.IntN(3)}}
		for i := range 3 {
			w.energies[fmt.Sprintf("F%d", i)] = small()
			for j := range 3 {
				w.energies[fmt.Sprintf("G%d%d", i, j)] = small()
			}
		}
		var p kernel.Term
		holds := func(what string, make func() kernel.Term, want func() *big.Rat) {
			var q kernel.Term
			var err error
			func() {
				defer kernel.Caught(text, &err)
				q = make()
			}()
			if err != nil {
				t.Fatal(err)
			}
			w.undefined = false
			if is, want := w.of(q), want(); !w.undefined {
				if judged++; is.Cmp(want) != 0 {
					t.Errorf("%s: %s is %s, %s is %s", what, text, want, q, is)
				}
			}
		}
		at := func(answer int) *big.Rat {
			old := w.answers["a"]
			w.answers["a"] = answer
			defer func() { w.answers["a"] = old }()
			return means(w)
		}
		to := []string{"b", "c"}[r.IntN(2)]
		holds("as it is", func() kernel.Term { p = newSession().term(text); return p }, func() *big.Rat { return means(w) })
		holds("renamed to "+to, func() kernel.Term { return kernel.Rename(p, "a", to) }, func() *big.Rat { return at(w.answers[to]) })
		holds("summed", func() kernel.Term { return kernel.Sum("a", p) }, func() *big.Rat { return w.total("a", means) })
		holds("with y + 2F[a] for x", func() kernel.Term { return kernel.Substitute(p, "x", newSession().term("y + 2*F[a]")) }, func() *big.Rat {
			old := w.variables["x"]
			w.variables["x"] = new(big.Rat).Add(w.variables["y"], new(big.Rat).Mul(big.NewRat(2, 1), w.energy("F", "a")))
			defer func() { w.variables["x"] = old }()
			return means(w)
		})
		if q := newSession().term(p.String()); !q.Equal(p) || q.String() != p.String() {
			t.Errorf("%s is %s, which reads as %s", text, p, q)
		}
	}
	if judged < 3*tries {
		t.Errorf("%d judged of %d", judged, 4*tries)
	}
	t.Logf("%d numbers of %d terms", judged, tries)
}
