package theory_test

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ebmcheck/properties/exact"
	"ebmcheck/properties/op"
	"ebmcheck/properties/proof"
	"ebmcheck/properties/theory"
)

// An identity is a line of the list that the code and the claims cite by its number, as
// "identity 76" or I76. Most are relations between numbers that a world has, and are held to
// it; of the others why says what they are.
type identity struct {
	n     int
	says  string     // the statement
	equal []equality // where its inequalities are equalities; without words, what makes ⇔ of its ⇒
	check func(w *world) []relation
	why   string

	oneWay arrow // its ⇒ of which the converse is false
}

// A world is energies F and G of n answers and their distributions at β, with all else that an
// identity speaks of, enclosed at 160 bits.
type world struct {
	r       *rand.Rand
	n, y    int
	β, b    num // β and another inverse temperature above it
	c       num // any number
	F, G    []num
	q       []num // any distribution
	low     num
	k, next int // the number of minimisers, and of those of the second least energy
	Δ       num // the difference of the two
	perUnit num // 1/n

	ask func(op.Call) answer // who answers for the functions that are ops; nil: nobody
}

type num = exact.Interval

const identityBits = 160

func number(v float64) num { return exact.Of(v, identityBits) }

var none, unit = number(0), number(1)

func newWorld(seed uint64) *world {
	r := rand.New(rand.NewPCG(seed, 92))
	w := &world{r: r, n: 2 + r.IntN(4), β: number([]float64{0.25, 0.5, 1, 2, 3}[r.IntN(5)])}
	w.b, w.c = w.β.Add(number(float64(1+r.IntN(8))/8)), number(float64(r.IntN(65)-32)/8)
	w.y = r.IntN(w.n)
	for range w.n {
		w.F = append(w.F, number(float64(r.IntN(33)-16)/8))
		w.G = append(w.G, number(float64(r.IntN(33)-16)/8))
		w.q = append(w.q, number(float64(1+r.IntN(8))))
	}
	return w.settled()
}

// settled returns w with all that follows from n, F and the weights q.
func (w *world) settled() *world {
	w.q = scaled(w.q, unit.Div(total(w.q)))
	w.low = least(w.F)
	second := number(1e9)
	for _, f := range w.F {
		switch {
		case !w.low.Less(f):
			w.k++
		case f.Less(second):
			second, w.next = f, 1
		case !second.Less(f):
			w.next++
		}
	}
	w.Δ, w.perUnit = second.Sub(w.low), unit.Div(number(float64(w.n)))
	return w
}

// A relation is a = b, or a ≤ b.
type relation struct {
	a, b num
	le   bool
}

func equals(a, b num) relation { return relation{a, b, false} }
func atMostIs(a, b num) relation {
	return relation{a, b, true}
}

// broken says whether the relation is certainly false.
func (r relation) broken() bool {
	if r.le {
		return r.b.Less(r.a)
	}
	return r.a.Disjoint(r.b)
}

// slipped returns the relation with a believable mistake: the sides of an inequality
// exchanged, a millionth too much in an equality.
func (r relation) slipped() relation {
	if r.le {
		return relation{r.b, r.a, true}
	}
	return relation{r.a, r.b.Mul(number(1 + 0x1p-20)).Add(number(0x1p-30)), false}
}

func total(x []num) num {
	s := none
	for _, v := range x {
		s = s.Add(v)
	}
	return s
}

func scaled(x []num, by num) (y []num) {
	for _, v := range x {
		y = append(y, v.Mul(by))
	}
	return y
}

func least(x []num) num {
	low := x[0]
	for _, v := range x {
		low = low.Min(v)
	}
	return low
}

func greatest(x []num) num { return least(scaled(x, number(-1))).Neg() }

func minus(x, y []num) (d []num) {
	for i := range x {
		d = append(d, x[i].Sub(y[i]))
	}
	return d
}

func plus(x []num, c num) (y []num) {
	for _, v := range x {
		y = append(y, v.Add(c))
	}
	return y
}

func absolute(x []num) (y []num) {
	for _, v := range x {
		y = append(y, v.Abs())
	}
	return y
}

