//go:build browser

package reports

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	source "ebmcheck/properties/theory"
)

// browser is the command of one that is installed.
func browser(t *testing.T) string {
	t.Helper()
	names := []string{"chromium", "chromium-browser", "google-chrome"}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatalf("there is no browser to look at the page with: want one of %s (Debian: apt-get install chromium)", strings.Join(names, ", "))
	return ""
}

// run runs the browser headless and returns what it prints; the complaints of the page's console are an error.
func headless(t *testing.T, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute) // of a machine that does much else
	defer cancel()
	cmd := exec.CommandContext(ctx, browser(t), append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--enable-logging=stderr", "--user-data-dir=" + t.TempDir()}, args...)...)
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, errs.String())
	}
	for line := range strings.Lines(errs.String()) {
		if strings.Contains(line, "CONSOLE") {
			t.Errorf("the console: %s", line)
		}
	}
	return string(out)
}

// whole is a run with the whole theory, examined in a few cases, and the code of the sample; or that of the file of results that
// EBMCHECK_RESULTS names, which has the proofs, too.
func whole(t *testing.T) *Run {
	t.Helper()
	if name := os.Getenv("EBMCHECK_RESULTS"); name != "" {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		run, err := Read(f)
		if err != nil {
			t.Fatal(err)
		}
		return run
	}
	run := sample(t)
	code := run.Results
	run.Results = nil
	for _, c := range slices.Concat(source.Claims, source.Others) {
		run.Results = append(run.Results, c.Examine(1, 200))
	}
	for _, r := range code {
		if r.Layer == "code" {
			run.Results = append(run.Results, r)
		}
	}
	return run
}

// views are how the page is looked at: by its width and colours.
var views = []struct {
	width  int
	scheme string
}{{1280, "light"}, {1280, "dark"}, {390, "light"}, {390, "dark"}}

// TestBrowser looks at the page as a browser shows it: nothing is loaded or complained of, every anchor is reached, every filter
// shows what it says, no text is too faint or past the edge, and print takes fewer than twelve sheets for the source. EBMCHECK_SHOTS
// names a folder for pictures of it.
func TestBrowser(t *testing.T) {
	browser(t)
	run := whole(t)
	theory := *run
	theory.Results = nil
	for _, r := range run.Results {
		if len(r.Refs) > 0 && number.MatchString(r.Refs[0]) && r.Layer == "theory" {
			theory.Results = append(theory.Results, r)
		}
	}
	var mu sync.Mutex
	asked := map[string]bool{}
	served := pages(text(t, run, HTML), text(t, &theory, HTML))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path] = true
		mu.Unlock()
		served.ServeHTTP(w, r)
	}))
	defer server.Close()
	for _, v := range views {
		t.Run(fmt.Sprint(v.width, v.scheme), func(t *testing.T) {
			f := lookAt(t, server.URL, v.width, v.scheme)
			for _, e := range f.Errors {
				t.Error(e)
			}
			if most := map[int]int{1280: 50_349 / 3, 390: 101_628 / 3}[v.width]; f.Height > most { // a third of what it was with all of it unfolded
				t.Errorf("%d px high, want at most %d", f.Height, most)
			}
			t.Logf("%+v", f)
			if f.Anchors < 80 || f.Filters < 12 || f.Math < 80 || f.Pictures < 10 || f.Text < 1000 {
				t.Errorf("too little was looked at: %+v", f)
			}
			if dir := os.Getenv("EBMCHECK_SHOTS"); dir != "" {
				url := fmt.Sprintf("%s/look?width=%d&scheme=%s&only=1", server.URL, v.width, v.scheme)
				headless(t, fmt.Sprintf("--window-size=%d,1000", v.width), "--hide-scrollbars", "--screenshot="+filepath.Join(dir, fmt.Sprintf("%d-%s.png", v.width, v.scheme)), url)
			}
		})
	}
	pdf := filepath.Join(t.TempDir(), "page.pdf")
	headless(t, "--print-to-pdf="+pdf, "--no-pdf-header-footer", server.URL+"/print")
	b, err := os.ReadFile(pdf)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(regexp.MustCompile(`/Type\s*/Page[^s]`).FindAll(b, -1)); n >= 12 || n == 0 {
		t.Errorf("%d sheets are printed", n)
	} else {
		t.Logf("%d sheets are printed", n)
	}
	for path := range asked {
		if path != "/page" && path != "/print" && path != "/look" && path != "/favicon.ico" {
			t.Errorf("%s is asked for", path)
		}
	}
}

