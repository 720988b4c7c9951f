package faults

import (
	"path"
	"strings"
)

// mends are lines that mend faults, each with the ids of those that it does, * standing
// for any part. The first that matches counts.
var mends = []struct{ line, ids string }{
	{"subtract the minimum before exponentiating: exp(−β(F − min F))",
		"gibbs-naive lse-naive free-energy-gradient-naive nll-gradient-naive gibbs-float*-unshifted gibbs-shift-by-smallest lse-shift-by-first free-energy-gradient-0?0"},
	{"add back −min F outside of the logarithm: min F − (1/β) ln Σ exp(−β(F − min F))", "lse-shift-inside lse-never-shifted-back"},
	{"low energy is probable: the exponent is −βF", "*-similarity nll-plus-beta nll-beta-lost-twice"},
	{"β is an inverse temperature: exp(−βF), not exp(−F/β)", "*-temperature nll-β-missing-on-positive"},
	{"multiply every energy by β once, before the sum", "gibbs-β-twice gibbs-β-after *-log-Z-at-1"},
	{"divide by β what the logarithm gives: (1/β) ln Σ", "free-energy-without-1?β nll-log-without-1?β nll-times-beta soft-hinge-without-1?β"},
	{"mind β in the gradient: differentiate what the value computes", "nll-gradient-times-beta free-energy-gradient-times-beta mee-beta-forgotten soft-hinge-gradient-*β mee-β<1"},
	{"use β as it is sent", "free-energy-β-floor free-energy-β>1 soft-hinge-β>10"},
	{"F is the energy of the correct answer, F̄ of the incorrect one: d = F − F̄", "*-swapped hinge-two-class-sign mce-sign square-square-by-scores"},
	{"softplus is max(t, 0) + log1p(exp(−|t|)), at any t", "log-naive log-1-plus soft-hinge-naive log-float*-of-1-plus log-threshold-* soft-hinge-threshold-20 log-zero-below-* soft-hinge-float32-cut"},
	{"for t < 0 the sigmoid is e^t/(1 + e^t), else 1/(1 + e^−t)", "log-gradient-overflows log-gradient-e-over* log-gradient-1-σ mce-1-σ mce-tanh mce-overflows mce-one-sided mce-float32-complement mce-beyond-36"},
	{"from the energies, not from p: F_y − min F + (1/β) ln Σ exp(−β(F − min F))", "nll-of-p* nll-clipped nll-float32-clip nll-float16-epsilon nll-winner-zero nll-dominant nll-capped"},
	{"add up the other probabilities instead of 1 − p_y", "nll-gradient-1-p mee-cancels mee-gradient-cancels gibbs-last-by-difference mce-gradient-cancels"},
	{"use the margin that is sent, in the value and in the gradient", "*-margin-ignored* *-margin-hard-coded hinge-tests-margin-only hinge-m=0 square-square-tiny-m hinge-bfloat16-m-last"},
	{"use γ as it is sent, in the value and in the gradient", "square-exp-γ-*"},
	{"keep the positive part, and its 0 in the gradient: max(0, t)", "*-no-positive-part square-square-no-max square-square-tutorial* lvq2-slope-below-zero hinge-gradient-always-on"},
	{"y is an index, counted from 0", "nll-next-answer nll-first-answer nll-n≥33"},
	{"look at every answer: 0 ≤ i < n", "*-n≥33 infer-skips-last"},
	{"divide by nothing, and add nothing: a small probability is no error", "gibbs-eps-in-the-sum gibbs-clipped gibbs-small-to-zero lse-drops-the-tail mee-clipped nll-gradient-clipped"},
	{"compute in the precision that is declared, or declare the one that is computed in", "*-float32 *-float16-of-float32 *-bfloat16-of-float16 mee-bfloat16-twice"},
	{"leave the arguments alone: work on a copy", "*-in-place"},
	{"return a new slice each time", "*-reuses-its-buffer"},
	{"keep nothing between calls; the key of a cache holds all that the call does", "*-stale-β *-cached-by-length *-cached-by-place *-warm *-warm-start *-poisoned"},
	{"give the same call the same answer: seed what is random, order what is added", "*-random"},
	{"let NaN through: NaN in, NaN out", "*-swallows-nan *-nan-to-num *-constant-for-nonfinite infer-answers-nan lse-nan-second"},
	{"take the maximum of each row, of the entries that count", "nll.batch-one-maximum nll.batch-running-maximum nll.batch-next-row"},
	{"fill what is masked with +∞ before the softmax, in each row where its mask says", "nll.batch-padding-read nll.batch-masked-as-* nll.batch-right-padded"},
	{"set the gradient of masked entries to 0", "*.batch-masked-gradient*"},
	{"multiply each row's gradient by what comes back to that row", "*.batch-scaled-by-row-0 *.batch-gradient-not-reduced"},
	{"use the parameters of each row", "*.batch-?-of-row-0"},
	{"divide a mean by the sum of the weights of the rows that count", "*.batch-mean-* *.batch-masked-rows-count *.batch-sum-for-mean"},
	{"multiply the loss of each row by its weight, once", "*.batch-weights-*"},
	{"leave rows of which nothing counts, or of weight 0, out of the sum instead of multiplying them by 0", "*.batch-nan-of-nothing *.batch-0-times-∞"},
	{"keep rows apart: nothing of one goes into another's gradient", "*.batch-nan-spreads"},
	{"leave an impossible answer (+Inf) out: exp(−∞) is 0, and 0 · ∞ is never formed", "*-impossible* *-masked-by-10 nll-0-times-∞"},
	{"subtract what is computed, not what is rounded: lse(x) − x_y with lse ≥ max x, w/Σ with Σ ≥ w", "*-below-0 *-slope-past-0 gibbs-past-1"},
	{"start a maximum from −∞, and form no ∞ − ∞, 0/0 or ∞/∞ on the way", "*-lowest-1e300 *-total *-infinite-band *-ratio"},
	{"round every answer to the precision that is declared, or declare the one that is answered in", "*-in-name"},
	{"make no number up: NaN, an error or \"unsupported\" where there is no answer", "*-nothing-*"},
	{"join threads before the answer is read, and give each call its own memory", "*-races-*"},
	{"declare what is done: exp_ulps, flushes, accumulate, limits", "gibbs-coarse-exp *-flushes *-adds-up* gibbs-limits-*"},
}

// Mend returns the line that mends f: one of its own, or what is to be computed.
func (f Fault) Mend() string {
	if line, ok := f.mended(); ok {
		return line
	}
	row := f.Op().Row()
	if shown := row.ShownGradient(); shown != "" && strings.HasSuffix(f.Claim, ".gradient") {
		return "compute " + shown
	}
	return "compute " + row.Shown()
}

// mended is the line of mends about f.
func (f Fault) mended() (line string, ok bool) {
	for _, m := range mends {
		for id := range strings.FieldsSeq(m.ids) {
			if yes, _ := path.Match(id, strings.ReplaceAll(f.ID, "/", "|")); yes { // which * would not match
				return m.line, true
			}
		}
	}
	return "", false
}