func variance(p, x []num) num {
	d := plus(x, exact.MeanOf(p, x).Neg())
	for i := range d {
		d[i] = d[i].Sqr()
	}
	return exact.MeanOf(p, d)
}

func (w *world) mean() num           { return exact.MeanOf(w.p(), w.F) }
func (w *world) variance() num       { return variance(w.p(), w.F) }
func (w *world) entropy() num        { return exact.EntropyOf(w.p()) }
func (w *world) range_() num         { return greatest(w.F).Sub(w.low) }
func (w *world) ln(n int) num        { return number(float64(n)).Log() }
func (w *world) uniform() []num      { return slices.Repeat([]num{w.perUnit}, w.n) }
func (w *world) level() num          { return exact.MeanOf(w.uniform(), w.F) } // the plain mean of F
func (w *world) softmean() num       { return w.Fβ().Add(w.ln(w.n).Div(w.β)) } // F̄_β
func (w *world) other() int          { return (w.y + 1) % w.n }
func (w *world) d() num              { return w.F[w.y].Sub(w.F[w.other()]) }
func times(a num, k float64) num     { return a.Mul(number(k)) }
func half(a num) num                 { return times(a, 0.5) }
func both(r ...relation) []relation  { return r }
func twice(a, b, c num) []relation   { return both(atMostIs(a, b), atMostIs(b, c)) }
func same(x, y []num) (r []relation) { return pairwiseOf(x, y, equals) }
func pairwiseOf(x, y []num, of func(a, b num) relation) (r []relation) {
	for i := range x {
		r = append(r, of(x[i], y[i]))
	}
	return r
}

// byF returns the gradient in the energies of what f makes of them.
func (w *world) byF(f func(β exact.Dual, F []exact.Dual) exact.Dual) []num {
	return gradient(w.β, w.F, f)
}

func gradient(β num, F []num, f func(β exact.Dual, F []exact.Dual) exact.Dual) []num {
	Fs := make([]exact.Dual, len(F))
	for i := range F {
		Fs[i] = exact.Var(F[i], i, len(F))
	}
	return f(exact.Const(β, len(F)), Fs).D
}

// byβ returns the derivative by β.
func (w *world) byβ(f func(β exact.Dual, F []exact.Dual) exact.Dual) num {
	F := make([]exact.Dual, w.n)
	for i := range F {
		F[i] = exact.Const(w.F[i], 1)
	}
	return f(exact.Var(w.β, 0, 1), F).D[0]
}

// rivals returns d = F_y − F_ȳ for each ȳ ≠ y, and the greatest.
func (w *world) rivals() (d []num, worst num) {
	for j, f := range w.F {
		if j != w.y {
			d = append(d, w.F[w.y].Sub(f))
		}
	}
	return d, greatest(d)
}

// worlds is the number of them that an identity is tried on.
const worlds = 24

func TestIdentities(t *testing.T) {
	seen := 0
	for _, id := range identities {
		if seen++; id.n != seen {
			t.Fatalf("identity %d comes after %d", id.n, seen-1)
		}
		if (id.check == nil) == (id.why == "") {
			t.Errorf("identity %d: a check, or a word on why there is none", id.n)
		}
		if id.check == nil {
			continue
		}
		slipped := false
		for seed := range uint64(worlds) {
			for _, r := range id.check(newWorld(seed)) {
				if r.broken() {
					t.Fatalf("identity %d is false in world %d: %v and %v", id.n, seed, r.a, r.b)
				}
				slipped = slipped || r.slipped().broken()
			}
		}
		if !slipped {
			t.Errorf("identity %d: no world of %d refutes a slip in it", id.n, worlds)
		}
	}
	if seen != 92 {
		t.Errorf("%d identities, want 92", seen)
	}
	const page = "../../reports/identities.md"
	want := identityPage(t)
	if flag.Lookup("update").Value.String() == "true" && !t.Failed() {
		if err := os.WriteFile(page, want, 0o644); err != nil {
			t.Fatal(err)
		}
	} else if got, err := os.ReadFile(page); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is stale: go test ./properties/theory -run TestIdentities -update (%v)", page, err)
	}
}

