package adapter

import (
	"encoding/json"
	"math"
	"strconv"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// Nearly all answers are plain: their strings are printable ASCII without escapes, their
// keys are what they should be, each there once. These are read here, in one pass. Of
// anything else what is here says no more than that it is not plain.

// plainResults is decodeResults for a line that is plain.
func plainResults(line []byte, seq, n int) (entries []json.RawMessage, ok bool) {
	s := scanner{line}
	key, ok := s.key('{')
	if !ok || string(key) != "seq" {
		return nil, false
	}
	token, ok := s.number()
	if got, err := strconv.Atoi(string(token)); !ok || err != nil || got != seq {
		return nil, false
	}
	if key, ok = s.key(','); !ok || string(key) != "results" || !s.take('[') {
		return nil, false
	}
	entries = make([]json.RawMessage, 0, n)
	for !s.take(']') {
		if len(entries) > 0 && !s.take(',') || s.space() != '{' {
			return nil, false
		}
		from := s.rest
		if !s.value(nested) {
			return nil, false
		}
		entries = append(entries, json.RawMessage(from[:len(from)-len(s.rest)]))
	}
	return entries, s.take('}') && s.space() == 0 && len(s.rest) == 0 && len(entries) == n
}

// plainAnswer is decodeAnswer for an entry that is plain, and has what the op answers and
// nothing else. The JSON around it is known to be sound.
func plainAnswer(entry []byte, q question) (r op.Reply, ok bool) {
	s := scanner{entry}
	var value, index, probs, values, grads bool // there
	for open := byte('{'); ; open = ',' {
		key, ok := s.key(open)
		if !ok {
			return op.Reply{}, false
		}
		switch string(key) {
		case "value":
			ok = !value
			if value = true; ok {
				r.Value, ok = s.real()
			}
		case "grad":
			if ok = r.Grad == nil; ok {
				r.Grad, ok = s.reals(q.energies)
			}
		case "probs":
			if ok = !probs; ok {
				r.Probs, ok = s.reals(q.energies)
			}
			probs = true
		case "values":
			if ok = !values; ok {
				r.Values, ok = s.reals(q.rows)
			}
			values = true
		case "grads":
			if ok = !grads; ok {
				r.Grads, ok = s.lists(q)
			}
			grads = true
		case "index":
			var token []byte
			if ok = !index; ok {
				token, ok = s.number()
			}
			i, err := strconv.Atoi(string(token))
			r.Index, index, ok = i, true, ok && err == nil
		default:
			ok = false
		}
		if !ok {
			return op.Reply{}, false
		}
		if s.take('}') {
			break
		}
	}
	grad := r.Grad != nil
	switch answers := q.op.Row().Answers; {
	case answers == op.AsProbs:
		ok = probs && !(value || grad || index || values || grads)
	case answers == op.AsIndex:
		ok = index && !(value || grad || probs || values || grads)
	case answers == op.AsRows && q.reduction == op.None:
		ok = values && !(value || grad || probs || index)
	case answers == op.AsRows:
		ok = value && !(values || grad || probs || index)
	default:
		ok = value && !(probs || index || values || grads)
	}
	return r, ok
}

// nested is how deep lists and objects stand in an entry, at most.
const nested = 3

// A scanner reads plain JSON from the front of rest. What it reports is whether it could.
type scanner struct{ rest []byte }

// space skips space and returns the byte after it, 0 at the end.
func (s *scanner) space() byte {
	for i, c := range s.rest {
		if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			s.rest = s.rest[i:]
			return c
		}
	}
	s.rest = nil
	return 0
}

// take takes c, which is not 0, after any space.
func (s *scanner) take(c byte) bool {
	if s.space() != c {
		return false
	}
	s.rest = s.rest[1:]
	return true
}

// key takes what opens it, '{' or ',', a key and the colon after it.
func (s *scanner) key(open byte) (key []byte, ok bool) {
	if !s.take(open) {
		return nil, false
	}
	key, ok = s.text()
	return key, ok && s.take(':')
}

// text takes a string and returns what is between the quotes.
func (s *scanner) text() (text []byte, ok bool) {
	if !s.take('"') {
		return nil, false
	}
	for i, c := range s.rest {
		switch {
		case c == '"':
			text, s.rest = s.rest[:i], s.rest[i+1:]
			return text, true
		case c < ' ' || c > '~' || c == '\\':
			return nil, false
		}
	}
	return nil, false
}

// number takes a number and returns its token.
func (s *scanner) number() (token []byte, ok bool) {
	s.space()
	b, i := s.rest, 0
	at := func(c byte) bool { return i < len(b) && b[i] == c }
	digits := func() bool {
		from := i
		for i < len(b) && '0' <= b[i] && b[i] <= '9' {
			i++
		}
		return i > from
	}
	if at('-') {
		i++
	}
	if at('0') {
		i++
	} else if !digits() {
		return nil, false
	}
	if at('.') {
		if i++; !digits() {
			return nil, false
		}
	}
	if at('e') || at('E') {
		if i++; at('+') || at('-') {
			i++
		}
		if !digits() {
			return nil, false
		}
	}
	token, s.rest = b[:i], b[i:]
	return token, true
}

// real takes a real.
func (s *scanner) real() (x float64, ok bool) {
	if s.space() != '"' {
		token, ok := s.number()
		if !ok {
			return 0, false
		}
		x, err := result.ParseFloat(token)
		return x, err == nil
	}
	text, _ := s.text()
	switch string(text) {
	case "NaN":
		return math.NaN(), true
	case "Infinity":
		return math.Inf(1), true
	case "-Infinity":
		return math.Inf(-1), true
	}
	return 0, false
}

// reals takes a list of about n reals.
func (s *scanner) reals(n int) (xs []float64, ok bool) {
	if !s.take('[') {
		return nil, false
	}
	xs = make([]float64, 0, n)
	for !s.take(']') {
		if len(xs) > 0 && !s.take(',') {
			return nil, false
		}
		x, ok := s.real()
		if !ok {
			return nil, false
		}
		xs = append(xs, x)
	}
	return xs, true
}

// lists takes a list of lists of reals, one a row of q.
func (s *scanner) lists(q question) (rows [][]float64, ok bool) {
	if !s.take('[') {
		return nil, false
	}
	for !s.take(']') {
		if len(rows) > 0 && !s.take(',') {
			return nil, false
		}
		row, ok := s.reals(q.energies / max(1, q.rows))
		if !ok {
			return nil, false
		}
		rows = append(rows, row)
	}
	return rows, true
}

// value takes a number, a string, or a list or object of plain values, of which no more
// than depth stand in each other.
func (s *scanner) value(depth int) (ok bool) {
	c := s.space()
	switch {
	case c == '"':
		_, ok = s.text()
		return ok
	case c != '[' && c != '{':
		_, ok = s.number()
		return ok
	case depth == 0:
		return false
	}
	end := byte(c + 2) // in ASCII ] and } stand two after [ and {
	if s.rest = s.rest[1:]; s.take(end) {
		return true
	}
	for {
		if c == '{' {
			if _, ok := s.text(); !ok || !s.take(':') {
				return false
			}
		}
		if !s.value(depth - 1) {
			return false
		}
		if s.take(end) {
			return true
		}
		if !s.take(',') {
			return false
		}
	}
}
