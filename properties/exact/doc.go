// Package exact is the judge of numbers: rigorous enclosures and correctly rounded values of the Gibbs distribution, the
// free energy, every loss and every gradient, at any float64 input. It imports the standard library only, and shares no
// code with what it judges.
//
// # Two ways in
//
// To decide a statement of the theory, write it in Interval arithmetic: the definitions (Partition, NLLOf, …) are here
// literally, in any arithmetic that has the methods of Number. Two enclosures that are Disjoint refute an equality for
// certain; over Dual they give gradients, with the whole subdifferential at a kink.
//
// To judge a number that a program gave, ask for the Truth of the same call (NLL, Hinge, …): its Values say which float64 is
// nearest to the true number and how far any other one is from it, in ulps of the true value, rounded up.
//
// # Notation
//
//	F, F_i     energies, the lower the better; +Inf is an impossible answer, of weight 0 (at β = 0 too)
//	β, beta    inverse temperature, from 0 to +Inf, both included
//	y          the index of the correct answer
//	w_i, Z, p_i  e^{−βF_i} (here relative to a minimiser), their sum, w_i/Z
//	F_β        free energy, −(1/β) ln Z
//	F̄, Fbar    energy of the most offending incorrect answer; d = F − F̄
//	m, γ, M    margin, constant of the square-exponential loss, cap of LVQ2
//	[t]⁺, σ(t) max(0, t), 1/(1 + e^{−t})
//	u, dd      2⁻⁵³, double-double
//
// # Map
//
//	interval.go     Interval: construction, order, sets, text
//	arithmetic.go   its operations; directed rounding, the limits of big.Float's exponents
//	expfixed.go     e^x in fixed point, with a bound in units of the last place
//	fixed.go        ln(1+x), ln 2, π likewise
//	elementary.go   Exp, Expm1, Log, Log1p, Sqrt on intervals
//	dual.go         Dual: forward-mode differentiation, hulls at kinks
//	definitions.go  the definitions of the theory
//
//	value.go        Value: a real number seen from float64
//	round.go        correct rounding, and why it ends
//	hardest.go      the calls known that are the hardest to round
//	truth.go        Truth: the answer to a call
//	ensemble.go     Gibbs, FreeEnergy: no cancellation but the one that is in F_β
//	likelihood.go   NLL, MEE
//	choice.go       Infer, Energy, Perceptron
//	pair.go         Simple, Hinge, LVQ2, SquareSquare: rational, computed without error
//	sigmoid.go      Log, SoftHinge, MCE, SquareExp
//
//	dd.go           double-double arithmetic, exponential and logarithm
//	double.go       the same for package formula
//	plain.go        the fast path for rational numbers
//	near.go         rounding a number that is known to a double-double and a bound
//	fast.go         the fast path for an ensemble
//	fastpair.go     the fast path for pairs
//
// # Where the bounds are proved
//
// Of the interval functions: at expFixed in expfixed.go, log1pFixed and machin in fixed.go; the series near 0 in elementary.go. Of the
// rounding: at the head of round.go (termination, by Lindemann–Weierstrass) and at nearest and settle. Of the fast path: at
// expDD and log1pDD in dd.go, and term by term in near.go, fast.go, fastpair.go and at even; a result whose bound does not
// decide is computed by intervals.
// No constant in them is a guess, and none was fitted to a test; the tests print how much of each bound they see used.
//
// # Costs
//
// BenchmarkExp, BenchmarkNLL and BenchmarkPair measure them. An exponential takes about 1.1 µs at 128 bits and 1.6 µs at
// 256; the fast path is over ten times faster than the intervals.
package exact
