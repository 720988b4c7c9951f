//go:build mutate

package theory

import (
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ebmcheck/properties/result"
)

// What make mutate-statements runs on a mutant of a check that is Go code: each statement that is no formula, or of which descents are kept, is a test of
// its own, of which those are run that call the function mutated.

// stands holds the check of the claim with this reference to the verdict that is stated, on cases enough for its strata,
// and what it shows to the ledger, which is made of 200.
func stands(t *testing.T, ref string) {
	t.Helper()
	for _, c := range slices.Concat(Claims, Others) {
		if c.Refs[0] == ref {
			shows(t, c)
			entry := entryOf(t, ref)
			told := func(heads ...string) bool {
				return slices.ContainsFunc(heads, func(head string) bool { return strings.Contains(entry, "\n"+head) })
			}
			if told("Printed:", "Read as:") != (c.Printed != "") || told("Planted fault, ") != (c.Fault != "") {
				t.Errorf("the claim has printed %q and the fault %q, the ledger has not what it tells of these", c.Printed, c.Fault)
			}
			if r := c.Examine(1, 1000); r.Outcome != result.Passed {
				t.Error(r.Why)
			}
			return
		}
	}
	t.Fatalf("there is no %s", ref)
}

// shows holds what the check of a claim shows to the ledger.
func shows(t *testing.T, c Claim) {
	t.Helper()
	r := c.Examine(1, 200)
	if r.Outcome != result.Passed {
		t.Fatal(r.Why)
	}
	entry := entryOf(t, c.Refs[0])
	var parts []string
	if e := r.Small; e != nil {
		parts = append(parts, "- case: `"+e.Case+"`\n", "- what: `"+e.What+"`\n", "- actually: `"+e.Got+": false`\n", e.Want+"`\n")
	}
	if len(r.Beyond) > 1 {
		for _, b := range r.Beyond {
			parts = append(parts, "“"+b.Part+"” alone: `"+b.Small.Case+"; "+b.Small.What+": claimed ", b.Small.Want+", actually "+b.Small.Got+"`\n")
		}
	}
	for _, part := range parts {
		if !strings.Contains(part, "[") && !strings.Contains(entry, short(part)) {
			t.Fatalf("the ledger does not show %q", part)
		}
	}
	for _, p := range r.Paths {
		runs(t, entry, p)
	}
}

// entryOf is the committed entry of the ledger, its numbers short.
func entryOf(t *testing.T, ref string) string {
	t.Helper()
	ledger, err := os.ReadFile("../../reports/ledger.md")
	if err != nil {
		t.Fatal(err)
	}
	_, entry, ok := strings.Cut(string(ledger), "\n### "+ref+": ")
	if !ok {
		t.Fatalf("the ledger has no %s", ref)
	}
	entry, _, _ = strings.Cut(entry, "\n### ")
	return short(entry)
}

var shownDecimal = regexp.MustCompile(`\d+\.\d+(?:e[-+]?\d+)?|\d+e[-+]?\d+`)

// short writes every number in a text to six digits, and marks nothing.
func short(text string) string {
	text = strings.NewReplacer(`\`, "", "&lt;", "<", "&gt;", ">").Replace(text)
	return shownDecimal.ReplaceAllStringFunc(text, func(d string) string {
		v, err := strconv.ParseFloat(d, 64)
		if err != nil {
			return d
		}
		return strconv.FormatFloat(v, 'g', 6, 64)
	})
}

// runs holds a descent to the table that the ledger shows of it, to four digits.
func runs(t *testing.T, entry string, p result.Path) {
	t.Helper()
	_, table, ok := strings.Cut(entry, "Descent: "+short(p.By)+"\n\n")
	if !ok {
		t.Errorf("the ledger does not show the descent %s", p.By)
		return
	}
	lines := strings.Split(table, "\n")
	for i, name := range p.Names {
		cells := strings.Split(lines[2+i], " | ")
		if len(cells) != 1+len(p.Values) || cells[0] != "| "+short(name) {
			t.Errorf("%s: the ledger shows %q, not %s of %d columns", p.By, lines[2+i], name, len(p.Values))
			return
		}
		for k, values := range p.Values {
			got := float64(values[i])
			want, err := strconv.ParseFloat(strings.Trim(strings.ReplaceAll(cells[1+k], "−", "-"), " |"), 64)
			if err != nil || !(math.Abs(got-want) <= 5e-4*math.Abs(want)+1e-12) {
				t.Errorf("%s: %s is %v, and %s in the ledger", p.By, name, got, cells[1+k])
			}
		}
	}
}

// TestFormulas: what the checks of the statements that are formulas show.
func TestFormulas(t *testing.T) {
	for _, c := range slices.Concat(Claims, Others) {
		if _, ok := c.Statement.(formulas); ok {
			shows(t, c)
		}
	}
}

func TestC01(t *testing.T) { stands(t, "C01") }
func TestC02(t *testing.T) { stands(t, "C02") }
func TestC04(t *testing.T) { stands(t, "C04") }
func TestC05(t *testing.T) { stands(t, "C05") }
func TestC06(t *testing.T) { stands(t, "C06") }
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
func TestC53(t *testing.T) { stands(t, "C53") }
func TestC57(t *testing.T) { stands(t, "C57") }
func TestC66(t *testing.T) { stands(t, "C66") }
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
