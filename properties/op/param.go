package op

// A Param is a parameter of an operation.
type Param struct {
	Name   string // in formulas: beta, m, gamma, M, or any other
	Symbol string // for people: β, m, γ, M
	Sent   string // in the protocol: beta, margin, gamma, cap; "" for any other, which stands in "params"

	Scale    bool // an inverse temperature: positive, drawn over decades
	Unsigned bool // never below 0
	Factor   bool // it multiplies: no kink lies where an energy equals it
	Exponent bool // it stands in exponents only: that it is NaN is lost where 1 is raised to it
	Within   Within
}

// A Within is the range of a parameter in a loss of a user. The zero one is that of the
// regime, which is the range of its energies.
type Within struct{ Lo, Hi float64 }

// The parameters that the protocol names.
var (
	beta   = Param{Name: "beta", Symbol: "β", Sent: "beta", Scale: true, Unsigned: true}
	margin = Param{Name: "m", Symbol: "m", Sent: "margin"}
	gamma  = Param{Name: "gamma", Symbol: "γ", Sent: "gamma", Factor: true}
	limit  = Param{Name: "M", Symbol: "M", Sent: "cap", Unsigned: true}
	named  = []Param{beta, margin, gamma, limit}
)

// field returns where c has the parameter; nil if that is in Params.
func (p Param) field(c *Call) *float64 {
	switch p.Sent {
	case "beta":
		return &c.Beta
	case "margin":
		return &c.Margin
	case "gamma":
		return &c.Gamma
	case "cap":
		return &c.Cap
	}
	return nil
}

// Of returns the parameter's number in c.
func (p Param) Of(c Call) float64 {
	if f := p.field(&c); f != nil {
		return *f
	}
	return c.Params[p.Name]
}

// Set gives the parameter a number in c. Calls that c was copied from do not share it.
func (p Param) Set(c *Call, x float64) {
	if f := p.field(c); f != nil {
		*f = x
		return
	}
	params := make(map[string]float64, len(c.Params)+1)
	for name, y := range c.Params {
		params[name] = y
	}
	params[p.Name] = x
	c.Params = params
}

// Scaled returns the op's inverse temperature, and whether it has one.
func (r *Row) Scaled() (p Param, ok bool) {
	for _, p := range r.Params {
		if p.Scale {
			return p, true
		}
	}
	return p, false
}
