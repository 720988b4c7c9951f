package judge

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"

	"ebmcheck/properties/op"
)

// The stored regressions: one call a line, with why it is there. They hold
// values, never the bits of a generator, so they outlive every change to it.
//
//go:embed regressions.jsonl
var regressionLines []byte

type regression struct {
	Why    string  `json:"why"`
	Regime Regime  `json:"regime"`
	Call   op.Call `json:"call"`
}

// readRegressions reads stored regressions; an error names the line.
func readRegressions(b []byte) ([]regression, error) {
	var rs []regression
	d := json.NewDecoder(bytes.NewReader(b))
	for n := 1; ; n++ {
		var r regression
		if err := d.Decode(&r); err == io.EOF {
			return rs, nil
		} else if err != nil {
			return nil, fmt.Errorf("regression %d: %w", n, err)
		}
		rs = append(rs, r)
	}
}

// regressions are the stored calls of op in regime r.
func regressions(o op.Op, r Regime) []op.Call {
	all, err := readRegressions(regressionLines)
	if err != nil {
		panic("judge: " + err.Error()) // embedded and tested
	}
	var calls []op.Call
	for _, s := range all {
		if s.Call.Op == o && s.Regime == r {
			calls = append(calls, s.Call)
		}
	}
	return calls
}

// Regressions returns all stored calls.
func Regressions() []op.Call {
	var calls []op.Call
	for _, op := range op.Ops {
		for _, r := range Regimes {
			calls = append(calls, regressions(op, r)...)
		}
	}
	return calls
}