// provedOf says what is proved of an identity, and by which theorems.
func provedOf(t *testing.T, ref string) string {
	var names []string
	for _, th := range theory.About(ref) {
		p, err := proof.Recheck(th.Pinned())
		if err != nil {
			t.Fatal(err)
		}
		name := "`" + th.Name() + "`"
		if len(p.Terms) > 0 && !p.Counted {
			name += " ∫"
		}
		names = append(names, name)
	}
	switch part := theory.ProvedPart(ref); {
	case names == nil:
		return ""
	case part != "":
		return " Proved " + part + ": " + strings.Join(names, ", ")
	}
	return " ∎ " + strings.Join(names, ", ")
}

// identityPage is reports/identities.md.
func identityPage(t *testing.T) []byte {
	known := map[string]reply{}
	var b bytes.Buffer
	b.WriteString(`# The identities

What "identity 76" in a comment, and I76 among the references of a claim, stands for. Domain unless said: n ≥ 1 answers, finite
energies F, β > 0. wᵢ = e^(−βFᵢ), Z = Σ w, pᵢ = wᵢ/Z, F_β = −(1/β) ln Z, F̄_β = F_β + (ln n)/β; ⟨·⟩ is the mean under p, ⟨·⟩_q that
under q, H the entropy, u the uniform distribution, k the number of minimisers, k₂ that of the answers of the second least energy, Δ
the difference of the two, R = max F − min F; y is correct, ȳ incorrect, d = F_y − F_ȳ, ℓ_y = F_y − F_β, [t]⁺ = max(0, t),
σ(t) = 1/(1 + e^(−t)), sp(d) = (1/β) ln(1 + e^(βd)).

Of a line with ∎ all is proved, for all n ≥ 1, all real energies and every β > 0, but for what it says of equality and of converses; the
names are those of the certificates (` + "`ebmcheck explain I13`" + `, or of a name); what has ∫ behind its name is proved of integrals for Σ too, where they exist. The relations of a line with ✓ hold, enclosed at 160 bits, in ` + strconv.Itoa(worlds) + ` random worlds, some of which refute a slip of the pen in
them; what the line says of equality, with it what makes ⇔ of ⇒, and of what is not so conversely, is tried in these, and in ` + strconv.Itoa(len(made())) + ` worlds that are made to have some: an
equality where it says so, and none elsewhere, and a world that refutes the converse (` + "`go test ./properties/theory -run 'TestIdentities|TestEqualities|TestOneWay'`" + `; the former also writes this page, with ` + "`-update`" + `).

An identity is observed by claims about code if it is a relation between replies that they judge, to one call or to several. It needs
no claim of its own, for the true replies stand in it, and whoever passes REQUIRED answers within an interval around each: in ` + strconv.Itoa(interviews) + ` of the worlds
these intervals agree with the relation, they alone refute a slip in it, and wrong numbers for what any one of the claims judges break it.
A line without claims is about spaces, chains or energies that no call has, or true of whatever is answered.

`)
	heading := map[int]string{1: "Free energy and Gibbs distribution", 41: "NLL, MEE, perceptron", 59: "Losses of a pair", 75: "Latent variables and structure", 80: "Identifiability and families"}
	for _, id := range identities {
		if h := heading[id.n]; h != "" {
			fmt.Fprintf(&b, "## %s\n\n", h)
		}
		fmt.Fprintf(&b, "%d. %s", id.n, strings.TrimSuffix(id.says, "."))
		for i, e := range id.equal {
			if e.says != "" {
				b.WriteString([]string{"; equal iff ", "; "}[min(i, 1)] + e.says)
			}
		}
		if id.check != nil {
			b.WriteString(". ✓")
		} else {
			fmt.Fprintf(&b, ". (%s)", id.why)
		}
		b.WriteString(provedOf(t, fmt.Sprint("I", id.n)))
		if id.check == nil {
			b.WriteString("\n")
			continue
		}
		if claims := id.observers(t, known); len(claims) > 0 {
			b.WriteString("; observed by `" + strings.Join(claims, "`, `") + "`")
		}
		b.WriteString("\n")
		if heading[id.n+1] != "" {
			b.WriteString("\n")
		}
	}
	return b.Bytes()
}
