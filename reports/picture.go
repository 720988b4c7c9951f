package reports

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"
)

// A picture is drawn in SVG by the style sheet's colours, and says in words what it shows.
type picture struct {
	ID, Title, Caption string
	Panels             []panel
	Refs               []string // of the statements that it is about
}

// panel is one of the drawings of a picture, side by side.
type panel struct {
	Label, Class string
	SVG          template.HTML
}

// axes are a frame of w by h with a scale for x and y.
type axes struct {
	w, h           float64
	x0, x1, y0, y1 float64
	l, r, t, b     float64 // margins
	log            bool    // of x
}

func (a axes) X(x float64) float64 {
	x0, x1 := a.x0, a.x1
	if a.log {
		x, x0, x1 = math.Log10(x), math.Log10(x0), math.Log10(x1)
	}
	return a.l + (x-x0)/(x1-x0)*(a.w-a.l-a.r)
}

func (a axes) Y(y float64) float64 { return a.h - a.b - (y-a.y0)/(a.y1-a.y0)*(a.h-a.t-a.b) }

// drawing collects elements.
type drawing struct{ strings.Builder }

func (d *drawing) add(format string, args ...any) { fmt.Fprintf(d, format, args...) }

func (d *drawing) path(class string, points [][2]float64) {
	d.add(`<path class="%s" d="%s"/>`, class, track(points))
}

func track(points [][2]float64) string {
	var b strings.Builder
	for i, p := range points {
		b.WriteString(map[bool]string{true: "M", false: "L"}[i == 0])
		fmt.Fprintf(&b, "%.1f %.1f", p[0], p[1])
	}
	return b.String()
}

// tick is a place on an axis, with what it is called.
type tick struct {
	at   float64
	name string
}

func ticks(at ...float64) []tick {
	out := make([]tick, len(at))
	for i, v := range at {
		out[i] = tick{v, digits(v)}
	}
	return out
}

// frame draws the axes with their ticks and names.
func (d *drawing) frame(a axes, xs, ys []tick, x, y string) {
	for _, t := range ys {
		d.add(`<path class="g" d="M%.1f %.1fH%.1f"/>`, a.l, a.Y(t.at), a.w-a.r)
	}
	d.add(`<path class="ax" d="M%.1f %.1fV%.1fH%.1f"/>`, a.l, a.t, a.h-a.b, a.w-a.r)
	for _, t := range xs {
		d.add(`<path class="ax" d="M%.1f %.1fv4"/><text x="%.1f" y="%.1f" text-anchor="middle">%s</text>`, a.X(t.at), a.h-a.b, a.X(t.at), a.h-a.b+16, t.name)
	}
	for _, t := range ys {
		d.add(`<text x="%.1f" y="%.1f" text-anchor="end">%s</text>`, a.l-6, a.Y(t.at)+4, t.name)
	}
	d.add(`<text class="al" x="%.1f" y="%.1f" text-anchor="middle">%s</text>`, (a.l+a.w-a.r)/2, a.h-4, template.HTMLEscapeString(x))
	d.add(`<text class="al" transform="translate(11 %.1f) rotate(-90)" text-anchor="middle">%s</text>`, (a.t+a.h-a.b)/2, template.HTMLEscapeString(y))
}

// name is that of a curve, at its end.
type name struct {
	text, class string
	x, y        float64
}

// names writes names one below another, where their curves end together, and none below the place bottom.
func (d *drawing) names(ns []name, bottom float64) {
	slices.SortStableFunc(ns, func(a, b name) int { return cmp.Compare(a.y, b.y) })
	const line = 13
	for i, n := range ns {
		if i > 0 {
			ns[i].y = max(n.y, ns[i-1].y+line)
		}
	}
	for i := len(ns) - 1; i >= 0; i-- {
		ns[i].y = min(ns[i].y, bottom-line*float64(len(ns)-1-i))
	}
	for i, n := range ns {
		d.add(`<text class="%s" x="%.1f" y="%.1f">%s</text>`, n.class, n.x, ns[i].y, template.HTMLEscapeString(n.text))
	}
}

// svg wraps what was drawn, with its title and description.
func (d *drawing) svg(a axes, title, description string) template.HTML {
	return template.HTML(fmt.Sprintf(`<svg viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" role="img" aria-label="%s"><title>%[5]s</title><desc>%s</desc>%s</svg>`,
		a.w, a.h, a.w, a.h, template.HTMLEscapeString(title), template.HTMLEscapeString(description), d))
}

// steps returns round numbers from lo to hi, about n of them.
func steps(lo, hi float64, n int) []tick {
	raw := (hi - lo) / float64(n)
	unit := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, f := range []float64{1, 2, 5, 10} {
		if f*unit >= raw {
			unit *= f
			break
		}
	}
	var at []float64
	for k := math.Ceil(lo / unit); k*unit <= hi*(1+1e-12); k++ {
		at = append(at, k*unit+0) // not −0
	}
	return ticks(at...)
}
