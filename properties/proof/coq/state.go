package coq

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/formula"
)

func newStatement(f *formula.Statement) *statement {
	s := &statement{pair: f.Pair, energies: "F"}
	var walk func(e *formula.Expr)
	walk = func(e *formula.Expr) {
		s.letters = append(s.letters, name(e.Name), name(e.Bind), name(e.Index))
		if e.Op == "param" && e.Name == "W" && e.Index == "" {
			s.byW = true
		}
		if e.Op == "F" && s.pair {
			s.variables.number(map[bool]string{true: "Fbar", false: "F"}[e.Index == "ybar"])
		}
		for _, a := range e.Args {
			walk(a)
		}
	}
	for _, r := range slices.Concat(f.When, f.Says) {
		for _, e := range r.Terms {
			walk(e)
		}
	}
	if s.byW {
		s.energies = "F W"
		if !s.pair {
			s.families.number("F")
		}
	}
	s.formula = f
	return s
}

// state writes the statement, and the facts that it says.
func (s *statement) state(positive []string) (text string, says []relationship) {
	f := s.formula
	var assumed, except []relationship
	for _, q := range f.ForAll {
		s.indices.number(q.Name)
	}
	above := func(x string) {
		assumed = append(assumed, relationship{name(x) + " > 0", "says Gt " + s.write(variable(x), place{}) + " (Num (0#1))", "says_in"})
	}
	if slices.Contains(f.Params, "beta") {
		above("beta")
	}
	for _, x := range positive {
		if slices.Contains(f.Params, x) {
			above(x)
		}
	}
	for _, r := range f.When {
		assumed = append(assumed, s.condition(r)...)
	}
	for _, r := range f.Says {
		says = append(says, s.relation(r)...)
	}
	index := func(i string) string { return s.numbering.index(i, place{}) }
	for _, q := range f.ForAll {
		s.mention(q.Except)
		if q.Except != "" {
			except = append(except, relationship{name(q.Name) + " <> " + name(q.Except), fmt.Sprintf("differ %s %s", index(q.Name), index(q.Except)), "differ_in"})
		}
	}
	if s.offending {
		least := rendering{s.energies + " j", applied, family("F", "j")}
		p := place{}.under("j")
		except = append(except, relationship{"ybar <> y", fmt.Sprintf("differ %s %s", index("ybar"), index("y")), "differ_in"},
			relationship{fmt.Sprintf("(forall j : Y, j <> y -> %s >= %s ybar)", least.text, s.energies),
				fmt.Sprintf("says_but %s Ge %s %s", index("y"), s.write(least.term, p), s.write(family("F", "ybar"), p)), "says_but_in"})
	}
	s.assumed = slices.Concat(assumed, s.given, except)

	var hypotheses []string
	if s.byW {
		hypotheses = s.paths()
	}
	for _, a := range s.assumed {
		if a.text != "" {
			hypotheses = append(hypotheses, a.text)
		}
	}
	var conclusion []string
	for _, d := range s.slopes {
		is := fmt.Sprintf("derivable_pt_lim %s %s %s", d.function, d.start, d.name)
		if len(d.scope) > 0 {
			is = fmt.Sprintf("(forall %s : Y, derivable_pt_lim %s %s (%s %s))", strings.Join(coqNames(d.scope), " "), d.function, d.start, d.name, strings.Join(coqNames(d.scope), " "))
		}
		conclusion = append(conclusion, is)
	}
	for _, r := range says {
		conclusion = append(conclusion, r.text)
	}
	body := strings.Join(conclusion, " /\\\n    ")
	if len(s.slopes) > 0 {
		body = "exists " + s.witnesses() + ",\n    " + body
	}
	all := ""
	if b := s.binders(); b != "" {
		all = "forall " + b + ",\n  "
	}
	return all + strings.Join(append(hypotheses, body), " ->\n  "), says
}

func coqNames(xs []string) (ys []string) {
	for _, x := range xs {
		ys = append(ys, name(x))
	}
	return ys
}

// witnesses are the derivatives that there are.
func (s *statement) witnesses() string {
	var ds []string
	for _, d := range s.slopes {
		ds = append(ds, fmt.Sprintf("(%s : %sR)", d.name, strings.Repeat("Y -> ", len(d.scope))))
	}
	return strings.Join(ds, " ")
}

// paths say that the energies have the slopes S at W.
func (s *statement) paths() (hs []string) {
	if !s.pair {
		s.families.number("S")
		return []string{"(forall j : Y, derivable_pt_lim (fun w => F w j) W (S j))"}
	}
	for _, x := range s.variables.list {
		if x == "F" || x == "Fbar" {
			s.variables.number(slopeOf(x))
			hs = append(hs, fmt.Sprintf("derivable_pt_lim %s W %s", x, slopeOf(x)))
		}
	}
	return hs
}

func slopeOf(energy string) string { return map[string]string{"F": "S", "Fbar": "Sbar"}[energy] }

// isEnergy reports whether x is F or F̄ of two answers.
func (s *statement) isEnergy(x string) bool { return s.pair && slopeOf(x) != "" }

// answers are the free indices that are not where something is largest or smallest.
func (s *statement) answers() (is []string) {
	for _, i := range s.indices.list {
		if !slices.ContainsFunc(s.extremes, func(e extreme) bool { return e.at == i }) {
			is = append(is, i)
		}
	}
	return is
}

// groups are what a statement is about: names of one type each.
func (s *statement) groups() (gs [][]string) {
	group := func(of string, xs []string) {
		if len(xs) > 0 {
			gs = append(gs, append([]string{of}, xs...))
		}
	}
	if !s.pair {
		group("answers", []string{"Y"})
	}
	var reals, curves, families, fields []string
	for _, x := range s.variables.list {
		if s.byW && s.isEnergy(x) {
			curves = append(curves, x)
		} else {
			reals = append(reals, name(x))
		}
	}
	for _, f := range s.families.list {
		if s.byW && f == "F" {
			fields = append(fields, f)
		} else {
			families = append(families, name(f))
		}
	}
	if s.byW {
		reals = append(reals, "W")
	}
	group("R", reals)
	group("R -> R", curves)
	group("R -> Y -> R", fields)
	group("Y -> R", families)
	group("Y", coqNames(s.answers()))
	return gs
}

func (s *statement) binders() string {
	var bs []string
	for _, g := range s.groups() {
		bs = append(bs, "("+strings.Join(g[1:], " ")+" : "+g[0]+")")
	}
	return strings.Join(bs, " ")
}
