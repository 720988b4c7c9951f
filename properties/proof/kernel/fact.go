package kernel

// A Fact says that P is 0, at least 0 or above 0 wherever the assumptions hold, for every index All if that is not "".
type Fact struct {
	P   Term
	Rel Relation
	All string
}

// A Relation is that of a term to 0. That it is not 0 is only ever owed.
type Relation string

// The relations.
const (
	Equals  Relation = "="
	AtLeast Relation = ">="
	Above   Relation = ">"
	notZero Relation = "!="
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
		j := Fresh()
		f.P, g.P = Rename(f.P, f.All, j), Rename(g.P, g.All, j)
	}
	if g.Rel == notZero {
		return f.Rel == Above && (f.P.Equal(g.P) || f.P.Opposite(g.P))
	}
	return (f.Rel == g.Rel || g.Rel == AtLeast) && f.P.Equal(g.P)
}

// Divided is what makes inv(t) 1/t: that no factor of t is 0. One that is an inverse is not, for its argument is not.
func Divided(t Term) (owed []Fact) {
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

// Logged is what makes ln(t) the logarithm of t: that t is above 0, as an exponential is.
func Logged(t Term) (owed []Fact) {
	if _, ok := t.exponent(); !ok {
		owed = []Fact{{P: t, Rel: Above}}
	}
	return owed
}

// ForEach makes what is owed of j owed of all j.
func ForEach(j string, owed []Fact) {
	for i, o := range owed {
		if o.All == "" && o.P.has(j) {
			owed[i].All = j
		}
	}
}
