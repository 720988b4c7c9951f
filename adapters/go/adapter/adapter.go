// Package adapter puts an implementation of energy-based losses, in Go,
// through ebmcheck as a process of its own. It is one file with the standard
// library only: copy it, or import it.
//
//	func main() {
//		adapter.Serve(adapter.Info{Name: "my-losses"}, adapter.Ops{
//			"hinge": func(c adapter.Call) (adapter.Answer, error) {
//				t := c.Margin + c.Energies[0] - c.Energies[1]
//				if t > 0 {
//					return adapter.Answer{Value: t, Grad: []float64{1, -1}}, nil
//				}
//				return adapter.Answer{Grad: []float64{0, 0}}, nil
//			},
//		})
//	}
//
// A loss that is not of the protocol is judged by its formula:
//
//	adapter.Serve(info, nil, adapter.Loss{
//		Name: "squared_hinge", Formula: "pos(m + F[y] - F[ybar])^2",
//		Ranges: map[string][2]float64{"m": {0, 10}}, // which it has anyway
//		Func:   squaredHinge,                        // of c.Margin, as above
//	})
//
// What computes many answers at once stands in Batched, and is given all the calls of a
// request; what answers batches, with mask, weights and reduction, stands in Batches:
//
//	adapter.Serve(info, ops, adapter.Batched{"nll": nlls}, adapter.Batches{"nll": nllBatch})
//
// Who tests Go code from its own go test needs no process: see properties.Test.
//
// The package takes standard output for the protocol: os.Stdout is standard
// error as soon as it is imported.
package adapter

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"runtime"
	"slices"
	"strconv"
)

// A Call is what an op is sent: F, and of the others what PROTOCOL.md says.
type Call struct {
	Op       string
	Energies []float64 // F; a pair op has [F(x,y), F(x,ȳ)]
	Answer   int       // y
	Beta     float64   // β
	Margin   float64   // m
	Gamma    float64   // γ
	Cap      float64   // M

	Params map[string]float64 // of a Loss: any other parameter, by its name
}

// An Answer has Probs for gibbs, Index for infer, and Value for the others,
// with Grad unless it is nil. To a Batch it has Values, or Value of a mean or sum, and
// Grads unless it is nil.
type Answer struct {
	Value       float64
	Grad, Probs []float64
	Index       int
	Values      []float64
	Grads       [][]float64
}

// A Batch is calls of one op as the rows of a table. The values of the rows are w·ℓ; a sum
// is Σ w·ℓ, a mean Σ w·ℓ / Σ w, of the rows of which an entry counts. The gradient is that
// of what is answered, and 0 by an entry that does not count.
type Batch struct {
	Rows      []Call    // of as many energies each
	Mask      [][]bool  // which energies count; what pads a row does not
	Weights   []float64 // w ≥ 0 of each row
	Reduction string    // none, mean or sum
}

// Unsupported is the error of a call outside what the implementation does; it
// says why. Any other error, and a panic, refuses the call.
type Unsupported string

func (u Unsupported) Error() string { return string(u) }

// Ops maps the names of operations to what answers them.
type Ops map[string]func(Call) (Answer, error)

// An Offer is what Serve offers beside Ops: a Loss, Batched or Batches.
type Offer interface{ join(*table) }

// Batched maps the names of operations to what answers all the calls of a request at once,
// an answer each. Where it is an error, or panics, each call is asked alone, so that only
// those are refused for which it is one again; if none is, all are. Unsupported is no
// refusal: "not together".
type Batched map[string]func([]Call) ([]Answer, error)

// Batches maps the names of losses, of the protocol or beside it, to what answers batches of
// them.
type Batches map[string]func(Batch) (Answer, error)

// A Loss is defined by its formula. Of a pair loss, over F[y] and F[ybar] alone, the
// energies are [F(x,y), F(x,ȳ)]. Its Ranges are where parameters are drawn from, 0 to 10
// unless told.
type Loss struct {
	Name    string                     `json:"name"`
	Formula string                     `json:"formula"`
	Ranges  map[string][2]float64      `json:"params,omitempty"`
	Func    func(Call) (Answer, error) `json:"-"`
}

// field is that of the answer to an op, where it is not value.
//
// ops, as `make update` writes them
var field = map[string]string{"gibbs": "probs", "infer": "index"}

// end of ops

