package exhaust

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// TestPage: a set is exhausted on the page if all its slices are there, and else is not; what
// refutes a claim is counted; and no slice is counted twice.
func TestPage(t *testing.T) {
	wrong := op.Reference()
	wrong.Answer = func(calls []op.Call) []op.Reply {
		replies := op.Reference().Answer(calls)
		for i, c := range calls {
			if c.Op == op.Hinge && c.Energies[0] == 1.25 && c.Energies[1] == -0.5 {
				replies[i].Value++
			}
		}
		return replies
	}
	sets := []Set{pairs(op.Hinge, toy), pairs(op.Log, toy)}
	done := exhausted(t, Run{Subject: wrong, Sets: sets})
	page := func(done []Slice) string {
		var b bytes.Buffer
		if err := Page(&b, wrong.Info(), sets, done); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	all, n := page(done), len(toy.numbers)
	lacks := slices.Clone(done)
	missing := slices.IndexFunc(lacks, func(s Slice) bool { return s.Unit == "log/pairs/3" })
	cases := lacks[missing].Cases
	lacks = slices.Delete(lacks, missing, missing+1)
	part := page(lacks)
	for _, c := range []struct {
		page, want string
		stands     bool
	}{
		{all, fmt.Sprintf("| `hinge/pairs` | exhausted: all of %d | %d |", n*n, n*n), true},
		{all, "`hinge.value` | 2.26e+15 |", true},
		{all, "| `hinge(F=1.25, F̄=-0.5, m=1)` | 1 |", true},
		{all, fmt.Sprintf("| `log/pairs` | exhausted: all of %d |", n*n), true},
		{all, "not exhausted", false},
		{part, "| `log/pairs` | exhausted", false},
		{part, fmt.Sprintf("| `log/pairs` | not exhausted: %d of %d |", n*n-int(cases), n*n), true},
	} {
		if strings.Contains(c.page, c.want) != c.stands {
			t.Errorf("that %q stands there is not %v:\n%s", c.want, c.stands, c.page)
		}
	}
	if err := Page(&bytes.Buffer{}, wrong.Info(), sets, append(done, done[0])); err == nil {
		t.Error("a slice is counted twice")
	}
}

// TestExhaustedPage: the committed page has each set that there is, of as many calls as it has,
// as exhausted or not; of which as many are asked as it says, and as many the nearest as can be; and
// where it says that an error is the largest the reference has that very error today, and is
// refuted nowhere.
func TestExhaustedPage(t *testing.T) {
	b, err := os.ReadFile("../../reports/exhaustive.md")
	if err != nil {
		t.Fatal(err)
	}
	sets, sizes := Sets(op.Reference(), true), map[string]size{}
	for _, s := range sets {
		sizes[s.ID()] = sizeOf(s, half)
	}
	if err := pageStands(string(b), sets, sizes); err != nil {
		t.Error(err)
	}
	for _, planted := range [][2]string{
		{"exhausted: all of 1332588", "exhausted: all of 1332589"},
		{"| `hinge/differences`", "| `hinge/sums`"},
		{".value` | 0.5 |", ".value` | 0.499 |"},
		{"F=[1.0000000000000002 1 1 1], β", "F=[1 1 1 1], β"},
		{" | 0 |\n", " | 1 |\n"},
		{"| 801605639 |", "| 801605638 |"},
		{"| 1495663641 |", "| 1495663642 |"},
		{"| 1332588 | 1073876 |", "| 1332588 | 1073877 |"},
		{"| 801224699 |", "| 801224700 |"},
		{"| 801224702 |", "| 801224701 |"},
		{"| 801224695 |", "| 801224694 |"},
		{"| 1495301120 |", "| 1495301119 |"},
		{"| 271436 |", "| 271453 |"},
	} {
		changed := strings.Replace(string(b), planted[0], planted[1], 1)
		if changed == string(b) || pageStands(changed, sets, sizes) == nil {
			t.Errorf("with %q for %q the page stands, or it has none", planted[1], planted[0])
		}
	}
}

// pageStands says what of the page is not so.
func pageStands(page string, sets []Set, sizes map[string]size) error {
	seen := map[string]bool{}
	for line := range strings.Lines(page) {
		cells := strings.Split(strings.Trim(line, "| \n"), " | ")
		id := strings.Trim(cells[0], "`")
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		i := slices.IndexFunc(sets, func(s Set) bool { return s.ID() == id })
		if i < 0 {
			return fmt.Errorf("%s is no set of the reference", id)
		}
		set, n := sets[i], sizes[id]
		seen[id] = true
		var asked uint64
		if k, _ := fmt.Sscanf(cells[1], "not exhausted: %d of "+strconv.FormatUint(n.all, 10), &asked); k == 1 && asked < n.all && len(cells) == 2 {
			continue
		}
		if cells[1] != fmt.Sprintf("exhausted: all of %d", n.all) || len(cells) != 8 {
			return fmt.Errorf("%s has %d calls, the page says: %s", id, n.all, line)
		}
		nearest, err := strconv.ParseUint(cells[3], 10, 64)
		if err != nil || cells[2] != strconv.FormatUint(n.asked, 10) || nearest > n.nearest || n.exact && nearest < n.nearest {
			return fmt.Errorf("of %s %d are asked, and of these %d can be the nearest: %s", id, n.asked, n.nearest, line)
		}
		if cells[7] != "0" {
			return fmt.Errorf("%s: the reference is refuted: %s", id, line)
		}
		c, err := callOf(set.Op, strings.Trim(cells[6], "`"))
		if err != nil {
			return err
		}
		s, is := op.Reference(), ""
		for _, f := range judge.NewBench(s, set.Op).Judge(c, set.Op.Row().Truth(c), s.Answer([]op.Call{c})[0]) {
			if "`"+f.Claim.ID+"`" == cells[4] && f.Level == result.Recommended {
				is = result.Ulps(f.Ulps)
			}
		}
		if is != cells[5] {
			return fmt.Errorf("%s: %s at %v is %s ulps off: %s", id, cells[4], c, is, line)
		}
	}
	for _, s := range sets {
		if !seen[s.ID()] {
			return fmt.Errorf("the page has no %s", s.ID())
		}
	}
	return nil
}

// callOf reads a call as it is shown, of energies and an answer, with all parameters at 1.
func callOf(o op.Op, shown string) (op.Call, error) {
	c := ones(o)
	_, args, _ := strings.Cut(strings.TrimSuffix(shown, ")"), "(")
	for arg := range strings.SplitSeq(args, ", ") {
		name, value, _ := strings.Cut(arg, "=")
		switch name {
		case "y":
			c.Answer, _ = strconv.Atoi(value)
		case "F", "F̄":
			for x := range strings.FieldsSeq(strings.Trim(value, "[]")) {
				f, err := strconv.ParseFloat(x, 64)
				if err != nil {
					return c, err
				}
				c.Energies = append(c.Energies, f)
			}
		}
	}
	if c.String() != shown {
		return c, fmt.Errorf("%s is read as %v", shown, c)
	}
	return c, nil
}

// TestLinesAreTold: the README names the losses of which all float32 numbers are asked.
func TestLinesAreTold(t *testing.T) {
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, o := range lines {
		names = append(names, "`"+string(o)+"`")
	}
	if want := "every float32 number of " + strings.Join(names, " and "); !strings.Contains(string(b), want) {
		t.Errorf("README.md does not say %q", want)
	}
}
