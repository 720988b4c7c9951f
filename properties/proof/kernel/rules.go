package kernel

import (
	"slices"
	"strings"
)

// An Argument of a rule is a term, a fact by its number, a name, a relation or a combination, as the rule has it.
type Argument struct {
	Term
	Fact     int
	Name     string
	Relation Relation
	Items    []Item
}

// An Item of a combination is a factor with the numbers of the facts that it is multiplied with.
type Item struct {
	Term
	Facts []int
}

// A rule takes arguments: t a term, k a fact, x a name, r a relation, c a combination.
type rule struct {
	takes string
	do    func(p *Proof, a []Argument)
}

// rules are all that there are; doc.go says why each is sound.
var rules map[string]rule

func init() {
	rules = map[string]rule{
		"exp":    {"t", (*Proof).exp},
		"exps":   {"tk", (*Proof).expStrict},
		"expp":   {"t", (*Proof).expPositive},
		"sq":     {"t", (*Proof).square},
		"pos":    {"t", (*Proof).positivePart},
		"inv":    {"tk", (*Proof).inverse},
		"ln":     {"tk", (*Proof).logarithm},
		"comb":   {"c", (*Proof).combination},
		"div":    {"trkk", (*Proof).divide},
		"anti":   {"kk", (*Proof).antisymmetric},
		"delta":  {"xxt", (*Proof).sameIndex},
		"inst":   {"kx", (*Proof).instance},
		"sum":    {"k", (*Proof).sumUp},
		"drop":   {"kx", (*Proof).dropTerms},
		"have":   {"tr", (*Proof).have},
		"all":    {"xtr", (*Proof).forAll},
		"cases":  {"t", (*Proof).cases},
		"mono":   {"xttrk", (*Proof).monotone},
		"qed":    {"k", (*Proof).qed},
		"absurd": {"k", (*Proof).absurd},
	}
}

// Takes is what the rule takes, a letter an argument; "" if there is no such rule.
func Takes(name string) string { return rules[name].takes }

// Step applies the rule of that name to arguments of the kinds that it takes.
func (p *Proof) Step(name string, a []Argument) {
	r, ok := rules[name]
	if !ok || len(a) != len(r.takes) {
		Refuse("no rule %s of %d arguments", name, len(a))
	}
	p.Spend(len(p.Facts()))
	for i, kind := range r.takes {
		for _, item := range append(a[i].Items, Item{Term: a[i].Term}) {
			p.sums.Add(item.Term)
		}
		switch {
		case kind == 'x' && !IsName(a[i].Name):
			Refuse("%q is no name", a[i].Name)
		case kind == 'r' && !slices.Contains([]Relation{Equals, AtLeast, Above}, a[i].Relation):
			Refuse("%q is none of = >= >", a[i].Relation)
		}
	}
	r.do(p, a)
}

// reserved words mean what they mean.
var reserved = []string{"exp", "inv", "ln", "pos", "sum", "D", "n"}

// IsName reports whether a free index, a variable, a family or an abbreviation may be called x.
func IsName(x string) bool {
	return x != "" && strings.Trim(x, letters+"0123456789_") == "" && !('0' <= x[0] && x[0] <= '9') && !slices.Contains(reserved, x)
}

// exp t: e^t ≥ 1 + t.
func (p *Proof) exp(a []Argument) {
	t := a[0].Term
	p.add(Sub(Exp(t), Add(Int(1), t)), AtLeast)
}

// exps t | k: e^t > 1 + t, where fact k says that t ≠ 0.
func (p *Proof) expStrict(a []Argument) {
	t := a[0].Term
	p.signed(t, a[1].Fact, true)
	p.add(Sub(Exp(t), Add(Int(1), t)), Above)
}

// expp t: e^t > 0.
func (p *Proof) expPositive(a []Argument) { p.add(Exp(a[0].Term), Above) }

// sq t: t² ≥ 0.
func (p *Proof) square(a []Argument) { p.add(p.Mul(a[0].Term, a[0].Term), AtLeast) }

// pos t: pos(t) ≥ 0, pos(t) ≥ t, and one of the two is an equality.
func (p *Proof) positivePart(a []Argument) {
	t := a[0].Term
	is := Pos(t)
	p.add(is, AtLeast)
	p.add(Sub(is, t), AtLeast)
	p.add(p.Mul(is, Sub(is, t)), Equals)
}

// inv t | k: t·inv(t) = 1, where fact k says that t ≠ 0.
func (p *Proof) inverse(a []Argument) {
	t := a[0].Term
	p.signed(t, a[1].Fact, true)
	p.add(Sub(p.Mul(t, Inv(t)), Int(1)), Equals)
}

// ln t | k: e^{ln t} = t, where fact k says that t > 0.
func (p *Proof) logarithm(a []Argument) {
	t := a[0].Term
	p.signed(t, a[1].Fact, false)
	p.add(Sub(Exp(Ln(t)), t), Equals)
}

// signed refuses a fact k that does not say t > 0 or, if either sign will do, −t > 0.
func (p *Proof) signed(t Term, k int, either bool) {
	f := p.plain(k)
	if f.Rel != Above || !f.P.Equal(t) && !(either && f.P.Opposite(t)) {
		Refuse("fact %d, %s, does not give the sign of %s", k, f, t)
	}
}

// comb c @ k,l; …: Σ c·(product of facts k, l, …). c is a number above 0; any term, where one of the facts is an equality.
func (p *Proof) combination(a []Argument) {
	total, rel := Term{}, Equals
	for _, item := range a[0].Items {
		t, r := item.Term, Above
		c, isNumber := t.number()
		for _, k := range item.Facts {
			f := p.plain(k)
			t = p.Mul(t, f.P)
			if f.Rel == Equals || f.Rel == AtLeast && r == Above {
				r = f.Rel
			}
		}
		if r != Equals && (!isNumber || c.Sign() <= 0) {
			Refuse("the factor %s of an inequality is no number above 0", item.Term)
		}
		total = Add(total, t)
		if r == Above || rel == Equals {
			rel = r
		}
	}
	p.add(total, rel)
}

