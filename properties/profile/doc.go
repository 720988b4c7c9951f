// Package profile tells which of the theory's conditions a loss meets, from its formula alone: its gradient, its sign, where it is 0,
// whether it is convex, shift-invariant, homogeneous, monotone, smooth, its margin, whether it permits collapse, whether its slope
// fades, what it comes near as its parameters go to 0 or grow, and which known losses it equals or lies between.
//
// A question has candidates for its answer, each of them statements in the language of package formula that are made from the loss. They
// are tried on cases: one that fails refutes the candidate, and is shown. Of those that are left, the first of whose statements there are
// certificates, which a general prover finds and the checker of package proof takes, is proved. Where there is none, the first that no
// case refutes is sampled, and the number of cases is said. Nothing else is an answer.
//
// A loss of n answers is sampled for n from 2 to 4; what is proved is of two answers, y and ȳ, for which sums over answers are written
// out. Parameters are above 0, or as a condition says.
//
//	profile.go     Of: the profile of a formula
//	loss.go        a loss, and what it is at other energies; two.go, where there are two answers
//	algebra.go     sums, products and quotients, simplified
//	case.go        the cases, and the plainest one that refutes
//	answer.go      candidates, and what decides between them
//	question.go    what is asked: sign, zeros, convexity, invariance, monotonicity
//	cells.go       gradient and kinks; slope.go, derivatives, in each cell of the signs of positive parts
//	margin.go      Condition 3 of LeCun et al. 2006, collapse, fading
//	limits.go      what it comes near as a parameter goes to 0, or grows
//	known.go       the losses of the catalogue beside it
//	program.go     what of it is asked of a program, and within what; programquestion.go, the questions
//	plane.go       what is drawn of it, over F and F̄
//	text.go        a profile for people
package profile
