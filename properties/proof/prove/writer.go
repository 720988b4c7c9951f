package prove

import (
	"fmt"
	"maps"
	"math/big"
	"strconv"
	"strings"

	"ebmcheck/properties/proof"
	"ebmcheck/properties/proof/kernel"
)

// A writer writes a certificate: every line goes to the checker at once, which says what it has led to. What cannot be done panics
// with a failure.
type writer struct {
	*proof.Draft
	names int
	named map[string]bool // usual abbreviations that are there
	work  int             // operations of linear programs that may still be done
	dull  map[string]bool // equalities that combinations leave out
	bare  bool            // combinations leave out those of exponentials and logarithms, too
}

type failure string

func fail(format string, a ...any) { panic(failure(fmt.Sprintf(format, a...))) }

// line adds a line, and returns the number of the last fact.
func (w *writer) line(format string, a ...any) int {
	text := fmt.Sprintf(format, a...)
	if rest, ok := strings.CutPrefix(text, "let "); !ok {
		w.abbreviate(text)
	} else if _, is, ok := strings.Cut(rest, "="); ok {
		w.abbreviate(is)
	}
	if err := w.Line(text); err != nil {
		fail("%v\n%s", err, w.show())
	}
	if w.Proved() {
		return -1
	}
	return len(w.Facts()) - 1
}

// show lists the facts at hand and the goal.
func (w *writer) show() string {
	var b strings.Builder
	for i, f := range w.Facts() {
		fmt.Fprintf(&b, "  %d: %s\n", i, f)
	}
	return b.String() + "  goal: " + w.Goal().String()
}

// term reads a term.
func (w *writer) term(text string) kernel.Term {
	w.abbreviate(text)
	t, err := w.Term(text)
	if err != nil {
		fail("%v", err)
	}
	return t
}

// fresh returns an index that is new in this certificate.
func (w *writer) fresh() string {
	w.names++
	return "k" + strconv.Itoa(w.names)
}

func (w *writer) last() int { return len(w.Facts()) - 1 }

// Each rule of the checker, with the number of the fact that it leads to; pos leads to three, of which it is the first.

func (w *writer) exp(t string) int         { return w.line("exp %s", t) }
func (w *writer) expp(t string) int        { return w.line("expp %s", t) }
func (w *writer) exps(t string, k int) int { return w.line("exps %s | %d", t, k) }
func (w *writer) sq(t string) int          { return w.line("sq %s", t) }
func (w *writer) pos(t string) int         { return w.line("pos %s", t) - 2 }
func (w *writer) inv(t string, k int) int  { return w.line("inv %s | %d", t, k) }
func (w *writer) ln(t string, k int) int   { return w.line("ln %s | %d", t, k) }
func (w *writer) anti(k, l int) int        { return w.line("anti %d | %d", k, l) }
func (w *writer) inst(k int, i string) int { return w.line("inst %d | %s", k, i) }
func (w *writer) sum(k int) int            { return w.line("sum %d", k) }
func (w *writer) drop(k int, i string) int { return w.line("drop %d | %s", k, i) }
func (w *writer) delta(i, j, t string) int { return w.line("delta %s | %s | %s", i, j, t) }
func (w *writer) let(name, t string)       { w.line("let %s = %s", name, t) }
func (w *writer) qed(k int)                { w.line("qed %d", k) }
func (w *writer) absurd(k int)             { w.line("absurd %d", k) }
func (w *writer) div(f string, k, above int) int {
	t, r := cut(f)
	return w.line("div %s | %s | %d | %d", t, r, k, above)
}

// cut turns "a >= b" into "a - (b)" and ">=".
func cut(f string) (term, rel string) {
	for _, r := range []string{">=", ">", "="} {
		if a, b, ok := strings.Cut(f, r); ok {
			a, b = strings.TrimSpace(a), strings.TrimSpace(b)
			if b != "0" {
				a += " - (" + b + ")"
			}
			return a, r
		}
	}
	fail("no relation: %s", f)
	return "", ""
}

// have proves f by proof, and returns its number.
func (w *writer) have(f string, proof func()) int {
	t, r := cut(f)
	w.line("have %s | %s", t, r)
	proof()
	return w.last()
}

