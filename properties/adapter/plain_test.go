package adapter

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/op"
)

// asking are questions of every kind of answer.
var asking = func() []question {
	qs := []question{{op: op.BatchOf(op.NLL), energies: 4, rows: 2, reduction: op.None}, {op: op.BatchOf(op.NLL), energies: 4, rows: 2, reduction: op.Mean}}
	for _, o := range []op.Op{op.NLL, op.Gibbs, op.Infer} {
		qs = append(qs, question{op: o, energies: 2})
	}
	return qs
}()

// samePlain says where the line, or an entry of it, is read otherwise as a plain one than
// as any; and counts how often they are read as plain ones.
func samePlain(line []byte, seq, n int) (plain int, err error) {
	entries, ok := plainResults(line, seq, n)
	want, no := anyResults(line, seq, n)
	if ok {
		plain++
		if no != nil || !slices.EqualFunc(entries, want, func(a, b json.RawMessage) bool { return bytes.Equal(a, b) }) {
			return 0, fmt.Errorf("%s: plain, %s; as any, %s, %v", line, entries, want, no)
		}
	}
	if no != nil {
		return plain, nil
	}
	for _, e := range want {
		for _, q := range asking {
			got, ok := plainAnswer(e, q)
			if !ok {
				continue
			}
			plain++
			if want, err := anyAnswer(e, q); err != nil || fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", want) { // "%#v" tells nil from empty, and −0 from 0
				return 0, fmt.Errorf("%s: plain, %#v; as any, %#v, %v", e, got, want, err)
			}
		}
	}
	return plain, nil
}

// TestPlain: what is read as plain is read as it would be without, whatever a token more,
// less or another makes of a line.
func TestPlain(t *testing.T) {
	tokens := strings.Split(`{ } [ ] , : "seq" "results" "value" "Value" "grad" "probs" "index" "values" "grads" "error" "unsupported" "a" "\u0061" "ä" "NaN" "nan" "Infinity" "-Infinity" NaN null true 0 -0 01 - 1. .5 1e 1E+2 1e-400 1e999 0x1 1_0 0.1 -1.5e-7 7 {} [] "`, " ")
	tokens = append(tokens, " ", "\n", "\xff", "\uFEFF")
	whole := []string{
		`{"seq":7,"results":[{"value":0.5,"grad":[1.0,-1e-9]},{"probs":[0.25,"NaN"]}]}`,
		`{"seq": 7, "results": [{"index": 1}, {"value": "Infinity"}]}`,
		`{"seq":7,"results":[{"values":[1.0,-0.0],"grads":[[1,2],[3.5,0.0]]},{"value":1.0,"grads":[[],[2.0]]}]}`,
		`{"seq":7,"results":[{"error":"no"},{"unsupported":"why"}]}`,
	}
	cut := func(s string) []string { // into tokens
		var parts []string
		for s != "" {
			n := 1
			if s[0] == '"' {
				n = 2 + strings.IndexByte(s[1:], '"')
			} else if i := strings.IndexAny(s, `{}[],: "`); i > 0 {
				n = i
			}
			parts, s = append(parts, s[:n]), s[n:]
		}
		return parts
	}
	for _, two := range []string{
		`{"value":0.5,"value":0.25},{"index":1,"index":0}`, `{"probs":[1.0],"probs":[0.5]},{"value":1.0,"grad":[1.0],"grad":[0.5]}`,
		`{"values":[1.0],"values":[0.5]},{"values":[1.0],"grads":[[]],"grads":[[1.0]]}`, `{"value":1.0},{"value":2.0},{"value":3.0}`, `{"value":1.0}`,
		`{"error":"a\"},{"error":"b\\"}`, "{\"error\":\"\xff\"},{}", "{\"error\":\"\x01\"},{}", `{"error":"ä"},{"":[[[[1]]]]}`, `{"value":01},{"value":1}`, `{"value":-},{"value":1}`,
		`{"value":1.0,"error":"no"},{"value":1.0,"probs":[1.0]}`, `{"values":[1.0],"value":1.0},{"index":1,"grad":[]}`, `{"probs":[1.0],"grads":[]},{"index":99999999999999999999}`,
		`{"value":1e999},{"index":1.0}`, `{"value":1.0,},{"value":1.0 "grad":[]}`, `{"grad":[1.0]},{"grads":[[1.0]]}`, `{"value":1}x,{"value":1}`, `[1.0],{"value":1}`,
		`{"value":1.0,"Value":2.0},{"index":1,"Error":1}`, `{"":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `},{"value":1}`,
	} {
		for _, line := range []string{`{"seq":7,"results":[%s]}`, `{"seq":7,"results":[%s]} x`, `{"seq":7,"results":[%s]}` + "\x00", `{"seq":8,"results":[%s]}`, `{"seq":7,"result":[%s]}`, `{"sea":7,"results":[%s]}`, `{"seq":7,"results":[%s],"results":[]}`} {
			if _, err := samePlain(fmt.Appendf(nil, line, two), 7, 2); err != nil {
				t.Error(err)
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	plain := 0
	for i := range 20_000 {
		parts := cut(whole[i%len(whole)])
		for range r.IntN(4) {
			at, what := r.IntN(len(parts)), tokens[r.IntN(len(tokens))]
			switch r.IntN(3) {
			case 0:
				parts[at] = what
			case 1:
				parts = slices.Insert(parts, at, what)
			default:
				parts[at] = parts[r.IntN(len(parts))]
			}
		}
		n, err := samePlain([]byte(strings.Join(parts, "")), 7, 2)
		if err != nil {
			t.Fatal(err)
		}
		plain += n
	}
	if plain < 10_000 {
		t.Errorf("%d were plain, too few to say much", plain)
	}
}
