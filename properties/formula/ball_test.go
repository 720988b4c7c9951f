package formula

import (
	"math"
	"math/rand/v2"
	"testing"

	"ebmcheck/properties/exact"
)

// TestBalls: the balls of the fast path hold the numbers that the intervals enclose.
func TestBalls(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 9))
	known, tight := 0, 0
	few := []string{"log(exp(F[y] + 1e-9) - exp(F[y]))", "log1p(exp(F[y] + 1e-9) - exp(F[y]))", "sqrt(exp(F[y] + 1e-9) - exp(F[y]))", "1/(exp(F[y] + 1e-9) - exp(F[y]))"}
	for k := range 1500 {
		m := maker{r: r, tame: true}
		text := m.expr(4).String()
		if k < 10*len(few) { // an argument that has lost digits
			text = few[k%len(few)]
		}
		f, err := Parse(text)
		if err != nil {
			continue
		}
		p, err := f.Compile(3)
		if err != nil || len(p.nodes) > 1000 {
			continue
		}
		F, scalars, vectors := drawNumbers(r, f, 3)
		params, err := p.Bind(scalars, vectors)
		if err != nil {
			t.Fatal(err)
		}
		in := Input{F, params}
		fast, e := fastPath{p.nodes, in, make([]ball, len(p.nodes)), map[int32]restBall{}}, newEvaluation(p.nodes, in)
		e.prec = 512
		all := make([]bool, len(p.nodes))
		for i := range all {
			all[i] = true
		}
		e.run(all, 0)
		for i := range p.nodes {
			fast.v[i] = fast.node(i)
			b := fast.v[i]
			if !(b.e < math.Inf(1)) {
				continue
			}
			known++
			hi, lo := b.m.Parts()
			d := e.v[i].Sub(exact.Of(hi, 512)).Sub(exact.Of(lo, 512)).Abs()
			if e.none[i] || exact.Of(b.e, 512).Less(d) {
				t.Errorf("%s: %s at %v is %v ± %g, but in %v", f.Text, opNames[p.nodes[i].op], in, b.m, b.e, e.v[i])
			}
			if half := d.Scale(64); b.e > 0 && exact.Of(b.e, 512).Less(half) {
				tight++
			}
		}
	}
	t.Logf("%d balls, %d of them less than 64 times as large as need be", known, tight)
	if known < 10000 || tight < known/100 {
		t.Errorf("%d balls, %d tight", known, tight)
	}
}

// TestBallsDecide: of what is smooth and of moderate size, balls decide nearly all, values and slopes alike: no enclosure is
// asked for.
func TestBallsDecide(t *testing.T) {
	r := rand.New(rand.NewPCG(10, 11))
	for _, text := range []string{
		"F[y] + log(sum(j: exp(-beta * F[j])))/beta",
		"log1p(exp(F[y] - 2*F[0]))",
		"F[y]^2 + 3*exp(-F[1])",
		"sqrt(1 + F[0]^2)/(2 + F[1]^2)",
	} {
		f, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		p, err := f.Compile(3)
		if err != nil {
			t.Fatal(err)
		}
		decided := 0
		const all = 200
		for range all {
			F := []float64{5 * r.NormFloat64(), 5 * r.NormFloat64(), 5 * r.NormFloat64()}
			params, err := p.Bind(map[string]float64{"beta": 0.1 + r.Float64()}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if p.Truth(Input{F, params}, true).Bits == 106 {
				decided++
			}
		}
		if !(decided >= all*95/100) {
			t.Errorf("%s: balls decide %d of %d", text, decided, all)
		}
	}
}
