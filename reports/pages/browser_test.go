//go:build browser

package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"
)

// look is a page that shows the pages as a phone does, and writes how wide each is and what stands past its edge.
const look = `<!DOCTYPE html><body><pre id="found"></pre><script>(async () => {
  for (const p of %q.split(" ")) {
    const f = document.createElement("iframe");
    f.style = "border:0;width:390px;height:800px";
    f.src = "/" + p;
    document.body.append(f);
    await new Promise(r => f.onload = r);
    const e = f.contentDocument.documentElement;
    found.textContent += p + " " + (e.scrollWidth > f.contentWindow.innerWidth ? "wider than a phone: " + e.scrollWidth : "fits") + "\n";
    f.remove();
  }
  found.textContent += "all";
})()</script>`

// TestBrowserPages looks at the pages as a phone shows them: none is wider, and one that is is seen.
func TestBrowserPages(t *testing.T) {
	made, err := pages()
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"wide.html"}
	mux := http.NewServeMux()
	serve := func(path, page string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, page)
		})
	}
	serve("/wide.html", `<div style="width:500px">wide</div>`)
	for _, p := range papers {
		names = append(names, p.File+".html")
		serve("/"+p.File+".html", made[p.File+".html"])
	}
	serve("/look", fmt.Sprintf(look, strings.Join(names, " ")))
	server := httptest.NewServer(mux)
	defer server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+t.TempDir(),
		"--virtual-time-budget=120000", "--dump-dom", server.URL+"/look").Output()
	if err != nil {
		t.Fatalf("chromium (apt-get install chromium): %v", err)
	}
	m := regexp.MustCompile(`(?s)<pre id="found">(.*?)</pre>`).FindSubmatch(out)
	if m == nil || !strings.HasSuffix(string(m[1]), "all") {
		t.Fatalf("not all was looked at: %.500s", out)
	}
	for line := range strings.Lines(string(m[1])) {
		wide := strings.Contains(line, "wider than")
		if damaged := strings.HasPrefix(line, "wide.html"); wide != damaged {
			t.Error(line)
		}
	}
}
