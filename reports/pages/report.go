package main

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strings"
)

// lead makes the report in file lead to the papers beside it.
func lead(file string) error {
	page, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	page, err = leading(page)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return os.WriteFile(file, page, 0o644)
}

var (
	led     = regexp.MustCompile(`(?s)<p id="papers".*?</p>\n`)
	content = []byte(`<main id="content">` + "\n")
)

// leading returns the report with a line of links to the papers where its text begins, in place of one that is there.
func leading(report []byte) ([]byte, error) {
	report = led.ReplaceAllLiteral(report, nil)
	before, after, ok := bytes.Cut(report, content)
	if !ok {
		return nil, fmt.Errorf("has no %s: want a report of ebmcheck", bytes.TrimSpace(content))
	}
	var links []string
	for _, p := range papers {
		links = append(links, fmt.Sprintf(`<a href="%s.html" title="%s">%s</a>`, p.File, p.About, p.Title))
	}
	line := `<p id="papers" class="s mut noprint">Beside this page: ` + strings.Join(links, ", ") + ".</p>\n"
	return bytes.Join([][]byte{before, content, []byte(line), after}, nil), nil
}