// all proves f for every index j.
func (w *writer) all(j, f string, proof func()) int {
	t, r := cut(f)
	w.line("all %s | %s | %s", j, t, r)
	proof()
	return w.last()
}

// cases proves the goal where t ≥ 0 and where t < 0; h is the fact that says so.
func (w *writer) cases(t string, yes, no func(h int)) {
	w.line("cases %s", t)
	yes(w.last())
	no(w.last())
}

// mono proves f, which is about x, by what it is at a and by its slope from there; fact k is x ≥ a.
func (w *writer) mono(x, a, f string, k int, base, slope func()) int {
	t, r := cut(f)
	w.line("mono %s | %s | %s | %s | %d", x, a, t, r, k)
	base()
	slope()
	return w.last()
}

// try reports whether f works out; if not, it leaves no trace.
func (w *writer) try(f func()) (ok bool) {
	n, names, named := len(w.Lines), w.names, maps.Clone(w.named)
	defer func() {
		switch r := recover().(type) {
		case nil:
		case failure:
			ok = false
			if len(w.Lines) > n {
				w.Back(n)
			}
			w.names, w.named = names, named
		default:
			panic(r)
		}
	}()
	f()
	return true
}

// done proves the goal as a combination, and closes it.
func (w *writer) done(hints ...any) {
	g := w.Goal()
	w.qed(w.comb(g.P.String()+" "+string(g.Rel)+" 0", hints...))
}

// positive proves t > 0 where that can be seen: positive coefficients, exponentials, sums and inverses of what is positive, and
// what a fact says is.
func (w *writer) positive(text string) int { return w.positiveTerm(w.term(text)) }

func (w *writer) positiveTerm(t kernel.Term) int {
	for i, f := range w.Facts() {
		if f.Rel == ">" && f.All == "" && len(kernel.Sub(f.P, t)) == 0 {
			return i
		}
	}
	ms := t.Monomials()
	if len(ms) == 1 && len(ms[0].Factors) == 1 && len(ms[0].Exp) == 0 && ms[0].Factors[0].N == 1 && ms[0].Coef.Cmp(big.NewRat(1, 1)) == 0 {
		return w.positiveAtom(ms[0].Factors[0])
	}
	var items []string
	for _, m := range ms {
		if m.Coef.Sign() <= 0 {
			fail("%s is not plainly positive", t)
		}
		var ks []string
		for _, f := range m.Factors {
			k := strconv.Itoa(w.positiveAtom(f))
			for range f.N {
				ks = append(ks, k)
			}
		}
		if len(m.Exp) > 0 || len(ks) == 0 {
			ks = append(ks, strconv.Itoa(w.expp(m.Exp.String())))
		}
		items = append(items, m.Coef.RatString()+" @ "+strings.Join(ks, ","))
	}
	return w.line("comb %s", strings.Join(items, " ; "))
}

func (w *writer) positiveAtom(f kernel.Factor) int {
	for i, g := range w.Facts() {
		if g.Rel == ">" && g.All == "" && g.P.String() == f.Text {
			return i
		}
	}
	switch {
	case f.Kind == 'i':
		k := w.positiveTerm(f.Arg)
		c := w.line("comb 1 @ %d ; 1 @ %d", w.inv(f.Arg.String(), k), w.expp("0"))
		return w.line("div %s | > | %d | %d", f.Text, c, k)
	case f.Kind == 's':
		j := w.fresh()
		body := strings.ReplaceAll(f.Body, f.Index[0], j)
		return w.sum(w.all(j, body+" > 0", func() { w.qed(w.positive(body)) }))
	case f.Text == "n":
		return w.sum(w.all(w.fresh(), "1 > 0", func() { w.qed(w.positive("1")) }))
	}
	fail("%s is not plainly positive\n%s", f.Text, w.show())
	return 0
}

// both adds t·inv(t) = 1, e^{ln t} = t and e^{−ln t} = inv(t), for t > 0.
func (w *writer) both(t string) {
	w.bothOf(t, w.positive(t))
}

func (w *writer) bothOf(t string, k int) {
	i, l := w.inv(t, k), w.ln(t, k)
	w.line("comb exp(-ln(%s))*inv(%s) @ %d ; exp(-ln(%s)) @ %d", t, t, l, t, i)
}
