package proof

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"ebmcheck/properties/proof/kernel"
)

// Sums are what a proof asks of its sums over the answers. If it counts none, they may be integrals by any measure but 0, else
// series; package kernel says why. Functions are formulas in j.
type Sums struct {
	Counted bool     // it counts answers
	Number  bool     // n occurs: the measure of all answers, which is finite
	Terms   []string // functions that have a sum, besides 1
	Under   []string // those of which the sum may be differentiated term by term
}

// sums are those that a proof has asked for.
func sums(asked *kernel.Sums) (s Sums) {
	s.Counted = asked.Counted
	_, s.Number = asked.Terms["n"]
	of := func(terms map[string]kernel.Indexed) (fs []string) {
		for _, t := range terms {
			if t.Index != "" {
				fs = append(fs, functionOf(t))
			}
		}
		slices.SortFunc(fs, func(a, b string) int { return cmp.Or(len(a)-len(b), strings.Compare(a, b)) })
		return slices.Compact(fs)
	}
	s.Terms, s.Under = of(asked.Terms), of(asked.Under)
	return s
}

// functionOf writes the body of a sum as a formula in j.
func functionOf(body kernel.Indexed) string { return asFormula(body.At("j"), "k") }

// asFormula writes a term as a formula: numbers, variables and what else there is, as one writes a product. A sum in it has the index
// bound, one within that the next letter.
func asFormula(t kernel.Term, bound string) string {
	var b strings.Builder
	for _, m := range t.Monomials() {
		switch {
		case m.Coef.Sign() < 0:
			b.WriteString("-")
		case b.Len() > 0:
			b.WriteString("+")
		}
		c := new(big.Rat).Abs(m.Coef)
		above, below := []string{c.Num().String()}, ""
		if !c.IsInt() {
			below = "/" + c.Denom().String()
		}
		factors := slices.Clone(m.Factors)
		slices.SortStableFunc(factors, func(a, b kernel.Factor) int {
			return strings.IndexByte(order, a.Kind) - strings.IndexByte(order, b.Kind)
		})
		for _, f := range factors {
			power := ""
			if f.N > 1 {
				power = "^" + strconv.Itoa(f.N)
			}
			if f.Kind == 'i' {
				below += "/(" + asFormula(f.Arg, bound) + ")" + power
			} else {
				above = append(above, factorAsFormula(f, bound)+power)
			}
		}
		if len(m.Exp) > 0 {
			above = append(above, "exp("+asFormula(m.Exp, bound)+")")
		}
		if above[0] == "1" && len(above) > 1 {
			above = above[1:]
		}
		b.WriteString(strings.Join(above, "*") + below)
	}
	return cmp.Or(b.String(), "0")
}

// order is that of the kinds of factors in a product.
const order = "vfdlpsi"

// factorAsFormula writes an atom, but an inverse.
func factorAsFormula(f kernel.Factor, bound string) string {
	switch f.Kind {
	case 'l':
		return "log(" + asFormula(f.Arg, bound) + ")"
	case 'p':
		return "pos(" + asFormula(f.Arg, bound) + ")"
	case 'd':
		return "delta(" + strings.Join(f.Index, ", ") + ")"
	case 's':
		body := asFormula(kernel.Indexed{Index: f.Index[0], Is: f.Arg}.At(bound), string(bound[0]+1))
		if body == "exp(-beta*F["+bound+"])" {
			return "Z"
		}
		return "sum(" + bound + ": " + body + ")"
	}
	return f.Text
}
