// Package result holds what a run says: results.jsonl, and the words that it is made of.
//
// # Map
//
//	Claim                            what claims of the theory and of code share: id, where, words (words.go)
//	Outcome, Verdict, Level, Layer   the values of their fields; Outcome.Failed is the one meaning of "failed" (kinds.go)
//	Header, Result, Footer           the lines of results.jsonl (result.go)
//	Counterexample                   an input with what was got and what is right (result.go)
//	Shard                            a part of a run on many machines (shard.go)
//	Journal                          writes the lines, each synced before the next (result.go)
//	Real, Decimal, Hex               numbers on the wire, and for people (number.go)
//
// It imports nothing of this module, so that a report links neither the theory nor
// the judge.
package result
