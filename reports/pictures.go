package reports

import (
	"fmt"
	"math"
	"strings"
	"sync"

	"ebmcheck/properties/formula"
)

// pictures of the theory that the cards are about: the losses over the plane of F and F̄, by the gradients that are printed and by the
// right ones; and curves, of which those are drawn that a statement is there for.
func pictures(cards []card) []picture {
	var out []picture
	for _, p := range planes {
		if drawn, ok := p.picture(cards); ok {
			out = append(out, drawn)
		}
	}
	there := make(map[string]string)
	for _, c := range cards {
		there[c.ID] = c.Anchor
	}
	for _, p := range curves() {
		var refs []string
		for _, ref := range p.Refs {
			if there[ref] != "" {
				refs = append(refs, there[ref])
			}
		}
		if p.Refs = refs; len(refs) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// value returns a formula of n energies as a function.
func value(text string, n int) func(F []float64, scalars map[string]float64) float64 {
	p, err := formula.MustParse(text).Compile(n)
	if err != nil {
		panic("reports: " + err.Error())
	}
	return func(F []float64, scalars map[string]float64) float64 {
		params, err := p.Bind(scalars, nil)
		if err != nil {
			panic("reports: " + err.Error())
		}
		return p.Truth(formula.Input{F: F, Params: params}, false).Value.Near
	}
}

// curves are drawn once.
var curves = sync.OnceValue(func() []picture {
	return []picture{gibbsCurves(), lossCurves(), freeEnergyCurves()}
})

// curve draws y = f(x) over the axes, at n + 1 places.
func (d *drawing) curve(a axes, class string, n int, f func(x float64) float64) {
	var points [][2]float64
	for i := range n + 1 {
		t := float64(i) / float64(n)
		x := a.x0 + t*(a.x1-a.x0)
		if a.log {
			x = a.x0 * math.Pow(a.x1/a.x0, t)
		}
		points = append(points, [2]float64{a.X(x), a.Y(f(x))})
	}
	d.path(class, points)
}

var decades = []tick{{0.01, "0.01"}, {0.1, "0.1"}, {1, "1"}, {10, "10"}, {100, "100"}}

const perEnergy = "β, inverse temperature, per unit of energy (log)"

// gibbsCurves are the probabilities of three answers against β, from all alike to all on the least energy.
func gibbsCurves() picture {
	a := axes{w: 480, h: 320, x0: 0.01, x1: 100, y0: 0, y1: 1.02, l: 48, r: 18, t: 14, b: 38, log: true}
	F := []float64{0, 1, 1.5}
	p := value("p[y]", 3)
	at := func(i int, beta float64) float64 {
		own := []float64{F[i], F[(i+1)%3], F[(i+2)%3]} // the answer's own energy first
		return p(own, map[string]float64{"beta": beta})
	}
	var d drawing
	d.frame(a, decades, ticks(0, 0.25, 0.5, 0.75, 1), perEnergy, "p(y), no unit")
	d.add(`<path class="lim" d="M%.1f %.1fH%.1f"/><text class="n" x="%.1f" y="%.1f">β → 0: 1/3 each</text>`, a.l, a.Y(1.0/3), a.X(0.35), a.X(0.0115), a.Y(1.0/3)-28)
	d.add(`<path class="mar" d="M%.1f %.1fV%.1f"/><text class="n" x="%.1f" y="%.1f" text-anchor="end">β = 1: %.3f, %.3f, %.3f</text>`,
		a.X(1), a.t, a.h-a.b, a.X(1)-6, a.Y(0.91), at(0, 1), at(1, 1), at(2, 1))
	for i, class := range []string{"c2", "c1", "c4"} {
		d.curve(a, class, 90, func(beta float64) float64 { return at(i, beta) })
	}
	d.add(`<text class="t2" x="%.1f" y="%.1f">F = 0</text><text class="t1" x="%.1f" y="%.1f">F = 1</text><text class="t4" x="%.1f" y="%.1f" text-anchor="end">F = 1.5</text>`,
		a.X(2.3), a.Y(0.73), a.X(2.2), a.Y(0.155), a.X(0.42), a.Y(0.15))
	d.add(`<text class="n" x="%.1f" y="%.1f" text-anchor="end">β → ∞: all on F = 0</text>`, a.w-a.r, a.Y(0.91))
	told := fmt.Sprintf("At β = 0.01 the probabilities of the energies 0, 1 and 1.5 are %.3f, %.3f and %.3f; at β = 1 they are %.3f, %.3f and %.3f; at β = 100 they are %.3f, %.3f and %.3f.",
		at(0, 0.01), at(1, 0.01), at(2, 0.01), at(0, 1), at(1, 1), at(2, 1), at(0, 100), at(1, 100), at(2, 100))
	title := "Probabilities against β"
	return picture{ID: "fig-gibbs", Title: title, Panels: []panel{{SVG: d.svg(a, title, told)}},
		Caption: "Energies (0, 1, 1.5). β is an inverse temperature: as it grows the least energy takes all, as it falls to 0 all become alike.", Refs: []string{"C12", "C15", "C16"}}
}

// lossCurves are the hinge, the soft hinges above it by at most ln 2/β, and the log loss, which has no margin.
func lossCurves() picture {
	a := axes{w: 480, h: 320, x0: -4, x1: 3, y0: 0, y1: 4.4, l: 44, r: 12, t: 14, b: 38}
	of := func(text string, beta float64) func(float64) float64 {
		loss := value(text, 2)
		return func(x float64) float64 { return loss([]float64{x, 0}, map[string]float64{"m": 1, "beta": beta}) }
	}
	hinge, soft, log := "pos(m + F[y] - F[ybar])", "softplus(beta*(m + F[y] - F[ybar]))/beta", "softplus(F[y] - F[ybar])"
	hard := of(hinge, 1)
	var d drawing
	d.frame(a, []tick{{-4, "−4"}, {-3, "−3"}, {-2, "−2"}, {-1, "−m"}, {0, "0"}, {1, "1"}, {2, "2"}, {3, "3"}}, ticks(0, 1, 2, 3, 4), "d = F − F̄, in units of energy", "loss, in units of energy")
	d.add(`<clipPath id="fig-losses-clip"><path d="M%.1f %.1fH%.1fV%.1fH%.1fz"/></clipPath><g clip-path="url(#fig-losses-clip)">`, a.l, a.t, a.w-a.r, a.h-a.b, a.l)
	band := [][2]float64{}
	for _, x := range []float64{-4, -1, 3} {
		band = append(band, [2]float64{a.X(x), a.Y(hard(x))})
	}
	for _, x := range []float64{3, -1, -4} {
		band = append(band, [2]float64{a.X(x), a.Y(hard(x) + math.Ln2)})
	}
	d.path("band", band)
	names := []string{"hinge, m = 1", "soft hinge, m = 1, β = 1", "soft hinge, m = 1, β = 4", "log: has no m"}
	for i, f := range []func(float64) float64{hard, of(soft, 1), of(soft, 4), of(log, 1)} {
		d.curve(a, fmt.Sprintf("c%d", i+1), 84, f)
	}
	d.WriteString("</g>")
	for i, name := range names {
		y := a.t + 16 + 19*float64(i)
		d.add(`<path class="c%d" d="M%.1f %.1fh30"/><text class="t%d" x="%.1f" y="%.1f">%s</text>`, i+1, a.X(-3.75), y, i+1, a.X(-3.75)+38, y+4, name)
	}
	y := a.t + 16 + 4*19
	d.add(`<path class="band" d="M%.1f %.1fh30v11h-30z"/><text class="n" x="%.1f" y="%.1f">up to ln 2 above the hinge</text>`, a.X(-3.75), y-6, a.X(-3.75)+38, y+4)
	title := "Hinge, soft hinges and log loss against d = F − F̄"
	told := fmt.Sprintf("At d = −m = −1 the hinge is %s, the soft hinge is %.3f with β = 1 and %.3f with β = 4, the log loss is %.3f; at d = 3 they are %s, %.3f, %.3f and %.3f.",
		digits(hard(-1)), of(soft, 1)(-1), of(soft, 4)(-1), of(log, 1)(-1), digits(hard(3)), of(soft, 1)(3), of(soft, 4)(3), of(log, 1)(3))
	return picture{ID: "fig-losses", Title: title, Panels: []panel{{SVG: d.svg(a, title, told)}},
		Caption: "Soft hinges lie above the hinge by at most ln 2/β, most at −m (the band: β = 1). The log loss has no margin.", Refs: []string{"C70", "C72", "C73"}}
}

// thousandths writes v to three decimals.
func thousandths(v float64) string {
	return strings.Replace(fmt.Sprintf("%.3f", math.Round(v*1000)/1000+0), "-", "−", 1) // not −0
}

// freeEnergyCurves are F_β between its bounds, against β.
func freeEnergyCurves() picture {
	a := axes{w: 480, h: 320, x0: 0.1, x1: 100, y0: -4, y1: 1.2, l: 48, r: 18, t: 14, b: 38, log: true}
	F := []float64{0, 1, 1.5}
	of := func(text string) func(float64) float64 {
		f := value(text, 3)
		return func(beta float64) float64 { return f(F, map[string]float64{"beta": beta}) }
	}
	free := of("-logsumexp(j: -beta*F[j])/beta")
	bounds := []func(float64) float64{of("min(j: F[j]) - log(n)/beta"), of("min(j: F[j]) + 0*beta"), of("mean(j: F[j]) - log(n)/beta")}
	var d drawing
	d.frame(a, decades[1:], ticks(-4, -3, -2, -1, 0, 1), perEnergy, "energy")
	d.add(`<clipPath id="fig-free-clip"><path d="M%.1f %.1fH%.1fV%.1fH%.1fz"/></clipPath><g clip-path="url(#fig-free-clip)">`, a.l, a.t, a.w-a.r, a.h-a.b, a.l)
	for i, class := range []string{"c3", "c1", "c4"} {
		d.curve(a, class, 60, bounds[i])
	}
	d.curve(a, "c2", 60, free)
	d.WriteString("</g>")
	for i, n := range []struct{ class, name string }{{"2", "F_β = −(1/β) ln Σ e^{−βF}"}, {"1", "at most min F"}, {"4", "at most mean F − (ln n)/β"}, {"3", "at least min F − (ln n)/β"}} {
		y := a.h - a.b - 76 + 19*float64(i)
		d.add(`<path class="c%s" d="M%.1f %.1fh30"/><text class="t%s" x="%.1f" y="%.1f">%s</text>`, n.class, a.X(2.2), y, n.class, a.X(2.2)+38, y+4, strings.NewReplacer("F_β", "F<tspan dy=\"4\" font-size=\"9\">β</tspan><tspan dy=\"-4\"> </tspan>", "e^{−βF}", "exp(−βF)").Replace(n.name))
	}
	title := "The free energy between its bounds"
	var told []string
	for _, beta := range []float64{0.1, 1, 10, 100} {
		told = append(told, fmt.Sprintf("at β = %s it is %s, between %s and %s", digits(beta), thousandths(free(beta)), thousandths(bounds[0](beta)), thousandths(min(bounds[1](beta), bounds[2](beta)))))
	}
	return picture{ID: "fig-free", Title: title, Panels: []panel{{SVG: d.svg(a, title, "For the energies 0, 1 and 1.5: "+strings.Join(told, "; ")+".")}},
		Caption: "Energies (0, 1, 1.5). With β → ∞ the free energy is the least energy; near β = 0 it is the mean less (ln n)/β.", Refs: []string{"C25", "C32", "C16"}}
}
