package faults

import (
	"slices"

	"ebmcheck/properties/op"
)

// indices are answers and minimisers kept in a type that does not hold them: right as far
// as short vectors go.
var indices = slices.Concat(
	each(Fault{"%s-label-bfloat16", "tensorflow PR #51053, keras PR #15015", "the correct answer is kept in bfloat16: 257 is read as 256", required("%s.gradient", tame),
		asking(func(c *call) { c.Answer = narrowed(op.BFloat16, c.Answer) })}, wholeOps...),
	each(Fault{"%s-label-float16", "tensorflow PR #51053, keras PR #15015", "the correct answer is kept in float16: 2049 is read as 2048", required("%s.gradient", tame),
		asking(func(c *call) { c.Answer = narrowed(op.Float16, c.Answer) })}, wholeOps...),
	[]Fault{
		{"nll-label-8-bits", "planted", "the correct answer is kept in 8 bits: 257 is read as 1", required("nll.value", tame),
			asking(func(c *call) { c.Answer &= 0xff })},
		{"nll-label-16-bits", "planted", "the correct answer is kept in 16 bits: 65537 is read as 1", required("nll.value", tame),
			asking(func(c *call) { c.Answer &= 0xffff })},
		{"infer-bfloat16", "tt-metal #8662", "the minimiser is told in bfloat16: 257 as 256", required("infer.minimiser", tame),
			saying(func(_ call, r *reply) { r.Index = narrowed(op.BFloat16, r.Index) })},
		{"infer-float16", "tt-metal #4787", "the minimiser is told in float16: 2049 as 2048", required("infer.minimiser", tame),
			saying(func(_ call, r *reply) { r.Index = narrowed(op.Float16, r.Index) })},
		{"infer-16-bits", "planted", "the minimiser is told in 16 bits: 65537 as 1", required("infer.minimiser", tame),
			saying(func(_ call, r *reply) { r.Index &= 0xffff })},
	},
)

// narrowed is an index as a format holds it.
func narrowed(p op.Precision, i int) int { return int(p.Round(float64(i))) }
