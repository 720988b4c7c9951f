package reports

import (
	"fmt"
	"math"
	"strings"

	"ebmcheck/properties/result"
)

// descentPicture draws a descent: a line for each value, over the steps, of which the first is at the left end and the others are
// on a logarithmic scale.
func descentPicture(p result.Path) picture {
	by := oneLine(p.By)
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, row := range p.Values {
		for _, v := range row {
			lo, hi = min(lo, float64(v)), max(hi, float64(v))
		}
	}
	if len(p.Steps) < 2 || !(hi-lo < math.MaxFloat64) {
		return picture{Title: by, Caption: by}
	}
	pad := max(hi-lo, 1) * 0.08
	a := axes{w: 340, h: 220, x0: 0, x1: float64(len(p.Steps) - 1), y0: lo - pad, y1: hi + pad, l: 48, r: 62, t: 12, b: 38}
	var xs []tick
	for i, t := range p.Steps {
		xs = append(xs, tick{float64(i), group(t)})
	}
	var d drawing
	d.frame(a, xs, steps(a.y0, a.y1, 4), "steps", "energy")
	var told []string
	var names []name
	for i, of := range p.Names {
		var line [][2]float64
		for t, row := range p.Values {
			line = append(line, [2]float64{a.X(float64(t)), a.Y(float64(row[i]))})
		}
		c := i%4 + 1
		d.path(fmt.Sprintf("c%d", c), line)
		for _, at := range line {
			d.add(`<circle class="p%d" cx="%.1f" cy="%.1f" r="2.6"/>`, c, at[0], at[1])
		}
		end := line[len(line)-1]
		names = append(names, name{oneLine(of), fmt.Sprintf("t%d", c), end[0] + 7, end[1] + 4})
		told = append(told, fmt.Sprintf("%s goes from %s to %s", oneLine(of), digits(float64(p.Values[0][i])), digits(float64(p.Values[len(p.Steps)-1][i]))))
	}
	d.names(names, a.h-a.b)
	by = asWritten(by)
	return picture{Title: by, Panels: []panel{{SVG: d.svg(a, "Descent: "+by, strings.Join(told, "; ")+".")}}, Caption: by + ". " + strings.Join(told, "; ") + "."}
}
