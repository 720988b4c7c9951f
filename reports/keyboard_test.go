//go:build browser

package reports

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// A keyboard is a page in a browser, and the keys that are pressed there. It speaks the DevTools protocol over two pipes, a JSON
// object and a zero byte a message.
type keyboard struct {
	t       *testing.T
	in      *os.File
	out     *bufio.Reader
	session string
	sent    int
}

// sitDown opens the page, 1280 pixels wide.
func sitDown(t *testing.T, url string) *keyboard {
	t.Helper()
	read, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(browser(t), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--window-size=1280,1000",
		"--remote-debugging-pipe", "--user-data-dir="+t.TempDir())
	cmd.ExtraFiles = []*os.File{read, write}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	read.Close()
	write.Close()
	out.SetReadDeadline(time.Now().Add(10 * time.Minute))
	k := &keyboard{t: t, in: in, out: bufio.NewReaderSize(out, 1<<20)}
	t.Cleanup(func() {
		k.session = ""
		k.call("Browser.close", nil, nil)
		cmd.Wait()
		in.Close()
		out.Close()
	})
	var target struct{ TargetID string }
	k.call("Target.createTarget", map[string]any{"url": url}, &target)
	var attached struct{ SessionID string }
	k.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	k.session = attached.SessionID
	k.call("Page.bringToFront", nil, nil)
	for deadline := time.Now().Add(time.Minute); k.ask(`location.href != "about:blank" && document.readyState`) != `"complete"`; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s is not there after a minute", url)
		}
	}
	return k
}

// call calls a method of the protocol, and reads what comes up to its answer.
func (k *keyboard) call(method string, params map[string]any, answer any) {
	k.t.Helper()
	k.send(method, params)
	k.await(answer)
}

// send sends a call.
func (k *keyboard) send(method string, params map[string]any) {
	k.t.Helper()
	k.sent++
	message := map[string]any{"id": k.sent, "method": method}
	if params != nil {
		message["params"] = params
	}
	if k.session != "" {
		message["sessionId"] = k.session
	}
	b, err := json.Marshal(message)
	if err == nil {
		_, err = k.in.Write(append(b, 0))
	}
	if err != nil {
		k.t.Fatalf("%s: %v", method, err)
	}
}

// await reads up to the answer to the last call.
func (k *keyboard) await(answer any) {
	k.t.Helper()
	for {
		var got struct {
			ID     int
			Result json.RawMessage
			Error  *struct{ Message string }
		}
		b, err := k.out.ReadBytes(0)
		if err == nil {
			err = json.Unmarshal(b[:len(b)-1], &got)
		}
		switch {
		case err != nil:
			k.t.Fatal(err)
		case got.Error != nil:
			k.t.Fatal(got.Error.Message)
		case got.ID != k.sent:
			continue
		case answer != nil:
			if err := json.Unmarshal(got.Result, answer); err != nil {
				k.t.Fatalf("%s: %v", got.Result, err)
			}
		}
		return
	}
}

// ask returns what an expression is in the page, or what it promises, as JSON.
func (k *keyboard) ask(expression string) string {
	k.t.Helper()
	var got struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct{ Exception struct{ Description string } }
	}
	k.call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true}, &got)
	if got.ExceptionDetails != nil {
		k.t.Fatalf("%s: %s", expression, got.ExceptionDetails.Exception.Description)
	}
	return string(got.Result.Value)
}

// last is what had the focus last.
func (k *keyboard) last() (name string) {
	k.t.Helper()
	if err := json.Unmarshal([]byte(k.ask(`named(stops.at(-1)[0])`)), &name); err != nil {
		k.t.Fatal(err)
	}
	return name
}

// press presses a key so many times.
func (k *keyboard) press(key string, times int) {
	k.t.Helper()
	down := map[string]any{"type": "rawKeyDown", "key": key, "code": key, "windowsVirtualKeyCode": 9}
	if key == "Enter" {
		down["type"], down["text"], down["windowsVirtualKeyCode"] = "keyDown", "\r", 13
	}
	up := map[string]any{"type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": down["windowsVirtualKeyCode"]}
	for range times {
		k.send("Input.dispatchKeyEvent", down)
		k.send("Input.dispatchKeyEvent", up)
	}
	k.await(nil)
}

