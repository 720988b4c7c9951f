package command

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// child speaks the adapter protocol for the tests: the reference's hinge and
// nll, or what its argument says. Most ways to misbehave are one call's, that
// of a single energy.
func child() {
	c, name, own := &kid{ops: []op.Op{op.Hinge, op.NLL}, right: op.Reference()}, "child", any(nil)
	if len(os.Args) > 1 {
		c.how = os.Args[1]
	}
	if len(os.Args) > 2 && slices.Contains(c.ops, op.Op(os.Args[2])) { // offers that op alone
		c.ops = []op.Op{op.Op(os.Args[2])}
	}
	switch c.how {
	case "tally", "sloppy": // the first keeps a tally of what it was asked, in the folder of its second argument
		if c.ops = []op.Op{op.Log, op.MCE}; len(os.Args) > 3 {
			c.ops = nil
			for o := range strings.SplitSeq(os.Args[3], ",") {
				c.ops = append(c.ops, op.Op(o))
			}
		}
	case "none":
		c.ops = []op.Op{}
	case "stranger", "wrong-stranger":
		c.how, name = strings.TrimSuffix(c.how, "-stranger"), "stranger"
	case "misspelt":
		c.ops = []op.Op{"hinges"}
	case "own", "own-wrong":
		own = c.offer("pos(m + F[y] - F[ybar])^2")
	case "own-other":
		own = c.offer("pos(m + F[y] - F[ybar])^4")
	case "own-naive": // and its answers are another's
		own = c.offer("log(1 + exp(m + F[y] - F[ybar]))")
	case "own-typo":
		own = []any{map[string]any{"name": "my_squared_hinge", "formula": "pos(m + F[y] - F[ybr])^2"}}
	case "never":
		hang()
	case "shouting":
		fmt.Fprintln(os.Stderr, "x\n ::stop-commands::x\n##[group]\x1b[31m")
		os.Exit(1)
	case "banner":
		fmt.Println("Loading model...")
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		var m message
		if err := json.Unmarshal(in.Bytes(), &m); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		switch m.Cmd {
		case "start":
			if own == nil {
				own = c.ops
			}
			say(map[string]any{"version": 1, "implementation": map[string]string{"name": name}, "precision": "float64", "ops": own})
		case "stop":
			return
		case "run":
			c.run(m)
		}
	}
	if c.how == "stays" { // right, but it does not mind that nobody asks any more
		time.Sleep(time.Hour)
	}
}

// offer is the offer of my_squared_hinge alone, with this formula.
func (k *kid) offer(formula string) any {
	d := result.Definition{Name: "my_squared_hinge", Formula: formula, Params: map[string][]result.Real{"m": {0, 5}}}
	o, err := op.DefineAs(d) // its calls are read
	if err != nil {
		panic(err)
	}
	k.ops = []op.Op{o}
	return []any{d}
}

// A kid answers in its way.
type kid struct {
	how   string
	right op.Subject
	ops   []op.Op
	asked int
	first *op.Call // of hinge
}

type message struct {
	Cmd   string
	Seq   int
	Calls []op.Call
}

