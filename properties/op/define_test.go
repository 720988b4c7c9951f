package op

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"ebmcheck/properties/formula"
)

// TestFormulas: every formula of the rows reads back from what it prints.
func TestFormulas(t *testing.T) {
	for _, r := range catalogue {
		texts := append([]string{r.Formula}, r.Forms...)
		for _, s := range append(texts, r.Slopes...) {
			if s == "" {
				continue
			}
			f, err := formula.Parse(s)
			if err != nil { // a slope is about F_i: it parses in its statement
				continue
			}
			if g, err := formula.Parse(f.String()); err != nil || !g.Expr.Equal(f.Expr) {
				t.Errorf("%s: %s is printed as %s, which is read as %v (%v)", r.Op, s, f, g, err)
			}
		}
		if len(r.Slopes) > 0 {
			for _, s := range r.slopes() {
				if g, err := formula.ParseStatement(s.String()); err != nil || g.String() != s.String() {
					t.Errorf("%s: %s is read as %v (%v)", r.Op, s, g, err)
				}
			}
		}
	}
}

// TestDefine holds the definition of a loss to what it says: what it is asked, and what
// is refused, with the reason.
func TestDefine(t *testing.T) {
	pair, err := Define("define_pair", "pos(m + F[y] - F[ybar])^2", ParamRange{"m", 0, 5})
	if err != nil {
		t.Fatal(err)
	}
	if r := pair.Row(); !r.Pair || r.Answer || len(r.Params) != 1 || r.Params[0].Within != (Within{0, 5}) || r.Least() != 2 {
		t.Errorf("a pair: %+v", r)
	}
	list, err := Define("define_list", "(1 - p[y])^g*(logsumexp(j: -beta*F[j]) + beta*F[y])")
	if err != nil {
		t.Fatal(err)
	}
	r := list.Row()
	if r.Pair || !r.Answer || r.Least() != 1 || len(r.Params) != 2 {
		t.Errorf("a list: %+v", r)
	}
	if again, err := Define("define_pair", "pos(m + F[y] - F[ybar])^2", ParamRange{"m", 0, 5}); again != pair || err != nil {
		t.Errorf("the same again: %v, %v", again, err)
	}
	if hinge, err := Define("hinge", "pos(m+F[y]-F[ybar])"); hinge != Hinge || err != nil {
		t.Errorf("hinge by its own formula: %v, %v", hinge, err)
	}
	if two, err := Define("define_two", "F[y] - min(j != y: F[j])"); err != nil || two.Row().Least() != 2 {
		t.Errorf("with incorrect answers: %v, %v", two, err)
	}
	if forms, err := Define("define_forms", "F[y] + logsumexp(j: -beta*F[j])/beta = -log(p[y])/beta"); err != nil || len(forms.Row().Forms) != 2 {
		t.Errorf("two forms: %v, %v", forms, err)
	}

	c := Call{Op: list, Energies: []float64{0.5, -1}, Answer: 1, Beta: 2, Params: map[string]float64{"g": 3}}
	b, err := json.Marshal(c)
	if want := `{"op":"define_list","beta":2.0,"params":{"g":3.0},"energies":[0.5,-1.0],"answer":1}`; err != nil || string(b) != want {
		t.Errorf("%s (%v), want %s", b, err, want)
	}
	var back Call
	if err := json.Unmarshal(b, &back); err != nil || !back.Equal(c) {
		t.Errorf("back: %v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"op":"define_list","beta":2.0,"energies":[0.5],"answer":0}`), &back); err == nil || !strings.Contains(err.Error(), `missing "g" in "params"`) {
		t.Errorf("without g: %v", err)
	}

	for _, test := range []struct {
		name, formula string
		ranges        []ParamRange
		says          string
	}{
		{"define_typo", "pos(m + F[y] - F[ybar]", nil, "^"},
		{"define_function", "poz(m + F[y])", nil, "did you mean pos?"},
		{"Squared Hinge", "F[y]", nil, "lower-case letters"},
		{"batch", "F[y]", nil, "give the loss another name"},
		{"hinge", "pos(m + F[ybar] - F[y])", nil, "one of the catalogue, ℓ = [m + F − F̄]⁺"},
		{"infer", "F[y]", nil, "one of the catalogue"},
		{"define_pair", "pos(m + F[ybar] - F[y])", nil, "defined already, as pos(m + F[y] - F[ybar])^2"},
		{"define_pair", "pos(m + F[y] - F[ybar])^2", nil, "defined already"},
		{"define_range", "pos(m + F[y] - F[ybar])", []ParamRange{{"g", 0, 1}}, `a range for "g", which is no parameter`},
		{"define_range", "pos(m + F[y] - F[ybar])", []ParamRange{{"m", 1, 0}}, "in order"},
		{"define_range", "F[y]/beta", []ParamRange{{"beta", 0, 1}}, "beta above 0"},
		{"define_vector", "max(j != y: c[j] + F[y] - F[j])", nil, "no call sends"},
		{"define_forms2", "F[y] - F[ybar] = F[ybar] - F[y]", nil, "the forms are not the same"},
		{"define_numbers", "softplus(F[0] - F[1])", nil, "write F[y] for the correct one"},
		{"define_number", "softplus(F[0])", nil, "write F[y] for the correct one"},
		{"define_probability", "-log(q) where q = p[1]", nil, "write F[y] for the correct one"},
		{"define_same", "F[y]*delta(y, 0)", nil, "write F[y] for the correct one"},
		{"define_forms3", "F[y] - F[ybar] = F[0] - F[1]", nil, "write F[y] for the correct one"},
		{"define_nothing", "max(0, 1 - m)", nil, "is of energies"},
		{"define_less", "F[y] < F[ybar]", nil, "^"},
	} {
		_, err := Define(test.name, test.formula, test.ranges...)
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s = %s: %v, want %q", test.name, test.formula, err, test.says)
		}
	}
	if _, err := Define("define_place", "pos(m + F[y] - )"); !errors.As(err, new(*formula.Error)) {
		t.Errorf("%v is no *formula.Error", err)
	}
}

