package prove

import (
	"testing"
	"time"

	"ebmcheck/properties/proof"
)

func TestAuto(t *testing.T) {
	for _, says := range []string{
		"pos(m + F[y] - F[ybar])^2 >= 0",
		"pos(m + F[y] - F[ybar]) = 0 if m + F[y] - F[ybar] <= 0",
		"m + F[y] - F[ybar] <= 0 if pos(m + F[y] - F[ybar])^2 = 0",
		"pos(m + u - v)^2 >= pos(m + F[y] - F[ybar])^2 + 2*(m + F[y] - F[ybar])*(u - F[y]) - 2*(m + F[y] - F[ybar])*(v - F[ybar]) if m + F[y] - F[ybar] >= 0",
		"pos(m + u - F[ybar])^2 >= pos(m + F[y] - F[ybar])^2 if u >= F[y]",
		"pos(r*m + r*F[y] - r*F[ybar])^2 = r^2*pos(m + F[y] - F[ybar])^2",
		"log(1 + exp(F[y] - F[ybar])) > 0",
		"log(1 + exp(u - F[ybar])) >= log(1 + exp(F[y] - F[ybar])) if u >= F[y]",
		"log(1 + exp(u - v)) >= log(1 + exp(F[y] - F[ybar])) + exp(F[y] - F[ybar])/(1 + exp(F[y] - F[ybar]))*(u - F[y]) - exp(F[y] - F[ybar])/(1 + exp(F[y] - F[ybar]))*(v - F[ybar])",
		"log(1 + exp(beta*(m + F[y] - F[ybar])))/beta > 0",
		"log(1 + exp(beta*(m + u - F[ybar])))/beta >= log(1 + exp(beta*(m + F[y] - F[ybar])))/beta if u >= F[y]",
		"1/(1 + exp(F[ybar] - F[y])) > 0",
		"1/(1 + exp(F[ybar] - u)) >= 1/(1 + exp(F[ybar] - F[y])) if u >= F[y]",
		"pos(u)^2 + pos(m - v)^2 > pos(0)^2 + pos(m - m)^2 if k >= 0 and u + k >= v and m > k",
		"pos(m + u - v)^2 > pos(m + 0 - m)^2 if k >= 0 and u + k >= v and m > k",
		"pos(m + F[y] - F[ybar])^2 >= pos(m + 0 - k)^2 if k >= m",
		"u^2 + gamma*exp(-v) >= F[y]^2 + gamma*exp(-F[ybar]) + 2*F[y]*(u - F[y]) - gamma*exp(-F[ybar])*(v - F[ybar])",
		"pos(F[y] - F[ybar]) - pos(pos(F[y] - F[ybar]) - M) >= 0",
		"pos(F[y] - F[ybar]) - pos(pos(F[y] - F[ybar]) - M) <= M",
		"pos(u - F[ybar]) - pos(pos(u - F[ybar]) - M) >= pos(F[y] - F[ybar]) - pos(pos(F[y] - F[ybar]) - M) if u >= F[y]",
		"log(1 + exp(u - v)) > log(1 + exp(0 - (k + 1))) if k >= 0 and u + k >= v",
		"1/(1 + exp(v - u)) > 1/(1 + exp((k + 1) - 0)) if k >= 0 and u + k >= v",
		"log(1 + exp(beta*(m + u - v)))/beta > log(1 + exp(beta*(m + 0 - (k + 1))))/beta if k >= 0 and u + k >= v",
		"pos(m + F[y] - F[ybar]) <= pos(F[y]) + pos(m - F[ybar])",
		"log(1 + exp(F[y] - F[ybar])) > pos(F[y] - F[ybar])",
		"log(1 + exp(beta*(F[y] - F[ybar])))/beta - pos(F[y] - F[ybar]) <= log(2)/beta",
		"D(pos(m + F[y] - F[ybar])^2, F[y]) = 2*(m + F[y] - F[ybar]) if m + F[y] - F[ybar] > 0",
		"D(log(1 + exp(F[y] - F[ybar])), F[y]) = exp(F[y] - F[ybar])/(1 + exp(F[y] - F[ybar]))",
	} {
		start := time.Now()
		th := proof.Theorem{Name: "t", Says: says, Positive: []string{"m", "M", "gamma", "r"}}
		c, err := Auto(th)
		d := time.Since(start)
		if err != nil {
			e := err.Error()
			t.Errorf("%v %s: %.300s", d, says, e)
			continue
		}
		start = time.Now()
		if _, err := proof.Check(th, c); err != nil {
			t.Errorf("%s: %v", says, err)
		}
		t.Logf("%v, check %v: %s", d, time.Since(start), says)
	}
}
