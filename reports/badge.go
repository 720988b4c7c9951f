package reports

import (
	"encoding/json"
	"fmt"
	"io"
)

// Badge writes the run as an endpoint of shields.io: how many of the required
// claims that were due passed, as a fraction, which nothing rounds up. Green is
// exit code 0 with all of them passed; yellow-green with failures that were
// expected; red 1; yellow 4.
func Badge(w io.Writer, run *Run) error {
	passed, due := 0, 0
	for _, r := range run.Results {
		if !binding(r) || !attempted(r) && !idle(r) {
			continue
		}
		due++
		if !failed(r) && !idle(r) {
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
	case code == exitRefuted:
		b.Color = "red"
	case code == exitIncomplete:
		b.Color = "yellow"
		b.Message += ", incomplete"
	case passed < due:
		b.Color = "yellowgreen"
	default:
		b.Color = "brightgreen"
	}
	return json.NewEncoder(w).Encode(b)
}
