package reports

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// squaredHinge is a profile that has each kind of evidence.
func squaredHinge() LossProfile {
	const square = "pos(m + F[y] - F[ybar])^2"
	return LossProfile{Formula: square, ForAll: "all real F, F̄, m > 0", Plane: &LossPlane{square, "m", map[string]float64{"m": 1}},
		Answers: []LossAnswer{
			{Question: "∂ℓ/∂F", Answer: "2[m + F − F̄]⁺", Formula: "2*pos(m + F[y] - F[ybar])", Evidence: "proved", Rests: "proved",
				Statements: []LossStatement{{Text: "D(" + square + ", F[y]) = 0 if m + F[y] < F[ybar]", Steps: 2,
					Proof: []ProofLine{{Facts: []string{"0: m > 0, assumed"}}, {Text: "expp 0", Facts: []string{"1: 1 > 0"}, Depth: 1}, {Text: "qed 1"}}}}},
			{Question: "non-negative", Answer: "no", Evidence: "refuted", Rests: "refuted", Fails: "F ≥ 0", Case: "at F=-1: -1 ≥ 0 is false"},
			{Question: "convex", Answer: "yes", Evidence: "sampled", Rests: "sampled in 1500 cases", Why: "as F_y", Statements: []LossStatement{{Text: square + " >= 0"}}},
			{Question: "smooth", Answer: "not found", Evidence: "open", Rests: "open"},
		}}
}

func profilePageOf(t *testing.T, p LossProfile) string {
	t.Helper()
	var b strings.Builder
	if err := Profile(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestProfilePage(t *testing.T) {
	golden(t, "profile.html", profilePageOf(t, squaredHinge()))
}

// TestProfileStructure: the page asks for nothing, and is whole when texts are hostile, or when there is no plane.
func TestProfileStructure(t *testing.T) {
	hostile := squaredHinge()
	hostile.ForAll, hostile.Plane = evil, nil
	for i := range hostile.Answers {
		a := &hostile.Answers[i]
		a.Question, a.Answer, a.Rests, a.Why, a.Fails, a.Case = evil, evil, evil, evil, evil, evil
		for _, s := range a.Statements {
			for k := range s.Proof {
				s.Proof[k] = ProofLine{Text: evil, Facts: []string{evil}, Depth: 1}
			}
		}
	}
	for name, p := range map[string]LossProfile{"squared hinge": squaredHinge(), "hostile": hostile} {
		for _, err := range checkPage(profilePageOf(t, p)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestProfileRefusals: what is no formula and no evidence is not shown.
func TestProfileRefusals(t *testing.T) {
	for want, spoil := range map[string]func(p *LossProfile){
		"reports: ":           func(p *LossProfile) { p.Formula = "F[y] +" },
		`rests on "believed"`: func(p *LossProfile) { p.Answers[1].Evidence = "believed" },
		"found the end":       func(p *LossProfile) { p.Answers[0].Statements[0].Text = "F[y] =" },
		"end":                 func(p *LossProfile) { p.Answers[0].Formula = "F[y] -" },
		"m":                   func(p *LossProfile) { p.Plane.At = nil },
	} {
		p := squaredHinge()
		spoil(&p)
		if err := Profile(new(strings.Builder), p); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

var coordinates = regexp.MustCompile(`-?\d+\.\d`)

// TestZeroSet: the area that is drawn is that of where the loss is 0, within the tenths to which corners are rounded; and it is a line
// where the loss is 0 on no area.
func TestZeroSet(t *testing.T) {
	a := axes{w: 3500, h: 3500, x0: planeFrom, x1: planeTo, y0: planeFrom, y1: planeTo} // 1000 to the unit
	for _, row := range []struct {
		name   string
		loss   func(F, Fbar float64) float64
		area   float64
		length float64
	}{
		{"hinge", func(F, Fbar float64) float64 { return max(0, 1+F-Fbar) }, 2.5 * 2.5 / 2, 0},
		{"simple", func(F, Fbar float64) float64 { return max(0, F) + max(0, 1-Fbar) }, 1 * 1.5, 0},
		{"off the grid", func(F, Fbar float64) float64 { return max(0, F-0.3) }, 1.3 * 3.5, 0},
		{"energy", func(F, Fbar float64) float64 { return F }, 0, 3.5},
		{"difference", func(F, Fbar float64) float64 { return F - Fbar }, 0, 3.5 * math.Sqrt2},
		{"nowhere", func(F, Fbar float64) float64 { return math.Exp(F) }, 0, 0},
	} {
		areas, lines := zeroSet(a, row.loss)
		got := 0.0
		for _, path := range strings.Split(areas, "z") {
			got += area(points(t, path)) / 2 / 1e6
		}
		if !(math.Abs(got-row.area) <= 35*28*28/1e6*0.1) { // each of 28² polygons, of about 500 around, by at most 0.05
			t.Errorf("%s: area %v, want %v", row.name, got, row.area)
		}
		drawn := map[[2][2]float64]bool{}
		for _, path := range strings.Split(lines, "M")[1:] {
			ps := points(t, path)
			drawn[[2][2]float64{ps[0], ps[1]}] = true
		}
		length := 0.0
		for l := range drawn {
			if drawn[[2][2]float64{l[1], l[0]}] { // from both sides
				length -= math.Hypot(l[0][0]-l[1][0], l[0][1]-l[1][1]) / 2 / 1000
			}
			length += math.Hypot(l[0][0]-l[1][0], l[0][1]-l[1][1]) / 1000
		}
		if !(math.Abs(length-row.length) <= 1e-9*row.length) {
			t.Errorf("%s: length %v, want %v", row.name, length, row.length)
		}
	}
}

// points are those of a path.
func points(t *testing.T, path string) (ps [][2]float64) {
	t.Helper()
	var xs []float64
	for _, s := range coordinates.FindAllString(path, -1) {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		xs = append(xs, x)
	}
	for i := 0; i+1 < len(xs); i += 2 {
		ps = append(ps, [2]float64{xs[i], xs[i+1]})
	}
	return ps
}

// TestLossPlane: the picture says where descent stands still, and which line it is that a pair must be beyond.
func TestLossPlane(t *testing.T) {
	for _, row := range []struct {
		plane LossPlane
		want  []string
		not   string
	}{
		{LossPlane{"min(M, pos(F[y] - F[ybar]))", "0", map[string]float64{"M": 1}}, []string{"F̄ = F<", "at 9 of them, crossed", "M = 1"}, "by the margin"},
		{LossPlane{"pos(m + F[y] - F[ybar])", "m", map[string]float64{"m": 1}}, []string{"F̄ = F + m<", "by the margin", "Blue"}, "crossed"},
		{LossPlane{"pos(m + F[y] - F[ybar])", "m", map[string]float64{"m": 10}}, []string{"F̄ = F + m is outside"}, "Dashed"},
		{LossPlane{"exp(F[y] - F[ybar])", "0", nil}, []string{"Descent from 42 places."}, "Blue"},
		{LossPlane{"log(F[y] - 1)", "0", nil}, []string{"Descent from 14 places."}, "NaN"}, // it has no value for F ≤ 1
	} {
		drawn, err := row.plane.picture()
		if err != nil {
			t.Fatal(err)
		}
		text := drawn.Caption + string(drawn.Panels[0].SVG)
		for _, want := range row.want {
			if !strings.Contains(text, want) {
				t.Errorf("the plane of %s does not say %q: %s", row.plane.Loss, want, drawn.Caption)
			}
		}
		if strings.Contains(text, row.not) {
			t.Errorf("the plane of %s says %q", row.plane.Loss, row.not)
		}
	}
}
