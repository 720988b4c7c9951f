package formula

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// What is shown is what is meant: plain text, and what is set in two dimensions, read by the rules that a person reads by, has the value of the tree. The
// reader is strict: nothing may follow a quotient, ln x or Σ_j x but + and −, and nothing may be read in two ways.
func TestUnicodeIsRead(t *testing.T) {
	same, texts := 0, map[string]bool{}
	for seed := range uint64(20000) {
		m := &maker{r: rand.New(rand.NewPCG(seed, 4)), tame: true}
		e := m.expr(1 + int(seed%5))
		text := e.Unicode()
		if seed%2 == 1 {
			text = inLine(e.piece(false)).unicode()
		}
		w := world{index: map[string]int{}, pair: isPair(e)}
		want := w.value(e)
		got, err := read(text, w)
		if err != nil {
			t.Fatalf("%s is set as\n%s: %v", e, text, err)
		}
		if math.IsNaN(want) || math.IsInf(want, 0) || math.Abs(want) > 1e9 {
			continue
		}
		// Sums and products may be reassociated, and a few terms cancel: the trees are small, so that 1e-6 tells all
		// misreadings but those that change next to nothing.
		if !(math.Abs(got-want) <= 1e-6*math.Max(1, math.Abs(want))) {
			t.Fatalf("%s = %v is set as\n%s = %v", e, want, text, got)
		}
		same++
		texts[text] = true
	}
	if same < 10000 || len(texts) < 8000 {
		t.Errorf("only %d values, %d texts", same, len(texts))
	}
}

// inLine writes the fractions of a piece that is not flat in a line, and its roots and signs so that they are plain.
func inLine(p piece) piece {
	q := piece{kind: p.kind, text: p.text}
	for _, r := range p.parts {
		q.parts = append(q.parts, inLine(r))
	}
	switch p.kind {
	case aSuper:
		if p.parts[0].kind == aFraction {
			return sign("a fraction to a power has no brackets")
		}
	case aFraction:
		return fence("()", row(fence("()", q.parts[0]), sign("/"), fence("()", q.parts[1])))
	case aRoot:
		return fence("()", one(aRoot, fence("()", q.parts[0])))
	case aTimes:
		return sign("·")
	case aRow: // no dot and space
		for i := 1; i < len(q.parts); i++ {
			if q.parts[i].kind == aGap && q.parts[i-1].text == "·" {
				q.parts[i] = row()
			}
		}
	}
	return q
}

// A world gives names their values: four energies, of which the first is the correct answer's, the second the least other.
type world struct {
	index map[string]int
	pair  bool
}

var (
	worldF      = []float64{0.7, -0.4, 1.3, 0.2}
	worldNumber = map[string]float64{"beta": 1.2, "m": 0.9, "gamma": 1.7, "a_1": 0.3, "temp": 2.1, "sigma": -0.6, "delta": 1.1}
	worldVector = map[string]float64{"q": 0.5, "S": -0.8, "c_2": 1.4}
)

func (w world) at(i string) int {
	switch i {
	case "y":
		return 0
	case "ybar", "ȳ":
		return 1
	}
	if k, err := strconv.Atoi(i); err == nil {
		return k
	}
	k, ok := w.index[i]
	if !ok {
		panic("no index " + i)
	}
	return k
}

func (w world) p(i int) float64 {
	z := 0.0
	for _, f := range worldF {
		z += math.Exp(-worldNumber["beta"] * f)
	}
	return math.Exp(-worldNumber["beta"]*worldF[i]) / z
}

func vector(name string, i int) float64 {
	return worldVector[name] + 0.37*float64(i*i) - 0.2*float64(i)
}

func (w world) value(e *Expr) float64 {
	var v []float64
	if e.Bind == "" && e.Op != "if" {
		for _, a := range e.Args {
			v = append(v, w.value(a))
		}
	}
	switch e.Op {
	case "num":
		f, _ := e.Num.Float64()
		return f
	case "n":
		return float64(len(worldF))
	case "F":
		return worldF[w.at(e.Index)]
	case "p":
		return w.p(w.at(e.Index))
	case "param":
		if e.Index != "" {
			return vector(e.Name, w.at(e.Index))
		}
		return worldNumber[e.Name]
	case "neg":
		return -v[0]
	case "+":
		return v[0] + v[1]
	case "-":
		return v[0] - v[1]
	case "*":
		return v[0] * v[1]
	case "/":
		return v[0] / v[1]
	case "^":
		return math.Pow(v[0], v[1])
	case "if":
		if related(w.value(e.Args[0]), glyph(e.Name), w.value(e.Args[1])) {
			return w.value(e.Args[2])
		}
		return w.value(e.Args[3])
	}
	if isFunction(e.Op) {
		return call1(e.Op, v[0])
	}
	if e.Bind != "" {
		v = w.each(e.Bind, e.Except, func(w world) float64 { return w.value(e.Args[0]) })
	}
	return together(e.Op, v)
}

