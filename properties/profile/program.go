package profile

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/op"
)

// OfProgram returns the profile of an op as a program answers it: of the questions, those that sums of answers decide. An answer is
// refuted by the calls that are shown, or sampled: nothing is proved of a program. It is an error if the op is no loss, if the program
// does not offer it, or, Unanswered, if it has answered none of its calls.
//
// A relation Σ cᵢ·ℓᵢ ≤ 0 between the answers ℓᵢ to several calls is refuted where the sum is above Σ |cᵢ|·aᵢ, aᵢ being what REQUIRED
// allows the i-th answer to be off: a right program, whose answers are within aᵢ of the true ones, is refuted only where the relation
// is false of these. Energies and parameters are small multiples of ¼, and what is made of them is exact in every format.
func OfProgram(s op.Subject, o op.Op) (*Profile, error) {
	r, ok := op.Find(o)
	switch {
	case !ok:
		return nil, op.Unknown(o)
	case r.Answers != op.AsValue:
		return nil, fmt.Errorf("op %s is no loss: it answers no value", o)
	case !s.Offers(o):
		return nil, fmt.Errorf("%s does not offer %s: it offers %v", s.Name, o, s.Ops)
	}
	for _, q := range r.Params {
		if len(plainWithin(q)) == 0 {
			return nil, fmt.Errorf("op %s: the range of %s, %v to %v, has no power of two from 2⁻¹⁰ to 2¹⁰", o, q.Name, q.Within.Lo, q.Within.Hi)
		}
	}
	p := &Profile{Formula: r.Formula, Shown: formula.MustParse(r.Formula).Unicode(), ForAll: "energies and parameters that were drawn", Program: s.Name}
	t := &trials{subject: s, row: r, truth: truths(r)}
	for _, ask := range programQuestions {
		if ask.of == nil || ask.of(r) {
			p.Answers = append(p.Answers, t.answer(ask))
		}
	}
	if t.answered == 0 {
		return nil, &Unanswered{s.Name, o, t.asked, t.refusal}
	}
	return p, nil
}

// Unanswered is the error that a program has answered none of its calls.
type Unanswered struct {
	Program string
	Op      op.Op
	Calls   int
	First   string // what came in place of the first answer
}

func (e *Unanswered) Error() string {
	return fmt.Sprintf("%s answered none of %d calls of %s: %s", e.Program, e.Calls, e.Op, e.First)
}

// truths is who answers what is true.
func truths(r *op.Row) op.Subject {
	return op.Funcs("its formula", map[op.Op]func(op.Call) op.Reply{r.Op: func(c op.Call) op.Reply {
		t := r.Truth(c)
		reply := op.Reply{Value: t.Value.Near}
		for _, g := range t.Grad {
			if g.Lo.Near != g.Hi.Near { // at a kink there are several
				return op.Reply{Value: t.Value.Near}
			}
			reply.Grad = append(reply.Grad, g.Lo.Near)
		}
		return reply
	}})
}

// A summand is c·ℓ of a call, or c times a component of its gradient.
type summand struct {
	c    float64
	call op.Call
	grad int // which component, from 1; 0: the value
}

// A relation is Σ cᵢ·ℓᵢ + plus ≤ 0; exact: = 0.
type relation struct {
	sum   []summand
	plus  float64
	exact bool
}

// A programQuestion is answered by yes if no relation that is drawn is refuted.
type programQuestion struct {
	name string
	says string               // the relation, in words
	of   func(r *op.Row) bool // the ops that it is asked of; nil: all
	draw func(r *op.Row, g *rand.Rand) relation
}

// programCases is in how many cases a question is put.
const programCases = 200

// trials are questions put to a program.
type trials struct {
	subject, truth  op.Subject
	row             *op.Row
	asked, answered int
	refusal         string // the first
}

