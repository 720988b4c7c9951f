// Package command is ebmcheck: a file a verb. Run is the whole of it.
//
//	verify      judge the source and this module's own implementation (verify.go)
//	gate        judge an adapter; smoke asks it one call an op, replay a stored counterexample (gate.go, smoke.go, replay.go)
//	exhaustive  judge on all of finite sets of inputs (exhaustive.go, exhausted.go)
//	atlas       look for the largest errors (atlas.go)
//	merge       one run of the shards of one (merge.go, shard.go)
//	vectors     calls with their right answers, by a schema (vectors.go, vectorcases.go, vectorschema.go)
//	report      reports from results.jsonl; compare two of them (report.go, compare.go)
//	list        the claims, by name and verdict (list.go); explain one, with its proof (explain.go, explainproof.go)
//	profile     which conditions of the theory a loss meets (profile.go)
//	prove       find the certificates again, and compare (prove.go)
//
// What verbs share: a run with its files and its end (session.go, store.go, resume.go, again.go),
// the folder that it has for itself (lock.go, lock_*.go), the child process (doorway.go), what
// is written besides (outputs.go), progress (progress.go), the signals that end them
// (signals.go), a terminal that a workflow reads (harmless.go), and the version (version.go).
// Exit codes stand in command.go.
package command
