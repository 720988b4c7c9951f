package profile

import (
	"fmt"

	"ebmcheck/properties/formula"
)

// slope returns ∂e/∂F at an index, y or ybar, of an expression in two energies that is plain. It panics with a refusal where it knows
// no derivative.
func slope(e *formula.Expr, index string) *formula.Expr {
	if !hasEnergy(e) {
		return integer(0)
	}
	d := func(i int) *formula.Expr { return slope(e.Args[i], index) }
	switch e.Op {
	case "F":
		if e.Index == index {
			return integer(1)
		}
		return integer(0)
	case "neg":
		return neg(d(0))
	case "+":
		return add(d(0), d(1))
	case "-":
		return sub(d(0), d(1))
	case "*":
		return add(mul(d(0), e.Args[1]), mul(e.Args[0], d(1)))
	case "/":
		a, b := e.Args[0], e.Args[1]
		if !hasEnergy(b) {
			return over(d(0), b)
		}
		return sub(over(d(0), b), mul(mul(a, d(1)), power(over(integer(1), b), 2))) // (1/b)², which is not multiplied out
	case "exp":
		return mul(d(0), e)
	case "log":
		return over(d(0), e.Args[0])
	case "sqrt":
		return over(d(0), mul(integer(2), e))
	case "pos":
		return &formula.Expr{Op: "if", Name: ">", Args: []*formula.Expr{e.Args[0], integer(0), d(0), integer(0)}}
	case "^":
		t, k := e.Args[0], e.Args[1]
		less := node("^", t, sub(k, integer(1)))
		if x, ok := value(k); ok && x.IsInt() && x.Num().IsInt64() {
			less = power(t, x.Num().Int64()-1)
		}
		outer := mul(k, less)
		if t.Op == "pos" && !is(k, 1) { // [t]⁺ is 0 there already
			return mul(outer, slope(t.Args[0], index))
		}
		return mul(outer, d(0))
	case "if":
		return &formula.Expr{Op: "if", Name: e.Name, Args: []*formula.Expr{e.Args[0], e.Args[1], d(2), d(3)}}
	}
	panic(refusal(fmt.Sprintf("no derivative of %s is known", e.Op)))
}

// A cell is where each positive part of a loss is on one side: its conditions, in the order of parts, and what the loss is there.
type cell struct {
	signs []bool // above 0
	is    *formula.Expr
}

// mostParts is how many positive parts a loss may have for its cells to be looked at: 2⁴ of them.
const mostParts = 4

// cells are those of a plain expression; none if it has too many parts.
func cells(e *formula.Expr) (ts []*formula.Expr, cs []cell) {
	ts = parts(e)
	if len(ts) > mostParts {
		return ts, nil
	}
	for k := range 1 << len(ts) {
		c := cell{is: e}
		for i := range ts {
			c.signs = append(c.signs, k>>i&1 == 0)
		}
		c.is = settle(e, ts, c.signs)
		cs = append(cs, c)
	}
	return ts, cs
}

// settle writes e where the positive parts of ts have these signs.
func settle(e *formula.Expr, ts []*formula.Expr, signs []bool) *formula.Expr {
	return rewrite(e, func(e *formula.Expr) *formula.Expr {
		if e.Op != "pos" {
			return nil
		}
		for i, t := range ts {
			if !t.Equal(e.Args[0]) {
				continue
			}
			if signs[i] {
				return settle(t, ts, signs)
			}
			return integer(0)
		}
		return nil
	})
}

// conditions say that parts have those signs, with the relations for above and below.
func conditions(ts []*formula.Expr, signs []bool, above, below string) (cs []string) {
	for i, t := range ts {
		rel := below
		if signs[i] {
			rel = above
		}
		cs = append(cs, t.String()+" "+rel+" 0")
	}
	return cs
}
