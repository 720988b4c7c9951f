package coq

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// tokens cuts text in words and signs; an empty one ends them.
func tokens(text string) (toks []string) {
	for i := 0; i < len(text); {
		j := i + 1
		switch c := text[i]; {
		case c == ' ':
			i++
			continue
		case isWord(c):
			for j < len(text) && isWord(text[j]) {
				j++
			}
		}
		toks = append(toks, text[i:j])
		i = j
	}
	return append(toks, "")
}

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '#'
}

func isName(x string) bool { return x != "" && isWord(x[0]) && !isNumber(x[:1]) && len(tokens(x)) == 2 }

func isNumber(x string) bool { return x != "" && strings.Trim(x, "0123456789") == "" }

func (r *reader) parse(text string) *term {
	r.toks = tokens(text)
	t := r.sum()
	if r.toks[0] != "" {
		refuse("what is %q after a term?", strings.Join(r.toks, " "))
	}
	return t
}

func (r *reader) next() string { t := r.toks[0]; r.toks = r.toks[1:]; return t }

func (r *reader) accept(t string) bool {
	if r.toks[0] == t {
		r.next()
		return true
	}
	return false
}

func (r *reader) want(t string) {
	if !r.accept(t) {
		refuse("want %s before %q", t, strings.Join(r.toks, " "))
	}
}

func (r *reader) sum() *term {
	t := r.product()
	for {
		switch {
		case r.accept("+"):
			t = apply("add", t, r.product())
		case r.accept("-"):
			t = minus(t, r.product())
		default:
			return t
		}
	}
}

func (r *reader) product() *term {
	t := r.power()
	for {
		switch {
		case r.accept("*"):
			t = apply("mul", t, r.power())
		case r.accept("/"):
			x := r.next()
			q, ok := new(big.Rat).SetString(x)
			if !isNumber(x) || !ok || q.Sign() == 0 {
				refuse("a division, but by an integer")
			}
			t = apply("mul", t, &term{op: "num", num: q.Inv(q)})
		default:
			return t
		}
	}
}

func (r *reader) power() *term {
	if r.accept("-") {
		return apply("neg", r.power())
	}
	t := r.primary()
	if r.accept("^") {
		n, err := strconv.Atoi(r.next())
		if err != nil || n < 0 || n > 64 {
			refuse("an exponent is a whole number, at most 64")
		}
		t = &term{op: "power", args: []*term{t}, n: n}
	}
	return t
}

func (r *reader) primary() (t *term) {
	x := r.next()
	switch {
	case x == "(":
		t = r.sum()
		r.want(")")
		return t
	case isNumber(x):
		q, _ := new(big.Rat).SetString(x)
		return &term{op: "num", num: q}
	case x == "n":
		return apply("card")
	case !isName(x):
		refuse("%q before %q is no term", x, strings.Join(r.toks, " "))
	}
	switch {
	case r.accept("("):
		t = r.function(x)
		r.want(")")
		return t
	case !r.accept("["):
		if short, ok := r.lets[x]; ok {
			return apply("let", short.is)
		}
		return variable(x)
	}
	idx := []string{r.next()}
	for r.accept(",") {
		idx = append(idx, r.next())
	}
	r.want("]")
	if short, ok := r.lets[x]; ok {
		return &term{op: "let", args: []*term{short.is}, name: short.index, idx: idx}
	}
	return family(x, idx...)
}

func (r *reader) function(x string) *term {
	switch {
	case x == "sum":
		j := r.next()
		r.want(",")
		return total(j, r.sum())
	case x == "d":
		i := r.next()
		r.want(",")
		return same(i, r.next())
	case slices.Contains([]string{"exp", "inv", "ln", "pos"}, x):
		return apply(x, r.sum())
	}
	refuse("no function %s", x)
	return nil
}
