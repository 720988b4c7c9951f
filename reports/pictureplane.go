package reports

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/result"
)

// A plane is a loss over the plane of F and F̄ with the margin 1, and the descent by its gradient: the right one, which is what
// stands on the left of the statements about it, and the printed one, which stands on their right.
type plane struct {
	id, title, loss string
	refs            []string     // the statements that make up its gradient
	zero            [][2]float64 // the corners of where the loss is 0
	margin          [2][2]float64
	marginName      string
	named           [2]float64 // where the margin's name ends
}

const planeFrom, planeTo = -1, 2.5

var planes = []plane{
	{"fig-simple", "The simple loss: printed and right", "pos(F[y]) + pos(m - F[ybar])", []string{"C55", "C56", "C57"},
		[][2]float64{{planeFrom, 1}, {0, 1}, {0, planeTo}, {planeFrom, planeTo}}, [2][2]float64{{planeFrom, 1}, {planeTo, 1}}, "F̄ = m", [2]float64{planeTo, 1}},
	{"fig-square", "The square-square loss: printed and right", "pos(F[y])^2 + pos(m - F[ybar])^2", []string{"C64", "C65", "C66"},
		[][2]float64{{planeFrom, 1}, {0, 1}, {0, planeTo}, {planeFrom, planeTo}}, [2][2]float64{{planeFrom, 1}, {planeTo, 1}}, "F̄ = m", [2]float64{planeTo, 1}},
	{"fig-hinge", "The hinge loss", "pos(m + F[y] - F[ybar])", []string{"C59", "C60"},
		[][2]float64{{planeFrom, 0}, {1.5, planeTo}, {planeFrom, planeTo}}, [2][2]float64{{planeFrom, 0}, {1.5, planeTo}}, "F̄ = F + m", [2]float64{1.3, planeTo}},
	{"fig-log", "The log loss", "log(1 + exp(F[y] - F[ybar])) + 0*m", []string{"C62"}, nil, [2][2]float64{{planeFrom, planeFrom}, {planeTo, planeTo}}, "F̄ = F", [2]float64{2.05, planeTo}},
}

// Where the arrows stand: on no corner of a loss.
var (
	arrowsF    = []float64{-0.75, -0.3, 0.3, 0.85, 1.4, 2.1}
	arrowsFbar = []float64{-0.7, -0.25, 0.2, 0.65, 1.3, 1.7, 2.1}
)

// An arrow is a step of descent from a place.
type arrow struct{ F, Fbar, dF, dFbar float64 }

// picture draws the plane from the statements about it; not ok where one of them is no formula.
func (p plane) picture(cards []card) (drawn picture, ok bool) {
	var terms []*formula.Check
	var refs []string
	wrong := false
	for _, ref := range p.refs {
		i := slices.IndexFunc(cards, func(c card) bool { return c.ID == ref && c.Stated != nil })
		if i < 0 {
			return picture{}, false
		}
		s, err := formula.ParseStatement(cards[i].Stated.Printed)
		if err != nil || len(s.Says) != 1 || len(s.Says[0].Rels) != 1 {
			return picture{}, false
		}
		check, err := s.Compile(2)
		if err != nil {
			return picture{}, false
		}
		terms, refs = append(terms, check), append(refs, cards[i].Anchor)
		wrong = wrong || cards[i].Key == result.IsRefuted
	}
	printed, right := descents(terms)
	if right == nil {
		return picture{}, false
	}
	drawn = picture{ID: p.id, Title: p.title, Refs: refs}
	still, astray := p.compare(printed, right)
	told := fmt.Sprintf("Of %d places the printed gradient goes another way at %d, and stands still at %d of them though the loss is positive.", len(right), astray, still)
	if wrong {
		drawn.Panels = append(drawn.Panels, panel{"✗ printed", "x", p.draw("printed", "Descent by the printed gradient. "+told, printed, right)})
	}
	words := fmt.Sprintf("Descent by the gradient, from %d places.", len(right))
	label := ""
	if wrong {
		label = "✓ right"
	}
	drawn.Panels = append(drawn.Panels, panel{label, "o", p.draw("right", words, right, right)})
	drawn.Caption = "One step of descent, m = 1; both energies in the same unit. "
	if p.zero != nil {
		drawn.Caption += "Shaded: loss 0. "
	}
	drawn.Caption += "Grey: equal loss, with its value above."
	if wrong {
		drawn.Caption += " Red arrows go another way than the right ones, crosses stay put though the loss is positive. " + told
	}
	return drawn, true
}

