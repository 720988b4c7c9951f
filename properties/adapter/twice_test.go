package adapter

import (
	"fmt"
	"strings"
	"testing"
)

func TestTwice(t *testing.T) {
	many := func(last string) string {
		var b strings.Builder
		for i := range 1000 {
			fmt.Fprintf(&b, `"k%d":0,`, i)
		}
		return "{" + b.String() + last + ":0}"
	}
	for _, c := range []struct{ line, deep, flat string }{
		{`{}`, "", ""},
		{`{"a":1,"b":{"a":1},"c":[{"a":1},{"a":"b"},"a","a"],"d":"b"}`, "", ""},
		{`{"a":1,"a":2}`, "a", "a"},
		{`{"value":1,"Value":2}`, "Value", "Value"},
		{`{"a":1,"\u0061":2}`, "a", "a"},
		{`{"seq":1,"ſeq":2}`, "ſeq", "ſeq"}, // the long s
		{`{"a\"":1,"a":{},"a\\":[],"a\\\"":0}`, "", ""},
		{`{"a":[{"b":1 , "b" : 2}]}`, "b", ""},
		{`{"a":{"b":{"c":[1,2]},"b":0},"c":1}`, "b", ""},
		{`{"a":{"b":"}"},"a":"{"}`, "a", "a"},
		{`[{"a":1},{"a":1}]`, "", ""},
		{`"a"`, "", ""},
		{many(`"k1000"`), "", ""},
		{many(`"K7"`), "K7", "K7"},
		{many(`"\u212a7"`), "\u212a7", "\u212a7"}, // the Kelvin sign
	} {
		if got := twice([]byte(c.line), true); got != c.deep {
			t.Errorf("%.60s: %q, want %q", c.line, got, c.deep)
		}
		if got := twice([]byte(c.line), false); got != c.flat {
			t.Errorf("%.60s, not deep: %q, want %q", c.line, got, c.flat)
		}
	}
}
