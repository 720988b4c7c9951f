package proof

import (
	"slices"
	"strings"
)

// A rule adds facts, opens goals or closes one. Its arguments are terms, names, relations, or numbers of facts.
type rule struct {
	args int
	do   func(s *session, a []string)
}

// rules are all that there are; doc.go says why each is sound.
var rules map[string]rule

func init() {
	rules = map[string]rule{
		"exp":    {1, (*session).exp},
		"exps":   {2, (*session).expStrict},
		"expp":   {1, (*session).expPositive},
		"sq":     {1, (*session).square},
		"pos":    {1, (*session).positivePart},
		"inv":    {2, (*session).inverse},
		"ln":     {2, (*session).logarithm},
		"comb":   {1, (*session).combination},
		"div":    {4, (*session).divide},
		"anti":   {2, (*session).antisymmetric},
		"delta":  {3, (*session).sameIndex},
		"inst":   {2, (*session).instance},
		"sum":    {1, (*session).sumUp},
		"drop":   {2, (*session).dropTerms},
		"have":   {2, (*session).have},
		"all":    {3, (*session).forAll},
		"cases":  {1, (*session).cases},
		"mono":   {5, (*session).monotone},
		"qed":    {1, (*session).qed},
		"absurd": {1, (*session).absurd},
	}
}

func (s *session) step(name string, a []string) {
	r, ok := rules[name]
	if !ok || len(a) != r.args {
		refuse("no rule %s of %d arguments", name, len(a))
	}
	s.spend(len(s.facts()))
	r.do(s, a)
}

// exp t: e^t ≥ 1 + t.
func (s *session) exp(a []string) {
	t := s.term(a[0])
	s.add(Sub(Exp(t), Add(Int(1), t)), atLeast)
}

// exps t | k: e^t > 1 + t, where fact k says that t ≠ 0.
func (s *session) expStrict(a []string) {
	t := s.term(a[0])
	s.signed(t, a[1], true)
	s.add(Sub(Exp(t), Add(Int(1), t)), above)
}

// expp t: e^t > 0.
func (s *session) expPositive(a []string) { s.add(Exp(s.term(a[0])), above) }

// sq t: t² ≥ 0.
func (s *session) square(a []string) {
	t := s.term(a[0])
	s.add(s.mul(t, t), atLeast)
}

// pos t: pos(t) ≥ 0, pos(t) ≥ t, and one of the two is an equality.
func (s *session) positivePart(a []string) {
	t := s.term(a[0])
	p := Pos(t)
	s.add(p, atLeast)
	s.add(Sub(p, t), atLeast)
	s.add(s.mul(p, Sub(p, t)), equals)
}

// inv t | k: t·inv(t) = 1, where fact k says that t ≠ 0.
func (s *session) inverse(a []string) {
	t := s.term(a[0])
	s.signed(t, a[1], true)
	s.add(Sub(s.mul(t, Inv(t)), Int(1)), equals)
}

// ln t | k: e^{ln t} = t, where fact k says that t > 0.
func (s *session) logarithm(a []string) {
	t := s.term(a[0])
	s.signed(t, a[1], false)
	s.add(Sub(Exp(Ln(t)), t), equals)
}

// signed refuses a fact k that does not say t > 0 or, if either sign will do, −t > 0.
func (s *session) signed(t Term, k string, either bool) {
	f := s.plain(k)
	if f.Rel != above || !f.P.equal(t) && !(either && f.P.opposite(t)) {
		refuse("fact %s, %s, does not give the sign of %s", k, f, t)
	}
}

// comb c @ k,l; …: Σ c·(product of facts k, l, …). c is a number above 0; any term, where one of the facts is an equality.
func (s *session) combination(a []string) {
	total, rel := Term{}, equals
	for _, item := range parts(a[0], ";") {
		left, right, ok := strings.Cut(item, "@")
		if !ok {
			refuse("want c @ facts, found %q", item)
		}
		p, r := s.term(left), above
		c, isNumber := p.number()
		for _, k := range parts(right, ",") {
			f := s.plain(k)
			p = s.mul(p, f.P)
			if f.Rel == equals || f.Rel == atLeast && r == above {
				r = f.Rel
			}
		}
		if r != equals && (!isNumber || c.Sign() <= 0) {
			refuse("the factor %s of an inequality is no number above 0", left)
		}
		total = Add(total, p)
		if r == above || rel == equals {
			rel = r
		}
	}
	s.add(total, rel)
}

// div t | rel | k | l: t rel 0, where fact k says a·t rel 0 and fact l says a > 0.
func (s *session) divide(a []string) {
	t, r, f, g := s.term(a[0]), relationOf(a[1]), s.plain(a[2]), s.plain(a[3])
	if g.Rel != above || !f.implies(Fact{P: s.mul(g.P, t), Rel: r}) {
		refuse("fact %s is not fact %s times that, or fact %s is not above 0", a[2], a[3], a[3])
	}
	s.add(t, r)
}