// TestAdvice: whoever writes a formula that lets errors pass is told.
func TestAdvice(t *testing.T) {
	naive, err := Define("advice_naive", "log(1 + exp(F[y] - F[ybar]))")
	if err != nil {
		t.Fatal(err)
	}
	if a := strings.Join(naive.Row().Advice, "\n"); !strings.Contains(a, "softplus(F[y] - F[ybar])") {
		t.Errorf("no word of softplus: %q", a)
	}
	good, err := Define("advice_good", "softplus(F[y] - F[ybar])")
	if err != nil || len(good.Row().Advice) > 0 {
		t.Errorf("softplus: %v, %v", good.Row().Advice, err)
	}
}

// TestSignOfDefined: a loss that cannot be negative, as every form of it is written, has a sign.
func TestSignOfDefined(t *testing.T) {
	for formula, want := range map[string]bool{
		"pos(m + F[y] - F[ybar])^2": true,
		"F[y] - F[ybar]":            false,
		"(F[y] - F[ybar])^2 = F[y]^2 - 2*F[y]*F[ybar] + F[ybar]^2": false,
	} {
		o, err := Define(fmt.Sprintf("sign_%d", len(formula)), formula)
		if err != nil {
			t.Fatal(err)
		}
		if got := o.Row().Signs.Says != ""; got != want {
			t.Errorf("%s has a sign: %v, want %v", formula, got, want)
		}
	}
}

// TestValidate: a row that lacks something is told from one that does not.
func TestValidate(t *testing.T) {
	if err := Validate(); err != nil {
		t.Error(err)
	}
	for want, spoil := range map[string]func(*Row){
		"no Formula":  func(r *Row) { r.Formula, r.Says = "", "" },
		"no Slopes":   func(r *Row) { r.Slopes, r.Says = nil, "" },
		"1 Slopes":    func(r *Row) { r.Slopes = r.Slopes[:1] },
		"no Truth":    func(r *Row) { r.Truth = nil },
		"no Bound":    func(r *Row) { r.Bound = nil },
		"no Standard": func(r *Row) { r.Standard = "" },
		"want it among the Params": func(r *Row) {
			r.Truth, r.Params = nil, nil
		},
		"none by its formula: want a number": func(r *Row) { r.Bound, r.Formula = nil, "pos(m + F[y] - )" },
		"allows an error of +Inf": func(r *Row) {
			r.Bound = func(c Call, m Model) Allowance { a := hinge.Bound(c, m); a.Value /= 0; return a }
		},
		"0 numbers for the gradient": func(r *Row) {
			r.Bound = func(c Call, m Model) Allowance { a := hinge.Bound(c, m); a.Grad = nil; return a }
		},
	} {
		r := hinge
		spoil(&r)
		if why := r.missing(); !strings.Contains(why, want) {
			t.Errorf("%q, want %q", why, want)
		}
	}
	for want, spoil := range map[string]func(*Row){
		"no source":                     func(r *Row) { r.Refs = nil },
		"no Reference":                  func(r *Row) { r.Reference = nil },
		"no Strata":                     func(r *Row) { r.Strata = nil },
		"add it to losses/catalogue.go": func(r *Row) { r.Op = "hinges" },
	} {
		was := hinge
		spoil(&hinge)
		if why := hinge.missing(); !strings.Contains(why, want) {
			t.Errorf("%q, want %q", why, want)
		}
		hinge = was
	}
}
