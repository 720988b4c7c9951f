package formula

import (
	"cmp"
	"slices"
)

// An Advice is about a part of a formula that loses digits, or overflows, as it is written: a bound taken from it lets as much pass. The
// same number can be written with an operation that loses nothing.
type Advice struct {
	Pos   int    // of the part, in runes from the start of the text
	Found string // the part
	Lets  string // what its bound lets pass
	Write string // what to write instead
}

// Naive returns advice about every naive part of the formula, in the order of the text. What is not advised about may lose digits all the same:
// only the forms that are met with often are looked for.
func (f *Formula) Naive() []Advice {
	var as []Advice
	root := f.Expand().Expr
	w := improver{taken: f.Params}
	w.note(root)
	var walk func(e *Expr)
	walk = func(e *Expr) {
		if better, lets := w.improved(e); better != nil {
			as = append(as, Advice{e.leftmostPos(), e.String(), lets, better.String()})
		}
		for _, a := range e.Args {
			walk(a)
		}
	}
	walk(root)
	slices.SortStableFunc(as, func(a, b Advice) int {
		return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(len(b.Found), len(a.Found)))
	})
	return slices.CompactFunc(as, func(a, b Advice) bool { return a.Pos == b.Pos && a.Found == b.Found })
}

// leftmostPos is where the text of e begins: an operator stands after its first argument.
func (e *Expr) leftmostPos() int {
	pos := e.Pos
	for _, a := range e.Args {
		pos = min(pos, a.leftmostPos())
	}
	return pos
}

// What the naive forms let pass.
const (
	lostTail  = "where the exponential is small beside 1 its digits are lost: any value near 0 passes"
	overflows = "where the exponential overflows nothing is asked"
	lostBoth  = lostTail + "; " + overflows
	lostNear0 = "where t is small beside 1 its digits are lost: any value near 0 passes"
	lostNear1 = "where the probability is near 1 the digits of the difference are lost: any value near 0 passes"
	lostLog   = "where the probability underflows nothing is asked, and near 1 its rounding passes"
	lostSum   = "where all exponentials underflow or one overflows nothing is asked"
	lostTwice = "where exp overflows or underflows nothing is asked of t itself"
)

// An improver knows the names that are taken, and which way it takes where there are two: the one that is advised is the first.
type improver struct {
	taken []string
	way   int
}

func (w *improver) note(e *Expr) {
	w.taken = append(w.taken, e.Bind)
	for _, a := range e.Args {
		w.note(a)
	}
}

// other returns an index to bind.
func (w *improver) other() string {
	for _, r := range "jklabcdefghi" {
		if !slices.Contains(w.taken, string(r)) {
			return string(r)
		}
	}
	return "j" + w.taken[len(w.taken)-1]
}

// improved returns what to write for e, and what e lets pass, if e is naive.
func (w *improver) improved(e *Expr) (better *Expr, lets string) {
	switch e.Op {
	case "log":
		return w.improvedLog(e.Args[0])
	case "log1p":
		return w.improvedLog1p(e.Args[0])
	case "+", "-":
		return w.improvedSum(e)
	case "/":
		return w.improvedQuotient(e.Args[0], e.Args[1])
	}
	return nil, ""
}

