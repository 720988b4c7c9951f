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
//	Markdown    the same for a pull request
//	HTML        one self-contained page: the source as it is judged, statement by
//	            statement, then the program, its failures by cause
//	Replayed    what became of one call that was asked again
//	Ledger      the verdicts alone, free of everything that differs between
//	            machines, to be committed and compared
//	JUnit, Annotations, Summary, Badge
//	            what a CI shows by itself
//	Wild        what is wrong in many libraries, a page to be committed
//	Atlas       the largest errors, a page likewise
//
// Profile writes a page on one loss. FindApart returns a claim that stands by itself.
//
// Join makes one run of several, whose subjects then stand side by side in all
// of these. Compare says what changed from one run to another. Run.ExitCode and
// Comparison.ExitCode say what a CI should make of it.
//
// # Files
//
//	read.go      results.jsonl → Run       gotest.go    go test -json → Run
//	join.go      Runs → Run                compare.go   Run, Run → Comparison
//	exit.go      Run → 0, 1 or 4           lines.go     bytes → lines
//	decode.go    a line → a result, or what is wrong with it
//	view.go      what all pages share: clean texts, facts, counterexamples
//	conclude.go  the run in a sentence, and what keeps it from being whole
//	theory.go    the statements, in the order of the source
//	code.go      the table op × regime     abreast.go   op × subject × regime
//	failures.go  what failed, the worst first
//	text.go      untrusted text, columns, figures
//	quote.go     text in Markdown and HTML
//	terminal.go  markdown.go  ledger.go    compared.go (a Comparison, written)
//	reading.go   how the source was read, at the head of the ledger; path.go   a descent as a table
//	evidence.go  on what verdicts rest     apart.go     claims that stand by themselves
//	terminalfailures.go  what failed; replayed.go  a call that was asked again
//	html.go      the page: pagetop.go (the first screen), pagetheory.go, pagecard.go,
//	             pagetold.go, pagecauses.go, pagecode.go, pageuntested.go, pagetext.go (text
//	             with indices, set), pagemath.go (a person's formula as MathML);
//	             page.tmpl, its parts top.tmpl, items.tmpl, program.tmpl, style.tmpl
//	pagecompared.go  a Comparison as a page; compared.tmpl
//	profile.go   the page on one loss; profile.tmpl, pictureprofile.go
//	picture.go   SVG: axes, ticks, names; pictures.go (curves), pictureplane.go, picturedescent.go,
//	             pictureerrors.go (where a subject loses accuracy)
//	junit.go  annotations.go  summary.go  badge.go
//	wild.go      many libraries, and what is wrong in each: defects.go, wildtally.go
//	atlas.go     the largest errors
//
// # Words
//
// A statement is a theory line, about what the source prints; its Verdict says
// whether the printed form holds, its Outcome whether the suite established
// that. C37 is the 37th statement of the source; E, I, T1 and Z are the other
// references (errata, identities, rows of Table 1 and of the bug zoo). A cell
// is what was found for one op in one regime. A failure decides if it makes the
// exit code 1: it is required and was not expected.
//
// Everything read is foreign: a subject chooses its name, its error messages and
// what it prints before it crashes. Control and direction-changing characters
// are shown as escapes in every output, and each output quotes by its own rules.
package reports
