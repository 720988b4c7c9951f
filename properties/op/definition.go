package op

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

// DefineAs is Define of a definition that was read. It is an error, too, if a range is
// not of two numbers, or if an op of the catalogue is given one: its parameters range as
// the regimes have it.
func DefineAs(d result.Definition) (Op, error) {
	var ranges []ParamRange
	for _, name := range slices.Sorted(maps.Keys(d.Params)) {
		r := d.Params[name]
		if len(r) != 2 {
			return "", fmt.Errorf("op %s: the range of %s has %d numbers: want the least and the largest, as in [0.0,10.0]", d.Name, name, len(r))
		}
		ranges = append(ranges, ParamRange{name, float64(r[0]), float64(r[1])})
	}
	o, err := Define(d.Name, d.Formula, ranges...)
	if err == nil && len(ranges) > 0 && slices.Contains(Ops, o) {
		return "", fmt.Errorf("op %s is one of the catalogue, and %s ranges as its regimes do: leave \"params\" out, or give the loss another name", o, ranges[0].Name)
	}
	return o, err
}

// Definition is how the op is written down; ok is false of one of the catalogue, which
// its name says, and of batches.
func (r *Row) Definition() (d result.Definition, ok bool) {
	if r.Of != nil || slices.Contains(Ops, r.Op) {
		return d, false
	}
	d = result.Definition{Name: string(r.Op), Formula: r.Formula}
	if len(r.Forms) > 0 { // the first is the formula
		d.Formula = strings.Join(r.Forms, " = ")
	}
	for _, p := range r.Params {
		if p.Within == (Within{}) { // as its regime does
			continue
		}
		if d.Params == nil {
			d.Params = map[string][]result.Real{}
		}
		d.Params[p.Name] = []result.Real{result.Real(p.Within.Lo), result.Real(p.Within.Hi)}
	}
	return d, true
}
