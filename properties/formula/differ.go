package formula

import (
	"slices"
	"strings"
)

// What differs between two statements is marked piece by piece: of two rows, what is not in their longest common subsequence; of
// two fractions, powers or brackets, what differs within; of anything else, all of it.

// Lines returns the statement as math elements, broken before the signs of its relations and before its words, so that a narrow
// page may break there.
func (s *Statement) Lines() string { return s.piece(false).lines() }

// LinesIf is Lines, followed by "if" and a condition, which is marked as missing: <mrow class="r">.
func (s *Statement) LinesIf(condition *Statement) string {
	c := condition.piece(false)
	return s.piece(false).lines() + " " + row(word("if "), one(aRight, c)).lines()
}

// Against returns the statement and a right one as Lines does, with what differs marked, <mrow class="w"> in the one and <mrow
// class="r"> in the other; and both in one, what is right behind what is wrong. What the right one says in more relations than
// the statement has is more, and in none of these; "" if there is nothing.
func (s *Statement) Against(right *Statement) (wrong, corrected, both, more string) {
	first, rest := *right, *right
	n := min(len(s.Says), len(right.Says))
	first.Says, rest.Says = right.Says[:n], right.Says[n:]
	x, y, z := compare(s.piece(false), first.piece(false))
	if len(rest.Says) > 0 {
		more = rest.Lines()
	}
	return x.lines(), y.lines(), z.lines(), more
}

func (p piece) same(q piece) bool {
	return p.kind == q.kind && p.text == q.text && slices.EqualFunc(p.parts, q.parts, piece.same)
}

// compare returns a with what is not in b marked, b with what is not in a, and both in one.
func compare(a, b piece) (x, y, both piece) {
	switch {
	case a.same(b):
		return a, b, a
	case a.kind == aRow || b.kind == aRow:
		return compareRows(a.row(), b.row())
	case a.kind == b.kind && a.text == b.text && len(a.parts) == len(b.parts) && a.goesIn():
		x, y, both = a, b, a
		x.parts, y.parts, both.parts = nil, nil, nil
		for i := range a.parts {
			p, q, m := compare(a.parts[i], b.parts[i])
			x.parts, y.parts, both.parts = append(x.parts, p), append(y.parts, q), append(both.parts, m)
		}
		return x, y, both
	}
	x, y = one(aWrong, a), one(aRight, b)
	return x, y, row(x, y)
}

// goesIn reports whether parts of a piece are marked rather than all of it.
func (p piece) goesIn() bool {
	switch p.kind {
	case aFraction, aFence, aRoot, aCases:
		return true
	}
	return false
}

func (p piece) row() []piece {
	if p.kind == aRow {
		return p.parts
	}
	return []piece{p}
}

// compareRows marks what is not in the longest common subsequence. Of a relation in which the sign alone differs, both sides are
// marked with it: a struck ≤ can't be read.
func compareRows(a, b []piece) (x, y, both piece) {
	kept := common(a, b)
	kept = append(kept, [2]int{len(a), len(b)})
	for k := 0; k < len(kept)-1; k++ {
		var from [2]int
		if k > 0 {
			from = [2]int{kept[k-1][0] + 1, kept[k-1][1] + 1}
		}
		at := kept[k]
		if k+1 < len(kept) && at[0]-from[0] == 1 && at[1]-from[1] == 1 && k > 0 && relates(a[from[0]]) && relates(b[from[1]]) {
			kept = slices.Delete(kept, k-1, k+1)
			k = -1
		}
	}
	i, j := 0, 0
	for _, at := range kept {
		p, q := a[i:at[0]], b[j:at[1]]
		for len(p) > 0 && len(q) > 0 && (len(p) == 1 && len(q) == 1 || p[0].kind == q[0].kind && p[0].goesIn()) {
			u, v, m := compare(p[0], q[0])
			x.parts, y.parts, both.parts = append(x.parts, u), append(y.parts, v), append(both.parts, m)
			p, q = p[1:], q[1:]
		}
		if len(p) > 0 {
			w := one(aWrong, row(p...))
			x.parts, both.parts = append(x.parts, w), append(both.parts, w)
		}
		if len(q) > 0 {
			r := one(aRight, row(q...))
			y.parts, both.parts = append(y.parts, r), append(both.parts, r)
		}
		if i, j = at[0], at[1]; i < len(a) {
			x.parts, y.parts, both.parts = append(x.parts, a[i]), append(y.parts, b[j]), append(both.parts, a[i])
			i, j = i+1, j+1
		}
	}
	return x, y, both
}

func relates(p piece) bool { return p.kind == aSign && strings.Contains("=≠<≤>≥", p.text) }

// common returns the places in a and in b of their longest common subsequence.
func common(a, b []piece) (places [][2]int) {
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			length[i][j] = max(length[i+1][j], length[i][j+1])
			if a[i].same(b[j]) {
				length[i][j] = max(length[i][j], 1+length[i+1][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].same(b[j]) && length[i][j] == 1+length[i+1][j+1]:
			places = append(places, [2]int{i, j})
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return places
}

// mostTogether is how many signs, letters and numbers may be marked without a place to break.
const mostTogether = 10

func (p piece) leaves() int {
	if len(p.parts) == 0 {
		return 1
	}
	n := 0
	for _, q := range p.parts {
		n += q.leaves()
	}
	return n
}

// broken returns the parts of a row, those that are marked, and long, in parts of which each begins with the sign of a relation or a
// word.
func (p piece) broken() (parts []piece) {
	for _, q := range p.row() {
		if q.kind != aWrong && q.kind != aRight || q.leaves() <= mostTogether {
			parts = append(parts, q)
			continue
		}
		var run []piece
		for i, r := range q.parts[0].row() {
			if i > 0 && (relates(r) || r.kind == aWord) {
				parts = append(parts, one(q.kind, row(run...)))
				run = nil
			}
			run = append(run, r)
		}
		parts = append(parts, one(q.kind, row(run...)))
	}
	return parts
}

// begins reports whether a new element begins with a piece.
func (p piece) begins() bool {
	if p.kind == aWrong || p.kind == aRight {
		p = p.parts[0].row()[0]
	}
	return relates(p) || p.kind == aWord
}

// infix returns a piece that begins with the sign of a relation as one whose left side stands before it.
func (p piece) infix() piece {
	if p.kind == aWrong || p.kind == aRight {
		parts := slices.Clone(p.parts[0].row())
		parts[0] = parts[0].infix()
		return one(p.kind, row(parts...))
	}
	if relates(p) {
		p.kind = anInfix
	}
	return p
}

// lines writes a row as math elements, a new one before each sign of a relation and each word.
func (p piece) lines() string {
	var lines []piece
	for i, q := range p.broken() {
		if i == 0 || q.begins() {
			lines = append(lines, piece{})
		}
		last := &lines[len(lines)-1]
		if len(last.parts) == 0 && i > 0 {
			q = q.infix()
		}
		last.parts = append(last.parts, q)
	}
	texts := make([]string, len(lines))
	for i, line := range lines {
		texts[i] = line.mathML()
	}
	return strings.Join(texts, " ")
}
