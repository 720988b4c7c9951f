package quadrature

import (
	"math"
	"math/big"

	"ebmcheck/ebm/twofold"
)

// kronrod has the nodes of the Kronrod rule of 15 points on [−1, 1], with their weights
// (QUADPACK, QK15).
var kronrod = [15]struct{ x, w float64 }{
	{-0.991455371120812639206854697526329, 0.022935322010529224963732008058970},
	{-0.949107912342758524526189684047851, 0.063092092629978553290700663189204},
	{-0.864864423359769072789712788640926, 0.104790010322250183839876322541518},
	{-0.741531185599394439863864773280788, 0.140653259715525918745189590510238},
	{-0.586087235467691130294144838258730, 0.169004726639267902826583426598550},
	{-0.405845151377397166906606412076961, 0.190350578064785409913256402421014},
	{-0.207784955007898467600689403773245, 0.204432940075298892414161999234649},
	{0, 0.209482141084727828012999174891714},
	{0.207784955007898467600689403773245, 0.204432940075298892414161999234649},
	{0.405845151377397166906606412076961, 0.190350578064785409913256402421014},
	{0.586087235467691130294144838258730, 0.169004726639267902826583426598550},
	{0.741531185599394439863864773280788, 0.140653259715525918745189590510238},
	{0.864864423359769072789712788640926, 0.104790010322250183839876322541518},
	{0.949107912342758524526189684047851, 0.063092092629978553290700663189204},
	{0.991455371120812639206854697526329, 0.022935322010529224963732008058970},
}

// nulls is the number of null rules.
const nulls = 5

// null has null rules on the nodes of a line, the 15 of kronrod between its two ends:
// each is 0 on polynomials of degree up to 11. They are the discrete orthonormal
// polynomials of degree 12 to 16 times their weights, which are those of kronrod and
// 0.023, its least, at the ends.
//
// For a polynomial of degree 11 with one jump, kink or cusp |y − c|ᵖ, 0 < p < 1, added to
// it the error of the Kronrod rule was no more than 3.98 times the length of the null
// vector in TestNull's 4 000 places of each, so that no accident hides it; it is more the
// less p is, and for p < 0, where the function is not bounded, it would be more than
// doubt. On what is smooth the estimate falls as the 12th power of the panel's side, and
// the error as the 23rd.
var null = nullRules()

// doubt is the factor of the estimate.
const doubt = 4.2

// nullRules makes the polynomials from those of Chebyshev by Gram and Schmidt's
// method, twice, which is enough.
func nullRules() (rules [nulls][17]float64) {
	var x, weight [17]float64
	x[0], x[16], weight[0], weight[16] = -1, 1, 0.023, 0.023
	for i, node := range kronrod {
		x[i+1], weight[i+1] = node.x, node.w
	}
	var basis [][17]float64
	for k := range x {
		var v [17]float64
		for i := range v {
			v[i] = math.Cos(float64(k) * math.Acos(x[i]))
		}
		for range 2 {
			for _, b := range basis {
				dot := 0.
				for i := range v {
					dot += weight[i] * v[i] * b[i]
				}
				for i := range v {
					v[i] -= dot * b[i]
				}
			}
		}
		square := 0.
		for i := range v {
			square += weight[i] * v[i] * v[i]
		}
		for i := range v {
			v[i] /= math.Sqrt(square)
		}
		basis = append(basis, v)
		if k >= len(x)-nulls {
			for i := range v {
				rules[k-len(x)+nulls][i] = weight[i] * v[i]
			}
		}
	}
	return rules
}

// shares returns the weights of the product rule in d dimensions as shares of the
// volume of a panel, in the order of its nodes. They add up to 1 exactly: all are
// multiples of 2⁻⁵³ on the line, of 2⁻¹⁰⁴ else, and the one in the middle is the rest.
func shares(d int) []twofold.Number {
	bits := [...]int{53, 104, 104}[d-1]
	var all []*big.Int
	rest := new(big.Int).Lsh(big.NewInt(1), uint(bits))
	var digit [3]int
	for more := true; more; more = count(&digit, d) {
		share := new(big.Float).SetPrec(200).SetInt64(1)
		for k := range d {
			share.Mul(share, big.NewFloat(kronrod[digit[k]].w/2))
		}
		n, _ := share.SetMantExp(share, bits).Int(nil)
		all = append(all, n)
		rest.Sub(rest, n)
	}
	middle := all[len(all)/2]
	middle.Add(middle, rest)
	numbers := make([]twofold.Number, len(all))
	for i, n := range all {
		numbers[i] = twofold.FromBig(new(big.Float).SetPrec(200).SetInt(n))
		numbers[i].Scale -= bits
	}
	return numbers
}
