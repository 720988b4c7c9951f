package judge

import (
	"math"
	"strings"
	"testing"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// TestOtherForm: who loses some digits of a loss by formula is told of other forms, and who loses all to a difference of
// larger numbers; who computes another loss, or one of the catalogue, is not.
func TestOtherForm(t *testing.T) {
	o, err := op.Define("judge_other_form", "beta*(F[y] - F[ybar])")
	if err != nil {
		t.Fatal(err)
	}
	if _, example, _ := strings.Cut(joinIt, ", as "); !readable(example) { // what is shown to be written can be
		t.Errorf("%s: no two forms of a loss", example)
	}
	soft, err := op.Define("judge_softened", "softplus(F[y] - F[ybar])")
	if err != nil {
		t.Fatal(err)
	}
	softplus := func(c op.Call) float64 {
		d := c.Energies[0] - c.Energies[1]
		return max(d, 0) + math.Log1p(math.Exp(-math.Abs(d)))
	}
	note := func(o op.Op, f func(c op.Call) float64) (notes []string) {
		s := op.Funcs("t", map[op.Op]func(op.Call) op.Reply{o: func(c op.Call) op.Reply { return op.Reply{Value: f(c)} }})
		for _, r := range (Unit{Op: o, Regime: Tame, Claims: About(o, Tame)}).Run(s, 1, 20) {
			if r.Claim == string(o)+".value" && r.Level == result.Required && r.Small != nil {
				notes = append(notes, r.Small.Note)
			}
		}
		return notes
	}
	for _, c := range []struct {
		what string
		got  []string
		want string
	}{
		{"off by 2⁻⁴⁰", note(o, func(c op.Call) float64 { return c.Beta * (c.Energies[0] - c.Energies[1]) * (1 + 0x1p-40) }), otherForm},
		{"no β", note(o, func(c op.Call) float64 { return c.Energies[0] - c.Energies[1] }), ""},
		{"a threshold", note(soft, func(c op.Call) float64 {
			if d := c.Energies[0] - c.Energies[1]; d > 20 {
				return d
			}
			return softplus(c)
		}), otherForm + ". (In PyTorch softplus(t) is t beyond its threshold, 20: threshold=40 keeps the digits.)"},
		{"the logarithm of 1 + e^d", note(soft, func(c op.Call) float64 {
			if d := c.Energies[0] - c.Energies[1]; d < 0 {
				return math.Log(1 + math.Exp(d))
			}
			return softplus(c)
		}), cancelled},
		{"0 where it is below 0.05", note(soft, func(c op.Call) float64 {
			if v := softplus(c); v > 0.05 {
				return v
			}
			return 0
		}), ""},
		{"of the catalogue", note(op.Hinge, func(c op.Call) float64 {
			return math.Max(0, c.Margin+c.Energies[0]-c.Energies[1]) * (1 + 0x1p-40)
		}), ""},
	} {
		if len(c.got) != 1 || c.got[0] != c.want {
			t.Errorf("%s: %q, want one, %q", c.what, c.got, c.want)
		}
	}
}

// readable reports whether text is forms of one loss.
func readable(text string) bool {
	o, err := op.Define("judge_joined", text)
	return err == nil && len(o.Row().Forms) == 2
}
