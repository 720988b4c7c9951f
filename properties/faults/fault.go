package faults

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

type (
	call  = op.Call
	reply = op.Reply
)

// An answer is an implementation of one op.
type answer = func(call) reply

// A Fault is a wrong implementation of one op: one that somebody shipped,
// printed or could believe in.
type Fault struct {
	ID     string // "nll-winner-zero", stable
	Source string // where it was seen: see doc.go for the abbreviations
	Says   string // what it does wrong
	Killer        // what must refute it

	start func() answer // a fresh implementation: some faults are in the state
}

// A Killer is the claim that must refute a fault, the strictest level at
// which it does, and the easiest regime.
type Killer struct {
	Claim       string       // "nll.value"
	Level       result.Level // properties.Required or properties.Recommended
	Regime      judge.Regime
	In          op.Precision // the subject's arithmetic
	op.Declared              // and what it says of it
}

// required says that the claim refutes at REQUIRED in regime r.
func required(claim string, r judge.Regime) Killer {
	return Killer{Claim: claim, Level: result.Required, Regime: r}
}

// recommended says that the claim refutes at RECOMMENDED in regime r, and not
// at REQUIRED.
func recommended(claim string, r judge.Regime) Killer {
	return Killer{Claim: claim, Level: result.Recommended, Regime: r}
}

// in is k for a fault in the arithmetic of precision p.
func (k Killer) in(p op.Precision) Killer {
	k.In = p
	return k
}

// declaring is k for a fault that declares so much of its arithmetic.
func (k Killer) declaring(d op.Declared) Killer {
	k.Declared = d
	return k
}

const (
	tame      = judge.Tame
	wide      = judge.Wide
	extreme   = judge.Extreme
	nonfinite = judge.NonFinite
)

// Op returns the op that f gets wrong.
func (f Fault) Op() op.Op {
	return op.Op(f.Claim[:strings.LastIndex(f.Claim, ".")])
}

// Subject returns f as a subject that offers only its op. Each is fresh: none
// has been asked anything.
func (f Fault) Subject() op.Subject {
	s := op.Funcs(f.ID, map[op.Op]func(call) reply{f.Op(): f.start()})
	s.Precision, s.Declares = f.In, f.Declared
	return s
}

// Wrong are all faults, by family.
var Wrong = slices.Concat(printed, logSumExp, likelihood, inference, pairs, smooth, state, undefined, strata, precision, narrowFaults,
	indices, lengths, sentinels, masks, offsets, parameters, signs, finites, formats, impossibles, races, declarers, batches)

// pure is an implementation without state.
func pure(a answer) func() answer { return func() answer { return a } }

// asking is the reference, asked another call.
func asking(change func(c *call)) func() answer {
	return pure(func(c call) reply {
		c.Energies = slices.Clone(c.Energies)
		change(&c)
		return right(c)
	})
}

// saying is the reference with another reply.
func saying(change func(c call, r *reply)) func() answer {
	return pure(func(c call) reply {
		r := right(c)
		change(c, &r)
		return r
	})
}

// valued is the reference with another value.
func valued(value func(c call) float64) func() answer {
	return saying(func(c call, r *reply) { r.Value = value(c) })
}

// sloped is the reference with another gradient.
func sloped(slope func(c call, grad []float64)) func() answer {
	return saying(func(c call, r *reply) { slope(c, r.Grad) })
}

// massed is the reference with other probabilities.
func massed(mass func(c call, p []float64)) func() answer {
	return saying(func(c call, r *reply) { mass(c, r.Probs) })
}

// numbers are all the numbers of a reply, to be changed in place.
func numbers(r *reply) []*float64 {
	all := []*float64{&r.Value}
	for i := range r.Grad {
		all = append(all, &r.Grad[i])
	}
	for i := range r.Probs {
		all = append(all, &r.Probs[i])
	}
	return all
}

// gibbs returns the true probabilities of the energies of c.
func gibbs(c call) []float64 {
	return right(call{Op: op.Gibbs, Energies: c.Energies, Beta: c.Beta}).Probs
}

// pair returns F, F̄ and the one parameter of a pair loss: m, γ or the cap M.
func pair(c call) (F, Fbar, m float64) {
	return c.Energies[0], c.Energies[1], c.Margin + c.Gamma + c.Cap
}

// pairValue is the reference of a pair loss with another value.
func pairValue(value func(F, Fbar, m float64) float64) func() answer {
	return valued(func(c call) float64 { return value(pair(c)) })
}

// pairSlope is the reference of a pair loss with another gradient.
func pairSlope(slope func(F, Fbar, m float64) (dF, dFbar float64)) func() answer {
	return sloped(func(c call, grad []float64) { grad[0], grad[1] = slope(pair(c)) })
}

// The ops by what they are asked: all energies and an answer, or a pair. valueOps
// are those that answer with a value and a gradient: these and free_energy.
var (
	wholeOps = those(func(r *op.Row) bool { return r.Answers == op.AsValue && r.Answer })
	pairOps  = those(func(r *op.Row) bool { return r.Pair })
	valueOps = those(func(r *op.Row) bool { return r.Answers == op.AsValue })
)

// those are the ops of such rows.
func those(such func(*op.Row) bool) []op.Op {
	return slices.DeleteFunc(slices.Clone(op.Ops), func(o op.Op) bool { return !such(o.Row()) })
}

// shared has the faults that each has put in several ops.
var shared = map[string]bool{}

// each is the same fault in several ops: %s in the ID and in the claim stands
// for the op.
func each(f Fault, ops ...op.Op) []Fault {
	fs := make([]Fault, len(ops))
	for i, op := range ops {
		fs[i] = f
		fs[i].ID, fs[i].Claim = fmt.Sprintf(f.ID, op), fmt.Sprintf(f.Claim, op)
		shared[fs[i].ID] = true
	}
	return fs
}
