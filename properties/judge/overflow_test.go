package judge

import (
	"math"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// refutes returns the names of the claims that refute f at REQUIRED on o in r, in one in some cases of the grid and a few others.
func refutes(o op.Op, r Regime, some int, f func(c op.Call) op.Reply) (names []string) {
	s := op.Funcs("t", map[op.Op]func(op.Call) op.Reply{o: f})
	tallies := Tallies(About(o, r), r, s)
	for _, a := range NewCases(o, r, op.Float64, 1, 100).Thinned(some).Ask([]op.Subject{s}, nil) {
		for _, t := range tallies {
			t.Add(a)
		}
	}
	for _, t := range tallies {
		if t.Refuted() == result.Required {
			names = append(names, strings.TrimPrefix(t.Claim(), string(o)+"."))
		}
	}
	return names
}

func defined(t *testing.T, name, formula string) op.Op {
	o, err := op.Define(name, formula)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestNaNOfOverflow: where a formula overflows as it is written a NaN is right, of the value and of the gradient; and elsewhere it is wrong.
func TestNaNOfOverflow(t *testing.T) {
	for _, l := range []struct {
		name, formula string
		f             func(F, Fbar float64) (value, dF, dFbar float64)
	}{
		{"naive_log", "log(1 + exp(F[y] - F[ybar]))", func(F, Fbar float64) (float64, float64, float64) {
			e := math.Exp(F - Fbar)
			return math.Log(1 + e), e / (1 + e), -e / (1 + e)
		}},
		{"naive_difference", "exp(F[y]) - exp(F[ybar])", func(F, Fbar float64) (float64, float64, float64) {
			return math.Exp(F) - math.Exp(Fbar), math.Exp(F), -math.Exp(Fbar)
		}},
		{"branched", "if(F[y] < F[ybar], exp(F[y] - F[ybar]), F[y] - F[ybar] + 1)", func(F, Fbar float64) (float64, float64, float64) {
			if F < Fbar {
				e := math.Exp(F - Fbar)
				return e, e, -e
			}
			return F - Fbar + 1, 1, -1
		}},
		{"naive_share", "exp(F[y])/(exp(F[y]) + exp(F[ybar]))", func(F, Fbar float64) (float64, float64, float64) {
			a, b := math.Exp(F), math.Exp(Fbar)
			p, q := a/(a+b), b/(a+b)
			return p, p * q, -p * q
		}},
	} {
		o := defined(t, l.name, l.formula)
		reply := func(c op.Call) op.Reply {
			v, g, h := l.f(c.Energies[0], c.Energies[1])
			return op.Reply{Value: v, Grad: []float64{g, h}}
		}
		for _, r := range []Regime{Wide, Extreme} {
			if names := refutes(o, r, 1, reply); len(names) > 0 {
				t.Errorf("%s as it is written is refuted in %s by %s", l.formula, r, names)
			}
		}
		for what, f := range map[string]func(r op.Reply) op.Reply{
			"value":    func(r op.Reply) op.Reply { return op.Reply{Value: math.NaN(), Grad: r.Grad} },
			"gradient": func(r op.Reply) op.Reply { return op.Reply{Value: r.Value, Grad: []float64{r.Grad[0], math.NaN()}} },
		} {
			early := func(c op.Call) op.Reply {
				if d := math.Abs(c.Energies[0] - c.Energies[1]); d > 20 && d < 40 {
					return f(reply(c))
				}
				return reply(c)
			}
			if names := refutes(o, Tame, 1, early); !slices.Contains(names, what) {
				t.Errorf("%s with a NaN as its %s where nothing overflows is refuted by %s", l.formula, what, names)
			}
		}
	}
}

// TestNaNOfZero: where a probability that rounds to 1 makes an infinity of ln(1 − p), the slope of an impossible answer, 0·∞, is a NaN.
func TestNaNOfZero(t *testing.T) {
	o := defined(t, "naive_unlikelihood", "-log(1 - p[y])")
	reply := func(c op.Call) op.Reply {
		p := op.Call{Op: op.Gibbs, Energies: c.Energies, Beta: c.Beta}
		r := op.Reply{Value: math.NaN(), Grad: op.Reference().Replies([]op.Call{p})[0].Probs}
		if r.Grad == nil {
			return r
		}
		py := r.Grad[c.Answer]
		r.Value = -math.Log(1 - py)
		for j := range r.Grad { // as automatic differentiation has it
			g := 0.0
			if j == c.Answer {
				g = 1 / (1 - py)
			}
			r.Grad[j] *= -c.Beta * (g - py/(1-py))
		}
		return r
	}
	if names := refutes(o, NonFinite, 40, reply); slices.Contains(names, "impossible") {
		t.Error("as it is written it is refuted")
	}
	if names := refutes(o, NonFinite, 40, func(c op.Call) op.Reply {
		r := reply(c)
		for j, F := range c.Energies {
			if math.IsInf(F, 1) && r.Grad != nil {
				r.Grad[j] = math.NaN()
			}
		}
		return r
	}); !slices.Contains(names, "impossible") {
		t.Errorf("a NaN as the slope of every impossible answer is refuted by %s", names)
	}
}

// TestNaNIsShown: of what is allowed a NaN no count of ulps is shown in which no digit is right.
func TestNaNIsShown(t *testing.T) {
	for allow, want := range map[float64]string{3: "3 ulps; it is no number", 4e307: "a number"} {
		if got := (part{got: math.NaN(), ulps: math.Inf(1), required: allow}).allowance(result.Required); got != want {
			t.Errorf("%v ulps: %q, want %q", allow, got, want)
		}
	}
}

// TestNaNOfBranch: an exponential that overflows in the branch that is not taken is no excuse, neither for 0·∞ nor for an infinity.
func TestNaNOfBranch(t *testing.T) {
	o := defined(t, "branched", "if(F[y] < F[ybar], exp(F[y] - F[ybar]), F[y] - F[ybar] + 1)")
	names := refutes(o, Wide, 1, func(c op.Call) op.Reply { // as where(d < 0, exp(d), d + 1) is differentiated by itself
		d := c.Energies[0] - c.Energies[1]
		e, then, other := math.Exp(d), 1.0, 0.0
		v := e
		if d >= 0 {
			v, then, other = d+1, 0, 1
		}
		slope := then*e + other
		return op.Reply{Value: v, Grad: []float64{slope, -slope}}
	})
	if !slices.Contains(names, "gradient") || !slices.Contains(names, "finite") {
		t.Errorf("refuted by %s, want gradient and finite", names)
	}
}

// TestEndless: of a loss that is infinite a NaN is right, a number is wrong; where it is a number a NaN is wrong.
func TestEndless(t *testing.T) {
	o := defined(t, "endless", "log(1 + sum(j != y: exp(F[y] - F[j])))")
	shifted := func(c op.Call, none float64) op.Reply {
		F, most := c.Energies[c.Answer], math.Inf(-1)
		for j, f := range c.Energies {
			if j != c.Answer {
				most = max(most, F-f)
			}
		}
		sum := 0.0
		for j, f := range c.Energies {
			if j != c.Answer {
				sum += math.Exp(F - f - most)
			}
		}
		t := most + math.Log(sum)
		if math.IsInf(most, -1) {
			t = none
		}
		return op.Reply{Value: max(t, 0) + math.Log1p(math.Exp(-math.Abs(t)))}
	}
	for _, c := range []struct {
		what string
		f    func(c op.Call) op.Reply
		want bool
	}{
		{"shifted by the maximum", func(c op.Call) op.Reply { return shifted(c, math.Inf(-1)) }, false},
		{"a NaN where the others are impossible", func(c op.Call) op.Reply { return shifted(c, math.NaN()) }, true},
		{"at most 700", func(c op.Call) op.Reply {
			r := shifted(c, math.Inf(-1))
			if math.IsInf(c.Energies[c.Answer], 1) {
				r.Value = 700
			}
			return r
		}, true},
	} {
		if names := refutes(o, NonFinite, 10, c.f); slices.Contains(names, "impossible") != c.want {
			t.Errorf("%s: refuted by %s", c.what, names)
		}
	}
}
