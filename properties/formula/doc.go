// Package formula holds losses, and statements about them, as data: text in one small language, which is read, printed, set
// as mathematics, mutated, evaluated, differentiated and bounded. What is shown and what is checked come from one tree.
//
//	nll := formula.MustParse("F[y] + logsumexp(j: -beta*F[j])/beta")
//	nll.Params     // [beta]
//	nll.Unicode()  // F_y + (1/β) ln Σ_j e^{−βF_j}
//	formula.MustStatement("for all j != y: D(Z, F[j]) = -beta*exp(-beta*F[j]) where Z = sum(k: exp(-beta*F[k]))")
//
// # Formulas
//
//	1  0.5  1e-6                numbers
//	m  beta  β  x_1             parameters: any other name; a Greek letter is read as its name (ε as eps)
//	c[y]  c[j]                  a parameter with one number an answer
//	F[y]  F[j]                  energy of the correct answer, of answer j; the lower the better
//	F[ybar]  Fbar  F̄            energy of the most offending incorrect answer: the least incorrect one
//	p[y]  p[ybar]  p[j]         Gibbs distribution of F at beta
//	n                           number of answers
//	a + b  a - b  a*b  a/b      also − · × ÷; a multiplication sign may not be left out
//	a^b  -a                     -a^b is -(a^b), a^b^c is a^(b^c); b does not depend on energies
//	pos exp log log1p expm1     functions of one argument; pos(t) is max(t, 0), log is natural,
//	sqrt abs sigmoid softplus   sigmoid(t) = 1/(1 + e^−t), softplus(t) = ln(1 + e^t), both without overflow
//	max(a, b)  min(a, b, c)     of two or more; logsumexp(a, b) is ln(e^a + e^b), in which a and b may be logsumexps themselves:
//	                            logsumexp(a, logsumexp(j != y: x)) is shifted by the largest of all
//	if(a < b, x, y)             x where a < b, else y; also <= > >= = !=
//	sum(j: e)                   over all answers; also mean max min logsumexp
//	sum(j != y: e)              over all but y; also but ybar, or an outer variable
//
// A bound variable must be used, and may not be bound twice within itself. An index is y, ybar, a bound variable, or, but in a loss, the
// number of an answer. ≠ ≤ ≥ are accepted, too.
//
// # Statements
//
//	a = b                       also != < <= > >=, and chains: a <= b < c
//	a = b and c < d             both
//	a = b if c < d and e >= 0   where the conditions hold
//	for all j, k != y: a = b    for each answer j and each k but y
//	D(e, F[j])  D(e, beta)      ∂e/∂F_j, ∂e/∂β: by an energy or any parameter
//	D(e, W)                     ∂e/∂W, where W moves each energy F_j with slope S[j]
//	delta(j, y)                 1 if the two indices are one answer, else 0
//	inf  ∞                      infinity
//	with(F[j] := e: f)          f with every energy F_j replaced by e
//
// Formulas and statements end with abbreviations, if they have any: where Z = sum(j: w), w = exp(-beta*F[j]). The indices
// of an abbreviation are those of the place that uses it.
//
// # Grammar
//
//	formula    = sum [where]
//	statement  = ["for" "all" binder {"," binder} ":"] relations ["if" relations] [where]
//	relations  = relation {"and" relation}
//	relation   = sum sign sum {sign sum}            sign = "=" | "!=" | "<" | "<=" | ">" | ">="
//	where      = "where" name "=" sum {"," name "=" sum}
//	sum        = product {("+" | "-") product}
//	product    = signed {("*" | "/") signed}
//	signed     = "-" signed | atom ["^" signed]
//	atom       = number | name | name "[" index "]" | "(" sum ")" | function "(" sum {"," sum} ")"
//	           | reduction "(" binder ":" sum ")" | "if" "(" sum sign sum "," sum "," sum ")" | "D" "(" sum "," sum ")"
//	           | "delta" "(" index "," index ")" | "with" "(" "F" "[" name "]" ":=" sum ":" sum ")"
//	binder     = name ["!=" index]
//	index      = "y" | "ybar" | name | decimal
//
// # Notation
//
// F, F_y, F_j are energies, F̄ that of the most offending incorrect answer ȳ; p_j = e^{−βF_j}/Z the Gibbs distribution, β the
// inverse temperature, Z = Σ_j e^{−βF_j}; m, γ, M a margin, a constant, a cap; [t]⁺ = max(t, 0), σ the sigmoid. Where only F[y]
// and F[ybar] are mentioned (Pair), F[y] is shown as F.
//
// # Map of the language
//
//	expr.go                   Expr: the tree
//	lex.go parse.go call.go   text to tree; statement.go adds relations
//	names.go                  what names mean: bound variables, parameters, definitions
//	error.go                  Error: message, text and a caret
//	expand.go                 definitions put in
//	print.go                  tree to text, with the fewest brackets
//	layout.go laycall.go      tree to pieces: what a person writes; piece.go, typeset.go
//	text.go latex.go mathml.go  pieces to plain text and Markdown, LaTeX, MathML
//	differ.go                 two statements in MathML, with what differs marked
//	mutate.go slip.go         every formula that is one slip away
//
// # Map of the engine
//
//	program.go node.go        Program: a formula for n energies, as nodes that are shared
//	unroll.go build.go        tree to nodes
//	gradient.go               derivatives, as nodes of the same program
//	enclose.go                what a node is, in intervals; equal.go, rational.go when two numbers are equal
//	corner.go                 where a derivative jumps: every way to settle it
//	excess.go                 L − x_k of a logsumexp L, in which nothing cancels
//	truth.go                  Program.Truth: the correctly rounded value and gradient
//	ball.go fast.go           the same in double-double, where that decides
//	model.go bound.go         Program.Bound: what rounding may cost; box.go the arithmetic, forward.go, side.go and weights.go
//	                          what each operation adds, backward.go how it passes on
//	loss.go allow.go hull.go  Loss and Allowance: what an answer may be off, and whether a gradient is one at a corner
//	regroup.go                what else a sum may be computed as
//	naive.go advised.go       parts of a formula that lose digits as they are written, and the formula without them
//	check.go relation.go      Check: a statement judged in one case
package formula
