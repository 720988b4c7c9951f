package adapter

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"ebmcheck/properties/result"
)

// A request is one that is not answered yet.
type request struct {
	seq   int
	nth   int64 // of those to this process
	calls int
	limit time.Duration
	since time.Time
}

// put sends a batch as one request to the child, which it starts if need be. It fails if
// there is none, and so only when none is in flight.
func (d *Door) put(batch []question) *failure {
	if err := d.ctx.Err(); err != nil && len(d.flying) == 0 {
		return &failure{result.NotRun, err.Error()}
	}
	if d.p == nil && d.changed != "" {
		return &failure{result.Garbage, d.changed}
	}
	if d.p == nil {
		if d.restarts == d.limits.Restarts {
			return &failure{result.NotRun, fmt.Sprintf("started %d times, and each time it failed, the last time: %s", d.restarts+1, d.last)}
		}
		d.restarts++
		d.size = 1
		if f := d.start(); f != nil && d.changed != "" {
			return &failure{result.Garbage, d.changed}
		} else if f != nil {
			return &failure{result.NotRun, "could not be started again: " + f.text}
		}
	}
	d.seq++
	texts := make([][]byte, len(batch))
	for i, q := range batch {
		texts[i] = q.text
	}
	line := slices.Concat([]byte(`{"cmd":"run","seq":`), strconv.AppendInt(nil, int64(d.seq), 10),
		[]byte(`,"calls":[`), bytes.Join(texts, []byte(",")), []byte("]}"))
	if err := d.rules.check("run", line); err != nil {
		panic("adapter: " + err.Error()) // the request is ours
	}
	d.nth++
	limit := d.limits.Call + d.limits.Call*time.Duration(len(batch)-1)/largest
	d.flying = append(d.flying, request{seq: d.seq, nth: d.nth, calls: len(batch), limit: limit, since: time.Now()})
	d.p.put(line)
	return nil
}

// take returns the entries of the answer to the request that is the longest in flight,
// unless the child fails: then it is gone, and so are the requests. Its time runs from when
// it was sent, or the one before it answered.
func (d *Door) take() ([]json.RawMessage, *failure) {
	r := d.flying[0]
	entries, f := d.read(r)
	if f != nil {
		d.flying = nil
		return nil, d.bury(*f)
	}
	now := time.Now()
	d.pace(r.calls, now.Sub(r.since))
	if d.flying = d.flying[1:]; len(d.flying) > 0 {
		d.flying[0].since = now
	}
	return entries, nil
}

// read reads the answer to r.
func (d *Door) read(r request) ([]json.RawMessage, *failure) {
	line, f := d.p.take(d.ctx, r.nth, r.limit)
	if f != nil {
		return nil, f
	}
	entries, err := decodeResults(line, r.seq, r.calls)
	if err == nil && d.rules != nil {
		err = d.rules.checkEnvelope(line)
	}
	if err != nil {
		return nil, &failure{result.Garbage, err.Error()}
	}
	return entries, nil
}

// pace sets the size of the next batch by how long the last, of n calls,
// took: larger while that is far from the limit, so that only a child that
// hangs or has become a hundred times slower meets it.
func (d *Door) pace(n int, took time.Duration) {
	switch {
	case took > d.limits.Call/5:
		d.size = max(1, n/2)
	case took < d.limits.Call/20 && n >= d.size:
		d.size = min(2*d.size, d.cap)
	}
}
