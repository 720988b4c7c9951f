package formula

import "testing"

// TestNonNegative: true of what cannot be below 0 as it is written, and of nothing that can.
func TestNonNegative(t *testing.T) {
	positive := func(param string) bool { return param != "c" }
	for _, test := range []struct {
		text string
		want bool
	}{
		{"pos(m + F[y] - F[ybar])^2", true},
		{"(m + F[y] - F[ybar])^2", true},
		{"(F[y] - F[ybar])*(F[y] - F[ybar])", true},
		{"softplus(beta*(F[y] - F[ybar]))/beta", true},
		{"sum(j != y: pos(m + F[y] - F[j]))/n", true},
		{"mean(j: abs(F[j])) + g", true},
		{"max(0, F[y])", true},
		{"max(j: pos(F[j]) - 1)", false},
		{"if(F[y] < 1, sqrt(abs(F[y])), exp(F[y]))", true},
		{"p[y]*log1p(p[y])", true},
		{"F[y]", false},
		{"-exp(F[y])", false},
		{"exp(F[y]) - 1", false},
		{"c*exp(F[y])", false},
		{"pos(F[y])/c", false},
		{"pos(F[y]) + c", false},
		{"(m + F[y] - F[ybar])^3", false},
		{"(F[y] - F[ybar])*(F[ybar] - F[y])", false},
		{"min(0, F[y])", false},
		{"if(F[y] < 1, F[y], exp(F[y]))", false},
		{"log(1 + exp(F[y]))", false},
		{"expm1(F[y])", false},
		{"F[y] - min(j: F[j])", false},
		{"logsumexp(j: -beta*F[j])", false},
	} {
		f, err := Parse(test.text)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.NonNegative(positive); got != test.want {
			t.Errorf("%s: %v, want %v", test.text, got, test.want)
		}
	}
}
