// Package ebm has the objects of energy-based learning: energies and their
// gradients, answer spaces, the Gibbs distribution, inference, latent variables,
// chains, samplers and plain gradient descent. The losses are in package losses.
//
// # Notation
//
//	x, y        an input and an answer; 𝒴 is the space of the answers
//	W           the parameters of a model (w in code)
//	F_W(x, y)   the energy: how badly y fits x; lower is better, +Inf impossible
//	F           the energies Fᵢ = F_W(x, yᵢ) of all answers, x and W fixed
//	β           the inverse temperature (beta): 0 ≤ β ≤ +Inf
//	μ           the measure on 𝒴, with masses μᵢ: sums and integrals are ∫ … dμ
//	Z, p        Z = Σᵢ μᵢ e^(−βFᵢ) and pᵢ = μᵢ e^(−βFᵢ)/Z, the Gibbs distribution
//	F_β         the free energy −(1/β) ln Z, a soft minimum of F
//	G, z        G_W(x, y, z), an energy with a latent variable z
//	⟨a⟩         the mean of a under p
//
// # How it fits together
//
// A model is an Energy. Energies turns it, a W and an x into a vector F over a
// list of answers, and Pull takes a gradient in F back to one in W; between the
// two nothing knows of models or parameters. A Measure says what the list stands
// for: a finite space (Counting, Weighted), a box of ℝᵈ cut up by quadrature
// (Box), a sample with importance weights (Samples, Annealing), or points with
// masses (Points, With). From F, β and μ,
// NewGibbs makes the distribution, of which everything else is a method.
//
//	Energy ── Energies ──► F ──► NewGibbs(F, β, μ) ──► p, ln Z, F_β, −ln p_y …
//	   ▲                   │                             │
//	   └────── Pull ◄──────┴───────── ∂ℓ/∂F ◄────────────┘
//
// # Where to begin
//
// Each idea has an example, in example_test.go:
//
//	a model learned           Example: energies, p, the NLL's gradient, descent
//	a Gibbs distribution      ExampleNewGibbs
//	inference                 ExampleInfer; of a continuum ExampleInferFrom
//	a latent variable         ExampleMinimised, ExampleSoft
//	a chain                   ExampleChain
//	a descent                 ExampleDescend
//	a box, a sample           ExampleBox, ExampleSamples, ExampleAnnealing_Samples
//	contrastive divergence    ExampleCD
//
// What a comment calls C28 is a statement of the source (reports/ledger.md), identity 76 a
// line of reports/identities.md. reports/claims.md has what is claimed of densities, chains and
// estimators, and of losses over any measure.
//
// # The files
//
//	energy.go       the interface Energy; Energies, Pull, Answers
//	table.go        one parameter an (input, answer)
//	linear.go       energies linear in W, and bilinear ones
//	quadratic.go    Gaussian energies, with their Z
//	distance.go     distances of y from a prediction, of two embeddings
//	rbf.go          distances from centres, fixed and learned
//	network.go      a small neural network
//	wells.go        a sphere of minima: one x, many y
//	gap.go          whether the gradients of an energy are those of its values
//	conditional.go  energies of a part of y, the rest known
//
//	measure.go      answer spaces as measures
//	gibbs.go        the Gibbs distribution: each number by the fast path, kernel/, where that is
//	                sure of it, else by its plain twin:
//	rows.go         many distributions, one after the other
//	plain.go        the twin; weights.go its weights, not rounded yet; deep.go where ln Z is next to 0
//	density.go      densities, at points that are no answers; effective sizes
//	box.go          boxes of ℝᵈ; quadrature/ cuts them up
//	anneal.go       annealed importance sampling, and the variance of a sample's Z
//	kernel/         sums of exponentials in pairs of float64s, and what is surely rounded of them
//	twofold/        arithmetic in 106 bits, its exponential and logarithm
//
//	infer.go        the least energy of a vector; inferfrom.go of a continuum; descent/ the search
//	latent.go       latent variables: minimised away, or summed out
//	mixture.go      energies with a discrete latent variable
//	chain.go        sequences; viterbi.go the least; chainnll.go the loss
//	messages.go     all numbers of a chain at one β: each by the fast path where that is sure of it, else
//	                by its plain twin:
//	chainquick.go   the fast path: messages in pairs of float64s; chainshares.go its probabilities
//	chainplain.go   the twin; passes.go its messages, not rounded
//	sampler.go      Metropolis and Langevin steps, contrastive divergence
//	train.go        gradient descent
//
// # Conventions
//
// A dst comes first; nil allocates, a wrong length panics, and it is always
// overwritten and returned. A caller's mistake panics with "ebm: …"; what is
// undefined is NaN, and a NaN among the energies makes everything NaN. Randomness
// is an argument, the last one.
//
// # Accuracy
//
// Gibbs, Chain and Metropolis round once: a number of theirs is within half an ulp, and 2⁻³⁰
// of one, of its true value, but where its comment says otherwise. What the comments promise
// is tried on aimed cases and on planted faults: go test ./ebm/... -run Promises -v -args -cases
// 3000. Which test holds which of it, is in promises.tsv.
//
// Where every mass is 1, and nothing cancels, a Gibbs distribution and its ln Z cost no more than
// twice what gonum's LogSumExp does for 100 answers and more, a probability as much as that: go
// test ./ebm -run Beside -v -args -growth has the ratios. Else a distribution costs some 200 ns an
// answer, its ln Z two to three times that where it is next to 0. Costs are linear in answers,
// parameters, positions and pairs of values: go test ./ebm -run Growth -v -args -growth fits
// their powers.
package ebm
