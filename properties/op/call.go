package op

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// Op names an operation that a subject can offer (PROTOCOL.md, "Operations").
type Op string

// The operations of the protocol.
const (
	Gibbs        Op = "gibbs"
	FreeEnergy   Op = "free_energy"
	Infer        Op = "infer"
	Energy       Op = "energy"
	Perceptron   Op = "perceptron"
	NLL          Op = "nll"
	MEE          Op = "mee"
	Simple       Op = "simple"
	Hinge        Op = "hinge"
	Log          Op = "log"
	SoftHinge    Op = "soft_hinge"
	SquareSquare Op = "square_square"
	SquareExp    Op = "square_exp"
	MCE          Op = "mce"
	LVQ2         Op = "lvq2"
)

// Sent says which fields of a Call an op uses besides the energies, and what
// it answers.
type Sent struct {
	Pair                        bool // exactly two energies, F = [F(x,y), F(x,ȳ)], and answer 0
	Answer                      bool
	Beta, Margin, Gamma, Cap    bool
	AnswersProbs, AnswersIndex  bool // otherwise a value and a gradient
	truth                       func(Call) exact.Truth
	Formula, Gradient, Standard string // standard: the algorithm whose bound is REQUIRED
}

// Ops lists the operations in the protocol's order.
var Ops = []Op{Gibbs, FreeEnergy, Infer, Energy, Perceptron, NLL, MEE, Simple, Hinge, Log, SoftHinge, SquareSquare, SquareExp, MCE, LVQ2}

var Sends = map[Op]Sent{
	Gibbs: {Beta: true, AnswersProbs: true,
		truth:    func(c Call) exact.Truth { return exact.Gibbs(c.Energies, c.Beta) },
		Formula:  "p_i = exp(−βF_i) / Σ_j exp(−βF_j)",
		Standard: "x = fl(−βF), shift by max x, exp, divide by the sum"},
	FreeEnergy: {Beta: true,
		truth:    func(c Call) exact.Truth { return exact.FreeEnergy(c.Energies, c.Beta) },
		Formula:  "F_β = −(1/β) ln Σ_j exp(−βF_j)",
		Gradient: "∂F_β/∂F_i = p_i",
		Standard: "−(max x + log Σ exp(x − max x))/β, the maximum inside the sum"},
	Infer: {AnswersIndex: true,
		truth:    func(c Call) exact.Truth { return exact.Infer(c.Energies) },
		Formula:  "ŷ ∈ argmin_y F_y",
		Standard: "comparisons, which do not round"},
	Energy: {Answer: true,
		truth:    func(c Call) exact.Truth { return exact.Energy(c.Energies, c.Answer) },
		Formula:  "ℓ = F_y",
		Gradient: "∂ℓ/∂F_i = δ_iy",
		Standard: "no rounding"},
	Perceptron: {Answer: true,
		truth:    func(c Call) exact.Truth { return exact.Perceptron(c.Energies, c.Answer) },
		Formula:  "ℓ = F_y − min_j F_j",
		Gradient: "∂ℓ/∂F ∈ e_y − conv{e_i : i a minimiser}",
		Standard: "one rounding: the subtraction"},
	NLL: {Answer: true, Beta: true,
		truth:    func(c Call) exact.Truth { return exact.NLL(c.Energies, c.Answer, c.Beta) },
		Formula:  "ℓ = F_y + (1/β) ln Σ_j exp(−βF_j)",
		Gradient: "∂ℓ/∂F_i = δ_iy − p_i",
		Standard: "−((x_y − max x) − log Σ)/β; gradient one-hot − softmax by subtraction"},
	MEE: {Answer: true, Beta: true,
		truth:    func(c Call) exact.Truth { return exact.MEE(c.Energies, c.Answer, c.Beta) },
		Formula:  "ℓ = 1 − p_y",
		Gradient: "∂ℓ/∂F_i = β p_y (δ_iy − p_i)",
		Standard: "1 − p_y by subtraction; gradient β p_y (δ − p)"},
	Simple: {Pair: true, Margin: true,
		truth:    func(c Call) exact.Truth { return exact.Simple(c.Energies[0], c.Energies[1], c.Margin) },
		Formula:  "ℓ = [F]⁺ + [m − F̄]⁺",
		Gradient: "∂ℓ/∂F = 1 if F > 0 else 0;  ∂ℓ/∂F̄ = −1 if F̄ < m else 0",
		Standard: "one rounding a written operation"},
	Hinge: {Pair: true, Margin: true,
		truth:    func(c Call) exact.Truth { return exact.Hinge(c.Energies[0], c.Energies[1], c.Margin) },
		Formula:  "ℓ = [m + d]⁺, d = F − F̄",
		Gradient: "(1, −1) if m + d > 0 else (0, 0)",
		Standard: "one rounding a written operation"},
	Log: {Pair: true,
		truth:    func(c Call) exact.Truth { return exact.Log(c.Energies[0], c.Energies[1]) },
		Formula:  "ℓ = ln(1 + e^d), d = F − F̄",
		Gradient: "(σ(d), −σ(d))",
		Standard: "max(t, 0) + log1p(e^−|t|), t = fl(F − F̄); coefficient as mce"},
	SoftHinge: {Pair: true, Margin: true, Beta: true,
		truth:    func(c Call) exact.Truth { return exact.SoftHinge(c.Energies[0], c.Energies[1], c.Margin, c.Beta) },
		Formula:  "ℓ = (1/β) ln(1 + e^{β(m+d)}), d = F − F̄",
		Gradient: "(σ(β(m+d)), −σ(β(m+d)))",
		Standard: "(max(t, 0) + log1p(e^−|t|))/β, t = fl(β fl(m + d)); coefficient as mce"},
	SquareSquare: {Pair: true, Margin: true,
		truth:    func(c Call) exact.Truth { return exact.SquareSquare(c.Energies[0], c.Energies[1], c.Margin) },
		Formula:  "ℓ = ([F]⁺)² + ([m − F̄]⁺)²",
		Gradient: "∂ℓ/∂F = 2[F]⁺;  ∂ℓ/∂F̄ = −2[m − F̄]⁺",
		Standard: "one rounding a written operation"},
	SquareExp: {Pair: true, Gamma: true,
		truth:    func(c Call) exact.Truth { return exact.SquareExp(c.Energies[0], c.Energies[1], c.Gamma) },
		Formula:  "ℓ = F² + γ e^{−F̄}",
		Gradient: "∂ℓ/∂F = 2F;  ∂ℓ/∂F̄ = −γ e^{−F̄}",
		Standard: "one rounding a written operation"},
	MCE: {Pair: true,
		truth:    func(c Call) exact.Truth { return exact.MCE(c.Energies[0], c.Energies[1]) },
		Formula:  "ℓ = 1/(1 + e^{−d}), d = F − F̄",
		Gradient: "(σ(d)σ(−d), −σ(d)σ(−d))",
		Standard: "1/(1 + e^−d) for d ≥ 0, e^d/(1 + e^d) below"},
	LVQ2: {Pair: true, Cap: true,
		truth:    func(c Call) exact.Truth { return exact.LVQ2(c.Energies[0], c.Energies[1], c.Cap) },
		Formula:  "ℓ = min(M, [d]⁺), d = F − F̄",
		Gradient: "(1, −1) if 0 < d < M else (0, 0)",
		Standard: "one rounding: the subtraction"},
}

