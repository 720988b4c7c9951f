package coq_test

import (
	"strings"
	"testing"

	"ebmcheck/properties/proof"
	"ebmcheck/properties/proof/coq"
	"ebmcheck/properties/theory"
)

// exported is a theorem of the theory in Coq, or why it is not exported.
func exported(t *testing.T, th theory.Theorem) (coq.Theorem, error) {
	t.Helper()
	certificate, err := proof.Certificate(th.Name())
	if err != nil {
		t.Fatal(err)
	}
	return coq.Export(th.Pinned(), certificate)
}

// TestExport: every theorem is exported, and always as the same text.
func TestExport(t *testing.T) {
	names := map[string]bool{}
	for _, th := range theory.Theorems {
		first, err := exported(t, th)
		if err != nil {
			t.Errorf("%s: %v", th.Name(), err)
			continue
		}
		if second, _ := exported(t, th); second.Text() != first.Text() {
			t.Errorf("%s is exported in two ways", th.Name())
		}
		if names[first.Name] {
			t.Errorf("two theorems are called %s", first.Name)
		}
		names[first.Name] = true
	}
	for _, c := range []struct{ name, says, steps, want string }{
		{"a rule that is not known", "x = x", "guess x\nqed 0", "the rule guess is not exported"},
		{"a root", "sqrt(x) >= 0", "qed 0", "sqrt is not exported"},
		{"no end", "x = x", "sq x", "the proof ends before its goal is reached"},
		{"more than the proof", "x = x", "qed 0\nqed 0", "after the end of the proof"},
	} {
		_, err := coq.Export(proof.Theorem{Name: "t", Says: c.says}, "theorem t\nproof\n"+c.steps+"\n")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

// TestStatements: what Coq is given says what the formula says.
func TestStatements(t *testing.T) {
	for says, want := range map[string]string{
		"for all i, j: p[i] > p[j] if F[i] < F[j]": "forall (Y : answers) (beta : R) (F : Y -> R) (i j : Y), beta > 0 -> F i < F j -> p F beta i > p F beta j",
		"1 - p[y] <= (n - 1)*exp(-beta*g) if min(j != y: F[j] - F[y]) >= g": "forall (Y : answers) (beta g : R) (F : Y -> R) (y : Y), beta > 0 -> " +
			"(forall j : Y, j <> y -> F j - F y >= g) -> 1 - p F beta y <= (n Y - 1) * exp (- beta * g)",
		"D(softplus(beta*d)/beta, d) = sigmoid(beta*d)": "forall (beta d : R), beta > 0 -> exists (d_1 : R), " +
			"derivable_pt_lim (fun d => softplus (beta * d) / beta) d d_1 /\\ d_1 = sigmoid (beta * d)",
		"D(pos(m - F[ybar])^2, W) != 0 if m > F[ybar] and D(F[ybar], W) != 0": "forall (m Sbar W : R) (Fbar : R -> R), derivable_pt_lim Fbar W Sbar -> m > Fbar W -> Sbar <> 0 -> " +
			"exists (d_1 : R), derivable_pt_lim (fun w => pos (m - Fbar w) ^ 2) W d_1 /\\ d_1 <> 0",
		"for all i, k: D(p[i], F[k]) = -beta*(delta(i, k)*p[i] - p[i]*p[k])": "forall (Y : answers) (beta : R) (F : Y -> R) (i k : Y), beta > 0 -> " +
			"exists (d_1 : R), derivable_pt_lim (fun t => p (put F k t) beta i) (F k) d_1 /\\ d_1 = - beta * (delta i k * p F beta i - p F beta i * p F beta k)",
		"sum(i: D(p[i], W)*D(F[i], W)) <= 0": "forall (Y : answers) (beta W : R) (F : R -> Y -> R) (S : Y -> R), (forall j : Y, derivable_pt_lim (fun w => F w j) W (S j)) -> beta > 0 -> " +
			"exists (d_1 : Y -> R), (forall i : Y, derivable_pt_lim (fun w => p (F w) beta i) W (d_1 i)) /\\ Sum (fun i => d_1 i * S i) <= 0",
		"for all i: p[i] = max(j: p[j]) if F[i] = min(j: F[j])": "forall (Y : answers) (beta : R) (F : Y -> R) (i : Y), beta > 0 -> F i = Min (fun j => F j) -> p F beta i = Max (fun j => p F beta j)",
		"pos(t) = 0 if t <= 0":                                        "forall (t : R), t <= 0 -> pos t = 0",
		"D(F[y], W)*F[ybar] = 0":                                      "forall (S Sbar W : R) (F Fbar : R -> R), derivable_pt_lim F W S -> derivable_pt_lim Fbar W Sbar -> S * Fbar W = 0",
		"sum(j != y: q[j]) <= mean(j: F[j] + c)":                      "forall (Y : answers) (c : R) (q F : Y -> R) (y : Y), Sum_but y (fun j => q j) <= Sum (fun j => F j + c) / n Y",
		"for all i: with(F[j] := a*F[j]: p[i]) = p[i]":                "forall (Y : answers) (beta a : R) (F : Y -> R) (i : Y), beta > 0 -> p (fun j => a * F j) beta i = p F beta i",
		"for all i != y: F[i] >= F[ybar]":                             "forall (Y : answers) (F : Y -> R) (i ybar y : Y), i <> y -> ybar <> y -> (forall j : Y, j <> y -> F j >= F ybar) -> F i >= F ybar",
		"for all a, b: with(F[j] := delta(j, a): F[b]) = delta(b, b)": "forall (Y : answers) (a b : Y), delta b a = delta b b",
		"-a^2 - (b - c) = max(a, b)/c*(2*a)":                          "forall (a b c : R), - a ^ 2 - (b - c) = Rmax a b / c * (2 * a)",
	} {
		th, err := coq.Export(proof.Theorem{Name: "t", Says: says}, "theorem t\nproof\nqed 0\n")
		if is := strings.Join(strings.Fields(th.Statement), " "); err != nil || is != want {
			t.Errorf("%s is, %v,\n%s\nwant\n%s", says, err, is, want)
		}
	}
}
