// What somebody new writes in Go, and what the first run says of it. Run by
// `make packages`, in a module of its own.
package newcomer

import (
	"math"
	"os"
	"os/exec"
	"strings"
	"testing"

	"ebmcheck/properties"
)

type implementation = func(properties.Call) properties.Reply

var focalLoss = properties.Define("focal", "(1 - p[y])^gamma * -log(p[y])", properties.Range{Name: "gamma", Lo: 0, Hi: 5})

func normalised(w []float64) properties.Reply {
	z := 0.0
	for _, x := range w {
		z += x
	}
	for i := range w {
		w[i] /= z
	}
	return properties.Reply{Probs: w}
}

func softmax(c properties.Call) properties.Reply {
	least := math.Inf(1)
	for _, f := range c.Energies {
		least = math.Min(least, f)
	}
	w := make([]float64, len(c.Energies))
	for i, f := range c.Energies {
		w[i] = math.Exp(-c.Beta * (f - least))
	}
	return normalised(w)
}

func naiveSoftmax(c properties.Call) properties.Reply {
	w := make([]float64, len(c.Energies))
	for i, f := range c.Energies {
		w[i] = math.Exp(-c.Beta * f)
	}
	return normalised(w)
}

func hinge(c properties.Call) properties.Reply {
	t := c.Margin + c.Energies[0] - c.Energies[1]
	if t <= 0 {
		return properties.Reply{Grad: []float64{0, 0}}
	}
	return properties.Reply{Value: t, Grad: []float64{1, -1}}
}

func reversedHinge(c properties.Call) properties.Reply {
	t := c.Margin + c.Energies[1] - c.Energies[0]
	if t <= 0 {
		return properties.Reply{Grad: []float64{0, 0}}
	}
	return properties.Reply{Value: t, Grad: []float64{-1, 1}}
}

func logP(c properties.Call) float64 {
	least, z := math.Inf(1), 0.0
	for _, f := range c.Energies {
		least = math.Min(least, f)
	}
	for _, f := range c.Energies {
		z += math.Exp(-c.Beta * (f - least))
	}
	return -c.Beta*(c.Energies[c.Answer]-least) - math.Log(z)
}

func focal(c properties.Call) properties.Reply {
	l := logP(c)
	return properties.Reply{Value: math.Pow(-math.Expm1(l), c.Gamma) * -l}
}

func focalPowerOfP(c properties.Call) properties.Reply { // p for 1 − p
	l := logP(c)
	return properties.Reply{Value: math.Pow(math.Exp(l), c.Gamma) * -l}
}

func TestRight(t *testing.T) {
	for op, f := range map[properties.Op]implementation{properties.Gibbs: softmax, properties.Hinge: hinge, focalLoss: focal} {
		t.Run(string(op), func(t *testing.T) {
			properties.Test(t, properties.Funcs("mine", map[properties.Op]implementation{op: f}))
		})
	}
}

var wrong = []struct {
	name  string
	op    properties.Op
	f     implementation
	named []string // what the first screen has
}{
	{"naiveSoftmax", properties.Gibbs, naiveSoftmax, []string{"shift by max x", "got NaN"}},
	{"reversedHinge", properties.Hinge, reversedHinge, []string{"as if ℓ = [m + F̄ − F]⁺: y and ȳ exchanged", "got 1", "want 0"}},
	{"focalPowerOfP", focalLoss, focalPowerOfP, []string{"p_y for 1 − p_y"}},
}

// TestOne runs the wrong one that NEWCOMER names, and fails.
func TestOne(t *testing.T) {
	for _, w := range wrong {
		if w.name == os.Getenv("NEWCOMER") {
			properties.Test(t, properties.Funcs("mine", map[properties.Op]implementation{w.op: w.f}))
		}
	}
}

func TestWrong(t *testing.T) {
	for _, w := range wrong {
		t.Run(w.name, func(t *testing.T) {
			again := exec.Command(os.Args[0], "-test.run", "^TestOne$")
			again.Env = append(os.Environ(), "NEWCOMER="+w.name)
			out, err := again.Output()
			if err == nil {
				t.Fatal("it passes")
			}
			screen := strings.Join(strings.Split(string(out), "\n")[:24], "\n")
			for _, word := range w.named {
				if !strings.Contains(screen, word) {
					t.Errorf("the first screen does not say %q:\n%s", word, screen)
				}
			}
		})
	}
}
