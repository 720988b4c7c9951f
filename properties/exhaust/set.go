package exhaust

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"
	"sync"

	"ebmcheck/properties/op"
)

// A Set is a finite set of calls of one op, all of which are asked, in slices.
type Set struct {
	Op     op.Op
	Name   string // of the inputs: pairs, differences, parts, line, grid
	Says   string // what they are: "every pair of float16 numbers"
	Slices int
	Ours   bool // whether it asks one call for several that only this module's code is known not to tell apart

	// Calls are those of a slice that are asked. The energies of a call are good until the
	// next one is asked for.
	Calls func(slice int) iter.Seq[op.Call]

	// Size is how many calls of the set the slice is, and Asked how many Calls has: fewer where
	// several are one question, for a reason that is proved. Both count without calling.
	Size, Asked func(slice int) uint64
}

// ID is the name of the set among those of all ops: hinge/pairs.
func (s Set) ID() string { return string(s.Op) + "/" + s.Name }

// Unit is the name of a slice: hinge/pairs/17.
func (s Set) Unit(slice int) string { return s.ID() + "/" + strconv.Itoa(slice) }

// All is how many calls the set has.
func (s Set) All() uint64 {
	n := uint64(0)
	for k := range s.Slices {
		n += s.Size(k)
	}
	return n
}

// Sets are those that s can be asked: of the ops that it offers, with inputs that its
// format has. Of a reference, whose code is known to see no more of a pair than F − F̄, or
// parts of F and F̄, one pair is asked for all that are alike in it.
func Sets(s op.Subject, reference bool) []Set {
	var sets []Set
	all := every(s.Precision)
	for _, set := range all {
		fewer := slices.ContainsFunc(all, func(t Set) bool { return t.Op == set.Op && t.Ours })
		switch {
		case !s.Offers(set.Op), set.Ours && !reference, set.Name == "pairs" && fewer && reference:
		default:
			sets = append(sets, set)
		}
	}
	return sets
}

// Named are the sets of these names, of a subject that computes in p.
func Named(ids []string, p op.Precision) ([]Set, error) {
	var sets []Set
	all := every(p)
	for _, id := range ids {
		i := slices.IndexFunc(all, func(s Set) bool { return s.ID() == id })
		if i < 0 {
			return nil, fmt.Errorf("no set %q of numbers of %s", id, p)
		}
		sets = append(sets, all[i])
	}
	return sets, nil
}

// every are all sets whose numbers p has.
func every(p op.Precision) []Set {
	var sets []Set
	for _, o := range op.Ops {
		if o.Row().Pair && holds(p, op.Float16) {
			sets = append(sets, pairs(o, half))
			if s, ok := reduced(o, half); ok {
				sets = append(sets, s)
			}
		}
		if slices.Contains(lines, o) && holds(p, op.Float32) {
			sets = append(sets, line(o))
		}
		if slices.Contains(gridded, o) {
			sets = append(sets, grid(o, p))
		}
	}
	return sets
}

// holds reports whether every number of q is one of p.
func holds(p, q op.Precision) bool {
	return p.Round(q.Largest()) == q.Largest() && p.Round(q.Smallest()) == q.Smallest() && p.Unit() <= q.Unit()
}

// ones is a call of o with all parameters at 1.
func ones(o op.Op) op.Call {
	c := op.Call{Op: o}
	for _, p := range o.Row().Params {
		p.Set(&c, 1)
	}
	return c
}

// bounds are where slice k of n things in so many slices begins and ends.
func bounds(k, slices int, n uint64) (from, to uint64) {
	at := func(k int) uint64 { return n/uint64(slices)*uint64(k) + n%uint64(slices)*uint64(k)/uint64(slices) }
	return at(k), at(k + 1)
}

// A format is all numbers of a small binary format: those from 0 up, those from −0 down, +∞,
// −∞ and NaN.
type format struct {
	name    string
	numbers []float64
	units   []int64 // each as a multiple of the smallest; of the last three nothing
	bits    int     // of a significand
	top     int64   // the largest, in such units

	stood func() []uint64 // standsWith of each, found once
}

// formatOf is the binary format with a significand of so many bits whose finite numbers have
// this many exponents: the smallest, of which is 2^least, is that of the subnormal numbers.
func formatOf(name string, bits, exponents, least int) *format {
	f := &format{name: name, bits: bits}
	for e := range exponents {
		for k := range int64(1) << (bits - 1) {
			u := k
			if e > 0 {
				u = (1<<(bits-1) + k) << (e - 1)
			}
			f.units = append(f.units, u)
		}
	}
	f.top = f.units[len(f.units)-1]
	for i, n := 0, len(f.units); i < n; i++ {
		f.units = append(f.units, -f.units[i])
	}
	for i, u := range f.units {
		x := math.Ldexp(float64(u), least)
		if i >= len(f.units)/2 {
			x = math.Copysign(x, -1)
		}
		f.numbers = append(f.numbers, x)
	}
	f.numbers = append(f.numbers, math.Inf(1), math.Inf(-1), math.NaN())
	f.stood = sync.OnceValue(func() []uint64 {
		var ns []uint64
		for i := range f.numbers {
			ns = append(ns, f.standsWith(i))
		}
		return ns
	})
	return f
}

// half is float16.
var half = formatOf("float16", 11, 31, -24)
