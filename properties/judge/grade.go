package judge

import "ebmcheck/properties/result"

// Grade returns what the results of a claim in a regime, one a level, come to:
//
//	A+  RECOMMENDED passed, and no error is above 1 ulp
//	A   RECOMMENDED passed
//	B   RECOMMENDED did not pass, and nothing that is REQUIRED failed
//	–   RECOMMENDED did not pass, and nothing is REQUIRED
//	F   REQUIRED failed: the gate does, too
//
// and "" if the claim did not run or is not offered. asks says whether anything is
// asked at the first level.
func Grade(results []result.Result, asks bool) string {
	last := results[len(results)-1]
	for _, r := range results {
		if r.Outcome == result.NotRun || r.Outcome == result.NotOffered {
			return ""
		}
		if r.Level == result.Required && r.Outcome != result.Passed {
			return "F"
		}
	}
	switch {
	case last.Outcome == result.Passed && (last.Ulps == nil || *last.Ulps <= 1):
		return "A+"
	case last.Outcome == result.Passed:
		return "A"
	case results[0].Level != result.Required || !asks:
		return "–"
	default:
		return "B"
	}
}
