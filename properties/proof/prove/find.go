// Package prove finds certificates of theorems. Nothing here need be right: what it finds is checked by package proof.
//
//	find.go      Find: the certificate of a theorem, the same every time
//	writer.go    a certificate that is being written, a rule at a time
//	combine.go   a goal as a combination of facts; simplex.go, linear programming in rational numbers
//	lemmas.go    steps that many proofs have
//	auto.go      Auto: a certificate of a statement about two energies that nobody has looked at, or none
//	gibbs.go nll.go limits.go pairs.go table1.go claims.go source.go identities.go forms.go subsets.go integrals.go descent.go chains.go kinks.go   what is particular to a proof
package prove

import (
	"fmt"
	"maps"
	"math"
	"strings"

	"ebmcheck/properties/proof"
)

// tactics are the proofs that are more than arithmetic, by the name of their theorem.
var tactics = map[string]func(*writer){}

func init() {
	for _, some := range []map[string]func(*writer){gibbsTactics, nllTactics, limitsTactics, pairsTactics, table1Tactics, claimTactics, identitiesTactics, chainsTactics, kinksTactics, sourceTactics, formsTactics, subsetsTactics, integralsTactics, descentTactics} {
		maps.Copy(tactics, some)
	}
}

// Find returns a certificate of t.
func Find(t proof.Theorem) (certificate string, err error) {
	tactic := tactics[t.Name]
	if tactic == nil {
		tactic = arithmetic
	}
	return find(t, tactic)
}

// find returns the certificate that a tactic writes.
func find(t proof.Theorem, tactic func(*writer)) (certificate string, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case failure:
			err = fmt.Errorf("%s: %s", t.Name, string(r))
		default:
			panic(r)
		}
	}()
	d, err := proof.Begin(t)
	if err != nil {
		return "", err
	}
	w := &writer{Draft: d, named: map[string]bool{}, work: math.MaxInt}
	w.payDebts()
	tactic(w)
	if !w.Proved() {
		fail("not at its end: %s", w.show())
	}
	return strings.Join(w.Lines, "\n") + "\n", nil
}

// payDebts proves what the statement needs for its sense, where that is plainly positive.
func (w *writer) payDebts() {
	for _, o := range w.Owed() {
		text := o.P.String()
		w.try(func() {
			if o.All == "" {
				w.positive(text)
				return
			}
			j := w.fresh()
			text := strings.ReplaceAll(text, o.All, j)
			w.all(j, text+" > 0", func() { w.qed(w.positive(text)) })
		})
	}
}

// arithmetic proves every goal by what Z and β are, and by combination.
func arithmetic(p *writer) {
	base(p)
	for !p.Proved() {
		p.done()
	}
}
