package reports

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

// decode is json.Unmarshal of an object, with errors for people.
func decode(line []byte, v any) error {
	if line[0] != '{' {
		return fmt.Errorf("%s is no JSON object: want {…}", excerpt(line))
	}
	err := json.Unmarshal(line, v)
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return fmt.Errorf("field %q holds a %s: want %s", wrong.Field, wrong.Value, wrong.Type)
	}
	if err != nil {
		return fmt.Errorf("not JSON (%v): want one object a line", err)
	}
	return nil
}

// excerpt quotes the beginning of line.
func excerpt(line []byte) string {
	const most = 40
	if len(line) > most {
		return fmt.Sprintf("%q…", line[:most])
	}
	return fmt.Sprintf("%q", line)
}

// decodeResult reads a claim line and checks the fields that are chosen from a
// list.
func decodeResult(line []byte) (result.Result, error) {
	var r result.Result
	if err := decode(line, &r); err != nil {
		return r, err
	}
	if r.Claim == "" {
		return r, errors.New(`no claim: want "claim":"id"`)
	}
	if err := oneOf("layer", r.Layer, []result.Layer{result.Theory, result.Code}); err != nil {
		return r, err
	}
	if err := oneOf("outcome", r.Outcome, result.Outcomes); err != nil {
		return r, err
	}
	if r.Level != "" || r.Layer == "code" {
		if err := oneOf("level", r.Level, []result.Level{result.Required, result.Recommended}); err != nil {
			return r, err
		}
	}
	if r.Verdict != "" || r.Layer == "theory" && r.Outcome == result.Passed {
		if err := oneOf("verdict", r.Verdict, result.Verdicts); err != nil {
			return r, err
		}
	}
	if r.Cases < 0 {
		return r, fmt.Errorf("%d cases: want a count", r.Cases)
	}
	for _, b := range r.Beyond {
		if b.Small == nil {
			return r, fmt.Errorf(`beyond %q: want "smallest", its counterexample`, b.Part)
		}
	}
	for _, p := range r.Paths {
		if err := tabular(p); err != nil {
			return r, err
		}
	}
	return r, nil
}

// tabular says where a descent is no table: a row for each step, in each a value for each name.
func tabular(p result.Path) error {
	if len(p.Values) != len(p.Steps) {
		return fmt.Errorf("path %q has %d rows of values for %d steps", p.By, len(p.Values), len(p.Steps))
	}
	for i, row := range p.Values {
		if len(row) != len(p.Names) {
			return fmt.Errorf("path %q has %d values after %d steps: want %d, one a name", p.By, len(row), p.Steps[i], len(p.Names))
		}
	}
	return nil
}

func oneOf[T ~string](field string, value T, of []T) error {
	if slices.Contains(of, value) {
		return nil
	}
	var names []string
	for _, o := range of {
		names = append(names, string(o))
	}
	want := strings.Join(names, ", ")
	if value == "" {
		return fmt.Errorf("no %s: want one of %s", field, want)
	}
	return fmt.Errorf("unknown %s %q: want one of %s", field, value, want)
}
