package judge

import (
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/op"
)

// TestCosts holds that every case of a unit is counted once, in the row of its n, and that
// the results are those without.
func TestCosts(t *testing.T) {
	s := op.Reference()
	want := map[string]int{}
	for _, u := range []Unit{unitAbout(op.NLL, Tame), unitAbout(op.Hinge, Wide)} {
		cases := u.Run(s, 1, 400)[0].Cases
		u.Costs = new(Costs)
		again := u.Run(s, 1, 400)
		if again[0].Cases != cases {
			t.Errorf("%s: %d cases, %d without costs", u.Op, again[0].Cases, cases)
		}
		counted, sum := 0, cost{}
		for k, of := range u.Costs.known {
			counted += of.cases
			sum.drawn, sum.truth, sum.judged = sum.drawn+of.drawn, sum.truth+of.truth, sum.judged+of.judged
			if k.op != u.Op || of.all() <= 0 {
				t.Errorf("%s: %+v in the row of %s from %d", u.Op, of, k.op, sizesOf[k.size])
			}
		}
		if counted != cases || sum.drawn <= 0 || sum.truth <= 0 || sum.judged <= 0 {
			t.Errorf("%s: %d of %d cases are counted, %+v", u.Op, counted, cases, sum)
		}
		want[string(u.Op)] = len(u.Costs.known)
		var b strings.Builder
		if err := u.Costs.Write(&b); err != nil || strings.Count(b.String(), "\n") != 1+len(u.Costs.known) {
			t.Errorf("%v, %d rows:\n%s", err, len(u.Costs.known), &b)
		}
	}
	if want["hinge"] != 1 || want["nll"] != len(sizesOf) {
		t.Errorf("rows by op: %v; pairs have 2 energies, and nll all numbers of them", want)
	}
}

// TestLongAreFew: cases of more energies than dense are too few to take most of the time: they have no more than 15 for each
// case of all, most of which have up to 8. With every block as often as any other they have more.
func TestLongAreFew(t *testing.T) {
	long := func() (energies float64) {
		const cases = 4000
		cs := RandomCases(op.NLL, Tame, op.Float64, 1, 0, cases)
		for i := range cases {
			if n := cs.random(i).Size(); n > dense {
				energies += float64(n) / cases
			}
		}
		return energies
	}
	if n := long(); !(n <= 15) {
		t.Errorf("long cases have %.1f energies a case", n)
	}
	kept := seldom
	defer func() { seldom = kept }()
	seldom = slices.Compact(slices.Clone(seldom))
	if n := long(); n <= 15 {
		t.Errorf("every block as often as any other, they have %.1f energies a case: this tells nothing", n)
	}
}
