package theory

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ebmcheck/properties/formula"
)

// A situation is what letters stand for, of n answers whose energies are 0.
type situation struct {
	scalars map[string]float64
	vectors map[string][]float64
}

// places is the number of answers of a situation.
const places = 2

// examined is what the statement comes to there.
func (x situation) examined(t *testing.T, says string) formula.Finding {
	t.Helper()
	c, err := formula.MustStatement(says).Compile(places)
	if err != nil {
		t.Fatal(err)
	}
	params, err := c.Bind(x.scalars, x.vectors)
	if err != nil {
		t.Fatal(err)
	}
	return c.At(formula.Input{F: make([]float64, places), Params: params})
}

// holds reports whether the conditions do there, if there are any.
func (x situation) holds(t *testing.T, conditions string) bool {
	t.Helper()
	return conditions == "" || x.examined(t, conditions).Verdict == formula.Holds
}

// letters are those of what the texts say, without numbers that move; families are those of them that have an index.
func (i induction) letters(moved map[string]move, texts ...string) (names, families []string) {
	for _, text := range texts {
		if text == "" {
			continue
		}
		s := i.statement(text)
		for _, name := range slices.Concat(s.Params, s.Vectors) {
			if _, moves := moved[name]; !moves && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		families = append(families, s.Vectors...)
	}
	return names, families
}

// fixed is the text with the answers that it has made some of their own.
func (i induction) fixed(text string, at map[string]string) string {
	if text == "" {
		return ""
	}
	var says []string
	for _, r := range i.statement(text).Says {
		for k := range r.Terms {
			for _, j := range strings.Fields(i.answers) {
				r.Terms[k] = formula.Rebind(r.Terms[k], j, at[j])
			}
		}
		says = append(says, r.String())
	}
	return strings.Join(says, " and ")
}

// descends runs some descents of an induction, each step off by so much, and returns how many ran, and where one was refuted by
// more than rounding: four steps of a dozen operations on numbers of at most e¹² < 2¹⁸ are off by less than 4·12·2¹⁸·2⁻⁵³ < 2⁻²⁹.
// (A family's terms are of at most ¼ and β at most 4: two of them and the two answers, four times, after one at first, come to
// 4·(2 + ln 2) + 1 < 12.)
func (i induction) descends(t *testing.T, off float64) (ran int, refuted string) {
	t.Helper()
	const rounding = 0x1p-29
	r := rand.New(rand.NewPCG(3, 4))
	from, to := i.moves(i.start), i.moves(i.step)
	var steps []string
	for _, m := range slices.Sorted(maps.Keys(to)) {
		steps = append(steps, to[m].is.String()+" = 0")
	}
	var starts []string
	for _, m := range from {
		starts = append(starts, m.is.String()+" = 0")
	}
	stay, families := i.letters(to, append(starts, i.says, i.given)...)
	own, more := i.letters(to, append(steps, i.each)...)
	own = slices.DeleteFunc(own, func(x string) bool { return slices.Contains(stay, x) })
	families = append(families, more...)
	slices.Sort(stay)
	draw := func(x situation, names []string) {
		some := func(name string) float64 {
			switch {
			case name == "beta" || slices.Contains(strings.Fields(i.positive), name):
				return []float64{1, 0.5, 0.25, 0.125, 4}[r.IntN(5)]
			case i.answers != "":
				return []float64{0, 0.25, -0.25, 0.125}[r.IntN(4)]
			}
			return []float64{0, 1, -1, 0.5, 2, 0.25}[r.IntN(6)]
		}
		for _, name := range names {
			if !slices.Contains(families, name) {
				x.scalars[name] = some(name)
				continue
			}
			x.vectors[name] = nil
			for range places {
				x.vectors[name] = append(x.vectors[name], some(name))
			}
		}
	}
	for try := 0; ran < 8 && try < 600; try++ {
		x := situation{map[string]float64{}, map[string][]float64{}}
		draw(x, stay)
		if !x.holds(t, i.given) {
			continue
		}
		put := func(moves map[string]move, each string) { // all at once, where what is said of each answer with letters of its own
			scalars, vectors := map[string]float64{}, map[string][]float64{}
			for j := range places {
				at := map[string]string{}
				for tries := 0; ; tries++ {
					for _, k := range strings.Fields(i.answers) {
						at[k] = strconv.Itoa(r.IntN(places))
					}
					if i.answers != "" {
						at[strings.Fields(i.answers)[0]] = strconv.Itoa(j)
					}
					if j == 0 || tries > 0 || i.statement(i.says).ForAll != nil {
						draw(x, own)
					}
					if x.holds(t, i.fixed(each, at)) {
						break
					}
					if tries == 20_000 {
						t.Fatalf("%s: no step of %v", i.name, x)
					}
				}
				for name, m := range moves {
					value := x.examined(t, i.fixed(m.is.String()+" = 0", at)).Left.Mid()
					if m.of.Index == "" {
						scalars[name] = value
					} else {
						vectors[name] = append(vectors[name], value)
					}
				}
			}
			maps.Copy(x.scalars, scalars)
			maps.Copy(x.vectors, vectors)
		}
		put(from, "")
		for range 4 {
			put(to, i.each)
			first := moving(i.step)
			if _, ok := x.scalars[first]; ok {
				x.scalars[first] += off
			}
			for k := range x.vectors[first] {
				x.vectors[first][k] += off
			}
			f := x.examined(t, i.statement(i.says).String())
			if gap := math.Abs(f.Left.Mid() - f.Right.Mid()); f.Verdict == formula.Fails && !(gap <= rounding) {
				return ran, fmt.Sprintf("%s of %v", i.says, x)
			}
		}
		ran++
	}
	return ran, ""
}

// TestInductionsOnDescents: what is proved by induction is so of descents that are run, and not of those whose steps are off by 1.
func TestInductionsOnDescents(t *testing.T) {
	for _, i := range slices.Concat(inductions, passes) {
		if ran, refuted := i.descends(t, 0); ran == 0 || refuted != "" {
			t.Errorf("%s: %d descents ran; refuted: %q", i.name, ran, refuted)
		}
		if _, up := i.descends(t, 1); up == "" {
			if _, down := i.descends(t, -1); down == "" {
				t.Errorf("%s: steps that are off by 1 refute nothing", i.name)
			}
		}
	}
}

// TestInduction: two theorems are written from one text, and a text that is none is refused.
func TestInduction(t *testing.T) {
	good := induction{name: "x", says: "u = f + c*t", given: "c > 0", start: "u := f; t := 0", step: "u := u + c; t := t + 1"}
	ths := good.theorems()
	if got, want := ths[0].says, "f = f + c*0 if c > 0"; got != want {
		t.Errorf("the start is %q, want %q", got, want)
	}
	if got, want := ths[1].says, "u + c = f + c*(t + 1) if u = f + c*t and c > 0"; got != want {
		t.Errorf("the step is %q, want %q", got, want)
	}
	if got, want := ths[1].reads, "it is so after a step if before; so, by induction, after any number of steps u ← u + c, t ← t + 1 from u ← f, t ← 0: u = f + ct"; got != want {
		t.Errorf("the step is read as %q, want %q", got, want)
	}
	good.reads = "c is a slope"
	if got, want := good.theorems()[1].reads, ths[1].reads+"; c is a slope"; got != want {
		t.Errorf("the step is read as %q, want %q", got, want)
	}
	passing := induction{name: "x", says: "A[j] >= f[j]", start: "A[j] := f[j]; t := 0", step: "A[j] := A[j] + g^2; t := t + 1", answers: "j"}
	for _, test := range []struct{ says, want string }{
		{"A[j] >= f[j]", "for all j: A[j] + g^2 >= f[j] if min(i: A[i] - f[i]) >= 0"},
		{"A[j] <= f[j] <= t", "for all j: A[j] + g^2 <= f[j] <= t + 1 if max(i: A[i] - f[i]) <= 0 and max(i: f[i] - t) <= 0"},
		{"A[j] = f[j] and t > 0", "for all j: A[j] + g^2 = f[j] and t + 1 > 0 if max(i: A[i] - f[i]) <= 0 and min(i: A[i] - f[i]) >= 0 and t > 0"},
		{"sum(i: A[i]) >= 0", "sum(i: A[i] + g^2) >= 0 if sum(i: A[i]) >= 0"},
	} {
		passing.says = test.says
		if got := passing.theorems()[1].says; got != test.want {
			t.Errorf("the step of a family is %q, want %q", got, test.want)
		}
	}
	passing.says = "A[j] >= f[j]"
	for _, test := range []struct {
		what, why string
		spoil     func(*induction)
	}{
		{"a family at another answer, of other letters", "is about A_i", func(i *induction) { i.says = "A[j] >= f[j] + sum(i: A[i])" }},
		{"a number that moves once, by letters of each", "t moves once", func(i *induction) { i.says, i.step = "A[j] >= f[j] + t", "A[j] := A[j] + g^2; t := t + g" }},
		{"what is not said of all", "want =, <= or >=", func(i *induction) { i.says = "A[j] != f[j]" }},
		{"a sum that binds the letter of an answer", "k is bound already", func(i *induction) { i.answers, i.step = "j k", "A[j] := A[j] + sum(k: A[k])^2; t := t + 1" }},
	} {
		refused(t, test.what, test.why, passing, test.spoil)
	}
	for _, test := range []struct {
		what, why string
		spoil     func(*induction)
	}{
		{"a condition on what moves", "u moves, and", func(i *induction) { i.given = "u > 0" }},
		{"a start of another number", "different numbers", func(i *induction) { i.start = "v := f; t := 0" }},
		{"a start of one more number", "different numbers", func(i *induction) { i.start += "; v := f" }},
		{"a number that has no start", "different numbers", func(i *induction) { i.start = "u := f" }},
		{"a number that moves twice", "moves one number twice", func(i *induction) { i.step += "; u := 2*u" }},
		{"a start that is no assignment", "is no move", func(i *induction) { i.start = "u = f; t := 0" }},
		{"a start from what moves", "u moves, and", func(i *induction) { i.start = "u := f; t := u" }},
	} {
		refused(t, test.what, test.why, good, test.spoil)
	}
}

// refused holds that what is no induction is refused, for this reason.
func refused(t *testing.T, what, why string, i induction, spoil func(*induction)) {
	t.Helper()
	defer func() {
		if r := fmt.Sprint(recover()); !strings.HasPrefix(r, "theory: ") || !strings.Contains(r, why) {
			t.Errorf("%s: %s, want %q", what, r, why)
		}
	}()
	spoil(&i)
	i.theorems()
}
