package formula

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// naive are formulas with what to write instead, and energies where the bound of the naive one is a thousand times larger, or overflows.
var naive = []struct {
	text, write string
	F           []float64
}{
	{"log(1 + exp(F[y] - F[ybar]))", "softplus(F[y] - F[ybar])", []float64{-60, 0}},
	{"log(exp(F[y] - F[ybar]) + 1)", "softplus(F[y] - F[ybar])", []float64{800, 0}},
	{"log1p(exp(F[y] - F[ybar]))", "softplus(F[y] - F[ybar])", []float64{800, 0}},
	{"log(1 + pos(F[y])/1e9)", "log1p(pos(F[y])/1e9)", []float64{1e-6, 0}},
	{"log(1 - sigmoid(F[y])/2)", "log1p(-(sigmoid(F[y])/2))", []float64{-60, 0}},
	{"log(1 + sum(j != y: exp(F[y] - F[j])))", "softplus(logsumexp(j != y: F[y] - F[j]))", []float64{-60, 0, 0}},
	{"log1p(sum(j != y: exp(F[y] - F[j])))", "softplus(logsumexp(j != y: F[y] - F[j]))", []float64{800, 0, 0}},
	{"log(1 - sigmoid(F[y] - F[ybar]))", "-softplus(F[y] - F[ybar])", []float64{60, 0}},
	{"log1p(-sigmoid(F[y]))", "-softplus(F[y])", []float64{60, 0}},
	{"log(1 - p[y])", "log(sum(j != y: p[j]))", []float64{0, 60}},
	{"1 - sigmoid(F[y] - F[ybar])", "sigmoid(F[ybar] - F[y])", []float64{60, 0}},
	{"1 - sigmoid(-F[y])", "sigmoid(F[y])", []float64{-60, 0}},
	{"1 - p[y]", "sum(j != y: p[j])", []float64{0, 60}},
	{"log(sum(j: exp(-beta*F[j])))", "logsumexp(j: -beta*F[j])", []float64{800, 900}},
	{"log(sum(j != y: exp(F[y] - F[j])))", "logsumexp(j != y: F[y] - F[j])", []float64{900, 0, 1}},
	{"exp(F[y] - F[ybar])/(1 + exp(F[y] - F[ybar]))", "sigmoid(F[y] - F[ybar])", []float64{800, 0}},
	{"1/(1 + exp(F[y] - F[ybar]))", "sigmoid(F[ybar] - F[y])", []float64{800, 0}},
	{"exp(F[y]) - 1", "expm1(F[y])", []float64{1e-12, 0}},
	{"1 - exp(-pos(F[y]))", "-expm1(-pos(F[y]))", []float64{1e-12, 0}},
	{"-log(p[y])", "-(-beta*F[y] - logsumexp(j: -beta*F[j]))", []float64{800, 0}},
	{"log(sigmoid(F[y]))", "-softplus(-F[y])", []float64{60, 0}},
	{"log(exp(F[y])) + F[ybar]", "F[y] + F[ybar]", []float64{800, 0}},
	{"exp(-beta*F[y])/sum(j: exp(-beta*F[j]))", "p[y]", []float64{800, 900}},
	{"log(exp(F[y]) + exp(F[ybar]))", "F[y] + softplus(F[ybar] - F[y])", []float64{800, 0}},
	{"-log(exp(-F[y] - 1)/(exp(-F[y] - 1) + sum(j != y: exp(-F[j]))))", "-(-F[y] - 1 - logsumexp(-F[y] - 1, logsumexp(j != y: -F[j])))", []float64{800, 900}},
	{"-log(exp(-F[y])/(exp(-F[ybar]) + exp(-F[y])))", "-(-softplus(-F[ybar] - -F[y]))", []float64{800, 900}},
	{"exp(-2*F[y])/sum(j: exp(-2*F[j]))", "exp(-2*F[y] - logsumexp(j: -2*F[j]))", []float64{800, 900}},
	{"log(mean(j: exp(-beta*F[j])))", "logsumexp(j: -beta*F[j]) - log(n)", []float64{800, 900}},
	{"log(mean(j != y: exp(F[y] - F[j])))", "logsumexp(j != y: F[y] - F[j]) - log(n - 1)", []float64{900, 0, 1}},
	{"log(1 + mean(j != y: exp(F[y] - F[j])))", "softplus(logsumexp(j != y: F[y] - F[j]) - log(n - 1))", []float64{900, 0, 1}},
	{"log(sum(j: exp(-beta*F[j]))/n)", "logsumexp(j: -beta*F[j]) - log(n)", []float64{800, 900}},
	{"log(exp(-F[y])/mean(j: exp(-F[j])))", "-F[y] - (logsumexp(j: -F[j]) - log(n))", []float64{800, 900}},
	{"exp(-F[y])/(exp(-F[y]) + exp(-F[ybar]))", "sigmoid(-F[y] - -F[ybar])", []float64{800, 900}},
	{"exp(F[y])/(exp(F[ybar]) + exp(F[y]))", "sigmoid(F[y] - F[ybar])", []float64{800, 900}},
	{"exp(-F[y])/(exp(-F[y]) + sum(j != y: exp(-F[j])))", "sigmoid(-F[y] - logsumexp(j != y: -F[j]))", []float64{800, 900}},
	{"log(exp(-beta*F[y])/sum(k: exp(-beta*F[k])))", "-beta*F[y] - logsumexp(k: -beta*F[k])", []float64{800, 900}},
}

