package main

import (
	_ "embed"
	"fmt"
	"html"
	"regexp"
	"strings"

	"ebmcheck/reports"
)

// projects has a line a name by which a thread is cited, keras, and the project on GitHub, keras-team/keras.
//
//go:embed projects.txt
var projects string

var projectOf = func() map[string]string {
	of := make(map[string]string)
	for line := range strings.Lines(projects) {
		if f := strings.Fields(line); len(f) == 2 {
			of[f[0]] = f[1]
		}
	}
	return of
}()

var (
	piece  = regexp.MustCompile(`<[^>]*>|[^<]+`)
	source = regexp.MustCompile(`\b(C\d\d|X\d\d|I\d{1,2})\b|([A-Za-z][\w.-]*/)?([A-Za-z][\w.-]*)( PR)? ?#(\d+)((?:, #\d+)*)`)
	more   = regexp.MustCompile(`#(\d+)`)
)

// linked makes links of the references in the text of a page: a statement and an identity lead to where they stand, a thread to where its
// authors speak.
func linked(p paper, body string) string {
	kept := 0 // depth of what stays as it is
	return piece.ReplaceAllStringFunc(body, func(s string) string {
		if s[0] != '<' {
			if kept > 0 {
				return s
			}
			return texts(p, html.UnescapeString(s))
		}
		for _, name := range []string{"a", "code", "pre", "h1", "h2", "h3", "math"} {
			switch {
			case strings.HasPrefix(s, "</"+name+">"):
				kept--
			case s == "<"+name+">", strings.HasPrefix(s, "<"+name+" "):
				kept++
			}
		}
		return s
	})
}

// texts sets a text: its references as links, and indices and exponents between them.
func texts(p paper, s string) string {
	var b strings.Builder
	at := 0
	for _, m := range source.FindAllStringIndex(s, -1) {
		b.WriteString(string(reports.SetText(s[at:m[0]])) + link(p, s[m[0]:m[1]]))
		at = m[1]
	}
	return b.String() + string(reports.SetText(s[at:]))
}

// link is a reference as a link, the text as it is if nobody knows where it leads.
func link(p paper, ref string) string {
	m := source.FindStringSubmatch(ref)
	to := func(address, text string) string { return fmt.Sprintf(`<a href="%s">%s</a>`, address, text) }
	switch {
	case m[1] != "" && m[1][0] == 'I':
		return to(within(p, "identities")+"#"+m[1], ref)
	case m[1] != "":
		return to(within(p, "ledger")+"#"+m[1], ref)
	}
	project := m[2] + m[3]
	if m[2] == "" {
		project = projectOf[m[3]]
	}
	if project == "" {
		return ref
	}
	thread := func(number string) string { return "https://github.com/" + project + "/issues/" + number }
	first := strings.TrimSuffix(ref, m[6])
	return to(thread(m[5]), first) + more.ReplaceAllStringFunc(m[6], func(s string) string { return to(thread(s[1:]), s) })
}

// within is the address of another page, empty on the page itself.
func within(p paper, file string) string {
	if p.File == file {
		return ""
	}
	return file + ".html"
}