// descents are the steps by the right-hand sides of the statements, which are the printed slopes, and by the left-hand sides, which
// are what they are slopes of. They are nil if a statement has other parameters than the margin.
func descents(terms []*formula.Check) (printed, right []arrow) {
	for _, Fbar := range arrowsFbar {
		for _, F := range arrowsF {
			p, r := arrow{F: F, Fbar: Fbar}, arrow{F: F, Fbar: Fbar}
			for i, S := range [][]float64{{1, 0}, {0, 1}} {
				for _, c := range terms {
					params, err := c.Bind(map[string]float64{"m": 1}, map[string][]float64{"S": S})
					if err != nil {
						return nil, nil
					}
					f := c.At(formula.Input{F: []float64{F, Fbar}, Params: params})
					if f.Verdict == formula.Outside || f.Verdict == formula.Undefined {
						continue
					}
					*[]*float64{&p.dF, &p.dFbar}[i] -= f.Right.Mid()
					*[]*float64{&r.dF, &r.dFbar}[i] -= f.Left.Mid()
				}
			}
			printed, right = append(printed, p), append(right, r)
		}
	}
	return printed, right
}

func (a arrow) length() float64 { return math.Hypot(a.dF, a.dFbar) }

// along reports whether two steps are the same, but for roundings of 2⁻⁴⁰ of the longer one.
func (a arrow) along(b arrow) bool {
	return math.Hypot(a.dF-b.dF, a.dFbar-b.dFbar) <= 0x1p-40*max(a.length(), b.length())
}

// compare counts the places where the printed step is another than the right one, and those of them where there is none though the
// loss is positive.
func (p plane) compare(printed, right []arrow) (still, astray int) {
	loss := value(p.loss, 2)
	for i, a := range printed {
		if a.along(right[i]) {
			continue
		}
		astray++
		if a.length() == 0 && loss([]float64{a.F, a.Fbar}, map[string]float64{"m": 1}) > 0 {
			still++
		}
	}
	return still, astray
}

// draw draws the plane with steps, in red where they are not the right ones.
func (p plane) draw(which, told string, steps, right []arrow) template.HTML {
	a := axes{w: 340, h: 326, x0: planeFrom, x1: planeTo, y0: planeFrom, y1: planeTo, l: 42, r: 10, t: 20, b: 38}
	loss := value(p.loss, 2)
	at := func(F, Fbar float64) float64 { return loss([]float64{F, Fbar}, map[string]float64{"m": 1}) }
	var d drawing
	place := func(points [][2]float64) string {
		var out [][2]float64
		for _, q := range points {
			out = append(out, [2]float64{a.X(q[0]), a.Y(q[1])})
		}
		return track(out)
	}
	if p.zero != nil {
		d.add(`<path class="zero" d="%sz"/>`, place(p.zero))
	}
	for _, level := range []float64{0.5, 1, 2, 4} {
		if top, _, ok := d.level(a, at, level); ok {
			d.over(a, top, level)
		}
	}
	d.frame(a, ticks(-1, 0, 1, 2), ticks(-1, 0, 1, 2), "F, energy of the right answer", "F̄, energy of the wrong answer")
	d.add(`<path class="mar" d="%s"/><text class="n" x="%.1f" y="%.1f" text-anchor="end">%s</text>`, place(p.margin[:]), a.X(p.named[0])-5, a.Y(p.named[1])+14, p.marginName)
	longest := 0.0
	for i := range steps {
		longest = max(longest, steps[i].length(), right[i].length())
	}
	for i, s := range steps {
		class := "ar"
		if !s.along(right[i]) {
			class = "aw"
		}
		d.step(a, class, s, longest, at(s.F, s.Fbar) > 0)
	}
	if p.zero != nil {
		d.add(`<text class="n zt" x="%.1f" y="%.1f">loss 0</text>`, a.X(planeFrom)+4, a.Y(planeTo)+14)
	}
	return d.svg(a, strings.TrimSpace(p.title+", "+which), told)
}

