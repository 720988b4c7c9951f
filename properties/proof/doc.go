// Package proof checks proofs of statements about losses: for all numbers of answers n ≥ 1, all real energies, every β > 0. Nothing
// outside it need be believed: not what found a proof, nor the words beside it.
//
// A statement is a formula (package formula); State writes down what is to be proved of it. A certificate, a text file in
// certificates, has these lines and then the steps of the proof, a rule each. Check reads it.
//
//	state.go          State: a formula to what is to be proved, as text
//	parse.go          text to term
//	session.go        a theorem and its proof, a line at a time
//	check.go          Theorem, Check: a certificate of it
//	sums.go           what a proof asks of its sums over answers, and so for which integrals and series it holds
//	certificates.go   those that are there
//	draft.go          what provers use; the checker does not
//
// Package kernel has the terms, what is taken for granted and the rules, with why they are sound. Package prove finds certificates; coq says
// them in Coq; and second, in Python, checks them too: another hand's work, which shares no code with this.
//
// # What must be believed
//
// Of a proof, the kernel alone. The lines of a certificate may be misread, and a prover may write what it likes: whatever terms come of it
// the rules take, and they are sound for all.
//
// Of the statement, that the goals are what the formula says: State and the reader. They are not in the kernel, for what they make of a
// theorem is committed: a few lines at the head of its certificate, which can be read beside the formula, which the second checker reads with
// a reader of its own, and of which Coq, given the formula in a rendering of its own, has proved that they mean it (coq/words.v,
// reports/outside.md). Where a statement is new, as in the profile of a loss, State and the reader are believed.
//
// Of which integrals and series a theorem holds besides, its certificate says too: Sums, as kernel/doc.go tells. The second checker finds the same; Coq
// is asked about sums only. What mathematics has to add is that a measure has such integrals, and where a claim says so that one may differentiate inside.
//
// What is said of any number of steps, of a descent or along a chain of answers, is two theorems, of its start and of a step, and who joins
// them takes induction for granted besides; package theory writes both from one text. A subset of the answers is a family c with c = 0 or 1,
// and a pair of answers, or an answer with a latent one, an index of its own: what the letters of a theorem stand for is said beside it.
//
// # What a vacuous theorem would be
//
// Of assumptions that no point satisfies all is true. That there is one, each theorem's test shows: its formula is run on cases, and must
// hold on some. The names that a certificate uses are those of its statement, or abbreviations of terms; no name changes its meaning.
//
// # Attacks
//
// testdata/attacks.txt has wrong certificates, which both checkers refuse. A new rule brings its own, and its guards are in guards_test.go:
// “make guards” shows that without any one of them an attack goes through.
package proof
