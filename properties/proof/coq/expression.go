package coq

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/formula"
)

// mention notes that ȳ of more than two answers occurs.
func (s *statement) mention(indices ...string) {
	s.offending = s.offending || !s.pair && slices.Contains(indices, "ybar")
}

// expr writes e. A word with arguments is said of as many terms.
func (s *statement) expr(e *formula.Expr) rendering {
	s.mention(e.Index, e.Other, e.Except)
	arg := func(i int) rendering { return s.expr(e.Args[i]) }
	call := func(word string, t func(...*term) *term) rendering {
		var text []string
		var terms []*term
		for i := range e.Args {
			a := arg(i)
			text, terms = append(text, a.as(tight)), append(terms, a.term)
		}
		return rendering{word + " " + strings.Join(text, " "), applied, t(terms...)}
	}
	one := func(op string) func(...*term) *term { return func(a ...*term) *term { return apply(op, a...) } }
	switch e.Op {
	case "num":
		if !e.Num.IsInt() {
			return rendering{e.Num.Num().String() + " / " + e.Num.Denom().String(), times, &term{op: "num", num: e.Num}}
		}
		return rendering{e.Num.RatString(), tight, &term{op: "num", num: e.Num}}
	case "n":
		return rendering{"n Y", applied, apply("card")}
	case "param":
		if e.Index != "" {
			return rendering{name(e.Name) + " " + name(e.Index), applied, family(e.Name, e.Index)}
		}
		return rendering{name(e.Name), tight, variable(e.Name)}
	case "F":
		return s.energy(e.Index)
	case "p":
		weight := func(j string) *term {
			return apply("exp", apply("mul", apply("neg", variable("beta")), s.energy(j).term))
		}
		return rendering{fmt.Sprintf("p %s beta %s", s.function(), name(e.Index)), applied, apply("mul", weight(e.Index), apply("inv", total("k_", weight("k_"))))}
	case "+":
		a, b := arg(0), arg(1)
		return rendering{a.as(added) + " + " + b.as(times), added, apply("add", a.term, b.term)}
	case "-":
		a, b := arg(0), arg(1)
		return rendering{a.as(added) + " - " + b.as(times), added, minus(a.term, b.term)}
	case "neg":
		a := arg(0)
		return rendering{"- " + a.as(raised), negated, apply("neg", a.term)}
	case "*":
		a, b := arg(0), arg(1)
		return rendering{a.as(times) + " * " + b.as(raised), times, apply("mul", a.term, b.term)}
	case "/":
		a, b := arg(0), arg(1)
		return rendering{a.as(times) + " / " + b.as(raised), times, apply("mul", a.term, apply("inv", b.term))}
	case "^":
		if k := e.Args[1]; k.Op == "num" && k.Num.IsInt() && k.Num.Sign() >= 0 && k.Num.Num().IsInt64() && k.Num.Num().Int64() <= 64 {
			a := arg(0)
			return rendering{a.as(applied) + " ^ " + k.Num.RatString(), raised, &term{op: "power", args: []*term{a.term}, n: int(k.Num.Num().Int64())}}
		}
	case "exp", "pos":
		return call(e.Op, one(e.Op))
	case "log":
		return call("ln", one("ln"))
	case "abs":
		return call("Rabs", one("abs"))
	case "log1p":
		a := arg(0)
		return rendering{"ln (1 + " + a.as(times) + ")", applied, apply("ln", apply("add", number(1, 1), a.term))}
	case "expm1":
		a := arg(0)
		return rendering{"exp " + a.as(tight) + " - 1", added, minus(apply("exp", a.term), number(1, 1))}
	case "sigmoid":
		return call("sigmoid", func(a ...*term) *term {
			return apply("inv", apply("add", number(1, 1), apply("exp", apply("neg", a[0]))))
		})
	case "softplus":
		return call("softplus", func(a ...*term) *term { return apply("ln", apply("add", number(1, 1), apply("exp", a[0]))) })
	case "sum", "mean", "logsumexp":
		if e.Bind == "" {
			return s.expr(e.Spelled())
		}
		return s.sum(e)
	case "max", "min":
		if e.Bind != "" {
			return s.extreme(e)
		}
		r := arg(0)
		for i := range e.Args[1:] {
			b := arg(i + 1)
			r = rendering{map[string]string{"max": "Rmax ", "min": "Rmin "}[e.Op] + r.as(tight) + " " + b.as(tight), applied, apply(e.Op, r.term, b.term)}
		}
		return r
	case "delta":
		return rendering{fmt.Sprintf("delta %s %s", name(e.Index), name(e.Other)), applied, same(e.Index, e.Other)}
	case "D":
		return s.derivative(e)
	case "with":
		old := s.moved
		s.moved = &with{e.Bind, e.Args[1], old}
		defer func() { s.moved = old }()
		return s.expr(e.Args[0])
	}
	refuse("%s is not exported", e.Op)
	return rendering{}
}