// The look at the page can fail: each damage is seen.
func TestBrowserBites(t *testing.T) {
	browser(t)
	page := text(t, whole(t), HTML)
	damages := []struct{ old, new, want string }{
		{"--mut:#555d66", "--mut:#aaaaaa", "faint"},
		{` id="C37"`, ` id="C037"`, "no C37"},
		{`<main id="content">`, `<main id="content"><div style="width:1300px">wide</div>`, "wider than the window"},
		{"<desc>", "<desc></desc><desc>", "a picture without words"},
		{"<h1>", "<h1>F_W(x, y)", "an index is not set"},
		{".ln:not(.x.false)", ".ln:not(.o.true)", " false shows"},
		{"<math>", `<math style="height:0;overflow:hidden;display:block">`, "no height"},
	}
	for _, c := range damages {
		damaged := strings.Replace(page, c.old, c.new, 1)
		if damaged == page {
			t.Errorf("the page has no %s", c.old)
		}
		page = damaged
	}
	server := httptest.NewServer(pages(page, page))
	defer server.Close()
	errors := strings.Join(lookAt(t, server.URL, 1280, "light").Errors, "\n")
	for _, c := range damages {
		if !strings.Contains(errors, c.want) {
			t.Errorf("%s in place of %s: want %q, found\n%s", c.new, c.old, c.want, errors)
		}
	}
}

// found is what a look at the page tells.
type found struct {
	Errors                                 []string
	Anchors, Filters, Math, Pictures, Text int
	Height                                 int // with the details folded
}

func lookAt(t *testing.T, server string, width int, scheme string) found {
	t.Helper()
	dom := headless(t, "--window-size=1400,1000", "--virtual-time-budget=60000", "--dump-dom", fmt.Sprintf("%s/look?width=%d&scheme=%s", server, width, scheme))
	m := regexp.MustCompile(`(?s)<pre id="found">(.*?)</pre>`).FindStringSubmatch(dom)
	if m == nil {
		t.Fatalf("the page was not looked at: %.300s", dom)
	}
	var f found
	if err := json.Unmarshal([]byte(html.UnescapeString(m[1])), &f); err != nil {
		t.Fatalf("%v: %s", err, m[1])
	}
	return f
}

// pages serves the page, one to print, and the look at it.
func pages(page, print string) http.Handler {
	mux := http.NewServeMux()
	serve := func(path string, body func(r *http.Request) string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, body(r))
		})
	}
	serve("/page", func(*http.Request) string { return page })
	serve("/print", func(*http.Request) string { return print })
	serve("/look", func(r *http.Request) string {
		return fmt.Sprintf(look, r.URL.Query().Get("scheme"), r.URL.Query().Get("width"))
	})
	return mux
}

