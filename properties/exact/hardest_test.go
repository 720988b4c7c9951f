package exact

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ALTree/bigfloat"
)

var update = flag.Bool("update", false, "look for the hardest cases again, and write hardest.tsv")

// A number is one of the numbers that the catalogue has.
type number struct {
	name  string
	keep  int                         // so many of its cases are kept, a hundred an op
	got   func(h Hard) Value          // what this package says
	quick func(h Hard) bool           // whether its fast path decides
	truth func(h Hard) *big.Float     // the independent computation
	solve func(h Hard) (Hard, bool)   // h with the inputs that are solved for
	draw  func(r *rand.Rand) (h Hard) // the others
	more  int                         // so many times as many are tried
}

// numbers are those that are transcendental. The others are sums and products without error,
// of which a middle is met exactly, or missed by 2^−53 ulps and more.
var numbers = []number{
	pairNumber("log.value", 50, softplusOf, func(h Hard) Value { return Log(h.F[0], h.F[1]).Value }, logistic.softplus),
	pairNumber("log.gradient", 50, sigmaOf, func(h Hard) Value { return Log(h.F[0], h.F[1]).Grad[0].Lo }, logistic.sigmoid),
	pairNumber("soft_hinge.value", 50, softplusOf, func(h Hard) Value { return SoftHinge(h.F[0], h.F[1], h.M, h.Beta).Value }, logistic.softplus),
	pairNumber("soft_hinge.gradient", 50, sigmaOf, func(h Hard) Value { return SoftHinge(h.F[0], h.F[1], h.M, h.Beta).Grad[0].Lo }, logistic.sigmoid),
	pairNumber("mce.value", 50, sigmaOf, func(h Hard) Value { return MCE(h.F[0], h.F[1]).Value }, logistic.sigmoid),
	pairNumber("mce.gradient", 50, slopeOf, func(h Hard) Value { return MCE(h.F[0], h.F[1]).Grad[0].Lo }, logistic.slope),
	squareExpNumber,
	listNumber("gibbs.probabilities", func(h Hard) Value { return Gibbs(h.F, h.Beta).Probs[0] },
		func(o *otherEnsemble) *big.Float { return quo(o.w[0], o.sum(-1)) },
		func(h Hard, mid *big.Float) *big.Float { return quo(bf(1), mid) }),
	listNumber("free_energy.value", func(h Hard) Value { return FreeEnergy(h.F, h.Beta).Value },
		func(o *otherEnsemble) *big.Float { return o.freeEnergy() },
		func(h Hard, mid *big.Float) *big.Float {
			return otherExp(mul(bfNew().Sub(bf(h.F[0]), mid), bf(h.Beta)))
		}),
	listNumber("nll.value", func(h Hard) Value { return NLL(h.F, 0, h.Beta).Value },
		func(o *otherEnsemble) *big.Float { return o.nll(0) },
		func(h Hard, mid *big.Float) *big.Float { return otherExp(mul(mid, bf(h.Beta))) }),
	listNumber("mee.value", func(h Hard) Value { return MEE(h.F, 0, h.Beta).Value },
		func(o *otherEnsemble) *big.Float { return quo(o.sum(0), o.sum(-1)) },
		func(h Hard, mid *big.Float) *big.Float { return quo(bf(1), bfNew().Sub(bf(1), mid)) }),
}

// logisticOf is t = m + F − F̄ and e^(−β|t|).
func logisticOf(h Hard) (t, e *big.Float) {
	t = new(big.Float).SetPrec(4400)
	t.Sub(t.Add(t.SetFloat64(h.F[0]), new(big.Float).SetFloat64(h.M)), new(big.Float).SetFloat64(h.F[1]))
	return t, expNeg(mul(bfNew().Abs(t), bf(h.Beta)))
}

func softplusOf(t, e *big.Float, beta float64) *big.Float {
	v := quo(otherLog1p(e), bf(beta))
	if t.Sign() > 0 {
		return sumOf(t, v)
	}
	return v
}

func sigmaOf(t, e *big.Float, beta float64) *big.Float {
	if t.Sign() > 0 {
		return quo(bf(1), add(bf(1), e))
	}
	return quo(e, add(bf(1), e))
}

func slopeOf(t, e *big.Float, beta float64) *big.Float {
	return quo(e, mul(add(bf(1), e), add(bf(1), e)))
}

