// Package reports reads what a run found and writes what people and CIs read.
//
// A run is read from one of two streams:
//
//	Read        results.jsonl, as the suite writes it
//	ReadGoTest  the events of "go test -json" over tests that call properties.Test
//
// and written as
//
//	Terminal    a summary for 80 columns
//	Markdown    the same for a pull request or a job's summary page
//	HTML        one self-contained page: the audited source statement by
//	            statement, then the code, operation by operation
//	Ledger      the verdicts alone, free of everything that differs between
//	            machines, to be committed and compared
//
// Run.ExitCode says what a CI should make of it.
//
// # Files
//
//	read.go      results.jsonl → Run       gotest.go    go test -json → Run
//	exit.go      Run → 0, 1 or 4           lines.go     bytes → lines
//	view.go      what all pages share: clean texts, facts, warnings
//	theory.go    the statements, in the order of the source
//	code.go      the table op × regime
//	text.go      untrusted text, columns, figures
//	terminal.go  markdown.go  html.go (page.tmpl)  ledger.go
//
// # Words
//
// A statement is a theory line, about what the source prints; its Verdict says
// whether the printed form holds, its Outcome whether the suite established
// that. C37 is the 37th statement of the source; E, I, T1 and Z are the other
// references (errata, identities, rows of Table 1 and of the bug zoo). A cell
// is what was found for one op in one regime.
//
// Everything read is foreign: a subject chooses its name, its error messages and
// what it prints before it crashes. Control and direction-changing characters
// are shown as escapes in every output, and each output quotes by its own rules.
package reports
