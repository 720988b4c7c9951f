package judge

import (
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A question is a call with what is true, and what is allowed: found once, however many
// subjects and claims it is for.
type question struct {
	call  op.Call
	in    op.Precision // by whose ulps replies are judged
	truth op.Truth

	allowance *op.Allowance // nil until a claim asks for it
	by        op.Declared   // whom it is for

	small *bool // whether a subnormal number is in it; nil until it is asked for
}

func newQuestion(c op.Call, p op.Precision) *question {
	return &question{call: c, in: p, truth: c.Truth()}
}

// allowed is what REQUIRED allows one who declares so much.
func (q *question) allowed(by op.Declared) *op.Allowance {
	if q.allowance == nil || q.by != by {
		a := op.Allowed(q.call, op.Arithmetic{Precision: q.in, Declared: by})
		q.allowance, q.by = &a, by
	}
	return q.allowance
}

// An Asked call is a question with what was replied.
type Asked struct {
	*question
	reply   op.Reply
	again   op.Reply // the reply to the same call, asked a second time
	changed bool     // the subject changed the call
	random  int      // the number of a random case; below 0 of any other
	by      op.Declared
	among   sequence // with which it was asked
}

// judged reports whether a is a case of c: whether the subject supports it. One
// that supports it only sometimes is not pure, and one that declares limits does.
func (a *Asked) judged(c Claim) bool {
	return a.reply.Unsupported == "" || isPure(c) && a.again.Unsupported == "" || isLimits(c) && a.by.Limits
}

// unasked says why a was never put to the subject, if it was not.
func (a *Asked) unasked() string {
	for _, r := range []op.Reply{a.reply, a.again} {
		if r.Outcome == result.NotRun {
			return r.Error
		}
	}
	return ""
}

// outcome is what c comes to by the case a that refutes it.
func (a *Asked) outcome(c Claim, broken string) result.Outcome {
	switch {
	case broken != "" && a.reply.Outcome != "":
		return a.reply.Outcome
	case broken != "" && a.again.Outcome != "":
		return a.again.Outcome
	case broken != "" && a.reply.Error != "":
		return result.Errored
	case isPure(c):
		return result.Nondeterministic
	default:
		return result.Refuted
	}
}

func isGradient(c Claim) bool { return c.ID == c.Op+".gradient" }
func isLimits(c Claim) bool   { return c.ID == c.Op+".limits" }
func isPure(c Claim) bool     { return c.ID == c.Op+".pure" }