// pairNumber is a number g(t) of a loss of t = m + F − F̄. The root of g(t) = middle is found
// by steps with a slope of float64, each of which leaves little of the error; F̄ is what it is
// off F, or of a loss with a margin m is that and F̄ what m is off.
func pairNumber(name string, keep int, g func(t, e *big.Float, beta float64) *big.Float, got func(h Hard) Value, fast func(l logistic) (Value, bool)) number {
	margin := strings.HasPrefix(name, "soft_hinge")
	n := number{name: name, keep: keep, got: got}
	n.truth = func(h Hard) *big.Float { t, e := logisticOf(h); return g(t, e, h.Beta) }
	n.quick = func(h Hard) bool {
		l, ok := newLogistic(h.F[0], h.F[1], h.M, h.Beta)
		if ok {
			_, ok = fast(l)
		}
		return ok
	}
	n.draw = func(r *rand.Rand) Hard {
		h := Hard{Beta: 1, F: []float64{2 * r.NormFloat64(), 0}}
		if margin {
			h.Beta = math.Exp(r.NormFloat64())
		}
		return h
	}
	n.solve = func(h Hard) (Hard, bool) {
		mid, ok := middleBy(n.truth(h), 0)
		if !ok {
			return h, false
		}
		at := func(t *big.Float) *big.Float {
			return g(t, expNeg(mul(bfNew().Abs(t), bf(h.Beta))), h.Beta)
		}
		t, step := bf(h.F[0]), 0x1p-20
		up, _ := at(add(t, bf(step))).Float64()
		down, _ := at(add(t, bf(-step))).Float64()
		slope := (up - down) / (2 * step)
		if !(math.Abs(slope) > 0x1p-10) { // of few digits
			return h, false
		}
		for range 8 {
			t = add(t, quo(bfNew().Sub(mid, at(t)), bf(slope)))
		}
		rest := bfNew().Sub(t, bf(h.F[0]))
		if margin {
			h.M, _ = rest.Float64()
			rest = rest.Sub(rest, bf(h.M))
		}
		h.F[1], _ = rest.Neg(rest).Float64()
		return h, true
	}
	return n
}

// squareExpNumber is F² + γe^(−F̄), of which F² is below a middle by what the second term is.
var squareExpNumber = number{
	name: "square_exp.value", keep: 100, more: 16, // only F̄ is solved for, and it is about 37
	got: func(h Hard) Value { return SquareExp(h.F[0], h.F[1], h.Gamma).Value },
	quick: func(h Hard) bool {
		x, ok := newTail(h.F[1], h.Gamma)
		if ok {
			_, ok = x.above(h.F[0])
		}
		return ok
	},
	truth: func(h Hard) *big.Float {
		return sumOf(mul(bf(h.F[0]), bf(h.F[0])), mul(otherExp(bf(-h.F[1])), bf(h.Gamma)))
	},
	draw: func(r *rand.Rand) Hard {
		return Hard{Gamma: math.Exp(r.NormFloat64()), F: []float64{math.Exp(r.NormFloat64()), 0}}
	},
	solve: func(h Hard) (Hard, bool) {
		square := mul(bf(h.F[0]), bf(h.F[0]))
		mid, ok := middleBy(square, +1)
		if !ok {
			return h, false
		}
		h.F[1], _ = bigfloat.Log(quo(bf(h.Gamma), bfNew().Sub(mid, square))).Float64()
		return h, true
	},
}

// listNumber is a number of n energies that is the middle where Z e^(βF_0) is what sum says.
// Two energies are drawn; the third is the least above F_0 that leaves the sum below that, and
// the fourth what is left.
func listNumber(name string, got func(h Hard) Value, other func(o *otherEnsemble) *big.Float, sum func(h Hard, mid *big.Float) *big.Float) number {
	n := number{name: name, keep: 100, got: got}
	n.truth = func(h Hard) *big.Float { return other(newOther(h.F, h.Beta)) }
	n.quick = func(h Hard) bool { // as the operation does
		e, _ := newEnsemble(h.F, h.Beta)
		f := e.fast()
		if f == nil {
			return false
		}
		ok := false
		switch name {
		case "gibbs.probabilities":
			_, ok = f.p(0)
		case "free_energy.value":
			_, ok = f.freeEnergy(e.least, h.F[e.least], h.Beta)
		case "nll.value":
			_, ok = f.nll(h.F, 0, e.least, h.Beta)
		case "mee.value":
			_, ok = f.q(0, e.least)
		}
		return ok
	}
	n.draw = func(r *rand.Rand) Hard {
		return Hard{Beta: math.Exp(r.NormFloat64()), F: []float64{r.NormFloat64(), r.NormFloat64()}}
	}
	n.solve = func(h Hard) (Hard, bool) {
		side := +1
		if name == "gibbs.probabilities" || name == "free_energy.value" { // they fall as Z grows
			side = -1
		}
		mid, ok := middleBy(n.truth(h), side)
		if !ok {
			return h, false
		}
		weight := func(f float64) *big.Float { return otherExp(gap(h.F[0], f, h.Beta)) }
		left := bfNew().Sub(sum(h, mid), add(bf(1), weight(h.F[1])))
		for range 2 {
			if left.Sign() <= 0 {
				return h, false
			}
			f, _ := bfNew().Sub(bf(h.F[0]), quo(bigfloat.Log(left), bf(h.Beta))).Float64()
			if len(h.F) == 2 && weight(f).Cmp(left) > 0 {
				f = math.Nextafter(f, math.Inf(1))
			}
			h.F = append(h.F, f)
			left = left.Sub(left, weight(f))
		}
		return h, true
	}
	return n
}

