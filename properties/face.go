package properties

import (
	"fmt"
	"slices"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// What users' code needs of the packages below, under one name.
type (
	Op        = op.Op         // the name of an operation
	Call      = op.Call       // a question to a subject
	Reply     = op.Reply      // its answer
	Subject   = op.Subject    // an implementation under judgement
	Precision = op.Precision  // the arithmetic that a subject declares
	Result    = result.Result // the outcome of a claim
	Stored    = judge.Stored  // a counterexample kept from run to run
	Range     = op.ParamRange // of a parameter of a loss that is defined by its formula
	Batch     = op.Batch      // the rows of a call of BatchOf an op
	Reduction = op.Reduction  // what a batch makes of the values of its rows: None, Mean, Sum
)

// The precisions of the protocol.
const (
	Float64  = op.Float64
	Float32  = op.Float32
	BFloat16 = op.BFloat16
	Float16  = op.Float16
)

// The reductions of batches.
const (
	None = op.None
	Mean = op.Mean
	Sum  = op.Sum
)

// BatchOf is the op of batches of o, which answers a value: rows of o that are asked at
// once, padded to one length, with a mask, weights and a reduction. Its calls have a Batch.
// A reply has Values, or of a mean or sum Value, and Grads, unless there is none:
//
//	properties.BatchOf(properties.Hinge): func(c properties.Call) properties.Reply {
//		b := c.Batch // b.Rows, b.Mask, b.Weights, b.Reduction
//		…
//	}
func BatchOf(o Op) Op { return op.BatchOf(o) }

// Funcs makes a subject from one Go function an op. Its precision is float64;
// set another if the functions compute in it.
func Funcs(name string, ops map[Op]func(Call) Reply) Subject { return op.Funcs(name, ops) }

// Reference is this module's own implementation, ebm and losses, as a subject.
func Reference() Subject { return op.Reference() }

// Define makes an op of a loss that is given by its formula, in the language of package
// formula, so that it is used like any other:
//
//	sq := properties.Define("squared_hinge", "pos(m + F[y] - F[ybar])^2", properties.Range{Name: "m", Lo: 0, Hi: 5})
//	properties.Test(t, properties.Funcs("mine", map[properties.Op]func(properties.Call) properties.Reply{sq: …}))
//
// The parameters m, beta, gamma and M stand in the fields Margin, Beta, Gamma and Cap of
// a Call, any other in Params. One without a range is drawn from 0 to 10, beta over
// decades. The truth is the formula's; REQUIRED allows what its operations as written
// cost, each rounding once.
//
// It panics on a formula that does not parse, with the place marked; on the name of an op
// of the catalogue; and on a name that is taken with another formula.
func Define(name, formula string, ranges ...Range) Op {
	o, err := op.Define(name, formula, ranges...)
	if err == nil && slices.Contains(op.Ops, o) {
		err = fmt.Errorf("op %s is one of the catalogue: use properties.Op(%q)", name, name)
	}
	if err != nil {
		panic("properties: " + err.Error())
	}
	return o
}

// Check puts one call to s and judges the reply by every claim of the call's
// regime, at both levels where both are asked. It returns an error that names
// the claim refuted, what was got and what is right; or what is wrong with the call, or that
// s does not offer its op. A call that s does not support, or a gradient that it does not
// give, is not judged.
func Check(s Subject, c Call) error { return judge.Check(s, c) }
