package ebm

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// families returns every model, each with its formula written a second time.
func families() []family {
	centres := [][]float64{{0, 0}, {1, 0}, {0, 2}}
	network := TwoLayer{Nx: 1, Ny: 2, Hidden: 3}
	return []family{
		{
			name: "Table", f: Table{Nx: 2, Ny: 3}, inputs: Answers(2), answers: Answers(3),
			formula: func(w, x, y []jet) jet { return w[3*int(x[0].Real)+int(y[0].Real)] },
		}, {
			name: "Linear", nx: 1, ny: 2,
			// φ = (x, y₁², x y₂, 1)
			f: Linear{
				N: 4,
				Phi: func(dst, x, y []float64) {
					dst[0], dst[1], dst[2], dst[3] = x[0], y[0]*y[0], x[0]*y[1], 1
				},
				PullY: func(dst, w, x, y []float64) { dst[0], dst[1] = 2*w[1]*y[0], w[2]*x[0] },
			},
			formula: func(w, x, y []jet) jet {
				return dotJets(w, []jet{x[0], y[0].sqr(), x[0].mul(y[1]), constant(1)})
			},
		}, {
			name: "Bilinear", f: Bilinear{Nx: 2, Ny: 3}, nx: 2, ny: 3,
			formula: func(w, x, y []jet) jet {
				s := constant(0)
				for i := range x {
					for j := range y {
						s = s.sub(x[i].mul(w[3*i+j]).mul(y[j]))
					}
				}
				return s
			},
		}, {
			name: "Quadratic", f: Quadratic{D: 2}, ny: 2,
			formula: func(w, x, y []jet) jet {
				a, b := y[0].sub(w[0]), y[1].sub(w[1])
				cross := w[3].add(w[4]).mul(a).mul(b)
				return a.sqr().mul(w[2]).add(cross).add(b.sqr().mul(w[5])).times(0.5)
			},
		}, {
			// y₁ known, y₀ and y₂ free
			name: "Conditional", f: Conditional{Bilinear{1, 3}, 3, []int{1}}, nx: 2, ny: 2,
			formula: func(w, x, y []jet) jet {
				return x[0].mul(w[0]).mul(y[0]).add(x[0].mul(w[1]).mul(x[1])).add(x[0].mul(w[2]).mul(y[1])).times(-1)
			},
		}, {
			name: "Wells", f: Wells{}, nx: 1, ny: 2,
			formula: func(w, x, y []jet) jet {
				return dotJets(x, x).add(dotJets(y, y)).sub(w[0].sqr()).sqr()
			},
			// (c ± t²)‴² = 24 t, in a and in y alike
			third: func(w, x, y []float64, i int) float64 {
				return 24 * (math.Abs(append([]float64{w[0]}, y...)[i]) + 0.25)
			},
		}, {
			name: "TwoLayer", f: network, nx: 1, ny: 2,
			formula: func(w, x, y []jet) jet {
				in, s := []jet{x[0], y[0], y[1]}, constant(0)
				for k := range 3 {
					s = s.add(w[12+k].mul(dotJets(w[3*k:3*k+3], in).add(w[9+k]).tanh()))
				}
				return s
			},
			// |tanh‴| ≤ 2, at 0; each derivative by a coordinate of sₖ brings
			// its factor
			third: func(w, x, y []float64, i int) float64 {
				in := []float64{x[0], y[0], y[1]}
				switch u, v := w[:9], w[12:15]; {
				case i < 9:
					return 2 * math.Abs(v[i/3]) * cube(in[i%3])
				case i < 12:
					return 2 * math.Abs(v[i-9])
				case i < 15:
					return 0
				default:
					var s float64
					for k := range 3 {
						s += 2 * math.Abs(v[k]) * cube(u[3*k+1+i-15])
					}
					return s
				}
			},
		}, {
			name: "Regression", f: Regression{Nx: 2, Ny: 2}, nx: 2, ny: 2,
			formula: func(w, x, y []jet) jet { return squaredError(w, x, y) },
		}, {
			name: "JointEmbedding", f: JointEmbedding{Nx: 2, Ny: 1}, nx: 2, ny: 1,
			formula: func(w, x, y []jet) jet { return dotJets(w[:2], x).sub(w[2].mul(y[0])).abs() },
			// products of decimals of two places: a multiple of 10⁻⁴, or
			// nothing but rounding
			piece: func(w, x, y []float64) int {
				switch s := floats.Dot(w[:2], x) - w[2]*y[0]; {
				case s > 1e-5:
					return 1
				case s < -1e-5:
					return 0
				}
				return -1
			},
		}, {
			name: "RBF", f: RBF{Nx: 2, Centres: centres}, nx: 2, answers: Answers(3),
			formula: func(w, x, y []jet) jet {
				return squaredError(w, x, constants(centres[int(y[0].Real)]))
			},
		}, {
			name: "LearnedRBF", f: LearnedRBF{Nx: 2, D: 2, N: 3}, nx: 2, answers: Answers(3),
			formula: func(w, x, y []jet) jet {
				k := int(y[0].Real)
				return squaredError(w[:4], x, w[4+2*k:6+2*k])
			},
		},
		softFamily("Soft/Mixture", Soft{parts, Weighted([]float64{0.5, 0.25, 0.25}), 0.5}, 1, 1, partsFormula),
		softFamily("Soft/Ellipse", Soft{Ellipse{}, angles, 2}, 0, 2, ellipseFormula),
		minFamily("Minimised/Mixture", Minimised{parts, Counting(3)}, 1, 1, partsFormula),
		minFamily("Minimised/Ellipse", Minimised{Ellipse{}, angles}, 0, 2, ellipseFormula),
		{
			name: "Soft/LatentTable", f: Soft{LatentTable{Ny: 2, Nz: 3}, Counting(3), 1.5}, answers: Answers(2),
			formula: func(w, x, y []jet) jet {
				row := w[3*int(y[0].Real):][:3]
				return softJets(1.5, []float64{1, 1, 1}, row)
			},
			// β² κ₃ of an indicator is at most β² √3/18 (as in soft)
			third: func(w, x, y []float64, i int) float64 { return 1.5 * 1.5 * math.Sqrt(3) / 18 },
		},
		{
			name: "Minimised/LatentTable", f: Minimised{LatentTable{Ny: 2, Nz: 3}, Counting(3)}, answers: Answers(2),
			formula: func(w, x, y []jet) jet { return minJets(w[3*int(y[0].Real):][:3]) },
			piece: func(w, x, y []float64) int {
				return alone(w[3*int(y[0]):][:3])
			},
		},
	}
}

