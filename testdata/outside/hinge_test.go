package mylosses

import (
	"testing"

	"ebmcheck/properties"
)

func TestHinge(t *testing.T) {
	properties.Test(t, properties.Funcs("mine", map[properties.Op]func(properties.Call) properties.Reply{
		properties.Hinge: func(c properties.Call) properties.Reply {
			loss, dF, dFbar := Hinge(c.Margin, c.Energies[0], c.Energies[1])
			return properties.Reply{Value: loss, Grad: []float64{dF, dFbar}}
		},
	}))
}

var squaredHinge = properties.Define("my_squared_hinge", "pos(m + F[y] - F[ybar])^2")

func TestSquaredHinge(t *testing.T) {
	properties.Test(t, properties.Funcs("mine", map[properties.Op]func(properties.Call) properties.Reply{
		squaredHinge: func(c properties.Call) properties.Reply {
			loss, dF, dFbar := SquaredHinge(c.Margin, c.Energies[0], c.Energies[1])
			return properties.Reply{Value: loss, Grad: []float64{dF, dFbar}}
		},
	}))
}
