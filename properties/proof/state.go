package proof

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/proof/kernel"
)

// State returns the lines let, assume and prove of a statement that is written as a formula: what is to be proved of it. It says
//
//	β > 0, where it occurs, and so of each parameter in positive
//	F, F̄ and their slopes S, Sbar are variables where there are only two; else F[j] and S[j] are families
//	an index that nothing binds is any answer; j != y is d(j,y) = 0; ȳ is an answer but y below which there is none but y
//	t != 0 is t² > 0; a chain, and what “and” joins, are several lines
//	max(j: t) is t at an index where it is largest, if nothing around it binds an index; logsumexp is ln of the sum, p[j] and Z are what they stand for
//
// It is an error if it has what no term can say: an if, a root, a power that is no whole number, a second derivative by W, of which the
// first tells nothing; or a name that might be one of those that are made here.
func State(says string, positive ...string) (lines []string, err error) {
	s, err := formula.ParseStatement(says)
	if err != nil {
		return nil, err
	}
	s = s.Expand()
	defer kernel.Caught(says, &err)
	for _, x := range invented(s) {
		kernel.Refuse("the name %s is one that is made here: take another", x)
	}
	t := &stating{pair: s.Pair, short: map[string]string{}}
	t.energy = t.plainEnergy
	var assume, prove []string
	for _, r := range s.When {
		assume = append(assume, t.condition(r)...)
	}
	for _, r := range s.Says {
		prove = append(prove, t.relation(r)...)
	}
	var above []string
	if t.short["Z"] != "" || slices.Contains(s.Params, "beta") {
		above = append(above, "beta > 0")
	}
	for _, name := range positive {
		if slices.Contains(s.Params, name) {
			above = append(above, name+" > 0")
		}
	}
	if t.short["Z"] != "" && slices.Contains(s.Params, "Z") {
		kernel.Refuse("Z is a parameter, and Σ e^{−βF} too")
	}
	for _, q := range s.ForAll {
		t.offending = t.offending || q.Except == "ybar"
		if q.Except != "" {
			t.given = append(t.given, "d("+q.Name+","+q.Except+") = 0")
		}
	}
	if t.offending {
		t.given = append(t.given, "d(ybar,y) = 0", "all j: (1-d(j,y))*(F[j]-F[ybar]) >= 0")
	}
	for _, name := range []string{"Z", "p[j]"} {
		if is, ok := t.short[name]; ok {
			lines = append(lines, "let "+name+" = "+is)
		}
	}
	for _, a := range slices.Concat(above, assume, t.given) {
		lines = append(lines, "assume "+a)
	}
	for _, p := range prove {
		lines = append(lines, "prove "+p)
	}
	return lines, nil
}

// stating writes expressions as terms.
type stating struct {
	pair      bool
	offending bool                      // F[ybar] of more than two answers
	energy    func(index string) string // F at an index
	moved     bool                      // F is not itself, but what with puts in its place
	short     map[string]string         // abbreviations that are used
	given     []string                  // what the new names among them are
	names     int
	inside    int // binders and derivatives around what is written
}

// invented are those names of s that State might make itself, and so take for another thing.
func invented(s *formula.Statement) (names []string) {
	var walk func(e *formula.Expr)
	walk = func(e *formula.Expr) {
		names = append(names, e.Name, e.Bind)
		for _, a := range e.Args {
			walk(a)
		}
	}
	for _, r := range slices.Concat(s.Says, s.When) {
		for _, e := range r.Terms {
			walk(e)
		}
	}
	for _, q := range s.ForAll {
		names = append(names, q.Name)
	}
	return slices.DeleteFunc(names, func(x string) bool {
		return !strings.Contains(x, "_") && !(s.Pair && (x == "Fbar" || x == "Sbar"))
	})
}

// relation writes each sign of a chain.
func (t *stating) relation(r formula.Relation) (lines []string) {
	for i, rel := range r.Rels {
		a, b := t.term(r.Terms[i], 0), t.term(r.Terms[i+1], 0)
		switch rel {
		case "<", "<=":
			a, b = b, a
			rel = strings.Replace(rel, "<", ">", 1)
		case "!=":
			a, b, rel = "("+a+" - ("+b+"))^2", "0", ">"
		}
		lines = append(lines, a+" "+rel+" "+b)
	}
	return lines
}

