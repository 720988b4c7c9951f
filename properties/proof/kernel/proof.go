package kernel

import "slices"

// A Proof is of goals, one after the other, under assumptions. A step is a rule: it adds facts, opens goals within the goal or reaches it.
type Proof struct {
	*Work
	sums   *Sums
	goals  []Fact
	owed   []Fact
	frames []*frame
	proved bool
}

// A frame is a goal with the facts at hand, and what follows when it is reached.
type frame struct {
	goal  Fact
	facts []Fact
	then  func()
}

// Begin begins the proof of goals, one at least, from what is given. What is owed must be among the facts when the last is reached.
// What the proof asks of sums is added to s.
func Begin(given, goals, owed []Fact, w *Work, s *Sums) *Proof {
	p := &Proof{Work: w, sums: s, goals: goals, owed: owed}
	for _, f := range given {
		s.Add(f.P)
	}
	p.begin(0, given)
	return p
}

// begin opens the k-th goal.
func (p *Proof) begin(k int, facts []Fact) {
	if k == len(p.goals) {
		p.pay(p.owed, facts)
		p.proved = true
		return
	}
	var last *frame
	p.open(p.goals[k], facts, func() { p.begin(k+1, append(slices.Clip(last.facts), p.goals[k])) })
	last = p.top()
}

// pay refuses what is owed and not among the facts.
func (p *Proof) pay(owed, facts []Fact) {
	for _, o := range owed {
		if !slices.ContainsFunc(facts, func(f Fact) bool { return f.implies(o) }) {
			Refuse("%s is needed for a meaning, and not among the facts", o)
		}
	}
}

func (p *Proof) open(goal Fact, facts []Fact, then func()) {
	if len(p.frames) >= MaxDepth {
		Refuse("goals within goals, more than %d deep", MaxDepth)
	}
	p.sums.Add(goal.P)
	p.frames = append(p.frames, &frame{goal, slices.Clip(facts), then})
}

// close ends the innermost goal: it has been reached.
func (p *Proof) close() {
	t := p.top()
	p.frames = p.frames[:len(p.frames)-1]
	t.then()
}

func (p *Proof) top() *frame { return p.frames[len(p.frames)-1] }

// Proved reports whether the last goal is reached.
func (p *Proof) Proved() bool { return p.proved }

// Depth is how many goals are open, one within the other.
func (p *Proof) Depth() int { return len(p.frames) }

// Goal is the innermost one.
func (p *Proof) Goal() Fact { return p.top().goal }

// Facts are those at hand, by their numbers.
func (p *Proof) Facts() []Fact { return p.top().facts }

func (p *Proof) add(t Term, rel Relation) { p.addAll(Fact{P: t, Rel: rel}) }

func (p *Proof) addAll(f Fact) {
	p.sums.Add(f.P)
	t := p.top()
	t.facts = append(slices.Clip(t.facts), f)
}

// get is fact number k.
func (p *Proof) get(k int) Fact {
	if k < 0 || k >= len(p.Facts()) {
		Refuse("there is no fact \"%d\"", k)
	}
	f := p.Facts()[k]
	p.Spend(8 * f.P.Size())
	return f
}

// plain is fact k, which no index qualifies.
func (p *Proof) plain(k int) Fact {
	f := p.get(k)
	if f.All != "" {
		Refuse("fact %d is about all %s", k, f.All)
	}
	return f
}

// about is fact k, which is about all indices.
func (p *Proof) about(k int) Fact {
	f := p.get(k)
	if f.All == "" {
		Refuse("fact %d is not about all indices", k)
	}
	return f
}

// Work is what a theorem has taken so far, in bytes of terms.
type Work int

// Spend refuses more work than a theorem may take.
func (w *Work) Spend(bytes int) {
	if *w += Work(bytes); *w > maxWork {
		Refuse("more work than %d", maxWork)
	}
}

// Mul returns p·q, which is work.
func (w *Work) Mul(p, q Term) Term {
	w.Spend(len(p)*q.Size() + len(q)*p.Size())
	return Mul(p, q)
}

// Pow returns pⁿ for n ≥ 0, which is work.
func (w *Work) Pow(p Term, n int) Term { return pow(p, n, w.Mul) }
