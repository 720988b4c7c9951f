package adapter

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// read decodes a line, and says in the protocol's words why it cannot be a
// message: it is not UTF-8, not JSON, no object, or a field has the wrong type.
func read(line []byte, message any) error {
	if !utf8.Valid(line) {
		return fmt.Errorf("the line is not UTF-8: %s", clip(line))
	}
	if bytes.HasPrefix(line, []byte("\uFEFF")) {
		return errors.New("the line begins with a byte order mark (EF BB BF): write UTF-8 without one")
	}
	err := json.Unmarshal(line, message)
	if syntax := new(json.SyntaxError); errors.As(err, &syntax) {
		return notJSON(line, syntax)
	}
	wrong := new(json.UnmarshalTypeError)
	if !errors.As(err, &wrong) {
		return err
	}
	if wrong.Field == "" {
		return fmt.Errorf("the line is no JSON object: %s", clip(line))
	}
	want := map[string]string{"int": "an integer", "string": "a string", "op.Op": "a string", "[]adapter.Entry": "a list of operations",
		"adapter.Implementation": "an object"}[wrong.Type.String()]
	return fmt.Errorf("%q is a %s: want %s", wrong.Field, wrong.Value, want)
}

// notJSON says what is wrong with a line and, where it can be guessed, what to
// write instead.
func notJSON(line []byte, err *json.SyntaxError) error {
	if len(line) == 0 {
		return errors.New("an empty line: want one JSON object a line")
	}
	at := max(0, min(int(err.Offset), len(line))-1)
	isWord := func(i int) bool { return i >= 0 && i < len(line) && inWord(line[i]) }
	lo, hi := at, at
	for isWord(lo - 1) {
		lo--
	}
	for isWord(hi) {
		hi++
	}
	word := string(line[lo:hi])
	instead := map[string]string{"nan": `"NaN"`, "inf": `"Infinity"`, "infinity": `"Infinity"`, "-inf": `"-Infinity"`, "-infinity": `"-Infinity"`}
	if s, ok := instead[strings.ToLower(strings.TrimPrefix(word, "+"))]; ok && line[0] == '{' {
		return fmt.Errorf("a bare %s in %s: write %s, in quotes", word, clip(line[max(0, lo-20):min(hi+20, len(line))]), s)
	}
	if line[0] != '{' {
		return fmt.Errorf("the line is no JSON: %s: only answers go to standard output, print the rest to standard error", clip(line))
	}
	if line[at] == '\'' {
		return fmt.Errorf("the line is no JSON, %v at byte %d: JSON has double quotes: %s", err, at, clip(line))
	}
	return fmt.Errorf("the line is no JSON, %v at byte %d: %s", err, at, clip(line))
}

func inWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'
}

// clip shows a line, the start of a long one.
func clip(line []byte) string {
	const most = 200
	if len(line) > most {
		return strconv.Quote(string(line[:most])) + fmt.Sprintf("… (%d bytes)", len(line))
	}
	return strconv.Quote(string(line))
}

// brief is what is kept of a text of the child: all of it, or the start and the end of
// a long one, where a traceback says what went wrong. It shares no memory with a long one.
func brief(text string) string {
	const head, tail = 500, 1500
	if len(text) <= head+tail+100 {
		return text
	}
	cut := len(text) - head - tail
	return strings.ToValidUTF8(text[:head], "") + fmt.Sprintf(" … (%d bytes left out) … ", cut) + strings.ToValidUTF8(text[len(text)-tail:], "")
}

const twiceText = `%.40q stands twice in one object: want it once`

// decodeStarted reads the answer to start.
func decodeStarted(line []byte) (Started, error) {
	var s Started
	if err := read(line, &s); err != nil {
		return Started{}, err
	}
	if key := twice(line, true); key != "" {
		return Started{}, fmt.Errorf(twiceText, key)
	}
	return s, s.check()
}

// decodeResults reads the answer to run with seq and n calls into its
// entries, which it leaves undecoded.
func decodeResults(line []byte, seq, n int) ([]json.RawMessage, error) {
	if entries, ok := plainResults(line, seq, n); ok {
		return entries, nil
	}
	return anyResults(line, seq, n)
}

