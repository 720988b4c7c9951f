package coq

import (
	"fmt"
	"strconv"
	"strings"
)

// A reader reads the steps of a certificate, and the terms in them.
type reader struct {
	*numbering
	lines []string
	lets  map[string]abbreviation
	toks  []string
}

// An abbreviation is a term, of an index if that is not "".
type abbreviation struct {
	index string
	is    *term
}

// A refusal is why something is not exported.
type refusal string

func refuse(format string, a ...any) { panic(refusal(fmt.Sprintf(format, a...))) }

func caught(err *error) {
	switch r := recover().(type) {
	case nil:
	case refusal:
		*err = fmt.Errorf("%s", string(r))
	default:
		panic(r)
	}
}

// Rules are written by their names: a step of rules.v, of terms, names, relations and numbers of facts.
var rules = map[string]func(r *reader, a []string) string{
	"exp":  func(r *reader, a []string) string { return "SExp " + r.term(a[0]) },
	"exps": func(r *reader, a []string) string { return "SExps " + r.term(a[0]) + " " + fact(a[1]) },
	"expp": func(r *reader, a []string) string { return "SExpp " + r.term(a[0]) },
	"sq":   func(r *reader, a []string) string { return "SSq " + r.term(a[0]) },
	"pos":  func(r *reader, a []string) string { return "SPos " + r.term(a[0]) },
	"inv":  func(r *reader, a []string) string { return "SInv " + r.term(a[0]) + " " + fact(a[1]) },
	"ln":   func(r *reader, a []string) string { return "SLn " + r.term(a[0]) + " " + fact(a[1]) },
	"comb": (*reader).combination,
	"div": func(r *reader, a []string) string {
		return "SDiv " + r.term(a[0]) + " " + relation(a[1]) + " " + fact(a[2]) + " " + fact(a[3])
	},
	"anti": func(r *reader, a []string) string { return "SAnti " + fact(a[0]) + " " + fact(a[1]) },
	"delta": func(r *reader, a []string) string {
		return "SDelta " + r.answer(a[0]) + " " + r.answer(a[1]) + " " + r.about(a[1], a[2])
	},
	"inst": func(r *reader, a []string) string { return "SInst " + fact(a[0]) + " " + r.answer(a[1]) },
	"sum":  func(r *reader, a []string) string { return "SSum " + fact(a[0]) },
	"drop": func(r *reader, a []string) string { return "SDrop " + fact(a[0]) + " " + r.answer(a[1]) },
}

// Goals are rules with proofs within: what is written before them, and how many there are besides the rest of the proof.
var goals = map[string]struct {
	within int
	write  func(r *reader, a []string) string
}{
	"have": {1, func(r *reader, a []string) string { return "Have " + r.term(a[0]) + " " + relation(a[1]) }},
	"all": {1, func(r *reader, a []string) string {
		return "All " + r.answer(a[0]) + " " + r.about(a[0], a[1]) + " " + relation(a[2])
	}},
	"mono": {2, func(r *reader, a []string) string {
		return fmt.Sprintf("Mono %d %s %s %s %s", r.variables.number(a[0]), r.term(a[1]), r.term(a[2]), relation(a[3]), fact(a[4]))
	}},
}

// arguments is how many a rule takes.
var arguments = map[string]int{"exp": 1, "exps": 2, "expp": 1, "sq": 1, "pos": 1, "inv": 2, "ln": 2, "comb": 1, "div": 4, "anti": 2, "delta": 3, "inst": 2, "sum": 1,
	"drop": 2, "have": 2, "all": 3, "mono": 5, "cases": 1, "qed": 1, "absurd": 1}

// block writes the proof of one goal: steps up to a line that ends it.
func (r *reader) block() string {
	var steps []string
	for len(r.lines) > 0 {
		line := r.lines[0]
		r.lines = r.lines[1:]
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if word == "let" {
			r.let(rest)
			continue
		}
		a := strings.Split(rest, "|")
		for i := range a {
			a[i] = strings.TrimSpace(a[i])
		}
		if n, ok := arguments[word]; !ok {
			refuse("the rule %s is not exported", word)
		} else if len(a) != n {
			refuse("%s takes %d arguments", word, n)
		}
		if write, ok := rules[word]; ok {
			steps = append(steps, write(r, a))
			continue
		}
		var end string
		switch word {
		case "qed":
			end = "Qed " + fact(a[0])
		case "absurd":
			end = "Absurd " + fact(a[0])
		case "cases":
			t := r.term(a[0])
			end = "Cases " + t + "\n(" + r.block() + ")\n(" + r.block() + ")"
		default:
			g := goals[word]
			end = g.write(r, a)
			for range g.within + 1 {
				end += "\n(" + r.block() + ")"
			}
		}
		if len(steps) == 0 {
			return end
		}
		return "bys [" + strings.Join(steps, ";\n") + "]\n(" + end + ")"
	}
	refuse("the proof ends before its goal is reached")
	return ""
}

func fact(k string) string {
	if n, err := strconv.Atoi(k); err != nil || n < 0 || n > 99999 {
		refuse("%q is no number of a fact", k)
	}
	return k
}

func relation(r string) string {
	if w, ok := map[string]string{"=": "EQ", ">=": "GE", ">": "GT"}[r]; ok {
		return w
	}
	refuse("%q is no relation", r)
	return ""
}

// answer is the number of a free index.
func (r *reader) answer(i string) string {
	if !isName(i) {
		refuse("%q is no index", i)
	}
	return strconv.Itoa(r.indices.number(i))
}

// combination writes c @ k,l; ….
func (r *reader) combination(a []string) string {
	var items []string
	for _, item := range strings.Split(a[0], ";") {
		c, facts, ok := strings.Cut(item, "@")
		if !ok {
			refuse("want c @ facts, found %q", item)
		}
		var ks []string
		for _, k := range strings.Split(facts, ",") {
			ks = append(ks, fact(strings.TrimSpace(k)))
		}
		items = append(items, "("+r.term(c)+", ["+strings.Join(ks, "; ")+"]%nat)")
	}
	return "SComb [" + strings.Join(items, "; ") + "]"
}

// let reads x = t or f[j] = t.
func (r *reader) let(text string) {
	left, right, ok := strings.Cut(text, "=")
	toks := tokens(left)
	if !ok || !isName(toks[0]) || len(toks) != 2 && len(toks) != 5 {
		refuse("%q is no abbreviation", text)
	}
	short := abbreviation{is: r.parse(right)}
	if len(toks) == 5 {
		short.index = toks[2]
	}
	r.lets[toks[0]] = short
}

// term writes the term of a text, about a term in which j is bound.
func (r *reader) term(text string) string { return r.write(r.parse(text), place{}) }

func (r *reader) about(j, text string) string { return r.write(r.parse(text), place{}.under(j)) }
