package atlas

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat/distuv"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A peak is a row of the atlas: where the error of a number is largest, and what was answered there.
type peak struct {
	subject string // the title of its part
	in      op.Precision
	claim   string
	cells   []string // as they are: number, ulps, largest, at, answered, right
}

// peaksOf reads the parts of the page.
func peaksOf(page string) (all []peak, err error) {
	for part := range strings.SplitSeq(page, "\n## ") {
		lines := strings.Split(part, "\n")
		if len(lines) < 5 || !strings.HasPrefix(lines[4], "| number | ulps |") {
			continue
		}
		about := strings.Split(lines[2], ", ")
		in, err := op.ParsePrecision(about[len(about)-1])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", lines[0], err)
		}
		for _, row := range lines[6:] {
			if row == "" {
				break
			}
			cells := strings.Split(strings.Trim(row, "| "), " | ")
			all = append(all, peak{lines[0], in, strings.Trim(cells[0], "`"), cells})
		}
	}
	return all, nil
}

// parsed is the call that is written so.
func parsed(s string) (c op.Call, err error) {
	name, rest, _ := strings.Cut(strings.TrimSuffix(s, ")"), "(")
	c.Op = op.Op(name)
	row, ok := op.Find(c.Op)
	if !ok {
		return c, fmt.Errorf("%s is of no op", s)
	}
	for field := range strings.SplitSeq(rest, ", ") {
		symbol, text, _ := strings.Cut(field, "=")
		var xs []float64
		for x := range strings.FieldsSeq(strings.Trim(text, "[]")) {
			f, err := strconv.ParseFloat(x, 64)
			if err != nil {
				return c, err
			}
			xs = append(xs, f)
		}
		switch i := slices.IndexFunc(row.Params, func(p op.Param) bool { return p.Symbol == symbol }); {
		case symbol == "y":
			c.Answer = int(xs[0])
		case i >= 0:
			row.Params[i].Set(&c, xs[0])
		default:
			c.Energies = append(c.Energies, xs...)
		}
	}
	if c.String() != s {
		return c, fmt.Errorf("%s is read as %v", s, c)
	}
	return c, nil
}

// right is what the number of this name may be.
func right(c op.Call, what string) (op.Range, bool) {
	truth := c.Truth()
	name, rest, _ := strings.Cut(what, "[")
	i, _ := strconv.Atoi(strings.TrimSuffix(rest, "]"))
	switch {
	case name == "value":
		return op.Range{Lo: truth.Value, Hi: truth.Value}, true
	case name == "grad" && i < len(truth.Grad):
		return truth.Grad[i], true
	case name == "probs" && i < len(truth.Probs):
		return op.Range{Lo: truth.Probs[i], Hi: truth.Probs[i]}, true
	case name == "Σ grad":
		return op.Range{}, true
	}
	return op.Range{}, false
}

// wrong says what is wrong with a row, if anything: the error is that of what was answered
// there, and what is right there is so; the reference and gonum answer it today.
func (p peak) wrong() string {
	if len(p.cells) != 6 {
		return "not six cells"
	}
	code, what, ok := strings.Cut(strings.ReplaceAll(p.cells[3], "`", ""), ": ")
	if !ok {
		what = "value"
	}
	c, err := parsed(code)
	if err != nil {
		return err.Error()
	}
	want, ok := right(c, what)
	if !ok {
		return "it has no " + what
	}
	got, err := strconv.ParseFloat(p.cells[4], 64)
	if err != nil {
		return err.Error()
	}
	off := p.in.Off(got, want)
	if what == "Σ grad" { // of 0, in ulps of 1
		off = math.Abs(got) / p.in.Ulp(1)
	}
	if u := result.Ulps(off); u != p.cells[1] {
		return "its error is " + u
	}
	is := result.Decimal(p.in.Nearest(want.Lo))
	if want.Lo != want.Hi {
		is = "from " + is + " to " + result.Decimal(p.in.Nearest(want.Hi))
	}
	if is != p.cells[5] {
		return "right is " + is
	}
	if again, ok := answer(p.subject, p.claim, c, what); ok && result.Decimal(again) != p.cells[4] {
		return "it answers " + result.Decimal(again)
	}
	return ""
}

