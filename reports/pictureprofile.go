package reports

import (
	"fmt"
	"html/template"
	"maps"
	"math"
	"slices"
	"strings"

	"ebmcheck/properties/formula"
)

// A LossPlane is a loss of two energies, F[y] and F[ybar], to be drawn with its margin, a formula of its parameters, at numbers for these.
type LossPlane struct {
	Loss, Margin string
	At           map[string]float64
}

// picture draws the plane: equal values, where the loss is 0, the line of its margin, and a step of descent at each of some places.
func (p LossPlane) picture() (drawn picture, err error) {
	loss, err := p.of(p.Loss)
	if err != nil {
		return picture{}, err
	}
	margin, err := p.of(p.Margin)
	if err != nil {
		return picture{}, err
	}
	at := func(F, Fbar float64) float64 { return loss(F, Fbar, false).Value.Near }
	a := axes{w: 360, h: 326, x0: planeFrom, x1: planeTo, y0: planeFrom, y1: planeTo, l: 42, r: 30, t: 20, b: 38}
	var d drawing
	areas, lines := zeroSet(a, at)
	d.add(`<path class="zero" d="%s"/>`, areas)
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, F := range []float64{planeFrom, 0, 1, planeTo} {
		for _, Fbar := range []float64{planeFrom, 0, 1, planeTo} {
			lo, hi = min(lo, at(F, Fbar)), max(hi, at(F, Fbar))
		}
	}
	if hi > lo && hi-lo <= math.MaxFloat64 {
		for _, t := range steps(lo, hi, 6) {
			top, right, ok := d.level(a, at, t.at)
			if ok && !d.over(a, top, t.at) && right[0] > a.w-a.r-1 {
				d.add(`<text x="%.1f" y="%.1f" font-size="10">%s</text>`, a.w-a.r+4, right[1]+3, t.name)
			}
		}
	}
	d.add(`<path class="zl" d="%s"/>`, lines)
	d.frame(a, ticks(-1, 0, 1, 2), ticks(-1, 0, 1, 2), "F, energy of the right answer", "F̄, energy of the wrong answer")
	line := p.line(&d, a, margin(0, 0, false).Value.Near)
	told := p.descend(&d, a, loss)
	title := "The loss over the plane of F and F̄"
	drawn = picture{ID: "plane", Title: title, Panels: []panel{{SVG: d.svg(a, title, told)}}}
	drawn.Caption = fmt.Sprintf("One step of descent from each place%s; both energies in the same unit. ", p.numbers())
	if areas+lines != "" {
		drawn.Caption += "Blue: loss 0. "
	}
	drawn.Caption += "Grey: equal loss, with its value at its end. " + line + told
	return drawn, nil
}

// of is a formula of the plane, with numbers for its parameters.
func (p LossPlane) of(text string) (func(F, Fbar float64, gradient bool) formula.Truth, error) {
	f, err := formula.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("reports: %w", err)
	}
	program, err := f.Compile(2)
	if err != nil {
		return nil, fmt.Errorf("reports: %w", err)
	}
	params, err := program.Bind(p.At, nil)
	if err != nil {
		return nil, fmt.Errorf("reports: %w", err)
	}
	return func(F, Fbar float64, gradient bool) formula.Truth {
		return program.Truth(formula.Input{F: []float64{F, Fbar}, Params: params}, gradient)
	}, nil
}

// numbers says what the parameters are.
func (p LossPlane) numbers() string {
	s := ""
	for _, name := range slices.Sorted(maps.Keys(p.At)) {
		s += fmt.Sprintf(", %s = %s", formula.MustParse(name).Unicode(), digits(p.At[name]))
	}
	return s
}

// line draws F̄ = F + m, beyond which a pair is told apart by the margin m, and says what it is.
func (p LossPlane) line(d *drawing, a axes, m float64) (told string) {
	from, to := max(a.x0, a.y0-m), min(a.x1, a.y1-m)
	name := "F̄ = F"
	if p.Margin != "0" {
		name = "F̄ = " + formula.MustParse("F[y] + ("+p.Margin+")").Unicode()
	}
	if !(from < to) {
		return name + " is outside. "
	}
	d.add(`<path class="mar" d="%s"/>`, track([][2]float64{{a.X(from), a.Y(from + m)}, {a.X(to), a.Y(to + m)}}))
	d.add(`<text class="n" x="%.1f" y="%.1f" text-anchor="end">%s</text>`, a.X(to)-22, a.Y(to+m)+14, template.HTMLEscapeString(name))
	if p.Margin == "0" {
		return "Dashed: above it the right answer has the lower energy. "
	}
	return "Dashed: above it the right answer has the lower energy by the margin of Condition 3. "
}

