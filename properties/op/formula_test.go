package op

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/formula"
)

// The two sides of a row of the catalogue, held together: its formulas, and what was
// made by hand, the truth of package exact and the bound of the standard algorithm.

// byFormula is the row as if nothing had been made by hand; with definition, by its
// formula and not its forms.
func (r *Row) byFormula(t *testing.T, definition bool) *Row {
	t.Helper()
	c := *r
	c.Truth, c.Bound = nil, nil
	if definition {
		c.Forms = nil
	}
	if err := c.define(); err != nil {
		t.Fatalf("%s: %v", r.Op, err)
	}
	return &c
}

// losses are the rows that answer a value.
func lossRows() []*Row {
	return slices.DeleteFunc(slices.Clone(catalogue), func(r *Row) bool { return r.Answers != AsValue })
}

// ranges say how large the energies and β are.
var ranges = []struct {
	name   string
	energy func(r *rand.Rand) float64
	beta   func(r *rand.Rand) float64
}{
	{"tame",
		func(r *rand.Rand) float64 {
			return pick(r, 0, 1, -1, 0.5, 50, -50, 36.7368005696771, 1e-9, 1+0x1p-52, math.Ln2, 100*r.Float64()-50)
		},
		func(r *rand.Rand) float64 { return pick(r, 1, 2, 0.5, 0.01, 100, 10*r.Float64()+0.01) }},
	{"wide",
		func(r *rand.Rand) float64 {
			return pick(r, 0, 1e6, -1e6, 1, 1e-6, -999999, float64(r.IntN(2_000_001)-1_000_000), r.Float64())
		},
		func(r *rand.Rand) float64 { return pick(r, 1, 1e3, 1e-3, 2, 1000*r.Float64()) }},
	{"extreme",
		func(r *rand.Rand) float64 {
			return pick(r, 0, math.MaxFloat64, -math.MaxFloat64, 5e-324, 1e300, 1e-300, 0x1p-1022, math.Ldexp(r.Float64()-0.5, r.IntN(2000)-1000))
		},
		func(r *rand.Rand) float64 {
			return pick(r, 1, 1e300, 1e-300, math.MaxFloat64, 5e-324, math.Ldexp(r.Float64()+0.5, r.IntN(2000)-1000))
		}},
	{"nonfinite",
		func(r *rand.Rand) float64 {
			return pick(r, 0, 1, -1, math.Inf(1), math.Inf(1), 7, 100*r.Float64()-50, math.NaN(), math.Inf(-1))
		},
		func(r *rand.Rand) float64 { return pick(r, 1, 2, 0.5) }},
}

func pick(r *rand.Rand, xs ...float64) float64 { return xs[r.IntN(len(xs))] }

// drawn is a random call of the row.
func (r *Row) drawn(k int, rnd *rand.Rand) Call {
	c := Call{Op: r.Op}
	n := r.Least()
	if !r.Pair {
		n += rnd.IntN(7)
	}
	for range n {
		c.Energies = append(c.Energies, ranges[k].energy(rnd))
	}
	if r.Answer {
		c.Answer = rnd.IntN(n)
	}
	for _, p := range r.Params {
		x := pick(rnd, 1, 0, 0.5, 10*rnd.Float64())
		if p.Scale {
			x = ranges[k].beta(rnd)
		} else if !p.Unsigned && rnd.IntN(3) == 0 {
			x = -x
		}
		p.Set(&c, x)
		if !p.Scale && !p.Factor && n > 1 && rnd.IntN(3) == 0 { // at a kink
			c.Energies[1] = x + pick(rnd, 0, c.Energies[0])
		}
	}
	if rnd.IntN(4) == 0 {
		c.Energies[rnd.IntN(n)] = c.Energies[rnd.IntN(n)]
	}
	return c
}

// same reports whether two values are of one number.
func same(a, b exact.Value) bool {
	if !a.Defined() || !b.Defined() || math.IsInf(a.Near, 0) || math.IsInf(b.Near, 0) || a.Near == 0 {
		return a.Near == b.Near || !a.Defined() && !b.Defined()
	}
	if a.Near != b.Near { // next to each other, and the number all but halfway between
		return a.Near == math.Nextafter(b.Near, a.Near) && math.Abs(math.Abs(a.Off)-0.5)+a.Err < 0x1p-19 && math.Abs(math.Abs(b.Off)-0.5)+b.Err < 0x1p-19
	}
	return math.Abs(a.Off-b.Off) <= a.Err+b.Err+0x1p-60
}

