package exhaust

import (
	"context"
	"fmt"
	"iter"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ebmcheck/properties/op"
)

// TestHand: what a slice of a few pairs comes to, number by number: of replies that are the nearest,
// off by some ulps, with a wrong slope, and none. So do two of its slices together, and the
// lines and the words that are made of them.
func TestHand(t *testing.T) {
	// What is replied to the hinge of each pair, m = 1: what is right, but for this.
	asked := []struct {
		F, Fbar float64
		off     float64 // what the value is off by
		reply   func(r *op.Reply)
	}{
		{F: 0, Fbar: 0},
		{F: 2, Fbar: 0.5, reply: func(r *op.Reply) { r.Grad = nil }},
		{F: 2, Fbar: 0, off: 0x1p-50},
		{F: 0.75, Fbar: 0, off: 3 * 0x1p-52},
		{F: 1, Fbar: 0, reply: func(r *op.Reply) { r.Grad[0] = 2 }},
		{F: 3, Fbar: 0, reply: func(r *op.Reply) { r.Grad[0] = 3 }},
		{F: 0, Fbar: 5, reply: func(r *op.Reply) { *r = op.Reply{Unsupported: "why not"} }},
		{F: 4, Fbar: 0, off: 0x1p-30},
		{F: math.NaN(), Fbar: 0},
	}
	set := Set{Op: op.Hinge, Name: "some", Says: "some pairs", Slices: 2, Size: func(slice int) uint64 { return uint64(len(asked) + 1 - slice) },
		Calls: func(slice int) iter.Seq[op.Call] {
			return func(yield func(op.Call) bool) {
				c := ones(op.Hinge)
				for _, a := range asked[:len(asked)-slice] {
					if c.Energies = []float64{a.F, a.Fbar}; !yield(c) {
						return
					}
				}
			}
		}}
	var done []Slice
	s := op.Funcs("mine", map[op.Op]func(op.Call) op.Reply{op.Hinge: func(c op.Call) op.Reply {
		r := op.Hinge.Row().Reference(c)
		for _, a := range asked {
			if a.F == c.Energies[0] && a.Fbar == c.Energies[1] {
				if r.Value += a.off; a.reply != nil {
					a.reply(&r)
				}
			}
		}
		return r
	}})
	run := Run{Subject: s, Sets: []Set{set}, Emit: func(s Slice) error { done = append(done, s); return nil }}
	if err := run.Do(context.Background()); err != nil {
		t.Fatal(err)
	}
	told := func(s Slice) string {
		var b strings.Builder
		fmt.Fprintf(&b, "%d cases, %d asked, %d unsupported, %d the nearest\n", s.Cases, s.Asked, s.Unsupported, s.Nearest)
		for _, w := range s.Weighed {
			fmt.Fprintf(&b, "%s weighed %d times\n", w.Claim, w.Cases)
		}
		for _, w := range s.Worst {
			fmt.Fprintf(&b, "%s off by %.4g, %s: %s\n", w.Claim, float64(w.Ulps), w.At.Case, w.At.What)
		}
		for _, r := range s.Refuted {
			fmt.Fprintf(&b, "%s %s %s %d times, %s\n", r.Claim, r.Level, r.Outcome, r.Cases, r.First.Case)
		}
		return b.String()
	}
	rs, err := Results(s, []Set{set}, done)
	if err != nil {
		t.Fatal(err)
	}
	var lines strings.Builder
	for _, r := range rs {
		worst := "nothing measured"
		if r.Ulps != nil {
			worst = fmt.Sprintf("%.4g ulps at %s", float64(*r.Ulps), r.Worst.Case)
		}
		if r.Small != nil {
			worst += ", " + r.Why + ", first " + r.Small.Case
		}
		fmt.Fprintf(&lines, "%s %s %s, grade %s, %d cases, %d unsupported, %s\n", r.Claim, r.Level, r.Outcome, r.Grade, r.Cases, r.Unsupported, worst)
	}
	for _, c := range []struct{ what, got, want string }{
		{"the first", told(done[0]), `10 cases, 9 asked, 1 unsupported, 2 the nearest
hinge.value weighed 5 times
hinge.gradient weighed 5 times
hinge.finite weighed 5 times
hinge.sign weighed 5 times
hinge.nonfinite weighed 1 times
hinge.value off by 1.049e+06, hinge(F=4, F̄=0, m=1): value
hinge.gradient off by 9.007e+15, hinge(F=3, F̄=0, m=1): grad[0]
hinge.value required refuted 3 times, hinge(F=2, F̄=0, m=1)
hinge.gradient required refuted 2 times, hinge(F=1, F̄=0, m=1)
hinge.gradient recommended refuted 2 times, hinge(F=1, F̄=0, m=1)
hinge.value recommended refuted 1 times, hinge(F=4, F̄=0, m=1)
`},
		{"both", told(total(done)), `19 cases, 17 asked, 2 unsupported, 4 the nearest
hinge.value weighed 10 times
hinge.gradient weighed 10 times
hinge.finite weighed 10 times
hinge.sign weighed 10 times
hinge.nonfinite weighed 1 times
hinge.gradient off by 9.007e+15, hinge(F=3, F̄=0, m=1): grad[0]
hinge.value off by 1.049e+06, hinge(F=4, F̄=0, m=1): value
hinge.gradient recommended refuted 4 times, hinge(F=1, F̄=0, m=1)
hinge.gradient required refuted 4 times, hinge(F=1, F̄=0, m=1)
hinge.value recommended refuted 2 times, hinge(F=4, F̄=0, m=1)
hinge.value required refuted 6 times, hinge(F=2, F̄=0, m=1)
`},
		{"the lines", lines.String(), `hinge.value required refuted, grade F, 14 cases, 2 unsupported, 1.049e+06 ulps at hinge(F=4, F̄=0, m=1), by 6 replies of 17, first hinge(F=2, F̄=0, m=1)
hinge.value recommended refuted, grade F, 14 cases, 2 unsupported, 1.049e+06 ulps at hinge(F=4, F̄=0, m=1), by 2 replies of 17, first hinge(F=4, F̄=0, m=1)
hinge.gradient required refuted, grade F, 14 cases, 2 unsupported, 9.007e+15 ulps at hinge(F=3, F̄=0, m=1), by 4 replies of 17, first hinge(F=1, F̄=0, m=1)
hinge.gradient recommended refuted, grade F, 14 cases, 2 unsupported, 9.007e+15 ulps at hinge(F=3, F̄=0, m=1), by 4 replies of 17, first hinge(F=1, F̄=0, m=1)
hinge.finite required passed, grade A+, 14 cases, 2 unsupported, nothing measured
hinge.finite recommended passed, grade A+, 14 cases, 2 unsupported, nothing measured
hinge.sign required passed, grade A+, 14 cases, 2 unsupported, nothing measured
hinge.sign recommended passed, grade A+, 14 cases, 2 unsupported, nothing measured
hinge.nonfinite required passed, grade A+, 1 cases, 2 unsupported, nothing measured
hinge.nonfinite recommended passed, grade A+, 1 cases, 2 unsupported, nothing measured
`},
		{"the words", strings.Join(Sums([]Set{set}, done), "\n"), "hinge/some: exhausted: all of 19 but 2 called unsupported (some pairs), 17 asked, 4 answered by the nearest number; " +
			"hinge.gradient at most 9.01e+15 ulps off; hinge.value at most 1.05e+06 ulps off; hinge.gradient, recommended, refuted 4 times; " +
			"hinge.gradient, required, refuted 4 times; hinge.value, recommended, refuted 2 times; hinge.value, required, refuted 6 times"},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", c.what, diff)
		}
	}
	var page strings.Builder
	if err := Page(&page, s.Info(), []Set{set}, done); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"What the subject mine, in float64, answers",
		"| `hinge/some` | exhausted: all of 19 but 2 called unsupported | 17 | 4 | `hinge.gradient` | 9.01e+15 | `hinge(F=3, F̄=0, m=1)` | 4 |\n",
		"| `hinge/some` | exhausted: all of 19 but 2 called unsupported | 17 | 4 | `hinge.value` | 1.05e+06 | `hinge(F=4, F̄=0, m=1)` | 6 |\n",
		"\n- `hinge/some`: some pairs\n",
	} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("no %q in\n%s", want, &page)
		}
	}
}

