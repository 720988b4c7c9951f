package formula

import (
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// simulate evaluates the program as the model allows: every operation rounded by as much as it may be, in directions that dir gives.
// Float64 is exact beside models of 24 bits and fewer.
func (p *Program) simulate(in Input, m Model, dir func() float64) (value float64, grad []float64) {
	v := make([]float64, len(p.nodes))
	round := func(x float64) float64 { return x * (1 + m.U*dir()) }
	off := func(x, units float64) float64 { return x * (1 + units*m.U*dir()) }
	exp := func(t float64) float64 {
		if t == 0 {
			return 1
		}
		return off(math.Exp(t), m.Exp)
	}
	for i := range p.nodes {
		n := &p.nodes[i]
		a := func(k int) float64 { return v[n.args[k]] }
		exact := func() bool { // a factor or divisor that is a power of 2
			return slices.ContainsFunc(n.args, func(a int32) bool { return p.nodes[a].pow2 })
		}
		weight := func(k int) (w, sum float64) {
			xs := p.nodes[n.args[1]].args
			top := math.Inf(-1)
			for _, x := range xs {
				top = math.Max(top, v[x])
			}
			for j, x := range xs {
				t := exp(round(v[x] - top))
				if j == k {
					w = t
				}
				if sum += t; sum != t {
					sum = round(sum)
				}
			}
			return w, sum
		}
		switch n.op {
		case opConst:
			v[i] = n.f
			if !n.exact || !m.isExact(n.f) {
				v[i] = round(n.f)
			}
		case opInf:
			v[i] = math.Inf(1)
		case opVar:
			v[i] = in.F[n.k]
		case opParam:
			v[i] = in.Params[n.k]
		case opSum:
			order := slices.Clone(n.args)
			if dir() > 0 {
				slices.Reverse(order)
			}
			v[i] = v[order[0]]
			for _, x := range order[1:] {
				v[i] = round(v[i] + v[x])
			}
		case opNeg:
			v[i] = -a(0)
		case opMul:
			if v[i] = a(0) * a(1); !exact() {
				v[i] = round(v[i])
			}
		case opDiv:
			if v[i] = a(0) / a(1); !p.nodes[n.args[1]].pow2 {
				v[i] = round(v[i])
			}
		case opPow:
			v[i] = off(math.Pow(a(0), a(1)), max(m.Exp, m.Log))
		case opExp:
			v[i] = exp(a(0))
		case opLog:
			v[i] = off(math.Log(a(0)), m.Log)
		case opLog1p:
			v[i] = off(math.Log1p(a(0)), m.Log1p)
		case opExpm1:
			v[i] = off(math.Expm1(a(0)), m.Exp)
		case opSqrt:
			v[i] = round(math.Sqrt(a(0)))
		case opAbs:
			v[i] = math.Abs(a(0))
		case opPos:
			v[i] = math.Max(0, a(0))
		case opMax:
			v[i] = a(0)
			for _, x := range n.args {
				v[i] = math.Max(v[i], v[x])
			}
		case opLSE:
			top, sum := math.Inf(-1), 0.0
			for _, x := range n.args {
				top = math.Max(top, v[x])
			}
			for _, x := range n.args {
				t := exp(round(v[x] - top))
				if sum += t; sum != t {
					sum = round(sum)
				}
			}
			v[i] = round(top + off(math.Log(sum), m.Log))
		case opSoftmax:
			w, sum := weight(int(n.k))
			v[i] = math.Min(1, round(w/sum))
		case opSoftplus:
			v[i] = round(math.Max(0, a(0)) + off(math.Log1p(off(math.Exp(-math.Abs(a(0))), m.Exp)), m.Log1p))
		case opSigmoid:
			if t := a(0); t >= 0 {
				v[i] = math.Min(1, round(1/round(1+off(math.Exp(-t), m.Exp))))
			} else {
				w := off(math.Exp(t), m.Exp)
				v[i] = round(w / round(1+w))
			}
		case opRest:
			v[i] = math.Min(1, round(1-a(0))) // rounding passes no number of the format
		case opStep:
			if a(0) > 0 {
				v[i] = 1
			}
		case opSign:
			switch {
			case a(0) > 0:
				v[i] = 1
			case a(0) < 0:
				v[i] = -1
			}
		case opSel:
			v[i] = 1
			for k, x := range p.nodes[n.args[1]].args {
				if v[x] > a(0) || v[x] == a(0) && int32(k) < n.k {
					v[i] = 0
				}
			}
		case opIf, opIfSlope:
			s := 0
			if a(0) < a(1) {
				s = -1
			} else if a(0) > a(1) {
				s = 1
			}
			if v[i] = a(3); taken(n.k, s) {
				v[i] = a(2)
			}
		}
	}
	grad = make([]float64, p.N)
	for i, g := range p.grad {
		if g >= 0 {
			grad[i] = v[g]
		}
	}
	return v[p.value], grad
}

// simulated are formulas that together have every operation.
var simulated = []string{
	"F[y] + logsumexp(j: -beta*F[j])/beta",
	"1 - p[y]",
	"sum(j != y: p[j])",
	"pos(m + F[y] - F[ybar])^2",
	"(1 - p[y])^g*(logsumexp(j: -beta*F[j]) + beta*F[y])",
	"((1 - eps)*(logsumexp(j: -beta*F[j]) + beta*F[y]) + eps*mean(k: logsumexp(j: -beta*F[j]) + beta*F[k]))/beta",
	"F[y]/g + logsumexp(j: -F[j]/g)",
	"softplus(beta*(F[y] - F[ybar]))/beta",
	"max(j != y: c[j] + F[y] - F[j])",
	"sum(j != y: pos(m + F[y] - F[j]))",
	"(1 - p[y]^eps)/eps",
	"if(t <= 0, 0, if(t < m, t^2/(2*m), t - m/2)) where t = m + F[y] - F[ybar]",
	"pos(F[y] - m)^2 + pos(g - F[ybar])^2",
	"F[y]^2 + g*exp(-F[ybar])",
	"sigmoid(F[y] - F[ybar])",
	"-sum(j: p[j]*log(p[j]))",
	"sqrt((F[y] - F[ybar])^2 + m^2) - m",
	"expm1(sigmoid(F[y]) - sigmoid(F[ybar]))",
	"0.1*F[y]*F[ybar]",
	"expm1(sigmoid(F[y]) - 1/3) + log1p(abs(F[y] - F[ybar])) + 0.1*F[y]",
	"abs(F[y] - m)^(1/3 + eps) - min(F[y], m, F[ybar])",
	"(1/3 + F[y]^2)^-1.5 + F[y]^3/7",
	"log(1 + exp(F[y] - F[ybar]))",
	"sum(j != y: sigmoid(m + F[y] - F[j]))^(g/3 + 1/7)",
}

var (
	float32Model  = Model{U: 0x1p-24, Tiny: 0x1p-126, Most: 0x1.fffffep127, Exp: 4, Log: 4, Log1p: 4}
	bfloat16Model = Model{U: 0x1p-8, Tiny: 0x1p-126, Most: 0x1.fep127, Exp: 4, Log: 4, Log1p: 4}
)

// formats yields both, by name.
func formats() iter.Seq2[string, Model] {
	return func(yield func(string, Model) bool) {
		_ = yield("float32", float32Model) && yield("bfloat16", bfloat16Model)
	}
}

// nearest rounds to the format.
func (m Model) nearest(x float64) float64 {
	if x == 0 {
		return 0
	}
	q := math.Ldexp(2*m.U, math.Ilogb(x))
	return math.RoundToEven(x/q) * q
}

// drawInput draws energies and the parameters of simulated, numbers of the format.
func drawInput(r *rand.Rand, p *Program, m Model) Input {
	in := Input{F: make([]float64, p.N), Params: make([]float64, len(p.Slots))}
	for i := range in.F {
		switch r.IntN(6) {
		case 0:
			in.F[i] = []float64{0, 1, -1, 0.5, 2, 50, -50, 36.75, -37.5, 0x1p-20}[r.IntN(10)]
		case 1:
			in.F[i] = float64(r.IntN(20001)-10000) / 10
		default:
			in.F[i] = float64(r.IntN(10001)-5000) / 100
		}
		if i > 0 && r.IntN(5) == 0 {
			in.F[i] = in.F[0] + float64(r.IntN(5)-2)/64
		}
	}
	for k, s := range p.Slots {
		switch s.Name {
		case "beta":
			in.Params[k] = []float64{1, 2, 0.5, 0.1, 10, 3, 1 + r.Float64()}[r.IntN(7)]
		case "eps":
			in.Params[k] = []float64{0.1, 0.2, 0.01, 0.5, 0.9}[r.IntN(5)]
		default:
			in.Params[k] = []float64{1, 2, 0.5, 3, 5, 0.1, r.Float64() + 0.01}[r.IntN(7)]
		}
	}
	for _, xs := range [][]float64{in.F, in.Params} {
		for i := range xs {
			xs[i] = m.nearest(xs[i])
		}
	}
	return in
}

// spend simulates inputs by the number and calls with: how far off each number is, what is allowed, and how much of it is known.
func spend(t *testing.T, text string, m Model, inputs int, bound func(p *Program, in Input) *Bound, with func(what string, in Input, off, allowed float64, corner bool)) {
	f, r := MustParse(text), rand.New(rand.NewPCG(3, 5))
	programs := map[int]*Program{}
	for range inputs {
		n := 2 + r.IntN(5)
		if programs[n] == nil {
			p, err := f.Compile(n)
			if err != nil {
				t.Fatal(err)
			}
			programs[n] = p
		}
		p := programs[n]
		in := drawInput(r, p, m)
		truth, b := p.Truth(in, true), bound(p, in)
		offs := []Off{b.Value()}
		wants := []float64{truth.Value.Near}
		for j := range n {
			offs, wants = append(offs, b.Grad(j)), append(wants, truth.Grad[j].Lo.Near)
		}
		for way := range 8 {
			sign := float64(1 - way%2*2)
			value, grad := p.simulate(in, m, func() float64 {
				switch {
				case way < 2:
					return sign
				case way < 6:
					return float64(2*r.IntN(2) - 1)
				}
				return 2*r.Float64() - 1
			})
			for k, x := range append([]float64{value}, grad...) {
				if math.IsNaN(wants[k]) || offs[k].Overflows || truth.Corner && k > 0 && !offs[k].Corner {
					continue
				}
				if offs[k].Corner {
					with("", in, 0, 0, x >= offs[k].Lo && x <= offs[k].Hi)
					continue
				}
				// Float64, too, rounds: by 2⁻⁴⁵ of the largest term, which the bound's u of it covers 2²¹ times, but not where nothing is allowed.
				with(text, in, math.Abs(x-wants[k])-0x1p-48*math.Abs(wants[k]), offs[k].By, true)
			}
		}
	}
}
