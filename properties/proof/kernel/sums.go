package kernel

// Sums are what a proof asks of its sums; doc.go says when they may be integrals.
type Sums struct {
	Counted bool               // that they count answers: d(i,j), or a sum without one of its terms
	Terms   map[string]Indexed // that these functions of an answer have sums; that of 1 is n
	Under   map[string]Indexed // that sums of these have the sums of their derivatives as theirs
	seen    map[string]bool
}

// NewSums asks nothing.
func NewSums() *Sums {
	return &Sums{Terms: map[string]Indexed{}, Under: map[string]Indexed{}, seen: map[string]bool{}}
}

// Add adds what t asks.
func (s *Sums) Add(t Term) {
	for _, m := range t {
		for _, f := range m.factors {
			if s.seen[f.key] {
				continue
			}
			s.seen[f.key] = true
			switch {
			case f.kind == delta:
				s.Counted = true
			case f.kind == sum:
				s.Terms[f.key] = Indexed{f.idx[0], f.arg}
			case f.key == "n":
				s.Terms[f.key] = Indexed{Is: Int(1)}
			}
			s.Add(f.arg)
		}
		s.Add(m.e)
	}
}