// energy writes F at an index.
func (s *statement) energy(i string) rendering {
	if w := s.moved; w != nil {
		s.moved = w.before
		defer func() { s.moved = w }()
		return s.expr(formula.Rebind(w.is, w.bind, i))
	}
	if !s.pair {
		return rendering{s.energies + " " + name(i), applied, family("F", i)}
	}
	x := "F"
	if i == "ybar" {
		x = "Fbar"
	}
	if s.energies == "F" {
		return rendering{x, tight, variable(x)}
	}
	return rendering{strings.Replace(s.energies, "F", x, 1), applied, variable(x)} // F W
}

// function writes F as a function of answers.
func (s *statement) function() string {
	if w := s.moved; w != nil {
		return "(fun " + name(w.bind) + " => " + s.energy(w.bind).text + ")"
	}
	if strings.Contains(s.energies, " ") {
		return "(" + s.energies + ")"
	}
	return s.energies
}

// sum writes a sum, a mean or a logsumexp.
func (s *statement) sum(e *formula.Expr) rendering {
	s.inside++
	s.scope = append(s.scope, e.Bind)
	body := s.expr(e.Args[0])
	s.scope = s.scope[:len(s.scope)-1]
	s.inside--
	if e.Op == "logsumexp" {
		body = rendering{"exp " + body.as(tight), applied, apply("exp", body.term)}
	}
	word, t := "Sum", body.term
	count := rendering{"n Y", applied, apply("card")}
	if e.Except != "" {
		word = "Sum_but " + name(e.Except)
		t = apply("mul", minus(number(1, 1), same(e.Bind, e.Except)), t)
		count = rendering{"(n Y - 1)", tight, minus(apply("card"), number(1, 1))}
	}
	r := rendering{fmt.Sprintf("%s (fun %s => %s)", word, name(e.Bind), body.text), applied, total(e.Bind, t)}
	switch e.Op {
	case "logsumexp":
		return rendering{"ln " + r.as(tight), applied, apply("ln", r.term)}
	case "mean":
		return rendering{r.text + " / " + count.as(raised), times, apply("mul", r.term, apply("inv", count.term))}
	}
	return r
}

// extreme writes a maximum or minimum over the answers: the term is at an index where it is that.
func (s *statement) extreme(e *formula.Expr) rendering {
	if e.Except != "" || s.moved != nil || s.inside > 0 {
		refuse("%s(%s: …) is not exported here", e.Op, e.Bind)
	}
	s.inside++
	defer func() { s.inside-- }()
	at := fmt.Sprintf("%s_%d", e.Op, len(s.extremes)+1)
	here := s.expr(formula.Rebind(e.Args[0], e.Bind, at))
	s.scope = append(s.scope, e.Bind)
	any := s.expr(e.Args[0])
	s.scope = s.scope[:len(s.scope)-1]
	p := place{}.under(e.Bind)
	word, x, y := "Max", here, any
	if e.Op == "min" {
		word, x, y = "Min", any, here
	}
	function := fmt.Sprintf("(fun %s => %s)", name(e.Bind), any.text)
	s.extremes = append(s.extremes, extreme{word, function, at})
	s.given = append(s.given, relationship{"", fmt.Sprintf("says_all Ge %s %s", s.write(x.term, p), s.write(y.term, p)), "L_" + at})
	return rendering{word + " " + function, applied, here.term}
}
