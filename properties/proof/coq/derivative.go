package coq

import (
	"fmt"
	"slices"

	"ebmcheck/properties/formula"
)

// A derivative is of a term that depends on the indices that are bound around it.
type derivative struct {
	name, function string
	scope          []string
	of             string
	stack          string // the indices, innermost first
	*path
}

// A path is what moves in a derivative.
type path struct {
	speeds string // of what moves
	along  string // the world on it
	start  string // where on it the derivative is
	proof  string
}

// fresh returns a letter that nothing is called.
func (s *statement) fresh(letters ...string) string {
	for _, x := range letters {
		if !slices.Contains(s.letters, x) {
			return x
		}
	}
	refuse("all of %q are taken", letters)
	return ""
}

// derivative writes D(e, F[j]), D(e, W) and D(e, parameter): the number that it is has a name, and is said to be the derivative.
func (s *statement) derivative(e *formula.Expr) rendering {
	of, by := e.Args[0], e.Args[1]
	if s.moved != nil {
		refuse("a derivative within with is not exported")
	}
	isW := by.Op == "param" && by.Name == "W" && by.Index == ""
	if isW && of.Op == "F" {
		switch {
		case !s.pair:
			return rendering{"S " + name(of.Index), applied, family("S", of.Index)}
		case of.Index == "ybar":
			return rendering{"Sbar", tight, variable("Sbar")}
		}
		return rendering{"S", tight, variable("S")}
	}
	if isCurved(of) {
		refuse("a second derivative is not exported")
	}
	energies, scope := s.energies, s.scope
	defer func() { s.energies, s.scope = energies, scope }()
	var p path
	var letter string
	switch {
	case isW && s.pair:
		letter = s.fresh("w", "omega")
		s.energies = "F " + letter
		p.start = "W"
		p.speeds, p.along, p.proof = s.movingPair(letter)
	case isW:
		letter = s.fresh("w", "omega")
		s.energies = "F " + letter
		f, slopes := s.families.number("F"), s.families.number("S")
		p = path{fmt.Sprintf("(all_by %d %d)", f, slopes), fmt.Sprintf("(fun %s => setfam Y world %d (on1 Y (F %s)))", letter, f, letter), "W",
			fmt.Sprintf("(all_path Y world %d %d F S W eq_refl eq_refl HF)", f, slopes)}
	case by.Op == "F" && s.pair && !s.byW:
		letter = s.energy(by.Index).text
		p = parameter(s.variables.number(letter), letter)
	case by.Op == "F" && !s.pair && !slices.Contains(scope, by.Index):
		letter = s.fresh("t", "x", "r", "u")
		i, f := s.indices.number(by.Index), s.families.number("F")
		start := energies + " " + name(by.Index)
		put := fmt.Sprintf("put %s %s %s", s.function(), name(by.Index), letter)
		p = path{fmt.Sprintf("(at_by %d %d)", f, i), fmt.Sprintf("(fun %s => setfam Y world %d (on1 Y (%s)))", letter, f, put), "(" + start + ")",
			fmt.Sprintf("(at_path Y world %d %d %s eq_refl)", f, i, s.function())}
		s.mention(by.Index)
		s.energies = put
	case by.Op == "param" && by.Index == "":
		letter = name(by.Name)
		p = parameter(s.variables.number(by.Name), letter)
	default:
		refuse("a derivative by %s is not exported", by.Op)
	}
	s.inside++
	body := s.expr(of)
	s.inside--
	d := derivative{function: "(fun " + letter + " => " + body.text + ")", scope: slices.Clone(scope), of: s.coq(body.term), path: &p}
	k := slices.IndexFunc(s.slopes, func(o derivative) bool {
		return o.function == d.function && o.start == d.start && slices.Equal(o.scope, d.scope)
	})
	if k < 0 {
		k = len(s.slopes)
		d.name = fmt.Sprintf("d_%d", k+1)
		s.slopes = append(s.slopes, d)
	}
	text, level := s.slopes[k].name, tight
	for _, j := range scope {
		text, level = text+" "+name(j), applied
	}
	return rendering{text, level, &term{op: "slope", args: []*term{body.term}, by: &p}}
}

func parameter(k int, x string) path {
	return path{fmt.Sprintf("(steady %d)", k), fmt.Sprintf("(setvar Y world %d)", k), x, fmt.Sprintf("(param_path Y world %d)", k)}
}

// movingPair is the path on which F, F̄ or both move, whichever there are.
func (s *statement) movingPair(w string) (speeds, along, proof string) {
	f, fbar := slices.Contains(s.variables.list, "F"), slices.Contains(s.variables.list, "Fbar")
	v := s.variables.number
	if f && fbar {
		x, y, sx, sy := v("F"), v("Fbar"), v("S"), v("Sbar")
		return fmt.Sprintf("(two_by %d %d %d %d)", x, sx, y, sy),
			fmt.Sprintf("(fun %s => setvar Y (setvar Y world %d (F %s)) %d (Fbar %s))", w, x, w, y, w),
			fmt.Sprintf("(two_path Y world %d %d %d %d F Fbar W eq_refl eq_refl HF HFbar)", x, sx, y, sy)
	}
	name, slope := "F", "S"
	if fbar {
		name, slope = "Fbar", "Sbar"
	}
	x, sx := v(name), v(slope)
	return fmt.Sprintf("(one_by %d %d)", x, sx), fmt.Sprintf("(fun %s => setvar Y world %d (%s %s))", w, x, name, w),
		fmt.Sprintf("(one_path Y world %d %d %s W eq_refl H%s)", x, sx, name, name)
}

// isCurved reports whether e has a derivative, or the slope of an energy, in it.
func isCurved(e *formula.Expr) bool {
	return e.Op == "D" || e.Op == "param" && e.Name == "S" || slices.ContainsFunc(e.Args, isCurved)
}
