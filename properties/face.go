package properties

import (
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
)

// The operations of the protocol.
const (
	Gibbs        = op.Gibbs
	FreeEnergy   = op.FreeEnergy
	Infer        = op.Infer
	Energy       = op.Energy
	Perceptron   = op.Perceptron
	NLL          = op.NLL
	MEE          = op.MEE
	Simple       = op.Simple
	Hinge        = op.Hinge
	Log          = op.Log
	SoftHinge    = op.SoftHinge
	SquareSquare = op.SquareSquare
	SquareExp    = op.SquareExp
	MCE          = op.MCE
	LVQ2         = op.LVQ2
)

// The precisions of the protocol.
const (
	Float64  = op.Float64
	Float32  = op.Float32
	BFloat16 = op.BFloat16
	Float16  = op.Float16
)

// Funcs makes a subject from one Go function an op. Its precision is float64;
// set another if the functions compute in it.
func Funcs(name string, ops map[Op]func(Call) Reply) Subject { return op.Funcs(name, ops) }

// Reference is this module's own implementation, ebm and losses, as a subject.
func Reference() Subject { return op.Reference() }

// Check puts one call to s and judges the reply by every claim of the call's
// regime, at both levels where both are asked. It returns an error that names
// the claim refuted, what was got and what is right. A call that s does not
// support, or a gradient that it does not give, is not judged.
func Check(s Subject, c Call) error { return judge.Check(s, c) }
