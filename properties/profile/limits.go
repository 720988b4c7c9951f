package profile

import (
	"fmt"
	"slices"

	"ebmcheck/properties/formula"
)

// A rate is how near a loss is to another one, for a parameter p: as p grows, or as it goes to 0.
type rate struct {
	grows bool
	says  string // of the loss, the other one and p, in this order; %[4]s is a logarithm of how many answers there are
	shown string // how near, of p
}

// rates are those that are tried, the plainest first.
var rates = []rate{
	{false, "%[2]s - %[3]s <= %[1]s <= %[2]s + %[3]s", "within %[1]s"},
	{false, "%[2]s - %[3]s*exp(-F[ybar]) <= %[1]s <= %[2]s + %[3]s*exp(-F[ybar])", "within %[1]s·e^−F̄"},
	{false, "%[2]s - %[3]s*(%[3]s + 2*abs(F[y] - F[ybar])) <= %[1]s <= %[2]s + %[3]s*(%[3]s + 2*abs(F[y] - F[ybar]))", "within %[1]s(%[1]s + 2|F − F̄|)"},
	{false, "%[2]s - %[3]s*(%[3]s + 2*abs(F[ybar])) <= %[1]s <= %[2]s + %[3]s*(%[3]s + 2*abs(F[ybar]))", "within %[1]s(%[1]s + 2|F̄|)"},
	{true, "%[1]s = %[2]s if F[y] - F[ybar] <= %[3]s", "the same where F − F̄ ≤ %[1]s"},
	{true, "%[2]s - %[4]s/%[3]s <= %[1]s <= %[2]s + %[4]s/%[3]s", "within ln n/%[1]s"},
}

// limits asks, of each parameter, which known loss, or the square of one, it comes near as the parameter goes to 0, and as it grows.
func (q *inquiry) limits() (as []Answer) {
	of := *q
	of.unseen = true
	for _, p := range q.l.names {
		if !slices.Contains(q.l.above, p) {
			continue
		}
		symbol := formula.MustParse(p).Unicode()
		for _, grows := range []bool{false, true} {
			question := "as " + symbol + " → 0"
			if grows {
				question = "as " + symbol + " → ∞"
			}
			var cs []candidate
			for _, c := range catalogue() {
				for _, k := range q.variants(c) {
					if contains(k.loss.expr, func(e *formula.Expr) bool { return e.Op == "param" && e.Name == p || e.Op == "p" && p == "beta" }) {
						continue
					}
					for _, f := range []struct{ text, shown string }{{"%s", "%s"}, {"%s^2", "(%s)²"}} {
						for _, r := range rates {
							if r.grows != grows {
								continue
							}
							says := func(l *loss) string {
								count := "log(2)"
								if !l.pair {
									count = "log(n)"
								}
								return fmt.Sprintf(r.says+"%.0[4]s", l.at(here), fmt.Sprintf(f.text, k.of(l).at(here)), p, count)
							}
							cs = append(cs, candidate{answer: fmt.Sprintf(f.shown, k.name) + ", " + fmt.Sprintf(r.shown, symbol), says: []func(*loss) string{says}})
						}
					}
				}
			}
			if a := of.choose(question, cs, ""); a.Evidence != Open {
				as = append(as, a)
			}
		}
	}
	return as
}
