package proof

import (
	"slices"
	"strconv"
	"strings"
)

// A session reads a theorem with its proof, a line at a time:
//
//	theorem NAME
//	let x = t                 abbreviations, anywhere: f[j] = t
//	assume FACT
//	prove FACT                one or more
//	proof
//	RULE ARGUMENT | ARGUMENT  see rules.go; facts are numbered from 0, the assumptions first
type session struct {
	name    string
	short   map[string]abbreviation
	used    map[string]bool // variables and families: no name changes its meaning
	given   []Fact
	goals   []Fact
	owed    []Fact
	proving bool
	frames  []*frame
	proved  bool
	work    int
}

// A frame is a goal with the facts at hand, and what follows when it is reached.
type frame struct {
	goal  Fact
	facts []Fact
	then  func()
}

func newSession() *session {
	return &session{short: map[string]abbreviation{}, used: map[string]bool{}}
}

// line reads a line.
func (s *session) line(line string) (err error) {
	defer caught(line[:min(len(line), 200)], &err)
	if len(line) > maxText {
		refuse("a line of more than %d bytes", maxText)
	}
	word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	switch {
	case s.proved:
		refuse("after the end of the proof")
	case word == "let":
		s.let(rest)
	case s.proving:
		s.step(word, parts(rest, "|"))
	case word == "theorem" && s.name == "" && rest != "":
		s.name = rest
	case word == "assume":
		f, _ := s.fact(rest)
		s.given = append(s.given, f)
	case word == "prove":
		f, owed := s.fact(rest)
		s.goals, s.owed = append(s.goals, f), append(s.owed, owed...)
	case word == "proof" && rest == "" && s.name != "" && len(s.goals) > 0:
		s.proving = true
		s.begin(0, s.given)
	default:
		refuse("no line of a theorem")
	}
	return nil
}

func parts(text, sep string) []string {
	ps := strings.Split(text, sep)
	for i := range ps {
		ps[i] = strings.TrimSpace(ps[i])
	}
	return ps
}

// let reads x = t or f[j] = t.
func (s *session) let(text string) {
	left, right, ok := strings.Cut(text, "=")
	toks := tokens(left)
	short, indexed := abbreviation{}, len(toks) == 5 && toks[1] == "[" && toks[3] == "]"
	if _, again := s.short[toks[0]]; !ok || !isName(toks[0]) || again || s.used[toks[0]] || len(toks) != 2 && !indexed {
		refuse("no abbreviation, or of a name that has a meaning")
	}
	if indexed {
		if short.index = toks[2]; !isName(short.index) {
			refuse("%q is no index", short.index)
		}
		right = strings.TrimSpace(right)
	}
	short.is, short.owed = s.read(right)
	s.short[toks[0]] = short
}

// sign is that of t where an assumption is t > 0 or −t > 0, else 0.
func (s *session) sign(t Term) int {
	for _, f := range s.given {
		switch {
		case f.Rel != above || f.All != "":
		case f.P.equal(t):
			return 1
		case f.P.opposite(t):
			return -1
		}
	}
	return 0
}

// begin opens the k-th goal of the theorem. What the goals owe must be among the facts when the last is reached.
func (s *session) begin(k int, facts []Fact) {
	if k == len(s.goals) {
		s.pay(s.owed, facts)
		s.proved = true
		return
	}
	var last *frame
	s.open(s.goals[k], facts, func() { s.begin(k+1, append(last.facts[:len(last.facts):len(last.facts)], s.goals[k])) })
	last = s.top()
}

// pay refuses what is owed and not among the facts.
func (s *session) pay(owed, facts []Fact) {
	for _, o := range owed {
		if !slices.ContainsFunc(facts, func(f Fact) bool { return f.implies(o) }) {
			refuse("%s is needed for a meaning, and not among the facts", o)
		}
	}
}

func (s *session) open(goal Fact, facts []Fact, then func()) {
	if len(s.frames) >= maxDepth {
		refuse("goals within goals, more than %d deep", maxDepth)
	}
	s.frames = append(s.frames, &frame{goal, facts[:len(facts):len(facts)], then})
}

// close ends the innermost goal: it has been reached.
func (s *session) close() {
	t := s.top()
	s.frames = s.frames[:len(s.frames)-1]
	t.then()
}

func (s *session) top() *frame { return s.frames[len(s.frames)-1] }

func (s *session) facts() []Fact { return s.top().facts }

// add makes t rel 0 a fact.
func (s *session) add(t Term, rel relation) { s.addAll(Fact{P: t, Rel: rel}) }

func (s *session) addAll(f Fact) {
	t := s.top()
	t.facts = append(t.facts[:len(t.facts):len(t.facts)], f)
}

// fact number k.
func (s *session) get(k string) Fact {
	i, err := strconv.Atoi(k)
	if err != nil || i < 0 || i >= len(s.facts()) {
		refuse("there is no fact %q", k)
	}
	f := s.facts()[i]
	s.spend(8 * f.P.size())
	return f
}

// mul returns p·q, which is work.
func (s *session) mul(p, q Term) Term {
	s.spend(len(p)*q.size() + len(q)*p.size())
	return Mul(p, q)
}

// spend refuses more work than a theorem may take.
func (s *session) spend(bytes int) {
	if s.work += bytes; s.work > maxWork {
		refuse("more work than %d", maxWork)
	}
}

// plain is fact k, which no index qualifies.
func (s *session) plain(k string) Fact {
	f := s.get(k)
	if f.All != "" {
		refuse("fact %s is about all %s", k, f.All)
	}
	return f
}
