package reports

import (
	"encoding/json"
	"fmt"
	"io"

	"ebmcheck/properties/result"
)

// Badge writes the run as an endpoint of shields.io: how many of the required
// claims that were due passed, as a fraction, which nothing rounds up. Green is
// exit code 0 with all of them passed; yellow-green with failures that were
// expected; red 1; yellow 4.
func Badge(w io.Writer, run *Run) error {
	passed, due := 0, 0
	for _, r := range run.Results {
		if !r.Binding() || !r.Attempted() && !r.Idle() {
			continue
		}
		due++
		if !r.Failed() && !r.Idle() {
			passed++
		}
	}
	b := struct {
		SchemaVersion int    `json:"schemaVersion"`
		Label         string `json:"label"`
		Message       string `json:"message"`
		Color         string `json:"color"`
	}{1, "ebmcheck", fmt.Sprintf("%d/%d required", passed, due), ""}
	switch code := run.ExitCode(); {
	case code == result.ExitRefuted:
		b.Color = "red"
	case code == result.ExitIncomplete:
		b.Color = "yellow"
		b.Message += ", incomplete"
	case passed < due:
		b.Color = "yellowgreen"
	default:
		b.Color = "brightgreen"
	}
	if s := run.Header.Shard; !s.IsZero() {
		b.Message += ", " + s.Words()
	}
	return json.NewEncoder(w).Encode(b)
}
