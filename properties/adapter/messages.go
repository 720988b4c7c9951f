package adapter

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// Version is the protocol's, as start says and the child echoes it.
const Version = 1

// Start is the first message.
type Start struct {
	Cmd     string `json:"cmd"` // "start"
	Version int    `json:"version"`
}

// Started is the answer to Start: who is there and what it offers.
type Started struct {
	Version        int            `json:"version"`
	Implementation Implementation `json:"implementation"`
	Precision      string         `json:"precision" jsonschema:"the subject's arithmetic, by which its errors are judged"`
	Ops            []Entry        `json:"ops" jsonschema:"what the subject offers"`

	Declares *result.Declares `json:"declares,omitempty" jsonschema:"what it says of its arithmetic"`
}

// An Entry is something on offer: an operation of the protocol by its name, or a loss of
// the subject's own, which has a Formula.
type Entry result.Definition

// UnmarshalJSON reads a name, or a definition. One that has more to say than is known
// here is refused: it could not be judged by what it says.
func (e *Entry) UnmarshalJSON(b []byte) error {
	*e = Entry{}
	if b[0] == '"' {
		return json.Unmarshal(b, &e.Name)
	}
	const want = `want the name of an operation, or {"name":"mine","formula":"pos(m + F[y] - F[ybar])^2","params":{"m":[0.0,10.0]}}`
	if b[0] != '{' {
		return fmt.Errorf(`an entry of "ops" is %s: %s`, clip(b), want)
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode((*result.Definition)(e)); err != nil {
		return fmt.Errorf(`an entry of "ops" is %s, %v: %s`, clip(b), err, want)
	}
	if e.Name == "" || e.Formula == "" {
		return fmt.Errorf(`an entry of "ops" has no name or no formula, %s: %s`, clip(b), want)
	}
	return nil
}

// A LossError is the error of Open about a loss on offer that cannot be defined: its
// formula does not parse, its name is that of another, or a range is none.
type LossError struct{ Err error }

func (e *LossError) Error() string { return brief(e.Err.Error()) }
func (e *LossError) Unwrap() error { return e.Err }

// Implementation describes the subject. It may have more fields of any kind.
type Implementation struct {
	Name      string `json:"name"`
	Version   string `json:"version,omitempty"`
	Language  string `json:"language,omitempty"`
	Framework string `json:"framework,omitempty"`
}

// Run asks for the answers to calls.
type Run struct {
	Cmd   string    `json:"cmd"` // "run"
	Seq   int       `json:"seq" jsonschema:"to be echoed"`
	Calls []op.Call `json:"calls"`
}

// Results is the answer to Run: one Answer a call, in order.
type Results struct {
	Seq     int      `json:"seq" jsonschema:"the request's"`
	Results []Answer `json:"results" jsonschema:"one a call, in order"`
}

// Answer is the answer to one call, as its op has it: Value and, if the subject has one,
// Grad; Probs; Index; of a batch Values, or Value where it is reduced, and Grads; or
// Unsupported, or Error, alone.
type Answer struct {
	Value       *result.Real    `json:"value,omitempty"`
	Grad        []result.Real   `json:"grad,omitempty" jsonschema:"the derivative of value by each energy"`
	Probs       []result.Real   `json:"probs,omitempty" jsonschema:"op gibbs: one probability an energy"`
	Index       *int            `json:"index,omitempty" jsonschema:"op infer: of a minimiser"`
	Values      []result.Real   `json:"values,omitempty" jsonschema:"op batch, reduction none: of each row"`
	Grads       [][]result.Real `json:"grads,omitempty" jsonschema:"op batch: by the energies of each row, the masked ones too"`
	Unsupported *string         `json:"unsupported,omitempty" jsonschema:"why this call is outside what the subject does"`
	Error       *string         `json:"error,omitempty" jsonschema:"the subject refuses the arguments"`
}

// Stop asks the child to exit. It has no answer.
type Stop struct {
	Cmd string `json:"cmd"` // "stop"
}

// check says what is wrong with the answer to start, and what would be right. It defines
// the losses that are given by their formulas.
func (s Started) check() error {
	switch {
	case s.Version != Version:
		return fmt.Errorf(`"version" is %d, this runner speaks %d`, s.Version, Version)
	case s.Implementation.Name == "":
		return errors.New(`no "name" in "implementation": say who answers`)
	case s.long() != "":
		return fmt.Errorf(`%q in "implementation" is too long: want at most %d bytes`, s.long(), longest)
	case s.Precision == "":
		return errors.New(`no "precision": want "float64", "float32", "bfloat16" or "float16"`)
	case s.Ops == nil:
		return errors.New(`no "ops": want the list of operations on offer, such as ["nll","hinge"]`)
	}
	if _, err := op.ParsePrecision(s.Precision); err != nil {
		return err
	}
	if s.Declares != nil {
		if err := s.Declares.Check(); err != nil {
			return err
		}
		if _, err := op.ParsePrecision(s.Declares.Accumulate); err != nil {
			return fmt.Errorf(`"declares": "accumulate": %w`, err)
		}
	}
	for _, e := range s.Ops {
		if e.Formula != "" {
			if _, err := op.DefineAs(result.Definition(e)); err != nil {
				return &LossError{err}
			}
		}
	}
	return s.checkNames()
}

// longest is how many bytes the name of an implementation, which every line of the
// results repeats, may have, and the like.
const longest = 200

// long is the field of the implementation that is too long, if one is.
func (s Started) long() string {
	i := s.Implementation
	for _, f := range []struct{ name, text string }{{"name", i.Name}, {"version", i.Version}, {"language", i.Language}, {"framework", i.Framework}} {
		if len(f.text) > longest {
			return f.name
		}
	}
	return ""
}

// unlike says in what t is another subject than s; "" if in nothing.
func (s Started) unlike(t Started) string {
	names := func(es []Entry) string {
		var names []string
		for _, e := range es {
			names = append(names, e.Name)
		}
		return strings.Join(names, ", ")
	}
	switch {
	case s.Implementation.Name != t.Implementation.Name:
		return fmt.Sprintf("its name was %q and is %q", s.Implementation.Name, t.Implementation.Name)
	case s.Precision != t.Precision:
		return fmt.Sprintf("its precision was %s and is %s", s.Precision, t.Precision)
	case names(s.Ops) != names(t.Ops):
		return fmt.Sprintf("its ops were %s and are %s", names(s.Ops), names(t.Ops))
	case !reflect.DeepEqual(s.Ops, t.Ops):
		return "the losses that it defines are not the same"
	case !reflect.DeepEqual(s.Declares, t.Declares):
		return "what it declares of its arithmetic is not the same"
	}
	return ""
}

// reply is a as the reply to the call q, or what is missing in it.
func (a Answer) reply(q question) (op.Reply, error) {
	o := q.op
	said := func(s *string) string {
		if *s == "" {
			return "(it does not say why)"
		}
		return brief(*s)
	}
	switch {
	case a.Unsupported != nil && a.Error != nil:
		return op.Reply{}, errors.New(`both "unsupported" and "error": want one of them`)
	case (a.Unsupported != nil || a.Error != nil) && (a.Value != nil || a.Grad != nil || a.Probs != nil || a.Index != nil || a.Values != nil || a.Grads != nil):
		return op.Reply{}, errors.New(`an answer and "unsupported" or "error" in one: want one of them`)
	case a.Unsupported != nil:
		return op.Reply{Unsupported: said(a.Unsupported)}, nil
	case a.Error != nil:
		return op.Reply{Error: said(a.Error)}, nil
	}
	switch o.Row().Answers {
	case op.AsProbs:
		if a.Probs == nil {
			return op.Reply{}, fmt.Errorf(`no "probs": op %s answers {"probs":[…]}`, o)
		}
		return op.Reply{Probs: floats(a.Probs)}, nil
	case op.AsIndex:
		if a.Index == nil {
			return op.Reply{}, fmt.Errorf(`no "index": op %s answers {"index":0}`, o)
		}
		return op.Reply{Index: *a.Index}, nil
	case op.AsRows:
		return a.batchReply(q.reduction)
	default:
		if a.Value == nil {
			return op.Reply{}, fmt.Errorf(`no "value": op %s answers {"value":0.5,"grad":[…]}`, o)
		}
		return op.Reply{Value: float64(*a.Value), Grad: floats(a.Grad)}, nil
	}
}

// floats is rs as float64; nil, a field left out, stays nil.
func floats(rs []result.Real) []float64 {
	if rs == nil {
		return nil
	}
	xs := make([]float64, len(rs))
	for i, r := range rs {
		xs[i] = float64(r)
	}
	return xs
}
