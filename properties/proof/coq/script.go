package coq

import (
	"fmt"
	"slices"
	"strings"
)

// script is Coq's proof: a world in which the terms are the numbers of the statement, what is assumed of it, and what is concluded.
func (s *statement) script(says []relationship) string {
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, "  "+format+"\n", a...) }
	var intros []string
	for _, g := range s.groups() {
		intros = append(intros, g[1:]...)
	}
	if s.byW {
		if !s.pair {
			intros = append(intros, "HF")
		} else {
			for _, x := range s.variables.list {
				if s.isEnergy(x) {
					intros = append(intros, "H"+x)
				}
			}
		}
	}
	var hypotheses []string
	for i, a := range s.assumed {
		if a.text != "" {
			hypotheses = append(hypotheses, fmt.Sprintf("H_%d", i))
		}
	}
	line("intros %s.", strings.Join(append(intros, hypotheses...), " "))
	if s.pair {
		line("pose (Y := single).")
	}
	for _, x := range s.extremes {
		line("destruct (%s_is Y %s) as [%s [E_%s L_%s]]. rewrite ?E_%s.", x.word, x.function, x.at, x.at, x.at, x.at)
		for _, h := range hypotheses {
			line("rewrite ?E_%s in %s.", x.at, h)
		}
	}
	var vs, fs, is []string
	for _, x := range s.variables.list {
		if s.byW && s.isEnergy(x) {
			x += " W"
		} else {
			x = name(x)
		}
		vs = append(vs, x)
	}
	for _, f := range s.families.list {
		if s.byW && f == "F" {
			f = "(F W)"
		} else {
			f = name(f)
		}
		fs = append(fs, "on1 Y "+f)
	}
	for _, i := range s.indices.list {
		is = append(is, name(i))
	}
	line("pose (world := given Y [%s] [%s] [%s]).", strings.Join(vs, "; "), strings.Join(fs, "; "), strings.Join(is, "; "))
	line("destruct (proves_ok Y _ _ _ _ checked world) as [C D].")
	line("{ unfold assumed, hold.")
	for i, a := range s.assumed {
		h := fmt.Sprintf("H_%d", i)
		switch {
		case a.text == "":
			line("  apply Forall_cons; [apply says_all_in; exact %s|].", a.lemma)
		case a.lemma == "says_but_in":
			line("  apply Forall_cons; [apply says_but_in; [exact %s | exact I | exact I]|].", h)
		default:
			line("  apply Forall_cons; [apply %s; exact %s|].", a.lemma, h)
		}
	}
	line("  apply Forall_nil. }")
	line("unfold concluded, hold in C. unfold owed_ in D.")
	for i := range says {
		line("pose proof (says_out Y world _ _ _ (Forall_inv C)) as C_%d. apply Forall_inv_tail in C.", i)
	}
	for i, d := range s.slopes {
		inner := coqNames(d.scope)
		slices.Reverse(inner)
		stack := "[" + strings.Join(inner, "; ") + "]"
		value := fmt.Sprintf("den Y world %s (slope %s assumed %s)", stack, d.speeds, d.of)
		if len(d.scope) > 0 {
			value = "fun " + strings.Join(coqNames(d.scope), " ") + " => " + value
		}
		line("exists (%s).", value)
		s.slopes[i].stack = stack
	}
	for i, d := range s.slopes {
		line("apply Forall_app in D as [D_%d D].", i)
		intro := ""
		if len(d.scope) > 0 {
			intro = "intros " + strings.Join(coqNames(d.scope), " ") + "; "
		}
		line("split; [%sexact (slope_is Y world %d %s assumed %s %s %s %s %s D_%d eq_refl)|].", intro, len(d.scope), d.speeds, d.along, d.start, d.of, s.slopes[i].stack, d.proof, i)
	}
	for i := range says {
		if i+1 < len(says) {
			line("split; [exact C_%d|].", i)
		} else {
			line("exact C_%d.", i)
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}
