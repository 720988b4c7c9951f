package judge

import (
	"iter"
	"runtime"
	"slices"

	"ebmcheck/properties/op"
)

// batch is how many calls a subject is given at a time.
const batch = 256

// many is how many energies they have, about, at most: long vectors come a few at a time.
const many = 1 << 16

// A sitting is the cases before one subject, and what has been counted so far.
type sitting struct {
	subject op.Subject
	random  int            // random cases asked
	judged  int            // and of these, those that the subject supports
	reached map[string]int // supported cases, by stratum
	done    bool

	opening   []*question // the first that it was asked
	serious   bool        // something REQUIRED is refuted
	remembers bool        // something was answered otherwise alone
	needed    sequence    // among which it was
	witness   *op.Subject // started to be asked what failed, alone
	close     func()      // ends it
	starts    int         // how often the subject was started again

	guess func(Evidence) (likely, mend string) // nil: nothing is guessed
}

// Ask puts the cases to every subject and yields what it replied, with the index of the
// subject. Each batch is asked twice, forwards and then backwards, so that a state that
// one call leaves behind shows in the next. Its truths are found once, the next batch is drawn
// and the last is judged while the subjects answer. Random cases go on until the number promised
// is supported, or as many are not. A subject of which enough says so is asked no more: then
// a batch is judged before the next is asked.
func (cs Cases) Ask(subjects []op.Subject, enough func(i int) bool) iter.Seq2[int, *Asked] {
	ss := make([]*sitting, len(subjects))
	for i, s := range subjects {
		ss[i] = &sitting{subject: s, reached: map[string]int{}}
	}
	return cs.ask(ss, enough)
}

func (cs Cases) ask(ss []*sitting, enough func(i int) bool) iter.Seq2[int, *Asked] {
	return func(yield func(int, *Asked) bool) {
		more := true
		held := make([][]*Asked, len(ss)) // of the stored ones, by subject
		asking := func() bool { return more && slices.ContainsFunc(ss, func(s *sitting) bool { return !s.done }) }
		var last *round // asked, and not yet told
		defer func() {
			if last != nil {
				<-last.answered
			}
		}()
		tell := func(r *round) {
			if r == nil {
				return
			}
			r.wait()
			for i, s := range ss {
				if !more || s.done {
					continue
				}
				for k, a := range r.asked[i] {
					a.random = r.at + k
					s.count(a, r.in[k])
					if r.at == stored {
						held[i] = append(held[i], a)
					} else if more {
						more = yield(i, a)
					}
				}
				s.done = enough != nil && enough(i) || r.at >= 0 && (s.judged >= cs.checks || s.random >= 2*cs.checks)
			}
		}
		settle := func() { tell(take(&last)) }
		put := func(calls []op.Call, at int) {
			if enough != nil {
				settle()
			}
			before := take(&last)
			if len(calls) > 0 && asking() {
				last = cs.begin(ss, calls, at, before)
			}
			tell(before)
		}
		put(cs.stored, stored)
		var calls []op.Call
		size := 0
		for c := range cs.grid() {
			calls, size = append(calls, c), size+len(c.Energies)
			if len(calls) == batch || size >= many {
				if put(calls, fixed); !more {
					return
				}
				calls, size = nil, 0
			}
		}
		put(calls, fixed)
		settle()
		for i := range held {
			for _, a := range held[i] {
				if more = more && yield(i, a); !more {
					return
				}
			}
		}
		for at := 0; cs.checks > 0; at += len(calls) {
			if cs.checks-at < batch {
				settle() // how many are missing is known then
			}
			if !asking() {
				break
			}
			n := min(batch, max(cs.checks-at, cs.missing(ss)))
			calls, size = nil, 0
			for len(calls) < n && size < many {
				c := cs.costs.draw(func() op.Call { return cs.random(at + len(calls)) })
				calls, size = append(calls, c), size+len(c.Energies)
			}
			put(calls, at)
		}
		settle()
	}
}