// div t | rel | k | l: t rel 0, where fact k says a·t rel 0 and fact l says a > 0.
func (p *Proof) divide(a []Argument) {
	t, r, f, g := a[0].Term, a[1].Relation, p.plain(a[2].Fact), p.plain(a[3].Fact)
	if g.Rel != Above || !f.implies(Fact{P: p.Mul(g.P, t), Rel: r}) {
		Refuse("fact %d is not fact %d times that, or fact %d is not above 0", a[2].Fact, a[3].Fact, a[3].Fact)
	}
	p.add(t, r)
}

// anti k | l: p = 0, where fact k says p ≥ 0 and fact l says −p ≥ 0.
func (p *Proof) antisymmetric(a []Argument) {
	f, g := p.plain(a[0].Fact), p.plain(a[1].Fact)
	if !f.P.Opposite(g.P) {
		Refuse("facts %d and %d are not opposite", a[0].Fact, a[1].Fact)
	}
	p.add(f.P, Equals)
}

// delta i | j | t: d(i,j)·(t − t with i for j) = 0.
func (p *Proof) sameIndex(a []Argument) {
	p.sums.Counted = true
	i, j, t := a[0].Name, a[1].Name, a[2].Term
	p.add(p.Mul(Delta(i, j), Sub(t, Rename(t, j, i))), Equals)
}

// inst k | i: fact k, which is about all indices, at i.
func (p *Proof) instance(a []Argument) {
	f := p.about(a[0].Fact)
	p.add(Rename(f.P, f.All, a[1].Name), f.Rel)
}

// sum k: the sum over all j of fact k; there is one j at least.
func (p *Proof) sumUp(a []Argument) {
	f := p.about(a[0].Fact)
	p.add(Sum(f.All, f.P), f.Rel)
}

// drop k | i: that sum without its term i is at least 0.
func (p *Proof) dropTerms(a []Argument) {
	f := p.about(a[0].Fact)
	if f.Rel == Equals {
		Refuse("fact %d is an equality", a[0].Fact)
	}
	p.sums.Counted = true
	p.add(Sub(Sum(f.All, f.P), Rename(f.P, f.All, a[1].Name)), AtLeast)
}

// have t | rel: a goal, then a fact.
func (p *Proof) have(a []Argument) {
	g := Fact{P: a[0].Term, Rel: a[1].Relation}
	p.open(g, p.Facts(), func() { p.addAll(g) })
}

// all j | t | rel: a goal for an index j of which nothing is known, then a fact about all j.
func (p *Proof) forAll(a []Argument) {
	j, g := a[0].Name, Fact{P: a[1].Term, Rel: a[2].Relation}
	for _, f := range p.Facts() {
		if f.All != j && f.P.has(j) {
			Refuse("%s is not any index: %s", j, f)
		}
	}
	p.open(g, p.Facts(), func() { p.addAll(Fact{g.P, g.Rel, j}) })
}

// cases t: the goal where t ≥ 0, then where −t > 0.
func (p *Proof) cases(a []Argument) {
	t, f := a[0].Term, p.top()
	given := func(t Term, r Relation) []Fact { return append(slices.Clip(f.facts), Fact{P: t, Rel: r}) }
	p.open(f.goal, given(t, AtLeast), func() { p.open(f.goal, given(Neg(t), Above), p.close) })
}

// mono x | a | t | rel | k: t rel 0, where fact k says x ≥ a; for t rel 0 at x = a, a first goal, and ∂t/∂x ≥ 0 where x ≥ a, a
// second one, in which what the derivative owes must come up. What is known of x is not at hand in them, but for x ≥ a, the last
// fact of the second.
func (p *Proof) monotone(a []Argument) {
	x, from, t, rel := a[0].Name, a[1].Term, a[2].Term, a[3].Relation
	since := Fact{P: Sub(Var(x), from), Rel: AtLeast}
	if from.has(x) || rel == Equals || !p.plain(a[4].Fact).implies(since) {
		Refuse("%s is no variable of which fact %d says that it is at least %s", x, a[4].Fact, from)
	}
	facts := slices.DeleteFunc(slices.Clone(p.Facts()), func(f Fact) bool { return f.P.has(x) })
	slope, owed := Path{Variables: map[string]Term{x: Int(1)}, Sign: func(Term) int { return 0 }, Sums: p.sums}.Derivative(t)
	p.open(Fact{P: Substitute(t, x, from), Rel: rel}, facts, func() {
		var second *frame
		p.open(Fact{P: slope, Rel: AtLeast}, append(slices.Clip(facts), since), func() {
			p.pay(owed, second.facts)
			p.add(t, rel)
		})
		second = p.top()
	})
}

// qed k: the goal is reached by fact k.
func (p *Proof) qed(a []Argument) {
	f := p.get(a[0].Fact)
	if !f.implies(p.Goal()) {
		Refuse("fact %d, %s, is not the goal %s", a[0].Fact, f, p.Goal())
	}
	p.close()
}

// absurd k: the goal is reached, for fact k cannot be: it says that a number is what it is not.
func (p *Proof) absurd(a []Argument) {
	f := p.plain(a[0].Fact)
	c, ok := f.P.number()
	if !ok || !(c.Sign() < 0 || f.Rel == Above && c.Sign() == 0 || f.Rel == Equals && c.Sign() != 0) {
		Refuse("fact %d, %s, may be so", a[0].Fact, f)
	}
	p.close()
}
