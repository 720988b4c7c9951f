package theory

// Theorems that make whole what is said of a continuum of answers, or of a series of them. Their sums may be integrals (theorem_sums.go).
var integralTheorems = []Theorem{
	{name: "gibbs.cold-series", refs: "C15 I30", says: "1 - p[y] <= exp(-(beta - a)*g)*sum(j != y: exp(-a*(F[j] - F[y]))) if min(j != y: F[j] - F[y]) >= g and beta >= a", positive: "a", reads: "where Z is finite at a, it tends to 0 as β → ∞"},
	{name: "gibbs.cold-around", refs: "C15", says: "sum(j: h[j]*p[j])*sum(j: c[j]) <= exp(-(beta - a)*g + beta*r)*sum(j: h[j]*exp(-a*F[j])) if min(j: h[j]) >= 0 and min(j: h[j]*(F[j] - g)) >= 0 and min(j: c[j]) >= 0 and max(j: c[j]) <= 1 and max(j: c[j]*(F[j] - r)) <= 0 and beta >= a", positive: "a", reads: "c is 1 near ŷ, where F ≤ r, on answers of a measure above 0, and h is 1 farther off, where F ≥ g > r, else they are 0: what lies farther off tends to 0 as β → ∞"},
	{name: "energy.between-neighbours", refs: "C16", says: "abs(t)*exp(-b*t) <= (exp(-(b - a)*t) + exp(-(b + a)*t))/a", positive: "a", reads: "t = F: so F·e^{−bF} has an integral, if e^{−βF} has one at every β > 0"},

	{name: "measure.scaled", refs: "C14", says: "sum(j: c[j]*(r*exp(-beta*F[j])))/sum(j: r*exp(-beta*F[j])) = sum(j: c[j]*p[j])", positive: "r", reads: "c is 1 on a set of answers, else 0, and r = |du/dy′|: the set has the same probability over du as over dy′"},
	{name: "measure.not-scaled", refs: "C14", says: "for all i, k: r[i] = r[k] if min(j: r[j]) > 0 and max(j: r[j]*exp(-beta*F[j])/w - p[j]) <= 0 and min(j: r[j]*exp(-beta*F[j])/w - p[j]) >= 0 where w = sum(k: r[k]*exp(-beta*F[k]))", reads: "r = |du/dy′|: where it is not the same everywhere, the density over du is another"},

	{name: "chain.line6", refs: "C42 I7", says: "D(log(g), W) = 1/g*sum(j: D(exp(-beta*F[j]), W)) = -beta*sum(j: p[j]*D(F[j], W)) where g = sum(k: exp(-beta*F[k]))"},
	{name: "chain.line2-near", refs: "C36", says: "0 <= sum(j: exp(-beta*(F[j] + h*s[j]))) - sum(j: exp(-beta*F[j])) + h*sum(j: beta*s[j]*exp(-beta*F[j])) <= h^2*beta^2*sum(j: s[j]^2*(exp(-beta*F[j]) + exp(-beta*(F[j] + h*s[j]))))", reads: "F is affine in W, of slope s, and h is a step of W: divided by h, it says how near the quotient of differences is to ∫ of the derivatives"},

	{name: "nll.elsewhere", refs: "C68", says: "with(F[j] := F[j] + r*h[j]: log(sum(j: exp(-beta*F[j])))) < log(sum(j: exp(-beta*F[j]))) if min(j: h[j]) >= 0 and max(j: h[j]) <= 1 and max(j: h[j]*(F[j] - b)) <= 0 and sum(j: h[j]) > 0", positive: "r", reads: "h is 1 at answers that were not looked at, else 0: the energies that were looked at stay, and ℓ does not"},

	// A Gaussian, F = ½ Σ aᵢxᵢ² in the directions of the eigenvectors of A, d of them; F = ax²/2 + r, r being what the other coordinates
	// come to. Of F and of F² the divergence of x·e^{−βF} has no integral but 0, since it vanishes at both ends of each line.
	{name: "gaussian.divergence", refs: "I87", says: "D(x*exp(-beta*f), x) = (1 - beta*a*x^2)*exp(-beta*f) where f = a*x^2/2 + r", reads: "x is one of d coordinates, and r what F has of the others: over all of them 1 adds up to d, and ax² to 2F"},
	{name: "gaussian.divergence-twice", refs: "I87", says: "D(x*f*exp(-beta*f), x) = (f + a*x^2 - beta*a*x^2*f)*exp(-beta*f) where f = a*x^2/2 + r", reads: "x is one of d coordinates, and r what F has of the others: over all of them f adds up to dF, and ax² to 2F"},
	{name: "gaussian.ends", refs: "I87", says: "x^2*exp(-b*x^2) <= 1/b and x^4*exp(-b*x^2) <= 4/b^2", positive: "b", reads: "so |x|·e^{−bx²} and |x|³·e^{−bx²} tend to 0 as |x| → ∞"},
	{name: "gaussian.mean", refs: "I87", says: "sum(j: q[j]*F[j])/sum(j: q[j]) = d/(2*beta) if sum(j: q[j]) > 0 and sum(j: q[j]*(d - 2*beta*F[j])) = 0", reads: "q = e^{−βF}, so that q/Σq = p"},
	{name: "gaussian.variance", refs: "I87", says: "sum(j: q[j]*(F[j] - d/(2*beta))^2)/sum(j: q[j]) = d/(2*beta^2) if sum(j: q[j]) > 0 and sum(j: q[j]*(d - 2*beta*F[j])) = 0 and sum(j: q[j]*(d*F[j] + 2*F[j] - 2*beta*F[j]^2)) = 0", reads: "q = e^{−βF}, so that q/Σq = p"},
	{name: "gaussian.radial", refs: "I86", says: "D(-exp(-beta*a*r^2/2)/(beta*a), r) = r*exp(-beta*a*r^2/2)", positive: "a", reads: "r is the distance from the mean in a plane: so the integral over it, of 2πr·e^{−βar²/2}, is 2π/(βa)"},
}
