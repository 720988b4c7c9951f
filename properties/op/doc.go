// Package op holds the operations: each one is a Row, in a file of its own, with all
// that is known of it, from its formula to its source. Nothing else switches on the
// name of an operation.
//
// # Notation
//
//	F_i energies, n of them, lower = better; a pair has F = F(x,y) and F̄ = F(x,ȳ)
//	y correct answer, ȳ the most offending incorrect one, d = F − F̄
//	β inverse temperature, m margin, γ factor, M cap
//	p_i = e^{−βF_i}/Σ_j e^{−βF_j}, x = −βF, w = e^{x − max x}, Σ = Σ_j w_j
//	u = 2^−bits unit roundoff, v = −ln(1 − u)
//
// # Map
//
//	Row, Ops, Find             the rows (op.go), one file each: gibbs.go … lvq2.go
//	Param                      the parameters of an op (param.go)
//	Define                     an op of a user's loss, by its formula (define.go), and back (definition.go); its truth and bound (loss.go)
//	Shown, Slips, Simplest     a row for people (show.go), formulas that are taken for its own (slip.go), one simple call (simplest.go)
//	Validate                   what a row may not lack (validate.go)
//	Call, Reply, Subject       a question, its answer, who is asked (call.go, wire.go, subject.go)
//	Precision                  the format of a subject's numbers (precision.go, ulps.go)
//	Model, Allowance, Allowed  what REQUIRED allows, derived (model.go, softmax.go, sigmoid.go, sums.go, overflow.go)
//	Side, Signs                the signs that no rounding changes (sign.go)
//	Stratum                    where faults hide (strata.go)
//	Hardest                    the calls of an op that are the hardest to round (hardest.go)
//	Batch, BatchOf             rows of an op asked at once (batch.go, wirebatch.go): the op of it, its truth (batchrow.go), its
//	                           bound (batchbound.go), its strata (batchstrata.go)
//	Reference                  this module's own implementation (reference.go)
//
// # To add one
//
// A file with its Row, its name and its place in catalogue (op.go); its loss in package
// losses and in the catalogue there; two wrong variants in package faults. A row without
// Truth or Bound has those of its formula. contributing/op.go.tmpl has it all to be copied,
// and Validate says what is missing.
package op
