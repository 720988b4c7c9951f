package theory_test

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
)

// An identity is observed by a claim about code if it is a relation between replies that the claim judges. No claim of its own is
// needed then. For the true replies stand in that relation, and each is bound by its claim to an interval; so whoever passes
// REQUIRED of the claims stands in it up to the widths of these. The test shows that they are narrow enough to say something: from
// the intervals alone a slip in the identity is refuted, and with wrong numbers for what any one of the claims judges, the identity.

// An interview is a subject of which is known only that REQUIRED passes it.
type interview struct {
	t     *testing.T
	known map[string]reply
	asked map[string]bool // the claims that judge what was asked
	wrong wrong
}

// A reply to a call is known by its bounds.
type reply struct {
	nth    int
	bounds []bounded
}

// A bounded number of a reply lies in the interval, or it refutes the claim.
type bounded struct {
	num
	claim string
}

// A wrong subject has other numbers for half of what the claim judges: where the number of the call and that in the reply add up to one
// that has the bit.
type wrong struct {
	claim string
	bit   int
	how   func(num) num
}

// wrongs are those of a claim: by an eighth, and by much, to both sides.
func wrongs(claim string) (ws []wrong) {
	for bit := range 4 {
		for _, how := range []func(num) num{
			func(x num) num { return times(x, 1.125).Add(number(0.125)) },
			func(x num) num { return times(x, 0.875).Sub(number(0.125)) },
			func(x num) num { return times(x, 4).Add(number(4)) },
			func(x num) num { return times(x, 0.25).Sub(number(4)) },
		} {
			ws = append(ws, wrong{claim, 1 << bit, how})
		}
	}
	return ws
}

// answer is what any who pass may say.
func (in *interview) answer(c op.Call) (a answer) {
	key := c.String()
	r, ok := in.known[key]
	if !ok {
		r = reply{len(in.known), in.bounds(c)}
		in.known[key] = r
	}
	for i, b := range r.bounds {
		in.asked[b.claim] = true
		if b.claim == in.wrong.claim && (r.nth+i)&in.wrong.bit != 0 {
			b.num = in.wrong.how(b.num)
		}
		switch {
		case c.Op == op.Gibbs:
			a.probs = append(a.probs, b.num)
		case i == 0:
			a.value = b.num
		default:
			a.grad = append(a.grad, b.num)
		}
	}
	return a
}

// bounds are the numbers of the reply to c, each with the claim that refutes the first number beyond an end.
func (in *interview) bounds(c op.Call) (bs []bounded) {
	if c.Op == op.Infer {
		return in.least(c)
	}
	vs := judge.Intervals(c)
	for i, v := range vs {
		if v.Free || v.None {
			bs = append(bs, bounded{number(math.Inf(-1)).Hull(number(math.Inf(1))), ""})
			continue
		}
		beyond := math.Nextafter(v.Hi, math.Inf(1))
		if math.IsInf(v.Hi, 1) {
			beyond = math.Nextafter(v.Lo, math.Inf(-1))
		}
		bs = append(bs, bounded{number(v.Lo).Hull(number(v.Hi)), in.refuting(c, vs, i, beyond)})
	}
	return bs
}

// least is the energy of the answer to c, an op that infers one: any that is not refuted.
func (in *interview) least(c op.Call) []bounded {
	var b bounded
	for i, f := range c.Energies {
		switch err := check(c, op.Reply{Index: i}); {
		case err != nil:
			b.claim, _, _ = strings.Cut(err.Error(), " ")
		case b.num == num{}:
			b.num = number(f)
		default:
			b.num = b.num.Hull(number(f))
		}
	}
	return []bounded{b}
}

// check judges one who answers r to c.
func check(c op.Call, r op.Reply) error {
	return judge.Check(op.Subject{Name: "off by a little", Ops: []op.Op{c.Op}, Answer: func(calls []op.Call) []op.Reply {
		return slices.Repeat([]op.Reply{r}, len(calls))
	}}, c)
}

// refuting is the claim that refutes one who answers c rightly, but with x for the i-th number.
func (in *interview) refuting(c op.Call, vs []judge.Interval, i int, x float64) string {
	var r op.Reply
	for k, v := range vs {
		y := v.Right
		if k == i {
			y = x
		}
		switch {
		case c.Op == op.Gibbs:
			r.Probs = append(r.Probs, y)
		case k == 0:
			r.Value = y
		default:
			r.Grad = append(r.Grad, y)
		}
	}
	err := check(c, r)
	if err == nil {
		in.t.Fatalf("%v: %s = %v is beyond [%v, %v], and not refuted", c, vs[i].What, x, vs[i].Lo, vs[i].Hi)
	}
	claim, _, _ := strings.Cut(err.Error(), " ")
	return claim
}

// interviews is the number of worlds that an identity is asked about in.
const interviews = 5

// observers are the claims by which the identity is observed, sorted.
func (id identity) observers(t *testing.T, known map[string]reply) []string {
	slipped := false
	breaks := func(in *interview) bool {
		for seed := range uint64(interviews) {
			w := newWorld(seed)
			w.ask = in.answer
			for _, r := range id.check(w) {
				if r.broken() {
					return true
				}
				slipped = slipped || r.slipped().broken()
			}
		}
		return false
	}
	right := &interview{t: t, known: known, asked: map[string]bool{}}
	if breaks(right) {
		t.Errorf("identity %d: what REQUIRED allows of each reply breaks it", id.n)
	}
	if !slipped {
		t.Errorf("identity %d: no world of %d refutes a slip in it, by what REQUIRED allows", id.n, interviews)
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(right.asked)), func(claim string) bool {
		return claim == "" || !slices.ContainsFunc(wrongs(claim), func(w wrong) bool {
			return breaks(&interview{t: t, known: known, asked: map[string]bool{}, wrong: w})
		})
	})
}
