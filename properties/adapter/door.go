package adapter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// Limits are what a child is allowed. The zero value of a field is its
// default.
type Limits struct {
	Start    time.Duration // for the answer to start, 60 s: frameworks load slowly
	Call     time.Duration // for the answer to one call, 10 s; a batch has up to twice that
	Restarts int           // 5; once they are used up, the rest is not run
	Validate bool          // hold every message, both ways, to the JSON Schema: unknown fields too
}

// largest is how many calls a batch has at most, and most how many energies.
// Each is 2 % of what a line can hold.
const (
	largest = 64
	most    = 1 << 14
)

// A Door is a child process as a subject, started again when it fails.
type Door struct {
	command []string
	limits  Limits
	rules   rules // nil unless messages are to be validated
	started Started
	ctx     context.Context
	cancel  context.CancelFunc

	mu       sync.Mutex // holds all below: one batch at a time
	p        *process   // nil when it has failed
	seq      int
	nth      int64     // requests to p
	flying   []request // sent and not answered
	restarts int
	wrong    error               // with the last answer to start
	changed  string              // how it differs from the first, for which no answer counts
	last     string              // why the last process failed
	beside   int                 // how often the command was started beside the child
	size     int                 // of the next batch
	cap      int                 // of any batch
	culprits map[string]op.Reply // calls that ended a process, as they are sent
}

// Open starts command and asks it what it offers. The error says why it could
// not be started, or what in its answer is not the protocol's; it is a *LossError
// if it is about a loss that the child defines. When ctx ends,
// the child is killed and what was not answered is NotRun.
func Open(ctx context.Context, command []string, limits Limits) (*Door, error) {
	if len(command) == 0 {
		return nil, errors.New("adapter: no command to start")
	}
	if limits.Start == 0 {
		limits.Start = 60 * time.Second
	}
	if limits.Call == 0 {
		limits.Call = 10 * time.Second
	}
	if limits.Restarts == 0 {
		limits.Restarts = 5
	}
	d := &Door{command: slices.Clone(command), limits: limits, size: 1, cap: largest, culprits: map[string]op.Reply{}}
	if limits.Validate {
		d.rules = newRules()
	}
	d.ctx, d.cancel = context.WithCancel(ctx)
	if f := d.start(); f != nil {
		d.cancel()
		if loss := new(LossError); errors.As(d.wrong, &loss) {
			return nil, fmt.Errorf("adapter: %s: %w", command[0], loss)
		}
		if f.outcome == "" {
			return nil, fmt.Errorf("adapter: %s", f.text)
		}
		return nil, fmt.Errorf("adapter: %s does not start: %s: %s", command[0], f.outcome, f.text)
	}
	return d, nil
}

// Started returns the child's answer to start.
func (d *Door) Started() Started { return d.started }

// Subject returns the child as a subject. Its Answer sends the calls in
// batches; it may be called from several goroutines, which take turns. A reply
// to a call that a process did not survive has Outcome and Error.
func (d *Door) Subject() op.Subject {
	precision, err := op.ParsePrecision(d.started.Precision)
	if err != nil {
		panic("adapter: " + err.Error()) // decodeStarted has checked it
	}
	i := d.started.Implementation
	s := op.Subject{Name: i.Name, Precision: precision, Version: i.Version, Framework: i.Framework, Answer: d.answer, Fresh: d.fresh}
	if says := d.started.Declares; says != nil {
		s.Declares = op.Declared{Exp: float64(says.Exp), Log: float64(says.Log), Log1p: float64(says.Log1p),
			Flushes: says.Flushes, Limits: says.Limits, Together: says.Together}
		if s.Declares.Accumulate, err = op.ParsePrecision(says.Accumulate); err != nil {
			panic("adapter: " + err.Error()) // decodeStarted has checked it
		}
	}
	s.Ops = d.started.offers()
	return s
}

// companions is how often a child is started beside the first, at most: frameworks take
// seconds.
const companions = 100

