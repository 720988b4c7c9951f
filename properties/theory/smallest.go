package theory

import (
	"cmp"
	"regexp"
	"strconv"
)

// The smallest of the cases that were seen: one of two answers or more, if there is any, as one answer is told from no other; of
// those the one shown with the fewest numbers, so the fewest answers; then with the fewest digits; then with the least sum of
// them; then with the fewest signs; then the first.
type smallest[C any] struct {
	show  func(C) string
	found bool
	c     C
	i     int // its number
	size
}

// see compares the case c, number i, with the smallest so far.
func (s *smallest[C]) see(c C, i int) {
	if n := sizeOf(s.show(c)); !s.found || n.compare(s.size) < 0 {
		s.found, s.c, s.i, s.size = true, c, i, n
	}
}

// A size is what is compared of two cases.
type size struct {
	alone           int // 1 of one answer
	numbers, digits int
	sum             float64
	signs           int
}

var oneAnswer = regexp.MustCompile(`\bF=\([^,)]*\)`)

var shownNumber = regexp.MustCompile(`[-−]?\d+(?:\.\d+)?(?:e[-+]?\d+)?`)

// sizeOf is the size of a case as it is shown.
func sizeOf(shown string) (s size) {
	if oneAnswer.MatchString(shown) {
		s.alone = 1
	}
	for _, number := range shownNumber.FindAllString(shown, -1) {
		s.numbers++
		for _, r := range number {
			switch {
			case '0' <= r && r <= '9':
				s.digits++
			case r == '-' || r == '−':
				s.signs++
			}
		}
		for number[0] < '0' || number[0] > '9' { // the sign, of one byte or three
			number = number[1:]
		}
		if v, err := strconv.ParseFloat(number, 64); err == nil {
			s.sum += v
		}
	}
	return s
}

func (s size) compare(t size) int {
	return cmp.Or(cmp.Compare(s.alone, t.alone), cmp.Compare(s.numbers, t.numbers), cmp.Compare(s.digits, t.digits), cmp.Compare(s.sum, t.sum), cmp.Compare(s.signs, t.signs))
}
