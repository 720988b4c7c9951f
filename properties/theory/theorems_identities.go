package theory

// Theorems that make whole what is proved of identities: parts that sums over subsets of the answers, directions of change and weights
// say.
var identityTheorems = []Theorem{
	{name: "chain.one-longer", refs: "C46 I79", says: "sum(k: exp(-beta*(E[k] + b + g))) = sum(k: exp(-beta*E[k]))*exp(-beta*b)*exp(-beta*g)",
		reads: "E_k are the energies of all sequences that end in i, and go on to j, with b = B_i: over all i these are the sequences one longer that end in j"},
	{name: "chain.too-many", refs: "C46", says: "2^60 > 10^18 and 50257^20 > 10^47*10^47", reads: "texts of T tokens out of V words are V^T"},
	{name: "gibbs.stationary", refs: "I88", says: "for all k: sum(i: p[i]*c[i]) = p[k] if max(i: p[i]*c[i] - p[k]*d[i]) <= 0 and min(i: p[i]*c[i] - p[k]*d[i]) >= 0 and sum(i: d[i]) = 1",
		reads: "c_i = P_ik and d_i = P_ki, of which p_i P_ik = p_k P_ki"},
	{name: "gibbs.acceptance", refs: "I88", says: "for all i: 0 <= sum(j != i: exp(-beta*pos(F[j] - F[i]))/n) < 1", reads: "the chance to move on from i, where each of n answers is proposed alike: so P_ii is what is left to 1"},
	{name: "score.without-partition", refs: "I92", says: "D(log(exp(-beta*F[y])/Z), W) = -beta*D(F[y], W)", positive: "Z", reads: "W stands for the answer, on which Z does not depend"},
	// Smooth: what they are made of has derivatives that are polynomials in the same, and so derivatives of every order.
	{name: "nll.slopes", refs: "I42 I73", says: "for all i: D(nll, F[i]) = delta(i, y) - p[i] where nll = F[y] + logsumexp(k: -beta*F[k])/beta", reads: "with those of p the slopes of ℓ of every order are polynomials in p"},
	{name: "mee.slopes", refs: "I73", says: "for all i: D(1 - p[y], F[i]) = beta*(delta(i, y)*p[y] - p[y]*p[i])", reads: "with those of p the slopes of MEE of every order are polynomials in p"},
	{name: "square-exp.slopes", refs: "I73", says: "D(F[y]^2 + gamma*exp(-F[ybar]), F[y]) = 2*F[y] and D(F[y]^2 + gamma*exp(-F[ybar]), F[ybar]) = -gamma*exp(-F[ybar]) and D(exp(-F[ybar]), F[ybar]) = -exp(-F[ybar])", reads: "so the slopes of every order are polynomials in F and e^{−F̄}"},
	{name: "log.slopes", refs: "I73", says: "D(log(1 + exp(F[y] - F[ybar])), F[y]) = s and D(log(1 + exp(F[y] - F[ybar])), F[ybar]) = -s and D(s, F[y]) = s*(1 - s) and D(s, F[ybar]) = -s*(1 - s) where s = sigmoid(F[y] - F[ybar])", reads: "s is MCE: so the slopes of both of every order are polynomials in s"},
	// Lipschitz only: what moves no further than the energies, with a slope that jumps.
	{name: "pos.lipschitz", refs: "I73", says: "pos(u) - pos(v) <= pos(u - v)", reads: "with u and v exchanged besides, [·]⁺ moves no further than what it is of: a slope 2[F]⁺ is continuous"},
	{name: "pos.kink", refs: "I73", says: "pos(t) = t and pos(-t) = 0 if t > 0", reads: "the slope jumps from 0 to 1: of simple in F at 0, of hinge where m + F = F̄, of the perceptron of two answers where F_y = F_ȳ"},
	{name: "simple.lipschitz", refs: "I73", says: "pos(u) + pos(m - v) - (pos(F[y]) + pos(m - F[ybar])) <= pos(u - F[y]) + pos(F[ybar] - v)"},
	{name: "hinge.lipschitz", refs: "I73", says: "pos(m + u - v) - pos(m + F[y] - F[ybar]) <= pos(u - F[y]) + pos(F[ybar] - v)"},
	{name: "lvq2.lipschitz", refs: "I73", says: "pos(M - pos(F[y] - F[ybar])) - pos(M - pos(u - v)) <= pos(u - F[y]) + pos(F[ybar] - v)", reads: "LVQ2 is M − [M − [F − F̄]⁺]⁺"},
	{name: "lvq2.kink", refs: "I73", says: "M - pos(M - pos(t)) = t and M - pos(M - pos(-t)) = 0 if 0 < t <= M"},
	{name: "perceptron.lipschitz", refs: "I73", says: "for all i, k: (G[y] - G[k]) - (F[y] - F[i]) <= 2*c if max(j: G[j] - F[j]) <= c and max(j: F[j] - G[j]) <= c and min(j: F[j]) >= F[i]", reads: "i is a minimiser of F, and k one of G"},
	{name: "perceptron.two-answers", refs: "I73", says: "F[y] - min(F[y], F[ybar]) = pos(F[y] - F[ybar])"},
	{name: "square.slope-jumps", refs: "I73", says: "D(pos(F[y])^2, F[y]) = 2*pos(F[y]) and D(2*pos(F[y]), F[y]) = 2 if F[y] > 0"},
	{name: "square.slope-jumps-from-0", refs: "I73", says: "D(pos(F[y])^2, F[y]) = 2*pos(F[y]) and D(2*pos(F[y]), F[y]) = 0 if F[y] < 0"},
	{name: "variance.at-least-0", refs: "I17", says: "sum(j: p[j]*v[j]^2) - sum(j: p[j]*v[j])^2 >= 0"},
	{name: "variance.at-most-half", refs: "I17", says: "sum(j: p[j]*v[j]^2) - sum(j: p[j]*v[j])^2 <= sum(j: v[j]^2)/2"},
	{name: "variance.at-most-twice", refs: "I17", says: "sum(j: p[j]*v[j]^2) - sum(j: p[j]*v[j])^2 <= r*sum(j: v[j]^2) if max(j: 2*p[j]*(1 - p[j])) <= r"},

	{name: "latent.joint-free-energy", refs: "I24", says: "-log(sum(i: exp(-beta*(-log(c[i])/beta))))/beta = -log(sum(i: c[i]))/beta if min(i: c[i]) > 0", reads: "c_i = Σ_z e^{−βG(i, z)}, so that −(log c_i)/β is F_β of the answer i"},
	{name: "latent.marginal", refs: "I24", says: "for all i: exp(-beta*(-log(c[i])/beta))/sum(j: exp(-beta*(-log(c[j])/beta))) = c[i]/sum(j: c[j]) if min(j: c[j]) > 0", reads: "c_i = Σ_z e^{−βG(i, z)}, so that −(log c_i)/β is F_β of the answer i"},
	{name: "latent.nonnegative", refs: "I78", says: "for all i: -logsumexp(j: -beta*G[j])/beta <= -log(sum(j: c[j]*exp(-beta*G[j])))/beta if min(j: c[j]) >= 0 and max(j: c[j]) <= 1 and c[i] = 1", reads: "an index is a pair (y, z), and c is 1 at those of one y, else 0"},

	{name: "free-energy.one-more-far", refs: "I26", says: "for all i: 0 <= log(w + exp(-beta*a))/beta - log(w)/beta <= exp(-beta*(a - F[i]))/beta where w = sum(j: exp(-beta*F[j]))", reads: "all of it tends to 0 as a → ∞"},
	{name: "gibbs.one-more-far", refs: "I26", says: "for all i: 0 <= p[i] - exp(-beta*F[i])/(w + exp(-beta*a)) <= exp(-beta*(a - F[i])) and exp(-beta*a)/(w + exp(-beta*a)) <= exp(-beta*(a - F[i])) where w = sum(j: exp(-beta*F[j]))", reads: "all of it tends to 0 as a → ∞"},

	// c is 1 at the minimisers, of which i is one, b at the answers of the second level, else 0; so K = Σ c and k₂ = Σ b.
	{name: "gibbs.off-least-at-most", refs: "C15 I30", says: "for all i: 1 - sum(j: c[j]*p[j]) <= (n - r)*exp(-beta*g)/(r + (n - r)*exp(-beta*g)) if min(j: c[j]) >= 0 and max(j: c[j]) <= 1 and c[i] = 1 and min(j: c[j]*(F[j] - F[i])) >= 0 and max(j: c[j]*(F[j] - F[i])) <= 0 and min(j: (1 - c[j])*(F[j] - F[i] - g)) >= 0 where r = sum(j: c[j])", reads: "c is 1 at the minimisers, else 0, and g = Δ"},
	{name: "gibbs.off-least-at-least", refs: "I30", says: "for all i: 1 - sum(j: c[j]*p[j]) >= t*exp(-beta*g)/(r + t*exp(-beta*g)) if min(j: c[j]) >= 0 and min(j: b[j]) >= 0 and max(j: b[j] + c[j]) <= 1 and c[i] = 1 and min(j: c[j]*(F[j] - F[i])) >= 0 and max(j: c[j]*(F[j] - F[i])) <= 0 and max(j: b[j]*(F[j] - F[i] - g)) <= 0 where r = sum(j: c[j]), t = sum(j: b[j])", reads: "c is 1 at the minimisers, b at the second level, else 0, and g = Δ"},
	{name: "gibbs.off-least-simply", refs: "C15 I30", says: "s*exp(-beta*g)/(r + s*exp(-beta*g)) <= s/r*exp(-beta*g) if s >= 0", positive: "r", reads: "r minimisers, and s = n − r other answers"},

	{name: "gibbs.least-rises", refs: "I33", says: "for all i: p[i] >= exp(-a*F[i])/sum(j: exp(-a*F[j])) if beta >= a and min(j: F[j] - F[i]) >= 0", positive: "a"},
	{name: "gibbs.greatest-falls", refs: "I33", says: "for all i: p[i] <= exp(-a*F[i])/sum(j: exp(-a*F[j])) if beta >= a and min(j: F[i] - F[j]) >= 0", positive: "a"},
	{name: "gibbs.falls-on", refs: "I33", says: "for all i: D(p[i], beta) <= 0 if beta >= a and sum(j: exp(-a*F[j])*F[j])/sum(j: exp(-a*F[j])) <= F[i]", positive: "a", reads: "what falls at a, where ⟨F⟩ ≤ F_i, falls from then on"},

	// Σ s·(p − q) is largest, where |s| ≤ 1, if each s is a sign, and then ‖p − q‖₁; where Σ s² ≤ k², if s is along p − q, and then k‖p − q‖₂.
	{name: "gibbs.near-uniform", refs: "C16 I35", says: "sum(j: s[j]*(p[j] - 1/n)) <= beta*(b - a)/2 if min(j: F[j]) >= a and max(j: F[j]) <= b and min(j: s[j]) >= -1 and max(j: s[j]) <= 1", reads: "with the signs of p − 1/n for s the sum is Σ|p − 1/n|, twice the total variation"},
	{name: "gibbs.moves-at-most", refs: "I40", says: "sum(j: s[j]*(exp(-beta*(F[j] + t*h[j]))/w - p[j])) <= beta*t*(b - a)/2 if t >= 0 and min(j: h[j]) >= a and max(j: h[j]) <= b and min(j: s[j]) >= -1 and max(j: s[j]) <= 1 where w = sum(i: exp(-beta*(F[i] + t*h[i])))", reads: "G = F + th; with signs for s the sum is ‖p_G − p_F‖₁; b − a is at most 2 max |h|"},
	{name: "gibbs.moves-at-most-squared", refs: "I40", says: "sum(j: s[j]*(exp(-beta*(F[j] + t*h[j]))/w - p[j])) <= beta*t*r*k/2 if t >= 0 and sum(j: h[j]^2) <= r^2 and sum(j: s[j]^2) <= k^2 where w = sum(i: exp(-beta*(F[i] + t*h[i])))", positive: "r k", reads: "G = F + th; with p_G − p_F for s, and its norm for k, it is k‖p_G − p_F‖₂ ≤ (β/2)·‖G − F‖₂·k"},

	{name: "nll.convex-in-weights", refs: "I43", says: "with(F[j] := F[j] + (r*s + (1 - r)*t)*h[j]: F[y] + log(sum(j: exp(-beta*F[j])))/beta) <= r*with(F[j] := F[j] + s*h[j]: F[y] + log(sum(j: exp(-beta*F[j])))/beta) + (1 - r)*with(F[j] := F[j] + t*h[j]: F[y] + log(sum(j: exp(-beta*F[j])))/beta) if 0 <= r <= 1", reads: "s and t are two values of W along a line, on which F is affine"},
	{name: "nll.not-convex-in-weights", refs: "I43", says: "2*log(1 + exp(-0^2)) > log(1 + exp(-t^2)) + log(1 + exp(-(-t)^2)) if t != 0", reads: "ℓ of F = −W² and F̄ = 0 at β = 1: W = 0 is midway between t and −t"},

	{name: "pairs.shift", refs: "I53", says: "with(F[j] := F[j] + c: M - pos(M - pos(F[y] - F[ybar]))) = M - pos(M - pos(F[y] - F[ybar])) and with(F[j] := F[j] + c: sigmoid(F[y] - F[ybar])) = sigmoid(F[y] - F[ybar])", reads: "LVQ2 and MCE"},
	{name: "mee.shift", refs: "I53", says: "with(F[j] := F[j] + c: 1 - p[y]) = 1 - p[y]"},
	{name: "perceptron.shift", refs: "I53", says: "for all i, k: with(F[j] := F[j] + c: F[k] - F[i]) = F[k] - F[i]", reads: "so a minimiser stays one, and F_y − min F what it is"},
	{name: "mce.opposite", refs: "I53", says: "D(sigmoid(F[y] - F[ybar]), F[y]) = -D(sigmoid(F[y] - F[ybar]), F[ybar])"},
	{name: "descent.keeps-sum", refs: "I53", says: "sum(j: F[j] - eta*g[j]) = sum(j: F[j]) if sum(j: g[j]) = 0"},
	{name: "simple.moved", refs: "I53", says: "with(F[j] := F[j] + c: pos(F[y]) + pos(m - F[ybar])) > pos(F[y]) + pos(m - F[ybar]) if F[y] >= 0 and F[ybar] >= m", positive: "c"},
	{name: "square.moved", refs: "I53", says: "with(F[j] := F[j] + c: pos(F[y])^2 + pos(m - F[ybar])^2) > pos(F[y])^2 + pos(m - F[ybar])^2 if F[y] >= 0 and F[ybar] >= m", positive: "c"},
	{name: "square-exp.moved", refs: "I53", says: "with(F[j] := F[j] - c: F[y]^2 + gamma*exp(-F[ybar])) > F[y]^2 + gamma*exp(-F[ybar]) if F[y] <= 0", positive: "c gamma"},
	{name: "energy.moved", refs: "I53", says: "with(F[j] := F[j] + c: F[y]) > F[y]", positive: "c"},

	{name: "hinge.convex", refs: "I72", says: "pos(m + (r*F[y] + (1 - r)*u) - (r*F[ybar] + (1 - r)*v)) <= r*pos(m + F[y] - F[ybar]) + (1 - r)*pos(m + u - v) if 0 <= r <= 1"},
	{name: "simple.convex", refs: "I72", says: "pos(r*F[y] + (1 - r)*u) + pos(m - (r*F[ybar] + (1 - r)*v)) <= r*(pos(F[y]) + pos(m - F[ybar])) + (1 - r)*(pos(u) + pos(m - v)) if 0 <= r <= 1"},
	{name: "square.convex", refs: "I72", says: "pos(r*s + (1 - r)*t)^2 <= r*pos(s)^2 + (1 - r)*pos(t)^2 and (r*s + (1 - r)*t)^2 <= r*s^2 + (1 - r)*t^2 if 0 <= r <= 1", reads: "s and t are two values of F, or of m − F̄"},
	{name: "square-exp.convex", refs: "I72", says: "exp(-(r*s + (1 - r)*t)) <= r*exp(-s) + (1 - r)*exp(-t) if 0 <= r <= 1", reads: "s and t are two values of F̄"},
	{name: "lvq2.not-convex", refs: "I72", says: "M - pos(M - pos(M)) > ((M - pos(M - pos(0))) + (M - pos(M - pos(2*M))))/2", positive: "M"},
	{name: "mee.two-answers", refs: "I72", says: "1 - exp(-beta*F[y])/(exp(-beta*F[y]) + exp(-beta*F[ybar])) = sigmoid(beta*(F[y] - F[ybar]))"},

	{name: "gibbs.geometric-mixture", refs: "I81", says: "for all i, k: exp(-b*F[i])/sum(j: exp(-b*F[j]))*exp(r*log(p[k]) + (1 - r)*log(exp(-a*F[k])/w)) = exp(-b*F[k])/sum(j: exp(-b*F[j]))*exp(r*log(p[i]) + (1 - r)*log(exp(-a*F[i])/w)) where b = r*beta + (1 - r)*a, w = sum(j: exp(-a*F[j]))", positive: "a"},

	// E_C = ‖u − x‖² and E_I = ‖v − x‖², of fixed centres u and v: at x = u they are 0 and D².
	{name: "centres.hold", refs: "I91", says: "sum(j: (u[j] - x[j])^2) > 0 if sum(j: (u[j] - x[j])^2) + k >= sum(j: (v[j] - x[j])^2) and k < sum(j: (u[j] - v[j])^2)", reads: "u and v are fixed centres, x what W makes of the input: below D² all that violate the margin k cost more than x = u, which does not"},
	{name: "centres.fail", refs: "I91", says: "sum(j: (u[j] - x[j])^2) >= sum(j: (u[j] - u[j])^2) and sum(j: (u[j] - u[j])^2) + k >= sum(j: (v[j] - u[j])^2) if k >= sum(j: (u[j] - v[j])^2)", reads: "from D² on x = u violates the margin k, and none costs less"},
}
