package properties

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"ebmcheck/properties/exact"
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

// sent says which fields of a Call an op uses besides the energies, and what
// it answers.
type sent struct {
	pair                        bool // exactly two energies, F = [F(x,y), F(x,ȳ)], and answer 0
	answer                      bool
	beta, margin, gamma, cap    bool
	answersProbs, answersIndex  bool // otherwise a value and a gradient
	truth                       func(Call) exact.Truth
	formula, gradient, standard string // standard: the algorithm whose bound is REQUIRED
}

// Ops lists the operations in the protocol's order.
var Ops = []Op{Gibbs, FreeEnergy, Infer, Energy, Perceptron, NLL, MEE, Simple, Hinge, Log, SoftHinge, SquareSquare, SquareExp, MCE, LVQ2}

var sends = map[Op]sent{
	Gibbs: {beta: true, answersProbs: true,
		truth:    func(c Call) exact.Truth { return exact.Gibbs(c.Energies, c.Beta) },
		formula:  "p_i = exp(−βF_i) / Σ_j exp(−βF_j)",
		standard: "x = fl(−βF), shift by max x, exp, divide by the sum"},
	FreeEnergy: {beta: true,
		truth:    func(c Call) exact.Truth { return exact.FreeEnergy(c.Energies, c.Beta) },
		formula:  "F_β = −(1/β) ln Σ_j exp(−βF_j)",
		gradient: "∂F_β/∂F_i = p_i",
		standard: "−(max x + log Σ exp(x − max x))/β, the maximum inside the sum"},
	Infer: {answersIndex: true,
		truth:    func(c Call) exact.Truth { return exact.Infer(c.Energies) },
		formula:  "ŷ ∈ argmin_y F_y",
		standard: "comparisons, which do not round"},
	Energy: {answer: true,
		truth:    func(c Call) exact.Truth { return exact.Energy(c.Energies, c.Answer) },
		formula:  "ℓ = F_y",
		gradient: "∂ℓ/∂F_i = δ_iy",
		standard: "no rounding"},
	Perceptron: {answer: true,
		truth:    func(c Call) exact.Truth { return exact.Perceptron(c.Energies, c.Answer) },
		formula:  "ℓ = F_y − min_j F_j",
		gradient: "∂ℓ/∂F ∈ e_y − conv{e_i : i a minimiser}",
		standard: "one rounding: the subtraction"},
	NLL: {answer: true, beta: true,
		truth:    func(c Call) exact.Truth { return exact.NLL(c.Energies, c.Answer, c.Beta) },
		formula:  "ℓ = F_y + (1/β) ln Σ_j exp(−βF_j)",
		gradient: "∂ℓ/∂F_i = δ_iy − p_i",
		standard: "−((x_y − max x) − log Σ)/β; gradient one-hot − softmax by subtraction"},
	MEE: {answer: true, beta: true,
		truth:    func(c Call) exact.Truth { return exact.MEE(c.Energies, c.Answer, c.Beta) },
		formula:  "ℓ = 1 − p_y",
		gradient: "∂ℓ/∂F_i = β p_y (δ_iy − p_i)",
		standard: "1 − p_y by subtraction; gradient β p_y (δ − p)"},
	Simple: {pair: true, margin: true,
		truth:    func(c Call) exact.Truth { return exact.Simple(c.Energies[0], c.Energies[1], c.Margin) },
		formula:  "ℓ = [F]⁺ + [m − F̄]⁺",
		gradient: "∂ℓ/∂F = 1 if F > 0 else 0;  ∂ℓ/∂F̄ = −1 if F̄ < m else 0",
		standard: "one rounding a written operation"},
	Hinge: {pair: true, margin: true,
		truth:    func(c Call) exact.Truth { return exact.Hinge(c.Energies[0], c.Energies[1], c.Margin) },
		formula:  "ℓ = [m + d]⁺, d = F − F̄",
		gradient: "(1, −1) if m + d > 0 else (0, 0)",
		standard: "one rounding a written operation"},
	Log: {pair: true,
		truth:    func(c Call) exact.Truth { return exact.Log(c.Energies[0], c.Energies[1]) },
		formula:  "ℓ = ln(1 + e^d), d = F − F̄",
		gradient: "(σ(d), −σ(d))",
		standard: "max(t, 0) + log1p(e^−|t|), t = fl(F − F̄); coefficient as mce"},
	SoftHinge: {pair: true, margin: true, beta: true,
		truth:    func(c Call) exact.Truth { return exact.SoftHinge(c.Energies[0], c.Energies[1], c.Margin, c.Beta) },
		formula:  "ℓ = (1/β) ln(1 + e^{β(m+d)}), d = F − F̄",
		gradient: "(σ(β(m+d)), −σ(β(m+d)))",
		standard: "(max(t, 0) + log1p(e^−|t|))/β, t = fl(β fl(m + d)); coefficient as mce"},
	SquareSquare: {pair: true, margin: true,
		truth:    func(c Call) exact.Truth { return exact.SquareSquare(c.Energies[0], c.Energies[1], c.Margin) },
		formula:  "ℓ = ([F]⁺)² + ([m − F̄]⁺)²",
		gradient: "∂ℓ/∂F = 2[F]⁺;  ∂ℓ/∂F̄ = −2[m − F̄]⁺",
		standard: "one rounding a written operation"},
	SquareExp: {pair: true, gamma: true,
		truth:    func(c Call) exact.Truth { return exact.SquareExp(c.Energies[0], c.Energies[1], c.Gamma) },
		formula:  "ℓ = F² + γ e^{−F̄}",
		gradient: "∂ℓ/∂F = 2F;  ∂ℓ/∂F̄ = −γ e^{−F̄}",
		standard: "one rounding a written operation"},
	MCE: {pair: true,
		truth:    func(c Call) exact.Truth { return exact.MCE(c.Energies[0], c.Energies[1]) },
		formula:  "ℓ = 1/(1 + e^{−d}), d = F − F̄",
		gradient: "(σ(d)σ(−d), −σ(d)σ(−d))",
		standard: "1/(1 + e^−d) for d ≥ 0, e^d/(1 + e^d) below"},
	LVQ2: {pair: true, cap: true,
		truth:    func(c Call) exact.Truth { return exact.LVQ2(c.Energies[0], c.Energies[1], c.Cap) },
		formula:  "ℓ = min(M, [d]⁺), d = F − F̄",
		gradient: "(1, −1) if 0 < d < M else (0, 0)",
		standard: "one rounding: the subtraction"},
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
func Pair(op Op) bool { return sends[op].pair }

// Asked returns c with only the fields that its op sends.
func (c Call) Asked() Call {
	s := sends[c.Op]
	d := Call{Op: c.Op, Energies: c.Energies}
	for _, f := range []struct {
		sent     bool
		from, to *float64
	}{{s.beta, &c.Beta, &d.Beta}, {s.margin, &c.Margin, &d.Margin}, {s.gamma, &c.Gamma, &d.Gamma}, {s.cap, &c.Cap, &d.Cap}} {
		if f.sent {
			*f.to = *f.from
		}
	}
	if s.answer {
		d.Answer = c.Answer
	}
	return d
}

// Truth returns the true answer of c, correctly rounded by exact.
func (c Call) Truth() exact.Truth { return sends[c.Op].truth(c) }

// wireCall is a Call as it is read from JSON: nil is what was not sent.
type wireCall struct {
	Op       Op     `json:"op"`
	Beta     *Real  `json:"beta"`
	Margin   *Real  `json:"margin"`
	Gamma    *Real  `json:"gamma"`
	Cap      *Real  `json:"cap"`
	Energies []Real `json:"energies"`
	Answer   *int   `json:"answer"`
}

// MarshalJSON writes c as PROTOCOL.md has it. It is called for every call that
// goes to a child, and so does without reflection.
func (c Call) MarshalJSON() ([]byte, error) {
	s, ok := sends[c.Op]
	if !ok {
		return nil, fmt.Errorf("unknown op %q", c.Op)
	}
	b := append(make([]byte, 0, 64+24*len(c.Energies)), `{"op":"`...)
	b = append(append(b, c.Op...), '"')
	for _, p := range []struct {
		sent bool
		name string
		x    float64
	}{{s.beta, `,"beta":`, c.Beta}, {s.margin, `,"margin":`, c.Margin}, {s.gamma, `,"gamma":`, c.Gamma}, {s.cap, `,"cap":`, c.Cap}} {
		if p.sent {
			b = Real(p.x).append(append(b, p.name...))
		}
	}
	b = append(b, `,"energies":[`...)
	for i, f := range c.Energies {
		if i > 0 {
			b = append(b, ',')
		}
		b = Real(f).append(b)
	}
	b = append(b, ']')
	if s.answer || s.pair {
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
	s, ok := sends[w.Op]
	if !ok {
		return fmt.Errorf("unknown op %q: want one of %v", w.Op, Ops)
	}
	got := Call{Op: w.Op, Energies: floats(w.Energies)}
	var missing []string
	take := func(name string, want bool, from *Real, to *float64) {
		if from != nil {
			*to = float64(*from)
		} else if want {
			missing = append(missing, name)
		}
	}
	take("beta", s.beta, w.Beta, &got.Beta)
	take("margin", s.margin, w.Margin, &got.Margin)
	take("gamma", s.gamma, w.Gamma, &got.Gamma)
	take("cap", s.cap, w.Cap, &got.Cap)
	if w.Answer != nil {
		got.Answer = *w.Answer
	} else if s.answer || s.pair {
		missing = append(missing, "answer")
	}
	n := len(got.Energies)
	switch {
	case len(missing) > 0:
		return fmt.Errorf("op %s: missing %s", w.Op, strings.Join(missing, ", "))
	case n == 0:
		return fmt.Errorf("op %s: no energies", w.Op)
	case s.pair && n != 2:
		return fmt.Errorf("op %s: %d energies, want the pair [F(x,y), F(x,ȳ)]", w.Op, n)
	case s.pair && got.Answer != 0:
		return fmt.Errorf("op %s: answer %d, want 0", w.Op, got.Answer)
	case got.Answer < 0 || got.Answer >= n:
		return fmt.Errorf("op %s: answer %d of %d energies", w.Op, got.Answer, n)
	case s.beta && !(got.Beta >= 0):
		return fmt.Errorf("op %s: beta %v, want ≥ 0", w.Op, got.Beta)
	}
	*c = got
	return nil
}

// String writes the call as a person would: nll(F=[0.5 1], y=0, β=2).
func (c Call) String() string {
	s := sends[c.Op]
	var b strings.Builder
	fmt.Fprintf(&b, "%s(", c.Op)
	if s.pair && len(c.Energies) == 2 {
		fmt.Fprintf(&b, "F=%s, F̄=%s", Decimal(c.Energies[0]), Decimal(c.Energies[1]))
	} else {
		b.WriteString("F=[" + strings.Join(each(c.Energies, Decimal), " ") + "]")
	}
	if s.answer {
		fmt.Fprintf(&b, ", y=%d", c.Answer)
	}
	for _, p := range []struct {
		sent bool
		name string
		x    float64
	}{{s.beta, "β", c.Beta}, {s.margin, "m", c.Margin}, {s.gamma, "γ", c.Gamma}, {s.cap, "M", c.Cap}} {
		if p.sent {
			fmt.Fprintf(&b, ", %s=%s", p.name, Decimal(p.x))
		}
	}
	return b.String() + ")"
}

// clone returns a copy of c that shares no memory with it.
func (c Call) clone() Call {
	c.Energies = append([]float64(nil), c.Energies...)
	return c
}

// equal reports whether c and d are the same call, bit for bit.
func (c Call) equal(d Call) bool {
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