// A Call is one question to a subject. Fields that its op does not send are
// zero.
type Call struct {
	Op       Op
	Energies []float64 // F, one energy an answer; a pair op has [F(x,y), F(x,ȳ)]
	Answer   int       // y, the correct answer
	Beta     float64   // β, inverse temperature
	Margin   float64   // m
	Gamma    float64   // γ of square_exp
	Cap      float64   // M of lvq2
}

// Pair reports whether op is asked about exactly two energies,
// F = [F(x,y), F(x,ȳ)].
func Pair(op Op) bool { return Sends[op].Pair }

// Asked returns c with only the fields that its op sends.
func (c Call) Asked() Call {
	s := Sends[c.Op]
	d := Call{Op: c.Op, Energies: c.Energies}
	for _, f := range []struct {
		sent     bool
		from, to *float64
	}{{s.Beta, &c.Beta, &d.Beta}, {s.Margin, &c.Margin, &d.Margin}, {s.Gamma, &c.Gamma, &d.Gamma}, {s.Cap, &c.Cap, &d.Cap}} {
		if f.sent {
			*f.to = *f.from
		}
	}
	if s.Answer {
		d.Answer = c.Answer
	}
	return d
}

// Truth returns the true answer of c, correctly rounded by exact.
func (c Call) Truth() exact.Truth { return Sends[c.Op].truth(c) }

// wireCall is a Call as it is read from JSON: nil is what was not sent.
type wireCall struct {
	Op       Op            `json:"op"`
	Beta     *result.Real  `json:"beta"`
	Margin   *result.Real  `json:"margin"`
	Gamma    *result.Real  `json:"gamma"`
	Cap      *result.Real  `json:"cap"`
	Energies []result.Real `json:"energies"`
	Answer   *int          `json:"answer"`
}

