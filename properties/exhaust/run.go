package exhaust

import (
	"context"
	"fmt"
	"sync"
	"time"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A Run puts the slices of some sets to a subject.
type Run struct {
	Subject op.Subject
	Sets    []Set
	Shard   result.Shard // which of the slices
	Have    []Slice      // what an unfinished run did
	Workers int          // slices at once; 1 for a subject that is asked over one pipe

	// Emit is given each slice as it is done, one at a time. An error ends the run, and it is
	// given none after that.
	Emit func(Slice) error
}

// A task is a slice that is to be done.
type task struct {
	set   Set
	slice int
}

// due are the slices of the run that are not done.
func (r Run) due() []task {
	done := map[string]bool{}
	for _, s := range r.Have {
		done[s.Unit] = true
	}
	var tasks []task
	for _, s := range r.Sets {
		for k := range s.Slices {
			if unit := s.Unit(k); r.Shard.Owns(unit) && !done[unit] {
				tasks = append(tasks, task{s, k})
			}
		}
	}
	return tasks
}

// Due are the names of the slices that are not done.
func (r Run) Due() []string {
	var units []string
	for _, t := range r.due() {
		units = append(units, t.set.Unit(t.slice))
	}
	return units
}

// Do does them, until ctx ends; what is then under way is lost.
func (r Run) Do(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	tasks := make(chan task)
	done := make(chan Slice)
	var workers sync.WaitGroup
	for range max(1, r.Workers) {
		workers.Go(func() {
			for t := range tasks {
				s, err := t.run(ctx, r.Subject)
				if err != nil {
					cancel(err)
					return
				}
				select {
				case done <- s:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() {
		defer close(tasks)
		for _, t := range r.due() {
			select {
			case tasks <- t:
			case <-ctx.Done():
				return
			}
		}
	}()
	go func() {
		workers.Wait()
		close(done)
	}()
	var failed error
	for s := range done {
		if failed != nil {
			continue
		}
		if failed = r.Emit(s); failed != nil {
			cancel(failed)
		}
	}
	return context.Cause(ctx)
}

// chunk is how many calls a subject is given at a time: few enough for the caches to hold them.
const chunk = 512

// run asks the calls of the slice, a chunk at a time, and finds their truths meanwhile.
func (t task) run(ctx context.Context, s op.Subject) (Slice, error) {
	began := time.Now()
	out := Slice{Type: "slice", Unit: t.set.Unit(t.slice), Cases: t.set.Size(t.slice)}
	row, h := t.set.Op.Row(), newHand(&out, s, t.set.Op)
	calls, truths := make([]op.Call, 0, chunk), make([]op.Truth, chunk)
	room, given := make([]float64, 0, chunk*longest), newCopies()
	flush := func() error {
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		replies := make(chan []op.Reply, 1)
		go func() { replies <- given.ask(s, calls) }()
		for i, c := range calls {
			truths[i] = row.Truth(c)
		}
		for i, reply := range <-replies {
			if reply.Outcome == result.NotRun {
				return fmt.Errorf("%s: %s", out.Unit, reply.Error)
			}
			h.judge(calls[i], truths[i], reply)
		}
		calls, room = calls[:0], room[:0]
		return nil
	}
	for c := range t.set.Calls(t.slice) {
		at := len(room)
		room = append(room, c.Energies...)
		c.Energies = room[at:len(room):len(room)]
		if calls = append(calls, c); len(calls) == chunk {
			if err := flush(); err != nil {
				return out, err
			}
		}
	}
	err := flush()
	h.end()
	out.Seconds = time.Since(began).Seconds()
	return out, err
}

// copies are those of a chunk of calls that a subject is given, in memory that they keep.
type copies struct {
	calls []op.Call
	room  []float64
}

func newCopies() *copies {
	return &copies{make([]op.Call, 0, chunk), make([]float64, 0, chunk*longest)}
}

// ask is s.Replies.
func (g *copies) ask(s op.Subject, calls []op.Call) (replies []op.Reply) {
	defer func() {
		if recover() != nil || len(replies) != len(calls) {
			replies = s.Replies(calls)
		}
	}()
	g.calls, g.room = append(g.calls[:0], calls...), g.room[:0]
	for i, c := range g.calls {
		at := len(g.room)
		g.room = append(g.room, c.Energies...)
		g.calls[i].Energies = g.room[at:len(g.room):len(g.room)]
	}
	return s.Answer(g.calls)
}

// A hand takes replies into a slice.
type hand struct {
	*Slice
	bench         *judge.Bench
	in            op.Precision
	value, others string   // the claims about digits
	most          [2]Worst // of replies that are the nearest: the largest errors by these claims
}

func newHand(s *Slice, subject op.Subject, o op.Op) *hand {
	h := &hand{Slice: s, bench: judge.NewBench(subject, o), in: subject.Precision, value: string(o) + ".value", others: string(o) + ".gradient"}
	if o.Row().Answers == op.AsProbs {
		h.value, h.others = "", string(o)+".probabilities"
	}
	return h
}

// judge takes a reply into the slice.
func (h *hand) judge(c op.Call, truth op.Truth, reply op.Reply) {
	h.Asked++
	if reply.Unsupported != "" {
		h.Unsupported++
		return
	}
	value, others, ok := judge.Nearest(h.in, truth, reply)
	for _, f := range c.Energies {
		ok = ok && f-f == 0
	}
	if !ok {
		h.weigh(c, truth, reply)
		return
	}
	h.Nearest++
	keep := func(i int, claim string, ulps float64) {
		if w := &h.most[i]; w.Claim == "" || ulps > float64(w.Ulps) {
			*w = Worst{claim, result.Real(ulps), nil, c.Clone(), truth, reply}
		}
	}
	if h.value != "" {
		keep(0, h.value, value)
	}
	if reply.Grad != nil || reply.Probs != nil {
		keep(1, h.others, others)
	}
}

// weigh judges a reply by all claims.
func (h *hand) weigh(c op.Call, truth op.Truth, reply op.Reply) {
	for _, f := range h.bench.Judge(c, truth, reply) {
		if f.Level == result.Recommended { // of every claim
			h.weighed(f.Claim.ID, 1)
		}
		if f.Claim.Measured() && f.Level == result.Recommended && f.Show != nil {
			h.worst(Worst{f.Claim.ID, result.Real(f.Ulps), nil, c, truth, reply})
		}
		if f.Refuted {
			h.refute(f)
		}
	}
}

// end writes down where the largest errors are.
func (h *hand) end() {
	for _, w := range h.most {
		if w.Claim != "" {
			h.worst(w)
		}
	}
	for i := range h.Worst {
		w := &h.Worst[i]
		for _, f := range h.bench.Judge(w.call, w.truth, w.reply) {
			if f.Claim.ID == w.Claim && f.Level == result.Recommended {
				w.At = f.Show()
			}
		}
	}
}
