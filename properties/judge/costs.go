package judge

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"text/tabwriter"
	"time"

	"ebmcheck/properties/op"
)

// Costs are what the cases of a run take, by op and by how many energies they have. The zero
// value has none; those of one run may be added by many goroutines.
type Costs struct {
	mu    sync.Mutex
	known map[costly]*cost
}

// A costly is what costs are counted by.
type costly struct {
	op   op.Op
	size int // the place of n in sizesOf
}

// A cost is what so many cases took: to draw those that are random, to find what is true, and
// to judge what was replied.
type cost struct {
	cases                int
	drawn, truth, judged time.Duration
}

func (of *cost) all() time.Duration { return of.drawn + of.truth + of.judged }

// sizesOf are the least n of each row of Costs.
var sizesOf = []int{1, 4, 16, 64, 256, 1024, 8192}

// draw draws a call, find finds the truth of one, and judge judges the reply to it: all three by
// do. They count what it takes, but for nil.
func (c *Costs) draw(do func() op.Call) (call op.Call) {
	c.count(&call, func() { call = do() }, func(of *cost, took time.Duration) { of.drawn += took })
	return call
}

func (c *Costs) find(call *op.Call, do func()) {
	c.count(call, do, func(of *cost, took time.Duration) { of.cases, of.truth = of.cases+1, of.truth+took })
}

func (c *Costs) judge(call *op.Call, do func()) {
	c.count(call, do, func(of *cost, took time.Duration) { of.judged += took })
}

func (c *Costs) count(call *op.Call, do func(), add func(of *cost, took time.Duration)) {
	if c == nil {
		do()
		return
	}
	start := time.Now()
	do()
	took := time.Since(start)
	at, found := slices.BinarySearch(sizesOf, call.Size())
	if !found {
		at = max(at-1, 0)
	}
	key := costly{call.Op, at}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known = map[costly]*cost{}
	}
	if c.known[key] == nil {
		c.known[key] = new(cost)
	}
	add(c.known[key], took)
}

// Write writes a line for each op and size, in the order of their names: how many cases, what
// each took, and which share that is of all.
func (c *Costs) Write(w io.Writer) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := time.Duration(0)
	for _, of := range c.known {
		all += of.all()
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "op\tn from\tcases\tdrawn, µs\ttruth, µs\tjudged, µs\tof all\t")
	for _, k := range slices.SortedFunc(maps.Keys(c.known), func(a, b costly) int {
		return cmp.Or(cmp.Compare(a.op, b.op), cmp.Compare(a.size, b.size))
	}) {
		of := c.known[k]
		each := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e3 / float64(of.cases) }
		fmt.Fprintf(t, "%s\t%d\t%d\t%.1f\t%.1f\t%.1f\t%.1f%%\t\n", k.op, sizesOf[k.size], of.cases, each(of.drawn), each(of.truth), each(of.judged),
			100*float64(of.all())/float64(max(all, 1)))
	}
	return t.Flush()
}
