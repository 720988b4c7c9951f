package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// pages are the committed papers as they are set, and what failed.
var pages = sync.OnceValues(func() (map[string]string, error) {
	out := make(map[string]string)
	for _, p := range papers {
		text, err := os.ReadFile(filepath.Join("..", p.File+".md"))
		if err != nil {
			return nil, err
		}
		page, err := set(p, text, true)
		if err != nil {
			return nil, err
		}
		out[p.File+".html"] = string(page)
	}
	return out, nil
})

var (
	id     = regexp.MustCompile(`\sid="([^"]*)"`)
	href   = regexp.MustCompile(`\shref="([^"]*)"`)
	active = regexp.MustCompile(`<(script|img|link|iframe|form)\b|\s(on\w+|src)="`)
)

// wrong returns what is wrong with pages that lead to each other: a link to nowhere, an id that is given twice, what loads or runs.
func wrong(pages map[string]string) []string {
	var out []string
	ids := make(map[string]bool)
	for file, page := range pages {
		for _, m := range id.FindAllStringSubmatch(page, -1) {
			if at := file + "#" + m[1]; ids[at] {
				out = append(out, at+" is given twice")
			} else {
				ids[at] = true
			}
		}
		if m := active.FindString(page); m != "" {
			out = append(out, file+" has "+m)
		}
		if len(page) > 3_000_000 {
			out = append(out, file+" is longer than 3 MB")
		}
	}
	for file, page := range pages {
		for _, m := range href.FindAllStringSubmatch(page, -1) {
			to := m[1]
			if strings.HasPrefix(to, "#") {
				to = file + to
			}
			of, fragment, _ := strings.Cut(to, "#")
			if page, ours := pages[of]; ours && fragment != "" && !ids[to] || of == "" || strings.HasSuffix(of, ".html") && page == "" && of != "report.html" {
				out = append(out, file+" leads to "+to+", which is not there")
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Every page is whole, and what is wrong with one is seen.
func TestPages(t *testing.T) {
	made, err := pages()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range wrong(made) {
		t.Error(w)
	}
	for page, want := range map[string]string{
		`<a href="ledger.html#C7">`:    "wild.html leads to ledger.html#C7, which is not there",
		`<b id="a"></b><i id="a">`:     "wild.html#a is given twice",
		`<script>`:                     "wild.html has <script",
		`<a href="killmatrx.html">`:    "wild.html leads to killmatrx.html, which is not there",
		`<a href="#b">`:                "wild.html leads to wild.html#b, which is not there",
		strings.Repeat(" ", 3_000_001): "wild.html is longer than 3 MB",
	} {
		if got := wrong(map[string]string{"wild.html": page, "ledger.html": `<h3 id="C07">`}); !slices.Equal(got, []string{want}) {
			t.Errorf("%.40s: %q, want %q", page, got, want)
		}
	}
	for file, want := range map[string]string{
		"killmatrix.html": `<a href="ledger.html#C07">C07</a>, M4`,
		"mutations.html":  "<math>",
		"wild.html":       `<a href="https://github.com/pytorch/pytorch/issues/77529">pytorch/pytorch#77529</a>`,
		"identities.html": `<li id="I76">`,
	} {
		if !strings.Contains(made[file], want) {
			t.Errorf("%s has no %s", file, want)
		}
	}
}

var thread = regexp.MustCompile(`[A-Za-z][\w./-]*( PR)? ?#\d+`)

// unlinked are the threads that a page speaks of and does not lead to.
func unlinked(page string) []string {
	var out []string
	for _, m := range thread.FindAllString(regexp.MustCompile(`<a [^>]*>[^<]*</a>|<(code|pre|style)[^>]*>[^<]*</(code|pre|style)>|<[^>]*>`).ReplaceAllString(page, "|"), -1) {
		if !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}

// Every thread that a source names is a link, and the kill matrix names some hundred.
func TestThreads(t *testing.T) {
	made, err := pages()
	if err != nil {
		t.Fatal(err)
	}
	page := made["killmatrix.html"]
	if n := strings.Count(page, "https://github.com/"); n < 100 {
		t.Errorf("%d threads", n)
	}
	for _, name := range unlinked(page) {
		t.Errorf("%s: where it leads is missing in projects.txt", name)
	}
	if u := unlinked("<td>keras #1, keras-of-nobody #2</td>"); len(u) != 2 {
		t.Errorf("%v", u)
	}
	p := paper{File: "killmatrix"}
	for text, want := range map[string]string{
		"<td>Z4, Z16 tensorflow #11692, #11756</td>": `<td>Z4, Z16 <a href="https://github.com/tensorflow/tensorflow/issues/11692">tensorflow #11692</a>, <a href="https://github.com/tensorflow/tensorflow/issues/11756">#11756</a></td>`,
		"<td>onnxruntime PR #26670</td>":             `<td><a href="https://github.com/microsoft/onnxruntime/issues/26670">onnxruntime PR #26670</a></td>`,
		"nobody #7 &lt; e^{+βF}":                     `nobody #7 &lt; e<sup>+βF</sup>`,
		"<code>C07</code> E9, C28":                   `<code>C07</code> E9, <a href="ledger.html#C28">C28</a>`,
		"<h2 id=\"C07\">C07</h2>":                    `<h2 id="C07">C07</h2>`,
	} {
		if got := linked(p, text); got != want {
			t.Errorf("%s becomes\n%s, want\n%s", text, got, want)
		}
	}
}

// The report leads to every paper, once, however often the pages are made.
func TestLeading(t *testing.T) {
	report, err := os.ReadFile(filepath.Join("..", "testdata", "page.html"))
	if err != nil {
		t.Fatal(err)
	}
	once, err := leading(report)
	if err != nil {
		t.Fatal(err)
	}
	twice, err := leading(once)
	if err != nil || string(twice) != string(once) {
		t.Errorf("led a second time: %v, and not as once", err)
	}
	for _, p := range papers {
		if n := strings.Count(string(twice), `href="`+p.File+`.html"`); n != 1 {
			t.Errorf("%d links to %s, want 1", n, p.File)
		}
	}
	if at := strings.Index(string(once), `<p id="papers"`); !strings.HasSuffix(string(once[:at]), string(content)) || string(led.ReplaceAll(once, nil)) != string(report) {
		t.Errorf("more was changed than the beginning of the text")
	}
	if _, err := leading([]byte("<html>")); err == nil || !strings.Contains(err.Error(), "want a report of ebmcheck") {
		t.Errorf("a page that is no report: %v", err)
	}
}
