package losses

import "strings"

// A Trait is something that the theory says of a loss as a function of the
// energies. Traits are claims: the suite checks them.
type Trait uint

const (
	Smooth         Trait = 1 << iota // infinitely often differentiable (a PairLoss in F and F̄: another answer may become the most offending)
	Differentiable                   // has a continuous gradient (same reservation)
	Convex                           // convex in the energies
	NonNegative                      // ℓ ≥ 0 for all energies
	ShiftInvariant                   // ℓ(F + c) = ℓ(F): the gradient sums to 0
	NeedsFloor                       // means what it should only for energies bounded below: it pulls F_y down for ever, or to 0 from both sides
)

// String returns the names of the traits, separated by commas.
func (t Trait) String() string {
	var names []string
	for i, name := range []string{"smooth", "differentiable", "convex", "non-negative", "shift-invariant", "needs-floor"} {
		if t&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// An Entry is a loss as data. Loss is the loss with default parameters; Pair is
// the same as a function of F and F̄, nil if the loss sees more (or less) than a
// pair.
type Entry struct {
	ID     string   // as in the protocol and in the names of claims
	Name   string   // in words
	Margin string   // the margin column of Table 1; "" if it has no row there
	Refs   []string // where it is stated
	Kinks  string   // where it is not differentiable; "" if nowhere
	Traits Trait
	Loss   Loss
	Pair   PairLoss
}

// Catalogue returns every loss of the package.
func Catalogue() []Entry {
	entries := []Entry{
		{
			ID: "energy", Name: "energy",
			Margin: "none", Refs: []string{"Table 1, row energy loss", "SOURCE 1.1(f)"},
			Traits: Smooth | Differentiable | Convex | NeedsFloor,
			Loss:   EnergyLoss{},
		},
		{
			ID: "perceptron", Name: "generalised perceptron",
			Margin: "0", Refs: []string{"Table 1, row perceptron"},
			Kinks:  "tied minimisers",
			Traits: Convex | NonNegative | ShiftInvariant,
			Loss:   Perceptron{},
		},
		{
			ID: "nll", Name: "negative log-likelihood",
			Margin: "> 0", Refs: []string{"Table 1, row NLL/MMI", "SOURCE 1.1(h)", "SOURCE 1.2(b)", "SOURCE 1.2(c)"},
			Traits: Smooth | Differentiable | Convex | NonNegative | ShiftInvariant,
			Loss:   NLL{Beta: 1},
		},
		{
			ID: "mee", Name: "minimum empirical error",
			Margin: "> 0", Refs: []string{"Table 1, row MEE"},
			Traits: Smooth | Differentiable | NonNegative | ShiftInvariant,
			Loss:   MEE{Beta: 1},
		},
		{
			ID: "simple", Name: "simple",
			Refs:   []string{"SOURCE 1.3(a)"},
			Kinks:  "F = 0; F̄ = m",
			Traits: Convex | NonNegative,
			Pair:   Simple{Margin: 1},
		},
		{
			ID: "hinge", Name: "hinge",
			Margin: "m", Refs: []string{"Table 1, row hinge", "SOURCE 1.3(b)"},
			Kinks:  "m + F = F̄",
			Traits: Convex | NonNegative | ShiftInvariant,
			Pair:   Hinge{Margin: 1},
		},
		{
			ID: "log", Name: "log",
			Margin: "> 0", Refs: []string{"Table 1, row log", "SOURCE 1.3(c)"},
			Traits: Smooth | Differentiable | Convex | NonNegative | ShiftInvariant,
			Pair:   Log{},
		},
		{
			ID: "soft_hinge", Name: "soft hinge",
			Refs:   []string{"identity 59", "identity 68"},
			Traits: Smooth | Differentiable | Convex | NonNegative | ShiftInvariant,
			Pair:   SoftHinge{Margin: 1, Beta: 1},
		},
		{
			ID: "square_square", Name: "square-square",
			Margin: "m", Refs: []string{"SOURCE 1.3(d)"},
			Traits: Differentiable | Convex | NonNegative,
			Pair:   SquareSquare{Margin: 1},
		},
		{
			ID: "tutorial_square_square", Name: "square-square of the tutorial",
			Margin: "m", Refs: []string{"Table 1, row square-square (misprinted with a minus)", "LeCun et al. 2006, text"},
			Traits: Differentiable | Convex | NonNegative | NeedsFloor,
			Pair:   TutorialSquareSquare{Margin: 1},
		},
		{
			ID: "square_exp", Name: "square-exponential",
			Margin: "> 0", Refs: []string{"Table 1, row square-exp"},
			Traits: Smooth | Differentiable | Convex | NonNegative | NeedsFloor,
			Pair:   SquareExp{Gamma: 1},
		},
		{
			ID: "lvq2", Name: "LVQ2",
			Margin: "0", Refs: []string{"Table 1, row LVQ2"},
			Kinks:  "F = F̄; F − F̄ = M",
			Traits: NonNegative | ShiftInvariant,
			Pair:   LVQ2{Cap: 1},
		},
		{
			ID: "mce", Name: "minimum classification error",
			Margin: "> 0", Refs: []string{"Table 1, row MCE"},
			Traits: Smooth | Differentiable | NonNegative | ShiftInvariant,
			Pair:   MCE{},
		},
	}
	for i := range entries {
		if e := &entries[i]; e.Pair != nil {
			e.Loss = Contrastive(e.Pair)
		}
	}
	return entries
}
