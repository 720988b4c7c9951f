package draw

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// What is found is what a person would write, in few requests, whatever it starts from.
func TestSimplify(t *testing.T) {
	long := make([]float64, 1025)
	for i := range long {
		long[i] = float64(i%90)/2 + 0.123
	}
	long[700] = -36.7368005696771
	for _, c := range []struct {
		name  string
		from  Point
		least int
		fails func(Point) bool
		want  string
	}{
		{"overflow of exp", Point{List: []float64{-36.7368005696771}, Place: -1, Rest: []float64{100}}, 1, func(p Point) bool { return -p.List[0]*p.Rest[0] > 709.78 }, "[-10] -1 [100]"},
		{"anything", Point{List: []float64{20.000001, 0.3}, Place: -1, Rest: []float64{0.37}}, 2, func(Point) bool { return true }, "[0 0] -1 [0]"},
		{"one of many", Point{List: long, Place: 700, Rest: nil}, 1, func(p Point) bool { return slices.Min(p.List) < -30 }, "[-100] 0 []"},
		{"a length", Point{List: long, Place: 3, Rest: nil}, 1, func(p Point) bool { return len(p.List) > 300 }, "n=301: 0"},
		{"a tie and another", Point{List: []float64{3.25, -7.125, 12.5, 3.25}, Place: 2, Rest: nil}, 2,
			func(p Point) bool {
				for i := range p.List {
					if i > 0 && p.List[i] == p.List[0] && p.Place != i && p.Place != 0 {
						return true
					}
				}
				return false
			}, "[0 0 0] 1 []"},
		{"between two numbers", Point{List: []float64{12.375, 0.25}, Place: -1, Rest: nil}, 2, func(p Point) bool { return 12 < p.List[0] && p.List[0] < 12.5 }, "[12.4 0] -1 []"},
		{"all digits", Point{List: []float64{math.Pi}, Place: -1, Rest: nil}, 1, func(p Point) bool { return p.List[0] == math.Pi }, "[3.141592653589793] -1 []"},
		{"a NaN", Point{List: []float64{math.NaN(), math.Inf(1), 17.5}, Place: 0, Rest: nil}, 1, func(p Point) bool { return math.IsNaN(p.List[p.Place]) }, "[NaN] 0 []"},
	} {
		asked, most := 0, 0
		got := Simplify(c.from, c.least, func(ps []Point) []bool {
			asked++
			most = max(most, len(ps))
			yes := make([]bool, len(ps))
			for i, p := range ps {
				yes[i] = c.fails(p)
			}
			return yes
		})
		shown := fmt.Sprint(got.List, got.Place, got.Rest)
		if n := len(got.List); n > 10 {
			shown = fmt.Sprintf("n=%d: %v", n, slices.Max(got.List))
		}
		if shown != c.want || asked > requests || most > points {
			t.Errorf("%s: %s in %d requests of up to %d, want %s in 40 of 64", c.name, shown, asked, most, c.want)
		}
		t.Logf("%s: %s in %d requests", c.name, shown, asked)
	}
}

// A search that is told to end ends.
func TestSimplifyEnds(t *testing.T) {
	asked := 0
	from := Point{List: []float64{5, 6, 7}, Place: -1, Rest: nil}
	got := Simplify(from, 1, func([]Point) []bool { asked++; return nil })
	if asked != 1 || len(got.List) != 3 {
		t.Errorf("asked %d times, %v", asked, got)
	}
}