// fresh starts the command again, beside the child. Its first request is as large as the
// later ones, for what goes wrong may be in what is asked together.
func (d *Door) fresh() (op.Subject, func(), error) {
	d.mu.Lock()
	d.beside++
	n := d.beside
	d.mu.Unlock()
	if n > companions {
		return op.Subject{}, nil, fmt.Errorf("adapter: started %d times beside the child", companions)
	}
	e, err := Open(d.ctx, d.command, d.limits)
	if err != nil {
		return op.Subject{}, nil, err
	}
	e.size = e.cap
	return e.Subject(), e.Close, nil
}

// Restarts returns how often the child was started again.
func (d *Door) Restarts() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.restarts
}

// Close asks the child to stop, and kills it after 2 s or when a call is under
// way. No process of its group is left. Calls after it are NotRun.
func (d *Door) Close() {
	if !d.mu.TryLock() {
		d.cancel()
		d.mu.Lock()
	}
	defer d.mu.Unlock()
	if d.p != nil {
		d.p.stop()
		d.p = nil
	}
	d.cancel()
}

// answer is the Answer of the subject. Others wait only while the child has its calls to
// answer: it writes them before, and reads an answer while the child is at the next, which
// is there before.
func (d *Door) answer(calls []op.Call) []op.Reply {
	replies := make([]op.Reply, len(calls))
	all := make([]question, len(calls))
	for i, c := range calls {
		text, err := c.MarshalJSON()
		if err != nil {
			panic("adapter: " + err.Error()) // an op that is not offered
		}
		all[i] = question{op: c.Op, text: text, energies: c.Size(), reply: &replies[i]}
		if c.Batch != nil {
			all[i].rows, all[i].reduction = len(c.Batch.Rows), c.Batch.Reduction
		}
	}
	var reading sync.WaitGroup
	defer reading.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	qs := slices.DeleteFunc(all, d.convicted)
	var sent [][]question // in flight, of the first of qs
	for len(qs) > 0 {
		f := d.fill(qs, &sent)
		batch := sent[0]
		var entries []json.RawMessage
		if f == nil {
			entries, f = d.take()
		}
		n := len(batch)
		if f != nil { // those behind it are lost, and asked again
			n, sent = d.narrow(batch, *f), nil
		} else {
			sent = sent[1:]
			reading.Wait() // of one at a time: lines may be long
			reading.Go(func() { d.decode(batch, entries) })
		}
		qs = qs[n:]
	}
	return replies
}

// fill sends as many batches of qs, of which the first are sent, as may be in flight: one
// is with the child, and the next is there when it has answered. A child that has answered
// nothing since it was started has one at a time.
func (d *Door) fill(qs []question, sent *[][]question) *failure {
	for _, b := range *sent {
		qs = qs[len(b):]
	}
	for len(qs) > 0 && (len(*sent) == 0 || d.size > 1 && len(*sent) < flight) {
		n := d.next(qs)
		*sent = append(*sent, qs[:n])
		if f := d.put(qs[:n]); f != nil {
			return f
		}
		qs = qs[n:]
	}
	return nil
}

// A question is a call under way.
type question struct {
	op       op.Op
	text     []byte // the call, as it is sent
	energies int    // of all rows of a batch

	rows      int          // of a batch
	reduction op.Reduction // of a batch

	reply *op.Reply
}

// blame gives f as the reply.
func (q question) blame(f failure) {
	*q.reply = op.Reply{Outcome: f.outcome, Error: f.text}
}

// convicted gives the reply to a call that ended a process before, if q is one.
func (d *Door) convicted(q question) bool {
	r, ok := d.culprits[string(q.text)]
	if ok {
		*q.reply = r
	}
	return ok
}

// surplus is how many numbers more than there are energies a reply may have and be kept,
// to be told that they are too many: a list of millions is not.
const surplus = 1000

// fits says which list of r is far too long.
func (q question) fits(r op.Reply) error {
	all := 0 // numbers in grads
	for _, g := range r.Grads {
		all += len(g)
	}
	for _, l := range []struct {
		name    string
		n, want int
		one     string
	}{{"grad", len(r.Grad), q.energies, "an energy"}, {"probs", len(r.Probs), q.energies, "an energy"}, {"values", len(r.Values), q.rows, "a row"},
		{"grads", all, q.energies, "an energy of each row"}, {"grads", len(r.Grads), q.rows, "a list for each row"}} {
		if l.n > l.want+surplus {
			return fmt.Errorf("%q has %d numbers: want %d, one %s", l.name, l.n, l.want, l.one)
		}
	}
	return nil
}

