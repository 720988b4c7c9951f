package exhaust

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// TestAsked: how many calls of a slice are asked is what is counted without calling: on all of
// the toy format, of the vectors, and on some slices of float16. A format of a bit less, or one
// whose largest number is another, has others.
func TestAsked(t *testing.T) {
	called := func(s Set, k int) (n uint64) {
		for range s.Calls(k) {
			n++
		}
		return n
	}
	for _, o := range []op.Op{op.Hinge, op.Simple, op.SquareExp} {
		few, _ := reduced(o, toy)
		for _, s := range []Set{pairs(o, toy), few} {
			for k := range s.Slices {
				if n := called(s, k); s.Asked(k) != n {
					t.Errorf("%s: %d calls, counted %d", s.Unit(k), n, s.Asked(k))
				}
			}
		}
		few, _ = reduced(o, half)
		for _, k := range []int{0, 1, 1365, 4095, 4096, 8191} {
			if n := called(few, k); few.Asked(k) != n {
				t.Errorf("%s: %d calls, counted %d", few.Unit(k), n, few.Asked(k))
			}
		}
	}
	for _, s := range []Set{grid(op.Gibbs, op.Float64), grid(op.NLL, op.Float64)} {
		for k := range s.Slices {
			if n := called(s, k); s.Size(k) != n || s.Asked(k) != n {
				t.Errorf("%s: %d calls, counted %d and %d", s.Unit(k), n, s.Size(k), s.Asked(k))
			}
		}
	}
	other := *toy
	other.bits--
	if right, wrong := toy.standsWith(9), other.standsWith(9); right == wrong {
		t.Errorf("with a bit less of a significand %d pairs stand with %v, too", wrong, toy.numbers[9])
	}
}

// TestCheck: what a shard did is taken, and of what no run did it is said what is wrong.
func TestCheck(t *testing.T) {
	sets := []Set{pairs(op.Hinge, toy)}
	few, _ := reduced(op.Log, toy)
	sets = append(sets, few)
	shard := result.Shard{Index: 1, Of: 2}
	done := exhausted(t, Run{Subject: op.Reference(), Sets: sets, Shard: shard})
	if err := Check(sets, shard, done); err != nil || len(done) < 20 {
		t.Fatalf("%d slices: %v", len(done), err)
	}
	if err := Check(sets, result.Shard{}, done); err != nil {
		t.Errorf("they are some of the whole: %v", err)
	}
	slices.SortFunc(done, func(a, b Slice) int { return cmp.Compare(a.Unit, b.Unit) })
	at := 0 // a slice of pairs of which all are asked, and some replies weighed
	for i, s := range done {
		if s.Weighed != nil && s.Nearest > 0 && s.Asked == s.Cases {
			at = i
		}
	}
	first := &result.Counterexample{}
	for want, change := range map[string]func(s *Slice){
		"is given twice":                        func(s *Slice) { s.Unit = done[0].Unit },
		"is of none of its sets":                func(s *Slice) { s.Unit = strings.Replace(s.Unit, "/", "/no-", 1) },
		"no/17 is of none":                      func(s *Slice) { s.Unit = "no/17" },
		"nothing is of none":                    func(s *Slice) { s.Unit = "nothing" },
		"is no slice of the set, which has 35":  func(s *Slice) { s.Unit = "hinge/pairs/35" },
		"pairs/-1 is no slice":                  func(s *Slice) { s.Unit = "hinge/pairs/-1" },
		"pairs/01 is no slice":                  func(s *Slice) { s.Unit = "hinge/pairs/01" },
		"pairs/x is no slice":                   func(s *Slice) { s.Unit = "hinge/pairs/x" },
		"is not its own but of shard 0 of 2":    func(s *Slice) { s.Unit = foreign(sets[0], shard) },
		"34 cases, ":                            func(s *Slice) { s.Cases-- },
		"0 asked: the slice has 35":             func(s *Slice) { s.Asked = 0 },
		"36 unsupported":                        func(s *Slice) { s.Unsupported = s.Asked + 1 },
		"the nearest":                           func(s *Slice) { s.Nearest = s.Asked - s.Unsupported + 1 },
		"1 unsupported and 35 the nearest":      func(s *Slice) { s.Nearest, s.Unsupported = s.Asked, 1 },
		"that are not the nearest":              func(s *Slice) { s.weighed(s.Weighed[0].Claim, s.Asked) },
		"replies refute x, of 0 weighed":        func(s *Slice) { s.Refuted = []Refuted{{Claim: "x", Cases: 1, First: first}} },
		"which is the first reply that refutes": func(s *Slice) { s.Refuted = []Refuted{{Claim: s.Weighed[0].Claim, Cases: 1}} },
		"where the error of x is the largest":   func(s *Slice) { s.Worst = append(s.Worst, Worst{Claim: "x"}) },
	} {
		changed := append([]Slice{}, done...)
		s := &changed[at]
		s.Weighed = append([]Weighed{}, s.Weighed...)
		change(s)
		if err := Check(sets, shard, changed); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// foreign is a slice of the set that is not the shard's.
func foreign(s Set, shard result.Shard) string {
	for k := range s.Slices {
		if u := s.Unit(k); !shard.Owns(u) {
			return u
		}
	}
	return ""
}

// TestUnsupported: of a set of which some calls are called unsupported it is said how many; one
// of which most are is not exhausted, and its claims could not run.
func TestUnsupported(t *testing.T) {
	sets := []Set{pairs(op.Hinge, toy)}
	refusing := func(when func(c op.Call) bool) (rs []result.Result, sum, page string) {
		s := op.Reference()
		answer := s.Answer
		s.Answer = func(calls []op.Call) []op.Reply {
			replies := answer(calls)
			for i, c := range calls {
				if when(c) {
					replies[i] = op.Reply{Unsupported: "not here"}
				}
			}
			return replies
		}
		done := exhausted(t, Run{Subject: s, Sets: sets})
		rs, err := Results(s, sets, done)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := Page(&b, s.Info(), sets, done); err != nil {
			t.Fatal(err)
		}
		return rs, Sums(sets, done)[0], b.String()
	}
	const some, most = "all of 1225 but 35 called unsupported", "not exhausted: 1190 of 1225 calls are called unsupported"
	rs, sum, page := refusing(func(c op.Call) bool { return c.Energies[0] == 1.25 })
	if r := rs[0]; r.Outcome != result.Passed || r.Evidence != result.Exhausted || !strings.HasPrefix(r.ForAll, some) || !strings.Contains(sum, "exhausted: "+some) || !strings.Contains(page, "exhausted: "+some) {
		t.Errorf("%+v\n%s\n%s\nwant %s", r, sum, page, some)
	}
	rs, sum, page = refusing(func(c op.Call) bool { return c.Energies[0] != 1.25 })
	for _, r := range rs {
		if r.Outcome != result.NotRun || r.Evidence != "" || r.ForAll != "" || r.Grade != "" || !strings.Contains(r.Why, "1190 of 1225 calls unsupported, more than half") {
			t.Errorf("most is unsupported: %+v", r)
		}
	}
	if len(rs) == 0 || !strings.Contains(sum, most) || !strings.Contains(page, "| "+most+" |") || strings.Contains(page, "| exhausted") {
		t.Errorf("%d lines\n%s\n%s\nwant %s", len(rs), sum, page, most)
	}
}