// TestFormulaTruth: the truth of a row's formula is that of package exact, wherever
// both have one; where an energy is possible, both have.
func TestFormulaTruth(t *testing.T) {
	for _, row := range lossRows() {
		for k, of := range ranges {
			by := row.byFormula(t, k == 0) // elsewhere exp of what is written is past every exponent: the forms, which are equal
			rnd := rand.New(rand.NewPCG(1, 2))
			agree, only, wider := 0, 0, 0
			for range 200 {
				c := row.drawn(k, rnd)
				got, want := by.Truth(c), row.Truth(c)
				pairs := [][2]exact.Value{{got.Value, want.Value}}
				for i := range c.Energies {
					g, w := got.Grad[i], want.Grad[i]
					if g.Lo != g.Hi && w.Lo.Defined() && g.Lo.Near <= w.Lo.Near && w.Hi.Near <= g.Hi.Near && !(same(g.Lo, w.Lo) && same(g.Hi, w.Hi)) {
						wider++ // the formula has corners that cancel
						continue
					}
					pairs = append(pairs, [2]exact.Value{g.Lo, w.Lo}, [2]exact.Value{g.Hi, w.Hi})
				}
				for _, v := range pairs {
					switch {
					case v[0].Defined() != v[1].Defined():
						only++
						if possible(c.Energies) {
							t.Fatalf("%v: by the formula %v, by hand %v", c, v[0], v[1])
						}
					case !same(v[0], v[1]):
						t.Fatalf("%v: by the formula %v, by hand %v", c, v[0], v[1])
					default:
						agree++
					}
				}
			}
			t.Logf("%-13s %-10s %5d numbers agree, %d have a value in one only, %d ranges are wider", row.Op, of.name, agree, only, wider)
		}
	}
}

// possible reports whether all energies are numbers, or impossible, but not all
// impossible.
func possible(F []float64) bool {
	some := false
	for _, f := range F {
		if !(f > math.Inf(-1)) {
			return false
		}
		some = some || f < math.Inf(1)
	}
	return some
}

// TestSlopes: the gradient that a row shows is that of the formula that it shows.
func TestSlopes(t *testing.T) {
	for _, row := range lossRows() {
		if len(row.Slopes) == 0 {
			continue
		}
		for _, s := range row.slopes() {
			rnd := rand.New(rand.NewPCG(3, 4))
			held := 0
			for range 200 {
				c := row.drawn(0, rnd)
				check, err := s.Compile(len(c.Energies))
				if err != nil {
					t.Fatal(err)
				}
				F := slices.Clone(c.Energies)
				F[0], F[c.Answer] = F[c.Answer], F[0]
				numbers := map[string]float64{}
				for _, p := range row.Params {
					numbers[p.Name] = p.Of(c)
				}
				params, err := check.Bind(numbers, nil)
				if err != nil {
					t.Fatal(err)
				}
				switch f := check.At(formula.Input{F: F, Params: params}); f.Verdict {
				case formula.Holds:
					held++
				case formula.Fails, formula.Undecided:
					t.Fatalf("%s: %v at %v", row.Op, f, c)
				}
			}
			if held < 150 {
				t.Errorf("%s: %s held on %d of 200 calls", row.Op, s, held)
			}
		}
	}
}

// TestFormulaBound: the bound of a row's forms and the one derived by hand, on what the
// reference is asked: neither is a multiple of the other, for they are two derivations
// of one thing. With -v the quotients are shown.
func TestFormulaBound(t *testing.T) {
	for _, p := range []Precision{Float64, Float32} {
		m := Arithmetic{Precision: p}.model()
		for _, row := range lossRows() {
			by := row.byFormula(t, false)
			var value, grad []float64
			rnd := rand.New(rand.NewPCG(5, 6))
			for range 300 {
				c := p.Fit(row.drawn(0, rnd), p.Least())
				f, h := by.Bound(c, m), row.Bound(c, m)
				if f.Value > m.tiny && h.Value > m.tiny {
					value = append(value, f.Value/h.Value)
				}
				for i := range f.Grad {
					if f.Grad[i] > 8*m.tiny && h.Grad[i] > 8*m.tiny && f.Mixture == nil && !h.Kink {
						grad = append(grad, f.Grad[i]/h.Grad[i])
					}
				}
			}
			for name, q := range map[string][]float64{"value": value, "gradient": grad} {
				if len(q) == 0 {
					continue
				}
				slices.Sort(q)
				median, most := q[len(q)/2], q[len(q)-1]
				t.Logf("%s %-13s %-8s formula/hand: median %.3g, largest %.3g of %d", p, row.Op, name, median, most, len(q))
				if !(median > 0.2 && median < 5) {
					t.Errorf("%s %s %s: the formula's bound is %.3g times the one by hand (median of %d): which of the two is wrong?", p, row.Op, name, median, len(q))
				}
			}
		}
	}
}
