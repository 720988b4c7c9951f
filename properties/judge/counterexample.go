package judge

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A mistake is what is wrong with a reply by a claim at a level: a number of it, or the
// reply as a whole.
type mistake struct {
	part   part
	broken string // of the whole
}

// mistakes are all of those of a.
func mistakes(c Claim, a *Asked, level result.Level) []mistake {
	parts, broken := c.by(a)
	if broken != "" {
		return []mistake{{broken: broken}}
	}
	var ms []mistake
	for _, p := range parts {
		if !(p.spent(level) <= 1) {
			ms = append(ms, mistake{part: p})
		}
	}
	return ms
}

// alike reports whether n is as bad as m: of the same sort of number, a NaN or an infinity
// only for one, and at least a tenth as large.
func (m mistake) alike(n mistake) bool {
	if m.broken != "" || n.broken != "" {
		return m.broken != "" && n.broken != ""
	}
	sort := func(m mistake) (name string, nan bool, inf int) {
		name, _, _ = strings.Cut(m.part.what, "[")
		for sign := -1; sign <= 1; sign += 2 {
			if math.IsInf(m.part.got, sign) {
				inf = sign
			}
		}
		return name, math.IsNaN(m.part.got), inf
	}
	name, nan, inf := sort(m)
	name2, nan2, inf2 := sort(n)
	return name == name2 && nan == nan2 && inf == inf2 && n.size() >= m.size()/10
}

// size is the error relative to what is right, 1 where no digit is right.
func (m mistake) size() float64 {
	p := m.part
	far := max(p.got-p.want.Hi.Near, p.want.Lo.Near-p.got)
	near := min(math.Abs(p.want.Lo.Near), math.Abs(p.want.Hi.Near))
	if share := far / near; share < 1 {
		return share
	}
	return 1
}

// grossest is the mistake that is largest.
func grossest(ms []mistake) mistake {
	return slices.MaxFunc(ms, func(m, n mistake) int { return cmp.Compare(m.size(), n.size()) })
}

// smallest returns the counterexample of a claim at the level of l, and whether it fails
// when it is asked alone: the first case that failed, which of the grid is a simple one,
// or, if that is off by less than a thousandth, the first in which no digit is right;
// made simpler while the mistake stays as bad. What fails only among other calls, or did
// only once, is told with them.
func (cs Cases) smallest(c Claim, s *sitting, l levelTally) (x *result.Counterexample, alone bool) {
	a := l.first
	m := mistakes(c, a, l.level)[0]
	if l.gross != nil && m.broken == "" && m.size() < 1e-3 {
		a = l.gross
		m = grossest(mistakes(c, a, l.level))
	}
	ended := m.broken != "" && (a.reply.Outcome != "" || a.again.Outcome != "") // each such case would cost a process
	if cs.checks == 0 || ended {
		return m.counterexample(c, a, l.level), true
	}
	fails := func(a *Asked) []mistake {
		if !c.concerns(a.question) || !a.judged(c) {
			return nil
		}
		return mistakes(c, a, l.level)
	}
	if one := s.alone(a.question); len(fails(one)) == 0 {
		q, again, shown := s.among(a, one, func(a *Asked) bool { return len(fails(a)) > 0 })
		if shown {
			a, m = again, fails(again)[0]
		}
		x := m.counterexample(c, a, l.level)
		q.keep(x, shown)
		return x, false
	}
	like := func(a *Asked) (mistake, bool) {
		for _, n := range fails(a) {
			if m.alike(n) {
				return n, true
			}
		}
		return mistake{}, false
	}
	small := cs.simplest(a.call, func(calls []op.Call) []bool {
		fails := make([]bool, len(calls))
		questions := make([]*question, len(calls))
		for i, c := range calls {
			questions[i] = newQuestion(c, cs.in)
		}
		for i, a := range s.ask(questions) {
			if a.reply.Outcome != "" || a.again.Outcome != "" {
				return nil
			}
			_, fails[i] = like(a)
		}
		return fails
	})
	if !small.Equal(a.call) {
		again := s.alone(newQuestion(small, cs.in))
		if n, ok := like(again); ok {
			a, m = again, n
		}
	}
	return m.counterexample(c, a, l.level), true
}

// simplest is the simplest call of the regime that fails, from c, which does.
func (cs Cases) simplest(c op.Call, fails func([]op.Call) []bool) op.Call {
	row := c.Op.Row()
	if c.Batch != nil {
		return cs.simplestBatch(c, fails)
	}
	from := draw.Point{List: c.Energies, Place: -1}
	if row.Answer {
		from.Place = c.Answer
	}
	for _, q := range row.Params {
		from.Rest = append(from.Rest, q.Of(c))
	}
	call := func(p draw.Point) op.Call {
		d := op.Call{Op: c.Op, Energies: p.List, Answer: max(p.Place, 0)}
		for i, q := range row.Params {
			q.Set(&d, p.Rest[i])
		}
		return d
	}
	return simplified(from, row.Least(), call, func(d op.Call) bool { return cs.has(d, c) }, fails)
}

