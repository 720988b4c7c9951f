package proof

import (
	"strconv"
	"strings"

	"ebmcheck/properties/proof/kernel"
)

// A session reads a theorem with its proof, a line at a time:
//
//	theorem NAME
//	let x = t                 abbreviations, anywhere: f[j] = t
//	assume FACT
//	prove FACT                one or more
//	proof
//	RULE ARGUMENT | ARGUMENT  see kernel/rules.go; facts are numbered from 0, the assumptions first
type session struct {
	name  string
	short map[string]abbreviation
	used  map[string]bool // variables and families: no name changes its meaning
	given []kernel.Fact
	goals []kernel.Fact
	owed  []kernel.Fact
	work  kernel.Work
	sums  *kernel.Sums
	proof *kernel.Proof // nil before its first line
}

func newSession() *session {
	return &session{short: map[string]abbreviation{}, used: map[string]bool{}, sums: kernel.NewSums()}
}

func (s *session) proved() bool { return s.proof != nil && s.proof.Proved() }

// line reads a line.
func (s *session) line(line string) (err error) {
	defer kernel.Caught(line[:min(len(line), 200)], &err)
	if len(line) > kernel.MaxText {
		kernel.Refuse("a line of more than %d bytes", kernel.MaxText)
	}
	word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	switch {
	case s.proved():
		kernel.Refuse("after the end of the proof")
	case word == "let":
		s.let(rest)
	case s.proof != nil:
		s.proof.Step(word, s.arguments(kernel.Takes(word), parts(rest, "|")))
	case word == "theorem" && s.name == "" && rest != "":
		s.name = rest
	case word == "assume":
		f, _ := s.fact(rest)
		s.given = append(s.given, f)
	case word == "prove":
		f, owed := s.fact(rest)
		s.goals, s.owed = append(s.goals, f), append(s.owed, owed...)
	case word == "proof" && rest == "" && s.name != "" && len(s.goals) > 0:
		s.proof = kernel.Begin(s.given, s.goals, s.owed, &s.work, s.sums)
	default:
		kernel.Refuse("no line of a theorem")
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

// arguments reads those that a rule takes; if their number is another they are empty, and the rule refuses them.
func (s *session) arguments(takes string, texts []string) []kernel.Argument {
	as := make([]kernel.Argument, len(texts))
	if len(takes) != len(texts) {
		return as
	}
	for i, text := range texts {
		switch takes[i] {
		case 't':
			as[i].Term = s.term(text)
		case 'k':
			as[i].Fact = s.number(text)
		case 'x':
			as[i].Name = text
		case 'r':
			as[i].Relation = kernel.Relation(text)
		case 'c':
			for _, item := range parts(text, ";") {
				left, right, ok := strings.Cut(item, "@")
				if !ok {
					kernel.Refuse("want c @ facts, found %q", item)
				}
				c := kernel.Item{Term: s.term(left)}
				for _, k := range parts(right, ",") {
					c.Facts = append(c.Facts, s.number(k))
				}
				as[i].Items = append(as[i].Items, c)
			}
		}
	}
	return as
}

// number reads that of a fact.
func (s *session) number(text string) int {
	k, err := strconv.Atoi(text)
	if err != nil {
		kernel.Refuse("there is no fact %q", text)
	}
	return k
}

// let reads x = t or f[j] = t.
func (s *session) let(text string) {
	left, right, ok := strings.Cut(text, "=")
	toks := tokens(left)
	short, indexed := abbreviation{}, len(toks) == 5 && toks[1] == "[" && toks[3] == "]"
	if _, again := s.short[toks[0]]; !ok || !kernel.IsName(toks[0]) || again || s.used[toks[0]] || len(toks) != 2 && !indexed {
		kernel.Refuse("no abbreviation, or of a name that has a meaning")
	}
	if indexed {
		if short.Index = toks[2]; !kernel.IsName(short.Index) {
			kernel.Refuse("%q is no index", short.Index)
		}
	}
	short.Is, short.owed = s.read(right)
	s.short[toks[0]] = short
}

// fact reads t = t, t >= t or t > t, or "all j: " and one of them; and what that owes.
func (s *session) fact(text string) (f kernel.Fact, owed []kernel.Fact) {
	if rest, ok := strings.CutPrefix(text, "all "); ok {
		if f.All, text, ok = strings.Cut(rest, ":"); !ok || !kernel.IsName(f.All) {
			kernel.Refuse("want all j: and a relation")
		}
	}
	text = strings.ReplaceAll(text, "->", "→") // of a derivative: no relation
	for _, r := range []kernel.Relation{kernel.AtLeast, kernel.Above, kernel.Equals} {
		if left, right, ok := strings.Cut(text, string(r)); ok {
			back := func(t string) kernel.Term {
				p, o := s.read(strings.ReplaceAll(t, "→", "->"))
				owed = append(owed, o...)
				return p
			}
			f.P, f.Rel = kernel.Sub(back(left), back(right)), r
			kernel.ForEach(f.All, owed)
			return f, owed
		}
	}
	kernel.Refuse("no relation in %q", text)
	return f, nil
}

// sign is that of t where an assumption is t > 0 or −t > 0, else 0.
func (s *session) sign(t kernel.Term) int {
	for _, f := range s.given {
		switch {
		case f.Rel != kernel.Above || f.All != "":
		case f.P.Equal(t):
			return 1
		case f.P.Opposite(t):
			return -1
		}
	}
	return 0
}
