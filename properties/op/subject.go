package op

import (
	"fmt"
	"maps"
	"math"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

// A Reply is a subject's answer to one Call: Probs for gibbs, Index for
// infer, Value and Grad for the others. To a batch it is Values, or of a mean or sum
// Value, and Grads. Grad and Grads may be nil: the op's gradient is
// then not offered. A non-empty Unsupported or Error stands for all of them.
type Reply struct {
	Value       float64
	Grad        []float64
	Probs       []float64
	Index       int
	Values      []float64      // of a batch that is not reduced, a row each
	Grads       [][]float64    // of a batch, by the energies of each row, those left out too
	Unsupported string         // this call is outside what the subject does, and why
	Error       string         // the subject refuses the arguments; with Outcome, what happened
	Outcome     result.Outcome // Crashed, TimedOut, Garbage or NotRun where there is no answer at all, else empty
}

// Equal reports whether r and o are the same reply, bit for bit; one NaN is
// like another.
func (r Reply) Equal(o Reply) bool {
	same := func(a, b float64) bool {
		return math.Float64bits(a) == math.Float64bits(b) || math.IsNaN(a) && math.IsNaN(b)
	}
	return same(r.Value, o.Value) && r.Index == o.Index && r.Unsupported == o.Unsupported && r.Error == o.Error && r.Outcome == o.Outcome &&
		slices.EqualFunc(r.Grad, o.Grad, same) && slices.EqualFunc(r.Probs, o.Probs, same) && slices.EqualFunc(r.Values, o.Values, same) &&
		slices.EqualFunc(r.Grads, o.Grads, func(g, h []float64) bool { return slices.EqualFunc(g, h, same) })
}

// Unlike shows the first difference of r and o, as one has it and the other.
func (r Reply) Unlike(o Reply) (mine, others string) {
	if r.Unsupported != o.Unsupported || r.Error != o.Error {
		say := func(r Reply) string {
			switch {
			case r.Unsupported != "":
				return "unsupported: " + r.Unsupported
			case r.Error != "":
				return "error: " + r.Error
			}
			return "an answer"
		}
		return say(r), say(o)
	}
	numbers := func(r Reply) []float64 {
		return slices.Concat([]float64{r.Value, float64(r.Index)}, r.Grad, r.Probs, r.Values, slices.Concat(r.Grads...))
	}
	xs, ys := numbers(r), numbers(o)
	for i := range min(len(xs), len(ys)) {
		if x, y := result.Decimal(xs[i]), result.Decimal(ys[i]); x != y {
			return x, y
		}
	}
	return fmt.Sprintf("%d numbers", len(xs)), fmt.Sprintf("%d numbers", len(ys))
}

// A Subject is an implementation under judgement.
type Subject struct {
	Name      string
	Ops       []Op      // what it offers; the rest is reported as not offered
	Precision Precision // its arithmetic: what it is sent and how it is judged
	Declares  Declared  // and what it says of its elementary functions

	Version, Framework string // of the implementation, and what it is built on; "" if it does not say

	// Answer replies to calls, one reply a call, in order. It is given only
	// ops that it offers and must not keep or change the calls.
	Answer func(calls []Call) []Reply

	// Fresh starts the subject again beside this one, so that it was asked nothing yet;
	// close ends it. It may be nil, and is of a Go function unless you set it: what a
	// subject remembers from call to call is then told less well. A fresh one gets calls
	// that are asked together in as few requests as there can be.
	Fresh func() (s Subject, close func(), err error)
}

// Offers reports whether s offers op.
func (s Subject) Offers(op Op) bool {
	return slices.Contains(s.Ops, op)
}

// Arithmetic is what s computes in.
func (s Subject) Arithmetic() Arithmetic { return Arithmetic{s.Precision, s.Declares} }

// Info says who s is, in the header of its results.
func (s Subject) Info() result.SubjectInfo {
	i := result.SubjectInfo{Name: s.Name, Version: s.Version, Framework: s.Framework, Precision: s.Precision.String()}
	if d := s.Declares; d != (Declared{}) {
		i.Declares = &result.Declares{Exp: result.Real(d.Exp), Log: result.Real(d.Log), Log1p: result.Real(d.Log1p),
			Flushes: d.Flushes, Limits: d.Limits, Together: d.Together}
		if d.Accumulate != Float64 {
			i.Declares.Accumulate = d.Accumulate.String()
		}
	}
	for _, op := range s.Ops {
		i.Ops = append(i.Ops, string(op))
		if r, ok := Find(op); ok {
			if d, ok := r.Definition(); ok {
				i.Defined = append(i.Defined, d)
			}
			for _, advice := range r.Advice {
				i.Advice = append(i.Advice, string(op)+": "+advice)
			}
		}
	}
	return i
}

// Validate says why s cannot be judged: it offers nothing, or an operation that
// there is not (the error names the nearest).
func (s Subject) Validate() error {
	if len(s.Ops) == 0 || s.Answer == nil {
		return fmt.Errorf("subject %q offers no op: nothing could be tested; want at least one of %v, or a loss defined by its formula", s.Name, Ops)
	}
	for _, op := range s.Ops {
		if _, ok := Find(op); !ok {
			return fmt.Errorf("subject %q: %w", s.Name, Unknown(op))
		}
	}
	return nil
}

// Funcs makes a subject from one Go function an op. Its precision is float64;
// set another if the functions compute in it.
func Funcs(name string, ops map[Op]func(Call) Reply) Subject {
	s := Subject{Name: name}
	for _, op := range slices.Concat(Ops, Batches, slices.Sorted(maps.Keys(ops))) {
		if ops[op] != nil && !s.Offers(op) {
			s.Ops = append(s.Ops, op)
		}
	}
	s.Answer = func(calls []Call) []Reply {
		replies := make([]Reply, len(calls))
		for i, c := range calls {
			replies[i] = ops[c.Op](c)
		}
		return replies
	}
	return s
}

// Replies is s.Answer held to its contract. Where it panics each call is asked alone, as it
// was: the reply of one that panics is that it crashed.
func (s Subject) Replies(calls []Call) []Reply {
	before := slices.Clone(calls)
	for i, c := range calls {
		before[i] = c.Clone()
	}
	replies, crash := s.try(calls)
	if crash == "" {
		return replies
	}
	copy(calls, before)
	replies = make([]Reply, len(calls))
	for i := range calls {
		one, crash := s.try(calls[i : i+1])
		if crash != "" {
			replies[i] = Reply{Outcome: result.Crashed, Error: crash}
		} else {
			replies[i] = one[0]
		}
	}
	return replies
}

// try asks, and says how s panicked if it did.
func (s Subject) try(calls []Call) (replies []Reply, crash string) {
	defer func() {
		if p := recover(); p != nil {
			crash = fmt.Sprintf("panic: %v%s", p, culprit())
		}
	}()
	replies = s.Answer(calls)
	if len(replies) != len(calls) {
		return nil, fmt.Sprintf("%d replies to %d calls, want one a call, in order", len(replies), len(calls))
	}
	return replies, ""
}

// culprit says where the panic under way was raised: the first line outside the
// runtime.
func culprit() string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		if f.File != "" && !strings.HasPrefix(f.Function, "runtime.") {
			return fmt.Sprintf(" (%s:%d)", filepath.Base(f.File), f.Line)
		}
		if !more {
			return ""
		}
	}
}
