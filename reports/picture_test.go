package reports

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ebmcheck/properties/result"
	source "ebmcheck/properties/theory"
)

// theorised is a run of the statements of the source and of other texts, none of which was examined.
func theorised() *Run {
	run := new(Run)
	for _, c := range slices.Concat(source.Claims, source.Others) {
		r := c.Result()
		r.Outcome, r.Verdict = result.Passed, c.Verdict
		run.Results = append(run.Results, r)
	}
	return run
}

// The planes are drawn from the statements: the printed steps of the simple loss are those of the reversed branches, and stand
// still where its second term should push; without the mistake they are the right ones.
func TestPlanes(t *testing.T) {
	run := theorised()
	drawn := make(map[string]picture)
	for _, p := range newPage(run).Pictures {
		drawn[p.ID] = p
	}
	for id, want := range map[string]struct{ panels, wrong, stuck int }{
		"fig-simple": {2, 34, 8}, "fig-square": {2, 34, 8}, "fig-hinge": {1, 0, 0}, "fig-log": {1, 0, 0},
	} {
		p := drawn[id]
		if len(p.Panels) != want.panels {
			t.Errorf("%s has %d panels, want %d", id, len(p.Panels), want.panels)
			continue
		}
		first := string(p.Panels[0].SVG)
		if wrong, stuck := strings.Count(first, `class="aw"`), strings.Count(first, `class="stuck"`); wrong != want.wrong || stuck != want.stuck {
			t.Errorf("%s: %d steps go astray and %d stand still, want %d and %d", id, wrong, stuck, want.wrong, want.stuck)
		}
		if last := string(p.Panels[len(p.Panels)-1].SVG); strings.Contains(last, `class="aw"`) || strings.Contains(last, `class="stuck"`) || !strings.Contains(last, `class="ar"`) {
			t.Errorf("%s: the right steps are not right", id)
		}
	}
	for i, r := range run.Results {
		if slices.Contains([]string{"simple.branch-zero", "simple.branch-otherwise"}, r.Claim) {
			mended := *r.Stated
			mended.Printed = mended.True
			run.Results[i].Stated, run.Results[i].Verdict = &mended, result.Holds
		}
	}
	if p := newPage(run).Pictures[0]; p.ID != "fig-simple" || len(p.Panels) != 1 || strings.Contains(string(p.Panels[0].SVG), `class="aw"`) {
		t.Errorf("without the mistake %s has %d panels: %s", p.ID, len(p.Panels), p.Caption)
	}
}

// The curves pass where they should: p from 1/3 to 1, the soft hinge ln 2/β above the hinge at −m.
func TestCurves(t *testing.T) {
	ends := func(svg, class string) (first, last float64) {
		d := regexp.MustCompile(`<path class="` + class + `" d="M[\d.-]+ ([\d.-]+)L[^"]* ([\d.-]+)"/>`).FindStringSubmatch(svg)
		if d == nil {
			t.Fatalf("no curve %s", class)
		}
		first, _ = strconv.ParseFloat(d[1], 64)
		last, _ = strconv.ParseFloat(d[2], 64)
		return first, last
	}
	drawn := make(map[string]string)
	for _, p := range curves() {
		drawn[p.ID] = string(p.Panels[0].SVG)
	}
	a := axes{w: 480, h: 320, x0: 0.01, x1: 100, y0: 0, y1: 1.02, l: 48, r: 18, t: 14, b: 38}
	for class, want := range map[string][2]float64{"c2": {0.3361, 1}, "c1": {0.3328, 0}, "c4": {0.3311, 0}} { // p at β = 0.01: (1, e^−0.01, e^−0.015)/2.97516
		first, last := ends(drawn["fig-gibbs"], class)
		if d, e := first-a.Y(want[0]), last-a.Y(want[1]); !(d*d < 0.04) || !(e*e < 0.04) {
			t.Errorf("p goes from %g to %g pixels, want %g to %g", first, last, a.Y(want[0]), a.Y(want[1]))
		}
	}
	if !strings.Contains(drawn["fig-losses"], "At d = −m = −1 the hinge is 0, the soft hinge is 0.693 with β = 1 and 0.173 with β = 4") {
		t.Errorf("the soft hinges at −m: %s", regexp.MustCompile(`<desc>.*</desc>`).FindString(drawn["fig-losses"]))
	}
	if !strings.Contains(drawn["fig-free"], "at β = 1 it is −0.464, between −1.099 and −0.265; at β = 10 it is 0.000, between −0.110 and 0.000") {
		t.Errorf("the free energy: %s", regexp.MustCompile(`<desc>.*</desc>`).FindString(drawn["fig-free"]))
	}
}

// The errors of an op stand in the column of their spread: the largest of its claims, marked where they are beyond 4 ulps and beyond what
// is allowed.
func TestErrorPicture(t *testing.T) {
	line := func(errors ...result.Spread) result.Result { return result.Result{BySpread: errors} }
	rows := []row{{Op: "nll", Lines: []result.Result{
		line(result.Spread{From: 0, Cases: 1, Ulps: 0.5, Spent: 0.1}, result.Spread{From: 1, Cases: 2, Ulps: 1, Spent: 0.2}),
		line(result.Spread{From: 1, Cases: 3, Ulps: 8, Spent: 0.1}, result.Spread{From: 0x1p20, Cases: 1, Ulps: result.Real(math.Inf(1)), Spent: result.Real(math.Inf(1))}),
	}}, {Op: "infer", Lines: []result.Result{line()}}}
	p, ok := errorPicture("fig", "", rows)
	if !ok || len(p.Panels) != 2 {
		t.Fatalf("%v %+v", ok, p)
	}
	for _, want := range []string{
		`<path class="bar good" d="M98 21v`,            // from 0: the first column
		`<path class="bar fair" d="M186 21v-19.0h7v19`, // from 1: the 12th, 8 ulps are the top
		`<path class="bar bad" d="M346 21v-19.0h7`,     // from 2²⁰: the last
		"nll: ∞, from a spread of 1.05e+06",
	} {
		if !strings.Contains(string(p.Panels[0].SVG), want) {
			t.Errorf("no %s in %s", want, p.Panels[0].SVG)
		}
	}
	if s := string(p.Panels[1].SVG); !strings.Contains(s, "M186 21v-3.8h7") || strings.Contains(s, "infer") {
		t.Errorf("a fifth of the allowance is not a fifth of the height: %s", s)
	}
	if _, ok := errorPicture("fig", "", rows[1:]); ok {
		t.Error("a picture of nothing")
	}
}
