package adapter

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// batch, among ops, offers batches of every loss beside it; "nll.batch" those of one.
const batch = "batch"

// offers are the ops that s offers, each once.
func (s Started) offers() []op.Op {
	var ops []op.Op
	add := func(o op.Op) {
		if !slices.Contains(ops, o) {
			ops = append(ops, o)
		}
	}
	for _, e := range s.Ops {
		if e.Name != batch {
			add(op.Op(e.Name))
			continue
		}
		for _, e := range s.Ops {
			if r, ok := op.Find(op.Op(e.Name)); ok && r.Answers == op.AsValue {
				add(op.BatchOf(r.Op))
			}
		}
	}
	return ops
}

// checkNames says which name among ops is none: of no op of the protocol, of batches, or
// of a loss that s defines.
func (s Started) checkNames() error {
	losses := 0
	for _, e := range s.Ops {
		if e.Name == batch {
			continue
		}
		o := op.Op(e.Name)
		r, ok := op.Find(o)
		if ok && r.Of != nil {
			o = r.Of.Op
		}
		own := func(e Entry) bool { return e.Formula != "" && e.Name == string(o) }
		if !ok || !slices.Contains(op.Ops, o) && !slices.ContainsFunc(s.Ops, own) {
			return fmt.Errorf(`"ops": %w`, op.Unknown(op.Op(e.Name)))
		}
		if r.Answers == op.AsValue {
			losses++
		}
	}
	if losses == 0 && slices.ContainsFunc(s.Ops, func(e Entry) bool { return e.Name == batch }) {
		return errors.New(`"ops": "batch" without a loss: want those of which there are batches, as in ["nll","batch"]`)
	}
	return nil
}

// batchReply is a as the reply to a batch of c's reduction, or what is missing in it.
func (a Answer) batchReply(of op.Reduction) (op.Reply, error) {
	r := op.Reply{}
	switch {
	case of == op.None && a.Values == nil:
		return r, errors.New(`no "values": op batch, reduction none, answers {"values":[…],"grads":[[…]]}`)
	case of != op.None && a.Value == nil:
		return r, fmt.Errorf(`no "value": op batch, reduction %s, answers {"value":0.5,"grads":[[…]]}`, of)
	case of == op.None:
		r.Values = floats(a.Values)
	default:
		r.Value = float64(*a.Value)
	}
	for _, g := range a.Grads {
		r.Grads = append(r.Grads, floats(g))
	}
	return r, nil
}

// lists reads an array of arrays of reals. The JSON around it is known to be sound.
func lists(raw json.RawMessage) ([][]result.Real, error) {
	var each []json.RawMessage
	if json.Unmarshal(raw, &each) != nil {
		return nil, fmt.Errorf("it is %s: want a list of lists of numbers, one a row", clip(raw))
	}
	xs := make([][]result.Real, len(each))
	for i, row := range each {
		var err error
		if xs[i], err = reals(row); err != nil {
			return nil, fmt.Errorf("row %d: %w", i, err)
		}
	}
	return xs, nil
}