// middleBy is the middle of two float64 nearest to x: above it, below it, or on either side.
// ok is false next to a power of two, and below 2^−900.
func middleBy(x *big.Float, side int) (mid *big.Float, ok bool) {
	near, _ := x.Float64()
	if math.Float64bits(near)<<12 == 0 || math.Abs(near) < 0x1p-900 {
		return nil, false
	}
	if side == 0 {
		side = x.Cmp(bf(near))
	}
	half := bf(math.Ldexp(0.5, ulpExp(near)))
	mid = add(bf(near), half)
	if below := bfNew().Sub(bf(near), half); side < 0 && x.Cmp(mid) <= 0 || side > 0 && x.Cmp(below) < 0 {
		mid = below
	}
	return mid, side != 0
}

// fromMiddle is how many ulps x is from the middle of two float64 nearest to it, as bits: they
// are fewer than 2^−bits.
func fromMiddle(x *big.Float) int {
	mid, ok := middleBy(x, 0)
	if !ok {
		return 0
	}
	near, _ := x.Float64()
	d := bfNew().Sub(x, mid)
	return ulpExp(near) - d.MantExp(nil)
}

// look draws n cases and solves each, and keeps those that are the nearest to a middle.
func (n number) look(r *rand.Rand, tries int) []Hard {
	var found []Hard
	for range tries {
		h, ok := n.solve(n.draw(r))
		if !ok {
			continue
		}
		h.Number, h.Bits = n.name, fromMiddle(n.truth(h))
		found = append(found, h)
	}
	slices.SortStableFunc(found, func(a, b Hard) int { return cmp.Compare(b.Bits, a.Bits) })
	return found[:min(n.keep, len(found))]
}

func (h Hard) line() string {
	cells := []string{h.Number, strconv.Itoa(h.Bits)}
	for _, x := range append([]float64{h.M, h.Beta, h.Gamma}, h.F...) {
		cells = append(cells, strconv.FormatFloat(x, 'x', -1, 64))
	}
	return strings.Join(cells, "\t") + "\n"
}

// shows reports whether what is off x by so much of it, above or below, rounds to another float64.
func shows(x *big.Float, err float64) bool {
	near, _ := x.Float64()
	above, _ := mul(x, add(bf(1), bf(err))).Float64()
	below, _ := mul(x, add(bf(1), bf(-err))).Float64()
	return above != near || below != near
}

// TestHardest: of a hundred cases an op that are the hardest to round of those looked for, the
// value is the correctly rounded one, and the fast path leaves them to more bits; who computes
// with an error of 2^−60 or 2^−85 of it before he rounds is found wrong in each, if that is
// above or below, and in hardly any that is drawn.
func TestHardest(t *testing.T) {
	if *update {
		var b bytes.Buffer
		b.WriteString("# By go test ./properties/exact -run TestHardest -update: number, bits, m, β, γ, energies. The number is\n" +
			"# nearer than 2^−bits ulps to the middle of two float64.\n")
		for k, n := range numbers {
			for _, h := range n.look(rand.New(rand.NewPCG(13, uint64(k))), 250*max(1, n.more)) {
				b.WriteString(h.line())
			}
		}
		if err := os.WriteFile("hardest.tsv", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const drawn = 20
	errors, byChance := []float64{0x1p-60, 0x1p-85}, []int{0, 0}
	r := rand.New(rand.NewPCG(13, 1))
	written, err := os.ReadFile("hardest.tsv")
	if err != nil {
		t.Fatal(err)
	}
	all, again := readHardest(string(written)), 0
	for line := range strings.Lines(string(written)) {
		if line[0] != '#' {
			if is := all[again].line(); is != line {
				t.Fatalf("%q is read as %q", line, is)
			}
			again++
		}
	}
	cases, least := map[string]int{}, map[string]int{}
	for _, n := range numbers {
		for _, h := range all {
			if h.Number != n.name {
				continue
			}
			op, _, _ := strings.Cut(h.Number, ".")
			cases[op]++
			truth, what := n.truth(h), fmt.Sprint(h)
			if is := fromMiddle(truth); is < h.Bits {
				t.Errorf("%s is 2^−%d ulps from a middle", what, is)
			}
			if least[n.name] == 0 || h.Bits < least[n.name] {
				least[n.name] = h.Bits
			}
			(&judge{t: t}).same(n.got(h), truth, "%s", what)
			if n.quick(h) {
				t.Errorf("%s: the fast path decides", what)
			}
			for _, err := range errors {
				if !shows(truth, err) {
					t.Errorf("%s: rounds to the same with an error of %v", what, err)
				}
			}
		}
		for range drawn {
			x := n.truth(n.draw(r))
			for k, err := range errors {
				if shows(x, err) {
					byChance[k]++
				}
			}
		}
	}
	if all := drawn * len(numbers); byChance[0] > all/10 || byChance[1] > 0 {
		t.Errorf("of %d drawn numbers errors of %v show in %v", all, errors, byChance)
	}
	t.Logf("nearer than 2^−bits ulps: %v", least)
	for _, n := range numbers {
		if op, _, _ := strings.Cut(n.name, "."); cases[op] != 100 {
			t.Errorf("%d cases of %s, want 100", cases[op], op)
		}
	}
}