// Three parts: (y − w₀x)², ½ w₂ (y − w₁)², (y − w₃x)².
var parts = Mixture{Regression{Nx: 1, Ny: 1}, Quadratic{D: 1}, Regression{Nx: 1, Ny: 1}}

func partsFormula(w, x, y []jet) []jet {
	return []jet{
		y[0].sub(w[0].mul(x[0])).sqr(),
		y[0].sub(w[1]).sqr().mul(w[2]).times(0.5),
		y[0].sub(w[3].mul(x[0])).sqr(),
	}
}

// angles are four points of the circle with masses of their own.
var angles = Samples([][]float64{{0}, {1}, {2}, {4}}, []float64{0, 0, 1, -1})

func ellipseFormula(w, x, y []jet) []jet {
	var G []jet
	for _, z := range angles.Points() {
		sin, cos := math.Sincos(z[0])
		G = append(G, y[0].sub(w[0].times(cos)).sqr().add(y[1].sub(w[1].times(sin)).sqr()))
	}
	return G
}

// softJets is −(1/β) ln Σ_z μ_z e^{−βG_z}.
func softJets(beta float64, mass []float64, G []jet) jet {
	Z := constant(0)
	for z, g := range G {
		Z = Z.add(g.times(-beta).exp().times(mass[z]))
	}
	return Z.log().times(-1 / beta)
}

