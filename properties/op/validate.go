package op

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"ebmcheck/losses"
)

// Validate says what is missing in the rows: of every op its truth, a bound that is a
// number, the strata of its kinks, and what it says; of one of the catalogue also its
// source, its implementation in losses or ebm, and of a loss its entry in losses.Catalogue.
// Run and Test refuse to start on an error.
func Validate() error {
	var errs []error
	for _, o := range append(slices.Clone(Ops), Defined()...) {
		r := o.Row()
		if why := r.missing(); why != "" {
			errs = append(errs, fmt.Errorf("op %s: %s", o, why))
		}
	}
	return errors.Join(errs...)
}

// missing says what the row lacks; "" if nothing.
func (r *Row) missing() string {
	catalogued := slices.Contains(catalogue, r)
	switch {
	case r.Formula == "" && r.Says == "":
		return "no Formula: want one in the language of package formula"
	case r.Answers == AsValue && len(r.Slopes) == 0 && r.Says == "":
		return "no Slopes: want the gradient as formulas, or Says where it is a set"
	case len(r.Slopes) > 0 && r.Pair != (len(r.Slopes) == 2):
		return fmt.Sprintf("%d Slopes: want two of a pair, by F and by F̄, else one by F_i", len(r.Slopes))
	case r.Truth == nil || r.Bound == nil:
		return fmt.Sprintf("no Truth or no Bound, and none by its formula: %v", r.define())
	case r.Standard == "":
		return "no Standard: say in words which algorithm the bound is of"
	case catalogued && (len(r.Refs) == 0 || r.Where == ""):
		return "no source: want Refs and Where"
	case catalogued && r.Reference == nil:
		return "no Reference: want the implementation in losses or ebm"
	case catalogued && (r.Pair || r.Answer) && !slices.ContainsFunc(losses.Catalogue(), func(e losses.Entry) bool { return e.ID == string(r.Op) }):
		return "no loss of this ID in losses.Catalogue: add it to losses/catalogue.go"
	}
	if catalogued && r.Strata == nil {
		for _, p := range r.Params {
			if !p.Scale && !p.Factor {
				return fmt.Sprintf("no Strata: the parameter %s has kinks that the cases must reach", p.Symbol)
			}
		}
	}
	return r.unbounded()
}

// unbounded says where the row allows anything, on calls away from every overflow; ""
// if it does not.
func (r *Row) unbounded() string {
	finite := func(x float64) bool { return x >= 0 && x <= math.MaxFloat64 }
	for _, F := range [][]float64{{0.5, -1.25}, {1.5, 0.25}, {-3, 4}} {
		c := Call{Op: r.Op, Energies: F}
		for _, p := range r.Params {
			p.Set(&c, p.typical())
		}
		a := r.Bound(c, Arithmetic{}.model())
		var numbers []float64
		switch r.Answers {
		case AsProbs:
			numbers = a.Probs
		case AsValue:
			numbers = append([]float64{a.Value}, a.Grad...)
			if len(a.Grad) != len(F) {
				return fmt.Sprintf("its Bound has %d numbers for the gradient by %d energies", len(a.Grad), len(F))
			}
		}
		for _, x := range numbers {
			if !finite(x) {
				return fmt.Sprintf("its Bound allows an error of %v at %v: any answer would pass", x, c)
			}
		}
	}
	return ""
}

// typical is a number of the parameter away from its limits.
func (p Param) typical() float64 { return p.between(0.25) }

// between is the number that lies at this share of the parameter's range.
func (p Param) between(share float64) float64 {
	if p.Within != (Within{}) {
		return p.Within.Lo + (p.Within.Hi-p.Within.Lo)*share
	}
	return 1 + 2*share
}
