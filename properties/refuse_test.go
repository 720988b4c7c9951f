package properties_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"ebmcheck/properties"
)

// What Test must not be green on, by name: each is run in a process of its own.
var refused = map[string]struct {
	subject properties.Subject
	says    []string // what the failing test says
}{
	"an op that there is not": {
		properties.Funcs("x", map[properties.Op]func(properties.Call) properties.Reply{"softened_hinge": zero}),
		[]string{`unknown op "softened_hinge": the nearest is "soft_hinge"`, "properties.Define"},
	},
	"a typo": {
		properties.Funcs("x", map[properties.Op]func(properties.Call) properties.Reply{"hing": zero}),
		[]string{`unknown op "hing": the nearest is "hinge"`},
	},
	"nothing": {
		properties.Funcs("x", nil),
		[]string{`subject "x" offers no op: nothing could be tested`},
	},
	"all unsupported": {
		properties.Funcs("x", map[properties.Op]func(properties.Call) properties.Reply{properties.Hinge: func(properties.Call) properties.Reply {
			return properties.Reply{Unsupported: "no"}
		}}),
		[]string{"the subject called all", "unsupported"},
	},
	"three of four unsupported": {
		properties.Funcs("x", map[properties.Op]func(properties.Call) properties.Reply{properties.Hinge: func(c properties.Call) properties.Reply {
			if c.Energies[0] < 10 {
				return properties.Reply{Unsupported: "small energies"}
			}
			return properties.Reference().Answer([]properties.Call{c})[0]
		}}),
		[]string{"random cases unsupported, more than half"},
	},
	"a panic": {
		properties.Funcs("x", map[properties.Op]func(properties.Call) properties.Reply{
			properties.Hinge: func(c properties.Call) properties.Reply { return properties.Reply{Value: c.Energies[2]} },
			properties.Log: func(c properties.Call) properties.Reply {
				return properties.Reference().Answer([]properties.Call{c})[0]
			},
		}),
		[]string{"crashed: the value is the true one", "hinge(F=0, F̄=0, m=1)", "index out of range [2] with length 2", "refuse_test.go:", "--- PASS: TestRefused/log/tame/log.value/required"},
	},
}

func zero(properties.Call) properties.Reply { return properties.Reply{} }

// TestRefused is the test of a user; it runs only in the process that TestRefusals starts.
func TestRefused(t *testing.T) {
	name := os.Getenv("EBMCHECK_REFUSED")
	if name == "" {
		t.Skip("started by TestRefusals")
	}
	properties.Test(t, refused[name].subject)
}

// TestRefusals: what tests nothing, or too little, or panics, is red, and says why.
func TestRefusals(t *testing.T) {
	for name, r := range refused {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := exec.Command(os.Args[0], "-test.run=^TestRefused$", "-test.short", "-test.v")
			c.Env = append(os.Environ(), "EBMCHECK_REFUSED="+name)
			out, err := c.CombinedOutput()
			if err == nil {
				t.Errorf("it is green:\n%.2000s", out)
			}
			for _, s := range r.says {
				if !strings.Contains(string(out), s) {
					t.Errorf("it does not say %q:\n%.3000s", s, out)
				}
			}
		})
	}
}
