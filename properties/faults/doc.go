// Package faults judges the judge: wrong implementations that the claims of
// package properties must refute, and right ones that they must not.
//
//	Wrong   faults, each with its source, the claim that must refute it, at which
//	        level and in which regime (the easiest that shows it)
//	Right   variants: other summation orders, other subgradients at kinks, other
//	        tie rules, other forms of the same formula
//	Judge   all of an op in a regime on one Bench
//	Markdown, Power   reports/killmatrix.md: the kill matrix, and what random
//	        cases are sure to find
//	Likely  the fault that a refuted subject behaves like, and the line that mends it
//
// Four tests are behind build tags, for they take minutes or hours, or need Python;
// they gate nothing:
//
//	make power    how soon random cases alone refute each fault: reports/power.md
//	make versus   what other ways to test make of the faults: contributing/versus, reports/versus.md
//	make soak     false alarms: the variants on 10⁸ cases
//	make mutate   operator mutants of ebm and losses against their own tests;
//	              survivors.tsv has the known survivors, each with its reason
//
// # Sources
//
//	E1 … E11       errata of Table 1 and its notes; C12, C28 … statements of the source
//	§3.4 M2 … M9   public answers to the same exercise
//	M1 … M23       documented mistakes of libraries
//	Z1 … Z89       the bug zoo, with the repository and the thread
//	§9, N17        the executable zoo; verification §0: findings about suites
//	regressions    properties/regressions.jsonl
//	tightness      how sharp a claim is: a right answer moved by a few ulps
//	planted        nobody is known to have shipped it
//
// Errata 8 (the bound d/2 of squared distances) and the statements about
// training cannot be said as one op: the ledger's theory claims plant those.
//
// # Families
//
//	printed      what stands in print
//	logSumExp    gibbs, free_energy          likelihood   nll, mee
//	inference    infer, energy, perceptron   pairs        simple, hinge, square_square, lvq2
//	smooth       log, soft_hinge, mce, square_exp
//	state        memory between calls, changed arguments
//	undefined    NaN, infinities, limits     impossibles  impossible answers, nothing possible
//	signs        past 0 by a rounding        finites      no number where there is one
//	formats      of another format           races        the second answer, where it is hard to see
//	declarers    less declared than done
//	strata       right nearly everywhere     precision    too few digits
//	batches      rows at once: padding, masks, weights, reductions
//	narrow       wrong in float32, bfloat16 or float16 only
//	indices      a type too narrow for an answer      lengths      lengths beyond a block, and what is left over
//	sentinels    maxima that do not start from −∞     masks        several answers impossible, not all
//	offsets      small gaps, far from 0               parameters   margins, β, γ and M read as something else
//
// # Adding a fault
//
// Write one entry in its family: an id that begins with the op or the loss, where you
// saw it, what it does wrong, and what must refute it:
//
//	{"nll-gradient-mean", "M8", "the gradient divided by n, the value not", required("nll.gradient", tame),
//		sloped(func(_ call, grad []float64) { scale(grad, 1/float64(len(grad))) })},
//
// Say it as a change of the reference if you can: asking changes the call, saying the
// reply, valued, sloped and massed one part of it. A fault with a memory is a
// func() answer of its own (state.go). Then
//
//	go test ./properties/faults -run KillMatrix -update
//
// fails if the fault is not refuted as you said: the claims have a hole, or what you
// found is right. What is right goes to Right.
package faults
