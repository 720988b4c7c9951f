package proof

import "strings"

// A Fact says that P is 0, at least 0 or above 0 wherever the assumptions hold, for every index All if that is not "".
type Fact struct {
	P   Term
	Rel relation
	All string
}

// The relations of P to 0. That it is not 0 is only ever owed.
type relation string

const (
	equals  relation = "="
	atLeast relation = ">="
	above   relation = ">"
	notZero relation = "!="
)

func (f Fact) String() string {
	s := f.P.String() + " " + string(f.Rel) + " 0"
	if f.All != "" {
		s = "all " + f.All + ": " + s
	}
	return s
}

// implies reports whether f says what g says, or more.
func (f Fact) implies(g Fact) bool {
	if (f.All == "") != (g.All == "") {
		return false
	}
	if f.All != "" {
		j := fresh()
		f.P, g.P = rename(f.P, f.All, j), rename(g.P, g.All, j)
	}
	if g.Rel == notZero {
		return f.Rel == above && (f.P.equal(g.P) || f.P.opposite(g.P))
	}
	return (f.Rel == g.Rel || g.Rel == atLeast) && f.P.equal(g.P)
}

// divided is what makes inv(t) 1/t: that no factor of t is 0. One that is an inverse is not, for its argument is not.
func divided(t Term) (owed []Fact) {
	if len(t) != 1 {
		return []Fact{{P: t, Rel: notZero}}
	}
	for _, m := range t {
		for _, f := range m.factors {
			if f.kind != inverse {
				owed = append(owed, Fact{P: single(f.atom), Rel: notZero})
			}
		}
	}
	return owed
}

// forEach makes what is owed of j owed of all j.
func forEach(j string, owed []Fact) {
	for i, o := range owed {
		if o.All == "" && o.P.has(j) {
			owed[i].All = j
		}
	}
}

// relationOf reads a relation.
func relationOf(text string) relation {
	switch r := relation(text); r {
	case equals, atLeast, above:
		return r
	}
	refuse("%q is none of = >= >", text)
	return ""
}

// fact reads t = t, t >= t or t > t, or "all j: " and one of them; and what that owes.
func (s *session) fact(text string) (f Fact, owed []Fact) {
	if rest, ok := strings.CutPrefix(text, "all "); ok {
		if f.All, text, ok = strings.Cut(rest, ":"); !ok || !isName(f.All) {
			refuse("want all j: and a relation")
		}
	}
	text = strings.ReplaceAll(text, "->", "→") // of a derivative: no relation
	for _, r := range []relation{atLeast, above, equals} {
		if left, right, ok := strings.Cut(text, string(r)); ok {
			back := func(t string) Term {
				p, o := s.read(strings.ReplaceAll(t, "→", "->"))
				owed = append(owed, o...)
				return p
			}
			f.P, f.Rel = Sub(back(left), back(right)), r
			forEach(f.All, owed)
			return f, owed
		}
	}
	refuse("no relation in %q", text)
	return f, nil
}
