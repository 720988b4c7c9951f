package theory

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"ebmcheck/properties/exact"
)

// Constraints are a formula in conjunctive normal form over y ∈ {0, 1}ᴺ: a literal i or −i stands for y_i = 1 or y_i = 0, and a
// clause is violated if none of its literals is true.
type constraints struct {
	N    int
	Each [][]int
}

func (c constraints) String() string {
	each := make([]string, len(c.Each))
	for k, clause := range c.Each {
		literals := make([]string, len(clause))
		for l, i := range clause {
			literals[l] = fmt.Sprintf("y%d", i)
			if i < 0 {
				literals[l] = fmt.Sprintf("¬y%d", -i)
			}
		}
		each[k] = "(" + strings.Join(literals, " ∨ ") + ")"
	}
	return fmt.Sprintf("n=%d, %s", c.N, strings.Join(each, " ∧ "))
}

// violated returns the number of clauses that y, the bits of an integer, violates.
func (c constraints) violated(y int) int {
	n := 0
	for _, clause := range c.Each {
		if !slices.ContainsFunc(clause, func(i int) bool { return (i > 0) == (y>>(max(i, -i)-1)&1 == 1) }) {
			n++
		}
	}
	return n
}

// solutions returns the number of y that satisfy all clauses.
func (c constraints) solutions() int {
	n := 0
	for y := range 1 << c.N {
		if c.violated(y) == 0 {
			n++
		}
	}
	return n
}

// counts finds whether Z at β lies between the number of solutions and ½ more, which it reaches where every y violates one
// clause.
func (c constraints) counts(beta exact.Interval) finding {
	F := make([]float64, 1<<c.N)
	for y := range F {
		F[y] = float64(c.violated(y))
	}
	Z, solutions := exact.Partition(beta, xs(F)), x(float64(c.solutions()))
	if slices.Min(F) == 1 && slices.Max(F) == 1 {
		return equal("Z and ½", Z, x(0.5))
	}
	return all(atMost("the number of solutions and Z", solutions, Z), atMost("Z and the number of solutions + ½", Z, solutions.Add(x(0.5))))
}

func someConstraints() []constraints {
	return []constraints{
		{1, [][]int{{1}}}, {1, [][]int{{1}, {-1}}}, {2, [][]int{{1, 2}}}, {2, [][]int{{1, 2}, {-1, 2}, {1, -2}, {-1, -2}}},
		{3, [][]int{{1, -2}, {2, -3}, {3, -1}}}, {4, [][]int{{1, 2, 3}, {-1, 4}, {-2, -4}}},
	}
}

// drawConstraints draws one to eight clauses of up to three literals.
func drawConstraints(t *rapid.T) constraints {
	c := constraints{N: rapid.IntRange(1, 4).Draw(t, "n")}
	for range rapid.IntRange(1, 8).Draw(t, "clauses") {
		var clause []int
		for range rapid.IntRange(1, 3).Draw(t, "literals") {
			i := rapid.IntRange(1, c.N).Draw(t, "literal")
			if rapid.Bool().Draw(t, "not") {
				i = -i
			}
			clause = append(clause, i)
		}
		c.Each = append(c.Each, clause)
	}
	return c
}