// next is how many of qs go into the next batch, one at least.
func (d *Door) next(qs []question) int {
	n, sum := 1, qs[0].energies
	for n < min(d.size, len(qs)) && sum+qs[n].energies <= most {
		sum += qs[n].energies
		n++
	}
	return n
}

// narrow finds, after a batch has failed with f, the call that does it, and
// returns how many of the batch are dealt with. It asks them one at a time
// rather than halving the batch: that costs one more restart, where halving costs one a half.
func (d *Door) narrow(batch []question, f failure) int {
	if f.outcome == result.NotRun {
		for _, q := range batch {
			q.blame(f)
		}
		return len(batch)
	}
	if len(batch) == 1 {
		d.convict(batch[0], f)
		return 1
	}
	d.size = 1
	for i := range batch {
		entries, g := d.ask(batch[i : i+1])
		switch {
		case g == nil:
			d.decode(batch[i:i+1], entries)
			continue
		case g.outcome == result.NotRun || d.changed != "": // the failure must not be lost
			batch[i].blame(failure{f.outcome, fmt.Sprintf("this call or one of the %d after it: %s", len(batch)-i-1, f.text)})
			for _, q := range batch[i+1:] {
				q.blame(*g)
			}
			return len(batch)
		}
		d.convict(batch[i], *g)
		return i + 1
	}
	if f.outcome == result.TimedOut { // slow, but within the limit of each call
		d.cap = max(1, len(batch)/8)
		return len(batch)
	}
	batch[0].blame(failure{f.outcome, fmt.Sprintf("in a batch of %d calls, of which this is the first and each alone is answered: %s", len(batch), f.text)})
	return len(batch)
}

// convict gives f as the reply, now and whenever the call is asked again.
func (d *Door) convict(q question, f failure) {
	q.blame(f)
	d.culprits[string(q.text)] = *q.reply
}

// ask puts a batch to the child, while none is in flight, and returns the entries of the answer.
func (d *Door) ask(batch []question) ([]json.RawMessage, *failure) {
	if f := d.put(batch); f != nil {
		return nil, f
	}
	return d.take()
}

// decode writes the replies to a batch, as the entries of the answer have them.
func (d *Door) decode(batch []question, entries []json.RawMessage) {
	for i, q := range batch {
		r, err := decodeAnswer(entries[i], q)
		if err == nil {
			err = d.rules.check("answer", entries[i])
		}
		if err == nil {
			err = q.fits(r)
		}
		if err != nil {
			r = op.Reply{Outcome: result.Garbage, Error: brief(err.Error())}
		}
		*q.reply = r
	}
}

// start starts a child and hears what it offers.
func (d *Door) start() *failure {
	p, err := launch(d.ctx, d.command)
	if err != nil {
		return &failure{"", err.Error()}
	}
	d.p = p
	request, err := json.Marshal(Start{"start", Version})
	if err == nil {
		err = d.rules.check("start", request)
	}
	if err != nil {
		panic("adapter: " + err.Error()) // the request is ours
	}
	p.put(request)
	d.nth = 1
	line, f := p.take(d.ctx, d.nth, d.limits.Start)
	if f != nil {
		return d.bury(*f)
	}
	started, err := decodeStarted(line)
	if err == nil {
		err = d.rules.check("started", line)
	}
	if d.wrong = err; err != nil {
		return d.bury(failure{result.Garbage, "its answer to start: " + err.Error()})
	}
	if d.restarts == 0 {
		d.started = started
	} else if is := d.started.unlike(started); is != "" {
		d.changed = "when it was started again the child was another: " + is
		return d.bury(failure{result.Garbage, d.changed})
	}
	return nil
}

// bury ends the child that failed and returns the failure in full.
func (d *Door) bury(f failure) *failure {
	d.p.kill()
	d.p.release()
	if err := d.ctx.Err(); err != nil { // whatever it looks like, we ended it
		f = failure{result.NotRun, err.Error()}
	}
	f.text = brief(f.text)
	full := failure{f.outcome, d.p.explain(f)}
	d.last, d.p = full.text, nil
	return &full
}
