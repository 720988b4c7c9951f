package command

import (
	"encoding/json"
	"math"
	"slices"

	"ebmcheck/properties/faults"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// vectors are cases with their right answers: vectors.json.
type vectors struct {
	Suite     string   `json:"suite" jsonschema:"ebmcheck"`
	Version   string   `json:"version" jsonschema:"of the suite"`
	Precision string   `json:"precision" jsonschema:"the format of all numbers: float64"`
	Planted   int      `json:"planted" jsonschema:"how many planted mistakes in these ops and this format there are that the gate refutes at REQUIRED"`
	Refuted   int      `json:"refuted" jsonschema:"how many of them the cases refute"`
	Cases     []vector `json:"cases"`
}

// A vector is a call with the right answer.
type vector struct {
	Call    op.Call  `json:"call" jsonschema:"as the protocol has it"`
	Fault   string   `json:"fault,omitempty" jsonschema:"a planted mistake that it refutes: of these, the one that fewest cases do"`
	Stratum string   `json:"stratum,omitempty" jsonschema:"where it refutes none, what is special about it: of what is, the rarest"`
	Value   *number  `json:"value,omitempty" jsonschema:"of a loss, or the free energy"`
	Grad    []number `json:"grad,omitempty" jsonschema:"the gradient by the energies, one a number"`
	Probs   []number `json:"probs,omitempty" jsonschema:"of gibbs, one an energy"`
	Index   []int    `json:"index,omitempty" jsonschema:"of infer: every index that is right"`
}

// A number is what one number of the answer may be: what is right, correctly rounded and at
// a kink of the loss one that is, in decimal and in hex; and the least and the largest that
// REQUIRED lets pass, unless what is right alone does. They are NaN where only a finite
// number does not, and null where nothing is REQUIRED.
type number struct{ judge.Interval }

// MarshalJSON writes [right, hex] or [right, hex, lo, hi].
func (n number) MarshalJSON() ([]byte, error) {
	list := []any{result.Real(n.Right), result.Hex(n.Right)}
	switch {
	case n.Free:
		list = append(list, nil, nil)
	case n.None:
		list = append(list, result.Real(math.NaN()), result.Real(math.NaN()))
	case n.Lo != n.Hi:
		list = append(list, result.Real(n.Lo), result.Real(n.Hi))
	}
	return json.Marshal(list)
}

// How many bytes the cases of an op take, about, and how many energies they have at most.
const (
	vectorsAnOp = 312_000
	vectorsWide = 3
)

// newVectors are as many cases of each op as take about so many bytes, as many in one regime
// as in another: of the grid, evenly, half, or more where there are few random ones that are
// short, and of random ones the rest.
func newVectors(bytes int) *vectors {
	v := &vectors{Suite: "ebmcheck", Version: result.Version, Precision: op.Float64.String()}
	for _, o := range op.Ops {
		ks := cells(o, bytes/mean(cells(o, 64)))
		v.refute(o, ks)
		for _, k := range ks {
			v.Cases = append(v.Cases, k.vector)
		}
	}
	return v
}

// cells are n cases of o, as many in each regime where there are as many, each once.
func cells(o op.Op, n int) []*candidate {
	var ks []*candidate
	seen := map[string]bool{}
	for _, r := range judge.Regimes {
		ks = append(ks, candidates(o, r, n/len(judge.Regimes), seen)...)
	}
	return ks
}

// mean is how many bytes a case takes, of so many.
func mean(ks []*candidate) int {
	bytes := 0
	for _, k := range ks {
		line, err := plainJSON(k.vector)
		if err != nil {
			panic("command: " + err.Error()) // of numbers and strings there is no error
		}
		bytes += len(line)
	}
	return bytes / len(ks)
}

// A candidate is a vector with what its numbers may be.
type candidate struct {
	vector
	asked []judge.Interval
}

func newCandidate(c op.Call) *candidate {
	k := &candidate{vector{Call: c}, judge.Intervals(c)}
	var ns []number
	for _, a := range k.asked {
		ns = append(ns, number{a})
	}
	switch c.Op.Row().Answers {
	case op.AsProbs:
		k.Probs = ns
	case op.AsIndex:
		k.Index = c.Truth().Index
	default:
		k.Value, k.Grad = &ns[0], ns[1:]
	}
	return k
}

// asks reports whether there is an answer that is not what is REQUIRED.
func (k *candidate) asks() bool {
	return len(k.Index) > 0 || slices.ContainsFunc(k.asked, func(a judge.Interval) bool { return !a.Free })
}

// refutes reports whether the reply is not what is REQUIRED, as a reader of vectors sees it.
func (k *candidate) refutes(r op.Reply) bool {
	if r.Unsupported != "" || r.Error != "" {
		return false
	}
	switch k.Call.Op.Row().Answers {
	case op.AsIndex:
		return len(k.Index) > 0 && !slices.Contains(k.Index, r.Index)
	case op.AsProbs:
		return !all(k.asked, r.Probs)
	}
	return !all(k.asked[:1], []float64{r.Value}) || r.Grad != nil && !all(k.asked[1:], r.Grad)
}

// all reports whether each of xs is what is asked of it.
func all(asked []judge.Interval, xs []float64) bool {
	for i, a := range asked {
		if i >= len(xs) || !a.Holds(xs[i]) {
			return false
		}
	}
	return len(xs) == len(asked)
}

// short are the cases that are no longer than vectors are.
func short(cs judge.Cases) []op.Call {
	var calls []op.Call
	for c := range cs.Calls() {
		if len(c.Energies) <= vectorsWide {
			calls = append(calls, c.Asked())
		}
	}
	return calls
}

// candidates are so many cases of an op in a regime, each once and with something that is
// REQUIRED, with the rarest of the strata of each; fewer where there are no more. Those that
// were seen are left out.
func candidates(o op.Op, r judge.Regime, n int, seen map[string]bool) (ks []*candidate) {
	grid, random := short(judge.NewCases(o, r, op.Float64, 1, 0)), short(judge.RandomCases(o, r, op.Float64, 1, 0, 4*n))
	for _, c := range slices.Concat(evenly(grid, max(n/2, n-len(random))), random) {
		if len(ks) == n {
			break
		}
		line, err := plainJSON(c)
		if err != nil {
			panic("command: " + err.Error()) // of numbers and strings there is no error
		}
		if seen[string(line)] {
			continue
		}
		seen[string(line)] = true
		if k := newCandidate(c); k.asks() {
			ks = append(ks, k)
		}
	}
	cs := judge.RandomCases(o, r, op.Float64, 1, 0, 0)
	in, met := make([][]string, len(ks)), map[string]int{}
	for i, k := range ks {
		in[i] = cs.Strata(k.Call)
		for _, s := range in[i] {
			met[s]++
		}
	}
	for i, k := range ks {
		for _, s := range in[i] {
			if k.Stratum == "" || met[s] < met[k.Stratum] {
				k.Stratum = s
			}
		}
	}
	return ks
}

// evenly are n of the calls, from the first on, if there are more.
func evenly(calls []op.Call, n int) []op.Call {
	if len(calls) <= n {
		return calls
	}
	some := make([]op.Call, n)
	for i := range some {
		some[i] = calls[i*len(calls)/n]
	}
	return some
}

// refute asks the candidates about o of every planted mistake in it that the claims refute at
// REQUIRED in float64, and names to each the one that fewest refute, of those that it does.
func (v *vectors) refute(o op.Op, ks []*candidate) {
	by := make([][]string, len(ks)) // the mistakes that a candidate refutes
	refuters := map[string]int{}
	for _, f := range faults.Wrong {
		if f.Op() != o || f.In != op.Float64 || f.Level != result.Required || f.Declared != (op.Declared{}) {
			continue
		}
		v.Planted++
		for i, k := range ks {
			if k.refutes(f.Subject().Replies([]op.Call{k.Call.Clone()})[0]) {
				by[i] = append(by[i], f.ID)
				refuters[f.ID]++
			}
		}
		if refuters[f.ID] > 0 {
			v.Refuted++
		}
	}
	for i, ids := range by {
		if len(ids) > 0 {
			ks[i].Fault = slices.MinFunc(ids, func(a, b string) int { return refuters[a] - refuters[b] })
			ks[i].Stratum = ""
		}
	}
}
