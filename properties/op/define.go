package op

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"ebmcheck/properties/formula"
)

// A ParamRange is where a parameter of a user's loss is drawn from.
type ParamRange struct {
	Name   string // as the formula has it
	Lo, Hi float64
}

// usual is the range of a parameter that is given none.
var usual = Within{0, 10}

var identifier = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// Define makes an operation of a loss that is given by its formula, in the language of
// package formula, and returns it. It is asked and judged like any other: the truth is
// the formula's, and REQUIRED allows what its operations cost, each rounding once: as
// written, or with its naive parts as Advice has them. A formula over F[y] and F[ybar]
// alone is a loss of a pair.
//
// Its parameters are those that the formula names: beta, m, gamma and M stand in the
// fields Beta, Margin, Gamma and Cap of a Call, any other in Params. One of which
// ranges says nothing is drawn from 0 to 10, beta over decades.
//
// Where competent code computes it in several ways, their formulas are joined by =:
// REQUIRED then allows the most that one of them costs. They must agree.
//
// To define a name again in the same way is no error. It is one if the name is no
// identifier, batch, one of the catalogue's with another formula, or was defined otherwise, if
// the formula does not parse (a *formula.Error, which has the place), or if a range is
// none or is that of no parameter.
func Define(name, text string, ranges ...ParamRange) (Op, error) {
	if !identifier.MatchString(name) {
		return "", fmt.Errorf("op %q: want a name of lower-case letters, digits and _, such as squared_hinge", name)
	}
	if name == batch {
		return "", fmt.Errorf("op %s is what the protocol calls the batches of any loss: give the loss another name", name)
	}
	fs, err := parseForms(text)
	if err != nil {
		return "", fmt.Errorf("op %s: %w", name, err)
	}
	row, err := userRow(Op(name), fs, ranges)
	if err != nil {
		return "", fmt.Errorf("op %s: %w", name, err)
	}
	growing.Lock()
	defer growing.Unlock()
	old := *rows.Load()
	if r, taken := old[row.Op]; taken {
		switch {
		case slices.Contains(Ops, r.Op) && (r.Formula == "" || !formula.MustParse(r.Formula).Expr.Equal(fs[0].Expr)):
			return "", fmt.Errorf("op %s is one of the catalogue, %s: give another formula another name", name, r.Shown())
		case !slices.Contains(Ops, r.Op) && (r.Formula != row.Formula || !slices.Equal(r.Forms, row.Forms) || !slices.Equal(r.Params, row.Params)):
			return "", fmt.Errorf("op %s is defined already, as %s: give another formula another name", name, r.Formula)
		}
		return r.Op, nil
	}
	grown := map[Op]*Row{row.Op: row, row.Op + suffix: row.batches()}
	for o, r := range old {
		grown[o] = r
	}
	rows.Store(&grown)
	return row.Op, nil
}

// parseForms reads one formula, or several joined by =.
func parseForms(text string) ([]*formula.Formula, error) {
	f, err := formula.ParseLoss(text)
	if err == nil {
		return []*formula.Formula{f}, nil
	}
	s, other := formula.ParseStatement(text)
	if other != nil || len(s.Says) != 1 || len(s.When) > 0 || len(s.ForAll) > 0 {
		return nil, err
	}
	var fs []*formula.Formula
	for i, e := range s.Expand().Says[0].Terms {
		if i > 0 && s.Says[0].Rels[i-1] != "=" {
			return nil, err
		}
		f, err := formula.ParseLoss(e.String())
		if err != nil {
			return nil, err
		}
		fs = append(fs, f)
	}
	return fs, nil
}

// userRow is the row of a user's loss, of which fs are the forms.
func userRow(o Op, fs []*formula.Formula, ranges []ParamRange) (*Row, error) {
	f := fs[0]
	for _, g := range fs {
		if len(g.Vectors) > 0 {
			return nil, fmt.Errorf("%s[j] is a number for each answer, which no call sends: a loss has energies F, probabilities p and parameters", g.Vectors[0])
		}
		for _, name := range g.Params {
			if !slices.Contains(f.Params, name) {
				return nil, fmt.Errorf("the form %s has a parameter %s, which the first form has not", g, name)
			}
		}
	}
	r := &Row{Op: o, Pair: f.Pair, Answer: !f.Pair, Two: needsIncorrect(f.Expand().Expr),
		Symbol: "ℓ", Formula: f.String(), Says: "the gradient of that formula",
		Where: "defined by its formula"}
	if len(fs) > 1 {
		for _, g := range fs {
			r.Forms = append(r.Forms, g.String())
		}
	}
	for _, name := range f.Params {
		q := userParam(name)
		q.Exponent = slices.ContainsFunc(fs, func(g *formula.Formula) bool { return g.OnlyExponent(name) })
		r.Params = append(r.Params, q)
	}
	for _, g := range ranges {
		i := slices.IndexFunc(r.Params, func(p Param) bool { return p.Name == g.Name })
		if i < 0 {
			has := "none"
			if len(f.Params) > 0 {
				has = strings.Join(f.Params, ", ")
			}
			return nil, fmt.Errorf("a range for %q, which is no parameter of %s: its parameters are %s", g.Name, f, has)
		}
		p := &r.Params[i]
		if !(g.Lo <= g.Hi) || math.IsInf(g.Lo, 0) || math.IsInf(g.Hi, 0) || p.Scale && g.Lo <= 0 {
			return nil, fmt.Errorf("the range of %s is [%v, %v]: want two finite numbers in order, and beta above 0", g.Name, g.Lo, g.Hi)
		}
		p.Within = Within{g.Lo, g.Hi}
	}
	if !slices.ContainsFunc(fs, func(g *formula.Formula) bool { return !g.NonNegative(r.unsigned) }) {
		r.Signs = constantSigns("ℓ ≥ 0", atLeast0)
	}
	for _, g := range fs {
		for _, a := range g.Naive() {
			r.Advice = append(r.Advice, fmt.Sprintf("%s lets errors pass: %s. Write %s", a.Found, a.Lets, a.Write))
		}
	}
	if err := r.define(); err != nil {
		return nil, err
	}
	return r, r.loss.agree()
}

// userParam is the parameter of this name in a user's formula.
func userParam(name string) Param {
	for _, p := range named {
		if p.Name == name {
			if p.Unsigned = false; !p.Scale {
				p.Within = usual
			}
			p.Factor = false
			return p
		}
	}
	return Param{Name: name, Symbol: name, Within: usual}
}

// unsigned reports whether a parameter of r is never below 0.
func (r *Row) unsigned(name string) bool {
	return slices.ContainsFunc(r.Params, func(p Param) bool { return p.Name == name && (p.Scale || p.Within.Lo >= 0) })
}

// needsIncorrect reports whether e is about an incorrect answer.
func needsIncorrect(e *formula.Expr) bool {
	return e.Index == "ybar" || e.Other == "ybar" || e.Except != "" || slices.ContainsFunc(e.Args, needsIncorrect)
}
