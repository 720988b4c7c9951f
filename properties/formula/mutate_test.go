package formula

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Every mutant of small texts, in order.
func TestMutants(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"pos(m - F[ybar])^2", `
			0 [·]⁺ → |·|: abs(m - F[ybar])^2
			0 [·]⁺ dropped: (m - F[ybar])^2
			16 exponent 2 dropped: pos(m - F[ybar])
			0 − added before ([m − F̄]⁺)²: -pos(m - F[ybar])^2
			4 − added before m − F̄: pos(-(m - F[ybar]))^2
			6 summand m dropped: pos(-F[ybar])^2
			6 summand F̄ dropped: pos(m)^2
			6 − → +: pos(m + F[ybar])^2
			8 F̄ → F: pos(m - F[y])^2
			17 2 → 3: pos(m - F[ybar])^3
			17 2 → 0: pos(m - F[ybar])^0
			17 2 → −2: pos(m - F[ybar])^-2`},
		{"-beta*q[y]", `
			0 − dropped: beta*q[y]
			5 factor β dropped: -q[y]
			5 factor q_y dropped: -beta
			5 · → /: -beta/q[y]
			6 q_y → q_ȳ: -beta*q[ybar]`},
		{"m - 2", `
			0 − added before m − 2: -(m - 2)
			2 summand m dropped: -2
			2 summand 2 dropped: m
			2 − → +: m + 2
			4 2 → 3: m - 3
			4 2 → 0: m - 0`},
		{"sum(j != y: sigmoid(F[j]))", `
			0 − added before Σ_{j≠y} σ(F_j): -sum(j != y: sigmoid(F[j]))
			0 Σ → mean: mean(j != y: sigmoid(F[j]))
			0 j ≠ y dropped: sum(j: sigmoid(F[j]))
			0 j ≠ y → j ≠ ȳ: sum(j != ybar: sigmoid(F[j]))
			12 − added before σ(F_j): sum(j != y: -sigmoid(F[j]))
			12 σ → softplus: sum(j != y: softplus(F[j]))
			12 σ dropped: sum(j != y: F[j])
			20 − added before F_j: sum(j != y: sigmoid(-F[j]))`},
		{"with(F[j] := F[y]*F[j]: sum(k: F[y] - p[k]))", `
			0 − added before (Σ_k (F_y − p_k))|_{F_j→F_y·F_j}: -with(F[j] := F[y]*F[j]: sum(k: F[y] - p[k]))
			0 replacement dropped: sum(k: F[y] - p[k])
			13 − added before F_y·F_j: with(F[j] := -F[y]*F[j]: sum(k: F[y] - p[k]))
			13 F_y → F̄: with(F[j] := F[ybar]*F[j]: sum(k: F[y] - p[k]))
			13 F_y → F_j: with(F[j] := F[j]*F[j]: sum(k: F[y] - p[k]))
			17 factor F_y dropped: with(F[j] := F[j]: sum(k: F[y] - p[k]))
			17 factor F_j dropped: with(F[j] := F[y]: sum(k: F[y] - p[k]))
			17 · → /: with(F[j] := F[y]/F[j]: sum(k: F[y] - p[k]))
			18 F_j → F_y: with(F[j] := F[y]*F[y]: sum(k: F[y] - p[k]))
			18 F_j → F̄: with(F[j] := F[y]*F[ybar]: sum(k: F[y] - p[k]))
			24 − added before Σ_k (F_y − p_k): with(F[j] := F[y]*F[j]: -sum(k: F[y] - p[k]))
			24 Σ → mean: with(F[j] := F[y]*F[j]: mean(k: F[y] - p[k]))
			24 k ≠ y added: with(F[j] := F[y]*F[j]: sum(k != y: F[y] - p[k]))
			31 − added before F_y − p_k: with(F[j] := F[y]*F[j]: sum(k: -(F[y] - p[k])))
			31 F_y → F̄: with(F[j] := F[y]*F[j]: sum(k: F[ybar] - p[k]))
			31 F_y → F_k: with(F[j] := F[y]*F[j]: sum(k: F[k] - p[k]))
			36 summand F_y dropped: with(F[j] := F[y]*F[j]: sum(k: -p[k]))
			36 − → +: with(F[j] := F[y]*F[j]: sum(k: F[y] + p[k]))`},
		{"if(a <= 0, 0.5, max(b, 1/n))", `
			0 − added before { 0.5 if a ≤ 0; max(b, 1/n) otherwise }: -if(a <= 0, 0.5, max(b, 1/n))
			0 branches swapped: if(a <= 0, max(b, 1/n), 0.5)
			0 ≤ → <: if(a < 0, 0.5, max(b, 1/n))
			0 ≤ → ≥: if(a >= 0, 0.5, max(b, 1/n))
			3 − added before a: if(-a <= 0, 0.5, max(b, 1/n))
			8 0 → 1: if(a <= 1, 0.5, max(b, 1/n))
			11 0.5 → 1.5: if(a <= 0, 1.5, max(b, 1/n))
			11 0.5 → 0: if(a <= 0, 0, max(b, 1/n))
			11 0.5 → −0.5: if(a <= 0, -0.5, max(b, 1/n))
			16 − added before max(b, 1/n): if(a <= 0, 0.5, -max(b, 1/n))
			16 max → min: if(a <= 0, 0.5, min(b, 1/n))
			16 argument b dropped: if(a <= 0, 0.5, 1/n)
			16 argument 1/n dropped: if(a <= 0, 0.5, b)
			20 − added before b: if(a <= 0, 0.5, max(-b, 1/n))
			24 denominator n dropped: if(a <= 0, 0.5, max(b, 1))
			24 / → ·: if(a <= 0, 0.5, max(b, 1*n))
			23 1 → 2: if(a <= 0, 0.5, max(b, 2/n))
			23 1 → 0: if(a <= 0, 0.5, max(b, 0/n))
			23 1 → −1: if(a <= 0, 0.5, max(b, -1/n))`},
	} {
		var got, want []string
		for _, k := range MustParse(c.text).Mutants() {
			got = append(got, strings.Join([]string{strconv.Itoa(k.Pos), " ", k.What, ": ", k.Formula.String()}, ""))
		}
		for line := range strings.Lines(c.want) {
			if s := strings.TrimSpace(line); s != "" {
				want = append(want, s)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s has the mutants\n%s\nnot\n%s", c.text, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// What only statements have: relations, conditions, exceptions, definitions.
func TestStatementMutants(t *testing.T) {
	s := MustStatement("for all k != y: a = F[y] <= w*F[k] and c != 0 if F[k] > m and m >= 0 where w = exp(Z), Z = log(n)")
	var got []string
	for _, k := range s.Mutants() {
		got = append(got, strconv.Itoa(k.Pos)+" "+k.What)
	}
	for _, want := range []string{
		"8 k ≠ y dropped", "20 = → <", "20 = → >", "28 ≤ → <", "28 ≤ → ≥", "44 ≠ → =", "56 > → ≥", "56 > → <", "67 ≥ → >", "67 ≥ → ≤",
		"49 condition F_k > m dropped", "62 condition m ≥ 0 dropped", "29 factor w dropped", "79 exp dropped", "79 exp → exp(·) − 1", "91 ln → ln(1 + ·)",
		"20 F_y → F_k", "30 F_k → F_y", "49 F_k → F_y",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("no %q among\n%s", want, strings.Join(got, "\n"))
		}
	}
	for _, k := range s.Mutants() {
		if k.What == "factor w dropped" && len(k.Statement.Where) != 0 {
			t.Errorf("%s: definitions that nothing uses are left in %s", k.What, k.Statement)
		}
	}
}

// Mutants of any tree parse, differ from it and from each other, and are the same each time.
func TestMutantsRandom(t *testing.T) {
	total := 0
	for seed := range uint64(25) {
		m := &maker{r: rand.New(rand.NewPCG(seed, 3))}
		s := MustStatement(m.statement(int(seed%3) + 1).String())
		seen := map[string]bool{s.String(): true}
		again := s.Mutants()
		for i, k := range s.Mutants() {
			total++
			text := k.Statement.String()
			if seen[text] {
				t.Fatalf("%s has twice the mutant %s (%s)", s, text, k.What)
			}
			seen[text] = true
			if again[i].What != k.What || again[i].Statement.String() != text {
				t.Fatalf("%s: mutants in another order", s)
			}
			if k.Pos < 0 || k.Pos >= len([]rune(s.Text)) {
				t.Fatalf("%s: %s at %d", s, k.What, k.Pos)
			}
		}
	}
	if total < 800 {
		t.Errorf("only %d mutants", total)
	}
}

// TestSlip: a statement is one slip from another if its trees are, quantifiers, conditions and
// definitions included.
func TestSlip(t *testing.T) {
	const from = "for all k != y: F[y] <= w*F[k] if F[k] > m where w = exp(m)"
	for _, test := range []struct{ to, what string }{
		{"for all k: F[y] <= w*F[k] if F[k] > m where w = exp(m)", "k ≠ y dropped"},
		{"for all j: F[y] <= w*F[j] if F[j] > m where w = exp(m)", ""},
		{"for all k != y: F[y] < w*F[k] if F[k] > m where w = exp(m)", "≤ → <"},
		{"for all k: F[y] < w*F[k] if F[k] > m where w = exp(m)", ""},
		{"for all k != y: F[y] <= w*F[k] where w = exp(m)", "condition F_k > m dropped"},
		{"for all k != y: F[y] <= w*F[k] if F[k] > m where w = expm1(m)", "exp → exp(·) − 1"},
		{"for all k != y: F[y] < w*F[k] if F[k] > m where w = expm1(m)", ""},
		{"for all k != y: F[y] <= F[k] if F[k] > m", "factor w dropped"},
		{from, ""},
	} {
		if what, ok := MustStatement(from).Slip(MustStatement(test.to)); what != test.what || ok != (what != "") {
			t.Errorf("to %s: %q, %v; want %q", test.to, what, ok, test.what)
		}
	}
}