// improvedLog is about the logarithm of x.
func (w *improver) improvedLog(x *Expr) (*Expr, string) {
	if one, t := onePlus(x); one {
		switch better, lets := w.improvedLog1p(t); {
		case better == nil:
			return call("log1p", t), lostNear0
		case lets == overflows:
			return better, lostBoth
		default:
			return better, lets
		}
	}
	switch x.Op {
	case "exp":
		return x.Args[0], lostTwice
	case "sigmoid":
		return minus(call("softplus", minus(x.Args[0]))), lostLog
	case "sum", "mean":
		if l := logOfSum(x); l != nil {
			return l, lostSum
		}
	case "p":
		j := w.other()
		return &Expr{Op: "-", Args: []*Expr{scaled(x.Index), {Op: "logsumexp", Bind: j, Args: []*Expr{scaled(j)}}}}, lostLog
	case "+":
		if a, b := twoLogs(x); a != nil {
			return w.either(apply("+", a, call("softplus", difference(b, a))), apply("logsumexp", a, b)), lostSum
		}
	case "/":
		switch a, b := twoLogs(x.Args[1]); {
		case a != nil && x.Args[0].Equal(call("exp", a)):
			return w.share(a, b), lostLog
		case a != nil && x.Args[0].Equal(call("exp", b)):
			return w.share(b, a), lostLog
		}
		if p := w.asProbability(x.Args[0], x.Args[1]); p != nil {
			return &Expr{Op: "-", Args: []*Expr{x.Args[0].Args[0], logOfSum(x.Args[1])}}, lostLog
		}
		if a := logOfSum(x.Args[0]); a != nil {
			return difference(a, call("log", x.Args[1])), lostSum
		}
	}
	return nil, ""
}

// share is ln(e^a/(e^a + e^b)). Of one b it is a softplus; of a set of them the logarithm of a softmax, which people shift by the largest of all.
func (w *improver) share(a, b *Expr) *Expr {
	less, joined := minus(call("softplus", difference(b, a))), difference(a, apply("logsumexp", a, b))
	if b.Op == "logsumexp" {
		return w.either(joined, less)
	}
	return w.either(less, joined)
}

// either is the first of two ways to write the same, or the second.
func (w *improver) either(first, second *Expr) *Expr { return []*Expr{first, second}[w.way] }

// improvedLog1p is about ln(1 + t), where t is an exponential, a sum of such, −σ or −p.
func (w *improver) improvedLog1p(t *Expr) (*Expr, string) {
	switch {
	case t.Op == "exp":
		return w.either(call("softplus", t.Args[0]), apply("logsumexp", whole(0), t.Args[0])), overflows
	case logOfSum(t) != nil:
		return w.either(call("softplus", logOfSum(t)), apply("logsumexp", whole(0), logOfSum(t))), overflows
	case t.Op == "neg" && t.Args[0].Op == "sigmoid":
		return minus(call("softplus", t.Args[0].Args[0])), lostLog
	case t.Op == "neg" && t.Args[0].Op == "p" && t.Args[0].Index != "ybar":
		return call("log", w.others(t.Args[0])), lostNear1
	}
	return nil, ""
}

// others is the sum of all probabilities but p.
func (w *improver) others(p *Expr) *Expr {
	j := w.other()
	return &Expr{Op: "sum", Bind: j, Except: p.Index, Args: []*Expr{{Op: "p", Index: j}}}
}

// improvedSum is about 1 − t and e^t − 1.
func (w *improver) improvedSum(e *Expr) (*Expr, string) {
	one, t := onePlus(e)
	switch {
	case one && t.Op == "neg" && t.Args[0].Op == "sigmoid":
		return call("sigmoid", minus(t.Args[0].Args[0])), lostNear1
	case one && t.Op == "neg" && t.Args[0].Op == "p" && t.Args[0].Index != "ybar":
		return w.others(t.Args[0]), lostNear1
	case one && t.Op == "neg" && t.Args[0].Op == "exp":
		return minus(call("expm1", t.Args[0].Args[0])), lostNear0
	case e.Op == "-" && e.Args[0].Op == "exp" && isOne(e.Args[1]):
		return call("expm1", e.Args[0].Args[0]), lostNear0
	}
	return nil, ""
}

