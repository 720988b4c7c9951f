package exhaust

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ebmcheck/properties/result"
)

// Check returns an error that names the first of the slices that is none of a run of the sets
// in which these were the shard's: of another set, of another shard, there twice, or with
// counts that no such slice has. It returns nil if there is none.
func Check(sets []Set, shard result.Shard, done []Slice) error {
	if _, err := byUnit(done); err != nil {
		return err
	}
	for _, d := range done {
		at := strings.LastIndexByte(d.Unit, '/')
		i := slices.IndexFunc(sets, func(s Set) bool { return at >= 0 && s.ID() == d.Unit[:at] })
		if i < 0 {
			return fmt.Errorf("%s is of none of its sets", d.Unit)
		}
		k, err := strconv.Atoi(d.Unit[at+1:])
		if err != nil || k < 0 || k >= sets[i].Slices || sets[i].Unit(k) != d.Unit {
			return fmt.Errorf("%s is no slice of the set, which has %d, counted from 0", d.Unit, sets[i].Slices)
		}
		if !shard.Owns(d.Unit) {
			return fmt.Errorf("%s is not its own but of %s", d.Unit, shard.Owner(d.Unit).Words())
		}
		if err := sets[i].counts(k, d); err != nil {
			return fmt.Errorf("%s: %w", d.Unit, err)
		}
	}
	return nil
}

// counts says which of the counts of slice k cannot be.
func (set Set) counts(k int, d Slice) error {
	if cases, asked := set.Size(k), set.Asked(k); d.Cases != cases || d.Asked != asked {
		return fmt.Errorf("%d cases, %d asked: the slice has %d, of which %d are asked", d.Cases, d.Asked, cases, asked)
	}
	if d.Unsupported > d.Asked || d.Nearest > d.Asked-d.Unsupported {
		return fmt.Errorf("%d asked cannot be %d unsupported and %d the nearest", d.Asked, d.Unsupported, d.Nearest)
	}
	rest := d.Asked - d.Unsupported - d.Nearest
	weighed := map[string]uint64{}
	for _, w := range d.Weighed {
		if weighed[w.Claim] = w.Cases; w.Cases > rest {
			return fmt.Errorf("%d replies weighed by %s, of %d that are not the nearest", w.Cases, w.Claim, rest)
		}
	}
	for _, r := range d.Refuted {
		if r.Cases > weighed[r.Claim] {
			return fmt.Errorf("%d replies refute %s, of %d weighed by it", r.Cases, r.Claim, weighed[r.Claim])
		}
		if r.First == nil {
			return fmt.Errorf("it does not say which is the first reply that refutes %s", r.Claim)
		}
	}
	for _, w := range d.Worst {
		if w.At == nil {
			return fmt.Errorf("it does not say where the error of %s is the largest", w.Claim)
		}
	}
	return nil
}
