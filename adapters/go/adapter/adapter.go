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
// with Grad unless it is nil.
type Answer struct {
	Value       float64
	Grad, Probs []float64
	Index       int
}

// Unsupported is the error of a call outside what the implementation does; it
// says why. Any other error, and a panic, refuses the call.
type Unsupported string

func (u Unsupported) Error() string { return string(u) }

// Ops maps the names of operations to what answers them.
type Ops map[string]func(Call) (Answer, error)

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

// Info describes the implementation. Precision is the arithmetic by whose
// ulps errors are judged, float64 if empty.
type Info struct {
	Name, Version, Framework, Precision string
}

var answers = os.Stdout

func init() { os.Stdout = os.Stderr }

// Serve answers the runner until it says stop or closes the pipe.
func Serve(info Info, ops Ops, losses ...Loss) {
	offered := []any{}
	for _, name := range slices.Sorted(maps.Keys(ops)) {
		offered = append(offered, name)
	}
	all := Ops{}
	maps.Copy(all, ops)
	for _, l := range losses {
		if all[l.Name] != nil {
			panic("adapter: two losses are called " + l.Name)
		}
		all[l.Name] = l.Func
		offered = append(offered, l)
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
			reply = start(info, offered)
		case "run":
			reply = fmt.Appendf(reply, `{"seq":%s,"results":[`, q.Seq)
			for i, c := range q.Calls {
				if i > 0 {
					reply = append(reply, ',')
				}
				reply = appendAnswer(reply, all, c.call())
			}
			reply = append(reply, "]}"...)
		case "stop":
			return
		}
		if _, err := answers.Write(append(reply, '\n')); err != nil {
			return // the runner is gone
		}
	}
}

func start(info Info, offered []any) []byte {
	b, err := json.Marshal(map[string]any{
		"version": 1, "precision": info.Precision, "ops": offered,
		"implementation": map[string]string{"name": info.Name, "version": info.Version, "framework": info.Framework,
			"language": "go", "language_version": runtime.Version()},
	})
	if err != nil {
		panic("adapter: " + err.Error()) // strings always marshal
	}
	return b
}

func appendAnswer(b []byte, ops Ops, c Call) []byte {
	a, err := try(ops[c.Op], c)
	var no Unsupported
	switch {
	case errors.As(err, &no):
		return appendMessage(b, "unsupported", string(no))
	case err != nil:
		return appendMessage(b, "error", err.Error())
	case field[c.Op] == "probs":
		b = appendReals(append(b, `{"probs":`...), a.Probs)
	case field[c.Op] == "index":
		b = strconv.AppendInt(append(b, `{"index":`...), int64(a.Index), 10)
	default:
		b = appendReal(append(b, `{"value":`...), a.Value)
		if a.Grad != nil {
			b = appendReals(append(b, `,"grad":`...), a.Grad)
		}
	}
	return append(b, '}')
}

// try answers c; a panic becomes an error.
func try(op func(Call) (Answer, error), c Call) (a Answer, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return op(c)
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
}

func (w wireCall) call() Call {
	F := make([]float64, len(w.Energies))
	for i, f := range w.Energies {
		F[i] = float64(f)
	}
	params := make(map[string]float64, len(w.Params))
	for name, x := range w.Params {
		params[name] = float64(x)
	}
	return Call{w.Op, F, w.Answer, float64(w.Beta), float64(w.Margin), float64(w.Gamma), float64(w.Cap), params}
}
