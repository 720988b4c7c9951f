package proof

import (
	"strings"
	"testing"
)

// TestStatements: State refuses statements that are false, or without a meaning, and of which it would say something else that is true.
func TestStatements(t *testing.T) {
	for _, c := range []struct{ says, refused string }{
		{"D(D(F[y], W), W) = 0", "second derivative"},
		{"D(D(F[y], W)*F[y], W) = D(F[y], W)^2", "second derivative"},
		{"D(F[y]*S[y], W) = S[y]^2", "second derivative"},
		{"D(max(j: F[j]), W) >= max(j: F[j])", "within a sum or a derivative"},
		{"sum(k: max(j: F[j]*F[k])) = 0 if sum(j: F[j]) = 0", "within a sum or a derivative"},
		{"max(j: max(k: F[j]*F[k])) >= 0", "within a sum or a derivative"},
		{"for all max_1: F[max_1] >= max(j: F[j])", "max_1 is one that is made here"},
		{"sum(j_: D(F[y], F[j_])) = n", "j_ is one that is made here"},
		{"sum(k_: with(F[j] := F[j] + F[k_]: p[y])) = n*p[y]", "k_ is one that is made here"},
		{"D(F[ybar], W) = Sbar", "Sbar is one that is made here"},
		{"with(F[j] := 2*F[j]: D(F[y], W)) = 0", "derivative within with"},
		{"Z = sum(j: exp(-beta*F[j]))", "Z is a parameter"},
		{"x^(-1) = 1", "^ is no term"},
		{"2^3^2 = 64", "^ is no term"},
		{"for all y: F[y] >= 0 if F[y] >= 0", "y is an answer that is given"},
		{"max(j: F[j]) <= 0 if max(j: F[j]) <= -F[j]", "j is not bound"},
		{"with(F[j] := F[k]: sum(k: F[k])) = n*F[y]", "k is not bound"},
		{"sum(k: sum(k: F[k])) = 0", "k is bound already"},
	} {
		if lines, err := State(c.says); err == nil || !strings.Contains(err.Error(), c.refused) {
			t.Errorf("%s: accepted as %q, %v; want %q", c.says, lines, err, c.refused)
		}
	}
}

// TestPinned: a certificate of one theorem is none of another, and none without its head.
func TestPinned(t *testing.T) {
	const steps = "exp x\nqed 0\n"
	is := Theorem{Name: "t", Says: "exp(x) >= 1 + x"}
	head, err := is.Head()
	if err != nil {
		t.Fatal(err)
	}
	whole := strings.Join(head, "\n") + "\n" + steps
	if _, err := Check(is, whole); err != nil {
		t.Fatal(err)
	}
	for says, certificate := range map[string]string{
		"exp(x) >= 2 + x":          whole,
		"exp(x) > 1 + x":           whole,
		"exp(y) >= 1 + y":          whole,
		"exp(x) >= 1 + x":          strings.Replace(whole, "theorem t", "theorem u", 1),
		"exp(x) >= 1 + x if x > 0": whole,
		"exp(x) = 0":               strings.Replace(whole, is.Says, "exp(x) = 0", 1),
		"exp(-x) >= 1 - x":         "theorem t\nsays exp(-x) >= 1 - x\n" + strings.SplitN(whole, "\n", 3)[2],
		"x = 0 if x > 1":           strings.Replace(whole, "prove", "assume x = 0\nprove", 1),
	} {
		if _, err := Check(Theorem{Name: "t", Says: says}, certificate); err == nil {
			t.Errorf("%s: accepted\n%s", says, certificate)
		}
	}
	for _, certificate := range []string{"", "\n", steps, whole[:len(whole)-1] + "\n\n", whole + "expp 0\n", strings.Replace(whole, "qed 0", "qed 1", 1), strings.Join(head, "\n")} {
		if _, err := Check(is, certificate); err == nil {
			t.Errorf("accepted: %q", certificate)
		}
	}
}