// answer asks for the relations of a question, and says besides where the formula answers otherwise.
func (t *trials) answer(ask programQuestion) Answer {
	a := Answer{Question: ask.name, Answer: "yes", Evidence: Sampled, Says: []string{ask.says}}
	a.Cases, a.Case = t.refute(t.subject, ask, t.note)
	if _, formula := t.refute(t.truth, ask, func([]op.Reply) {}); formula == "" && a.Case != "" {
		a.Why = "its formula has it"
	}
	switch {
	case a.Case != "":
		a.Answer, a.Evidence, a.Cases = "no", Refuted, 0
		if a.Fails = ask.says; a.Why != "" {
			a.Fails += ", and " + a.Why
		}
	case a.Cases < enough:
		a.Answer, a.Evidence, a.Cases = "not found", Open, 0
	}
	return a
}

// refute draws the relations, the same ones each time, and returns in how many cases they held, and the plainest case that does not.
func (t *trials) refute(s op.Subject, ask programQuestion, note func([]op.Reply)) (held int, bad string) {
	g := rand.New(rand.NewPCG(23, uint64(len(ask.name))))
	var rs []relation
	var calls []op.Call
	for range programCases {
		r := ask.draw(t.row, g)
		rs = append(rs, r)
		for _, x := range r.sum {
			calls = append(calls, x.call)
		}
	}
	replies := s.Replies(calls)
	note(replies)
	for _, r := range rs {
		some := replies[:len(r.sum)]
		replies = replies[len(r.sum):]
		holds, judged, shown := r.judge(s.Arithmetic(), some)
		switch {
		case !judged:
		case holds:
			held++
		case bad == "" || len(shown) < len(bad):
			bad = shown
		}
	}
	return held, bad
}

func (t *trials) note(replies []op.Reply) {
	for _, r := range replies {
		t.asked++
		if why := r.Unsupported + r.Error; why == "" && r.Outcome == "" {
			t.answered++
		} else if t.refusal == "" {
			t.refusal = strings.TrimSpace(string(r.Outcome) + " " + why)
		}
	}
}

// judge reports whether the relation holds of the answers, within what they may be off together; judged is false where one of the calls
// was not answered, or nothing is asked of the answer.
func (r relation) judge(by op.Arithmetic, replies []op.Reply) (holds, judged bool, shown string) {
	sum, allowed := new(big.Rat).SetFloat64(r.plus), new(big.Rat)
	if len(r.sum) == 0 {
		return false, false, ""
	}
	number := true
	var calls []string
	for i, x := range r.sum {
		reply, allow := replies[i], op.Allowed(x.call, by)
		if reply.Unsupported+reply.Error != "" || reply.Outcome != "" || allow.Lost || allow.Overflows {
			return false, false, ""
		}
		v, off := reply.Value, allow.Value
		if k := x.grad - 1; k >= 0 {
			if k >= len(reply.Grad) || k >= len(allow.Grad) || allow.Kink || k < len(allow.Corner) && allow.Corner[k] {
				return false, false, ""
			}
			v, off = reply.Grad[k], allow.Grad[k]
		}
		if !(off <= math.MaxFloat64) {
			return false, false, ""
		}
		what := ""
		if x.grad > 0 {
			what = fmt.Sprintf(" has grad[%d]", x.grad-1)
		}
		calls = append(calls, fmt.Sprintf("%v%s = %.17g", x.call, what, v))
		if math.IsNaN(v) || math.IsInf(v, 0) {
			number = false
			continue
		}
		c := new(big.Rat).SetFloat64(x.c)
		sum.Add(sum, new(big.Rat).Mul(c, new(big.Rat).SetFloat64(v)))
		allowed.Add(allowed, new(big.Rat).Mul(c.Abs(c), new(big.Rat).SetFloat64(mayBeOff(by, v, off))))
	}
	if r.exact {
		sum.Abs(sum)
	}
	return number && sum.Cmp(allowed) <= 0, true, strings.Join(calls, "; ")
}

// mayBeOff is how far from the true number an answer v may be, for which the op's bound is off: that, or half an ulp where that is more,
// for the true number rounded is right; where it may be subnormal, the smallest normal number.
func mayBeOff(by op.Arithmetic, v, off float64) float64 {
	off = max(off, by.Ulp(v)/2)
	if math.Abs(v)-off < by.Normal() && off < by.Normal() {
		return by.Normal()
	}
	return off
}