// look is a page that looks at the page, in a frame of its colours and width, and writes what it found.
const look = `<!DOCTYPE html><html style="color-scheme:%s"><body style="margin:0"><iframe id="f" src="/page" style="border:0;height:1000px;width:%spx"></iframe><pre id="found"></pre><script>
f.onload = async () => {
  if (new URLSearchParams(location.search).get("only")) { found.remove(); return }
  const w = f.contentWindow, d = w.document, errors = [], out = {Errors: errors, Anchors: 0, Filters: 0, Math: 0, Pictures: 0, Text: 0, Height: d.documentElement.scrollHeight};
  const say = e => { if (errors.filter(x => x.slice(0, 4) == e.slice(0, 4)).length < 5) errors.push(e) };
  const dark = w.matchMedia("(prefers-color-scheme: dark)").matches;
  if (dark != (new URLSearchParams(location.search).get("scheme") == "dark")) say("the colours are not those asked for");
  const tick = () => new Promise(r => setTimeout(r, 0));
  for (const a of new Set([...d.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute("href").slice(1)))) {
    out.Anchors++;
    w.location.hash = a;
    await tick();
    const e = d.getElementById(a);
    if (!e) say("no " + a);
    else if ([...ancestors(e)].some(x => x.tagName == "DETAILS" && !x.open && !x.querySelector("summary").contains(e))) say(a + " stays folded");
  }
  for (const a of d.querySelectorAll("nav.bar a[class*=f-],body:has(nav.bar) .sure td a")) {
    out.Filters++;
    a.focus();
    if (d.activeElement != a) say("no focus on " + a.textContent);
    a.click();
    await tick();
    const shown = [...d.querySelectorAll("details.ln")].filter(e => e.getClientRects().length).length, want = +a.textContent.match(/\d+/)[0];
    if (shown != want) say(a.textContent + " shows " + shown);
  }
  w.location.hash = "all";
  await tick();
  for (const e of d.querySelectorAll("details")) e.open = true;
  if (d.documentElement.scrollWidth > w.innerWidth) {
    say("wider than the window: " + d.documentElement.scrollWidth);
    for (const e of d.querySelectorAll("body *")) if (e.getBoundingClientRect().right > w.innerWidth + 1 && !e.closest(".eq,.scroll,thead,.skip")) say("past the edge: " + e.tagName + " " + e.className + " " + e.textContent.slice(0, 50));
  }
  for (const e of d.querySelectorAll("math")) { out.Math++; if (!(e.getBoundingClientRect().height > 0)) say("no height: " + e.textContent) }
  for (const e of d.querySelectorAll("svg")) { out.Pictures++; if (!e.querySelector("title")?.textContent || !e.querySelector("desc")?.textContent) say("a picture without words") }
  if (d.body.innerText.includes("F_W(")) say("an index is not set");
  const number = c => { const m = c.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m };
  const light = c => { const [r, g, b] = c.slice(0, 3).map(x => (x /= 255) <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b };
  function* ancestors(e) { for (; e; e = e.parentElement) yield e }
  const ground = new Map([[null, dark ? [0, 0, 0] : [255, 255, 255]]]);
  const under = e => {
    if (!ground.has(e)) { const c = number(w.getComputedStyle(e).backgroundColor); ground.set(e, c[3] > .5 ? c : under(e.parentElement)) }
    return ground.get(e);
  };
  for (const e of d.querySelectorAll("body *")) {
    if (![...e.childNodes].some(n => n.nodeType == 3 && n.textContent.trim()) || !e.getClientRects().length || e.closest("title,desc")) continue;
    out.Text++;
    const s = w.getComputedStyle(e), a = light(number(e.closest("svg") ? s.fill : s.color)), b = light(under(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (!(ratio >= 4.5)) say("faint, " + ratio.toFixed(2) + ": " + e.tagName + " " + e.textContent.slice(0, 40));
  }
  found.textContent = JSON.stringify(out);
};
</script></body></html>`

// viewed looks at a page at each width and in both colours; enough is of what there is to see.
func viewed(t *testing.T, page string, enough func(found) bool) {
	t.Helper()
	server := httptest.NewServer(pages(page, page))
	defer server.Close()
	for _, v := range views {
		f := lookAt(t, server.URL, v.width, v.scheme)
		for _, e := range f.Errors {
			t.Errorf("%d %s: %s", v.width, v.scheme, e)
		}
		if !enough(f) {
			t.Errorf("%d %s: too little was looked at: %+v", v.width, v.scheme, f)
		}
	}
}

// The page on what changed, at each width and in both colours.
func TestBrowserCompared(t *testing.T) {
	page := text(t, sample(t), func(w io.Writer, r *Run) error { return Compare(r, stored(t, "second.jsonl")).HTML(w) })
	viewed(t, page, func(f found) bool { return f.Anchors >= 10 && f.Pictures >= 1 && f.Text >= 100 })
}

// The page on a loss, at each width and in both colours.
func TestBrowserProfile(t *testing.T) {
	page := profilePageOf(t, squaredHinge())
	viewed(t, page, func(f found) bool { return f.Math >= 4 && f.Pictures == 1 && f.Text >= 50 })
}
