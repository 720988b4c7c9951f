package proof

import (
	"strings"
	"testing"
)

// TestState: what is to be proved of statements, line by line.
func TestState(t *testing.T) {
	for _, c := range []struct{ says, want string }{
		{"D(pos(m - F[ybar]), W) = -D(F[ybar], W) if m > F[ybar]",
			"assume m > Fbar\nprove D(pos(m - Fbar); F -> S; Fbar -> Sbar) = -Sbar"},
		{"for all i, j != y: p[i] <= p[j] < 1 if F[i] != F[j]",
			"let Z = sum(j, exp(-beta*F[j]))\nlet p[j] = exp(-beta*F[j])*inv(Z)\nassume beta > 0\nassume (F[i] - (F[j]))^2 > 0\nassume d(j,y) = 0\nprove p[j] >= p[i]\nprove 1 > p[j]"},
		{"F[y] + logsumexp(k: -beta*F[k])/beta >= 0",
			"let Z = sum(j, exp(-beta*F[j]))\nassume beta > 0\nprove F[y] + ln(Z)*inv(beta) >= 0"},
		{"D(F[y] + G[y], F[j]) = delta(y, j) and a <= 2/3", // j is free
			"?"},
		{"for all j: D(F[y]^2, F[j]) = 2*F[y]*delta(y, j)", "prove D(F[y]^2; F[j_] -> d(j_,j)) = 2*F[y]*d(y,j)"},
		{"with(F[j] := F[j] + c: F[y]) = F[y] + c", "prove (F + c) = F + c"},
		{"max(j: F[j]) >= F[y]", "assume all j: F[max_1] >= F[j]\nprove F[max_1] >= F[y]"},
		{"F[y] >= a if min(j: F[j]) >= a", "assume all j: F[j] >= a\nprove F[y] >= a"},
		{"F[y] >= a if min(j != y: F[j]) >= a", "assume all j: (1-d(j,y))*(F[j] - a) >= 0\nprove F[y] >= a"},
		{"sum(j != ybar: F[j]) >= 0", "assume d(ybar,y) = 0\nassume all j: (1-d(j,y))*(F[j]-F[ybar]) >= 0\nprove sum(j, (1-d(j,ybar))*F[j]) >= 0"},
	} {
		lines, err := State(c.says)
		if c.want == "?" {
			if err == nil {
				t.Errorf("%s: %s, want an error", c.says, strings.Join(lines, "\n"))
			}
			continue
		}
		if got := strings.Join(lines, "\n"); err != nil || got != c.want {
			t.Errorf("%s:\n%s (%v), want\n%s", c.says, got, err, c.want)
		}
	}
}

// TestStateRefuses: what no term can say is refused, with the reason.
func TestStateRefuses(t *testing.T) {
	for _, c := range []struct{ says, because string }{
		{"if(F[y] > 0, 1, 0) >= 0", "if is no term"},
		{"sqrt(F[y]) >= 0", "sqrt is no term"},
		{"F[y]^0.5 >= 0", "^ is no term"},
		{"sum(i: max(j: G[i]*F[j])) >= 0", "within a sum or a derivative"},   // for each i another index
		{"D(max(j: F[j]), W) >= D(F[y], W)", "within a sum or a derivative"}, // which one it is changes along the path
		{"S*D(F[y], W) = 0", "S has an index"},                               // S is ∂F/∂W
		{"for all j_: D(F[y], F[j_]) = delta(y, j_)", "is one that is made here"},
		{"for all max_1: max(j: F[j]) = F[max_1]", "is one that is made here"},
		{"p[y] = 1/Z", "Z is a parameter, and"},
		{"with(F[j] := 2*F[j]: D(F[y]^2, F[y])) = 0", "a derivative within with"},
		{"F[y] = inf", "inf is no term"},
	} {
		if lines, err := State(c.says); err == nil || !strings.Contains(err.Error(), c.because) {
			t.Errorf("%s: %v (%v), want %q", c.says, lines, err, c.because)
		}
	}
}
