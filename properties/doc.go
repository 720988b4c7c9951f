// Package properties is the ledger of claims and the engine that runs them.
//
// A Claim is data plus a check. There are two layers, judged apart:
//
//   - theory: the statements C01–C81 of the source. Each is evaluated in
//     package exact at a precision where rounding cannot matter, on special
//     cases and on random ones, and its verdict is computed: it holds, it
//     holds under a condition that the source leaves unsaid, it is refuted (a
//     smallest counterexample, certified by enclosures that exclude equality,
//     and a corrected statement that holds), or it is not checkable.
//   - code: what an implementation of an op owes. A Subject's reply is
//     compared with exact's correctly rounded truth of the same call.
//
// # Notation
//
//	x fixed, F_i = F(x, i) energies, n of them, lower = better
//	y correct answer, ȳ the most offending incorrect one, F̄ = F(x, ȳ)
//	β inverse temperature, m margin, d = F − F̄
//	Z = Σ e^{−βF}, p_i = e^{−βF_i}/Z, F_β = −(1/β) ln Z
//	[t]⁺ = max(0, t), σ(t) = 1/(1 + e^{−t})
//
// # Map
//
//	Claims, Find, Select       the ledger (claim.go)
//	statement                  a claim about theory and how its verdict comes about (statement.go)
//	intuition, likelihood, contrastive    the statements of SOURCE 1.1, 1.2, 1.3
//	obligations                the claims about code (obligations.go)
//	Call, Reply, Subject       a question, its answer, who is asked (call.go, subject.go)
//	Regime, grid, drawCall     the cases: special values first, random second (regime.go, draw.go)
//	Precision                  the format of a subject's numbers (precision.go)
//	standard                   what REQUIRED allows in a precision, derived (bounds.go, boundsoftmax.go, boundpair.go)
//	bench                      all cases of an op in a regime, and the judgement on them (bench.go)
//	Stored                     counterexamples that are kept, and asked before all others (stored.go)
//	Run, Test                  the engine for the command, and for go test (run.go, test.go)
//	Result, Journal            results.jsonl (result.go)
//
// # Testing a loss of your own
//
// Make a Subject from your functions and hand it to Test:
//
//	func TestMine(t *testing.T) {
//		properties.Test(t, properties.Funcs("mine", map[properties.Op]func(properties.Call) properties.Reply{
//			properties.Hinge: func(c properties.Call) properties.Reply {
//				loss, dF, dFbar := MyHinge(c.Margin, c.Energies[0], c.Energies[1])
//				return properties.Reply{Value: loss, Grad: []float64{dF, dFbar}}
//			},
//		}))
//	}
package properties
