//go:build versus && unix

package versus

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ebmcheck/properties/op"
)

// An example is numbers for a call of any op: energies, a correct answer, a parameter.
type example struct {
	F []float64
	Y int
	P float64
}

// call is c of op o by the example.
func (e example) call(o op.Op) call {
	r := o.Row()
	c := call{Op: o, Energies: e.F}
	if r.Pair {
		c.Energies = e.F[:2]
	}
	for _, p := range r.Params {
		p.Set(&c, e.P)
	}
	if r.Answer && !r.Pair {
		c.Answer = e.Y
	}
	return c
}

// byRapid are examples of rapid: energies by the generator, a parameter from 0.01 to 100.
func byRapid(number *rapid.Generator[float64], seed int) (es []example) {
	all := rapid.Custom(func(t *rapid.T) example {
		F := rapid.SliceOfN(number, 2, 20).Draw(t, "F")
		return example{F, rapid.IntRange(0, len(F)-1).Draw(t, "y"), rapid.Float64Range(0.01, 100).Draw(t, "p")}
	})
	for k := range examples {
		es = append(es, all.Example(seed*examples+k+1))
	}
	return es
}

// normal are examples of normal energies, and a log-normal parameter.
func normal(seed int) (es []example) {
	r := rand.New(rand.NewPCG(1, uint64(seed)))
	for range examples {
		e := example{F: make([]float64, 2+r.IntN(19)), P: math.Exp(r.NormFloat64())}
		for i := range e.F {
			e.F[i] = r.NormFloat64()
		}
		e.Y = r.IntN(len(e.F))
		es = append(es, e)
	}
	return es
}

// byHypothesis are examples of Hypothesis, drawn by the command PYTHON, and what one took; none
// where it is not there.
func byHypothesis(t *testing.T, bound string, seed int) (es []example, each time.Duration) {
	out, err := exec.Command(os.Getenv("PYTHON"), "hypothesis_examples.py", strconv.Itoa(examples), strconv.Itoa(seed+1), bound).Output()
	if err != nil {
		t.Logf("no Hypothesis: %v", err)
		return nil, 0
	}
	var all struct {
		Examples []example
		NS       float64
	}
	if err := json.NewDecoder(bufio.NewReader(bytes.NewReader(out))).Decode(&all); err != nil {
		t.Fatal(err)
	}
	return all.Examples, time.Duration(all.NS / float64(len(all.Examples)))
}

// ofBytes is an example of the bytes of a fuzzer: how many energies, and the answer, by a byte
// each, the parameter by two, then the energies by two for ±bound. Where the bytes end all are 0.
func ofBytes(b []byte, bound float64) (e example) {
	next := func(n int) uint64 {
		var word [8]byte
		b = b[copy(word[:n], b):]
		return binary.LittleEndian.Uint64(word[:])
	}
	e.F = make([]float64, 2+next(1)%19)
	e.Y = int(next(1)) % len(e.F)
	e.P = 0.01 + (100-0.01)*float64(next(2))/(1<<16-1)
	for i := range e.F {
		e.F[i] = bound * float64(int16(next(2))) / (1 << 15)
	}
	return e
}
