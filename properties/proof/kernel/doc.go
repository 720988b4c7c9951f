// Package kernel is what must be believed of proofs, and all of it: terms, facts, and the rules by which facts lead to facts. It reads no
// text. A Proof begins with what is given and its goals, and only its rules change it: whatever a certificate has, and whoever reads it, an
// argument that is wrong makes a rule refuse, or prove something else that is true.
//
//	term.go      Term: polynomials in atoms, in a normal form
//	atom.go      the atoms, each with what makes the normal form of it
//	replace.go   names within terms
//	derive.go    derivatives
//	fact.go      Fact: a term is 0, at least 0, above 0; what gives inv, ln and derivatives their usual meaning
//	proof.go     Proof: the goals, and the facts at hand
//	rules.go     the rules
//	sums.go      Sums: what a proof asks of its sums
//	view.go      terms as provers look at them: no rule does
//
// # What is taken for granted
//
// Arithmetic of rational numbers, the axioms of an ordered field, finite sums, e^{a+b} = eᵃeᵇ, eᵗ ≥ 1 + t with equality at 0 only,
// that e^t takes every value above 0, and once the mean value theorem. What is proved is about real numbers and the formula that is
// shown: not about the prose beside it, nor about any program.
//
// # Why a term is what it says
//
// A Term stands for a real number, once every variable x, every F[j] and the set of answers (finite, not empty) are given. Its
// functions are total: inv(0) = 0, and ln(t) = 0 for t ≤ 0. So the normal form rests on identities that hold everywhere:
//
//	the laws of commutative rings; exp(a)·exp(b) = exp(a + b), exp(0) = 1
//	sum is linear, and what does not have its index leaves it; sum(j, 1) = n; sum(j, d(i,j)·t(j)) = t(i)
//	d(i,j)² = d(i,j), d(i,i) = 1, d(i,j) = d(j,i)
//	inv of a product is the product of the inverses, inv(inv(t)) = t, inv(exp(E)) = exp(−E), inv(d(i,j)) = d(i,j)
//	ln(exp(E)) = E; pos and inv of a number, ln(1)
//
// Each is true of total functions too: inv(ab) = inv(a)·inv(b) if a or b is 0, and so on. The text of a term is its identity, so it must
// be readable in one way only: names are words, without signs. A test of package proof has random terms, as text, mean in rational numbers what
// their normal form does, renamed, summed and replaced in as well, and reads back what is printed.
//
// # Why the rules are sound
//
// A fact holds at every point where the assumptions hold (and what cases and mono suppose, within them). An index that is free in it is
// any answer. By rule:
//
//	exp, exps, expp   eᵗ ≥ 1 + t, above if t ≠ 0; eᵗ > 0
//	sq                a square
//	pos               max(0, t) is the only number p with p ≥ 0, p ≥ t, p(p − t) = 0
//	inv               t·inv(t) = 1: asks for a fact t > 0 or −t > 0
//	ln                e^{ln t} = t: asks for a fact t > 0
//	comb              sums of products of facts: an equality may have any factor, an inequality only a number above 0
//	div               from a·t ≥ 0 and a > 0, t ≥ 0; likewise > and =
//	anti              p ≥ 0 and −p ≥ 0 make p = 0
//	delta             if i is not j the factor d(i,j) is 0; else the two terms are one
//	all, inst         what holds for an index of which no fact tells anything holds for all; what holds for all holds for one
//	sum, drop         sums of facts over the answers; > stays, for there is one at least; without one term, ≥ 0 stays
//	have, cases       a lemma; t ≥ 0 or −t > 0
//	mono              t(x) ≥ t(a) if the derivative is ≥ 0 on [a, x]: mean value theorem. What was known of x is forgotten in both
//	                  subproofs, since it was known of one x only, and in the second it must be shown that the derivative exists
//	qed, absurd       the goal is a fact, or a fact is false of numbers, so that there is no such point
//
// # When a sum may be an integral
//
// Let the answers be a measurable set, of a measure that is not 0; sum(j, t) the integral of t over it by that measure, n what it comes
// to of 1; and families measurable. A term is then a measurable function of its indices, and a number once they are given, if
// each function that a sum in it is of has an integral. Of sums the normal form says that they are linear, which integrals are, and
// the rule sum that they keep =, ≥ and >, which integrals do: that of a function above 0 everywhere is above 0. What holds for all
// holds everywhere. All other rules are about numbers, or a function at a point, but for
//
//	drop, and d(i,j)   that a sum is at least one of its terms, or picks it out, is so of points that have mass 1: of a series
//	mono, and D        that the derivative of a sum is the sum of the derivatives, which has to be known of an integral
//
// So Sums has the functions of which the integral must exist, in all facts, goals and terms of a proof, those that must have a
// derivative under the integral (along the path of D; for mono at all x ≥ a), and whether answers were counted. A proof that counts
// none is one of integrals by every such measure, of weighted sums as well; one that counts, and in which n is not, of series that
// converge: that is what every integral is by the measure that counts.
// Sums within sums are integrals within integrals, in the order in which they stand: no rule exchanges the two.
//
// # Derivatives, and what terms owe
//
// D(t; x -> u; F[j] -> s(j)) is the derivative of t along a path on which x moves with speed u and F[j] with s(j); so one theorem about
// S = ∂F/∂W is about ∂/∂W in every parametrisation. It is differentiation by sum, product and chain rule; where it divides or takes a
// logarithm it owes that the argument is not 0, or above 0; max(0, t) has a derivative only where an assumption says on which side of 0 t
// is. And every inv and ln of what is to be proved, as it is written, owes that its argument is not 0, or above 0, so that it means what it
// usually does: 1/(1/x) = x owes that x is not 0, though x is all that the normal form has. What is owed must be among the facts when the
// last goal is reached.
//
// # Size
//
// Whatever a certificate has, checking takes little time and memory: terms, coefficients, lines, powers, depth and the work of a whole
// theorem are limited, and what passes a limit is refused with a message.
package kernel