// step draws a step of descent, longer where the longest one is not much longer: a cross where it stands still though the loss is positive,
// a dot where the loss is not.
func (d *drawing) step(a axes, class string, s arrow, longest float64, positive bool) {
	x, y := a.X(s.F), a.Y(s.Fbar)
	switch length := s.length(); {
	case length == 0 && positive:
		d.add(`<path class="stuck" d="M%.1f %.1fl6 6m0 -6l-6 6"/>`, x-3, y-3)
	case length == 0:
		d.add(`<circle class="rest" cx="%.1f" cy="%.1f" r="2"/>`, x, y)
	default:
		d.arrow(class, x, y, s.dF/length, -s.dFbar/length, 8+14*length/longest)
	}
}

// arrow draws an arrow through a place, in a direction of length 1.
func (d *drawing) arrow(class string, x, y, ux, uy, length float64) {
	tx, ty := x+0.55*length*ux, y+0.55*length*uy
	d.add(`<path class="%s" d="M%.1f %.1fL%.1f %.1fM%.1f %.1fL%.1f %.1fL%.1f %.1f"/>`, class, x-0.45*length*ux, y-0.45*length*uy, tx, ty,
		tx-5*ux+3*uy, ty-5*uy-3*ux, tx, ty, tx-5*ux-3*uy, ty-5*uy+3*ux)
}

// level draws where a loss has a value, by marching squares. It returns the highest and the rightmost place of that; ok is false if there
// is none.
func (d *drawing) level(a axes, at func(F, Fbar float64) float64, level float64) (top, right [2]float64, ok bool) {
	const n = 28
	cell := (a.x1 - a.x0) / n
	var grid [n + 1][n + 1]float64
	for i := range grid {
		for j := range grid[i] {
			grid[i][j] = at(a.x0+cell*float64(i), a.y0+cell*float64(j))
		}
	}
	var path strings.Builder
	top, right = [2]float64{0, math.Inf(1)}, [2]float64{math.Inf(-1), 0}
	for i := range n {
		for j := range n {
			corners := [4][2]int{{i, j}, {i + 1, j}, {i + 1, j + 1}, {i, j + 1}}
			var cut [][2]float64
			for k, c := range corners {
				e := corners[(k+1)%4]
				u, v := grid[c[0]][c[1]], grid[e[0]][e[1]]
				if !(math.Abs(v-u) <= math.MaxFloat64) || (u < level) == (v < level) {
					continue
				}
				t := (level - u) / (v - u)
				x := float64(c[0]) + t*float64(e[0]-c[0])
				y := float64(c[1]) + t*float64(e[1]-c[1])
				cut = append(cut, [2]float64{a.X(a.x0 + cell*x), a.Y(a.y0 + cell*y)})
			}
			if len(cut) != 2 {
				continue
			}
			path.WriteString(track(cut))
			for _, q := range cut {
				if q[1] < top[1] {
					top = q
				}
				if q[0] > right[0] {
					right = q
				}
			}
		}
	}
	if path.Len() == 0 {
		return top, right, false
	}
	d.add(`<path class="iso" d="%s"/>`, path.String())
	return top, right, true
}

// over writes the value of a level above its highest place, if that is at the top of the frame.
func (d *drawing) over(a axes, top [2]float64, level float64) (ok bool) {
	if ok = top[1] < a.t+1; ok {
		d.add(`<text x="%.1f" y="%.1f" text-anchor="middle" font-size="10">%s</text>`, top[0], a.t-5, digits(level))
	}
	return ok
}