// MarshalJSON writes c as PROTOCOL.md has it. It is called for every call that
// goes to a child, and so does without reflection.
func (c Call) MarshalJSON() ([]byte, error) {
	s, ok := Sends[c.Op]
	if !ok {
		return nil, fmt.Errorf("unknown op %q", c.Op)
	}
	b := append(make([]byte, 0, 64+24*len(c.Energies)), `{"op":"`...)
	b = append(append(b, c.Op...), '"')
	for _, p := range []struct {
		sent bool
		name string
		x    float64
	}{{s.Beta, `,"beta":`, c.Beta}, {s.Margin, `,"margin":`, c.Margin}, {s.Gamma, `,"gamma":`, c.Gamma}, {s.Cap, `,"cap":`, c.Cap}} {
		if p.sent {
			b = result.Real(p.x).Append(append(b, p.name...))
		}
	}
	b = append(b, `,"energies":[`...)
	for i, f := range c.Energies {
		if i > 0 {
			b = append(b, ',')
		}
		b = result.Real(f).Append(b)
	}
	b = append(b, ']')
	if s.Answer || s.Pair {
		b = strconv.AppendInt(append(b, `,"answer":`...), int64(c.Answer), 10)
	}
	return append(b, '}'), nil
}

// UnmarshalJSON reads a call and refuses one that its op could not be asked:
// an unknown op, missing or out-of-range fields.
func (c *Call) UnmarshalJSON(b []byte) error {
	var w wireCall
	if err := json.Unmarshal(b, &w); err != nil {
		return err
	}
	s, ok := Sends[w.Op]
	if !ok {
		return fmt.Errorf("unknown op %q: want one of %v", w.Op, Ops)
	}
	got := Call{Op: w.Op, Energies: result.Floats(w.Energies)}
	var missing []string
	take := func(name string, want bool, from *result.Real, to *float64) {
		if from != nil {
			*to = float64(*from)
		} else if want {
			missing = append(missing, name)
		}
	}
	take("beta", s.Beta, w.Beta, &got.Beta)
	take("margin", s.Margin, w.Margin, &got.Margin)
	take("gamma", s.Gamma, w.Gamma, &got.Gamma)
	take("cap", s.Cap, w.Cap, &got.Cap)
	if w.Answer != nil {
		got.Answer = *w.Answer
	} else if s.Answer || s.Pair {
		missing = append(missing, "answer")
	}
	n := len(got.Energies)
	switch {
	case len(missing) > 0:
		return fmt.Errorf("op %s: missing %s", w.Op, strings.Join(missing, ", "))
	case n == 0:
		return fmt.Errorf("op %s: no energies", w.Op)
	case s.Pair && n != 2:
		return fmt.Errorf("op %s: %d energies, want the pair [F(x,y), F(x,ȳ)]", w.Op, n)
	case s.Pair && got.Answer != 0:
		return fmt.Errorf("op %s: answer %d, want 0", w.Op, got.Answer)
	case got.Answer < 0 || got.Answer >= n:
		return fmt.Errorf("op %s: answer %d of %d energies", w.Op, got.Answer, n)
	case s.Beta && !(got.Beta >= 0):
		return fmt.Errorf("op %s: beta %v, want ≥ 0", w.Op, got.Beta)
	}
	*c = got
	return nil
}

// String writes the call as a person would: nll(F=[0.5 1], y=0, β=2).
func (c Call) String() string {
	s := Sends[c.Op]
	var b strings.Builder
	fmt.Fprintf(&b, "%s(", c.Op)
	if s.Pair && len(c.Energies) == 2 {
		fmt.Fprintf(&b, "F=%s, F̄=%s", result.Decimal(c.Energies[0]), result.Decimal(c.Energies[1]))
	} else {
		b.WriteString("F=[" + strings.Join(result.Each(c.Energies, result.Decimal), " ") + "]")
	}
	if s.Answer {
		fmt.Fprintf(&b, ", y=%d", c.Answer)
	}
	for _, p := range []struct {
		sent bool
		name string
		x    float64
	}{{s.Beta, "β", c.Beta}, {s.Margin, "m", c.Margin}, {s.Gamma, "γ", c.Gamma}, {s.Cap, "M", c.Cap}} {
		if p.sent {
			fmt.Fprintf(&b, ", %s=%s", p.name, result.Decimal(p.x))
		}
	}
	return b.String() + ")"
}

// Clone returns a copy of c that shares no memory with it.
func (c Call) Clone() Call {
	c.Energies = append([]float64(nil), c.Energies...)
	return c
}

// Equal reports whether c and d are the same call, bit for bit.
func (c Call) Equal(d Call) bool {
	same := func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }
	if c.Op != d.Op || c.Answer != d.Answer || len(c.Energies) != len(d.Energies) ||
		!same(c.Beta, d.Beta) || !same(c.Margin, d.Margin) || !same(c.Gamma, d.Gamma) || !same(c.Cap, d.Cap) {
		return false
	}
	for i := range c.Energies {
		if !same(c.Energies[i], d.Energies[i]) {
			return false
		}
	}
	return true
}
