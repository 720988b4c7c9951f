// Pages sets the committed Markdown of reports as pages of HTML in the style of
// the report, linked with each other: no script, no request.
//
//	go run ./reports/pages reports out
//
// main        which pages there are, and the list of them
// report      the way from the report to them
// set         Markdown into HTML: headings by their names, tables that a phone can show
// sources     what a reference, an identity or a thread in the text leads to
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// A paper is a page made of a file of Markdown.
type paper struct{ File, Title, About string }

// papers in the order in which they are read.
var papers = []paper{
	{"ledger", "The ledger", "every statement with its verdict, counterexample and correction"},
	{"identities", "The identities", "what I76 stands for, and what is proved of it"},
	{"outside", "The theorems in Coq", "each proved again by another hand"},
	{"killmatrix", "The kill matrix", "wrong implementations, each with its source and the claim that refutes it"},
	{"power", "Power", "how soon random cases alone refute each of them"},
	{"mutations", "The mutation table", "every formula of the ledger changed in one place, and what its check says"},
	{"claims", "What else is claimed", "of densities, chains, samplers and losses over any measure"},
	{"wild", "Libraries in the wild", "twenty subjects as they are released: defects, and grades by operation and format"},
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "pages: want the folder of the Markdown and that of the pages: go run ./reports/pages reports out")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "pages:", err)
		os.Exit(1)
	}
}

// write writes a page for each paper of folder from into folder to.
func write(from, to string) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	_, err := os.Stat(filepath.Join(to, "report.html"))
	for _, p := range papers {
		text, failed := os.ReadFile(filepath.Join(from, p.File+".md"))
		if failed != nil {
			return failed
		}
		page, failed := set(p, text, err == nil)
		if failed != nil {
			return fmt.Errorf("%s.md: %w", p.File, failed)
		}
		if failed := os.WriteFile(filepath.Join(to, p.File+".html"), page, 0o644); failed != nil {
			return failed
		}
		fmt.Println(filepath.Join(to, p.File+".html"))
	}
	if err != nil {
		return nil
	}
	return lead(filepath.Join(to, "report.html"))
}
