package fuzz

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ebmcheck/properties/op"
)

var update = flag.Bool("update", false, "write testdata/fuzz again")

var (
	inf, nan, minusZero = math.Inf(1), math.NaN(), math.Copysign(0, -1)
	least, most         = math.SmallestNonzeroFloat64, math.MaxFloat64
)

// numbers is a tape of bytes, then numbers.
func numbers(head []byte, xs ...float64) []byte { return put(slices.Clone(head), xs...) }

func ask(o op.Op, y int, beta, parameter float64, F ...float64) []byte {
	return seed(op.Call{Op: o, Answer: y, Beta: beta, Margin: parameter, Energies: F})
}

// many is x, 2^k times over.
func many(b []byte, x float64, k int) []byte {
	return append(put(b, x), byte(repeats+k), byte(repeats+k)) // 1 + 2^k + 2^k, cut off by the target
}

var energies = map[string][]float64{
	"a-tie": {1, 1}, "one": {3}, "nan-beside-infinity": {nan, inf}, "minus-infinity": {0, math.Inf(-1)}, "all-impossible": {inf, inf}, "one-possible": {inf, 2, inf},
	"subnormal-gap": {0, least}, "gap-of-40": {0, 40}, "gap-of-745": {0, 745.13}, "gap-overflows": {most, -most}, "zeros-of-both-signs": {0, minusZero},
	"near-cancellation": {math.Ln2, math.Ln2}, "adjacent": {1, math.Nextafter(1, 2)}, "rising": {-2, -1, 0, 1, 2, 3},
}

