package judge

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/op"
)

// TestRegressions holds the stored regressions: each says why it is there, is
// a case of its regime, and is run.
func TestRegressions(t *testing.T) {
	rs, err := readRegressions(regressionLines)
	if err != nil {
		t.Fatal(err)
	}
	run := 0
	for i, r := range rs {
		if r.Why == "" {
			t.Errorf("regression %d (%v) does not say why", i+1, r.Call)
		}
		if !r.Regime.belongs(r.Call) {
			t.Errorf("regression %d (%v) is no case of the regime %s", i+1, r.Call, r.Regime)
		}
	}
	for _, op := range op.Ops {
		for _, r := range Regimes {
			run += len(regressions(op, r))
		}
	}
	if run != len(rs) || run == 0 {
		t.Errorf("%d of %d regressions are run", run, len(rs))
	}
}

// TestHardest: all calls known that are the hardest to round are cases of the grid, of one regime
// that has them, and of float64.
func TestHardest(t *testing.T) {
	of := map[op.Op]int{}
	for _, h := range exact.Hardest() {
		name, _, _ := strings.Cut(h.Number, ".")
		of[op.Op(name)]++
	}
	for _, o := range op.Ops {
		asked := 0
		for _, r := range Regimes {
			hard := hardest(o, r, op.Float64)
			for c := range NewCases(o, r, op.Float64, 1, 0).grid() {
				if slices.ContainsFunc(hard, c.Equal) {
					asked++
				}
			}
			if n := len(hardest(o, r, op.Float32)); n > 0 {
				t.Errorf("%s, %s: %d in float32", o, r, n)
			}
		}
		if asked != of[o] {
			t.Errorf("%s: %d of %d are asked", o, asked, of[o])
		}
	}
	if len(of) < 8 {
		t.Errorf("of %d ops", len(of))
	}
}

// TestCases holds grid and random cases to their regime, precision and strata,
// for every op: that the format holds a case, that it could be sent over the
// protocol, and that every stratum is reached.
func TestCases(t *testing.T) {
	checks := 1000
	if testing.Short() {
		checks = 500
	}
	for _, p := range op.Precisions {
		for _, o := range op.Ops {
			for _, r := range Regimes {
				cs := NewCases(o, r, p, 1, checks)
				at := &sitting{reached: map[string]int{}}
				calls := cs.calls(checks)
				for i, names := range cs.stratify(calls) {
					at.count(&Asked{random: i}, names)
				}
				for _, c := range calls {
					if !r.belongs(c) {
						t.Fatalf("%v is no case of the regime %s", c, r)
					}
					if (r == Tame || r == Wide) && slices.Index(Regimes, RegimeOf(c, p)) > slices.Index(Regimes, r) {
						t.Fatalf("%s: %v is of the regime %s, not %s", p, c, RegimeOf(c, p), r)
					}
					if !r.fit(c, p).Equal(c) {
						t.Fatalf("%s does not hold %v", p, c)
					}
					if p != op.Float64 || len(c.Energies) > dense {
						continue // a number of a narrower format is sent like any other, and so are many
					}
					var back op.Call
					line, err := json.Marshal(c)
					if err == nil {
						err = json.Unmarshal(line, &back)
					}
					if err != nil || !back.Equal(c) {
						t.Fatalf("%v cannot be sent: %s (%v)", c, line, err)
					}
				}
				if s := cs.short(at); s != "" {
					t.Errorf("%s %s/%s: %s", p, o, r, s)
				}
			}
		}
	}
}

// TestFit holds fitted calls to the format and to what calls may be.
func TestFit(t *testing.T) {
	for _, p := range []op.Precision{op.Float32, op.BFloat16, op.Float16} {
		for _, o := range op.Ops {
			for _, r := range Regimes {
				for i := range 200 {
					c := p.Fit(drawCall(o, r, op.Float64).Example(i), p.Smallest())
					for _, x := range append([]float64{c.Beta, c.Margin, c.Gamma, c.Cap}, c.Energies...) {
						if p.Round(x) != x && !math.IsNaN(x) {
							t.Fatalf("%s: %v holds %v", p, c, x)
						}
					}
					if beta(o) && r != NonFinite && !(c.Beta > 0) {
						t.Fatalf("%s: %v", p, c)
					}
				}
			}
		}
	}
}

// beta reports whether o has an inverse temperature.
func beta(o op.Op) bool { _, ok := o.Row().Scaled(); return ok }

// calls are those of the grid and the first random ones.
func (cs Cases) calls(random int) []op.Call {
	calls := slices.Collect(cs.grid())
	for i := range random {
		calls = append(calls, cs.random(i))
	}
	return calls
}
