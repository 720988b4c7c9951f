package op

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/result"
)

// Op names an operation that a subject can offer (PROTOCOL.md, "Operations"), or
// one that a user defined by its formula.
type Op string

// The operations of the protocol.
const (
	Gibbs        Op = "gibbs"
	FreeEnergy   Op = "free_energy"
	Infer        Op = "infer"
	Energy       Op = "energy"
	Perceptron   Op = "perceptron"
	NLL          Op = "nll"
	MEE          Op = "mee"
	Simple       Op = "simple"
	Hinge        Op = "hinge"
	Log          Op = "log"
	SoftHinge    Op = "soft_hinge"
	SquareSquare Op = "square_square"
	SquareExp    Op = "square_exp"
	MCE          Op = "mce"
	LVQ2         Op = "lvq2"
)

// A Row is an operation: everything about it. Of what it leaves nil or empty it has
// none, but Truth, Bound and Standard, which are then those of its formula.
type Row struct {
	Op Op

	// What it is sent, and what it answers.
	Pair    bool    // exactly two energies, F = [F(x,y), F(x,ȳ)], and answer 0
	Answer  bool    // y, the correct answer
	Params  []Param // β, m, …
	Two     bool    // it needs two energies or more: an incorrect answer
	Answers Answers
	Limits  bool // it is asked for the limits β = 0 and β = ∞, which a subject may call unsupported

	// What is true.
	Symbol  string   // of what it answers: "ℓ"
	Formula string   // in the language of package formula: the definition; of gibbs p_y
	Forms   []string // the formulas by which competent code computes it, where it is not as the definition is written
	Slopes  []string // the gradient: by F and by F̄ of a pair, else by F_i
	Says    string   // what no formula says: the answer that is an index, a gradient that is a set
	Truth   func(Call) exact.Truth

	// What is allowed.
	Standard string                          // the algorithm whose bound is REQUIRED, in words
	Bound    func(c Call, m Model) Allowance // what that algorithm cannot exceed
	Signs    Signs                           // the signs that it keeps
	Cancels  func(Call) float64              // the size below which the value counts as cancelling: RECOMMENDED then allows 4 ulps of it

	// Where faults hide, beside the strata that all ops of its shape have.
	Strata func(Precision) []Stratum

	// Where it is stated, and what this module has for it.
	Refs      []string
	Where     string
	Reference func(Call) Reply

	// What whoever defined it should know: what a naive formula lets pass, and which
	// primitive does not.
	Advice []string

	Of *Row // of an op of batches: that of its rows

	loss *loss // of one that has its truth or bound by its formula
}

// Answers is what an operation answers.
type Answers int

// The kinds of answers.
const (
	AsValue Answers = iota // a value, and its gradient by the energies
	AsProbs                // one an energy
	AsIndex                // of an answer
	AsRows                 // of a batch: what its reduction makes of the values of its rows, and the gradients of these
)

// catalogue are the operations of the protocol, in its order.
var catalogue = []*Row{&gibbs, &freeEnergy, &infer, &energy, &perceptron, &nll, &mee, &simple, &hinge, &logLoss, &softHinge, &squareSquare, &squareExp, &mce, &lvq2}

// Ops lists the operations of the catalogue.
var Ops = func() []Op {
	var ops []Op
	for _, r := range catalogue {
		ops = append(ops, r.Op)
	}
	return ops
}()

// rows has every operation by its name. It is replaced, never changed.
var (
	rows    atomic.Pointer[map[Op]*Row]
	growing sync.Mutex
)

func init() {
	m := map[Op]*Row{}
	for _, r := range catalogue {
		if r.Truth == nil || r.Bound == nil {
			_ = r.define() // Validate says what is wrong with its formula
		}
		m[r.Op] = r
		if r.Answers == AsValue {
			m[r.Op+suffix] = r.batches()
		}
	}
	rows.Store(&m)
}

// Find returns the row of op; ok is false if there is no such operation.
func Find(op Op) (r *Row, ok bool) {
	r, ok = (*rows.Load())[op]
	return r, ok
}

// Defined lists the operations that users defined, by name.
func Defined() []Op {
	var ops []Op
	for o, r := range *rows.Load() {
		if r.Of == nil && !slices.Contains(Ops, o) {
			ops = append(ops, o)
		}
	}
	slices.Sort(ops)
	return ops
}

// Row returns the row of op. It panics if there is no such operation.
func (op Op) Row() *Row {
	r, ok := Find(op)
	if !ok {
		panic("op: " + Unknown(op).Error())
	}
	return r
}

// Unknown is the error about an operation that there is not: it names the nearest.
func Unknown(op Op) error {
	var names []string
	for o := range *rows.Load() {
		names = append(names, string(o))
	}
	slices.Sort(names)
	return fmt.Errorf("unknown op %q: the nearest is %q (a loss of your own is first defined by its formula: properties.Define, or an object in \"ops\")", op, result.Nearest(string(op), names))
}

// Least is the smallest number of energies that the op can be asked about.
func (r *Row) Least() int {
	if r.Pair || r.Two {
		return 2
	}
	return 1
}