// reduced is the same of batches, by their reductions.
var reduced = map[string]string{"none": "values"}

// Info describes the implementation. Precision is the arithmetic by whose
// ulps errors are judged, float64 if empty.
type Info struct {
	Name, Version, Framework, Precision string
}

var answers = os.Stdout

func init() { os.Stdout = os.Stderr }

// A table is what is offered, and what answers it.
type table struct {
	offered []any
	ops     Ops
	batched Batched
	batches Batches
}

func (o Ops) join(t *table) {
	for _, name := range slices.Sorted(maps.Keys(o)) {
		t.add(name, name)
		t.ops[name] = o[name]
	}
}

func (o Batched) join(t *table) {
	for _, name := range slices.Sorted(maps.Keys(o)) {
		t.add(name, name)
		t.batched[name] = o[name]
	}
}

func (l Loss) join(t *table) {
	t.add(l.Name, l)
	t.ops[l.Name] = l.Func
}

func (o Batches) join(t *table) {
	for _, name := range slices.Sorted(maps.Keys(o)) {
		t.offered = append(t.offered, name+".batch")
		t.batches[name] = o[name]
	}
}

// add offers entry, which is called name.
func (t *table) add(name string, entry any) {
	if t.ops[name] != nil || t.batched[name] != nil {
		panic("adapter: two losses are called " + name)
	}
	t.offered = append(t.offered, entry)
}

// Serve answers the runner until it says stop or closes the pipe.
func Serve(info Info, ops Ops, more ...Offer) {
	t := &table{offered: []any{}, ops: Ops{}, batched: Batched{}, batches: Batches{}}
	ops.join(t)
	for _, o := range more {
		o.join(t)
	}
	if info.Precision == "" {
		info.Precision = "float64"
	}
	in := bufio.NewReaderSize(os.Stdin, 1<<16)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		var q struct {
			Cmd   string
			Seq   json.RawMessage
			Calls []wireCall
		}
		if err := json.Unmarshal(line, &q); err != nil {
			fmt.Fprintln(os.Stderr, "adapter:", err)
			os.Exit(1)
		}
		var reply []byte
		switch q.Cmd {
		case "start":
			reply = start(info, t)
		case "run":
			reply = fmt.Appendf(reply, `{"seq":%s,"results":[`, q.Seq)
			reply = append(append(reply, bytes.Join(t.answers(q.Calls), []byte(","))...), "]}"...)
		case "stop":
			return
		}
		if _, err := answers.Write(append(reply, '\n')); err != nil {
			return // the runner is gone
		}
	}
}

func start(info Info, t *table) []byte {
	b, err := json.Marshal(map[string]any{
		"version": 1, "precision": info.Precision, "ops": t.offered, "declares": map[string]bool{"together": len(t.batched) > 0},
		"implementation": map[string]string{"name": info.Name, "version": info.Version, "framework": info.Framework,
			"language": "go", "language_version": runtime.Version()},
	})
	if err != nil {
		panic("adapter: " + err.Error()) // strings always marshal
	}
	return b
}

// answers are those to ws, in order; those of an op that is batched are found together.
func (t *table) answers(ws []wireCall) [][]byte {
	texts, together := make([][]byte, len(ws)), map[string][]int{}
	for i, w := range ws {
		switch {
		case w.Op == "batch":
			a, err := try(t.batches[w.Of], w.batch())
			texts[i] = text(reduced[w.Reduction], a, err)
		case t.batched[w.Op] != nil:
			together[w.Op] = append(together[w.Op], i)
		default:
			a, err := try(t.ops[w.Op], w.call())
			texts[i] = text(field[w.Op], a, err)
		}
	}
	for op, at := range together {
		calls := make([]Call, len(at))
		for k, i := range at {
			calls[k] = ws[i].call()
		}
		for k, b := range t.together(op, calls) {
			texts[at[k]] = b
		}
	}
	return texts
}

