package theory

import "slices"

// likelihood is the ledger of SOURCE 1.2: the form of the loss, the chain of
// lines that differentiates it, when it can be computed, and what it pushes.
var likelihood = slices.Concat(likelihoodForm, likelihoodChain, likelihoodTractable, likelihoodPushes)
