package reports

import "ebmcheck/properties/result"

// ExitCode returns what a CI should make of the run: see result.ExitCode. Of runs that
// were joined, one that is 1 makes it 1, else one that is 4 makes it 4.
func (r *Run) ExitCode() int {
	if len(r.Parts) == 0 {
		return result.ExitCode(r.Header.Shard, r.Results, r.Complete, r.Footer.Stale)
	}
	code := result.ExitPassed
	for _, p := range r.Parts {
		switch p.ExitCode() {
		case result.ExitRefuted:
			return result.ExitRefuted
		case result.ExitIncomplete:
			code = result.ExitIncomplete
		}
	}
	return code
}