// corpus is what the targets start from, by target and by what it holds.
var corpus = map[string]map[string][]byte{
	"FuzzClaims": {
		"nll-n-4096":             many(append(named(op.NLL), 7, 1, 0), 0, 12),
		"gibbs-nan-last":         ask(op.Gibbs, 0, 1, 0, 0, 1, nan),
		"gibbs-beta-minus-zero":  ask(op.Gibbs, 0, minusZero, 0, 0, 700),
		"nll-beta-minus-zero":    ask(op.NLL, 1, minusZero, 0, 0, 1, 2),
		"mee-beta-subnormal":     ask(op.MEE, 0, least, 0, most, -most, 0),
		"mee-beta-infinite-tie":  ask(op.MEE, 0, inf, 0, 1, 1),
		"free-energy-near-zero":  ask(op.FreeEnergy, 0, 1, 0, math.Ln2, math.Ln2),
		"hinge-one-ulp-off-kink": ask(op.Hinge, 0, 0, 1, 0, math.Nextafter(1, 2)),
		"hinge-negative-margin":  ask(op.Hinge, 0, 0, -3, 1, 0),
		"soft-hinge-minus-zero":  ask(op.SoftHinge, 0, minusZero, 1, 0, 1),
		"log-both-impossible":    ask(op.Log, 0, 0, 0, inf, inf),
		"lvq2-negative-cap":      seed(op.Call{Op: op.LVQ2, Cap: -1, Energies: []float64{2, 1}}),
		"square-exp-overflow":    seed(op.Call{Op: op.SquareExp, Gamma: 1e-300, Energies: []float64{0, -745.13}}),
		"square-square-overflow": ask(op.SquareSquare, 0, 0, most, most, -most),
		"infer-tie-of-zeros":     ask(op.Infer, 0, 0, 0, 0, minusZero),
		"perceptron-subnormal":   ask(op.Perceptron, 1, 0, 0, 0, least),
	},
	"FuzzJudge": {
		"nan-for-a-loss":      append(numbers([]byte{2, 0}, nan, 1, -1, 0, 0, 0), ask(op.Hinge, 0, 0, 1, 3, 2)...),
		"too-many-slopes":     append(numbers([]byte{7, 0}, 1), ask(op.NLL, 0, 1, 0, 0, 1)...),
		"index-out-of-range":  append([]byte{0, 200, 0, 0}, ask(op.Infer, 0, 0, 0, 3, 2)...),
		"refused":             append([]byte{0, 0, 0, 1}, ask(op.Gibbs, 0, 1, 0, nan)...),
		"infinite-perceptron": append(numbers([]byte{0, 0}, inf, 0), ask(op.Perceptron, 1, 0, 0, most, -most)...),
	},
	"FuzzGibbs": each(energies, func(F []float64) []byte { return numbers(numbers(nil, 1), append([]float64{0}, F...)...) },
		map[string][]byte{
			"beta-minus-zero": numbers([]byte{8, 0}, 709.78, 709.78, 709.78),
			"beta-subnormal":  numbers([]byte{13, 0}, most, -most, 0),
			"beta-infinite":   numbers([]byte{5, 0}, 0, least, 0),
			"beta-negative":   numbers([]byte{2, 0}, 0, 1),
			"n-4096":          many([]byte{0, 0}, 40, 12),
			"n-4096-cold":     many([]byte{29, 0, 1}, 2, 12),
		}),
	"FuzzMeasure": {
		"probabilities":         numbers([]byte{1, 0}, 1, 0.5, 0.5, 0, 0, 1, 2),
		"masses-add-up-to-one":  numbers([]byte{1, 0}, 1e-300, 0.25, 0.75, 1, -1, 1, 0),
		"a-mass-of-zero":        numbers([]byte{2, 0}, 1, 0, 1, 2, -40, 0, 1, 1, 1, 1),
		"no-mass":               numbers([]byte{1, 0}, 1, 0, 0, 1, 2, 0, 0),
		"a-negative-mass":       numbers([]byte{1, 0}, 1, -1, 1),
		"subnormal-mass":        numbers([]byte{1, 0}, 1, least, most, -745.13, 709.78, 1, 2),
		"log-densities-of-700":  numbers([]byte{2, 1}, 1, 709.78, -709.78, 0, 0, 0, 1, 2, 3),
		"an-infinite-density":   numbers([]byte{0, 1}, 1, inf),
		"variance-cancels":      numbers([]byte{1, 0}, 1, 1, 1, 0, 0, 1e16, math.Nextafter(1e16, inf)),
		"beta-infinite-tie":     numbers([]byte{2, 0}, inf, 1, 2, 3, 0, 0, 1),
		"value-infinite":        numbers([]byte{1, 0}, 1, 1, 1, 0, 1, inf, 0),
		"nan-without-mass":      numbers([]byte{1, 0}, 1, 0, 1, nan, 0),
		"heaviest-is-one":       numbers([]byte{2, 0}, 1, math.Ln2, 1, 0, 709.78, 0, 0, 0, 0, 0),
		"heaviest-moves":        numbers([]byte{1, 0}, 709.78, 1, 0x1p-1022, 1.398043286095289e-76, 0, 0, 0),
		"mass-of-1e308":         numbers([]byte{1, 0}, 1, most, 1.398043286095289e-76, 709.78, 0, 0, 0),
		"masses-overflow":       numbers([]byte{2, 0}, 709.78, 0x1p-1022, most, 1e300, -1, 0, 709.78, 0, 0, 0),
		"masses-one-and-1e-40":  numbers([]byte{2, 0}, 1e-300, 0.5, 0.5, 1e-40, 1, 2, 3, 0, 0, 0),
		"sum-is-nearly-one":     numbers([]byte{1, 0}, 1, 0.5, 0.5*math.E, 0, 1, 0, 0),
		"ln-z-cancels":          numbers([]byte{0, 0}, 1, math.E, 1),
		"gap-of-energies-large": numbers([]byte{1, 0}, 1e-300, 1, 1, most, -most, 1, 2),
	},
	"FuzzTwofold": {
		"sum-and-product":     numbers([]byte{2}, 1, 0x1p-60, 3, 1.0/3),
		"subnormal-product":   numbers([]byte{3}, least, least, most, most),
		"cancels":             numbers([]byte{0}, 1, 0x1p-80, -1, 0x1p-81),
		"rounds-to-subnormal": numbers([]byte{1}, 0x1p-537, 0x1.0000000000001p-537, 1, 1),
		"infinity":            numbers([]byte{0}, inf, 1, 0, nan),
		"near-one":            numbers([]byte{0}, 1, 0x1p-70, 1, -0x1p-70),
		"exp-of-ln2-32nds":    numbers([]byte{0}, math.Ln2/64, 0, math.Ln2, 0),
		"tie-of-subnormals":   numbers([]byte{1}, 1.5*(1+0x1p-30)*0x1p-537, (1-0x1p-30)*0x1p-537, 1, 1),
		"zero-divisor":        numbers([]byte{0}, 1, 0, 0, 0),
	},
	"FuzzExact": each(energies, func(F []float64) []byte { return numbers([]byte{0}, append([]float64{1, 1}, F...)...) },
		map[string][]byte{
			"answer-out-of-range": numbers([]byte{200}, 1, 1, 0, 1),
			"beta-infinite":       numbers([]byte{1}, inf, 0, 2, 2, 3),
			"beta-zero":           numbers([]byte{1}, 0, 0, 2, inf, 3),
			"beta-minus-zero":     numbers([]byte{0}, minusZero, 0, 2, 3),
			"beta-nan":            numbers([]byte{0}, nan, 0, 2, 3),
			"beta-subnormal":      numbers([]byte{0}, least, 0, most, -most),
			"kinks":               numbers([]byte{0}, 1, 1, 0, 1),
			"margin-infinite":     numbers([]byte{0}, 1, inf, 0, 1),
			"squares-overflow":    numbers([]byte{0}, 1, most, most, -most),
			"no-energies":         numbers([]byte{0}, 1, 1),
		}),
	"FuzzInterval": {
		"softplus":           append(numbers([]byte{128, 0, 0}, 709.78, 1), 7, 9),
		"infinity-minus":     append(numbers([]byte{64, 0, 0}, inf, inf), 1, 2, 3),
		"one-bit":            append(numbers([]byte{0, 0, 0}, math.Ln2, 3), 3, 12, 8),
		"towers":             append(numbers([]byte{100, 0, 0}, 100, 2), 7, 7, 7, 12, 12, 8),
		"around-zero":        append(numbers([]byte{53, 0, 0}, 0.1, -0.1), 16, 13, 11, 3, 8),
		"log-of-negative":    append(numbers([]byte{53, 0, 0}, -1, 0), 8, 9, 11, 3),
		"subnormal-division": append(numbers([]byte{53, 0, 0}, least, most), 3, 12, 12, 12, 15, 3),
		"scale-by-infinity":  append(numbers([]byte{53, 0, 0}, 0, 1), 17, 5, 17, 0),
	},
	"FuzzChain": {
		"two-by-two":         numbers([]byte{2, 2, 2, 0}, 1, 0, 1, 2, 3, 0.5, -1, 1, 0),
		"three-positions":    numbers([]byte{3, 3, 2, 3, 3}, 2, 1, 2, 3, 0, 1, 0, 0, 1, 1, 2, 2, 0, 0, 0, 3, 1, 4, 1, 5, 2),
		"impossible-link":    numbers([]byte{2, 2, 2, 0}, 1, 0, 0, 0, 0, inf, 0, inf, 0),
		"impossible":         numbers([]byte{2, 1, 1, 0}, 1, 0, inf, 0),
		"nan":                numbers([]byte{2, 1, 2, 0}, 1, 0, nan, 0, 1, 1),
		"one-position":       numbers([]byte{1, 3, 0}, 10, 1, 2, 3),
		"empty":              numbers([]byte{0, 0}, 1),
		"a-pair-table-less":  numbers([]byte{3, 2, 2, 2, 1}, 1),
		"a-row-less":         numbers([]byte{2, 2, 2, 2}, 1),
		"an-entry-less":      numbers([]byte{2, 2, 2, 3}, 1),
		"beta-zero":          numbers([]byte{2, 2, 2, 0}, 0),
		"beta-large":         numbers([]byte{2, 2, 2, 2}, 1e300, 0, 1, 1, 0, 0, 1, 1, 0),
		"beta-subnormal":     numbers([]byte{2, 3, 3, 0}, least, 709.78, 709.78, 709.78),
		"nothing-at-a-place": numbers([]byte{2, 2, 0, 0}, 1, 0, 1),
	},
	"FuzzInfer": each(energies, func(F []float64) []byte { return numbers([]byte{0, 2}, F...) },
		map[string][]byte{
			"no-energies":         {0, 2},
			"answer-out-of-range": numbers([]byte{255, 1}, 0, 1),
			"answer-is-nan":       numbers([]byte{1, 1}, 0, nan),
			"n-4096":              many([]byte{7, 3}, 1, 12),
		}),
	"FuzzInferFrom": {
		"no-starts":       {0, 0},
		"a-maximum":       numbers([]byte{1, 0}, 0, 0, -1, 2),
		"a-saddle":        numbers([]byte{1, 1}, 0, 0, 0, 0, 1, 0, 0, -1, 1),
		"a-bowl":          numbers([]byte{2, 1}, 3, 4, -1, 2, 0, 0, 1, 0, 0, 1, 2),
		"an-infinite-way": numbers([]byte{1, 0}, inf, 0, 1, 1),
		"overflow":        numbers([]byte{1, 0}, 1e300, 0, 1, 1),
		"nan-parameters":  numbers([]byte{2, 0}, 1, 2, nan, nan, nan),
		"subnormal":       numbers([]byte{1, 0}, least, 0, least, least),
		"to-infinity":     []byte("\x01\x00\r\x00<\x921T\xe0\xe9\xf2\x15\xf7\x9a\xed\x7f\r\r"), // where a network levels off
	},
	"FuzzBox": {
		"linear":            numbers([]byte{1, 0}, 1, 0, 1, 2),
		"linear-plane":      numbers([]byte{2, 0}, 1, 0, 0, 1, 2, 1, -1),
		"linear-steep":      numbers([]byte{1, 0}, 1, -10, 10, 100),
		"constant-space":    numbers([]byte{3, 0}, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0),
		"a-well":            numbers([]byte{1, 1}, 100, -10, 10, 0.1),
		"a-step-to-nan":     numbers([]byte{1, 2}, 1, -1, 1, nan),
		"an-impossible-box": numbers([]byte{1, 0}, 1, 1, 2, inf),
		"beta-zero":         numbers([]byte{1, 0}, 0, -1, 3, 1),
		"subnormal-sides":   numbers([]byte{1, 0}, 709.78, 0, 2.37e-322, 0),
		"one-ulp-wide":      numbers([]byte{1, 0}, 1, 1, math.Nextafter(1, 2), 1),
		"subnormal-panels":  numbers([]byte{1, 0}, 709.78, 0, 2.8e-322, 0),
		"one-subnormal":     numbers([]byte{1, 0}, 1, least, 2*least, 0),
		"energies-overflow": numbers([]byte{1, 0}, 0x1p-1022, 0, 709.78, most),
		"largest-side":      numbers([]byte{1, 0}, 1, 0, most, 0),
		"four-dimensions":   numbers([]byte{4, 0}, 1),
		"an-empty-side":     numbers([]byte{1, 0}, 1, 1, 1, 0),
		"a-missing-side":    numbers([]byte{2, 3}, 1, 0, 0, 1, 1),
		"width-overflows":   numbers([]byte{1, 0}, 1, -most, most, 0),
		"beta-infinite":     numbers([]byte{1, 0}, inf, 0, 1, 0),
	},
	"FuzzEnergies": families(),
	"FuzzSampler": {
		"three-states":        numbers([]byte{0, 5, 2}, 1, 0.5, 0, 1, 2),
		"an-impossible-state": numbers([]byte{1, 9, 1}, 1, 1, inf, 0, inf),
		"nan":                 numbers([]byte{0, 2, 0}, 1, nan, 0, nan),
		"minus-infinity":      numbers([]byte{0, 2, 0}, 1, 1, math.Inf(-1), 0),
		"gap-overflows":       numbers([]byte{0, 3, 1}, 1e-300, 1, most, -most),
		"beta-infinite":       numbers([]byte{0, 1, 0}, inf, 1, 0, 1),
		"negative-steps":      numbers([]byte{0, 255, 0}, 1, -1, 0, 1),
		"out-of-range":        numbers([]byte{9, 1, 250}, 1, 1, 0, 1),
		"one-state":           numbers([]byte{0, 19, 0}, 1, 1, 3),
	},
	"FuzzLosses": each(energies, func(F []float64) []byte { return numbers([]byte{0}, append([]float64{1, 1}, F...)...) },
		map[string][]byte{
			"answer-out-of-range": numbers([]byte{200}, 1, 1, 0, 1),
			"beta-minus-zero":     numbers([]byte{0}, 1, minusZero, 0, 1),
			"beta-negative":       numbers([]byte{0}, 1, -1, 0, 1),
			"beta-negative-nan":   numbers([]byte{0}, 1, -1, nan, 1),
			"beta-infinite":       numbers([]byte{0}, 1, inf, 0, 0, 1),
			"beta-subnormal":      numbers([]byte{1}, 1, least, most, -most),
			"parameter-nan":       numbers([]byte{0}, nan, 1, 0, 1),
			"parameter-infinite":  numbers([]byte{0}, inf, 1, 0, inf),
			"parameter-negative":  numbers([]byte{0}, -1, 1, 1, 0),
			"gamma-zero":          numbers([]byte{0}, 0, 1, 0, -1e300),
			"n-1024":              many(numbers([]byte{3}, 1, 1), 2, 10),
		}),
	"FuzzCall": {
		"answer-too-large": []byte(`{"op":"nll","beta":"NaN","energies":[null],"answer":1e9}`),
		"negative-answer":  []byte(`{"op":"energy","energies":[1.0,2.0],"answer":-1}`),
		"null-beta":        []byte(`{"op":"gibbs","beta":null,"energies":[1.0]}`),
		"minus-zero-beta":  []byte(`{"op":"gibbs","beta":-0.0,"energies":["Infinity","NaN",-0.0]}`),
		"three-of-a-pair":  []byte(`{"op":"hinge","margin":1,"energies":[1,2,3],"answer":0}`),
		"field-twice":      []byte(`{"op":"infer","energies":[1],"energies":[2,"-Infinity"]}`),
		"wrong-case":       []byte(`{"OP":"infer","Energies":[5e-324]}`),
		"past-float64":     []byte(`{"op":"infer","energies":[1e309]}`),
		"no-energies":      []byte(`{"op":"infer","energies":[]}`),
	},
	"FuzzReal": {
		"nan":            []byte(`"NaN"`),
		"infinity":       []byte(`"-Infinity"`),
		"other-string":   []byte(`"inf"`),
		"minus-zero":     []byte(`-0.0`),
		"past-float64":   []byte(`1e400`),
		"underflows":     []byte(`1e-400`),
		"subnormal":      []byte(`4.9e-324`),
		"halfway":        []byte(`9007199254740993`),
		"null":           []byte(`null`),
		"bits-of-nan":    numbers(nil, math.Float64frombits(0x7ff0000000000001)),
		"exponent-21":    []byte(`1e21`),
		"escaped-letter": []byte(`"N\u0061N"`),
	},
	"FuzzResults": results(),
	"FuzzGoTest": {
		"a-result-and-a-failure": []byte(`{"Action":"attr","Package":"p","Test":"T/a","Key":"ebmcheck","Value":"{\"type\":\"claim\",\"claim\":\"nll.value\",\"layer\":\"code\",\"level\":\"required\",\"outcome\":\"passed\",\"says\":\"s\",\"cases\":1,\"spent\":0.5}"}` + "\n" +
			`{"Action":"fail","Package":"p","Test":"T/b","Elapsed":0.1}` + "\n"),
		"a-build-that-fails": []byte(`{"ImportPath":"p","Action":"build-output","Output":"x.go:1: \u001b[31mno\n"}` + "\n" + `{"ImportPath":"p","Action":"build-fail"}` + "\n" +
			`{"Action":"start","Package":"p"}` + "\n" + `{"Action":"fail","Package":"p","FailedBuild":"p"}` + "\n"),
		"an-attribute-in-pieces": []byte(`{"Action":"run","Package":"p","Test":"T"}` + "\n" + `{"Action":"output","Package":"p","Test":"T","Output":"=== ATTR  T ebmcheck {\"type\":\"claim\","}` + "\n" +
			`{"Action":"output","Package":"p","Test":"T","Output":"\"claim\":\"a\",\"layer\":\"theory\",\"outcome\":\"refuted\"}\n"}` + "\n" + `{"Action":"pass","Package":"p","Test":"T"}` + "\n"),
		"a-test-that-never-ends": []byte(`{"Action":"run","Package":"p","Test":"T/\u202eX"}` + "\n" + `# not an event` + "\n" + `{"Action":"out`),
		"an-empty-attribute":     []byte(`{"Action":"attr","Package":"p","Key":"ebmcheck","Value":""}`),
		"a-header":               []byte(`{"Action":"attr","Package":"p","Key":"ebmcheck","Value":"{\"type\":\"header\",\"seed\":1,\"claims\":[\"a\"]}"}` + "\n" + `{"Action":"pass","Package":"p"}`),
	},
	"FuzzSelect": {
		"all": []byte(""), "star": []byte("*"), "reference": []byte("C37"), "two": []byte("nll.*,gibbs.pure"), "stars": []byte("*.*"), "two-stars": []byte("**"),
		"comma": []byte(","), "prefix": []byte("C5*"), "a-typo": []byte("nll.gradent"), "spaces": []byte(" C37 , c02 "), "overlapping-ends": []byte("gibbs.pure*pure"), "not-utf8": []byte("\xff*"),
	},
}

