// Package judge puts the cases of an operation to subjects and judges their replies:
// what claims about code come to.
//
// # Map
//
//	Claim, Obligations      what code owes that offers an op (obligations.go)
//	Regime                  ranges of inputs, with obligations of their own (regime.go)
//	Cases                   the cases of an op in a regime, as a stream (cases.go): the grid (grid.go), stored
//	                        regressions (regressions.go), those hardest to round (hardest.go), random ones (draw.go, drawparam.go, drawenergies.go), counterexamples of
//	                        earlier runs (stored.go); of either sort long ones (lengths.go), with masks (masks.go), not finite (odd.go)
//	Ask                     the one loop: subjects are asked, twice, and the truths found (loop.go); a call with its truth,
//	                        its allowance and what was replied (asked.go)
//	strata                  where the cases of an op must have been (strata.go)
//	Costs                   what the cases take (costs.go)
//	judge                   a reply against the truth (judge.go), one judge a file: value.go, gradient.go, probs.go, index.go, nonfinite.go, finite.go,
//	                        sign.go, format.go, nanparameter.go, pure.go; what is not finite in a call is its kind (kind.go)
//	batches                 what is owed of rows asked at once (batch.go), their regime (batchregime.go), their cases
//	                        (batchgrid.go, batchdraw.go), what is shown of them (batchsimplest.go)
//	part                    one number of it, in ulps and shares of the allowance (part.go); a rule for each (numbers.go)
//	smallest, mistake       what is shown of a claim that is refuted, and is as bad as the first (counterexample.go)
//	sequence                calls among which one is answered otherwise: state, batches, races (sequence.go)
//	Evidence                some of the cases for and against a claim, by which known mistakes are told (evidence.go), and
//	                        the formula that was taken for the op's (slip.go)
//	Tally                   what becomes of a claim, case by case: refuted, spent, first, worst (tally.go)
//	spreads                 its errors by how far apart the energies are (spread.go)
//	Unit                    all claims about an op in a regime, run (unit.go); grades (grade.go)
//	Intervals               what each number of an answer may be, by bisection (interval.go)
//	Check, Replay           a single call (check.go, stored.go)
//	Bench                   the replies of one subject, each by itself (bench.go)
//	Expectation             failures that are known (expect.go)
//	DetectionPower          what random cases are sure to find (power.go)
package judge
