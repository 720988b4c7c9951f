package adapter

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// call stands for op.Call, which marshals itself: a single call, or a batch.
type call struct{}

// row has the fields of a call in a batch, but for the parameters that the rows of
// package op name. A single call has its op beside them.
type row struct {
	Energies []result.Real          `json:"energies" jsonschema:"F, one an answer; a pair op has [F(x,y), F(x,ȳ)]"`
	Answer   int                    `json:"answer,omitempty" jsonschema:"y, the index of the correct answer"`
	Params   map[string]result.Real `json:"params,omitempty" jsonschema:"parameters of a loss that the child defined, by their names in its formula"`
}

// batched has the fields of a call of op batch.
type batched struct {
	Op        string        `json:"op"` // "batch"
	Of        string        `json:"of" jsonschema:"the op of the rows"`
	Rows      []row         `json:"rows" jsonschema:"calls of that op, padded to one number of energies"`
	Mask      [][]bool      `json:"mask,omitempty" jsonschema:"which energies count: all where there is no mask; padding does not"`
	Weights   []result.Real `json:"weights,omitempty" jsonschema:"of each row, ≥ 0: 1 where there are none"`
	Reduction string        `json:"reduction"`
}

// parameters gives the schema of a call the parameters of the rows.
func parameters(s *jsonschema.Schema) {
	for _, o := range op.Ops {
		for _, p := range o.Row().Params {
			if of := s.Properties[p.Sent]; of != nil {
				of.Description += ", " + string(o)
				continue
			}
			field := ref("real")
			field.Description = p.Symbol + " of " + string(o)
			s.Properties[p.Sent] = field
			s.PropertyOrder = slices.Insert(s.PropertyOrder, len(s.PropertyOrder)-3, p.Sent)
		}
	}
}

// defs are the types of the protocol, by the name that their schemas have,
// and what their Go types do not say.
var defs = []struct {
	name string
	of   reflect.Type
	more func(*jsonschema.Schema)
}{
	{"start", reflect.TypeFor[Start](), func(s *jsonschema.Schema) { only(s, "cmd", "start"); only(s, "version", Version) }},
	{"started", reflect.TypeFor[Started](), func(s *jsonschema.Schema) {
		only(s, "version", Version)
		precision := s.Properties["precision"]
		for _, p := range op.Precisions {
			precision.Enum = append(precision.Enum, p.String())
		}
	}},
	{"implementation", reflect.TypeFor[Implementation](), func(s *jsonschema.Schema) {
		s.AdditionalProperties = nil // free fields
		s.Properties["name"].MinLength = jsonschema.Ptr(1)
	}},
	{"run", reflect.TypeFor[Run](), func(s *jsonschema.Schema) { only(s, "cmd", "run") }},
	{"results", reflect.TypeFor[Results](), nil},
	{"answer", reflect.TypeFor[Answer](), func(s *jsonschema.Schema) {
		for _, one := range []string{"value", "values", "probs", "index", "unsupported", "error"} {
			s.OneOf = append(s.OneOf, &jsonschema.Schema{Required: []string{one}})
		}
		s.DependentRequired = map[string][]string{"grad": {"value"}}
		notNull(s.Properties["grads"].Items)
	}},
	{"stop", reflect.TypeFor[Stop](), func(s *jsonschema.Schema) { only(s, "cmd", "stop") }},
	{"call", reflect.TypeFor[call](), func(s *jsonschema.Schema) {
		*s = jsonschema.Schema{AnyOf: []*jsonschema.Schema{ref("single"), ref("batch")}}
	}},
	{"single", reflect.TypeFor[row](), func(s *jsonschema.Schema) {
		asked(s)
		s.Properties["op"] = &jsonschema.Schema{Type: "string", Description: "of the protocol, or the name of a loss that the child defined"}
		s.PropertyOrder, s.Required = slices.Insert(s.PropertyOrder, 0, "op"), slices.Insert(s.Required, 0, "op")
	}},
	{"row", reflect.TypeFor[row](), asked},
	{"batch", reflect.TypeFor[batched](), func(s *jsonschema.Schema) {
		only(s, "op", batch)
		s.Properties["rows"].MinItems = jsonschema.Ptr(1)
		for _, r := range op.Reductions {
			s.Properties["reduction"].Enum = append(s.Properties["reduction"].Enum, string(r))
		}
		notNull(s.Properties["mask"].Items)
	}},
	{"op", reflect.TypeFor[op.Op](), func(s *jsonschema.Schema) {
		for _, op := range op.Ops {
			s.Enum = append(s.Enum, string(op))
		}
	}},
	{"entry", reflect.TypeFor[Entry](), func(s *jsonschema.Schema) {
		batches := &jsonschema.Schema{Type: "string", Pattern: `^([a-z][a-z0-9_]*\.)?batch$`, Description: "batches of the losses beside it, or of one"}
		*s = jsonschema.Schema{AnyOf: []*jsonschema.Schema{ref("op"), batches, ref("loss")}}
	}},
	{"loss", reflect.TypeFor[result.Definition](), func(s *jsonschema.Schema) {
		s.Properties["formula"].MinLength = jsonschema.Ptr(1)
		each := s.Properties["params"].AdditionalProperties
		notNull(each)
		each.MinItems, each.MaxItems = jsonschema.Ptr(2), jsonschema.Ptr(2)
	}},
	{"real", reflect.TypeFor[result.Real](), func(s *jsonschema.Schema) {
		*s = jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "number"}, {Enum: []any{"NaN", "Infinity", "-Infinity"}}}}
	}},
}

