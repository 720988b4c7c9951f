package reports

import (
	"fmt"
	"strings"
)

// How text is quoted in Markdown: as text, as code, as a block of code, and
// within HTML.

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

var mdEscapes = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`,
	"<", "&lt;", ">", "&gt;", "&", "&amp;", "|", `\|`, "#", `\#`, "~", `\~`, "$", `\$`, "@", "&#64;", "\n", " ")

// mdText is s as text of one line, also within a table.
func mdText(s string) string { return mdEscapes.Replace(s) }

var htmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "@", "&#64;", "\n", " ")

// htmlText is s as text of an HTML element.
func htmlText(s string) string { return htmlEscapes.Replace(s) }

// mdCell is mdCode for a cell of a table, which a bar would end.
func mdCell(s string) string { return strings.ReplaceAll(mdCode(s), "|", `\|`) }

// mdCode is s as code of one line, outside of tables: within code nothing is escaped.
func mdCode(s string) string {
	if strings.TrimSpace(s) == "" {
		return ""
	}
	s = oneLine(s)
	fence := strings.Repeat("`", longestRun(s, '`')+1)
	if len(fence) > 1 || strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		return fence + " " + s + " " + fence
	}
	return fence + s + fence
}

// mdFence is s as a block of code.
func mdFence(s string) string {
	fence := strings.Repeat("`", max(3, longestRun(s, '`')+1))
	return fmt.Sprintf("%stext\n%s\n%s", fence, strings.TrimRight(s, "\n"), fence)
}

func longestRun(s string, of rune) int {
	longest, n := 0, 0
	for _, r := range s {
		if r != of {
			n = 0
			continue
		}
		n++
		longest = max(longest, n)
	}
	return longest
}