// each makes a seed of every entry, and adds more.
func each(vectors map[string][]float64, seed func([]float64) []byte, more map[string][]byte) map[string][]byte {
	for name, F := range vectors {
		more[name] = seed(F)
	}
	return more
}

// families are calls of each family of energies, well-made and not.
func families() map[string][]byte {
	seeds := map[string][]byte{}
	for k, name := range []string{"table", "linear", "bilinear", "quadratic", "regression", "joint-embedding", "rbf", "learned-rbf", "two-layer", "wells",
		"min-table", "soft-table", "min-ellipse", "soft-ellipse", "min-mixture", "soft-mixture"} {
		// two inputs, two answers; masses ½, ½, 0; β = 1; then W, x and y
		seeds[name] = numbers([]byte{byte(k), 9, 0, 1}, 0.5, 0.5, 0, 1, 1, 2, 3, 4, 5, 6, -1, 0.5, 0, 1, 1, 0, 2, 1)
		seeds[name+"-wrong-length"] = numbers([]byte{byte(k), byte(1 + k%3), 0, 1}, 0.5, 0.5, 0, 2)
	}
	seeds["mixture-one-massless"] = numbers([]byte{14, 3, 0, 0}, 0, 1, 1, 2, 0, 0, 0)
	seeds["quadratic-infinite"] = numbers([]byte{3, 9, 0, 1}, 1, 1, 1, 1, 0, 0, inf, 0, 0, inf, 1, 2)
	seeds["quadratic-nan"] = numbers([]byte{3, 9, 0, 1}, 1, 1, 1, 1, 0, 0, 1, nan, nan, 1, 1, 2)
	seeds["soft-one-massless"] = numbers([]byte{11, 9, 0, 1}, 0, 1, 1, 2, 1, 2, 3, 4, 0, 1)
	seeds["table-fractional-index"] = numbers([]byte{0, 9, 0, 1}, 1, 1, 1, 1, 1, 2, 0, 0.5)
	return seeds
}