// answer is what the subject answers today, if that is the reference, or a number that gonum makes
// of a few words.
func answer(subject, claim string, c op.Call, what string) (x float64, ok bool) {
	switch {
	case strings.HasPrefix(subject, "reference"):
		r := op.Reference().Answer([]op.Call{c})[0]
		_, i, _ := strings.Cut(strings.TrimSuffix(what, "]"), "[")
		n, _ := strconv.Atoi(i)
		switch {
		case what == "value":
			return r.Value, true
		case strings.HasPrefix(what, "grad"):
			return r.Grad[n], true
		case strings.HasPrefix(what, "probs"):
			return r.Probs[n], true
		}
		return floats.Sum(r.Grad), true
	case subject == "gonum" && runtime.GOARCH == "amd64": // math.Exp is another elsewhere
		x := floats.ScaleTo(make([]float64, len(c.Energies)), -c.Beta, c.Energies)
		switch claim {
		case "free_energy.value":
			return -floats.LogSumExp(x) / c.Beta, true
		case "nll.value":
			return (floats.LogSumExp(x) - x[c.Answer]) / c.Beta, true
		case "mce.value":
			return distuv.Logistic{S: 1}.CDF(c.Energies[0] - c.Energies[1]), true
		}
	}
	return 0, false
}

// TestPage: each error on the page of the atlas is that of what was answered where it was
// found, in all libraries; the first table has the same; and figures that are not are refused.
func TestPage(t *testing.T) {
	b, err := os.ReadFile("../../reports/atlas.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(b)
	if !strings.Contains(page, fmt.Sprintf("%d energies at most", longest)) {
		t.Errorf("the page does not say that there are at most %d energies", longest)
	}
	ps, err := peaksOf(page)
	if err != nil || len(ps) < 100 {
		t.Fatalf("%d rows: %v", len(ps), err)
	}
	asked := map[string]int{}
	for _, p := range ps {
		if why := p.wrong(); why != "" {
			t.Errorf("%s: %s: %s", p.subject, strings.Join(p.cells, " | "), why)
		}
		asked[p.subject]++
		if strings.HasSuffix(p.subject, "on all of finite sets") {
			continue
		}
		if in := cell(page, p.claim, p.subject); strings.TrimPrefix(in, "**✗** ") != p.cells[1] {
			t.Errorf("%s: the first table has %q for %s, its own %s", p.subject, in, p.claim, p.cells[1])
		}
	}
	if asked["reference"] == 0 || asked["gonum"] == 0 {
		t.Errorf("no rows of the reference or of gonum: %v", asked)
	}
	for i, change := range []func(p *peak){
		func(p *peak) { p.cells[1] = "0.25" },
		func(p *peak) { p.cells[4] = p.cells[4] + "1" },
		func(p *peak) { p.cells[5] = "1" },
		func(p *peak) { p.in = op.Float32 },
		func(p *peak) { p.cells[3] = strings.Replace(p.cells[3], "F=[", "F=[1 ", 1) },
		func(p *peak) { p.cells[3] = strings.Replace(p.cells[3], "F=", "G=", 1) },
	} {
		for _, p := range ps {
			if p.claim != "free_energy.value" || p.in != op.Float64 {
				continue
			}
			p.cells = slices.Clone(p.cells)
			if change(&p); p.wrong() == "" {
				t.Errorf("change %d of %s is not refused", i, p.subject)
			}
		}
	}
}

// cell is what the first table has for a claim and a subject.
func cell(page, claim, subject string) string {
	var names []string
	for line := range strings.Lines(page) {
		switch cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|"); {
		case strings.HasPrefix(line, "| number |"):
			if names == nil {
				names = cells
			}
		case strings.HasPrefix(line, "| `"+claim+"` |") && len(cells) == len(names):
			if i := slices.Index(names, " "+subject+" "); i >= 0 {
				return strings.TrimSpace(cells[i])
			}
		}
	}
	return ""
}