// simplified is the call of the simplest point, from the given one and with a list of at least so many numbers, of which
// the call could be a case and fails.
func simplified(from draw.Point, least int, call func(p draw.Point) op.Call, has func(c op.Call) bool, fails func([]op.Call) []bool) op.Call {
	return call(draw.Simplify(from, least, func(ps []draw.Point) []bool {
		yes := make([]bool, len(ps))
		var calls []op.Call
		var at []int
		for i, p := range ps {
			if d := call(p); has(d) {
				calls, at = append(calls, d), append(at, i)
			}
		}
		if len(calls) == 0 {
			return yes
		}
		fail := fails(calls)
		if fail == nil {
			return nil
		}
		for k, i := range at {
			yes[i] = fail[k]
		}
		return yes
	}))
}

// has reports whether c could be one of the cases: of the regime, in the precision, with
// every parameter in its range, below 0 only if it is in the case from.
func (cs Cases) has(c, from op.Call) bool {
	return inRange(c, from) && cs.in.Holds(c) && cs.regime.holds(c, cs.in)
}

// inRange reports whether every parameter of c is in its range, below 0 only if it is in from.
func inRange(c, from op.Call) bool {
	for _, q := range c.Op.Row().Params {
		x, was := q.Of(c), q.Of(from)
		if x != was && !q.Scale && (x < 0 && was >= 0 || q.Within != (op.Within{}) && !(q.Within.Lo <= x && x <= q.Within.Hi)) {
			return false
		}
	}
	return true
}

// counterexample writes down the call of a with what was got and what is right.
func (m mistake) counterexample(c Claim, a *Asked, level result.Level) *result.Counterexample {
	x := counterexample(a, m.part, level)
	if m.broken != "" {
		lines := strings.Split(strings.TrimSpace(m.broken), "\n") // of a traceback the last says what it is
		x.What, x.Got, x.GotHex, x.Want, x.WantHex, x.Enclosure, x.Allowance = "reply", strings.TrimPrefix(strings.TrimSpace(lines[len(lines)-1]), refuses), "", "an answer", "", "", ""
	} else if isPure(c) && !a.changed {
		x.Want, x.Got = a.again.Unlike(a.reply)
		x.GotHex, x.WantHex, x.Enclosure, x.Allowance = "", "", "", "no difference"
	} else if d, own := a.call.Op.Row().Definition(); own && level == result.Required {
		switch {
		case m.size() <= math.Sqrt(a.in.Unit()) && softened.MatchString(d.Formula):
			x.Note = otherForm + ". (In PyTorch softplus(t) is t beyond its threshold, 20: threshold=40 keeps the digits.)"
		case m.size() <= math.Sqrt(a.in.Unit()):
			x.Note = otherForm
		case m.cancelled(a):
			x.Note = cancelled
		}
	}
	return x
}

// otherForm is said of a loss by formula where half of the digits are right, and cancelled where none is, but it is off by a few
// roundings of a larger number.
const (
	otherForm = "most digits are right: the code may add or multiply in another order than the formula. " + joinIt
	cancelled = "off by the rounding of a larger number: the code may have this one as a difference, as 1 − p or ln Σ e^x − x_y. " + joinIt
	joinIt    = "Compute as the formula is written, or, if the code loses no more than must be, join its form to the formula by =, as logsumexp(j: (F[y] - F[j])/t) = F[y]/t + logsumexp(j: -F[j]/t)"
)

// softened are formulas that may be computed with a softplus.
var softened = regexp.MustCompile(`softplus|log\(1 \+ |log1p|log\(sigmoid`)

// cancelled reports whether the part is off by no more than 8 roundings of the largest slope, or of a value of the largest energy or 1.
func (m mistake) cancelled(a *Asked) bool {
	size := 0.0
	if m.part.nth > 0 {
		for _, g := range a.truth.Grad {
			size = max(size, math.Abs(g.Lo.Near))
		}
	} else {
		size = 1
		for _, f := range a.call.Energies {
			size = max(size, math.Abs(f))
		}
	}
	return max(m.part.got-m.part.want.Hi.Near, m.part.want.Lo.Near-m.part.got) <= 8*a.in.Unit()*size
}

// counterexample writes down a call with what was got and what is right.
func counterexample(a *Asked, p part, level result.Level) *result.Counterexample {
	want := a.in.Nearest(p.want.Lo)
	x := &result.Counterexample{Case: a.call.String(), Call: written(a.call), Hex: result.Each(a.call.Energies, result.Hex), What: p.name(),
		Got: result.Decimal(p.got), GotHex: result.Hex(p.got), Want: result.Decimal(want), WantHex: result.Hex(want)}
	if p.want.Lo != p.want.Hi && !math.IsNaN(want) {
		to := a.in.Nearest(p.want.Hi)
		x.Want = fmt.Sprintf("from %s to %s", result.Decimal(want), result.Decimal(to))
		x.WantHex = fmt.Sprintf("from %s to %s", result.Hex(want), result.Hex(to))
	} else if near := p.want.Lo.Near; !math.IsNaN(near) && !math.IsInf(near, 0) {
		x.Enclosure = p.want.Lo.Enclosure().String()
	}
	x.Allowance = p.allowance(level)
	return x
}

// written is a call as the protocol has it.
func written(c op.Call) json.RawMessage {
	b, err := json.Marshal(c)
	if err != nil {
		panic("judge: " + err.Error()) // cases are calls of known ops
	}
	return b
}
