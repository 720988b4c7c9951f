package formula

import (
	"strings"
	"testing"
)

// Formulas as a person writes them.
func TestSet(t *testing.T) {
	for _, c := range [][3]string{
		{"F[y] + logsumexp(j: -beta*F[j])/beta", `F_y + (1/β) ln Σ_j e^{−βF_j}`, `F_{y}+\frac{1}{\beta}\ln\sum_{j}e^{-\beta F_{j}}`},
		{"-log(p[y])/beta", `−(1/β) ln p_y`, `-\frac{\ln p_{y}}{\beta}`},
		{"pos(m + F[y] - F[ybar])", `[m + F − F̄]⁺`, `[m+F-\bar{F}]^{+}`},
		{"pos(F[y])^2 + pos(m - F[ybar])^2", `([F]⁺)² + ([m − F̄]⁺)²`, `([F]^{+})^{2}+([m-\bar{F}]^{+})^{2}`},
		{"pos(m + F[y] - F[ybar]) + 0*n", `[m + F_y − F̄]⁺ + 0n`, `[m+F_{y}-\bar{F}]^{+}+0n`},
		{"1/(1 + exp(-(F[y] - F[ybar])))", `1/(1 + e^{−(F − F̄)})`, `\frac{1}{1+e^{-(F-\bar{F})}}`},
		{"(1 - p[y])^g*-log(p[ybar])", `(1 − p_y)^g·(−ln p_ȳ)`, `(1-p_{y})^{g}(-\ln p_{\bar{y}})`},
		{"sum(j: q[j]*log(q[j]/p[j]))", `Σ_j q_j ln(q_j/p_j)`, `\sum_{j}q_{j}\ln\frac{q_{j}}{p_{j}}`},
		{"logsumexp(-m, logsumexp(j != y: F[j]))", `ln(e^{−m} + Σ_{j≠y} e^{F_j})`, `\ln\left(e^{-m}+\sum_{j\ne y}e^{F_{j}}\right)`},
		{"max(j != y: c[j] + F[y] - F[j])", `max_{j≠y} (c_j + F_y − F_j)`, `\max_{j\ne y}(c_{j}+F_{y}-F_{j})`},
		{"mean(j: F[j]) + mean(j != ybar: F[j]/tau)", `(1/n) Σ_j F_j + (1/(n − 1)) Σ_{j≠ȳ} F_j/τ`, `\frac{1}{n}\sum_{j}F_{j}+\frac{1}{n-1}\sum_{j\ne\bar{y}}\frac{F_{j}}{\tau}`},
		{"min(M, pos(F[y] - F[ybar]))", `min(M, [F − F̄]⁺)`, `\min(M,[F-\bar{F}]^{+})`},
		{"softplus(F[y])*sigmoid(m) + log1p(m) - expm1(m)", `softplus(F)·σ(m) + ln(1 + m) − (e^m − 1)`, `\operatorname{softplus}(F)\sigma(m)+\ln(1+m)-(e^{m}-1)`},
		{"sqrt(F[y]^2 + eps^2) - sqrt(m)*2*abs(m)*3", `√(F² + ε²) − √m·2·|m|·3`, `\sqrt{F^{2}+\varepsilon^{2}}-\sqrt{m}\cdot2\cdot|m|\cdot3`},
		{"if(F[y] <= 0, 0, if(m != 1, F[y], -F[y]))", `{ 0 if F ≤ 0; F if m ≠ 1; −F otherwise }`, `\begin{cases}0&\text{if }F\le0\\F&\text{if }m\ne1\\-F&\text{otherwise}\end{cases}`},
		{"2*if(m < 0, 1, 2)", `2·{ 1 if m < 0; 2 otherwise }`, `2\left(\begin{cases}1&\text{if }m<0\\2&\text{otherwise}\end{cases}\right)`},
		{"1e-6*x_1 + 2.5e10*.5 - 3.*lambda", `10⁻⁶·x_1 + 2.5·10¹⁰·0.5 − 3λ`, `10^{-6}x_{1}+2.5\cdot10^{10}\cdot0.5-3\lambda`},
		{"temp*m*beta*(m - beta)*2", `temp·mβ(m − β)·2`, `\mathrm{temp}\cdot m\beta(m-\beta)\cdot2`},
		{"m*(m - beta)", `m·(m − β)`, `m\cdot(m-\beta)`},
		{"sigma*(m - beta)", `σ·(m − β)`, `\sigma\cdot(m-\beta)`},
		{"a/b/c - a/(b*c) - -c + (c + d)", `(a/b)/c − a/(bc) − (−c) + c + d`, `\frac{\frac{a}{b}}{c}-\frac{a}{bc}-(-c)+c+d`},
		{"log(a)*b + sum(j: F[j])*b", `(ln a)·b + (Σ_j F_j)·b`, `(\ln a)b+\left(\sum_{j}F_{j}\right)b`},
		{"log(log(a)) - log(abs(b)) + exp(sum(j: F[j]))", `ln ln a − ln |b| + exp(Σ_j F_j)`, `\ln\ln a-\ln|b|+\exp\left(\sum_{j}F_{j}\right)`},
		{"D(F[y], W) + D(pos(F[y]), W) + D(F[y] + F[2], F[2])", `∂F_y/∂W + ∂[F_y]⁺/∂W + ∂(F_y + F_2)/∂F_2`, `\frac{\partial F_{y}}{\partial W}+\frac{\partial[F_{y}]^{+}}{\partial W}+\frac{\partial}{\partial F_{2}}(F_{y}+F_{2})`},
		{"delta(y, ybar)*delta(y, 3) - inf", `δ_{yȳ}·δ_{y,3} − ∞`, `\delta_{y\bar{y}}\delta_{y,3}-\infty`},
		{"with(F[j] := F[j] + c: pos(F[y]) - 1)", `([F]⁺ − 1)|_{F_j→F_j+c}`, `\left.([F]^{+}-1)\right|_{F_{j}\to F_{j}+c}`},
		{"S[ybar] + c_2[y] + a_b_c", `S_ȳ + c_{2,y} + a_{b_c}`, `S_{\bar{y}}+c_{2,y}+a_{\mathrm{b\_c}}`},
		{"Z/beta where Z = n*w, w = 2", `Z/β, where Z = nw, w = 2`, `\frac{Z}{\beta},\text{ where }Z=nw,w=2`},
	} {
		f := MustParse(c[0])
		if got := f.Unicode(); got != c[1] {
			t.Errorf("%s is written %s, not %s", f, got, c[1])
		}
		if got := f.LaTeX(); got != c[2] {
			t.Errorf("%s is written\n%s, not\n%s", f, got, c[2])
		}
		if len(f.Where) == 0 && (f.Expr.Unicode() != f.Unicode() || f.Expr.LaTeX() != f.LaTeX() || f.Expr.MathML() != f.MathML()) {
			t.Errorf("%s: its expression is written %s", f, f.Expr.Unicode())
		}
	}
	s := MustStatement("for all j, k != y: D(Z, F[j]) = -beta*w < F[k] and a != b if m >= 0 and F[k] > 0 where Z = logsumexp(i: -beta*F[i]), w = exp(-beta*F[j])")
	if got, want := s.Unicode(), "for all j, k ≠ y: ∂Z/∂F_j = −βw < F_k and a ≠ b if m ≥ 0 and F_k > 0, where Z = ln Σ_i e^{−βF_i}, w = e^{−βF_j}"; got != want {
		t.Errorf("\n%s, not\n%s", got, want)
	}
	if got, want := s.LaTeX(), `\text{for all }j,k\ne y\colon\frac{\partial Z}{\partial F_{j}}=-\beta w<F_{k}\text{ and }a\ne b\text{ if }m\ge0\text{ and }F_{k}>0,\text{ where }Z=\ln\sum_{i}e^{-\beta F_{i}},w=e^{-\beta F_{j}}`; got != want {
		t.Errorf("\n%s, not\n%s", got, want)
	}
	if got, want := MustStatement("if(m < 0, 1, 2) = if(m < 0, 3, 4)").LaTeX(), `\left(\begin{cases}1&\text{if }m<0\\2&\text{otherwise}\end{cases}\right)=\begin{cases}3&\text{if }m<0\\4&\text{otherwise}\end{cases}`; got != want {
		t.Errorf("\n%s, not\n%s", got, want)
	}
	if got, want := s.Markdown(), `for all j, k ≠ y: ∂Z/∂F\_j = −βw \< F\_k and a ≠ b if m ≥ 0 and F\_k \> 0, where Z = ln Σ\_i e^{−βF\_i}, w = e^{−βF\_j}`; got != want {
		t.Errorf("\n%s, not\n%s", got, want)
	}
	for text, want := range map[string]string{
		"D(pos(F[y]), W) = if(F[y] < 0, 0, D(F[y], W))":       "∂[F]⁺/∂W = { 0 if F < 0; ∂F/∂W otherwise }",
		"if(m < 0, 1, 2) = if(m < 0, 1, 2) <= 3":              "{ 1 if m < 0; 2 otherwise } = { 1 if m < 0; 2 otherwise } ≤ 3",
		"pos(F[y] - F[ybar]) <= abs(F[y] - F[ybar])":          "[F − F̄]⁺ ≤ |F − F̄|",
		"for all j != y: abs(F[y] - F[j]) >= F[y] - F[j]":     "for all j ≠ y: |F_y − F_j| ≥ F_y − F_j",
		"sum(j: F[j]) = Z where Z = F[y] + sum(j != y: F[j])": "Σ_j F_j = Z, where Z = F_y + Σ_{j≠y} F_j",
	} {
		if got := MustStatement(text).Unicode(); got != want {
			t.Errorf("%s is written %s, not %s", text, got, want)
		}
	}
}

