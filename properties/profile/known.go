package profile

import (
	"fmt"
	"slices"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/op"
)

// A catalogued loss is one that a profile may be compared with.
type catalogued struct{ name, formula string }

// catalogue are the losses of package op that have a formula of energies.
func catalogue() (cs []catalogued) {
	for _, o := range op.Ops {
		if r := o.Row(); r.Answers == op.AsValue && r.Symbol == "ℓ" {
			cs = append(cs, catalogued{string(o), r.Formula})
		}
	}
	return cs
}

// special are numbers at which a parameter of a known loss is looked at, where the loss has none of that name.
var special = map[string][]string{"m": {"0", "1"}, "beta": {"1"}, "gamma": {"1"}, "M": {"1"}}

// A variant is a known loss, with the parameters of the one asked about, or with numbers for its own.
type variant struct {
	name      string // hinge, or hinge at m = 0
	loss, two *loss
}

// of is the known loss, of n answers or of two, as l is.
func (k variant) of(l *loss) *loss {
	if l.pair {
		return k.two
	}
	return k.loss
}

// variants are those of a known loss.
func (q *inquiry) variants(c catalogued) (vs []variant) {
	f := formula.MustParse(c.formula)
	settings := []map[string]string{{}}
	for _, p := range f.Params {
		values := special[p]
		if slices.Contains(q.l.names, p) {
			values = append([]string{p}, values...)
		}
		var next []map[string]string
		for _, s := range settings {
			for _, v := range values {
				t := map[string]string{p: v}
				for name, old := range s {
					t[name] = old
				}
				next = append(next, t)
			}
		}
		settings = next
	}
	for _, set := range settings {
		l, err := read(c.formula, "")
		if err != nil {
			panic("profile: " + err.Error())
		}
		name := c.name
		if q.l.pair && !l.pair {
			name += " of two answers"
		}
		for _, p := range f.Params {
			if set[p] != p {
				name += fmt.Sprintf(", %s = %s", formula.MustParse(p).Unicode(), set[p])
			}
		}
		put := func(e *formula.Expr) *formula.Expr {
			return rewrite(e, func(e *formula.Expr) *formula.Expr {
				if e.Op == "param" && set[e.Name] != "" {
					return parse(set[e.Name])
				}
				return nil
			})
		}
		l.names = q.l.names
		two := l
		if !l.pair {
			if two, err = l.ofTwo(); err != nil {
				panic("profile: " + err.Error())
			}
		}
		v := variant{name: name, loss: &loss{pair: l.pair, names: q.l.names, expr: put(l.expr)}, two: &loss{pair: true, names: q.l.names, expr: put(two.expr)}}
		if l.pair && !q.l.pair { // of n answers, ȳ is the lowest incorrect one
			v.loss.pair, v.loss.expr = false, ofEnergies(v.loss.expr)
		}
		vs = append(vs, v)
	}
	return vs
}

// compared asks which known loss it is, perhaps a multiple or the square of one, and which ones bound it.
func (q *inquiry) compared() (as []Answer) {
	type factor struct{ text, shown string }
	factors := []factor{{"%s", "%s"}, {"%s^2", "(%s)²"}}
	for _, p := range q.l.names {
		symbol := formula.MustParse(p).Unicode()
		factors = append(factors, factor{p + "*%s", symbol + " times %s"}, factor{"%s/" + p, "%s, over " + symbol})
	}
	var equal, most, least []candidate
	for _, c := range catalogue() {
		for _, k := range q.variants(c) {
			says := func(rel, f string) []func(*loss) string {
				return []func(*loss) string{func(l *loss) string {
					return l.at(here) + " " + rel + " " + fmt.Sprintf(f, k.of(l).at(here))
				}}
			}
			for _, f := range factors {
				equal = append(equal, candidate{answer: fmt.Sprintf(f.shown, k.name), says: says("=", f.text)})
			}
			most = append(most, candidate{answer: k.name, says: says("<=", "%s")})
			least = append(least, candidate{answer: k.name, says: says(">=", "%s")})
		}
	}
	of := *q
	of.unseen = true
	e := of.choose("equals", equal, "")
	if e.Evidence != Open {
		as = append(as, e)
	}
	for _, bound := range []struct {
		question string
		by       []candidate
	}{{"at most", most}, {"at least", least}} {
		for _, c := range bound.by {
			if c.answer == e.Answer {
				continue
			}
			if a := of.choose(bound.question, []candidate{c}, ""); a.Evidence == Proved || a.Evidence == Sampled {
				as = append(as, a)
			}
		}
	}
	return as
}