// anyResults is decodeResults for any line.
func anyResults(line []byte, seq, n int) ([]json.RawMessage, error) {
	var env struct{ Seq, Results json.RawMessage }
	if err := read(line, &env); err != nil {
		return nil, err
	}
	want := strconv.Itoa(seq)
	if key := twice(line, false); key != "" {
		return nil, fmt.Errorf(twiceText, key)
	}
	switch {
	case env.Seq == nil:
		return nil, fmt.Errorf(`no "seq": echo the request's, %s: %s`, want, clip(line))
	case string(env.Seq) != want:
		return nil, fmt.Errorf(`"seq" is %.40s, want %s: every request is answered by one line, in order`, env.Seq, want)
	case env.Results == nil:
		return nil, fmt.Errorf(`no "results": want a list of %d, one a call`, n)
	case env.Results[0] != '[':
		return nil, fmt.Errorf(`"results" is %s: want a list of %d, one a call`, clip(env.Results), n)
	}
	var entries []json.RawMessage
	if err := json.Unmarshal(env.Results, &entries); err != nil {
		return nil, err
	}
	if len(entries) != n {
		return nil, fmt.Errorf(`%d results to %d calls: want one a call, in order`, len(entries), n)
	}
	return entries, nil
}

// decodeAnswer reads one entry of results as the answer to the call q.
func decodeAnswer(entry json.RawMessage, q question) (op.Reply, error) {
	if r, ok := plainAnswer(entry, q); ok {
		return r, nil
	}
	return anyAnswer(entry, q)
}

// anyAnswer is decodeAnswer for any entry. The JSON around it is known to be sound.
func anyAnswer(entry json.RawMessage, q question) (op.Reply, error) {
	var raw struct {
		Value, Grad, Probs, Index, Values, Grads, Unsupported, Error json.RawMessage
	}
	if entry[0] != '{' {
		return op.Reply{}, fmt.Errorf("the result is %s: want an object", clip(entry))
	}
	if err := json.Unmarshal(entry, &raw); err != nil {
		return op.Reply{}, err
	}
	if key := twice(entry, true); key != "" {
		return op.Reply{}, fmt.Errorf(twiceText, key)
	}
	var a Answer
	var err error
	field := func(name string, raw json.RawMessage, take func() error) {
		if raw == nil || err != nil {
			return
		}
		if string(raw) == "null" {
			err = fmt.Errorf("%q is null: leave out what there is none of", name)
		} else if e := take(); e != nil {
			err = fmt.Errorf("%q: %w", name, e)
		}
	}
	field("value", raw.Value, func() error { a.Value = new(result.Real); return a.Value.UnmarshalJSON(raw.Value) })
	field("grad", raw.Grad, func() (err error) { a.Grad, err = reals(raw.Grad); return err })
	field("values", raw.Values, func() (err error) { a.Values, err = reals(raw.Values); return err })
	field("grads", raw.Grads, func() (err error) { a.Grads, err = lists(raw.Grads); return err })
	field("probs", raw.Probs, func() (err error) { a.Probs, err = reals(raw.Probs); return err })
	field("index", raw.Index, func() error {
		a.Index = new(int)
		if json.Unmarshal(raw.Index, a.Index) != nil {
			return fmt.Errorf("it is %s: want an integer, the position of a minimiser counted from 0", clip(raw.Index))
		}
		return nil
	})
	text := func(raw json.RawMessage, to **string) func() error {
		return func() error {
			*to = new(string)
			if json.Unmarshal(raw, *to) != nil {
				return fmt.Errorf("it is %s: want a string that says why", clip(raw))
			}
			return nil
		}
	}
	field("unsupported", raw.Unsupported, text(raw.Unsupported, &a.Unsupported))
	field("error", raw.Error, text(raw.Error, &a.Error))
	if err != nil {
		return op.Reply{}, err
	}
	return a.reply(q)
}

// reals reads an array of reals. The JSON around it is known to be sound.
func reals(raw json.RawMessage) ([]result.Real, error) {
	if raw[0] != '[' {
		return nil, fmt.Errorf("it is %s: want a list of numbers, one an energy", clip(raw))
	}
	xs := []result.Real{}
	for rest := bytes.TrimLeft(raw[1:], space); rest[0] != ']'; rest = bytes.TrimLeft(rest, space+",") {
		end := bytes.IndexAny(rest, space+",]")
		var x result.Real
		if err := x.UnmarshalJSON(rest[:end]); err != nil {
			return nil, fmt.Errorf("entry %d: %w", len(xs), err)
		}
		xs, rest = append(xs, x), rest[end:]
	}
	return xs, nil
}

// space is what JSON allows between tokens.
const space = " \t\r\n"