// each returns what an expression is for all answers but one.
func (w world) each(bind, except string, f func(world) float64) (v []float64) {
	for i := range worldF {
		if except != "" && i == w.at(except) {
			continue
		}
		inner := world{index: map[string]int{}, pair: w.pair}
		for k, j := range w.index {
			inner.index[k] = j
		}
		inner.index[bind] = i
		v = append(v, f(inner))
	}
	return v
}

func together(op string, v []float64) float64 {
	sum, most, least := 0.0, math.Inf(-1), math.Inf(1)
	for _, x := range v {
		if op == "logsumexp" {
			sum += math.Exp(x)
		} else {
			sum += x
		}
		most, least = math.Max(most, x), math.Min(least, x)
	}
	return map[string]float64{"sum": sum, "Σ": sum, "mean": sum / float64(len(v)), "max": most, "min": least, "logsumexp": math.Log(sum)}[op]
}

func call1(op string, x float64) float64 {
	switch op {
	case "pos":
		return math.Max(x, 0)
	case "exp":
		return math.Exp(x)
	case "log":
		return math.Log(x)
	case "log1p":
		return math.Log1p(x)
	case "expm1":
		return math.Expm1(x)
	case "sqrt":
		return math.Sqrt(x)
	case "abs":
		return math.Abs(x)
	case "sigmoid":
		return 1 / (1 + math.Exp(-x))
	case "softplus":
		return math.Log1p(math.Exp(x))
	}
	panic(op)
}

func related(a float64, relation string, b float64) bool {
	switch relation {
	case "<":
		return a < b
	case "≤":
		return a <= b
	case ">":
		return a > b
	case "≥":
		return a >= b
	case "=":
		return a == b
	}
	return a != b
}

// A reader returns functions of the world, for a part is read once and evaluated for many indices.
type reader struct{ s string }

type meaning func(world) float64

func read(s string, w world) (v float64, err error) {
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("%v", e)
		}
	}()
	r := &reader{s}
	m := r.sum()
	if r.s != "" {
		panic("left: " + r.s)
	}
	return m(w), nil
}

func (r *reader) skip(s string) bool {
	if !strings.HasPrefix(r.s, s) {
		return false
	}
	r.s = r.s[len(s):]
	return true
}

func (r *reader) want(s string) {
	if !r.skip(s) {
		panic("want " + s + " before " + r.s)
	}
}

func (r *reader) sum() meaning {
	minus := r.skip("−")
	total := r.product()
	if minus {
		m := total
		total = func(w world) float64 { return -m(w) }
	}
	for {
		a := total
		switch {
		case r.skip(" + "):
			b := r.product()
			total = func(w world) float64 { return a(w) + b(w) }
		case r.skip(" − "):
			b := r.product()
			total = func(w world) float64 { return a(w) - b(w) }
		default:
			return total
		}
	}
}

// product reads factors side by side or with dots, then perhaps a quotient's end.
func (r *reader) product() meaning {
	m, open := r.factor()
	for !open {
		a := m
		switch {
		case r.skip("·"):
		case r.skip("/"):
			b, open := r.factor()
			if open {
				panic("open denominator before " + r.s)
			}
			if r.factorFollows() || strings.HasPrefix(r.s, "/") || strings.HasPrefix(r.s, "·") {
				panic("a quotient goes on: " + r.s)
			}
			return func(w world) float64 { return a(w) / b(w) }
		case r.factorFollows():
			r.skip(" ")
		default:
			return m
		}
		var b meaning
		b, open = r.factor()
		m = func(w world) float64 { return a(w) * b(w) }
	}
	return m
}

func (r *reader) factorFollows() bool {
	for _, s := range []string{"", " + ", " − ", " if", " otherwise", " <", " >", " =", " ≠", " ≤", " ≥", "|", ")", "]", "}", ",", ";", "/", "·"} {
		if s == "" && r.s == "" || s != "" && strings.HasPrefix(r.s, s) {
			return false
		}
	}
	return true
}

