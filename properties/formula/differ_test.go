package formula

import (
	"regexp"
	"strings"
	"testing"
)

// marks replaces a statement's tags by brackets: [-wrong-] and {+right+}.
func marks(mathML string) string {
	s := strings.NewReplacer(`<mrow class="w">`, "[-", `<mrow class="r">`, "{+", "\u2062", "", "\u2061", "", "\u00a0", " ", "&lt;", "<", "&gt;", ">").Replace(mathML)
	var b strings.Builder
	var open []string
	for _, m := range regexp.MustCompile(`\[-|\{\+|<(/?)(\w+)[^>]*>|[^<\[{]+|.`).FindAllStringSubmatch(s, -1) {
		switch {
		case m[0] == "[-", m[0] == "{+":
			open = append(open, map[string]string{"[-": "-]", "{+": "+}"}[m[0]])
			b.WriteString(m[0])
		case m[2] == "mrow" && m[1] == "":
			open = append(open, "")
		case m[2] == "mrow":
			b.WriteString(open[len(open)-1])
			open = open[:len(open)-1]
		case m[2] == "":
			b.WriteString(m[0])
		}
	}
	return b.String()
}

// What differs is marked where it differs, and what does not is not.
func TestAgainst(t *testing.T) {
	for _, c := range [][6]string{
		{"D(pos(m - F[ybar]), W) = 0 if m >= F[ybar]", "D(pos(m - F[ybar]), W) = 0 if m <= F[ybar]",
			"∂[m−F¯]+∂W =0  if [-m≥F¯-]", "∂[m−F¯]+∂W =0  if {+m≤F¯+}", "∂[m−F¯]+∂W =0  if [-m≥F¯-]{+m≤F¯+}", ""},
		{"D(exp(-beta*F[y]), W) = -beta*F[y]*D(F[y], W)", "D(exp(-beta*F[y]), W) = -beta*exp(-beta*F[y])*D(F[y], W)",
			"∂e−βF∂W =−β[-F-]∂F∂W", "∂e−βF∂W =−β{+e−βF+}∂F∂W", "∂e−βF∂W =−β[-F-]{+e−βF+}∂F∂W", ""},
		{"for all j: p[j] = F[j]/n", "for all j: p[j] = beta/n and n > 0",
			"for all j:pj =[-Fj-]n", "for all j:pj ={+β+}n", "for all j:pj =[-Fj-]{+β+}n", "for all j:n >0"},
		{"m = 1", "m = beta*m*beta*m*beta*m*beta = M", "m =[-1-]", "m ={+βmβmβmβ+} {+=M+}", "m =[-1-]{+βmβmβmβ+} {+=M+}", ""},
		{"m < M", "m < M", "m <M", "m <M", "m <M", ""},
		{"m + M < 1", "m < 1", "m[-+M-] <1", "m <1", "m[-+M-] <1", ""},
	} {
		wrong, right, both, more := MustStatement(c[0]).Against(MustStatement(c[1]))
		for i, got := range []string{wrong, right, both, more} {
			if got := marks(got); got != c[2+i] {
				t.Errorf("%s against %s:\n%s, not\n%s", c[0], c[1], got, c[2+i])
			}
		}
	}
	if got, want := marks(MustStatement("m = F[y]").LinesIf(MustStatement("beta > 0"))), "m =F if {+β>0+}"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}
