package command

import (
	"encoding/json"
	"reflect"

	"github.com/google/jsonschema-go/jsonschema"

	"ebmcheck/properties/op"
)

// vectorsSchema is the JSON Schema of vectors.json.
func vectorsSchema() (*jsonschema.Schema, error) {
	real := &jsonschema.Schema{OneOf: []*jsonschema.Schema{{Type: "number"}, {Enum: []any{"NaN", "Infinity", "-Infinity"}}}}
	bound := &jsonschema.Schema{OneOf: append([]*jsonschema.Schema{{Type: "null"}}, real.OneOf...)}
	s, err := jsonschema.ForType(reflect.TypeFor[vectors](), &jsonschema.ForOptions{TypeSchemas: map[reflect.Type]*jsonschema.Schema{
		reflect.TypeFor[op.Call](): callSchema(real),
		reflect.TypeFor[number](): {
			Type: "array", MinItems: jsonschema.Ptr(2), MaxItems: jsonschema.Ptr(4),
			Description: "what is right, correctly rounded, in decimal and in hex (at a kink of the loss a number that is right); then the least and the largest number that is REQUIRED, if another than what is right is; they are \"NaN\" where anything but a finite number is, and null where nothing is REQUIRED",
			PrefixItems: []*jsonschema.Schema{real, {Type: "string"}, bound, bound},
		},
	}})
	if err != nil {
		return nil, err
	}
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	s.Title = "Cases with their right answers, of ebmcheck"
	return s, nil
}

// callSchema is the schema of a call: its op, the energies, the right answer, where the op has
// one, and the op's parameters.
func callSchema(real *jsonschema.Schema) *jsonschema.Schema {
	s := &jsonschema.Schema{
		Type: "object", Required: []string{"op", "energies"}, AdditionalProperties: &jsonschema.Schema{Not: &jsonschema.Schema{}},
		Properties: map[string]*jsonschema.Schema{
			"op":       {Type: "string"},
			"energies": {Type: "array", Items: real, Description: "F, one an answer; of a pair [F(x,y), F(x,ȳ)]"},
			"answer":   {Type: "integer", Description: "y, the index of the right answer"},
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