// typed is what is wrong with the page for who has only a keyboard: what Tab does not reach or does not show, and what Enter does not do.
func typed(k *keyboard) []string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	k.ask(`stops = [], visible = e => e.checkVisibility(),
		wanted = () => [...document.querySelectorAll("a[href], summary, [role=region][tabindex]")].filter(visible),
		named = e => (e.tagName + " " + (e.textContent || e.getAttribute("aria-label"))).slice(0, 40),
		shown = () => [...document.querySelectorAll("details.ln")].filter(visible).length,
		document.addEventListener("focusin", e => stops.push([e.target, getComputedStyle(e.target).outlineStyle])), 0`)
	var n int
	if err := json.Unmarshal([]byte(k.ask(`wanted().length`)), &n); err != nil || n < 200 {
		say("%d stops, %v", n, err)
	}
	for left := n + 1; left > 0; left -= 100 { // a pipe holds no more answers than those; the first may go to the browser
		k.press("Tab", min(left, 100))
	}
	var missed, hidden []string
	json.Unmarshal([]byte(k.ask(`wanted().filter(e => !stops.some(s => s[0] == e)).map(named)`)), &missed)
	for _, m := range missed {
		say("Tab does not reach %s", m)
	}
	json.Unmarshal([]byte(k.ask(`stops.filter(s => s[1] == "none").map(s => named(s[0]))`)), &hidden)
	for _, h := range hidden {
		say("nobody sees that the focus is on %s", h)
	}
	// enter presses Enter on the i-th stop that a selector finds, reached by Tab from the one before.
	enter := func(selector string, i int) {
		k.ask(`location.hash = "all", new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))`) // which takes the focus there
		k.ask(fmt.Sprintf(`wanted()[wanted().indexOf(wanted().filter(e => e.matches(%q))[%d]) - 1].focus()`, selector, i))
		k.press("Tab", 1)
		k.press("Enter", 1)
	}
	const filters = "nav.bar a[class*=f-],.sure td a"
	var many int
	json.Unmarshal([]byte(k.ask(fmt.Sprintf(`wanted().filter(e => e.matches(%q)).length`, filters))), &many)
	if many < 12 {
		say("%d filters are there", many)
	}
	for i := range many {
		enter(filters, i)
		if k.ask(`shown() == stops.at(-1)[0].textContent.match(/\d+/)[0]`) != "true" {
			say("Enter on %s: %s lines are shown", k.last(), k.ask(`shown()`))
		}
	}
	enter("details.ln.x > summary", 0)
	if k.ask(`stops.at(-1)[0].parentElement.open`) != "true" {
		say("Enter does not open %s", k.last())
	}
	return wrong
}

// TestBrowserKeyboard goes through the page by Tab and Enter alone: everything that can be pressed is reached and seen to be, each filter
// filters, a verdict opens. And a page of which this is not so is seen not to be.
func TestBrowserKeyboard(t *testing.T) {
	page := text(t, whole(t), HTML)
	damaged := page
	for _, d := range [][2]string{
		{`<a href="#conditional">`, `<a tabindex="-1" href="#conditional">`},
		{":focus-visible{outline:2px solid var(--ok);", ":focus-visible{outline:0;"},
		{".ln:not(.x.false)", ".ln:not(.o.true)"},
	} {
		if !strings.Contains(damaged, d[0]) {
			t.Errorf("the page has no %s", d[0])
		}
		damaged = strings.Replace(damaged, d[0], d[1], 1)
	}
	server := httptest.NewServer(pages(page, damaged))
	defer server.Close()
	for _, w := range typed(sitDown(t, server.URL+"/page")) {
		t.Error(w)
	}
	wrong := strings.Join(typed(sitDown(t, server.URL+"/print")), "\n")
	for _, want := range []string{"Tab does not reach A ", "nobody sees that the focus is on", "Enter on A ✗ "} {
		if !strings.Contains(wrong, want) {
			t.Errorf("the damaged page: want %q, found\n%s", want, wrong)
		}
	}
}
