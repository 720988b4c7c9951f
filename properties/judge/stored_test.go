package judge

import (
	"encoding/json"
	"strings"
	"testing"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// lopsided is wrong at one energy that no grid has, and where it is far from
// it too if it is worse.
func lopsided(worse bool) op.Subject {
	ref := op.Reference()
	return op.Funcs("lopsided", map[op.Op]func(op.Call) op.Reply{op.Log: func(c op.Call) op.Reply {
		r := ref.Answer([]op.Call{c})[0]
		if c.Energies[0] == 12.375 || worse && c.Energies[0] == 1 {
			r.Value = 7
		}
		return r
	}})
}

// TestStored holds that a stored counterexample, which neither the grid nor
// the seed would ever find, is found by every later run; that one of the grid
// is preferred; and that it can be asked again alone.
func TestStored(t *testing.T) {
	h := result.NewHeader(1, 500, lopsided(false).Info())
	found := result.Result{Claim: "log.value", Layer: "code", Subject: "lopsided", Regime: "tame", Level: result.Required, Outcome: result.Refuted,
		Small: &result.Counterexample{Call: json.RawMessage(`{"op":"log","energies":[12.375,0.25],"answer":0}`)}}
	s, ok := Store(found, h)
	if !ok {
		t.Fatal("not stored")
	}
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	if s, err = ReadStored(b); err != nil {
		t.Fatal(err)
	}
	u := unitAbout(op.Log, Tame)
	required := func(s op.Subject, stored ...Stored) result.Result { return u.Run(s, 1, 500, stored...)[0] }
	if r := required(lopsided(false)); r.Outcome != result.Passed {
		t.Errorf("without it: %s", r.Outcome)
	}
	if r := required(lopsided(false), s, s); r.Outcome != result.Refuted || !strings.Contains(string(r.Small.Call), "12.375") || !s.About(r, h) {
		t.Errorf("with it: %s %+v", r.Outcome, r.Small)
	}
	if r := required(lopsided(true), s); r.Outcome != result.Refuted || strings.Contains(string(r.Small.Call), "12.375") {
		t.Errorf("with a simpler one of the grid: %s %+v", r.Outcome, r.Small)
	}
	if r, err := s.Replay(lopsided(false)); err != nil || r.Outcome != result.Refuted || r.Level != result.Required || r.Small.Got != "7" {
		t.Errorf("alone: %v, %s %+v", err, r.Outcome, r.Small)
	}
	if r, err := s.Replay(op.Reference()); err != nil || r.Outcome != result.Passed || r.Worst == nil {
		t.Errorf("the reference: %v, %s", err, r.Outcome)
	}
	narrow := lopsided(false)
	narrow.Precision = op.BFloat16
	if r := required(narrow, s); r.Outcome != result.Passed && strings.Contains(string(r.Small.Call), "12.375") {
		t.Errorf("in another precision: %s %+v", r.Outcome, r.Small)
	}
	if _, err := Replay(narrow, op.Call{Op: op.Log, Energies: []float64{0.1, 0}}); err == nil || !strings.Contains(err.Error(), "lopsided answers in bfloat16, which does not hold every number") {
		t.Errorf("a number that bfloat16 has not: %v", err)
	}
	for _, r := range []result.Result{{Layer: "code", Outcome: result.Passed, Worst: found.Small}, {Layer: "theory", Outcome: result.Refuted, Small: &result.Counterexample{}}} {
		if _, ok := Store(r, h); ok {
			t.Errorf("stored: %+v", r)
		}
	}
}

// TestReadStored holds the errors of a stored counterexample to what is wrong
// and what would be right.
func TestReadStored(t *testing.T) {
	for _, c := range []struct{ with, text string }{
		{``, `no stored counterexample: unexpected end`},
		{`{"op":"log","energies":[1.0,0.0],"answer":0}`, `no "claim"`},
		{`{"claim":"log.valu"}`, `the nearest is "log.value"`},
		{`{"claim":"log.value","regime":"tame","level":"required"}`, `no "call"`},
		{`{"claim":"log.value","regime":"tame","level":"required","call":{"op":"log","energies":[1.0],"answer":0}}`, `"call": op log: 1 energies, want the pair`},
		{`{"claim":"log.value","regime":"tame","level":"required","call":{"op":"mce","energies":[1.0,0.0],"answer":0}}`, `not about the op of the call, mce`},
		{`{"claim":"log.value","regime":"nonfinite","level":"required","call":{"op":"log","energies":[1.0,0.0],"answer":0}}`, `log.value is asked in [tame wide extreme]`},
		{`{"claim":"log.value","regime":"extreme","level":"required","call":{"op":"log","energies":[1e+300,0.0],"answer":0}}`, `level "required": want one of [recommended]`},
		{`{"claim":"log.value","regime":"wide","level":"required","call":{"op":"log","energies":[1.0,0.0],"answer":0}}`, ``},
	} {
		_, err := ReadStored([]byte(c.with))
		if err == nil && c.text != "" || err != nil && (c.text == "" || !strings.Contains(err.Error(), c.text)) {
			t.Errorf("%s: got %v, want %s", c.with, err, c.text)
		}
	}
}

// TestStorable holds that what any case could leave behind is read again.
func TestStorable(t *testing.T) {
	for _, p := range op.Precisions {
		for _, o := range op.Ops {
			for _, r := range Regimes {
				for _, c := range NewCases(o, r, p, 1, 200).calls(200) {
					if !r.holds(c, p) || !p.Holds(c) {
						t.Errorf("%s, %s: %v is one of the regime %s", p, r, c, RegimeOf(c, p))
						break
					}
				}
			}
		}
	}
}

// TestReadStoredMoved holds a counterexample whose call is of another regime by
// now, for the regimes change, to that regime.
func TestReadStoredMoved(t *testing.T) {
	s, err := ReadStored([]byte(`{"claim":"log.value","regime":"tame","level":"required","call":{"op":"log","energies":[1e+300,0.0],"answer":0}}`))
	if err != nil || s.Regime != Extreme || s.Level != result.Recommended {
		t.Errorf("%s, %s, %v: want extreme, recommended", s.Regime, s.Level, err)
	}
	s, err = ReadStored([]byte(`{"claim":"gibbs.nonfinite","regime":"nonfinite","level":"required","call":{"op":"gibbs","beta":1.0,"energies":["Infinity"]}}`))
	if err != nil || s.Claim != "gibbs.undefined" || s.Level != result.Recommended {
		t.Errorf("%s, %s, %v: want gibbs.undefined, recommended", s.Claim, s.Level, err)
	}
	if _, err := ReadStored([]byte(`{"claim":"log.nonfinite","regime":"nonfinite","level":"required","call":{"op":"log","energies":[1.0,0.0],"answer":0}}`)); err == nil {
		t.Error("a call that is finite is read as one that is not")
	}
}
