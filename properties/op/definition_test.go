package op

import (
	"encoding/json"
	"strings"
	"testing"

	"ebmcheck/properties/result"
)

// TestDefinition holds a definition to what it reads back as, and its errors to what is
// wrong.
func TestDefinition(t *testing.T) {
	for _, c := range []struct{ text, back, wrong string }{
		{`{"name":"d_squared","formula":"pos(m + F[y] - F[ybar])^2","params":{"m":[0.5,3]}}`, `{"name":"d_squared","formula":"pos(m + F[y] - F[ybar])^2","params":{"m":[0.5,3.0]}}`, ""},
		{`{"name":"d_shifted","formula":"F[y] - mean(j: F[j])+g"}`, `{"name":"d_shifted","formula":"F[y] - mean(j: F[j]) + g","params":{"g":[0.0,10.0]}}`, ""},
		{`{"name":"d_forms","formula":"log(1 + exp(F[y] - F[ybar])) = softplus(F[y] - F[ybar])"}`, `{"name":"d_forms","formula":"log(1 + exp(F[y] - F[ybar])) = softplus(F[y] - F[ybar])"}`, ""},
		{`{"name":"d_scaled","formula":"F[y]/beta"}`, `{"name":"d_scaled","formula":"F[y]/beta"}`, ""},
		{`{"name":"hinge","formula":"pos(m+F[y]-F[ybar])"}`, "", ""},
		{`{"name":"hinge","formula":"pos(m+F[y]-F[ybar])","params":{"m":[0,1]}}`, "", `m ranges as its regimes do: leave "params" out`},
		{`{"name":"hinge","formula":"pos(m+F[y]-F[ybar])^2"}`, "", "is one of the catalogue"},
		{`{"name":"d_squared","formula":"pos(m + F[y] - F[ybar])^3"}`, "", "is defined already, as pos(m + F[y] - F[ybar])^2"},
		{`{"name":"d_one","formula":"F[y]*m","params":{"m":[1]}}`, "", "the range of m has 1 numbers: want the least and the largest"},
		{`{"name":"d_two","formula":"F[y]*m","params":{"m":[2,1]}}`, "", "the range of m is [2, 1]"},
		{`{"name":"d_none","formula":"F[y]*m","params":{"g":[1,2]}}`, "", `a range for "g"`},
		{`{"name":"d_typo","formula":"F[y] - F[ybr]"}`, "", "\n  F[y] - F[ybr]\n         ^"},
	} {
		var d result.Definition
		if err := json.Unmarshal([]byte(c.text), &d); err != nil {
			t.Fatal(err)
		}
		o, err := DefineAs(d)
		if c.wrong != "" {
			if err == nil || !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("%s: got %v, want %s", c.text, err, c.wrong)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		back, ok := o.Row().Definition()
		if ok != (c.back != "") {
			t.Errorf("%s: its row has a definition: %v", c.text, ok)
		} else if b, err := json.Marshal(back); ok && string(b) != c.back {
			t.Errorf("%s: back as %s (%v)", c.text, b, err)
		} else if _, err := DefineAs(back); ok && err != nil {
			t.Errorf("%s: again: %v", c.text, err)
		}
	}
}