// results are small runs, and what is no run.
func results() map[string][]byte {
	const header = `{"type":"header","suite":"ebmcheck","seed":1}` + "\n"
	line := func(s string) []byte { return []byte(header + s + "\n") }
	return map[string][]byte{
		"cut-off":         []byte(header + `{"type":"claim","cl`),
		"no-header":       []byte(`{"type":"footer","complete":true}`),
		"two-headers":     []byte(header + header),
		"empty":           {},
		"not-an-object":   line(`[1]`),
		"wrong-counts":    line(`{"type":"footer","complete":true,"counts":{"passed":3}}`),
		"infinite-spent":  line(`{"type":"claim","claim":"a","layer":"code","level":"required","outcome":"refuted","spent":"Infinity","ulps":"NaN","grade":"F","cases":1}`),
		"steers-terminal": line(`{"type":"claim","claim":"\u001b[2J\u202e","layer":"code","level":"required","outcome":"errored","why":"\u0007\r\n|` + "`" + `<script>","says":"` + strings.Repeat("x", 200) + `"}`),
		"foreign-call":    line(`{"type":"claim","claim":"a","layer":"theory","outcome":"passed","verdict":"refuted","refs":["C99","C0","CC","C-1"],"smallest":{"case":"","call":{"a":[1 , 2]}}}`),
		"null-everywhere": line(`{"type":"claim","claim":"a","layer":"theory","outcome":"not-run","verdict":null,"ulps":null,"smallest":null,"strata":null,"refs":null}`),
		"invalid-utf8":    line(`{"type":"claim","claim":"` + "\xff\xc3" + `","layer":"theory","outcome":"not-run"}`),
		"same-twice":      line(`{"type":"claim","claim":"a","layer":"theory","outcome":"not-run"}` + "\n" + `{"type":"claim","claim":"a","layer":"theory","outcome":"not-run"}`),
	}
}

// TestCorpus holds the committed seeds to the lists above: with -update it writes
// them again. A crasher that fuzzing left behind has no name in the lists and fails
// here until it is given one.
func TestCorpus(t *testing.T) {
	for target, seeds := range corpus {
		dir := filepath.Join("testdata", "fuzz", target)
		if *update {
			if err := os.MkdirAll(dir, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		for name, b := range seeds {
			file, want := filepath.Join(dir, name), fmt.Appendf(nil, "go test fuzz v1\n[]byte(%q)\n", b)
			if *update {
				if err := os.WriteFile(file, want, 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s is not what the lists have (%v): go test ./fuzz -run Corpus -update", file, err)
			}
		}
	}
	files, err := filepath.Glob(filepath.Join("testdata", "fuzz", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if _, ok := corpus[filepath.Base(filepath.Dir(file))][filepath.Base(file)]; !ok {
			t.Errorf("%s has no name in the lists", file)
		}
	}
}