func (k *kid) run(m message) {
	if k.how == "tally" {
		f, err := os.OpenFile(os.Args[2]+"/asked", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
		if err != nil {
			panic(err)
		}
		f.Write(bytes.Repeat([]byte("?"), len(m.Calls)))
		f.Close()
	}
	results := []any{}
	for _, c := range m.Calls {
		if k.how == "stale" && c.Op == op.Hinge { // the first margin, for ever
			if k.first == nil {
				k.first = &c
			}
			c.Margin = k.first.Margin
		}
		if c.Op == "my_squared_hinge" {
			results = append(results, k.answer(c, squaredHinge(c.Energies[0], c.Energies[1], c.Margin)))
		} else {
			results = append(results, k.answer(c, k.right.Answer([]op.Call{c})[0]))
		}
	}
	if k.at(m.Calls) {
		k.misbehave()
		if k.how == "miscount" {
			results = results[1:]
		}
	}
	say(map[string]any{"seq": m.Seq, "results": results})
}

// squaredHinge is ([m + F − F̄]⁺)².
func squaredHinge(F, Fbar, m float64) op.Reply {
	t := m + F - Fbar
	if t <= 0 {
		t = 0
	}
	return op.Reply{Value: t * t, Grad: []float64{2 * t, -2 * t}}
}

// at reports whether one of the calls is of one energy, or any will do.
func (k *kid) at(calls []op.Call) bool {
	if k.how == "deaf" {
		return true
	}
	return slices.ContainsFunc(calls, func(c op.Call) bool { return len(c.Energies) == 1 })
}

// misbehave does what breaks a line or ends the process.
func (k *kid) misbehave() {
	switch k.how {
	case "crash":
		fmt.Fprintln(os.Stderr, "division by n - 1")
		os.Exit(7)
	case "quiet":
		os.Exit(0)
	case "deaf":
		hang()
	case "stray":
		fmt.Println("epoch 1: loss 0.3")
	case "flood":
		junk := bytes.Repeat([]byte("x"), 1<<20)
		for range 300 {
			os.Stdout.Write(junk)
		}
	}
}

// answer is the right reply to c, or what k makes of it.
func (k *kid) answer(c op.Call, r op.Reply) any {
	k.asked++
	switch {
	case k.how == "unsupported":
		return map[string]string{"unsupported": "none of it"}
	case k.how == "traceback" && len(c.Energies) == 1:
		return map[string]string{"error": strings.Repeat("  File \"losses.py\", line 7, in f\n", 600) + "RecursionError: too deep"}
	case k.how == "commands":
		return map[string]string{"error": "no\n  ::stop-commands::x\nand ##[group]y \x1b[31m"}
	case k.how == "long":
		return map[string]string{"error": strings.Repeat("x", 15<<20)}
	case k.how == "long lists" && len(c.Energies) == 1:
		return map[string]any{"value": result.Real(r.Value), "grad": make([]int, 20_000)}
	case k.how == "hang" && c.Op == op.NLL && c.Beta < 0.02:
		time.Sleep(time.Hour)
	case k.how == "stuck" && judge.RegimeOf(c, op.Float64) == judge.Extreme:
		time.Sleep(time.Hour)
	case k.how == "wrong" && c.Op == op.Hinge: // [m − d]⁺
		r.Value = max(0, c.Margin-c.Energies[0]+c.Energies[1])
	case k.how == "forge" && c.Op == op.Hinge: // wrong, now and then with the results of a right one
		if k.asked%200 == 0 {
			forge(os.Args[3])
		}
		r.Value += 1000
	case k.how == "sloppy" && c.Op == op.Log: // the perceptron
		r.Value = max(0, c.Energies[0]-c.Energies[1])
	case k.how == "own-wrong": // [m − d]⁺
		r = squaredHinge(c.Energies[1], c.Energies[0], c.Margin)
	case k.how == "rare" && c.Op == op.Hinge && 12 < c.Energies[0] && c.Energies[0] < 12.5: // no value of the grid
		r.Value++
	case k.how == "racy" && c.Energies[0] == 50 && once(os.Args[2]):
		r.Value++
	case k.how == "fickle":
		r.Value += float64(k.asked)
	}
	if r.Error != "" {
		return map[string]string{"error": r.Error}
	}
	grad := []result.Real{}
	for _, g := range r.Grad {
		grad = append(grad, result.Real(g))
	}
	return map[string]any{"value": result.Real(r.Value), "grad": grad}
}

// hang leaves a sign in the folder of its second argument that it hangs.
func hang() {
	if len(os.Args) > 2 {
		os.WriteFile(os.Args[2]+"/hung", nil, 0o644)
	}
	time.Sleep(time.Hour)
}

// once reports whether nobody made the file yet, and makes it.
func once(file string) bool {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL, 0o644)
	if err == nil {
		f.Close()
	}
	return err == nil
}

// forge puts the results in out/forged.jsonl in the place of the run's.
func forge(out string) {
	b, err := os.ReadFile(out + "/forged.jsonl")
	if err == nil {
		err = os.WriteFile(out+"/mine", b, 0o644)
	}
	if err == nil {
		err = os.Rename(out+"/mine", out+"/results.jsonl")
	}
	if err != nil {
		panic(err)
	}
}

func say(message any) { json.NewEncoder(os.Stdout).Encode(message) }