// condition writes each sign of a chain; that a maximum over the answers is at most b, or a minimum at least, is said of all of them.
func (t *stating) condition(r formula.Relation) (lines []string) {
	for i, rel := range r.Rels {
		a, b := r.Terms[i], r.Terms[i+1]
		if rel == "<" || rel == "<=" {
			a, b = b, a
			rel = strings.Replace(rel, "<", ">", 1)
		}
		of, least := a, true
		if b.Op == "max" {
			of, least = b, false
		}
		if of.Bind == "" || least && of.Op != "min" || !strings.HasPrefix(rel, ">") {
			lines = append(lines, t.relation(formula.Relation{Terms: []*formula.Expr{a, b}, Rels: []string{rel}})...)
			continue
		}
		t.inside++
		body, bound := t.term(of.Args[0], product1), ""
		t.inside--
		if least {
			bound = t.term(b, product1)
		} else {
			body, bound = t.term(a, product1), body
		}
		if of.Except == "" {
			lines = append(lines, fmt.Sprintf("all %s: %s %s %s", of.Bind, body, rel, bound))
			continue
		}
		if rel == ">" {
			kernel.Refuse("%s(%s != %s: …) %s is no term: say ≥", of.Op, of.Bind, of.Except, rel)
		}
		lines = append(lines, fmt.Sprintf("all %s: (1-d(%s,%s))*(%s - %s) >= 0", of.Bind, of.Bind, of.Except, body, bound))
	}
	return lines
}

// How tightly what is written holds together.
const (
	loose = iota
	product1
	tight
)

// term writes e, in brackets if it holds together less than its place asks for.
func (t *stating) term(e *formula.Expr, place int) string {
	text, holds := t.write(e)
	if holds < place {
		return "(" + text + ")"
	}
	return text
}

func (t *stating) write(e *formula.Expr) (text string, holds int) {
	t.offending = t.offending || !t.pair && slices.Contains([]string{e.Index, e.Other, e.Except}, "ybar")
	arg := func(i, place int) string { return t.term(e.Args[i], place) }
	switch e.Op {
	case "num":
		text = e.Num.RatString()
		if !e.Num.IsInt() || e.Num.Sign() < 0 {
			return text, product1
		}
		return text, tight
	case "n":
		return "n", tight
	case "param":
		if e.Index != "" {
			return e.Name + "[" + e.Index + "]", tight
		}
		return e.Name, tight
	case "F":
		return t.energy(e.Index), tight
	case "p":
		if t.moved {
			return t.weight(e.Index) + "*inv(" + t.partition() + ")", product1
		}
		t.short["Z"], t.short["p[j]"] = "sum(j, exp(-beta*F[j]))", "exp(-beta*F[j])*inv(Z)"
		return "p[" + e.Index + "]", tight
	case "+":
		return arg(0, loose) + " + " + arg(1, product1), loose
	case "-":
		return arg(0, loose) + " - " + arg(1, product1), loose
	case "neg":
		return "-" + arg(0, tight), product1
	case "*":
		return arg(0, product1) + "*" + arg(1, tight), product1
	case "/":
		if d := e.Args[1]; d.Op == "num" && d.Num.IsInt() && d.Num.Sign() != 0 {
			return arg(0, product1) + "/" + d.Num.RatString(), product1
		}
		return arg(0, product1) + "*inv(" + arg(1, loose) + ")", product1
	case "^":
		if k := e.Args[1]; k.Op == "num" && k.Num.IsInt() && k.Num.Sign() >= 0 && e.Args[0].Op != "^" {
			return arg(0, tight) + "^" + k.Num.RatString(), tight
		}
	case "exp", "pos":
		return e.Op + "(" + arg(0, loose) + ")", tight
	case "log":
		return "ln(" + arg(0, loose) + ")", tight
	case "log1p":
		return "ln(1 + " + arg(0, product1) + ")", tight
	case "expm1":
		return "exp(" + arg(0, loose) + ") - 1", loose
	case "abs":
		return "pos(" + arg(0, loose) + ") + pos(-(" + arg(0, loose) + "))", loose
	case "sigmoid":
		return "inv(1 + exp(-(" + arg(0, loose) + ")))", tight
	case "softplus":
		return "ln(1 + exp(" + arg(0, loose) + "))", tight
	case "sum", "mean", "logsumexp":
		if e.Bind == "" {
			return t.write(e.Spelled())
		}
		return t.sum(e)
	case "max", "min":
		return t.extreme(e)
	case "delta":
		if e.Index == e.Other {
			return "1", tight
		}
		return "d(" + e.Index + "," + e.Other + ")", tight
	case "D":
		return t.derivative(e)
	case "with":
		return t.with(e)
	}
	kernel.Refuse("%s is no term", e.Op)
	return "", 0
}

// plainEnergy is F as it is.
func (t *stating) plainEnergy(index string) string {
	switch {
	case !t.pair:
		return "F[" + index + "]"
	case index == "ybar":
		return "Fbar"
	}
	return "F"
}

func (t *stating) slope(index string) string {
	switch {
	case !t.pair:
		return "S[" + index + "]"
	case index == "ybar":
		return "Sbar"
	}
	return "S"
}

func (t *stating) weight(index string) string { return "exp(-beta*(" + t.energy(index) + "))" }

