package judge

import (
	"math"
	"slices"
	"testing"

	"ebmcheck/properties/op"
)

// TestSlip holds what is said of answers by another formula than that of the op, and that
// of answers by none nothing is.
func TestSlip(t *testing.T) {
	focal, err := op.Define("focal_of_slips", "(1 - p[y])^gamma * -log(p[y])", op.ParamRange{Name: "gamma", Lo: 0, Hi: 5})
	if err != nil {
		t.Fatal(err)
	}
	logP := func(c op.Call) float64 {
		least, z := math.Inf(1), 0.0
		for _, F := range c.Energies {
			least = math.Min(least, F)
		}
		for _, F := range c.Energies {
			z += math.Exp(-c.Beta * (F - least))
		}
		return -c.Beta*(c.Energies[c.Answer]-least) - math.Log(z)
	}
	pair := func(t float64) op.Reply {
		if t <= 0 {
			return op.Reply{Grad: []float64{0, 0}}
		}
		return op.Reply{Value: t, Grad: []float64{-1, 1}}
	}
	for _, c := range []struct {
		name, claim, likely, mend string
		of                        op.Op
		f                         func(op.Call) op.Reply
	}{
		{"p for 1 − p", "focal_of_slips.value", "as if ℓ = p_y^γ·(−ln p_y): p_y for 1 − p_y", "compute ℓ = (1 − p_y)^γ·(−ln p_y)", focal,
			func(c op.Call) op.Reply {
				return op.Reply{Value: math.Exp(c.Gamma*logP(c)) * -logP(c)}
			}},
		{"no exponent", "focal_of_slips.value", "as if ℓ = (1 − p_y)¹·(−ln p_y): γ → 1", "compute ℓ = (1 − p_y)^γ·(−ln p_y)", focal,
			func(c op.Call) op.Reply { return op.Reply{Value: -math.Expm1(logP(c)) * -logP(c)} }},
		{"a number", "focal_of_slips.value", "", "", focal, func(op.Call) op.Reply { return op.Reply{Value: 0.1} }},
		{"NaN", "focal_of_slips.value", "", "", focal, func(op.Call) op.Reply { return op.Reply{Value: math.NaN()} }},
		{"exchanged", "hinge.value", "as if ℓ = [m + F̄ − F]⁺: y and ȳ exchanged", "compute ℓ = [m + F − F̄]⁺", op.Hinge,
			func(c op.Call) op.Reply { return pair(c.Margin + c.Energies[1] - c.Energies[0]) }},
		{"exchanged, its gradient", "hinge.gradient", "as if ℓ = [m + F̄ − F]⁺: y and ȳ exchanged", "compute ℓ = [m + F − F̄]⁺", op.Hinge,
			func(c op.Call) op.Reply { return pair(c.Margin + c.Energies[1] - c.Energies[0]) }},
		{"exchanged, but for a thousandth", "hinge.value", "", "", op.Hinge,
			func(c op.Call) op.Reply { return pair(1.001 * (c.Margin + c.Energies[1] - c.Energies[0])) }},
		{"exchanged above 0", "hinge.value", "", "", op.Hinge, func(c op.Call) op.Reply {
			if c.Energies[0] <= 0 {
				c.Energies = []float64{c.Energies[1], c.Energies[0]}
			}
			return pair(c.Margin + c.Energies[1] - c.Energies[0])
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := op.Funcs("s", map[op.Op]func(op.Call) op.Reply{c.of: c.f})
			claims := slices.DeleteFunc(About(c.of, Tame), func(k Claim) bool { return k.ID != c.claim })
			tally := Tallies(claims, Tame, s)[0]
			for _, a := range RandomCases(c.of, Tame, op.Float64, 1, 0, 200).Ask([]op.Subject{s}, nil) {
				tally.Add(a)
			}
			e, ok := tally.Evidence()
			if likely, mend := e.Slip(); !ok || likely != c.likely || mend != c.mend {
				t.Errorf("refuted: %v; likely %q, mend %q; want %q, %q", ok, likely, mend, c.likely, c.mend)
			}
		})
	}
}
