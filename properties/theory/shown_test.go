package theory

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ebmcheck/properties/draw"
)

// TestShownCases: cases are shown as a person would write them.
func TestShownCases(t *testing.T) {
	for _, test := range []struct {
		c    fmt.Stringer
		want string
	}{
		{renamed{1, 0.5, 2, 3, 0}, "F(y) = y on y ≥ 0, β=0.5: P(y ≤ 2) over dy and over du, u = 3·y"},
		{renamed{2, 1, 1, 3, 1}, "F(y) = 2·y on y ≥ 0, β=1: P(y ≤ 1) over dy and over du, u = (3·y)²"},
		{renamed{2, 1, 1, 1, 1}, "F(y) = 2·y on y ≥ 0, β=1: P(y ≤ 1) over dy and over du, u = y²"},
		{renamed{2, 1, 1, 1, 2}, "F(y) = 2·y on y ≥ 0, β=1: P(y ≤ 1) over dy and over du, u = y³"},
		{renamed{2, 1, 1, 3, squeezed}, "F(y) = 2·y on y ≥ 0, β=1: P(y ≤ 1) over dy and over du, u = 1 − e^{−3·y}"},
		{rescaled{[]float64{0, 1}, 3, 2}, "F=(0, 1) at β=6, and at β=3"},
		{latent{[][]float64{{5, 1}, {2, 9}}, 2}, "G(x, y=0, z=1…2)=(5, 1), G(x, y=1, z=1…2)=(2, 9), β=2"},
		{line{absolute, 0, 1, 2}, "F zero on ℝ, β=1, y=2"},
		{line{logarithm, -1, 1, 2}, "F(y) = −ln(1 + |y|) on ℝ, β=1, y=2"},
		{window{domain{Real: true, Line: line{absolute, 1, 1, 0}}, 0.5, false}, "F(y) = |y| on [-0.5, 0.5], β=1"},
		{window{domain{Real: true, Line: line{square, 2, 1, 0}}, 0, false}, "F(y) = 2·y² on ℝ, β=1"},
		{window{domain{Table: table{F: []float64{0, 1}, Beta: 2}}, 0, false}, "F=(0, 1), y=0, β=2"},
		{window{domain{Real: true, Line: line{square, 2, 3, 0}}, 0, true}, "F(y) = 0 on [0, 1] but for F(½) = 1, β=3"},
		{contrast{twin{F: 1, Fbar: 2, M: 3, Beta: 4}, byHinge}, "hinge loss, F=1, F̄=2, m=3"},
		{contrast{twin{F: 1, Fbar: 2, M: 3, Beta: 4}, byNLL}, "NLL of two answers, F=1, F̄=2, β=4"},
		{integral{kind: overFlat, table: table{Beta: 2}, A: 0.5, answer: 1}, "F_W(y) = 0.5 on ℝ, β=2, y=1"},
		{inputs{[][]float64{{0, 1}, {2, 0.5}}, 1}, "F(0, ·)=(0, 1), F(1, ·)=(2, 0.5), x=1"},
		{code{Lambda: 0.5, Root: 2}, "F = min_z (y − z)² + λz², λ=0.5, √τ=2"},
		{code{Centres: []float64{0, 1}, Root: 2}, "F = min_k (y − c_k)², c=(0, 1), √τ=2"},
		{code{Centres: []float64{0, 1}, Second: []float64{3, 4}, Root: 2}, "F = min_k max((y₁ − a_k)², (y₂ − b_k)²), a=(0, 1), b=(3, 4), √τ=2"},
		{lesson{Family: embeddings, W: []float64{1, 0.5}, X: 2, Y: 3, Ybar: 4, Also: 5, Step: 0.125, Steps: 7}, "F = (g₁x − g₂y)², x=2, y=3 and y=5, ȳ=4, 7 steps of 0.125 from W=(1, 0.5)"},
		{landscape{Terrain: summit, A: 2, Mu: 1, Y: 3}, "F(y) = −2·(y − 1)² on ℝ; any answer, such as 3, rival 4"},
		{landscape{Terrain: parabola, A: 2, Mu: -1, Y: 3}, "F(y) = 2·(y − -1)² on ℝ; answer -1, rival 3"},
		{landscape{Terrain: parabola, A: 1, Y: 3}, "F(y) = y² on ℝ; answer 0, rival 3"},
		{third{table{F: []float64{0, 1, 2}, Beta: 1}, 2, 3}, "F=(0, 1, 2), y=0, ȳ=1, m=1, then F_2 → 3"},
	} {
		if got := test.c.String(); got != test.want {
			t.Errorf("shown as %q, want %q", got, test.want)
		}
	}
}

// TestLatent: the minimisers and minima that the reason of C28 names.
func TestLatent(t *testing.T) {
	c := latent{[][]float64{{5, 1}, {2, 9}}, 1}
	if zs, F := c.minimisers(), c.minima(); !slices.Equal(zs, []float64{2, 1}) || !slices.Equal(F, []float64{1, 2}) {
		t.Errorf("minimisers %v, minima %v", zs, F)
	}
}

// A showing statement shows its cases.
type showing interface {
	// confused returns how many cases were shown, and two that are shown alike of which the printed form is not the same.
	confused() (shown int, pair string)
}

func (s statement[C]) confused() (shown int, pair string) {
	if s.tight != nil { // of formulas, which are shown by what they mention
		return 0, ""
	}
	gen := rapid.Custom(s.draw)
	cases := slices.Clone(s.cases)
	for i := range uint64(100) {
		cases = append(cases, draw.Example(gen, i))
	}
	first := map[string]C{}
	for _, c := range cases {
		text := s.show(c)
		other, again := first[text]
		if !again {
			first[text] = c
			continue
		}
		if fmt.Sprint(other) == fmt.Sprint(c) && fmt.Sprintf("%#v", other) == fmt.Sprintf("%#v", c) {
			continue
		}
		if p, q := s.printed(other), s.printed(c); p.truth != q.truth || fmt.Sprint(p.left, p.right) != fmt.Sprint(q.left, q.right) {
			return len(cases), fmt.Sprintf("%#v and %#v are both shown as %s", other, c, text)
		}
	}
	return len(cases), ""
}

// TestShownAlike: what is shown of a case decides what is found about it.
func TestShownAlike(t *testing.T) {
	seen := 0
	for _, c := range slices.Concat(Claims, Others) {
		s, ok := c.Statement.(showing)
		if !ok {
			continue
		}
		n, pair := s.confused()
		if pair != "" {
			t.Errorf("%s: %s", c.Reference(), pair)
		}
		seen += n
	}
	if seen < 5000 {
		t.Errorf("only %d cases", seen)
	}
}
