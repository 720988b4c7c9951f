package formula

import (
	"fmt"
	"strings"
	"unicode"
)

// An Error says where a text is no formula, and why.
type Error struct {
	Text string
	Pos  int // in runes from the start
	Msg  string
}

func errorf(text string, pos int, format string, args ...any) *Error {
	return &Error{text, pos, fmt.Sprintf(format, args...)}
}

// before and after are how many characters of a long text are shown on the two sides of the place.
const before, after = 48, 24

// Error returns the message, the text around the place in one line, and a caret under the place.
func (e *Error) Error() string {
	runes := []rune(e.Text)
	from, to := 0, len(runes)
	if len(runes) > before+after {
		from = max(0, min(e.Pos-before, len(runes)-before-after))
		to = min(len(runes), from+before+after)
	}
	var line strings.Builder
	caret := 0
	if from > 0 {
		line.WriteRune('…')
		caret++
	}
	for i, r := range runes[from:to] {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			r = ' '
		}
		line.WriteRune(r)
		if from+i < e.Pos {
			caret += width(r)
		}
	}
	if e.Pos < to && e.Pos > from && width(runes[e.Pos]) == 0 {
		caret-- // a mark stands upon the character before it
	}
	if to < len(runes) {
		line.WriteRune('…')
	}
	return fmt.Sprintf("%s\n  %s\n  %s^", e.Msg, line.String(), strings.Repeat(" ", caret))
}

// width returns how many columns a terminal gives a character: none to a mark upon another, two to those of East Asia, to
// full-width forms and to pictures.
func width(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana),
		0x3000 <= r && r <= 0x303f, 0xff01 <= r && r <= 0xff60, 0x1f300 <= r && r <= 0x1faff:
		return 2
	}
	return 1
}
