package judge

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// State, batches and races: a call that is answered otherwise among others than alone.
// It is kept with the calls that it needs, and asked again with them.

// A sequence is calls in order, of which one is wrongly answered.
type sequence struct {
	questions []*question
	at        int
}

// ask puts the sequence to s as a request, forwards and backwards.
func (q sequence) ask(s op.Subject) *Asked {
	return (&sitting{subject: s}).ask(q.questions)[q.at]
}

const (
	replays = 5  // how often what does not show at once is asked again
	tries   = 16 // how often a sequence is asked again to shorten it
	starts  = 32 // how often a subject is started again in a sitting, at most
	kept    = 64 // how many calls are kept of a sequence that does not show again
)

// anew is the subject started again, so that it was asked nothing yet; or, where it
// cannot be, as it is. It is closed by close. ok is false if it was started too often.
func (s *sitting) anew() (sub op.Subject, close func(), ok bool) {
	if s.subject.Fresh == nil {
		return s.subject, func() {}, true
	}
	if s.starts++; s.starts <= starts {
		if sub, close, err := s.subject.Fresh(); err == nil {
			return sub, close, true
		}
		s.starts = starts // it will not the next time either
	}
	return s.subject, func() {}, false
}

// alone asks one question by itself. Where something REQUIRED is refuted it asks a
// subject that was started for that: until it shows a memory one is enough.
func (s *sitting) alone(q *question) *Asked {
	one := sequence{questions: []*question{q}}
	switch {
	case !s.serious && !s.remembers:
		return one.ask(s.subject)
	case s.remembers:
		sub, close, _ := s.anew()
		defer close()
		return one.ask(sub)
	case s.witness == nil:
		sub, close, _ := s.anew()
		s.witness, s.close = &sub, close
	}
	return one.ask(*s.witness)
}

// end ends what was started beside the subject.
func (s *sitting) end() {
	if s.close != nil {
		s.close()
	}
}

// askAgain puts each sequence to a subject that was started for it, and its call to
// another, and counts the case.
func (s *sitting) askAgain(qs []sequence) []*Asked {
	s.remembers = s.remembers || len(qs) > 0
	var as []*Asked
	for _, q := range qs {
		alone := s.alone(q.questions[q.at])
		sub, close, _ := s.anew()
		a := q.ask(sub).beside(alone)
		close()
		a.random = stored
		s.count(a, nil)
		as = append(as, a)
	}
	return as
}

// beside is a, asked among others, with its reply alone for the other reply, if they differ.
func (a *Asked) beside(alone *Asked) *Asked {
	if a.reply.Equal(alone.reply) {
		return a
	}
	b := *a
	b.again = alone.reply
	return &b
}

// among returns the calls among which a fails, what was replied, and whether it did so
// again: those that another needed, or those of its own request, and with them the first
// that the subject was asked in this sitting; of these as few as do.
func (s *sitting) among(a, alone *Asked, fails func(*Asked) bool) (q sequence, again *Asked, shown bool) {
	s.remembers = true
	try := func(q sequence) bool {
		sub, close, ok := s.anew()
		defer close()
		if !ok {
			return false
		}
		one := q.ask(sub).beside(alone)
		if fails(one) {
			again, shown = one, true
			return true
		}
		return false
	}
	if n := s.needed; n.questions != nil {
		q = sequence{slices.Clone(n.questions), n.at}
		q.questions[q.at] = a.question
		if try(q) {
			return q, again, true
		}
	}
	before := sequence{slices.Concat(s.opening, a.among.questions), len(s.opening) + a.among.at}
	for i := range replays {
		if q = a.among; i > 0 {
			q = before
		}
		if try(q) {
			s.needed = shortest(q, try)
			return s.needed, again, true
		}
	}
	return a.among.clipped(), a, false
}

// keep writes the sequence into x, and what is to be said of it: whether the mistake was
// shown again.
func (q sequence) keep(x *result.Counterexample, shown bool) {
	for _, one := range q.questions {
		x.Request = append(x.Request, written(one.call))
	}
	x.At = q.at
	if shown {
		x.Note = q.note()
		return
	}
	x.Unshown = replays
	x.Note = fmt.Sprintf("alone it is answered rightly, and it did not show again in %d replays of its request: a race, or state that something earlier left", replays)
}

// note says what is wrong, and where.
func (q sequence) note() string {
	const differs = "answers differently alone: state, batch dependence or a race"
	if len(q.questions) > 3 {
		return fmt.Sprintf("%s; it fails as number %d of the %d calls stored", differs, q.at+1, len(q.questions))
	}
	var calls []string
	for i, one := range q.questions {
		s := one.call.String()
		if i == q.at {
			s += " (this one)"
		}
		calls = append(calls, s)
	}
	return differs + "; asked in turn: " + strings.Join(calls, ", ")
}

// clipped is the part of q around its call.
func (q sequence) clipped() sequence {
	from := max(0, min(q.at-kept/2, len(q.questions)-kept))
	return sequence{q.questions[from:min(len(q.questions), from+kept)], q.at - from}
}

// shortest leaves out what it can of a sequence that fails: one half of the other calls as
// long as that goes, then one part after another, from round to round parts of half as many.
func shortest(q sequence, fails func(sequence) bool) sequence {
	left := tries
	// try is q with those of the n other calls that are kept, if that fails, and is not q.
	try := func(keep func(i int) bool) bool {
		var r sequence
		other := 0
		for i, one := range q.questions {
			if i == q.at {
				r.at = len(r.questions)
			} else if other++; !keep(other - 1) {
				continue
			}
			r.questions = append(r.questions, one)
		}
		if n := len(r.questions); n == len(q.questions) || n == 1 || left == 0 {
			return false
		}
		left--
		if fails(r) {
			q = r
			return true
		}
		return false
	}
	for halved := true; halved; {
		half := (len(q.questions) - 1) / 2
		halved = try(func(i int) bool { return i < half }) || try(func(i int) bool { return i >= half })
	}
	for size := (len(q.questions) - 1) / 2; size > 0 && left > 0; size /= 2 {
		for from := 0; from < len(q.questions)-1; {
			if !try(func(i int) bool { return i < from || i >= from+size }) {
				from += size
			}
		}
	}
	return q
}