// A round is cases that were put to the subjects together.
type round struct {
	at        int // the number of the first, or where they come from
	questions []*question
	in        [][]string    // the strata of each
	asked     [][]*Asked    // by subject; none of one that is done
	answered  chan struct{} // closed once they are
	whole     bool          // whether every subject came back
}

// take returns what is at r, and leaves nothing.
func take(r **round) *round {
	was := *r
	*r = nil
	return was
}

// begin puts the calls to the subjects that are not done, as soon as they have answered what
// was put before. While these answer, the truths are found, and whoever began goes on.
func (cs Cases) begin(ss []*sitting, calls []op.Call, at int, before *round) *round {
	r := &round{at: at, questions: make([]*question, len(calls)), asked: make([][]*Asked, len(ss)), answered: make(chan struct{})}
	for k, c := range calls {
		r.questions[k] = &question{call: c, in: cs.in}
	}
	asked := make([]*sitting, len(ss)) // none that is done
	for i, s := range ss {
		if !s.done {
			asked[i] = s
		}
	}
	go func() {
		defer close(r.answered)
		if before != nil {
			before.wait()
		}
		for i, s := range asked {
			if s != nil {
				r.asked[i] = s.ask(r.questions)
			}
		}
		r.whole = true
	}()
	for _, q := range r.questions {
		cs.costs.find(&q.call, func() { q.truth = q.call.Truth() })
	}
	r.in = cs.stratify(calls)
	return r
}

// wait waits until all have answered. A subject that ends its goroutine, as t.FailNow
// does, ends this one.
func (r *round) wait() {
	if <-r.answered; !r.whole {
		runtime.Goexit()
	}
}

// Where a case that is not random comes from; a random one has its number.
const (
	fixed  = -1 << 30 // the grid and the regressions
	stored = -1 << 31
)

// missing is the most random cases that a subject is still owed.
func (cs Cases) missing(ss []*sitting) int {
	n := 1
	for _, s := range ss {
		if !s.done {
			n = max(n, cs.checks-s.judged)
		}
	}
	return n
}

// stratify returns the strata of each call.
func (cs Cases) stratify(calls []op.Call) [][]string {
	in := make([][]string, len(calls))
	for k, c := range calls {
		for _, s := range cs.strata {
			if s.In(c) {
				in[k] = append(in[k], s.Name)
			}
		}
	}
	return in
}

// count counts a reply.
func (s *sitting) count(a *Asked, strata []string) {
	supported := a.reply.Unsupported == ""
	if a.random >= 0 {
		s.random++
		if supported {
			s.judged++
		}
	}
	for _, name := range strata {
		if supported {
			s.reached[name]++
		}
	}
}

// ask puts the questions to the subject, forwards and backwards. What it is asked the second
// time stands where it was asked something else the first time, as in a loop that fills one
// array again and again: who keeps answers by the place of the energies is found out.
func (s *sitting) ask(questions []*question) []*Asked {
	n := len(questions)
	if s.opening == nil {
		s.opening = questions
	}
	as := make([]*Asked, n)
	given := make([]op.Call, n)
	for k, q := range questions {
		given[k] = q.call.Clone()
	}
	for k, r := range s.subject.Replies(given) {
		as[k] = &Asked{question: questions[k], reply: r, changed: !given[k].Equal(questions[k].call), by: s.subject.Declares, among: sequence{questions, k}}
	}
	for k := range given {
		given[k] = again(questions[n-1-k].call, given[k])
	}
	for k, r := range s.subject.Replies(given) {
		as[n-1-k].again = r
	}
	return as
}

// again is a copy of c, with its energies in the memory of those of was, if there are as many.
func again(c, was op.Call) op.Call {
	d := c.Clone()
	if len(was.Energies) == len(c.Energies) {
		d.Energies = was.Energies
		copy(d.Energies, c.Energies)
	}
	return d
}

// askOne puts one call to s.
func askOne(s op.Subject, c op.Call) *Asked {
	return sequence{questions: []*question{newQuestion(c, s.Precision)}}.ask(s)
}