// descend draws a step at each place where the loss has a gradient, and says of how many that is 0 though the loss is positive.
func (p LossPlane) descend(d *drawing, a axes, loss func(F, Fbar float64, gradient bool) formula.Truth) (told string) {
	type step struct {
		arrow
		positive bool
	}
	var walk []step
	longest, still := 0.0, 0
	for _, Fbar := range arrowsFbar {
		for _, F := range arrowsF {
			t := loss(F, Fbar, true)
			if t.Corner || len(t.Grad) != 2 {
				continue
			}
			s := step{arrow{F, Fbar, -t.Grad[0].Lo.Near, -t.Grad[1].Lo.Near}, t.Value.Near > 0}
			if !(s.length() <= math.MaxFloat64) {
				continue
			}
			walk, longest = append(walk, s), max(longest, s.length())
			if s.length() == 0 && s.positive {
				still++
			}
		}
	}
	for _, s := range walk {
		d.step(a, "ar", s.arrow, longest, s.positive)
	}
	told = fmt.Sprintf("Descent from %d places", len(walk))
	if still > 0 {
		told += fmt.Sprintf("; at %d of them, crossed, the slope is 0 though the loss is positive", still)
	}
	return told + "."
}

// zeroSet are the paths of where a loss is 0: of areas, whose edges are found by halving, and of lines along the sides and diagonals of a
// grid, where it is 0 on nothing wider.
func zeroSet(a axes, at func(F, Fbar float64) float64) (areas, lines string) {
	const n = 28
	place := func(i, j int) [2]float64 {
		cell := (a.x1 - a.x0) / n
		return [2]float64{a.x0 + cell*float64(i), a.y0 + cell*float64(j)}
	}
	zero := func(p [2]float64) bool { return at(p[0], p[1]) == 0 }
	var is [n + 1][n + 1]bool
	for i := range is {
		for j := range is[i] {
			is[i][j] = zero(place(i, j))
		}
	}
	draw := func(ps ...[2]float64) string {
		for i := range ps {
			ps[i] = [2]float64{a.X(ps[i][0]), a.Y(ps[i][1])}
		}
		return track(ps)
	}
	middle := func(p, q [2]float64) [2]float64 { return [2]float64{(p[0] + q[0]) / 2, (p[1] + q[1]) / 2} }
	var wide, thin strings.Builder
	for i := range n {
		for j := range n {
			corners := [4][2]int{{i, j}, {i + 1, j}, {i + 1, j + 1}, {i, j + 1}}
			var around, zeros [][2]float64
			for k, c := range corners {
				e := corners[(k+1)%4]
				p, q := place(c[0], c[1]), place(e[0], e[1])
				inside, next := is[c[0]][c[1]], is[e[0]][e[1]]
				if inside {
					around, zeros = append(around, p), append(zeros, p)
				}
				if inside == next {
					continue
				}
				if !inside {
					p, q = q, p
				}
				for range 20 { // p is in the set, q is not
					if m := middle(p, q); zero(m) {
						p = m
					} else {
						q = m
					}
				}
				around = append(around, p)
			}
			switch {
			case len(zeros) == 4 || len(zeros) > 0 && area(around) > 0:
				wide.WriteString(draw(around...) + "z")
			case len(zeros) == 2:
				m, c := middle(zeros[0], zeros[1]), middle(place(i, j), place(i+1, j+1))
				beyond := [2]float64{2*m[0] - c[0], 2*m[1] - c[1]} // in the cell on the other side
				if zero(m) && (m == c || !zero(beyond)) {
					thin.WriteString(draw(zeros...))
				}
			}
		}
	}
	return wide.String(), thin.String()
}

// area is twice that of a polygon, without its sign.
func area(ps [][2]float64) (twice float64) {
	for i, p := range ps {
		q := ps[(i+1)%len(ps)]
		twice += p[0]*q[1] - q[0]*p[1]
	}
	return math.Abs(twice)
}
