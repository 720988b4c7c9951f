//go:build bench && unix

package bench

import (
	"context"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"ebmcheck/properties/exhaust"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// parts is how many parts a set is cut in, of which one is timed.
const parts = 64

// exhausting tells how long the reference takes on all of each finite set, by a part of its
// slices, which a hash of their names picks.
func (r *report) exhausting(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // as the command does
	cores := runtime.GOMAXPROCS(0)
	r.say("\n## Exhausting\n\nAll of a finite set, as by `ebmcheck exhaustive`, on %d cores: the clock's minutes for one of %d parts, times what is in all.\n\n"+
		"| set | inputs | minutes |\n|---|--:|--:|\n", cores, parts)
	for _, set := range exhaust.Sets(op.Reference(), true) {
		if set.Slices < 2*parts {
			continue // a grid, which is done in a second
		}
		var cases uint64
		run := exhaust.Run{
			Subject: op.Reference(), Sets: []exhaust.Set{set}, Shard: result.Shard{Of: parts}, Workers: cores,
			Emit: func(s exhaust.Slice) error { cases += s.Cases; return nil },
		}
		begin := time.Now()
		if err := run.Do(context.Background()); err != nil {
			t.Fatal(err)
		}
		took := time.Since(begin)
		r.line("Exhaust/of="+set.ID(), int(cases), float64(took)/float64(cases))
		r.say("| `%s` | %d | %s |\n", set.ID(), set.All(), two(took.Minutes()*float64(set.All())/float64(cases)))
	}
}
