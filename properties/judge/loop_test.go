package judge

import (
	"runtime"
	"testing"
	"time"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// TestStream: what is alive while cases are judged does not grow with their number.
func TestStream(t *testing.T) {
	alive := func(checks int) uint64 {
		asked, most := 0, uint64(0)
		s := op.Funcs("counted", map[op.Op]func(op.Call) op.Reply{op.Log: func(c op.Call) op.Reply {
			if asked++; asked%(checks/2) == 0 { // four times: every call is asked twice
				runtime.GC()
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
			return op.Log.Row().Reference(c)
		}})
		for _, r := range unitAbout(op.Log, Tame).Run(s, 1, checks) {
			if r.Outcome != result.Passed && r.Claim != "log.format" {
				t.Errorf("%s: %s (%s)", r.Claim, r.Outcome, r.Why)
			}
		}
		return most
	}
	few, many := alive(2_000), alive(40_000)
	t.Logf("%d bytes alive with 2 000 cases, %d with 40 000", few, many)
	// A kept call takes more than 100 bytes: 38 000 of them would be 3.8 MB.
	if many > few+2_000_000 {
		t.Errorf("%d bytes alive with 2 000 cases, %d with 40 000", few, many)
	}
}

// TestUntilJudged: random cases go on until those promised are supported, and stop
// where as many are not.
func TestUntilJudged(t *testing.T) {
	for share, want := range map[int]struct {
		cases, unsupported int
		outcome            result.Outcome
	}{
		0: {1000, 0, result.Passed},
		3: {1000, 300, result.Passed},
		8: {400, 1600, result.NotRun},
	} {
		s := op.Funcs("choosy", map[op.Op]func(op.Call) op.Reply{op.MCE: func(c op.Call) op.Reply {
			return op.MCE.Row().Reference(c)
		}})
		answer := s.Answer
		s.Answer = func(calls []op.Call) []op.Reply {
			replies := answer(calls)
			for i, c := range calls {
				if int(hash(c)%10) < share {
					replies[i] = op.Reply{Unsupported: "not this one"}
				}
			}
			return replies
		}
		at := &sitting{subject: s, reached: map[string]int{}}
		cs := RandomCases(op.MCE, Tame, op.Float64, 1, 0, 1000)
		ts := Tallies(About(op.MCE, Tame), Tame, s)
		for _, a := range cs.ask([]*sitting{at}, nil) {
			for _, tally := range ts {
				tally.Add(a)
			}
		}
		r := ts[0].results(cs, at)[0]
		near := func(got, want int) bool { return got >= want-want/4-256 && got <= want+want/4+256 }
		if r.Outcome != want.outcome || !near(r.Cases, want.cases) || r.Outcome == result.Passed && r.Cases < 1000 || !near(r.Unsupported, want.unsupported) {
			t.Errorf("%d of 10 unsupported: %s (%s), %d judged, %d unsupported; want %+v", share, r.Outcome, r.Why, r.Cases, r.Unsupported, want)
		}
	}
}

// hash mixes the bits of a call's energies.
func hash(c op.Call) uint64 {
	h := uint64(14695981039346656037)
	for _, b := range []byte(c.String()) {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return h >> 7
}

// TestOverlap: the batch after is drawn, and its truths are found, while a subject answers, and one that ends its
// goroutine ends that of the judge.
func TestOverlap(t *testing.T) {
	cs := RandomCases(op.Log, Tame, op.Float64, 1, 0, 4*batch)
	cs.costs = new(Costs)
	known := func() (drawn bool, truths int) {
		cs.costs.mu.Lock()
		defer cs.costs.mu.Unlock()
		for _, of := range cs.costs.known {
			drawn, truths = drawn || of.drawn > 0, truths+of.cases
		}
		return drawn, truths
	}
	first := true
	s := op.Funcs("patient", map[op.Op]func(op.Call) op.Reply{op.Log: op.Log.Row().Reference})
	answer := s.Answer
	s.Answer = func(calls []op.Call) []op.Reply {
		for begin := time.Now(); first; time.Sleep(time.Millisecond) {
			if drawn, truths := known(); drawn && truths == 2*batch { // those that it is asked, and those after
				first = false
			} else if time.Since(begin) > 10*time.Second {
				t.Errorf("%d truths are found until the subject has answered, want %d", truths, 2*batch)
				first = false
			}
		}
		return answer(calls)
	}
	cases := 0
	for range cs.Ask([]op.Subject{s}, nil) {
		cases++
	}
	if cases != 4*batch {
		t.Errorf("%d cases, want %d", cases, 4*batch)
	}

	s.Answer = func([]op.Call) []op.Reply { runtime.Goexit(); return nil }
	ended := make(chan bool, 1)
	go func() {
		whole := false
		defer func() { ended <- !whole }()
		for range RandomCases(op.Log, Tame, op.Float64, 1, 0, 10).Ask([]op.Subject{s}, nil) {
		}
		whole = true
	}()
	select {
	case is := <-ended:
		if !is {
			t.Error("the judge goes on without replies")
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the judge asks on, without replies")
	}
}
