package adapter

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
)

// twice returns a key that one object in the line has two times, "" if none does: of two
// values JSON lets the reader take either. Keys are the same as encoding/json has them,
// but for case. The line is known to be sound JSON. If not deep, only the object that
// the line is counts.
func twice(line []byte, deep bool) string {
	var keys [][]byte // of the objects that are open
	var open []int    // where the keys of each begin; -1 of a list
	wantKey := false
	for i := 0; i < len(line); i++ {
		if !structural[line[i]] { // most are digits
			continue
		}
		switch line[i] {
		case '{':
			open, wantKey = append(open, len(keys)), true
		case '[':
			open, wantKey = append(open, -1), false
		case ',':
			wantKey = open[len(open)-1] >= 0
		case '"':
			from := i + 1
			for i++; line[i] != '"'; i++ {
				if line[i] == '\\' {
					i++
				}
			}
			if wantKey && (deep || len(open) == 1) {
				keys = append(keys, line[from:i])
			}
			wantKey = false
		case ']':
			open = open[:len(open)-1]
		case '}':
			first := open[len(open)-1]
			if key := repeated(keys[first:]); key != "" {
				return key
			}
			keys, open = keys[:first], open[:len(open)-1]
		}
	}
	return ""
}

// structural are the bytes of JSON that begin or end something.
var structural = [256]bool{'{': true, '}': true, '[': true, ']': true, ',': true, '"': true}

// repeated returns a key that stands twice among keys, which are as JSON quotes them.
func repeated(keys [][]byte) string {
	for i, k := range keys {
		if bytes.IndexByte(k, '\\') >= 0 {
			var s string
			if json.Unmarshal(slices.Concat([]byte{'"'}, k, []byte{'"'}), &s) == nil {
				keys[i] = []byte(s)
			}
		}
	}
	const few = 8
	if len(keys) <= few {
		for i, k := range keys {
			if slices.ContainsFunc(keys[:i], func(l []byte) bool { return bytes.EqualFold(k, l) }) {
				return string(k)
			}
		}
		return ""
	}
	seen := make(map[string]bool, len(keys))
	for _, k := range keys {
		f := strings.Map(folded, string(k))
		if seen[f] {
			return string(k)
		}
		seen[f] = true
	}
	return ""
}

// folded is the least of the runes that are r but for case.
func folded(r rune) rune {
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return least
}
