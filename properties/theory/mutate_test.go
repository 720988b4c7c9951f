//go:build mutate

package theory

import (
	"slices"
	"testing"

	"ebmcheck/properties/result"
)

// What make mutate runs on a mutant of a check that is Go code: each statement that is no formula is a test of its own,
// of which those are run that call the function mutated.

// stands holds the check of the claim with this reference to the verdict that is stated.
func stands(t *testing.T, ref string) {
	t.Helper()
	for _, c := range slices.Concat(Claims, Others) {
		if c.Refs[0] != ref {
			continue
		}
		if r := c.Examine(1, 300); r.Outcome != result.Passed {
			t.Error(r.Why)
		}
		return
	}
	t.Fatalf("there is no %s", ref)
}

func TestC01(t *testing.T) { stands(t, "C01") }
func TestC02(t *testing.T) { stands(t, "C02") }
func TestC04(t *testing.T) { stands(t, "C04") }
func TestC05(t *testing.T) { stands(t, "C05") }
func TestC06(t *testing.T) { stands(t, "C06") }
func TestC08(t *testing.T) { stands(t, "C08") }
func TestC10(t *testing.T) { stands(t, "C10") }
func TestC13(t *testing.T) { stands(t, "C13") }
func TestC14(t *testing.T) { stands(t, "C14") }
func TestC15(t *testing.T) { stands(t, "C15") }
func TestC16(t *testing.T) { stands(t, "C16") }
func TestC18(t *testing.T) { stands(t, "C18") }
func TestC20(t *testing.T) { stands(t, "C20") }
func TestC21(t *testing.T) { stands(t, "C21") }
func TestC22(t *testing.T) { stands(t, "C22") }
func TestC28(t *testing.T) { stands(t, "C28") }
func TestC36(t *testing.T) { stands(t, "C36") }
func TestC42(t *testing.T) { stands(t, "C42") }
func TestC43(t *testing.T) { stands(t, "C43") }
func TestC44(t *testing.T) { stands(t, "C44") }
func TestC45(t *testing.T) { stands(t, "C45") }
func TestC46(t *testing.T) { stands(t, "C46") }
func TestC47(t *testing.T) { stands(t, "C47") }
func TestC48(t *testing.T) { stands(t, "C48") }
func TestC52(t *testing.T) { stands(t, "C52") }
func TestC68(t *testing.T) { stands(t, "C68") }
func TestC69(t *testing.T) { stands(t, "C69") }
func TestC74(t *testing.T) { stands(t, "C74") }
func TestC75(t *testing.T) { stands(t, "C75") }
func TestX14(t *testing.T) { stands(t, "X14") }
func TestX16(t *testing.T) { stands(t, "X16") }
func TestX18(t *testing.T) { stands(t, "X18") }
func TestX20(t *testing.T) { stands(t, "X20") }
func TestX21(t *testing.T) { stands(t, "X21") }
func TestX22(t *testing.T) { stands(t, "X22") }
func TestX23(t *testing.T) { stands(t, "X23") }