// together are the answers to calls of op, which is batched.
func (t *table) together(op string, calls []Call) [][]byte {
	all := func(calls []Call) ([]Answer, error) {
		as, err := t.batched[op](slices.Clone(calls))
		if err == nil && len(as) != len(calls) {
			err = fmt.Errorf("%d answers to %d calls: want one a call", len(as), len(calls))
		}
		return as, err
	}
	texts := make([][]byte, len(calls))
	as, err := try(all, calls)
	if err == nil {
		for k, a := range as {
			texts[k] = text(field[op], a, nil)
		}
		return texts
	}
	var no Unsupported
	refused := errors.As(err, &no)
	for k := range calls {
		as, err := try(all, calls[k:k+1])
		refused = refused || err != nil
		if err != nil {
			as = []Answer{{}}
		}
		texts[k] = text(field[op], as[0], err)
	}
	if !refused {
		for k := range texts {
			texts[k] = text(field[op], Answer{}, fmt.Errorf("%d calls together, each of which alone is answered: %w", len(calls), err))
		}
	}
	return texts
}

// text is an answer, of which field is what is not value, as the protocol has it.
func text(field string, a Answer, err error) (b []byte) {
	var no Unsupported
	switch {
	case errors.As(err, &no):
		return appendMessage(b, "unsupported", string(no))
	case err != nil:
		return appendMessage(b, "error", err.Error())
	case field == "probs":
		return append(appendReals(append(b, `{"probs":`...), a.Probs), '}')
	case field == "index":
		return append(strconv.AppendInt(append(b, `{"index":`...), int64(a.Index), 10), '}')
	case field == "values":
		b = appendReals(append(b, `{"values":`...), a.Values)
	default:
		b = appendReal(append(b, `{"value":`...), a.Value)
	}
	if a.Grad != nil {
		b = appendReals(append(b, `,"grad":`...), a.Grad)
	}
	if a.Grads != nil {
		b = append(b, `,"grads":[`...)
		for i, g := range a.Grads {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendReals(b, g)
		}
		b = append(b, ']')
	}
	return append(b, '}')
}

// try answers q; a panic becomes an error.
func try[Q, A any](f func(Q) (A, error), q Q) (a A, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return f(q)
}

func appendMessage(b []byte, key, text string) []byte {
	quoted, _ := json.Marshal(text) // a string always marshals
	return fmt.Appendf(b, `{%q:%s}`, key, quoted)
}

func appendReals(b []byte, xs []float64) []byte {
	b = append(b, '[')
	for i, x := range xs {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendReal(b, x)
	}
	return append(b, ']')
}

// appendReal writes x as the protocol spells it: 1.0, -0.0, 1e+21, "NaN".
func appendReal(b []byte, x float64) []byte {
	switch {
	case math.IsNaN(x):
		return append(b, `"NaN"`...)
	case math.IsInf(x, 1):
		return append(b, `"Infinity"`...)
	case math.IsInf(x, -1):
		return append(b, `"-Infinity"`...)
	}
	n := len(b)
	b = strconv.AppendFloat(b, x, 'g', -1, 64)
	if !bytes.ContainsAny(b[n:], ".e") {
		b = append(b, ".0"...)
	}
	return b
}

// real is a float64 on the wire: a number or one of the strings that JSON
// numbers cannot say.
type real float64

func (x *real) UnmarshalJSON(b []byte) error {
	f, err := strconv.ParseFloat(string(bytes.Trim(b, `"`)), 64) // it reads Infinity and NaN too
	*x = real(f)
	return err
}

type wireCall struct {
	Op                       string
	Energies                 []real
	Answer                   int
	Beta, Margin, Gamma, Cap real
	Params                   map[string]real

	Of        string
	Rows      []wireCall
	Mask      [][]bool
	Weights   []real
	Reduction string
}

// batch is w, of which there is a mask and are weights where none were sent, too.
func (w wireCall) batch() Batch {
	b := Batch{Mask: w.Mask, Weights: floats(w.Weights), Reduction: w.Reduction}
	for _, r := range w.Rows {
		r.Op = w.Of
		b.Rows = append(b.Rows, r.call())
		if w.Mask == nil {
			b.Mask = append(b.Mask, slices.Repeat([]bool{true}, len(r.Energies)))
		}
		if w.Weights == nil {
			b.Weights = append(b.Weights, 1)
		}
	}
	return b
}

func floats(xs []real) []float64 {
	fs := make([]float64, len(xs))
	for i, x := range xs {
		fs[i] = float64(x)
	}
	return fs
}

func (w wireCall) call() Call {
	params := make(map[string]float64, len(w.Params))
	for name, x := range w.Params {
		params[name] = float64(x)
	}
	return Call{w.Op, floats(w.Energies), w.Answer, float64(w.Beta), float64(w.Margin), float64(w.Gamma), float64(w.Cap), params}
}