// anti k | l: p = 0, where fact k says p ≥ 0 and fact l says −p ≥ 0.
func (s *session) antisymmetric(a []string) {
	f, g := s.plain(a[0]), s.plain(a[1])
	if !f.P.opposite(g.P) {
		refuse("facts %s and %s are not opposite", a[0], a[1])
	}
	s.add(f.P, equals)
}

// delta i | j | t: d(i,j)·(t − t with i for j) = 0.
func (s *session) sameIndex(a []string) {
	t := s.term(a[2])
	s.names(a[:2]...)
	s.add(s.mul(Delta(a[0], a[1]), Sub(t, rename(t, a[1], a[0]))), equals)
}

func (s *session) names(xs ...string) {
	if k := slices.IndexFunc(xs, func(x string) bool { return !isName(x) }); k >= 0 {
		refuse("%q is no name", xs[k])
	}
}

// about is fact k, which is about all indices.
func (s *session) about(k string) Fact {
	f := s.get(k)
	if f.All == "" {
		refuse("fact %s is not about all indices", k)
	}
	return f
}

// inst k | i: fact k, which is about all indices, at i.
func (s *session) instance(a []string) {
	f := s.about(a[0])
	s.names(a[1])
	s.add(rename(f.P, f.All, a[1]), f.Rel)
}

// sum k: the sum over all j of fact k; there is one j at least.
func (s *session) sumUp(a []string) {
	f := s.about(a[0])
	s.add(Sum(f.All, f.P), f.Rel)
}

// drop k | i: that sum without its term i is at least 0.
func (s *session) dropTerms(a []string) {
	f := s.about(a[0])
	s.names(a[1])
	if f.Rel == equals {
		refuse("fact %s is an equality", a[0])
	}
	s.add(Sub(Sum(f.All, f.P), rename(f.P, f.All, a[1])), atLeast)
}

// have t | rel: a goal, then a fact.
func (s *session) have(a []string) {
	g := Fact{P: s.term(a[0]), Rel: relationOf(a[1])}
	s.open(g, s.facts(), func() { s.addAll(g) })
}

// all j | t | rel: a goal for an index j of which nothing is known, then a fact about all j.
func (s *session) forAll(a []string) {
	j, g := a[0], Fact{P: s.term(a[1]), Rel: relationOf(a[2])}
	s.names(j)
	for _, f := range s.facts() {
		if f.All != j && f.P.has(j) {
			refuse("%s is not any index: %s", j, f)
		}
	}
	s.open(g, s.facts(), func() { s.addAll(Fact{g.P, g.Rel, j}) })
}

// cases t: the goal where t ≥ 0, then where −t > 0.
func (s *session) cases(a []string) {
	t, f := s.term(a[0]), s.top()
	given := func(p Term, r relation) []Fact {
		return append(f.facts[:len(f.facts):len(f.facts)], Fact{P: p, Rel: r})
	}
	s.open(f.goal, given(t, atLeast), func() { s.open(f.goal, given(Neg(t), above), s.close) })
}

// mono x | a | t | rel | k: t rel 0, where fact k says x ≥ a; for t rel 0 at x = a, a first goal, and ∂t/∂x ≥ 0 where x ≥ a, a
// second one, in which what the derivative owes must come up. What is known of x is not at hand in them, but for x ≥ a, the last
// fact of the second.
func (s *session) monotone(a []string) {
	x, from, t, rel := a[0], s.term(a[1]), s.term(a[2]), relationOf(a[3])
	s.names(x)
	since := Fact{P: Sub(Var(x), from), Rel: atLeast}
	if _, short := s.short[x]; short || from.has(x) || rel == equals || !s.plain(a[4]).implies(since) {
		refuse("%s is no variable of which fact %s says that it is at least %s", x, a[4], from)
	}
	var facts []Fact
	for _, f := range s.facts() {
		if !f.P.has(x) {
			facts = append(facts, f)
		}
	}
	d := derivation{sign: func(Term) int { return 0 }, move: func(b *atom) Term {
		if b.kind == variable && b.name == x {
			return Int(1)
		}
		return nil
	}}
	slope := d.of(t)
	s.open(Fact{P: substitute(t, x, from), Rel: rel}, facts, func() {
		var second *frame
		s.open(Fact{P: slope, Rel: atLeast}, append(facts[:len(facts):len(facts)], since), func() {
			s.pay(d.owed, second.facts)
			s.add(t, rel)
		})
		second = s.top()
	})
}

// qed k: the goal is reached by fact k.
func (s *session) qed(a []string) {
	f := s.get(a[0])
	if !f.implies(s.top().goal) {
		refuse("fact %s, %s, is not the goal %s", a[0], f, s.top().goal)
	}
	s.close()
}

// absurd k: the goal is reached, for fact k cannot be: it says that a number is what it is not.
func (s *session) absurd(a []string) {
	f := s.plain(a[0])
	c, ok := f.P.number()
	if !ok || !(c.Sign() < 0 || f.Rel == above && c.Sign() == 0 || f.Rel == equals && c.Sign() != 0) {
		refuse("fact %s, %s, may be so", a[0], f)
	}
	s.close()
}
