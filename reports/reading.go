package reports

// reading is how the source was read, for every statement alike. The ledger begins with it.
const reading = `## How it is read

- **A sentence in its place.** What the display beside a sentence, or the sentence before it, takes for granted belongs to it: x is given where y is sought, and the question that 1.2(a) answers is about n answers. There is an answer, 𝒴 not being empty; and where the correct one is told from others, there is another. A hypothesis that is printed, such as “in the first case”, is part of the statement.
- **“Is”, “does”, “will”, “goes to” and every “=”** claim all cases: one counterexample refutes them. What the source leaves unsaid, and would make them true, is the condition.
- **“Can”** claims that there is a way, **“may”, “might” and “could”** that there is a case: one witness is enough, and only what excludes every witness refutes them.
- **“A if B”** says nothing where B is not met: there it is neither true nor false.
- **“Goes to”, “leads to” and “in the end”** are said of gradient descent, W ← W − η·∂ℓ/∂W, with a fixed step η > 0; what momentum makes of it is told beside. How small the step has to be is part of a condition.
- **At a kink** ∂ stands for any subgradient: an equation there says that its right side is one.
- **One meaning of each letter.** log is ln; −log p is −ln p, not divided by β. ℓ of the likelihood is −(1/β) ln p from “Normalizing” in 1.2(b) on, and in 1.1(h). Energies are real and finite, 0 < β < ∞ (C10 looks at other β). ∫ over y′ runs over all answers, with the measure that they have: for n answers it counts.
- **What is proved of Σ, and so of ∫.** A proof that asks of its sums over answers no more than that Σ is linear, and above 0 for a function above 0, is one of ∫ as well, by any measure but 0: of sums with weights and of integrals of measurable functions, where those that it names exist; where it follows a number such as β from one value to another, at all between. The checker notes what a proof asks, and it is said beside the theorem. One that takes a term out of a sum, or tells whether two answers are one, is not of integrals (that p ≤ 1 is true of masses, not of densities); but of series that converge it is. A statement about a continuum counts as proved where its condition grants the integrals that are named, or they lie below such that it does; with a theorem of analysis besides that no certificate has, it is proved in part, and the theorem named.
- **“Input” that is correct or incorrect, or that a sum runs over, is an answer y** (or the pair that it makes with x). A slip of wording that leaves no doubt of what is meant refutes nothing.
- **A name, a definition, a choice of words** is neither true nor false: not checkable. But a word that has its meaning already, such as similarity or temperature, claims what it means.
- **Two entries are of what the source does not say**, though readers take it from the source: C26, that the loss is at least 0, and C53, that close answers are pushed as others are. Their verdicts are about the sentence shown.`
