// Package exhaust judges an implementation on finite sets of inputs, all of each: what it
// then says of the set is no sample's word.
//
// # Map
//
//	Set        all calls of an op that a set has, in slices (set.go)
//	Sets       those that a subject can be asked: pairs of float16 numbers (pairs.go), of our own code
//	           fewer, by F − F̄ (differences.go) or by parts of F and F̄ (parts.go); float32 numbers (line.go), vectors over a grid (grid.go)
//	Run        puts the slices to a subject, a shard of them, or what is left (run.go)
//	Slice      what a slice came to: a line of the journal (slice.go)
//	Check      whether slices that were read can be those of a run (check.go)
//	Results    what all slices of the sets come to, as lines of results.jsonl (results.go)
//	Page       the same as a page, of sets that are not exhausted too (page.go)
//
// # What is compared
//
// A reply is compared with the truth of its call, in the format of the subject. One whose
// every number is the nearest of the format is right, and needs no more (judge.Nearest);
// any other goes through all claims of its regime (judge.Bench). So the largest error told
// is the maximum over the set.
package exhaust
