package command

import (
	"encoding/json"
	"reflect"
	"slices"

	"github.com/google/jsonschema-go/jsonschema"

	"ebmcheck/properties/op"
)

// vectorsSchema is the JSON Schema of vectors.json.
func vectorsSchema() (*jsonschema.Schema, error) {
	real := &jsonschema.Schema{OneOf: []*jsonschema.Schema{{Type: "number"}, {Enum: []any{"NaN", "Infinity", "-Infinity"}}}}
	null := &jsonschema.Schema{Type: "null"}
	hex := &jsonschema.Schema{Type: "string", Pattern: `^(-?0x[01](\.[0-9a-f]+)?p[-+][0-9]+|NaN|[-+]Inf)$`}
	list := func(of ...*jsonschema.Schema) *jsonschema.Schema {
		return &jsonschema.Schema{Type: "array", MinItems: jsonschema.Ptr(len(of)), MaxItems: jsonschema.Ptr(len(of)), PrefixItems: of}
	}
	s, err := jsonschema.ForType(reflect.TypeFor[vectors](), &jsonschema.ForOptions{TypeSchemas: map[reflect.Type]*jsonschema.Schema{
		reflect.TypeFor[op.Call](): callSchema(real),
		reflect.TypeFor[number](): {
			Type:        "array",
			Description: "what is right, correctly rounded, in decimal and in hex (at a kink of the loss a number that is right); then the least and the largest number that is REQUIRED, if another than what is right is; they are \"NaN\" where anything but a finite number is, and null where nothing is REQUIRED",
			OneOf:       []*jsonschema.Schema{list(real, hex), list(real, hex, real, real), list(real, hex, null, null)},
		},
	}})
	if err != nil {
		return nil, err
	}
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	s.Title = "Cases with their right answers, of ebmcheck"
	s.Properties["suite"].Const = jsonschema.Ptr(any("ebmcheck"))
	s.Properties["precision"].Const = jsonschema.Ptr(any(op.Float64.String()))
	cases := s.Properties["cases"]
	cases.MinItems = jsonschema.Ptr(1)
	lists := []*jsonschema.Schema{cases} // of which none is null
	for _, name := range slices.Concat(answers...) {
		lists = append(lists, cases.Items.Properties[name])
	}
	for _, l := range lists {
		l.Types, l.Type = nil, "array"
	}
	for _, o := range op.Ops {
		cases.Items.OneOf = append(cases.Items.OneOf, caseSchema(o))
	}
	return s, nil
}

// answers are the fields of the answers of a case.
var answers = [][]string{op.AsValue: {"value", "grad"}, op.AsProbs: {"probs"}, op.AsIndex: {"index"}}

// caseSchema is what a case of an op has beside what all have: the op's parameters, as many
// numbers as the answer has, and no other answer.
func caseSchema(o op.Op) *jsonschema.Schema {
	row := o.Row()
	call := &jsonschema.Schema{Properties: map[string]*jsonschema.Schema{"op": {Const: jsonschema.Ptr(any(string(o)))}}}
	for _, p := range row.Params {
		call.Required = append(call.Required, p.Sent)
	}
	if row.Answer || row.Pair {
		call.Required = append(call.Required, "answer")
	}
	energies := func() *jsonschema.Schema {
		if row.Pair {
			return &jsonschema.Schema{MinItems: jsonschema.Ptr(2), MaxItems: jsonschema.Ptr(2)}
		}
		return &jsonschema.Schema{MinItems: jsonschema.Ptr(1)}
	}
	call.Properties["energies"] = energies()
	s := &jsonschema.Schema{Properties: map[string]*jsonschema.Schema{"call": call}, Not: &jsonschema.Schema{}}
	for as, names := range answers {
		for _, name := range names {
			if op.Answers(as) != row.Answers {
				s.Not.AnyOf = append(s.Not.AnyOf, &jsonschema.Schema{Required: []string{name}})
				continue
			}
			s.Required = append(s.Required, name)
			if name == "grad" || name == "probs" { // a number an energy
				s.Properties[name] = energies()
			}
		}
	}
	return s
}

// callSchema is the schema of a call: its op, the energies, the right answer, where the op has
// one, and the op's parameters.
func callSchema(real *jsonschema.Schema) *jsonschema.Schema {
	s := &jsonschema.Schema{
		Type: "object", Required: []string{"op", "energies"}, AdditionalProperties: &jsonschema.Schema{Not: &jsonschema.Schema{}},
		Properties: map[string]*jsonschema.Schema{
			"op":       {Type: "string"},
			"energies": {Type: "array", Items: real, Description: "F, one an answer; of a pair [F(x,y), F(x,ȳ)]"},
			"answer":   {Type: "integer", Minimum: jsonschema.Ptr(0.0), Description: "y, the index of the right answer"},
		},
	}
	for _, o := range op.Ops {
		s.Properties["op"].Enum = append(s.Properties["op"].Enum, string(o))
		for _, p := range o.Row().Params {
			s.Properties[p.Sent] = real
		}
	}
	return s
}

// text is the schema as a file.
func text(s *jsonschema.Schema) ([]byte, error) {
	b, err := json.MarshalIndent(s, "", "  ")
	return append(b, '\n'), err
}