func (t *stating) partition() string {
	t.inside++
	defer func() { t.inside-- }()
	return "sum(k_, " + t.weight("k_") + ")"
}

// sum writes a sum, a mean or a logsumexp.
func (t *stating) sum(e *formula.Expr) (text string, holds int) {
	t.inside++
	body, level := t.write(e.Args[0])
	t.inside--
	if e.Op == "logsumexp" {
		body, level = "exp("+body+")", tight
	}
	if e.Except != "" {
		if level < product1 {
			body = "(" + body + ")"
		}
		body = "(1-d(" + e.Bind + "," + e.Except + "))*" + body
	}
	text = "sum(" + e.Bind + ", " + body + ")"
	if !t.moved && body == "exp(-beta*F["+e.Bind+"])" {
		t.short["Z"] = "sum(j, exp(-beta*F[j]))"
		text = "Z"
	}
	switch {
	case e.Op == "logsumexp":
		return "ln(" + text + ")", tight
	case e.Op == "mean" && e.Except == "":
		return text + "*inv(n)", product1
	case e.Op == "mean":
		return text + "*inv(n - 1)", product1
	}
	return text, tight
}

// extreme writes max and min: of two, by pos; over the answers, as what is so at a new index.
func (t *stating) extreme(e *formula.Expr) (text string, holds int) {
	if e.Bind == "" {
		text = t.term(e.Args[0], product1)
		for i := range e.Args[1:] {
			b := t.term(e.Args[i+1], product1)
			if e.Op == "max" {
				text = b + " + pos(" + text + " - " + b + ")"
			} else {
				text = b + " - pos(" + b + " - (" + text + "))"
			}
			if i+2 < len(e.Args) {
				text = "(" + text + ")"
			}
		}
		return text, loose
	}
	switch {
	case e.Except != "" || t.moved:
		kernel.Refuse("%s(%s != %s: …) is no term", e.Op, e.Bind, e.Except)
	case t.inside > 0: // where it is largest depends on what is bound; where two are, it has no derivative
		kernel.Refuse("%s(%s: …) within a sum or a derivative is no term", e.Op, e.Bind)
	}
	t.inside++
	defer func() { t.inside-- }()
	t.names++
	at := fmt.Sprintf("%s_%d", e.Op, t.names)
	here := t.term(formula.Rebind(e.Args[0], e.Bind, at), product1)
	any := t.term(e.Args[0], product1)
	rel := map[string]string{"max": " >= ", "min": " <= "}[e.Op]
	if rel == " <= " {
		t.given = append(t.given, "all "+e.Bind+": "+any+" >= "+here)
	} else {
		t.given = append(t.given, "all "+e.Bind+": "+here+" >= "+any)
	}
	return here, product1
}

// derivative writes D(e, F[j]), D(e, W) and D(e, parameter).
func (t *stating) derivative(e *formula.Expr) (text string, holds int) {
	of, by := e.Args[0], e.Args[1]
	if t.moved {
		kernel.Refuse("a derivative within with is no term")
	}
	isW := by.Op == "param" && by.Name == "W" && by.Index == ""
	switch {
	case isW && of.Op == "F":
		return t.slope(of.Index), tight
	case isW && curved(of):
		kernel.Refuse("a second derivative by W is no term")
	case isW && t.pair:
		text = "F -> S; Fbar -> Sbar"
	case isW:
		text = "F[j_] -> S[j_]"
	case by.Op == "F" && t.pair:
		text = t.energy(by.Index) + " -> 1"
	case by.Op == "F":
		text = "F[j_] -> d(j_," + by.Index + ")"
	case by.Op == "param" && by.Index == "":
		text = by.Name + " -> 1"
	default:
		kernel.Refuse("a derivative by %s is no term", by.Op)
	}
	t.inside++
	defer func() { t.inside-- }()
	return "D(" + t.term(of, loose) + "; " + text + ")", tight
}

// curved reports whether e has a slope, ∂F/∂W, of which nothing is known but its value.
func curved(e *formula.Expr) bool {
	return e.Op == "D" && e.Args[1].Name == "W" || e.Op == "param" && e.Name == "S" || slices.ContainsFunc(e.Args, curved)
}

// with writes with(F[j] := e: f): f, with e for F.
func (t *stating) with(e *formula.Expr) (text string, holds int) {
	old := *t
	t.energy = func(index string) string {
		energy, moved := t.energy, t.moved
		t.energy, t.moved = old.energy, old.moved
		text := t.term(formula.Rebind(e.Args[1], e.Bind, index), loose)
		t.energy, t.moved = energy, moved
		return "(" + text + ")"
	}
	t.moved = true
	text, holds = t.write(e.Args[0])
	t.energy, t.moved = old.energy, old.moved
	return text, holds
}
