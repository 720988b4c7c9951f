// Package coq writes the theorems in Coq, each with a proof made from its certificate, for readers who believe that prover rather than
// the checkers of this repository. “make outside” has Coq prove all of them and writes reports/outside.md.
//
// # What a theorem says
//
// Its statement is rendered from the formula of the ledger, without the certificate, over Coq's real numbers R:
//
//	Theorem gibbs_cold : forall (Y : answers) (beta g : R) (F : Y -> R) (y : Y),
//	  beta > 0 -> (forall j : Y, j <> y -> F j - F y >= g) ->
//	  1 - p F beta y <= (n Y - 1) * exp (- beta * g).
//
//	answers            a finite type that is not empty, with its elements in a list without repetitions (normal.v)
//	Sum (fun j => t)   the sum of t over that list; Sum_but y leaves out the answer y; n Y its length; delta j y is 1 if j is y, else 0
//	Max, Min           the largest and the smallest value of a function of answers; lemmas Max_is and Min_is say so
//	p F beta y, Z      the Gibbs distribution and its partition function; pos, softplus and sigmoid are defined likewise (words.v)
//	F, Fbar            numbers, where a statement has F[y] and F[ybar] and no other energy
//	exists d_1, …      a derivative: derivable_pt_lim f x d_1 says that f has the derivative d_1 at x, and the rest what d_1 is
//	F : R -> Y -> R    energies as functions of W, with the slopes S at W; put F k t is F, but t at the answer k
//
// beta > 0, and so of the parameters that proof.Theorem.Positive names. max(j: t) <= b among the conditions is said of every t; ȳ is an answer
// but y below which there is none but y. A theorem is about all of Y, F and so on that meet what is assumed: for all n.
//
// # How it is proved
//
// The prelude has the language of certificates as a data type, with what its terms mean, den, and in it are proved
//
//	normal.v   that the normal form of a term means what the term does
//	derive.v   that the derivative of a term is that along a path, if what it owes is so
//	rules.v    that what each rule adds is so where the facts before it are (does_ok, run_ok), and so what a proof proves (proves_ok)
//	words.v    that the facts of a statement say what the statement does
//
// So a certificate becomes a value, steps, and that it proves what it should is a computation, checked. In the proof of a theorem a world is
// set up in which den of its terms is, by conversion, the statement's own numbers. Coq believes nothing of what Go says: a wrong rendering
// of a term is not convertible, and a wrong step is refused.
//
// Rules are rows of a table, rules or goals in certificate.go, each with its constructor in rules.v. A rule without a row is named in the
// report: the theorem is “not exported”.
//
// # What is taken for granted
//
// The axioms of Coq's real numbers: sig_forall_dec and sig_not_dec, functional extensionality, the excluded middle. The run has Coq print what
// theorems assume, and refuses one that assumes more. The prelude has no axiom, and no parameter, of its own: e^t ≥ 1 + t, e^{a+b} = e^a·e^b and the
// mean value theorem are the standard library's. Steps are computed by Coq's virtual machine, a part of its kernel.
//
// In Coq 1/0 is 0, as here, and ln t is 0 for t ≤ 0. That what is divided by in a conclusion is not 0, and what it takes the
// logarithm of is above 0, is among the facts that checked demands of the proof (means in words.v).
//
// What must be read to believe a theorem is its statement and the definitions that it uses, not the proof, the prelude's lemmas or Go.
package coq
