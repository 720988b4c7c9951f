package theory

// Theorems about statements of the source that are no formula there: each says what is true of one, or its part at a kink.
var sourceTheorems = []Theorem{
	// F(x, y) = (x² + ‖y‖² − 1)² is 0 at two points of a line, and on a circle of a plane, whose radius is √(1 − x²).
	{name: "circle.two-answers", refs: "C01", says: "(x^2 + r^2 - 1)^2 = 0 and (x^2 + (-r)^2 - 1)^2 = 0 and r > -r if -1 < x < 1 where r = exp(log(1 - x^2)/2)"},
	{name: "circle.continuum", refs: "C01", says: "(x^2 + (r*(1 - t^2)/(1 + t^2))^2 + (2*r*t/(1 + t^2))^2 - 1)^2 = 0 if -1 < x < 1 where r = exp(log(1 - x^2)/2)"},
	{name: "circle.apart", refs: "C01", says: "(r*(1 - s^2)/(1 + s^2) - r*(1 - t^2)/(1 + t^2))^2 + (2*r*s/(1 + s^2) - 2*r*t/(1 + t^2))^2 > 0 if s != t and r > 0"},
	{name: "circle.nowhere-else", refs: "C01", says: "(x^2 + u^2 + v^2 - 1)^2 > 0 if x^2 + u^2 + v^2 != 1"},

	{name: "inference.unbeaten", refs: "C04", says: "for all i: F[i] = min(j: F[j]) if min(j: F[j] - F[i]) >= 0", reads: "F_j = F(x, y_j) of one x"},
	{name: "inference.beats-all", refs: "C04", says: "for all i, k: F[i] <= F[k] if F[i] = min(j: F[j])", reads: "F_j = F(x, y_j) of one x"},
	{name: "inference.one-least", refs: "C05", says: "for all i, k: F[i] > F[k] if F[k] = min(j: F[j]) and F[i] != F[k]", reads: "F_j = F(x, y_j) of one x: of n answers one k has the least energy, and less than each i of another"},
	{name: "gibbs.of-any-probabilities", refs: "C06 I80", says: "for all i: exp(-beta*(-log(q[i])/beta))/sum(j: exp(-beta*(-log(q[j])/beta))) = q[i] if min(j: q[j]) > 0 and sum(j: q[j]) = 1"},

	// A joint answer j is a pair (y, z); g is what G comes to at its y.
	{name: "latent.least-of-least", refs: "C28 I75", says: "for all i, k, l: g[k] >= g[i] if min(j: G[j]) >= G[i] and g[k] = G[l] and min(j: G[j] - g[j]) >= 0", reads: "an index is a pair (y, z), and g = min over z of G at its y: below G, and G at one such pair"},
	{name: "latent.least-of-joint", refs: "C28 I75", says: "for all i, k: G[k] >= G[i] if min(j: g[j]) >= g[i] and g[i] = G[i] and min(j: G[j] - g[j]) >= 0", reads: "an index is a pair (y, z), and g = min over z of G at its y: below G, and G at one such pair"},
	{name: "latent.reached", refs: "C28", says: "for all i, l: g[i] = G[i] if min(j: G[j]) >= G[i] and g[i] = G[l] and min(j: G[j] - g[j]) >= 0", reads: "an index is a pair (y, z), and g = min over z of G at its y: below G, and G at one such pair"},

	{name: "tractable.counts", refs: "C44", says: "0 <= sum(j: exp(-b*F[j])) - sum(j: c[j]) <= 1/2 if min(j: c[j]) >= 0 and max(j: c[j]*F[j]) <= 0 and min(j: c[j]*F[j]) >= 0 and min(j: c[j]*(1 - c[j])) >= 0 and max(j: c[j]*(1 - c[j])) <= 0 and min(j: F[j] + c[j]) >= 1 where b = log(2*n)", reads: "n = 2ᵏ answers of k bits, so that log 2n = (k + 1) ln 2, F_j clauses are violated, and c_j is 1 where that is none, else 0"},
	{name: "chain.line2", refs: "C36", says: "D(sum(j: exp(-beta*F[j])), W) = sum(j: -beta*exp(-beta*F[j])*D(F[j], W))"},
	{name: "montecarlo.one-draw", refs: "C48", says: "sum(j: q[j]*(exp(-beta*F[j])/q[j])) = sum(j: exp(-beta*F[j])) if min(j: q[j]) > 0"},
	{name: "montecarlo.one-more", refs: "C48", says: "sum(i: sum(j: r[i]*q[j]*(s[i] + v[j]))) = sum(i: r[i]*s[i]) + sum(j: q[j]*v[j]) if sum(i: r[i]) = 1 and sum(j: q[j]) = 1", reads: "s is a sum of some draws, of probabilities r, and v one more, of probabilities q: the mean of K draws is that of one, by induction"},

	{name: "C51.shift", refs: "C51", says: "with(F[j] := F[j] + b - F[y]: F[y] + log(p[y])) = b + log(p[y])"},
	{name: "nll.one-answer", refs: "C51", says: "log(p[y]) = 0 if n = 1"},
	{name: "nll.exchange", refs: "C53 I22", says: "for all a, b: with(F[j] := F[j] + (delta(j, a) - delta(j, b))*(F[b] - F[a]): logsumexp(j: -beta*F[j])) = logsumexp(j: -beta*F[j])", reads: "every renumbering is made of such exchanges of two"},
	{name: "nll.exchange-correct", refs: "C53", says: "for all a != y, b != y: with(F[j] := F[j] + (delta(j, a) - delta(j, b))*(F[b] - F[a]): F[y]) = F[y]"},
	{name: "gibbs.exchange", refs: "C53 I22", says: "for all a, b: with(F[j] := F[j] + (delta(j, a) - delta(j, b))*(F[b] - F[a]): p[b]) = p[a]", reads: "every renumbering is made of such exchanges of two"},
	{name: "gibbs.exchange-others", refs: "I22", says: "for all a, b, i != a: with(F[j] := F[j] + (delta(j, a) - delta(j, b))*(F[b] - F[a]): p[i]) = p[i] if delta(i, b) = 0", reads: "every renumbering is made of such exchanges of two"},
	{name: "nll.push-up-by", refs: "C53", says: "for all i != y: D(nll, F[i]) = -p[i] where nll = F[y] + logsumexp(k: -beta*F[k])/beta"},

	// At a kink: a and b are a subgradient, if the loss lies above its plane at other values u and v of F and F̄.
	{name: "simple.subgradients-add", refs: "C54", says: "pos(u) + pos(m - v) >= pos(F[y]) + pos(m - F[ybar]) + a*(u - F[y]) + b*(v - F[ybar]) if pos(u) >= pos(F[y]) + a*(u - F[y]) and pos(m - v) >= pos(m - F[ybar]) + b*(v - F[ybar])"},
	{name: "simple.subgradients-part", refs: "C54", says: "pos(u) >= pos(F[y]) + a*(u - F[y]) if pos(u) + pos(m - F[ybar]) >= pos(F[y]) + pos(m - F[ybar]) + a*(u - F[y]) + b*(F[ybar] - F[ybar])"},
	{name: "simple.subgradients-other-part", refs: "C54", says: "pos(m - v) >= pos(m - F[ybar]) + b*(v - F[ybar]) if pos(F[y]) + pos(m - v) >= pos(F[y]) + pos(m - F[ybar]) + a*(F[y] - F[y]) + b*(v - F[ybar])"},
	{name: "log.like-hinge-at-rest", refs: "C71", says: "sigmoid(F[y] - F[ybar]) - 0 <= exp(-m) if F[y] - F[ybar] <= -m"},
	{name: "hinge.zero-at-rest", refs: "C71", says: "pos(m + u - v) >= pos(m + F[y] - F[ybar]) + 0*(u - F[y]) if F[y] - F[ybar] <= -m"},
	{name: "hinge.opposite-at-kink", refs: "C77", says: "a = -b if pos(m + (F[y] + 1) - (F[ybar] + 1)) >= pos(m + F[y] - F[ybar]) + a + b and pos(m + (F[y] - 1) - (F[ybar] - 1)) >= pos(m + F[y] - F[ybar]) - a - b"},
	{name: "simple.slope-of-any-size", refs: "C79", says: "pos(t*u) >= pos(t*F[y]) + a*(t*u - t*F[y]) if pos(u) >= pos(F[y]) + a*(u - F[y])", positive: "t"},
	{name: "simple.slope-below", refs: "C79", says: "D(pos(F[y]), F[y]) = 0 if F[y] < 0"},

	{name: "pairs.third-answer", refs: "C69", says: "for all i != y, k != i: with(F[j] := F[j] + c*delta(j, i): F[y]) = F[y] and with(F[j] := F[j] + c*delta(j, i): F[k]) = F[k]", reads: "so every loss of F_y and F_k stays"},
	{name: "pairs.third-answer-sought", refs: "C69", says: "log(1 + exp(F[y] - a)) > log(1 + exp(F[y] - F[ybar])) if a < F[ybar]", reads: "a is what a third energy becomes: the least incorrect one"},

	{name: "volume.within-cells", refs: "C22", says: "min(k: abs(x - c[k])) <= r if min(k: (x - c[k])^2) <= r^2 and r >= 0", reads: "n = K centres, r² = τ: n intervals of length 2r cover {F ≤ τ}"},
	{name: "volume.of-cells", refs: "C22", says: "sum(k: (c[k] + r) - (c[k] - r)) = 2*n*r and sum(k: ((c[k] + r) - (c[k] - r))^2) = 4*n*r^2"},
	{name: "volume.within-squares", refs: "C22", says: "for all k: abs(x - c[k]) <= r and abs(u - d[k]) <= r if (x - c[k])^2 <= r^2 and (u - d[k])^2 <= r^2 and r >= 0", reads: "n = K centres, of which k is one that F takes, r² = τ: n squares of side 2r cover {F ≤ τ}"},
	{name: "volume.least-code", refs: "C22", says: "(x - u)^2 + l*u^2 >= (x - z)^2 + l*z^2 = l*x^2/(1 + l) where z = x/(1 + l)", positive: "l"},
	{name: "volume.regularised", refs: "C22", says: "x^2 <= t*(1 + l)/l if l*x^2/(1 + l) <= t", positive: "l"},
	{name: "volume.regularised-all", refs: "C22", says: "l*x^2/(1 + l) <= t if x^2 <= t*(1 + l)/l", positive: "l"},
}
