//go:build versus && unix

package versus

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/faults"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

type (
	call  = op.Call
	reply = op.Reply
)

// A program is one that answers an op.
type program struct {
	id     string
	op     op.Op
	regime judge.Regime // the easiest that shows what is wrong with it; "" where nothing is
	start  func() op.Subject
}

// asking is the program, afresh, asked one call after the other.
func (p program) asking() func(call) reply {
	s := p.start()
	return func(c call) reply {
		c.Energies = slices.Clone(c.Energies)
		return s.Answer([]call{c})[0]
	}
}

// wrong are the faults that a single call shows, in float64 and at REQUIRED.
func wrong() (ps []program) {
	for _, f := range faults.Wrong {
		if f.In == op.Float64 && f.Op().Row().Of == nil && f.Level == result.Required && f.Declared == (op.Declared{}) && !strings.HasSuffix(f.Claim, ".pure") {
			ps = append(ps, program{f.ID, f.Op(), f.Regime, f.Subject})
		}
	}
	return ps
}

// sound are the right variants, an op each.
func sound() (ps []program) {
	for _, v := range faults.Right {
		s := v.Subject()
		for _, o := range op.Ops {
			if v.In == op.Float64 && v.Declared == (op.Declared{}) && s.Offers(o) && o.Row().Of == nil {
				ps = append(ps, program{v.ID, o, "", v.Subject})
			}
		}
	}
	return ps
}

// named is the program of wrong or of sound that is called so.
func named(id string, o op.Op) program {
	all := slices.Concat(wrong(), sound())
	k := slices.IndexFunc(all, func(p program) bool { return p.id == id && p.op == o })
	if k < 0 {
		panic(fmt.Sprintf("versus: no program %s of %s", id, o))
	}
	return all[k]
}