// TestHandOfNearest: of replies that are the nearest the largest error of a number is told, of
// values and slopes apart, and where it is first met.
func TestHandOfNearest(t *testing.T) {
	some := func(o op.Op, Fs ...[]float64) string {
		set := Set{Op: o, Name: "some", Slices: 1, Size: func(int) uint64 { return uint64(len(Fs)) }, Calls: func(int) iter.Seq[op.Call] {
			return func(yield func(op.Call) bool) {
				c := ones(o)
				for _, c.Energies = range Fs {
					if !yield(c) {
						return
					}
				}
			}
		}}
		told := ""
		run := Run{Subject: op.Reference(), Sets: []Set{set}, Emit: func(s Slice) error {
			told = fmt.Sprintf("%d the nearest", s.Nearest)
			for _, w := range s.Worst {
				told += fmt.Sprintf("; %s %.3f %s", w.Claim, float64(w.Ulps), w.At.Case)
			}
			return nil
		}}
		if err := run.Do(context.Background()); err != nil {
			t.Fatal(err)
		}
		return told
	}
	for _, c := range []struct{ got, want string }{
		{some(op.Gibbs, []float64{0, 0}, []float64{0, 1}, []float64{0, 2}, []float64{0, 3}, []float64{0, 2}), "5 the nearest; gibbs.probabilities 0.336 gibbs(F=[0 2], β=1)"},
		{some(op.Log, []float64{0, 1}, []float64{0, 2}, []float64{0, 3}, []float64{0, 2}, []float64{0, 4}), "5 the nearest; log.value 0.453 log(F=0, F̄=1); log.gradient 0.336 log(F=0, F̄=2)"},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
}

// TestFirstIsTold: of equal errors the first is told, with its own call however many are asked
// after it: of a slice, and of all.
func TestFirstIsTold(t *testing.T) {
	const many = 3 * chunk / 2 // of a slice
	set := Set{Op: op.Hinge, Name: "some", Slices: 2, Size: func(int) uint64 { return many }, Calls: func(slice int) iter.Seq[op.Call] {
		return func(yield func(op.Call) bool) {
			c := ones(op.Hinge)
			c.Energies = make([]float64, 2)
			for i := range many {
				if c.Energies[0] = float64(slice*many+i) / 4; !yield(c) {
					return
				}
			}
		}
	}}
	s := op.Funcs("mine", map[op.Op]func(op.Call) op.Reply{op.Hinge: func(c op.Call) op.Reply {
		r := op.Hinge.Row().Reference(c)
		switch c.Energies[0] {
		case 0.75, 2.25, many / 4, 1.5 * many / 4:
			r.Value += 0x1p-51 * math.Exp2(math.Floor(math.Log2(r.Value))) // two ulps
		}
		return r
	}})
	var done []Slice
	run := Run{Subject: s, Sets: []Set{set}, Emit: func(s Slice) error { done = append(done, s); return nil }}
	if err := run.Do(context.Background()); err != nil {
		t.Fatal(err)
	}
	at := func(s Slice) (told string) {
		for _, w := range s.Worst {
			if w.Claim == "hinge.value" {
				told += fmt.Sprintf("%.3f %s", float64(w.Ulps), w.At.Case)
			}
		}
		return told
	}
	for _, c := range []struct{ got, want string }{
		{at(done[0]), "2.000 hinge(F=0.75, F̄=0, m=1)"},
		{at(done[1]), fmt.Sprintf("2.000 hinge(F=%d, F̄=0, m=1)", many/4)},
		{at(total(done)), "2.000 hinge(F=0.75, F̄=0, m=1)"},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
}
