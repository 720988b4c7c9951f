package properties

import (
	"context"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"ebmcheck/properties/result"
)

// TestResumable cuts the results of a run after every line: what need not be run again is
// of the units that are whole by then, and of a run that came to its end all.
func TestResumable(t *testing.T) {
	claims, err := Select("log.value,log.pure,log.format,C01")
	if err != nil {
		t.Fatal(err)
	}
	run := Run{Claims: claims, Subject: Reference(), Seed: 1, Checks: 1}
	var results []result.Result
	run.Emit = func(r result.Result) error { results = append(results, r); return nil }
	if err := run.Do(t.Context()); err != nil {
		t.Fatal(err)
	}
	for n := range len(results) + 1 {
		whole := n // the results of the units that are whole
		for whole > 0 && n < len(results) && results[whole-1].Unit() == results[n].Unit() {
			whole--
		}
		if got := run.Resumable(results[:n]); len(got) != whole {
			t.Errorf("cut after %d of %d results %d need not be run again, want %d", n, len(results), len(got), whole)
		}
	}
	if got := run.Resumable(run.Unrun(nil, "the power failed")); len(got) != 0 {
		t.Errorf("%d results of what was not run need not be run again", len(got))
	}
}

// TestEmitsWhatIsDone holds back the answers about one op until the results about another
// are given: what is done waits for nothing that is not.
func TestEmitsWhatIsDone(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	claims, err := Select("log.pure,mce.pure")
	if err != nil {
		t.Fatal(err)
	}
	s, given := Reference(), make(chan bool)
	slow := Op(claims[0].Op)
	right := s.Answer
	var held atomic.Bool
	s.Answer = func(calls []Call) []Reply {
		if calls[0].Op == slow && !held.Swap(true) {
			<-given
		}
		return right(calls)
	}
	told := false
	run := Run{Claims: claims, Subject: s, Seed: 1, Checks: 1, Emit: func(r Result) error {
		if !told && Op(r.Op) != slow {
			told = true
			close(given)
		}
		return nil
	}}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := run.Do(ctx); err != nil || !told {
		t.Errorf("%v: nothing is given while the first unit is at work", err)
	}
}
