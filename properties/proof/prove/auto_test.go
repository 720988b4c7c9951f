package prove

import (
	"testing"

	"ebmcheck/properties/proof"
)

// TestAuto: what is so is proved, in the same way each time; what is not, is not.
func TestAuto(t *testing.T) {
	for _, row := range []struct {
		says string
		is   bool
	}{
		{"pos(m + F[y] - F[ybar]) = 0 if m + F[y] - F[ybar] <= 0", true},
		{"pos(m + F[y] - F[ybar]) = 0 if m + F[y] - F[ybar] <= 1", false},
		{"m + F[y] - F[ybar] <= 0 if pos(m + F[y] - F[ybar])^2 = 0", true},
		{"m + F[y] - F[ybar] < 0 if pos(m + F[y] - F[ybar])^2 = 0", false},
		{"pos(u)^2 + pos(m - v)^2 > pos(0)^2 + pos(m - m)^2 if k >= 0 and u + k >= v and m > k", true},
		{"pos(u)^2 + pos(m - v)^2 > pos(0)^2 + pos(m - m)^2 if k >= 0 and u + k >= v and m >= k", false},
		{"pos(u - F[ybar]) - pos(pos(u - F[ybar]) - M) >= pos(F[y] - F[ybar]) - pos(pos(F[y] - F[ybar]) - M) if u >= F[y]", true},
		{"log(1 + exp(F[y] - F[ybar])) > pos(F[y] - F[ybar])", true},
		{"log(1 + exp(F[y] - F[ybar])) > pos(1 + F[y] - F[ybar])", false},
		{"log(1 + exp(beta*(m + u - F[ybar])))/beta >= log(1 + exp(beta*(m + F[y] - F[ybar])))/beta if u >= F[y]", true},
		{"log(1 + exp(beta*(m + F[y] - F[ybar])))/beta <= log(1 + exp(beta*(F[y] - F[ybar])))/beta + m", true},
		{"log(1 + exp(beta*(m + F[y] - F[ybar])))/beta <= log(1 + exp(beta*(F[y] - F[ybar])))/beta + m/2", false},
		{"F[y] + log(exp(-beta*F[y]) + exp(-beta*F[ybar]))/beta + m >= log(1 + exp(beta*(m + F[y] - F[ybar])))/beta", true},
		{"1/(1 + exp(v - u)) > 1/(1 + exp((k + 1) - 0)) if k >= 0 and u + k >= v", true},
		{"1/(1 + exp(v - u)) > 1/(1 + exp(k - 0)) if k >= 0 and u + k >= v", false},
		{"u^2 + gamma*exp(-v) >= F[y]^2 + gamma*exp(-F[ybar]) + 2*F[y]*(u - F[y]) - gamma*exp(-F[ybar])*(v - F[ybar])", true},
	} {
		th := proof.Theorem{Name: "t", Says: row.says, Positive: []string{"m", "M", "gamma"}}
		c, err := Auto(th)
		if (err == nil) != row.is {
			t.Errorf("%s: found %v, want %v", row.says, err == nil, row.is)
		}
		if err != nil {
			continue
		}
		if _, err := proof.Check(th, c); err != nil {
			t.Errorf("%s: %v", row.says, err)
		}
		if again, err := Auto(th); err != nil || again != c {
			t.Errorf("%s: another certificate the second time (%v)", row.says, err)
		}
	}
}
