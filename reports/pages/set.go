package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"ebmcheck/properties/formula"
	"ebmcheck/reports"
)

//go:embed page.tmpl
var pageFile string

var pageTemplate = template.Must(template.New("page").Parse(pageFile))

// markdown reads tables and keeps the <details> that the reports write.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.Table),
	goldmark.WithParserOptions(parser.WithAutoHeadingID()),
	goldmark.WithRendererOptions(html.WithUnsafe(), renderer.WithNodeRenderers(util.Prioritized(tables{}, 100))),
)

// set returns the paper as a page; report is whether there is one to lead to.
func set(p paper, source []byte, report bool) ([]byte, error) {
	doc := markdown.Parser().Parse(text.NewReader(source), parser.WithContext(parser.NewContext(parser.WithIDs(names{}))))
	if err := ast.Walk(doc, arrange(source)); err != nil {
		return nil, err
	}
	var body bytes.Buffer
	if err := markdown.Renderer().Render(&body, source, doc); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err := pageTemplate.Execute(&out, struct {
		paper
		Papers []paper
		Report bool
		Style  template.CSS
		Body   template.HTML
	}{p, papers, report, template.CSS(reports.Style()), template.HTML(linked(p, body.String()))})
	return out.Bytes(), err
}

// names are the ids of headings: their text, or what it is about, so that #gibbs leads there, and #C37 to "C37: refuted".
type names map[string]bool

var about = regexp.MustCompile(`^([CXI]\d+): `)

// Generate returns the id of a heading.
func (n names) Generate(value []byte, _ ast.NodeKind) []byte {
	if m := about.FindSubmatch(value); m != nil {
		value = m[1]
	}
	id := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '.', r == '_':
			return r
		}
		return '-'
	}, string(value))
	try := id
	for k := 2; n[try]; k++ {
		try = fmt.Sprintf("%s-%d", id, k)
	}
	n[try] = true
	return []byte(try)
}

// Put takes an id.
func (n names) Put(value []byte) { n[string(value)] = true }

// arrange prepares a document: a cell says its column's head, the entry of a list its number, a link leads to a page, if it is one
// of them, and a formula is set.
func arrange(source []byte) ast.Walker {
	return func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := node.(type) {
		case *east.Table:
			var heads []string
			for cell := n.FirstChild().FirstChild(); cell != nil; cell = cell.NextSibling() {
				heads = append(heads, plain(cell, source))
			}
			for row := n.FirstChild().NextSibling(); row != nil; row = row.NextSibling() {
				i := 0
				for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
					cell.SetAttributeString("data-l", []byte(heads[i]))
					i++
				}
			}
		case *ast.List:
			if n.IsOrdered() {
				k := n.Start
				for item := n.FirstChild(); item != nil; item = item.NextSibling() {
					item.SetAttributeString("id", fmt.Appendf(nil, "I%d", k))
					k++
				}
			}
		case *ast.Link:
			n.Destination = destination(n.Destination)
		}
		return ast.WalkContinue, nil
	}
}

// plain is the text of a node, without what sets it.
func plain(node ast.Node, source []byte) string {
	var b strings.Builder
	for n := node.FirstChild(); n != nil; n = n.NextSibling() {
		if t, ok := n.(*ast.Text); ok {
			b.Write(t.Segment.Value(source))
		} else {
			b.WriteString(plain(n, source))
		}
	}
	return b.String()
}

// destination is where a link of a report leads from its page: to another page; and to the file itself else.
func destination(to []byte) []byte {
	for _, p := range papers {
		if rest, ok := bytes.CutPrefix(to, []byte(p.File+".md")); ok {
			return append([]byte(p.File+".html"), rest...)
		}
	}
	return to
}

// tables renders a table in a frame that is moved sideways if it has to be, one of many columns with its first always in sight, and a
// formula in a cell as it is set.
type tables struct{}

// stacked is how many columns a table has at most whose rows a phone stacks.
const stacked = 9

// RegisterFuncs says what is rendered here.
func (tables) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(east.KindTable, func(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			w.WriteString("</tbody>\n</table></div>\n")
			return ast.WalkContinue, nil
		}
		class, head := "rows", node.FirstChild()
		if head.ChildCount() > stacked {
			class = "wide"
		}
		fmt.Fprintf(w, `<div class="scroll" role="region" tabindex="0" aria-label="Table: %s"><table class="%s">`+"\n",
			template.HTMLEscapeString(plain(head.FirstChild(), source)), class)
		return ast.WalkContinue, nil
	})
	r.Register(east.KindTableHeader, func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		w.WriteString(map[bool]string{true: "<thead><tr>\n", false: "</tr></thead>\n<tbody>\n"}[entering])
		return ast.WalkContinue, nil
	})
	r.Register(east.KindTableRow, func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		w.WriteString(map[bool]string{true: "<tr>\n", false: "</tr>\n"}[entering])
		return ast.WalkContinue, nil
	})
	r.Register(ast.KindCodeSpan, func(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		code := plain(node, source)
		if s, err := formula.ParseStatement(code); err == nil && node.Parent().Kind() == east.KindTableCell {
			w.WriteString(`<span class="eq">` + s.Lines() + `</span>`)
		} else {
			w.WriteString("<code>" + template.HTMLEscapeString(code) + "</code>")
		}
		return ast.WalkSkipChildren, nil
	})
}