// factor reads a base and its exponent; open says that it goes on to the end of a product.
func (r *reader) factor() (m meaning, open bool) {
	switch {
	case r.skip("ln "):
		x, _ := r.factor()
		return func(w world) float64 { return math.Log(x(w)) }, true
	case r.skip("Σ_"):
		return r.over("Σ"), true
	case r.skip("max_"):
		return r.over("max"), true
	case r.skip("min_"):
		return r.over("min"), true
	case r.skip("√"):
		x := r.base()
		return func(w world) float64 { return math.Sqrt(x(w)) }, false
	case strings.HasPrefix(r.s, "e^"), strings.HasPrefix(r.s, "e⁻"), len(r.s) > 1 && r.s[0] == 'e' && raised(r.s[1:]) != "":
		r.s = r.s[1:]
		x := r.exponent()
		return func(w world) float64 { return math.Exp(x(w)) }, false
	}
	for _, f := range []string{"ln", "max", "min", "softplus", "exp", "σ"} {
		if r.skip(f + "(") {
			args := []meaning{r.sum()}
			for r.skip(", ") {
				args = append(args, r.sum())
			}
			r.want(")")
			if f == "max" || f == "min" {
				return func(w world) float64 {
					var v []float64
					for _, a := range args {
						v = append(v, a(w))
					}
					return together(f, v)
				}, false
			}
			name := map[string]string{"ln": "log", "softplus": f, "exp": f, "σ": "sigmoid"}[f]
			return func(w world) float64 { return call1(name, args[0](w)) }, false
		}
	}
	base := r.base()
	if strings.HasPrefix(r.s, "^") || raised(r.s) != "" {
		up := r.exponent()
		return func(w world) float64 { return math.Pow(base(w), up(w)) }, false
	}
	return base, false
}

// over reads what follows Σ_: "j" or "{j≠y}", and the product that the sum is of.
func (r *reader) over(op string) meaning {
	bind, except, _ := strings.Cut(r.index(), "≠")
	r.want(" ")
	x := r.product()
	return func(w world) float64 { return together(op, w.each(bind, except, x)) }
}

// index reads a character or what is in braces.
func (r *reader) index() string {
	if r.skip("{") {
		s, rest, _ := strings.Cut(r.s, "}")
		r.s = rest
		return s
	}
	for _, c := range r.s {
		r.s = r.s[len(string(c)):]
		return strings.ReplaceAll(string(c), "τ", "tau")
	}
	panic("no index")
}

// base reads what an exponent may stand upon.
func (r *reader) base() meaning {
	switch {
	case r.skip("("):
		m := r.sum()
		r.want(")")
		return m
	case r.skip("["):
		m := r.sum()
		r.want("]⁺")
		return func(w world) float64 { return math.Max(m(w), 0) }
	case r.skip("|"):
		m := r.sum()
		r.want("|")
		return func(w world) float64 { return math.Abs(m(w)) }
	case r.skip("{ "):
		return r.cases()
	case r.skip("F̄"):
		return func(w world) float64 { return worldF[1] }
	}
	if n := len(r.s) - len(strings.TrimLeft(r.s, "0123456789.")); n > 0 {
		f, err := strconv.ParseFloat(r.s[:n], 64)
		if err != nil {
			panic(err)
		}
		r.s = r.s[n:]
		return func(world) float64 { return f }
	}
	for _, name := range []string{"temp", "a", "m", "β", "γ", "σ", "δ", "n", "q", "S", "c", "F", "p"} {
		if !r.skip(name) {
			continue
		}
		index := ""
		if r.skip("_") {
			index = r.index()
		}
		return func(w world) float64 { return w.named(name, index) }
	}
	panic("no base: " + r.s)
}

func (w world) named(name, index string) float64 {
	switch name {
	case "n":
		return float64(len(worldF))
	case "F":
		if index == "" {
			if !w.pair {
				panic("F alone")
			}
			index = "y"
		}
		return worldF[w.at(index)]
	case "p":
		return w.p(w.at(index))
	case "q", "S":
		return vector(name, w.at(index))
	case "c":
		return vector("c_2", w.at(strings.TrimPrefix(index, "2,")))
	}
	if index != "" {
		name += "_" + index
	}
	if l, ok := greek[[]rune(name)[0]]; ok {
		name = l
	}
	v, ok := worldNumber[name]
	if !ok {
		panic("no number " + name)
	}
	return v
}

func (r *reader) cases() meaning {
	x := r.sum()
	if r.skip(" otherwise }") {
		return x
	}
	r.want(" if ")
	a := r.sum()
	var relation string
	for _, s := range []string{"<", "≤", ">", "≥", "=", "≠"} {
		if r.skip(" " + s + " ") {
			relation = s
		}
	}
	b := r.sum()
	r.want("; ")
	rest := r.cases()
	return func(w world) float64 {
		if related(a(w), relation, b(w)) {
			return x(w)
		}
		return rest(w)
	}
}

func raised(s string) string {
	n := 0
	for _, c := range s {
		if !strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ", c) {
			break
		}
		n += len(string(c))
	}
	return s[:n]
}

func (r *reader) exponent() meaning {
	if s := raised(r.s); s != "" {
		r.s = r.s[len(s):]
		s = strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9", "⁻", "−", "ⁿ", "n").Replace(s)
		inner := &reader{s}
		return inner.sum()
	}
	r.want("^")
	if r.skip("{") {
		m := r.sum()
		r.want("}")
		return m
	}
	return r.base()
}
