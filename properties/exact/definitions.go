package exact

// Number is the arithmetic that Interval and Dual share, in which a definition is written once: over Interval it gives an
// enclosure of the value, over Dual of the gradient too.
type Number[T any] interface {
	Add(T) T
	Sub(T) T
	Mul(T) T
	Div(T) T
	Neg() T
	Exp() T
	Log() T
	Max(T) T
	Min(T) T
	Pos() T
	Scale(float64) T
}

// What follows are the definitions of the theory as they stand there, without any rewriting for accuracy: at a precision
// of a few hundred bits none is needed, and the widths of the results say so. Energies are F, the correct answer is y,
// F̄ (Fbar) is the energy of the most offending incorrect answer.

func zero[T Number[T]](x T) T { return x.Scale(0) }
func one[T Number[T]](x T) T  { return zero(x).Exp() }

// Partition returns the partition function
//
//	Z = Σ_j e^{−βF_j}
//
// It panics if there are no energies, as all of these do.
func Partition[T Number[T]](beta T, F []T) T {
	if len(F) == 0 {
		panic("exact: no energies")
	}
	Z := beta.Mul(F[0]).Neg().Exp()
	for _, f := range F[1:] {
		Z = Z.Add(beta.Mul(f).Neg().Exp())
	}
	return Z
}

// GibbsOf returns the Gibbs distribution
//
//	p_i = e^{−βF_i} / Z
func GibbsOf[T Number[T]](beta T, F []T) []T {
	if len(F) == 0 {
		panic("exact: no energies")
	}
	p := make([]T, len(F)) // the weights e^{−βF_i} first, which Z adds up
	for i, f := range F {
		p[i] = beta.Mul(f).Neg().Exp()
	}
	Z := p[0]
	for _, w := range p[1:] {
		Z = Z.Add(w)
	}
	for i, w := range p {
		p[i] = w.Div(Z)
	}
	return p
}

// FreeEnergyOf returns the free energy
//
//	F_β = −(1/β) ln Z
func FreeEnergyOf[T Number[T]](beta T, F []T) T { return Partition(beta, F).Log().Div(beta).Neg() }

// NLLOf returns the negative log-likelihood loss (Table 1, NLL)
//
//	F_y + (1/β) ln Σ_j e^{−βF_j}
func NLLOf[T Number[T]](beta T, F []T, y int) T {
	return F[y].Add(Partition(beta, F).Log().Div(beta))
}

// MEEOf returns the minimum empirical error loss (Table 1, MEE)
//
//	1 − e^{−βF_y} / Σ_j e^{−βF_j}
func MEEOf[T Number[T]](beta T, F []T, y int) T {
	return one(beta).Sub(beta.Mul(F[y]).Neg().Exp().Div(Partition(beta, F)))
}

// EnergyOf returns the energy loss (Table 1)
//
//	F_y
func EnergyOf[T Number[T]](F []T, y int) T { return F[y] }

// PerceptronOf returns the perceptron loss (Table 1)
//
//	F_y − min_j F_j
func PerceptronOf[T Number[T]](F []T, y int) T {
	least := F[0]
	for _, f := range F[1:] {
		least = least.Min(f)
	}
	return F[y].Sub(least)
}

// SimpleOf returns the simple loss
//
//	[F]⁺ + [m − F̄]⁺
func SimpleOf[T Number[T]](m, F, Fbar T) T { return F.Pos().Add(m.Sub(Fbar).Pos()) }

// HingeOf returns the hinge loss (Table 1)
//
//	[m + F − F̄]⁺
func HingeOf[T Number[T]](m, F, Fbar T) T { return m.Add(F).Sub(Fbar).Pos() }

// LogOf returns the log loss (Table 1)
//
//	ln(1 + e^{F − F̄})
func LogOf[T Number[T]](F, Fbar T) T { return one(F).Add(F.Sub(Fbar).Exp()).Log() }

// SoftHingeOf returns the soft hinge
//
//	(1/β) ln(1 + e^{β(m + F − F̄)})
func SoftHingeOf[T Number[T]](beta, m, F, Fbar T) T {
	return one(F).Add(beta.Mul(m.Add(F).Sub(Fbar)).Exp()).Log().Div(beta)
}

// SquareSquareOf returns the square-square loss
//
//	([F]⁺)² + ([m − F̄]⁺)²
func SquareSquareOf[T Number[T]](m, F, Fbar T) T {
	a, b := F.Pos(), m.Sub(Fbar).Pos()
	return a.Mul(a).Add(b.Mul(b))
}

// TutorialSquareSquareOf returns the square-square loss of the tutorial's text (its Table 1 prints a minus, an erratum),
// which does not cut off negative energies:
//
//	F² + ([m − F̄]⁺)²
func TutorialSquareSquareOf[T Number[T]](m, F, Fbar T) T {
	b := m.Sub(Fbar).Pos()
	return F.Mul(F).Add(b.Mul(b))
}

// SquareExpOf returns the square-exponential loss (Table 1, whose β is this γ and no inverse temperature)
//
//	F² + γ e^{−F̄}
func SquareExpOf[T Number[T]](gamma, F, Fbar T) T {
	return F.Mul(F).Add(gamma.Mul(Fbar.Neg().Exp()))
}

// MCEOf returns the minimum classification error loss (Table 1)
//
//	1 / (1 + e^{−(F − F̄)})
func MCEOf[T Number[T]](F, Fbar T) T {
	return one(F).Div(one(F).Add(F.Sub(Fbar).Neg().Exp()))
}

// LVQ2Of returns the LVQ2 loss (Table 1)
//
//	min(M, [F − F̄]⁺)
func LVQ2Of[T Number[T]](M, F, Fbar T) T { return F.Sub(Fbar).Pos().Min(M) }

// EntropyOf returns the entropy, for p_i > 0,
//
//	H = −Σ_i p_i ln p_i
func EntropyOf[T Number[T]](p []T) T {
	H := zero(p[0])
	for _, q := range p {
		H = H.Sub(q.Mul(q.Log()))
	}
	return H
}

// KLOf returns the Kullback–Leibler divergence, for p_i, q_i > 0,
//
//	KL(p‖q) = Σ_i p_i ln(p_i / q_i)
func KLOf[T Number[T]](p, q []T) T {
	D := zero(p[0])
	for i := range p {
		D = D.Add(p[i].Mul(p[i].Div(q[i]).Log()))
	}
	return D
}

// MeanOf returns the mean
//
//	⟨x⟩ = Σ_i p_i x_i
func MeanOf[T Number[T]](p, x []T) T {
	m := zero(p[0])
	for i := range p {
		m = m.Add(p[i].Mul(x[i]))
	}
	return m
}
