package draw

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Point is an input as numbers: a list that may become shorter, a place in it that
// stays, whatever goes (below 0: none), and other numbers, of which none goes.
type Point struct {
	List  []float64
	Place int
	Rest  []float64

	cost int // of all its numbers, once it is weighed
}

// What a search costs at most: so many requests, of so many points each.
const (
	requests = 40
	points   = 64
	numbers  = 1 << 18 // or fewer points, so that they have so many numbers in all
)

// affordable is how many points of n numbers are asked about at once.
func affordable(n int) int { return max(4, min(points, numbers/max(n, 1))) }

// Simplify returns the simplest point that it finds among those that fail: the shortest
// list, of least numbers or more; then what a person writes first, 0, 1, −1, … , and few
// digits before many. It starts from p, which fails. fails says which of some points
// fail, too, or nil to end the search; it is asked at most 40 times, about at most 64 at
// once.
func Simplify(p Point, least int, fails func([]Point) []bool) Point {
	p = weighed([]Point{p})[0]
	left := requests
	// ask returns those of the points that are simpler than p and fail, the simplest first.
	ask := func(all []Point) (some []Point) {
		all = slices.DeleteFunc(all, func(q Point) bool { return compare(q, p) >= 0 })
		if all = all[:min(len(all), affordable(len(p.List)))]; len(all) == 0 || left == 0 {
			return nil
		}
		left--
		yes := fails(all)
		if yes == nil {
			left = 0
			return nil
		}
		for i, q := range all {
			if yes[i] {
				some = append(some, q)
			}
		}
		slices.SortStableFunc(some, compare)
		return some
	}
	if len(p.List) > points { // plainer, it is asked about and made shorter sooner
		if some := ask(plainer(p)); some != nil {
			p = some[0]
		}
	}
	for more := true; more; {
		for some := ask(shorter(p, least)); some != nil; some = ask(shorter(p, least)) {
			p = some[0]
		}
		more = false // unless with plainer numbers shorter ones fail
		for some := ask(plainer(p)); some != nil; some = ask(plainer(p)) {
			// What can be had of each number alone may be had of several at once.
			if all := ask(together(p, some)); all != nil {
				some = all
			}
			p, more = some[0], true
		}
	}
	return p
}

// compare orders points by simplicity.
func compare(p, q Point) int {
	return cmp.Or(len(p.List)-len(q.List), p.cost-q.cost, p.Place-q.Place)
}

// weighed are the points with what their numbers cost.
func weighed(all []Point) []Point {
	for i := range all {
		p := &all[i]
		p.cost = 0
		last, cost := math.NaN(), 0
		for _, x := range slices.Concat(p.List, p.Rest) {
			if !same(x, last) { // often it is
				last, cost = x, costOf(x)
			}
			p.cost += cost
		}
	}
	return all
}

// costOf is how much there is to write and to read of x: nothing of 0, little of 1 and of
// powers of 10, most of each digit after the first.
func costOf(x float64) int {
	switch {
	case x == 0 && !math.Signbit(x):
		return 0
	case x == 0, math.IsInf(x, 0), math.IsNaN(x):
		return 3
	}
	digits, exponent, _ := strings.Cut(strconv.FormatFloat(math.Abs(x), 'e', -1, 64), "e")
	e, _ := strconv.Atoi(exponent)
	c := 1 + 6*(len(strings.Replace(digits, ".", "", 1))-1) + max(e, -e)
	if digits[0] != '1' {
		c += 2
	}
	if x < 0 {
		c++
	}
	if x != math.Trunc(x) {
		c += 2
	}
	return c
}

// shorter are points with a part of the list left out, the largest part first, and with
// the place at the front.
func shorter(p Point, least int) []Point {
	var all []Point
	n := len(p.List)
	if p.Place > 0 {
		q := p.clone()
		q.List[0], q.List[p.Place], q.Place = q.List[p.Place], q.List[0], 0
		all = append(all, q)
	}
	for size := max(n-least, 0); size > 0; size /= 2 {
		for _, at := range places(n, size) {
			if len(all) == affordable(n) {
				break
			}
			q := Point{Place: p.Place, Rest: p.Rest}
			for i, x := range p.List {
				if i >= at && i < at+size && i != p.Place && len(p.List)-i+len(q.List) > least {
					if i < p.Place {
						q.Place--
					}
					continue
				}
				q.List = append(q.List, x)
			}
			all = append(all, q)
		}
	}
	return weighed(all)
}