// asked is what the schema of a call, or of a row, has beside its Go type.
func asked(s *jsonschema.Schema) {
	parameters(s)
	s.Properties["energies"].MinItems = jsonschema.Ptr(1)
	s.Properties["answer"].Minimum = jsonschema.Ptr(0.0)
}

// only lets a property have this value alone.
func only(s *jsonschema.Schema, property string, value any) {
	s.Properties[property] = &jsonschema.Schema{Const: &value}
}

// Schema returns the JSON Schema of the protocol, made from the Go types of its
// messages: a line is one of start, started, run, results and stop in "$defs".
// protocol.schema.json is what it was last written to.
func Schema() *jsonschema.Schema {
	root := &jsonschema.Schema{
		Schema: "https://json-schema.org/draft/2020-12/schema",
		Title:  fmt.Sprintf("The adapter protocol of ebmcheck, version %d", Version),
		Defs:   map[string]*jsonschema.Schema{},
	}
	refs := map[reflect.Type]*jsonschema.Schema{reflect.TypeFor[op.Call](): ref("call")}
	for _, d := range defs {
		refs[d.of] = ref(d.name)
	}
	for _, d := range defs {
		others := map[reflect.Type]*jsonschema.Schema{}
		for t, r := range refs {
			if t != d.of {
				others[t] = r
			}
		}
		s, err := jsonschema.ForType(d.of, &jsonschema.ForOptions{TypeSchemas: others})
		if err != nil {
			panic("adapter: " + err.Error()) // the types of this file have schemas
		}
		for _, p := range s.Properties {
			notNull(p)
		}
		if d.more != nil {
			d.more(s)
		}
		root.Defs[d.name] = s
	}
	for _, message := range []string{"start", "started", "run", "results", "stop"} {
		root.OneOf = append(root.OneOf, ref(message))
	}
	return root
}

func ref(name string) *jsonschema.Schema { return &jsonschema.Schema{Ref: "#/$defs/" + name} }

// notNull takes back that a slice or pointer may be null: in the protocol it
// is there or it is left out.
func notNull(s *jsonschema.Schema) {
	if len(s.Types) > 0 && s.Types[0] == "null" {
		s.Type, s.Types = strings.Join(s.Types[1:], ""), nil // none is left of a reference's
	}
}

// rules hold messages to the schema, by the name of the message.
type rules map[string]*jsonschema.Resolved

func newRules() rules {
	r := rules{}
	for _, name := range []string{"start", "started", "run", "results", "answer"} {
		s := Schema()
		s.OneOf, s.Ref = nil, "#/$defs/"+name
		resolved, err := s.Resolve(nil)
		if err != nil {
			panic("adapter: " + err.Error()) // the schema is ours
		}
		r[name] = resolved
	}
	return r
}

// check says why the message breaks the schema. Without rules nothing does.
func (r rules) check(name string, message []byte) error {
	if r == nil {
		return nil
	}
	var value any
	if err := json.Unmarshal(message, &value); err != nil {
		return err
	}
	if err := r[name].Validate(value); err != nil {
		return fmt.Errorf("against the schema of %s: %w", name, err)
	}
	return nil
}

// checkEnvelope is check for results, its entries apart: they are checked one
// by one, so that what is wrong with one is no other's trouble.
func (r rules) checkEnvelope(message []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(message, &fields); err != nil {
		return err
	}
	fields["results"] = json.RawMessage("[]")
	bare, err := json.Marshal(fields)
	if err != nil {
		return err
	}
	return r.check("results", bare)
}
