package judge

import (
	"encoding/json"
	"fmt"
	"math"

	"ebmcheck/properties/draw"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// smallest returns the smallest counterexample: the first of the grid, which
// goes from simple to not, or what rapid shrinks the first random one to.
func (cs Cases) smallest(c Claim, s op.Subject, l levelTally) *result.Counterexample {
	level := l.level
	refuted := func(a Asked) (part, string, bool) {
		parts, broken := c.by(a, cs.regime)
		for _, p := range parts {
			if !(p.spent(level) <= 1) {
				return p, "", true
			}
		}
		return part{}, broken, broken != ""
	}
	a := *l.first
	gone := a.reply.Outcome != "" || a.again.Outcome != "" // each such case would cost a process
	if a.call.Batch != nil && !gone {
		call := cs.simplestBatch(a.call, func(calls []op.Call) []bool {
			fails := make([]bool, len(calls))
			for i, call := range calls {
				b := askOne(s, call)
				_, _, no := refuted(b)
				fails[i] = no && b.judged(c)
			}
			return fails
		})
		if again := askOne(s, call); again.judged(c) {
			if _, _, no := refuted(again); no {
				a = again
			}
		}
	} else if a.random >= 0 && !gone {
		call := draw.Shrink(cs.draw, cs.seed+uint64(a.random), a.call, func(call op.Call) bool {
			a := askOne(s, call)
			_, _, no := refuted(a)
			return no && a.judged(c)
		})
		if again := askOne(s, call); again.judged(c) {
			if _, _, no := refuted(again); no {
				a = again
			}
		}
	}
	p, broken, _ := refuted(a)
	x := counterexample(a, p, level)
	if broken != "" {
		x.What, x.Got, x.GotHex, x.Want, x.WantHex, x.Enclosure, x.Allowance = "reply", broken, "", "an answer", "", "", ""
	} else if isPure(c) && !a.changed {
		x.Got, x.Want = a.again.Unlike(a.reply)
		x.GotHex, x.WantHex, x.Enclosure, x.Allowance = "", "", "", "no difference"
	}
	return x
}

// counterexample writes down a call with what was got and what is right.
func counterexample(a Asked, p part, level result.Level) *result.Counterexample {
	call, err := json.Marshal(a.call)
	if err != nil {
		panic("properties: " + err.Error()) // cases are calls of known ops
	}
	want := a.in.Nearest(p.want.Lo)
	x := &result.Counterexample{Case: a.call.String(), Call: call, Hex: result.Each(a.call.Energies, result.Hex), What: p.what,
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