// places are where a part of so many of n is left out: everywhere, but of a long list only
// at both ends.
func places(n, size int) []int {
	if n > points {
		return []int{0, n - size}
	}
	var at []int
	for i := 0; i < n; i += size {
		at = append(at, i)
	}
	return at
}

// plainer are points with one number made plainer, wherever in the list it stands or, in a
// short list, where it stands once, and with the whole list rounded.
func plainer(p Point) []Point {
	var all []Point
	for _, digits := range []int{1, 2} {
		q := p.clone()
		for i, x := range q.List {
			q.List[i] = rounded(x, digits, 0)
		}
		all = append(all, q)
	}
	q := p.clone()
	for i, x := range q.List {
		q.List[i] = math.Round(x)
	}
	all = append(all, q)
	if len(p.List) > points {
		all = append(all, Point{List: make([]float64, len(p.List)), Place: p.Place, Rest: p.Rest})
	}
	var met []float64
	for _, x := range p.List {
		if slices.ContainsFunc(met, func(y float64) bool { return same(x, y) }) {
			continue
		}
		if len(all)*len(p.List) > 16*numbers { // rounded, it may have fewer that differ
			break
		}
		met = append(met, x)
		for _, y := range plainerThan(x) {
			q := p.clone()
			for i := range q.List {
				if same(q.List[i], x) {
					q.List[i] = y
				}
			}
			all = append(all, q)
		}
	}
	for i, x := range p.List {
		if len(p.List) > points/4 {
			break
		}
		for _, y := range []float64{0, 1} {
			if costOf(y) < costOf(x) {
				q := p.clone()
				q.List[i] = y
				all = append(all, q)
			}
		}
	}
	for i, x := range p.Rest {
		for _, y := range plainerThan(x) {
			q := p.clone()
			q.Rest[i] = y
			all = append(all, q)
		}
	}
	slices.SortStableFunc(weighed(all), compare)
	if len(all) > points { // the simplest may all be too simple
		for i, k := points/2, len(all); i < points; i++ {
			all[i] = all[points/2+(i-points/2)*(k-points/2)/(points/2)]
		}
	}
	return all
}

// plainerThan are numbers that a person writes for x, or for one like it.
func plainerThan(x float64) []float64 {
	var all []float64
	add := func(ys ...float64) {
		for _, y := range ys {
			if costOf(y) < costOf(x) && !slices.Contains(all, y) {
				all = append(all, y)
			}
		}
	}
	add(0, 1, -1, 2, math.Copysign(10, x), math.Copysign(100, x))
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return all
	}
	for _, digits := range []int{1, 2, 3, 6} {
		add(rounded(x, digits, 0), rounded(x, digits, 1), rounded(x, digits, -1))
	}
	if power := math.Pow(10, math.Ceil(math.Log10(math.Abs(x)))); x != 0 && !math.IsInf(power, 0) {
		add(math.Copysign(power, x), math.Copysign(power/10, x))
	}
	add(math.Trunc(x), math.Trunc(x)+math.Copysign(1, x), math.Round(2*x)/2)
	return all
}

// rounded is x to so many significant digits, with the last one moved by so many.
func rounded(x float64, digits, by int) float64 {
	s := strconv.FormatFloat(x, 'e', digits-1, 64)
	y, err := strconv.ParseFloat(s, 64)
	if err != nil || by == 0 || y == 0 || math.IsInf(y, 0) || math.IsNaN(y) {
		return y
	}
	_, exponent, _ := strings.Cut(s, "e")
	e, _ := strconv.Atoi(exponent)
	unit, err := strconv.ParseFloat("1e"+strconv.Itoa(e-digits+1), 64)
	if err != nil {
		return y
	}
	z, err := strconv.ParseFloat(strconv.FormatFloat(y+float64(by)*unit, 'e', digits, 64), 64)
	if err != nil {
		return y
	}
	return z
}

// together are points with the changes of several at once: of all, of the first half, …
// Of two changes of one number the first counts.
func together(p Point, some []Point) []Point {
	var all []Point
	for n := len(some); n > 1; n /= 2 {
		q := p.clone()
		for _, s := range some[:n] {
			for i, x := range s.List {
				if same(q.List[i], p.List[i]) {
					q.List[i] = x
				}
			}
			for i, x := range s.Rest {
				if same(q.Rest[i], p.Rest[i]) {
					q.Rest[i] = x
				}
			}
		}
		all = append(all, q)
	}
	return weighed(all)
}

func (p Point) clone() Point {
	return Point{List: slices.Clone(p.List), Place: p.Place, Rest: slices.Clone(p.Rest)}
}

func same(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }
