package formula

import (
	"slices"
	"strings"
)

// call reads the brackets after the name t into e.
func (p *parser) call(e *Expr, t token) {
	p.next()
	switch {
	case isFunction(t.text):
		e.Args = []*Expr{p.sum()}
		if p.rest[0].kind == "," {
			p.fail(p.rest[0], "%s takes one argument", t.text)
		}
	case isReduction(t.text):
		p.reduction(e, t)
	case t.text == "if":
		r := p.relation()
		if len(r.Rels) != 1 {
			p.fail(t, "if takes one relation: if(a < b, x, y)")
		}
		e.Name, e.Args = r.Rels[0], r.Terms
		for _, what := range []string{"relation of if", "first case"} {
			p.want(",", "after the "+what)
			e.Args = append(e.Args, p.sum())
		}
	case t.text == "D":
		e.Args = []*Expr{p.sum()}
		p.want(",", "and what D differentiates by: F[j], a parameter, or W")
		by := p.rest[0]
		e.Args = append(e.Args, p.sum())
		if b := e.Args[1]; b.Op != "F" && (b.Op != "param" || b.Index != "") {
			p.fail(by, "D differentiates by an energy F[j], a parameter, or W")
		}
	case t.text == "delta":
		e.Index = p.indexName()
		p.want(",", "between the indices of delta")
		e.Other = p.indexName()
	case t.text == "with":
		if f := p.next(); !f.is("F") {
			p.fail(f, "with is written %s", usage("with"))
		}
		p.want("[", "before the index")
		var except string
		if e.Bind, except = p.binder(); except != "" {
			p.fail(t, "with replaces every energy: use if or delta to leave one out")
		}
		p.want("]", "after the index")
		p.want(":=", "before what replaces F["+e.Bind+"]")
		replacement := p.sum()
		p.want(":", "before the expression in which energies are replaced")
		e.Args = []*Expr{p.sum(), replacement}
	default:
		p.fail(t, "there is no function %s%s", t, hint(t.text))
	}
	p.close(t.text+"(", t)
}

// reduction = name "(" binder ":" sum ")" | ("max" | "min" | "logsumexp") "(" sum "," sum {"," sum} ")"
func (p *parser) reduction(e *Expr, t token) {
	if a, b := p.rest[0], p.rest[min(1, len(p.rest)-1)]; a.kind == "name" && (b.kind == ":" || b.kind == "!=") {
		e.Bind, e.Except = p.binder()
		p.want(":", "after the bound variable")
		e.Args = []*Expr{p.sum()}
		return
	}
	if !takesArguments(t.text) {
		p.fail(t, "%s is written %s", t.text, usage(t.text))
	}
	e.Args = []*Expr{p.sum()}
	for p.skip(",") {
		e.Args = append(e.Args, p.sum())
	}
	if len(e.Args) == 1 {
		p.fail(t, "%s is written %s", t.text, usage(t.text))
	}
}

// usage shows how a function is written.
func usage(name string) string {
	switch {
	case takesArguments(name):
		return name + "(a, b) or " + name + "(j: …)"
	case isReduction(name):
		return name + "(j: …), or " + name + "(j != y: …) to leave y out"
	case name == "with":
		return "with(F[j] := e: f)"
	}
	return name + "(…)"
}

// hints are for names that people try.
var hints = map[string]string{
	"ln": "write log", "relu": "write pos", "sigma": "write sigmoid", "logistic": "write sigmoid", "lse": "write logsumexp", "logaddexp": "write logsumexp(a, b)",
	"average": "write mean", "avg": "write mean", "step": "write if(t < 0, 0, 1)", "sign": "write if(t < 0, -1, 1)",
	"square": "write t^2", "pow": "write a^b", "power": "write a^b", "tanh": "write 2*sigmoid(2*t) - 1",
	"softmax": "p[j] is the softmax of -beta*F", "softargmax": "p[j] is the softmax of -beta*F", "clamp": "write min(max(t, a), b)",
	"log2": "write log(t)/log(2)", "log10": "write log(t)/log(10)", "argmin": "a formula is a number", "argmax": "a formula is a number",
	"sin": "", "cos": "", "tan": "", "sinh": "", "cosh": "", "asin": "", "acos": "", "atan": "", "erf": "", "gamma": "", "prod": "",
}

// hint says what to write for a function that there is not.
func hint(name string) string {
	if h, ok := hints[strings.ToLower(name)]; ok {
		if h == "" {
			h = "the functions are " + strings.Join(functions, ", ")
		}
		return ": " + h
	}
	best, least := "", 3
	if _, ok := glyphOf[name]; ok {
		least = 0 // a Greek letter, meant as a factor
	}
	for _, f := range slices.Concat(functions, reductions, []string{"if", "with", "delta"}) {
		if d := edits(strings.ToLower(name), f); d < least && d < len(f) {
			best, least = f, d
		}
	}
	if best != "" {
		return ": did you mean " + best + "?"
	}
	return "; multiplication is written *"
}

// edits counts the letters to insert, delete, replace or swap with the next to make b of a, up to 3.
func edits(a, b string) int {
	if len(a) > len(b)+2 || len(b) > len(a)+2 {
		return 3
	}
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			replaced := d[i-1][j-1]
			if a[i-1] != b[j-1] {
				replaced++
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, replaced)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return min(d[len(a)][len(b)], 3)
}
