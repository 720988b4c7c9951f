package exhaust

import (
	"cmp"
	"maps"
	"slices"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A Slice is what a slice of a set came to: a line of the journal.
type Slice struct {
	Type        string    `json:"type"` // "slice"
	Unit        string    `json:"unit"` // hinge/pairs/17
	Cases       uint64    `json:"cases"`
	Asked       uint64    `json:"asked"`                 // of these, put to the subject
	Unsupported uint64    `json:"unsupported,omitempty"` // and of these called so
	Nearest     uint64    `json:"nearest"`               // replies whose every number is the nearest of the format
	Weighed     []Weighed `json:"weighed,omitempty"`     // by claim: how many of the others it is about
	Worst       []Worst   `json:"worst,omitempty"`       // by claim: the largest error
	Refuted     []Refuted `json:"refuted,omitempty"`     // by claim and level
	Seconds     float64   `json:"seconds"`
}

// A Weighed is how many replies were judged by a claim, of those that are not all nearest.
type Weighed struct {
	Claim string `json:"claim"`
	Cases uint64 `json:"cases"`
}

// weighed counts n replies.
func (s *Slice) weighed(claim string, n uint64) {
	i := slices.IndexFunc(s.Weighed, func(w Weighed) bool { return w.Claim == claim })
	if i < 0 {
		i = len(s.Weighed)
		s.Weighed = append(s.Weighed, Weighed{Claim: claim})
	}
	s.Weighed[i].Cases += n
}

// A Worst is the largest error of what a claim is about, and where it is first met.
type Worst struct {
	Claim string                 `json:"claim"`
	Ulps  result.Real            `json:"ulps"`
	At    *result.Counterexample `json:"at"`

	call  op.Call // as long as the slice runs
	truth op.Truth
	reply op.Reply
}

// A Refuted is what refutes a claim at a level: how many replies, and the first.
type Refuted struct {
	Claim   string                 `json:"claim"`
	Level   result.Level           `json:"level"`
	Outcome result.Outcome         `json:"outcome"`
	Cases   uint64                 `json:"cases"`
	First   *result.Counterexample `json:"first"`
}

// worst keeps the larger error of a claim.
func (s *Slice) worst(w Worst) {
	i := slices.IndexFunc(s.Worst, func(old Worst) bool { return old.Claim == w.Claim })
	switch {
	case i < 0:
		w.call = w.call.Clone()
		s.Worst = append(s.Worst, w)
	case w.Ulps > s.Worst[i].Ulps:
		w.call = w.call.Clone()
		s.Worst[i] = w
	}
}

// refute counts a reply that refutes, and keeps the first.
func (s *Slice) refute(f judge.Finding) {
	for i := range s.Refuted {
		if r := &s.Refuted[i]; r.Claim == f.Claim.ID && r.Level == f.Level {
			r.Cases++
			return
		}
	}
	s.Refuted = append(s.Refuted, Refuted{f.Claim.ID, f.Level, f.Outcome, 1, f.Show()})
}

// total is what slices come to together, in the order in which the set has them.
func total(some []Slice) Slice {
	var t Slice
	worst := map[string]Worst{}
	type at struct {
		claim string
		level result.Level
	}
	refuted := map[at]Refuted{}
	for _, s := range some {
		t.Cases, t.Asked, t.Unsupported, t.Nearest, t.Seconds = t.Cases+s.Cases, t.Asked+s.Asked, t.Unsupported+s.Unsupported, t.Nearest+s.Nearest, t.Seconds+s.Seconds
		for _, w := range s.Weighed {
			t.weighed(w.Claim, w.Cases)
		}
		for _, w := range s.Worst {
			if old, ok := worst[w.Claim]; !ok || w.Ulps > old.Ulps {
				worst[w.Claim] = w
			}
		}
		for _, r := range s.Refuted {
			k := at{r.Claim, r.Level}
			if old, ok := refuted[k]; ok {
				old.Cases += r.Cases
				r = old
			}
			refuted[k] = r
		}
	}
	t.Worst = slices.SortedFunc(maps.Values(worst), func(a, b Worst) int { return cmp.Compare(a.Claim, b.Claim) })
	t.Refuted = slices.SortedFunc(maps.Values(refuted), func(a, b Refuted) int {
		return cmp.Or(cmp.Compare(a.Claim, b.Claim), cmp.Compare(a.Level, b.Level))
	})
	return t
}
