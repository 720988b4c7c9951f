// Package properties is what users import: it puts an implementation of energy-based
// losses before the claims, and holds the ledger of them.
//
// There are two layers of claims, judged apart:
//
//   - theory: the statements C01–C81 of the source, and X01–X51 of other texts. Each is evaluated at a precision
//     where rounding cannot matter, on special cases and on random ones, and its
//     verdict is computed: it holds, it holds under a condition that the source leaves
//     unsaid, it is refuted (a smallest counterexample, and a corrected statement that
//     holds), or it is not checkable.
//   - code: what an implementation of an op owes. A Subject's reply is compared with
//     the correctly rounded truth of the same call.
//
// # Map
//
//	Claims, Find, Select     the ledger (claim.go)
//	Test, Run, Check         the engine for go test, for the command, for one call (test.go, run.go, face.go)
//	Funcs, Define            a subject of Go functions, an op of a loss of your own (face.go)
//	Profile                  which of the theory's conditions a loss meets, proved from its formula (profile.go)
//	failure                  what a person is told of a claim that did not pass (failure.go)
//	Hinge, NLL, …            the names of the operations (ops.go)
//	formula, exact           formulas as data; correctly rounded values: the judge of numbers
//	op                       the operations, one file each
//	judge                    cases, and verdicts on replies
//	theory                   the statements of the source
//	result                   results.jsonl and its words
//	draw                     seeded cases and their shrinking
//	proof                    certificates, their checker and who finds them
//	profile                  what is known of a loss, from its formula or of a program
//	exhaust, atlas           all of finite sets of calls; the largest errors that a search finds
//	faults                   wrong implementations that the claims must refute
//	adapter                  the door to other processes
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
//
// A loss that this module does not know is first defined by its formula:
//
//	var squaredHinge = properties.Define("squared_hinge", "pos(m + F[y] - F[ybar])^2")
//
// and is then an op like any other: c.Margin is m, c.Energies are F and F̄.
//
// What answers many rows at once, with padding, masks, weights and means, is the op
// BatchOf(Hinge), or of any other loss.
package properties