// TestNaive: what is advised is equal to what is found, and its bound is the smaller where the other lets something pass.
func TestNaive(t *testing.T) {
	m := Model{U: 0x1p-53, Tiny: 0x1p-1022, Most: math.MaxFloat64, Exp: 4, Log: 4, Log1p: 4}
	for _, c := range naive {
		f := MustParse(c.text)
		as := f.Naive()
		if len(as) == 0 {
			t.Errorf("%s: no advice", c.text)
			continue
		}
		a := as[0]
		// The part is put back where it stood.
		advised := c.text
		if a.Pos == 0 && MustParse(a.Found).Expr.Equal(f.Expr) {
			advised = a.Write
		} else if rest := c.text[a.Pos:]; strings.HasPrefix(rest, a.Found) {
			advised = c.text[:a.Pos] + "(" + a.Write + ")" + rest[len(a.Found):]
		} else {
			t.Errorf("%s: %q is not at %d", c.text, a.Found, a.Pos)
		}
		g := MustParse(advised)
		if !g.Expr.Equal(MustParse(c.write).Expr) {
			t.Errorf("%s: advised %s, want %s", c.text, advised, c.write)
		}
		if len(g.Naive()) > 0 {
			t.Errorf("%s: the advice %s is naive itself: %v", c.text, advised, g.Naive())
		}
		n := len(c.F)
		p, q := compiled(t, c.text, n), compiled(t, c.write, n)
		bound := func(p *Program, F []float64) Off {
			params, err := p.Bind(map[string]float64{"beta": 1}, nil)
			if err != nil {
				t.Fatal(err)
			}
			d := p.Bound(Input{F, params}, m)
			worst := d.Value()
			for i := range F {
				g := d.Grad(i)
				worst.Overflows = worst.Overflows || g.Overflows
			}
			return worst
		}
		if x, y := bound(p, c.F), bound(q, c.F); !(y.By*1e3 < x.By || x.Overflows && !y.Overflows) {
			t.Errorf("%s at %v may be off by %v, %s by %v", c.text, c.F, x, c.write, y)
		}
		check, err := MustStatement("(" + c.text + ") = " + c.write).Compile(n)
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(1, 1))
		for range 20 {
			F := make([]float64, n)
			for i := range F {
				F[i] = 20*r.Float64() - 10
			}
			params, err := check.Bind(map[string]float64{"beta": 1.5}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if v := check.At(Input{F, params}); v.Verdict != Holds {
				t.Errorf("%s = %s %v at %v: %v, %v", c.text, c.write, v.Verdict, F, v.Left, v.Right)
			}
		}
	}
	for _, text := range []string{"F[y] + logsumexp(j: -beta*F[j])/beta", "softplus(F[y] - F[ybar])", "pos(m + F[y] - F[ybar])", "F[y]^2 + gamma*exp(-F[ybar])", "exp(F[y]) - 2", "2 - p[y]"} {
		if as := MustParse(text).Naive(); len(as) > 0 {
			t.Errorf("%s: unwanted advice %+v", text, as)
		}
	}
}

// TestAdvised: every naive part is written as is advised, to the last, whatever stands in it; and in the second way, where there is one.
func TestAdvised(t *testing.T) {
	for text, want := range map[string]string{
		"log(exp(a) + exp(F[y])) - log(p[y])":           "a + softplus(F[y] - a) - (-beta*F[y] - logsumexp(j: -beta*F[j])); logsumexp(a, F[y]) - (-beta*F[y] - logsumexp(j: -beta*F[j]))",
		"log(exp(a)/(sum(j != y: exp(F[j])) + exp(a)))": "a - logsumexp(a, logsumexp(j != y: F[j])); -softplus(logsumexp(j != y: F[j]) - a)",
		"log(exp(a)/(exp(a) + exp(F[ybar])))":           "-softplus(F[ybar] - a); a - logsumexp(a, F[ybar])",
		"(1 - p[y])^g*-log(p[y])":                       "sum(j != y: p[j])^g*-(-beta*F[y] - logsumexp(j: -beta*F[j]))",
		"log(1 + exp(t)) where t = log(exp(F[y]))":      "softplus(F[y]); logsumexp(0, F[y])",
		"sum(j: (1 - p[j])^2)":                          "sum(j: sum(k != j: p[k])^2)",
		"log(1 + exp(1 - sigmoid(F[y]))) + 1 - p[ybar]": "softplus(sigmoid(-F[y])) + 1 - p[ybar]; logsumexp(0, sigmoid(-F[y])) + 1 - p[ybar]",
	} {
		var got []string
		for _, g := range MustParse(text).Advised() {
			if got = append(got, g.String()); len(g.Naive()) > 0 {
				t.Errorf("%s: %s is naive itself", text, g)
			}
		}
		if got := strings.Join(got, "; "); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"F[y] + logsumexp(j: -beta*F[j])/beta", "pos(m + F[y] - F[ybar])"} {
		if g := MustParse(text).Advised(); len(g) > 0 {
			t.Errorf("%s: %s, want nothing", text, g)
		}
	}
}

func compiled(t *testing.T, text string, n int) *Program {
	p, err := MustParse(text).Compile(n)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return p
}