// improvedQuotient is about a logistic function, and a probability.
func (w *improver) improvedQuotient(x, y *Expr) (*Expr, string) {
	if one, t := onePlus(y); one && t.Op == "exp" {
		switch {
		case isOne(x):
			return call("sigmoid", minus(t.Args[0])), overflows + " of its gradient"
		case x.Equal(t):
			return call("sigmoid", t.Args[0]), overflows
		}
	}
	if a, b := twoLogs(y); a != nil {
		switch {
		case x.Equal(call("exp", a)):
			return call("sigmoid", difference(a, b)), lostSum
		case x.Equal(call("exp", b)):
			return call("sigmoid", difference(b, a)), lostSum
		}
	}
	if p := w.asProbability(x, y); p != nil {
		return p, lostSum
	}
	return nil, ""
}

// asProbability returns e^a/Σ e^b as p where it is one, and otherwise as an exponential of a difference.
func (w *improver) asProbability(x, y *Expr) *Expr {
	if x.Op != "exp" || logOfSum(y) == nil {
		return nil
	}
	sum := logOfSum(y)
	for _, i := range append(indicesOf(x.Args[0]), "y") {
		if x.Args[0].Equal(scaled(i)) && sum.Except == "" && sum.Args[0].Equal(scaled(sum.Bind)) {
			return &Expr{Op: "p", Index: i}
		}
	}
	return call("exp", &Expr{Op: "-", Args: []*Expr{x.Args[0], sum}})
}

// logOfSum is the logarithm of a sum of exponentials, a logsumexp, or of their mean; else nil.
func logOfSum(y *Expr) *Expr {
	if y.Op != "sum" && y.Op != "mean" || y.Args[0].Op != "exp" {
		return nil
	}
	sum := &Expr{Op: "logsumexp", Bind: y.Bind, Except: y.Except, Args: y.Args[0].Args}
	if y.Op == "sum" {
		return sum
	}
	count := MustParse("n").Expr
	if y.Except != "" {
		count = difference(count, whole(1))
	}
	return difference(sum, call("log", count))
}

// twoLogs are a and b where y is e^a + e^b, or a sum of exponentials in place of one of them; else nil.
func twoLogs(y *Expr) (a, b *Expr) {
	if y.Op != "+" {
		return nil, nil
	}
	logOf := func(e *Expr) *Expr {
		if e.Op == "exp" {
			return e.Args[0]
		}
		return logOfSum(e)
	}
	if a, b = logOf(y.Args[0]), logOf(y.Args[1]); a == nil || b == nil {
		return nil, nil
	}
	return a, b
}

// indicesOf returns the indices of energies in e.
func indicesOf(e *Expr) (is []string) {
	if e.Op == "F" {
		is = append(is, e.Index)
	}
	for _, a := range e.Args {
		is = append(is, indicesOf(a)...)
	}
	return is
}

// onePlus reports whether e is 1 + t, t + 1 or 1 − t.
func onePlus(e *Expr) (ok bool, t *Expr) {
	switch {
	case e.Op == "+" && isOne(e.Args[0]):
		return true, e.Args[1]
	case e.Op == "+" && isOne(e.Args[1]):
		return true, e.Args[0]
	case e.Op == "-" && isOne(e.Args[0]):
		return true, minus(e.Args[1])
	}
	return false, nil
}

func isOne(e *Expr) bool { return e.Op == "num" && e.Num.Cmp(ratOne) == 0 }

// minus is −e, without a double sign.
func minus(e *Expr) *Expr {
	if e.Op == "neg" {
		return e.Args[0]
	}
	if e.Op == "-" {
		return &Expr{Op: "-", Args: []*Expr{e.Args[1], e.Args[0]}}
	}
	return &Expr{Op: "neg", Args: []*Expr{e}}
}

func difference(a, b *Expr) *Expr { return &Expr{Op: "-", Args: []*Expr{a, b}} }

func call(name string, arg *Expr) *Expr { return &Expr{Op: name, Args: []*Expr{arg}} }

// scaled is −β F_i, as it is read.
func scaled(i string) *Expr {
	e := MustParse("-beta*F[y]").Expr
	for f := e; ; f = f.Args[len(f.Args)-1] {
		if f.Op == "F" {
			f.Index = i
			return e
		}
	}
}
