package theory

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
	"testing"
)

// A conditioned statement has a condition of clauses.
type conditioned interface {
	// changed returns for each clause its name, the statement without it, and that with the clause met in one case in 17 of
	// those that meet it.
	changed() (name []string, without, narrowed []checker)
}

func (s statement[C]) changed() (name []string, without, narrowed []checker) {
	for i, part := range s.condition {
		less, few := s, s
		less.probe, less.faulty = true, nil
		less.condition = replacedBy(s.condition, i, clause[C]{part.name, func(C) bool { return true }})
		few.condition = replacedBy(s.condition, i, clause[C]{part.name, func(c C) bool { return part.met(c) && seldom(s.show(c)) }})
		name, without, narrowed = append(name, part.name), append(without, less), append(narrowed, few)
	}
	return name, without, narrowed
}

func replacedBy[T any](v []T, i int, x T) []T {
	return slices.Concat(v[:i], []T{x}, v[i+1:])
}

// seldom picks one text in 17.
func seldom(text string) bool {
	h := fnv.New32()
	h.Write([]byte(text))
	return h.Sum32()%17 == 0
}

// TestClauses: no clause of a condition can be left out or narrowed without trouble, and none has the cases of another.
func TestClauses(t *testing.T) {
	seen := 0
	for _, c := range slices.Concat(Claims, Others) {
		s, ok := c.Statement.(conditioned)
		if !ok {
			continue
		}
		name, without, narrowed := s.changed()
		for i := range name {
			seen++
			if e := without[i].examine(1, 500); !strings.Contains(e.trouble, "the printed form fails") {
				t.Errorf("%s without %q: trouble %q", c.Reference(), name[i], e.trouble)
			}
			if e := narrowed[i].examine(1, 500); !strings.Contains(e.trouble, "beyond the condition") {
				t.Errorf("%s with less of %q: trouble %q", c.Reference(), name[i], e.trouble)
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d clauses", seen)
	}
}

// TestSmallest: of two cases the one shown with fewer numbers is smaller, then that with fewer digits, of less sum, of
// fewer signs.
func TestSmallest(t *testing.T) {
	in := []string{"F=(0, 0), y=0", "F=(0, 1), y=0", "F=(0, -1), y=0", "F=(2, 1), y=0", "F=(0, 10), y=0", "F=(0, 0.5), β=1e-20", "F=(0, 0, 0), y=0", "F=(0), y=0", "F=(−1), y=0"}
	for i := range in {
		for j := range in {
			if got, want := sizeOf(in[i]).compare(sizeOf(in[j])), cmp.Compare(i, j); got != want {
				t.Errorf("%s against %s: %d, want %d", in[i], in[j], got, want)
			}
		}
	}
	least := smallest[string]{show: func(s string) string { return s }}
	for i := len(in) - 1; i >= 0; i-- {
		if least.see(in[i], i); least.c != in[i] || least.i != i {
			t.Errorf("%q is the smallest after %q", least.c, in[i])
		}
	}
	if least.see(in[1], 9); least.c != in[0] {
		t.Errorf("%q is the smallest", least.c)
	}
	if least.see(in[0], 10); least.i != 0 {
		t.Errorf("of two alike number %d is kept, want the first", least.i)
	}
	for shown, want := range map[string]size{
		"F=(9, -10), β=0.5": {numbers: 3, digits: 5, sum: 19.5, signs: 1},
		"x=−3":              {numbers: 1, digits: 1, sum: 3, signs: 1},
		"β=1e-20":           {numbers: 1, digits: 3, sum: 1e-20, signs: 1},
		"F=(-2), n=1":       {alone: 1, numbers: 2, digits: 2, sum: 3, signs: 1},
		"from W=(2)":        {numbers: 1, digits: 1, sum: 2},
		"G=(0), F=2":        {numbers: 2, digits: 2, sum: 2},
	} {
		if got := sizeOf(shown); got != want {
			t.Errorf("%s: %+v, want %+v", shown, got, want)
		}
	}
}
