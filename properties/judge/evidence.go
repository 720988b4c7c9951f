package judge

import (
	"math"
	"slices"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// Evidence is what a subject replied to some of the cases of a claim: of those that refute
// it, and of those that do not, the first and then ever fewer.
type Evidence struct {
	claim        Claim
	regime       Regime
	level        result.Level // the strictest that is asked
	wrong, right pick
}

// A pick is some of the cases that it is given: the first 16, then each that comes an
// eighth later than the last that was kept.
type pick struct {
	kept []*Asked
	met  int
	next int
}

func (p *pick) add(a *Asked) {
	p.met++
	if p.met >= p.next {
		one := *a
		one.among = sequence{}
		p.kept = append(p.kept, &one)
		p.next = max(p.met+1, p.met*9/8)
		if p.met < 16 {
			p.next = p.met + 1
		}
	}
}

// add takes a case into the evidence, which is wrong at the level or not.
func (e *Evidence) add(a *Asked, level result.Level, wrong bool) {
	e.level = level
	if wrong {
		e.wrong.add(a)
	} else {
		e.right.add(a)
	}
}

// wrong reports whether what is judged of a reply is wrong at the level.
func wrong(parts []part, broken string, level result.Level) bool {
	return broken != "" || slices.ContainsFunc(parts, func(p part) bool { return !(p.spent(level) <= 1) })
}

// Evidence is what there is against a claim; ok is false if nothing is.
func (t *Tally) Evidence() (e Evidence, ok bool) { return t.evidence, len(t.evidence.wrong.kept) > 0 }

// likely is what the sitting guesses of a claim that is refuted, or else the slip that the
// answers are those of. Nothing is guessed of a subject that remembers: what it answers is
// not by the call alone.
func (t *Tally) likely(s *sitting) (likely, mend string) {
	e, ok := t.Evidence()
	if s.remembers || !ok || isPure(t.claim) {
		return "", ""
	}
	if s.guess != nil {
		likely, mend = s.guess(e)
	}
	if likely == "" {
		likely, mend = e.Slip()
	}
	return likely, mend
}

// Op is the op that the evidence is about.
func (e Evidence) Op() op.Op { return op.Op(e.claim.Op) }

// Regime is that of its cases.
func (e Evidence) Regime() Regime { return e.regime }

// In is the precision of the subject.
func (e Evidence) In() op.Precision { return e.wrong.kept[0].in }

// Alike reports whether s answers as the subject did: wrongly where it did, by the same
// numbers, and rightly where it did. Numbers are the same to nine digits of them or of the
// mistake, or to four ulps of a narrower format, for the roundings of two implementations of
// one mistake differ; and much nearer to each other than to what is right. Beside the
// limit of what is allowed such a rounding decides, in a quarter of the cases at most.
func (e Evidence) Alike(s op.Subject) bool {
	beside := 0
	digits := max(1e-9, 4*(e.In().Next(1, 2)-1))
	for _, some := range [][]*Asked{e.wrong.kept, e.right.kept} {
		for few := range slices.Chunk(some, 8) { // most are told by the first
			calls := make([]op.Call, len(few))
			for i, a := range few {
				calls[i] = a.call.Clone()
			}
			for i, r := range s.Replies(calls) {
				b := *few[i]
				b.reply, b.again = r, r
				alike, decided := e.same(few[i], &b, digits)
				if !alike {
					return false
				}
				if !decided {
					beside++
				}
			}
		}
	}
	return 4*beside <= len(e.wrong.kept)
}

// same reports whether the replies of a and b are wrong in the same way, or both right;
// or nearly the same, and only one of them refuted, which decides nothing.
func (e Evidence) same(a, b *Asked, digits float64) (alike, decided bool) {
	decided = true
	ps, broken := e.claim.by(a)
	qs, broken2 := e.claim.by(b)
	if broken != "" || broken2 != "" {
		return broken != "" && broken2 != "" && (a.reply.Error == "") == (b.reply.Error == ""), true
	}
	if len(ps) != len(qs) || !b.judged(e.claim) {
		return false, true
	}
	for i, p := range ps {
		q := qs[i]
		refuted, refuted2 := !(p.spent(e.level) <= 1), !(q.spent(e.level) <= 1)
		if refuted != refuted2 && math.Abs(q.got-p.got) <= digits*math.Abs(p.got) {
			decided = false
			continue
		}
		if refuted != refuted2 {
			return false, true
		}
		if !refuted || p.got == q.got || math.IsNaN(p.got) && math.IsNaN(q.got) {
			continue
		}
		far := max(math.Abs(p.got-p.want.Hi.Near), math.Abs(p.want.Lo.Near-p.got))
		if apart := math.Abs(q.got - p.got); math.IsInf(p.got, 0) || !(apart <= digits*max(math.Abs(p.got), far)) || !(apart <= far/8) {
			return false, true
		}
	}
	return true, decided
}
