package faults

import (
	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
)

// Likely returns the planted mistake that answers as a refuted subject did, in all of the
// evidence: "nll-winner-zero: …", and what mends it. It is "" if none does, or if several do
// that are mended in different ways. It is a hint for a person, not a verdict.
func Likely(e judge.Evidence) (likely, mend string) { return likelyOf(e, Wrong) }

// likelyOf is the mistake among these faults.
func likelyOf(e judge.Evidence, faults []Fault) (likely, mend string) {
	for _, f := range faults {
		if e.Regime() == nonfinite && f.Regime != nonfinite {
			continue // there every second fault answers NaN
		}
		if f.Op() != e.Op() || f.In != e.In() && f.In != op.Float64 || !e.Alike(f.Subject()) {
			continue
		}
		if likely == "" {
			likely, mend = f.ID+": "+f.Says, f.Mend()
		} else if f.Mend() != mend {
			return "", ""
		}
	}
	return likely, mend
}
