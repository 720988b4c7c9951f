package judge

import (
	"math"
	"testing"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A spread is counted in its binade: 0 and what is small in the first, the greatest in the last.
func TestBinade(t *testing.T) {
	for _, c := range []struct {
		F    []float64
		from float64
	}{
		{[]float64{3}, 0}, {[]float64{3, 3}, 0}, {[]float64{0, 0x1p-11}, 0}, {[]float64{0, 0x1p-10}, 0x1p-10}, {[]float64{1, 0.5, 0}, 1},
		{[]float64{-0.5, 1.49}, 1}, {[]float64{2, 0}, 2}, {[]float64{0, 0x1.8p19}, 0x1p19}, {[]float64{0, 0x1p20}, 0x1p20}, {[]float64{-1e300, 1e300}, 0x1p20},
	} {
		var s spreads
		s.add(c.F, []part{{ulps: 0.5, required: 2}})
		s.add(c.F, []part{{ulps: 3, required: 12}, {ulps: 1, required: 2}})
		s.add(c.F, nil)
		if told := s.told(); len(told) != 1 || told[0] != (result.Spread{From: result.Real(c.from), Cases: 2, Ulps: 3, Spent: 0.5}) {
			t.Errorf("%v: %+v, want 2 cases from %g, 3 ulps, half of the allowance", c.F, told, c.from)
		}
	}
}

// A subject that loses digits of large gaps alone is told so: the log loss by log(1 + e^d), whose 1 swallows a small e^d.
func TestSpreadTellsWhere(t *testing.T) {
	s := op.Funcs("naive", map[op.Op]func(op.Call) op.Reply{"log": func(c op.Call) op.Reply {
		return op.Reply{Value: math.Log(1 + math.Exp(c.Energies[0]-c.Energies[1]))}
	}})
	var told []result.Spread
	for _, r := range (Unit{Op: "log", Regime: Tame, Claims: About("log", Tame)}).Run(s, 1, 200) {
		if r.Claim == "log.value" && r.Level == result.Required {
			told = r.BySpread
		} else if r.BySpread != nil && r.Claim != "log.gradient" {
			t.Errorf("%s at %s tells spreads", r.Claim, r.Level)
		}
	}
	if len(told) < 8 {
		t.Fatalf("%d spreads", len(told))
	}
	for _, at := range told {
		if small := at.From < 0.5; small && !(at.Ulps <= 4) || at.From == 32 && !(at.Ulps > 1e6) {
			t.Errorf("from %v on: %v ulps", at.From, at.Ulps)
		}
	}
}
