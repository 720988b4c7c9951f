package reports

// reading is how the source was read, for every statement alike. The ledger begins with it.
const reading = `## How it is read

- **A sentence in its place.** What the display beside a sentence, or the sentence before it, takes for granted belongs to it: x is given where y is sought, and ȳ where a loss of a pair is displayed; the question that 1.2(a) answers is about n answers. There is an answer, 𝒴 not being empty; and where the correct one is told from others, there is another. A hypothesis that is printed, such as “in the first case”, is part of the statement.
- **“Is”, “does”, “will”, “goes to” and every “=”** claim all cases: one counterexample refutes them. What the source leaves unsaid, and would make them true, is the condition.
- **“Can”** claims that there is a way, **“may”, “might” and “could”** that there is a case: one witness is enough, and only what excludes every witness refutes them.
- **“A if B”** says nothing where B is not met: there it is neither true nor false.
- **“Goes to”, “leads to” and “in the end”** are said of gradient descent, W ← W − η·∂ℓ/∂W, with a fixed step η > 0; what momentum makes of it is told beside. How small the step has to be is part of a condition.
- **At a kink** ∂ stands for any subgradient: an equation there says that its right side is one.
- **One meaning of each letter.** log is ln; −log p is −ln p, not divided by β. ℓ of the likelihood is −(1/β) ln p from “Normalizing” in 1.2(b) on, and in 1.1(h). Energies are real and finite, 0 < β < ∞ (C10 looks at other β). ∫ over y′ runs over all answers, with the measure that they have: for n answers it counts, and the integral is a sum.
- **“Input” that is correct or incorrect, or that a sum runs over, is an answer y** (or the pair that it makes with x). Such a slip, which leaves no doubt of what is meant, refutes nothing.
- **A name, a definition, a choice of words** is neither true nor false: not checkable. But similarity and temperature are words that have a meaning already, which is the reverse of the formula's: whoever goes by the word gets the sign wrong, and so they are judged by it.
- **Three entries are about what the source does not say**, though a reader may take it from there: C14, that the integral needs no measure, where none is written; C26, that the loss is at least 0; and C53, that close answers are pushed as others are. Their verdicts are about the sentence shown.
- **“Printed”** are words or lines of the text; **“Read as”** is what they claim, as a formula. y is the correct answer and ȳ an incorrect one, F = F(x, y) and F̄ = F(x, ȳ); F_j is the energy of the answer j of n, and p_j its probability, e^{−βF_j}/Σ_k e^{−βF_k}. [t]⁺ = max(t, 0), σ(t) = 1/(1 + e^{−t}), δ\_{ij} is 1 for i = j and 0 else, and A|\_{F\_j→B\_j} is A with B_j in place of each F_j.`
