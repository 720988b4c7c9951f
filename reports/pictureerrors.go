package reports

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

// A strip is the errors of an op by how far apart the energies are: the largest of its claims and regimes.
type strip struct {
	op     string
	errors []result.Spread
}

// strips are those of the rows that have any.
func strips(rows []row) []strip {
	var out []strip
	for _, r := range rows {
		of := make(map[result.Real]result.Spread)
		for _, l := range r.Lines {
			for _, e := range l.BySpread {
				at := of[e.From]
				of[e.From] = result.Spread{From: e.From, Cases: max(at.Cases, e.Cases), Ulps: max(at.Ulps, e.Ulps), Spent: max(at.Spent, e.Spent)}
			}
		}
		s := strip{op: r.Op}
		for _, e := range of {
			s.errors = append(s.errors, e)
		}
		slices.SortFunc(s.errors, func(a, b result.Spread) int {
			if a.From < b.From {
				return -1
			}
			return 1
		})
		if len(s.errors) > 0 {
			out = append(out, s)
		}
	}
	return out
}

const (
	stripHeight, barHeight = 24, 19
	barWidth               = 8
	stripLeft, stripRight  = 98, 84
)

// spreadColumn is the column of a spread: the first is of what is less than 2⁻¹⁰, and each further one of twice as much.
func spreadColumn(from result.Real) int {
	if !(from > 0) {
		return 0
	}
	return int(min(max(math.Floor(math.Log2(float64(from)))+11, 0), 31))
}

// errorPicture shows of the rows of a subject where they lose accuracy, and how much of what is allowed they spend; ok is false if
// nothing was measured.
func errorPicture(id, subject string, rows []row) (drawn picture, ok bool) {
	all := strips(rows)
	if len(all) == 0 {
		return picture{}, false
	}
	top := 4.0
	for _, s := range all {
		for _, e := range s.errors {
			if u := float64(e.Ulps); u <= math.MaxFloat64 {
				top = max(top, u)
			}
		}
	}
	ulps := func(e result.Spread) (float64, string) {
		class := "good"
		if !(e.Ulps <= 4) {
			class = "fair"
		}
		if !(e.Spent <= 1) {
			class = "bad"
		}
		return math.Log1p(float64(e.Ulps)) / math.Log1p(top), class
	}
	share := func(e result.Spread) (float64, string) {
		if !(e.Spent <= 1) {
			return 1, "bad"
		}
		return float64(e.Spent), "good"
	}
	title := "Where it loses accuracy"
	if subject != "" {
		title += ": " + subject
	}
	return picture{ID: id, Title: title, Panels: []panel{
		{Label: "largest error, ulps", SVG: drawStrips(all, "Largest error in ulps, by operation and spread of the energies", ulps, func(e result.Spread) result.Real { return e.Ulps })},
		{Label: "share of the allowance", SVG: drawStrips(all, "Largest share of what is allowed, by operation and spread of the energies", share, func(e result.Spread) result.Real { return e.Spent })},
	}, Caption: fmt.Sprintf("Required claims on tame and wide inputs, by the spread max F − min F: a bar a binade, the number the largest. Full height: %s ulps, on a scale of log(1 + ulps), on the left; all that is allowed on the right. "+
		"Filled: within 4 ulps; outlined in amber: beyond, yet within the proved bound; red with a cross: more than is allowed.", figure(result.Real(top)))}, true
}

// drawStrips draws a row of bars an op; of is the height of a bar, from 0 to 1, and its class, and number what it stands for.
func drawStrips(all []strip, title string, of func(result.Spread) (float64, string), number func(result.Spread) result.Real) template.HTML {
	a := axes{w: stripLeft + 32*barWidth + stripRight, h: float64(stripHeight*len(all) + 34)}
	x := func(column int) float64 { return float64(stripLeft + barWidth*column) }
	var d drawing
	var told []string
	for _, c := range []struct {
		column int
		name   string
	}{{0, "0"}, {11, "1"}, {21, "2¹⁰"}, {31, "2²⁰"}} {
		d.add(`<path class="g" d="M%.0f 0V%.0f"/><text x="%.0f" y="%.0f">%s</text>`, x(c.column), a.h-32, x(c.column), a.h-20, c.name)
	}
	d.add(`<text class="al" x="%.0f" y="%.0f">spread of the energies</text>`, x(6), a.h-4)
	for i, s := range all {
		base := float64(stripHeight*i + stripHeight - 3)
		d.add(`<text class="al" x="%d" y="%.0f" text-anchor="end">%s</text><path class="g" d="M%d %.0fH%.0f"/>`, stripLeft-6, base-4, htmlText(s.op), stripLeft, base, x(32))
		bars := make(map[string]*strings.Builder)
		worst := s.errors[0]
		for _, e := range s.errors {
			h, class := of(e)
			h = min(max(h*barHeight, 1), barHeight)
			if math.IsNaN(h) {
				h = barHeight
			}
			if bars[class] == nil {
				bars[class] = new(strings.Builder)
			}
			left := x(spreadColumn(e.From))
			fmt.Fprintf(bars[class], "M%.0f %.0fv%.1fh%dv%.1fz", left, base, -h, barWidth-1, h)
			if class == "bad" {
				fmt.Fprintf(bars[class], "M%.0f %.1fl%d %dm0 %dl%d %d", left, base-h, barWidth-1, barWidth-1, 1-barWidth, 1-barWidth, barWidth-1)
			}
			if !(number(e) <= number(worst)) {
				worst = e
			}
		}
		for _, class := range []string{"good", "fair", "bad"} {
			if b := bars[class]; b != nil {
				d.add(`<path class="bar %s" d="%s"/>`, class, b)
			}
		}
		most := strings.Replace(figure(number(worst)), "Inf", "∞", 1)
		d.add(`<text class="n" x="%.0f" y="%.0f">%s</text>`, x(32)+6, base-4, most)
		told = append(told, fmt.Sprintf("%s: %s, from a spread of %s", s.op, most, figure(worst.From)))
	}
	return d.svg(a, title, "The largest of each operation: "+strings.Join(told, "; ")+".")
}
