// Package losses has the losses of the theory, each with its value and its
// gradient in the energies.
//
//	loss                   formula                        margin   stated in
//	EnergyLoss             F_y                            none     Table 1, SOURCE 1.1(f)
//	Perceptron             F_y − min_j F_j                0        Table 1
//	NLL                    F_y + (1/β) ln Σ_j e^{−βF_j}   > 0      Table 1, SOURCE 1.1(h), SOURCE 1.2(b), SOURCE 1.2(c)
//	MEE                    1 − p_y                        > 0      Table 1
//	Simple                 [F]⁺ + [m − F̄]⁺                –        SOURCE 1.3(a)
//	Hinge                  [m + F − F̄]⁺                   m        Table 1, SOURCE 1.3(b)
//	Log                    ln(1 + e^{F − F̄})              > 0      Table 1, SOURCE 1.3(c)
//	SoftHinge              ln(1 + e^{β(m + F − F̄)})/β     –        identity 59, identity 68
//	SquareSquare           ([F]⁺)² + ([m − F̄]⁺)²          m        SOURCE 1.3(d)
//	TutorialSquareSquare   F² + ([m − F̄]⁺)²               m        Table 1, LeCun et al. 2006, text
//	SquareExp              F² + γe^{−F̄}                   > 0      Table 1
//	LVQ2                   min(M, [F − F̄]⁺)               0        Table 1
//	MCE                    1/(1 + e^{F̄ − F})              > 0      Table 1
//
// Table 1 is that of LeCun, Chopra, Hadsell, Ranzato and Huang, A Tutorial on
// Energy-Based Learning (2006); its margin column says for which margins
// minimising the loss makes the machine robustly right. Catalogue has this
// table as data. (Identity 59 is a line of reports/identities.md.)
//
// # Notation
//
//	F_j   F_W(x, yⱼ), the energy of answer j; lower is better, +Inf impossible
//	y     the correct answer, an index
//	ȳ     an incorrect answer; by default the one of lowest energy
//	F, F̄  the energies of y and ȳ (Fbar in code); d = F − F̄
//	m     margin     β  inverse temperature     γ, M  other parameters
//	p     the Gibbs distribution of F at β      [t]⁺  max(0, t)
//
// # The files
//
//	loss.go        the two interfaces; a pair loss on a whole answer space
//	all.go         losses of all energies: EnergyLoss, Perceptron, NLL, MEE
//	measure.go     NLL and MEE of densities, over boxes and samples
//	pair.go        losses of two energies
//	square.go      the two square-square losses
//	sum.go         sums of three energies, correctly rounded
//	gradient.go    from energies to parameters; batch.go the mean over data
//	catalogue.go   the losses as data
//	any other      the loss that it is named after
//
// # Accuracy
//
// Every value and every component of a gradient is computed from exact sums and
// differences of the energies, in twofold.Number where there is an exponential, and
// rounded once: it overflows and underflows only where the true value does, and
// in the tails (an NLL of e⁻⁷⁰⁰, a slope of e⁻⁷⁴⁰) it is as good as elsewhere. The
// tests hold every one of them to properties/exact, and what the comments promise to aimed
// cases and planted faults: go test ./losses -run Promises -v -args -cases 3000. Which test
// holds which of it, is in promises.tsv.
//
// # Infinite energies
//
// +Inf is an impossible answer and a limit: a pair loss of an impossible ȳ is its
// limit as F̄ → +Inf (hinge and log 0, simple [F]⁺, …), and that is also its
// value when there is no incorrect answer at all. The limit of F − F̄ where both
// are +Inf does not exist: NaN. An energy of −Inf is a mistake: NaN (EnergyLoss alone
// returns it).
package losses
