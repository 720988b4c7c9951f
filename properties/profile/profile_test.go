package profile

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ebmcheck/properties/op"
)

var (
	update = flag.Bool("update", false, "write the goldens")
	all    = flag.Bool("catalogue", false, "profile every loss of the catalogue, and six others: half a minute")
)

// TestText: profiles of losses that have each kind of answer, word for word.
func TestText(t *testing.T) {
	for name, text := range map[string]string{
		"squared_hinge": "pos(m + F[y] - F[ybar])^2",
		"energy":        "F[y]",
		"printed_minus": "F[y]^2 - pos(m - F[ybar])^2",
	} {
		p, err := Of(text, "")
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", name+".txt")
		if *update {
			if err := os.WriteFile(file, []byte(p.Text()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Text(); got != string(want) {
			t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
		}
	}
}

// TestREADME: what README shows is what is written.
func TestREADME(t *testing.T) {
	golden, err := os.ReadFile("testdata/squared_hinge.txt")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	answers, _, _ := strings.Cut(string(golden), "\nProved:")
	for line := range strings.Lines(answers) {
		if strings.TrimSpace(line) != "" && !strings.Contains(string(readme), "    "+line) {
			t.Errorf("README has no line %q", line)
		}
	}
}

// asked is an inquiry about a formula.
func asked(t *testing.T, text, condition string) *inquiry {
	t.Helper()
	q, err := inquire(text, condition)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// TestQuestions: each question is answered in different ways of losses of which the answer is known, by hand. Those that are wrong in one
// slip are found out.
func TestQuestions(t *testing.T) {
	const hinge, power, minus = "pos(m + F[y] - F[ybar])", "pos(m + F[y] - F[ybar])^1.5", "F[y]^2 - pos(m - F[ybar])^2"
	for _, row := range []struct {
		ask      func(q *inquiry) Answer
		formula  string
		answer   string
		evidence Evidence
	}{
		{(*inquiry).nonNegative, hinge, "yes", Proved},
		{(*inquiry).nonNegative, "m + F[y] - F[ybar]", "no", Refuted},
		{(*inquiry).nonNegative, power, "yes", Sampled},
		{(*inquiry).zero, hinge, "where m + F ≤ F̄", Proved},
		{(*inquiry).zero, "pos(F[y]) + pos(m - F[ybar])", "where F ≤ 0 and m ≤ F̄", Proved},
		{(*inquiry).zero, "F[y]*(1 - F[y])", "not found", Open},
		{(*inquiry).zero, "F[y] - min(j: F[j])", "where F_y ≤ min_{j≠y} F_j", Sampled},
		{(*inquiry).convex, hinge, "yes", Proved},
		{(*inquiry).convex, "min(M, pos(F[y] - F[ybar]))", "no", Refuted},
		{(*inquiry).convex, power, "yes", Sampled},
		{(*inquiry).shift, hinge, "yes", Proved},
		{(*inquiry).shift, "pos(m + F[y])", "no", Refuted},
		{(*inquiry).shift, power, "yes", Sampled},
		{(*inquiry).homogeneous, hinge, "of degree 1, with m", Proved},
		{(*inquiry).homogeneous, "F[y] - F[ybar] - 1", "no", Refuted},
		{(*inquiry).homogeneous, "sqrt(F[y]^2 + F[ybar]^2)", "of degree 1", Sampled},
		{(*inquiry).increasing, hinge, "yes", Proved},
		{(*inquiry).increasing, "pos(m - F[y] + F[ybar])", "no", Refuted},
		{(*inquiry).increasing, "F[y]^2", "where F_y ≥ 0", Proved},
		{(*inquiry).increasing, power, "yes", Sampled},
		{(*inquiry).decreasing, hinge, "yes", Proved},
		{(*inquiry).decreasing, "pos(m + F[y] + F[ybar])", "no", Refuted},
		{(*inquiry).decreasing, "F[y]", "does not depend on it", Proved},
		{(*inquiry).decreasing, power, "yes", Sampled},
		{(*inquiry).smooth, "pos(m + F[y] - F[ybar])^2", "yes", Proved},
		{(*inquiry).smooth, hinge, "kinked where m + F = F̄", Refuted},
		{(*inquiry).smooth, power, "not found", Open},
		{(*inquiry).margin, hinge, "k < m, not k ≥ m", Proved},
		{(*inquiry).margin, "pos(F[y] - F[ybar])", "none; it only tells F_y > F̄ from F_y < F̄", Proved},
		{(*inquiry).margin, minus, "none", Proved},
		{(*inquiry).margin, "F[y]", "none", Proved},
		{(*inquiry).margin, "sqrt(1 + pos(m + F[y] - F[ybar])^2)", "k < m, not k ≥ m", Sampled},
		{(*inquiry).fades, hinge, "at least 2", Proved},
		{(*inquiry).fades, "min(M, pos(F[y] - F[ybar]))", "fades: it is 0 where F − F̄ > M", Proved},
		{(*inquiry).fades, "F[y]^2", "not found", Open},
	} {
		a := row.ask(asked(t, row.formula, ""))
		if a.Answer != row.answer || a.Evidence != row.evidence {
			t.Errorf("%s of %s: %s, %s; want %s, %s", a.Question, row.formula, a.Answer, a.Evidence, row.answer, row.evidence)
		}
		if (a.Evidence == Proved || a.OfTwo) != (a.Steps > 0) || a.Evidence == Refuted && a.Case == "" || a.Evidence == Sampled && a.Cases < enough {
			t.Errorf("%s of %s: %s without what it takes: %+v", a.Question, row.formula, a.Evidence, a)
		}
	}
}

// TestCollapse: whether one energy for all is a least value depends on whether energies may be below 0.
func TestCollapse(t *testing.T) {
	for _, row := range []struct {
		formula, any, nonNegative string
	}{
		{"F[y]", "no", "yes, at 0"},
		{"pos(F[y] - F[ybar])", "yes, at 0", "yes, at 0"},
		{"pos(F[y]) + pos(m - F[ybar])", "no", "no"},
		{"F[y]^2 - pos(m - F[ybar])^2", "no", "yes, at 0"},
		{"pos(F[y]) + pos(F[ybar] - m)", "yes, at 0", "yes, at 0"}, // the second branch reversed
	} {
		as := asked(t, row.formula, "").collapse()
		if as[0].Answer != row.any || as[1].Answer != row.nonNegative || as[0].Evidence != Proved || as[1].Evidence != Proved {
			t.Errorf("%s: %s, %s; %s, %s", row.formula, as[0].Answer, as[0].Evidence, as[1].Answer, as[1].Evidence)
		}
	}
}

// TestOfTwo: what is taken for the loss of two answers must be that.
func TestOfTwo(t *testing.T) {
	q := asked(t, "F[y] + logsumexp(j: -beta*F[j])/beta", "")
	if err := q.agree(); err != nil {
		t.Error(err)
	}
	q.two = asked(t, "log(1 + exp(beta*(F[ybar] - F[y])))/beta", "").l
	if err := q.agree(); err == nil {
		t.Error("the loss with F and F̄ exchanged is taken for that of two answers")
	}
}

// TestRefusals: a profile is of a loss of energies, numbers and probabilities, and a condition is about its parameters.
func TestRefusals(t *testing.T) {
	for _, row := range []struct{ formula, condition, want string }{
		{"c[y] + F[y]", "", "a number for each answer"},
		{"F[y] +", "", "found the end"},
		{"m + F[y]", "eps > 0", "the condition is about eps"},
		{"m + F[y]", "F[y] > m", "want a condition on parameters"},
	} {
		if _, err := Of(row.formula, row.condition); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s if %s: %v, want %q", row.formula, row.condition, err, row.want)
		}
	}
}

// TestCatalogue: the profile of each loss of the catalogue is its row of Table 1 (LeCun et al. 2006) and what is known of it, that of six
// others is right by hand.
func TestCatalogue(t *testing.T) {
	if !*all {
		t.Skip("with -args -catalogue")
	}
	const every, upToM, weak, yes, no = "every k ≥ 0", "k < m, not k ≥ m", "none; it only tells F_y > F̄ from F_y < F̄", "yes", "no"
	type expected struct {
		name, formula, condition        string
		convex, shift, margin, collapse string   // the last among energies at least 0
		evidence                        Evidence // of the margin
	}
	rows := []expected{
		{"energy", "", "", yes, no, "none", "yes, at 0", Proved},
		{"perceptron", "", "", yes, yes, weak, "yes, at 0", Sampled},
		{"nll", "", "", yes, yes, every, no, Sampled},
		{"mee", "", "", no, yes, every, no, Sampled},
		{"simple", "", "", yes, no, upToM, no, Proved},
		{"hinge", "", "", yes, yes, upToM, no, Proved},
		{"log", "", "", yes, yes, every, no, Proved},
		{"soft_hinge", "", "", yes, yes, every, no, Proved},
		{"square_square", "", "", yes, no, upToM, no, Proved},
		{"square_exp", "", "", yes, no, every, no, Sampled},
		{"mce", "", "", no, yes, every, no, Proved},
		{"lvq2", "", "", no, yes, weak, "yes, at 0", Proved},

		{"focal", "(1 - p[y])^g*(logsumexp(j: -beta*F[j]) + beta*F[y])", "", no, yes, every, no, Sampled},
		{"label-smoothed NLL", "(1 - eps)*F[y] + eps*mean(j: F[j]) + logsumexp(j: -beta*F[j])/beta", "0 < eps and eps < 1", yes, yes, "not found", "not found", Open},
		{"InfoNCE", "F[y]/tau + logsumexp(j: -F[j]/tau)", "", yes, yes, every, no, Sampled},
		{"squared hinge", "pos(m + F[y] - F[ybar])^2", "", yes, yes, upToM, no, Proved},
		{"DPO", "softplus(beta*(F[y] - F[ybar]))", "", yes, yes, every, no, Proved},
		{"sum of hinges", "sum(j!=y: pos(m + F[y] - F[j]))", "", yes, yes, upToM, no, Sampled},
	}
	for _, o := range op.Ops {
		if r := o.Row(); r.Answers == op.AsValue && r.Symbol == "ℓ" && !slices.ContainsFunc(rows, func(row expected) bool { return row.name == string(o) }) {
			t.Errorf("%s is not in the table", o)
		}
	}
	for _, row := range rows {
		if row.formula == "" {
			row.formula = op.Op(row.name).Row().Formula
		}
		start := time.Now()
		p, err := Of(row.formula, row.condition)
		if err != nil {
			t.Fatal(err)
		}
		for question, want := range map[string]string{"convex": row.convex, "shift-invariant": row.shift, "margin (Condition 3)": row.margin, "collapse, F ≥ 0": row.collapse} {
			i := slices.IndexFunc(p.Answers, func(a Answer) bool { return a.Question == question })
			if a := p.Answers[i]; a.Answer != want || question == "margin (Condition 3)" && a.Evidence != row.evidence {
				t.Errorf("%s: %s: %s, %s; want %s", row.name, question, a.Answer, a.Evidence, want)
			}
		}
		count := map[Evidence]int{}
		for _, a := range p.Answers {
			count[a.Evidence]++
		}
		t.Logf("%s: %v in %v", row.name, count, time.Since(start).Round(time.Millisecond))
	}
}

// TestPlane: what is drawn of a loss has its margin, and numbers that its parameters may be.
func TestPlane(t *testing.T) {
	for _, row := range []struct {
		formula, condition, margin string
		at                         map[string]float64
		none                       bool
	}{
		{"pos(m + F[y] - F[ybar])", "", "m", map[string]float64{"m": 1}, false},
		{"softplus(F[y] - F[ybar])", "", "0", map[string]float64{}, false},
		{"pos(F[y]) + pos(m - F[ybar])", "m >= 0 and m < 1", "m", map[string]float64{"m": 0.5}, false},
		{"m + F[y] - F[ybar]", "m < 0", "0", map[string]float64{"m": -1}, false},
		{"m + F[y] - F[ybar]", "m < 0 and m > 1", "", nil, true},
		{"F[y] + eps*mean(j: F[j])", "0 < eps", "0", map[string]float64{"eps": 1}, false},
	} {
		q := asked(t, row.formula, row.condition)
		p := q.plane(q.margin())
		if (p == nil) != row.none {
			t.Errorf("%s if %s: plane %v", row.formula, row.condition, p)
		}
		if p != nil && (p.Margin != row.margin || !maps.Equal(p.At, row.at) || strings.Contains(p.Loss, "j")) {
			t.Errorf("%s if %s: plane %+v", row.formula, row.condition, p)
		}
	}
}