func minJets(G []jet) jet {
	low := G[0]
	for _, g := range G {
		if g.Real < low.Real {
			low = g
		}
	}
	return low
}

// alone returns the place of the least of G, or −1 if another is within 10⁻⁹:
// sums and products of few decimals that differ by less than that are equal but
// for rounding, save with the sines of Ellipse, where a case may be left out in
// vain.
func alone(G []float64) int {
	best := Infer(G)
	for z, g := range G {
		if z != best && g-G[best] < 1e-9 {
			return -1
		}
	}
	return best
}

// softFamily returns the family of an energy over a latent variable, summed
// out, for G quadratic in each coordinate.
//
// In one coordinate t, with G′ and G″ of each z and moments under the
// posterior,
//
//	F‴ = ⟨G‴⟩ − 3β cov(G′, G″) + β² κ₃(G′),    |cov(G′, G″)| ≤ R₁R₂/4,    |κ₃(G′)| ≤ (√3/18) R₁³
//
// (Popoviciu; the largest third central moment is that of two points), where G‴
// = 0, R₁ and R₂ are the ranges over z of G′ and G″, and over t within ¼ of
// here G′ moves by at most |G″|/4.
func softFamily(name string, f Soft, nx, ny int, formula func(w, x, y []jet) []jet) family {
	mass := make([]float64, f.Z.Len())
	for z := range mass {
		mass[z] = math.Exp(f.Z.LogMass(z))
	}
	return family{
		name: name, f: f, nx: nx, ny: ny,
		formula: func(w, x, y []jet) jet { return softJets(f.Beta, mass, formula(w, x, y)) },
		third: func(w, x, y []float64, i int) float64 {
			first, second := derivatives(formula, w, x, y, i)
			low, high := math.Inf(1), math.Inf(-1)
			for z := range first {
				low = min(low, first[z]-math.Abs(second[z])/4)
				high = max(high, first[z]+math.Abs(second[z])/4)
			}
			r1, r2 := high-low, floats.Max(second)-floats.Min(second)
			return 3*f.Beta*r1*r2/4 + f.Beta*f.Beta*math.Sqrt(3)/18*r1*r1*r1
		},
	}
}

// derivatives returns ∂G/∂t and ∂²G/∂t² of each z, for G quadratic in t, the
// i-th coordinate of (w, y).
func derivatives(formula func(w, x, y []jet) []jet, w, x, y []float64, i int) (first, second []float64) {
	at := func(step float64) []jet {
		jw, jx, jy := constants(w), constants(x), constants(y)
		all := append(append([]jet(nil), jw...), jy...)
		all[i] = constant(all[i].Real + step).along()
		return formula(all[:len(w)], jx, all[len(w):])
	}
	here, there := at(0), at(1)
	for z := range here {
		first = append(first, here[z].Emag)
		second = append(second, there[z].Emag-here[z].Emag)
	}
	return first, second
}

// minFamily returns the family of an energy over a latent variable, minimised
// away, for G quadratic in each coordinate.
func minFamily(name string, f Minimised, nx, ny int, formula func(w, x, y []jet) []jet) family {
	return family{
		name: name, f: f, nx: nx, ny: ny,
		formula: func(w, x, y []jet) jet { return minJets(formula(w, x, y)) },
		piece: func(w, x, y []float64) int {
			var G []float64
			for _, g := range formula(constants(w), constants(x), constants(y)) {
				G = append(G, g.Real)
			}
			return alone(G)
		},
	}
}

func cube(v float64) float64 { return math.Abs(v * v * v) }

// squaredError is ‖y − W x‖².
func squaredError(w, x, y []jet) jet {
	s := constant(0)
	for i := range y {
		s = s.add(y[i].sub(dotJets(w[i*len(x):(i+1)*len(x)], x)).sqr())
	}
	return s
}