// A character that Markdown would take for its own is escaped.
func TestMarkdown(t *testing.T) {
	if got, want := MustParse("if(abs(F[2]) > p[y], pos(m), 1) + if(m < 2, 3, 4)").Markdown(), `{ \[m\]⁺ if \|F\_2\| \> p\_y; 1 otherwise } + { 3 if m \< 2; 4 otherwise }`; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

// MathML has fractions, scripts, sums with what stands below, cases in a table, and escapes.
func TestMathML(t *testing.T) {
	for _, c := range [][2]string{
		{"F[y]/beta", "<math><mfrac><mi>F</mi><mi>β</mi></mfrac></math>"},
		{"-p[y]*m", `<math><mrow><mo form="prefix">−</mo><mrow><msub><mi>p</mi><mi>y</mi></msub><mo>&#x2062;</mo><mi>m</mi></mrow></mrow></math>`},
		{"F[ybar]^2", `<math><msup><mover><mi>F</mi><mo accent="true" stretchy="false">¯</mo></mover><mn>2</mn></msup></math>`},
		{"sum(j != y: F[j])", `<math><mrow><munder><mo movablelimits="false">∑</mo><mrow><mi>j</mi><mo>≠</mo><mi>y</mi></mrow></munder><mspace width="0.167em"/><msub><mi>F</mi><mi>j</mi></msub></mrow></math>`},
		{"max(j: F[j])", `<math><mrow><munder><mo movablelimits="false">max</mo><mi>j</mi></munder><mspace width="0.167em"/><msub><mi>F</mi><mi>j</mi></msub></mrow></math>`},
		{"log(sqrt(n))", `<math><mrow><mi>ln</mi><mo>&#x2061;</mo><mspace width="0.167em"/><msqrt><mi>n</mi></msqrt></mrow></math>`},
		{"if(a < b, 0, abs(a))", `<math><mrow><mo form="prefix" stretchy="true">{</mo><mtable columnalign="left left"><mtr><mtd><mn>0</mn></mtd><mtd><mrow><mtext>if&#xa0;</mtext><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></mrow></mtd></mtr>` +
			`<mtr><mtd><mrow><mo form="prefix">|</mo><mi>a</mi><mo form="postfix">|</mo></mrow></mtd><mtd><mtext>otherwise</mtext></mtd></mtr></mtable></mrow></math>`},
	} {
		want := strings.NewReplacer("&#x2062;", "\u2062", "&#x2061;", "\u2061", "&#xa0;", "\u00a0").Replace(c[1])
		if got := MustParse(c[0]).MathML(); got != want {
			t.Errorf("%s is\n%s, not\n%s", c[0], got, want)
		}
	}
}
