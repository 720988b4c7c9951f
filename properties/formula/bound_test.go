package formula

import (
	"maps"
	"math"
	"slices"
	"testing"
)

// TestBound: no rounding that a model allows leads further than the bound, and rounding leads near to it.
func TestBound(t *testing.T) {
	for name, m := range formats() {
		numbers, beyond, corners, unbounded := 0, 0, 0, 0
		most := 0.0
		for _, text := range simulated {
			own := 0.0
			spend(t, text, m, 160, func(p *Program, in Input) *Bound { return p.Bound(in, m) }, func(what string, in Input, off, allowed float64, inside bool) {
				numbers++
				switch {
				case !inside:
					t.Errorf("%s: %s: outside of a corner's box at %v", name, text, in)
				case what == "":
					corners++
				case math.IsInf(allowed, 1):
					unbounded++
				case !(off <= allowed*(1+1e-6)):
					if beyond++; beyond < 10 {
						t.Errorf("%s: %s at %v: off by %g, allowed %g", name, text, in, off, allowed)
					}
				case allowed > 0:
					own = max(own, off/allowed)
				}
			})
			t.Logf("%-8s %-60.60s spends up to %.3f", name, text, own)
			most = max(most, own)
		}
		if most < 0.9 {
			t.Errorf("%s: the most that is spent of any bound is %.3f: the bounds are loose", name, most)
		}
		t.Logf("%s: %d numbers, %d beyond the bound, at most %.3f of it; %d at corners, of %d nothing is known", name, numbers, beyond, most, corners, unbounded)
	}
}

// TestBoundPlanted: bounds that leave something out are exceeded, so that TestBound would see it.
func TestBoundPlanted(t *testing.T) {
	resweep := func(p *Program, in Input, m Model, plant func(d *Bound, i int32)) *Bound {
		d := p.Bound(in, m)
		for i := range p.nodes {
			d.forward(int32(i))
			plant(d, int32(i))
		}
		d.done = len(p.nodes)
		return d
	}
	without := func(o op) func(p *Program, in Input, m Model) *Bound {
		return func(p *Program, in Input, m Model) *Bound {
			return resweep(p, in, m, func(d *Bound, i int32) {
				if n := p.nodes[i]; n.op == o {
					v, _ := d.rounding(i, &n)
					d.b[i], d.r[i] = v, 0
					d.e[i] = math.Min(d.b[i].width(), d.running(i, &n))
				}
			})
		}
	}
	faults := map[string]func(p *Program, in Input, m Model) *Bound{
		"first order only": func(p *Program, in Input, m Model) *Bound {
			d := p.Bound(in, m)
			d.sweep(len(p.nodes))
			for i := range p.nodes {
				if !d.cut[i] {
					d.b[i] = single(d.b[i].lo/2 + d.b[i].hi/2)
				}
				if !d.cut[i] && d.e[i] != 0 {
					d.e[i] = math.Inf(1)
				}
			}
			return d
		},
		"no rounding of exponents": func(p *Program, in Input, m Model) *Bound {
			exponent := map[int32]bool{}
			for _, n := range p.nodes {
				if n.op == opPow {
					exponent[n.args[1]] = true
				}
			}
			return resweep(p, in, m, func(d *Bound, i int32) {
				if exponent[i] {
					d.b[i], d.r[i], d.e[i] = single(d.b[i].lo/2+d.b[i].hi/2), 0, 0
				}
			})
		},
		"no rounding of sums":      without(opSum),
		"no rounding of products":  without(opMul),
		"no rounding of quotients": without(opDiv),
		"no rounding of weights":   without(opSoftmax),
		"no rounding of ln Σ":      without(opLSE),
		"no rounding of softplus":  without(opSoftplus),
		"no rounding of sigmoid":   without(opSigmoid),
		"no rounding of 1 - p":     without(opRest),
		"no rounding of powers":    without(opPow),
		"no rounding of roots":     without(opSqrt),
		"no rounding of logs":      without(opLog),
		"no rounding of log1p":     without(opLog1p),
		"no rounding of expm1":     without(opExpm1),
		"no rounding of exp":       without(opExp),
		"no rounding of constants": without(opConst),
	}
	for _, name := range slices.Sorted(maps.Keys(faults)) {
		bound, beyond := faults[name], 0
		for _, text := range simulated {
			spend(t, text, bfloat16Model, 20, func(p *Program, in Input) *Bound { return bound(p, in, bfloat16Model) }, func(what string, in Input, off, allowed float64, inside bool) {
				if !inside || !(off <= allowed*(1+1e-6)) {
					beyond++
				}
			})
		}
		if beyond == 0 {
			t.Errorf("with %s no number is beyond the bound", name)
		}
		t.Logf("%s: %d beyond", name, beyond)
	}
}
