package reports

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"ebmcheck/properties/result"
)

// clean returns s with everything that could steer a terminal or turn the text
// around shown as an escape: control characters but newlines, direction
// overrides, invalid UTF-8. Tabs become spaces.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if !strings.ContainsFunc(s, steers) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\t':
			b.WriteString("    ")
		case !steers(r):
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// Clean is clean, for who writes what a child said without a report.
func Clean(s string) string { return clean(s) }

func steers(r rune) bool {
	switch {
	case r == '\n':
		return false
	case unicode.IsControl(r), r == '\u2028', r == '\u2029', r == '\uFEFF':
		return true
	}
	return unicode.Is(unicode.Bidi_Control, r)
}

// oneLine returns s with line breaks and what surrounds them as one space.
func oneLine(s string) string {
	if !strings.Contains(s, "\n") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// columns returns how many columns of a terminal s takes: one a rune, none for
// combining marks (as in F̄) and format characters.
func columns(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			n++
		}
	}
	return n
}

// pad returns s followed by spaces up to n columns.
func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-columns(s)))
}

// padLeft returns s after spaces up to n columns.
func padLeft(s string, n int) string {
	return strings.Repeat(" ", max(0, n-columns(s))) + s
}

// cut returns s, shortened to n columns.
func cut(s string, n int) string {
	if columns(s) <= n {
		return s
	}
	head, _ := split(s, n-1)
	return head + "…"
}

// readable returns s, or the beginning of it and how much more there is: results.jsonl has it whole.
func readable(s string) string {
	const most = 4096
	if len(s) <= most {
		return s
	}
	head, rest := split(s, most)
	if rest == "" {
		return s
	}
	return head + "… (and " + group(columns(rest)) + " characters more)"
}

// cutMiddle returns s, shortened to n columns where its middle was: a release ends a name.
func cutMiddle(s string, n int) string {
	if columns(s) <= n {
		return s
	}
	head, _ := split(s, n/2)
	_, tail := split(s, columns(s)-(n-1-n/2))
	return head + "…" + tail
}

// split cuts s after n columns, before no combining mark.
func split(s string, n int) (head, rest string) {
	for i, r := range s {
		c := columns(string(r))
		if n < c {
			return s[:i], s[i:]
		}
		n -= c
	}
	return s, ""
}

// wrap breaks s into lines of at most n columns, at spaces where there are
// any. Line breaks in s stay.
func wrap(s string, n int) []string {
	n = max(n, 1)
	var out []string
	for _, para := range strings.Split(s, "\n") {
		line := ""
		for word := range strings.SplitSeq(para, " ") {
			if word == "" {
				continue
			}
			if line != "" && columns(line)+1+columns(word) <= n {
				line += " " + word
				continue
			}
			if line != "" {
				out = append(out, line)
			}
			head, rest := split(word, n)
			for rest != "" {
				out = append(out, head)
				head, rest = split(rest, n)
			}
			line = head
		}
		out = append(out, line)
	}
	return out
}

// count writes n with the word for one or for more of a thing.
func count(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return group(n) + " " + more
}

// group writes n in groups of three digits: 12,345.
func group(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// brief writes n in at most seven characters: 999,999, then 1.2M.
func brief(n int) string {
	switch {
	case n < 1e6:
		return group(n)
	case n < 1e9:
		return fmt.Sprintf("%.1fM", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1fG", float64(n)/1e9)
}

// figure writes a number of ulps in at most eight characters: to three digits,
// past 1e100 to two, rounded up, so that what is shown as 1 is no more than 1.
// What is below 0.001 is shown as that.
func figure(x result.Real) string {
	f := float64(x)
	if math.IsNaN(f) || math.IsInf(f, 0) || f <= 0 {
		return strings.TrimPrefix(result.Decimal(f), "+")
	}
	f = max(f, 0.001)
	digits := 3
	if f >= 1e99 {
		digits = 2
	}
	s := strconv.FormatFloat(f, 'g', digits, 64)
	if y, err := strconv.ParseFloat(s, 64); err == nil && y < f {
		unit := math.Pow(10, math.Floor(math.Log10(f))-float64(digits-1))
		s = strconv.FormatFloat(y+unit, 'g', digits, 64)
	}
	return s
}

var decimals = regexp.MustCompile(`\d+(?:\.\d+)?(?:[eE][-+]?\d+)?`)

var ends = regexp.MustCompile(`\[(-?[0-9.]+(?:e[-+]?[0-9]+)?), (-?[0-9.]+(?:e[-+]?[0-9]+)?)\]`)

// outwards returns s with the ends of every interval in it rounded outwards to six
// significant digits, where they have more.
func outwards(s string) string {
	return ends.ReplaceAllStringFunc(s, func(interval string) string {
		m := ends.FindStringSubmatch(interval)
		return "[" + directed(m[1], -1) + ", " + directed(m[2], 1) + "]"
	})
}

// directed returns the decimal s to six digits: below it if sign is -1, above it if sign
// is 1, or as it is.
func directed(s string, sign int) string {
	short := sixDigits(s)
	x, ok := new(big.Rat).SetString(s)
	y, ok2 := new(big.Rat).SetString(short)
	if !ok || !ok2 || y.Cmp(x)*sign >= 0 {
		return short
	}
	f, _ := y.Float64()
	if f == 0 { // below the float64s
		return s
	}
	unit := math.Pow(10, math.Floor(math.Log10(math.Abs(f)))-5)
	return strconv.FormatFloat(f+float64(sign)*unit, 'g', 6, 64)
}

// sixDigits returns s with every decimal number in it that has more than six
// significant digits rounded to six: the rest may differ between machines.
// Whole numbers and hexadecimal ones stay.
func sixDigits(s string) string {
	if strings.Contains(s, "0x") {
		return s
	}
	return decimals.ReplaceAllStringFunc(s, func(d string) string {
		x, err := strconv.ParseFloat(d, 64)
		if err != nil || !strings.ContainsAny(d, ".eE") {
			return d
		}
		if short := strconv.FormatFloat(x, 'g', 6, 64); len(short) < len(d) {
			return short
		}
		return d
	})
}
