package formula_test

import (
	"fmt"

	"ebmcheck/properties/formula"
)

func ExampleParse() {
	nll := formula.MustParse("F[y] + logsumexp(j: -β*F[j])/β")
	fmt.Println(nll, nll.Params, nll.Pair)
	fmt.Println(nll.Unicode())
	fmt.Println(nll.LaTeX())
	_, err := formula.Parse("pos(m + F[y] − 2F̄)")
	fmt.Println(err)
	// Output:
	// F[y] + logsumexp(j: -beta*F[j])/beta [beta] false
	// F_y + (1/β) ln Σ_j e^{−βF_j}
	// F_{y}+\frac{1}{\beta}\ln\sum_{j}e^{-\beta F_{j}}
	// an operator is missing before "F̄"; multiplication is written *
	//   pos(m + F[y] − 2F̄)
	//                   ^
}

func ExampleParseStatement() {
	s := formula.MustStatement("D(pos(m - F[ybar]), W) = if(F[ybar] >= m, 0, -D(F[ybar], W))")
	fmt.Println(s.Unicode())
	for _, m := range s.Mutants()[:4] {
		fmt.Printf("%d %s: %s\n", m.Pos, m.What, m.Statement)
	}
	// Output:
	// ∂[m − F̄]⁺/∂W = { 0 if F̄ ≥ m; −∂F̄/∂W otherwise }
	// 0 − added before ∂[m − F̄]⁺/∂W: -D(pos(m - F[ybar]), W) = if(F[ybar] >= m, 0, -D(F[ybar], W))
	// 0 ∂ dropped: pos(m - F[ybar]) = if(F[ybar] >= m, 0, -D(F[ybar], W))
	// 2 − added before [m − F̄]⁺: D(-pos(m - F[ybar]), W) = if(F[ybar] >= m, 0, -D(F[ybar], W))
	// 2 [·]⁺ → |·|: D(abs(m - F[ybar]), W) = if(F[ybar] >= m, 0, -D(F[ybar], W))
}
