package theory

// inductions are about descents: t steps of size η. u and v are F and F̄ after t of them, f and h those at the start.
var inductions = []induction{
	{
		name: "descent.energy-on-table", refs: "C18 C20",
		says: "u = f - eta*t and v = h", start: "u := f; v := h; t := 0", step: "u := u - eta; v := v; t := t + 1",
	},
	{ // F = (y − wx)², of slope −2x(y − wx) in w
		name: "descent.least-squares", refs: "C18 C20",
		says:  "(z - w*x)^2 <= exp(-4*eta*x^2*(1 - eta*x^2)*t)*(z - v*x)^2",
		start: "w := v; t := 0", step: "w := w + 2*eta*x*(z - w*x); t := t + 1",
	},
	{ // F = (ax − bz)² of two answers z and s to one x: a matrix of trace T = 2x² + z² + s² and determinant x²(z − s)²
		name: "descent.embeddings", refs: "C18 C20",
		says:  "a^2 + b^2 <= exp(-k*t)*(c^2 + d^2)",
		given: "k*T <= 4*eta*x^2*(z - s)^2 and eta*T <= 1 and T = 2*x^2 + z^2 + s^2",
		start: "a := c; b := d; t := 0",
		step:  "a := a - 2*eta*(x*(a*x - b*z) + x*(a*x - b*s)); b := b + 2*eta*(z*(a*x - b*z) + s*(a*x - b*s)); t := t + 1", positive: "eta T",
	},
	{ // a subgradient g of [u]⁺
		name: "descent.simple-correct", refs: "C74",
		says: "f - eta*t <= u <= pos(f - eta*t) and u >= -eta", given: "f >= 0",
		start: "u := f; t := 0", step: "u := u - eta*g; t := t + 1", each: "0 <= g <= 1 and g*u = pos(u)", positive: "eta",
	},
	{
		name: "descent.simple-met", refs: "C74",
		says: "u = f", given: "f < 0",
		start: "u := f; t := 0", step: "u := u - eta*g; t := t + 1", each: "0 <= g <= 1 and g*u = pos(u)", positive: "eta",
	},
	{
		name: "descent.square-correct", refs: "C74",
		says: "u = exp(t*log(1 - 2*eta))*f and u > 0", given: "2*eta < 1",
		start: "u := f; t := 0", step: "u := u - eta*(2*pos(u)); t := t + 1", positive: "eta f",
	},
	{ // η = ½: at 0 after one step
		name: "descent.square-correct-at-once", refs: "C74",
		says: "u = 0", given: "2*eta = 1 and f >= 0",
		start: "u := f - eta*(2*pos(f)); t := 1", step: "u := u - eta*(2*pos(u)); t := t + 1", positive: "eta",
	},
	{
		name: "descent.square-met", refs: "C74",
		says: "u = f", given: "f <= 0",
		start: "u := f; t := 0", step: "u := u - eta*(2*pos(u)); t := t + 1", positive: "eta",
	},
	{ // a subgradient −g of [m − v]⁺
		name: "descent.simple-incorrect", refs: "C75",
		says: "m - v <= pos(m - h - eta*t)", start: "v := h; t := 0", step: "v := v + eta*g; t := t + 1",
		each: "0 <= g <= 1 and g*(m - v) = pos(m - v)", positive: "eta",
	},
	{
		name: "descent.square-incorrect", refs: "C75",
		says: "m - v <= exp(t*log(1 - 2*eta))*pos(m - h)", given: "2*eta < 1",
		start: "v := h; t := 0", step: "v := v + eta*(2*pos(m - v)); t := t + 1", positive: "eta",
	},
	{ // η ≥ ½: met after one step
		name: "descent.square-incorrect-at-once", refs: "C75",
		says: "m - v <= 0", given: "2*eta >= 1",
		start: "v := h + eta*(2*pos(m - h)); t := 1", step: "v := v + eta*(2*pos(m - v)); t := t + 1", positive: "eta",
	},
	{
		name: "descent.square-from-below", refs: "C75",
		says: "v < m", given: "2*eta < 1 and h < m",
		start: "v := h; t := 0", step: "v := v + eta*(2*pos(m - v)); t := t + 1", positive: "eta",
	},
	{ // NLL of n answers, all incorrect ones of one energy v: the slopes are 1 − p_y = (n − 1)p in u, and −p in each v
		name: "descent.nll-on-table", refs: "C52 I54",
		says:  "u + (n - 1)*v = f + (n - 1)*h and exp(beta*(v - u)) + (n - 1)*beta*(v - u) >= exp(beta*(h - f)) + (n - 1)*beta*(h - f) + n*beta*eta*t",
		start: "u := f; v := h; t := 0",
		step:  "u := u - eta*(n - 1)/(exp(beta*(v - u)) + n - 1); v := v + eta/(exp(beta*(v - u)) + n - 1); t := t + 1", positive: "eta",
	},
	{ // the same, no faster
		name: "descent.nll-no-faster", refs: "C52 I54",
		says:  "exp(beta*(v - u)) + (n - 1)*beta*(v - u) <= exp(beta*(h - f)) + (n - 1)*beta*(h - f) + t*(n*beta*eta + (n*beta*eta)^2*exp(n*beta*eta))",
		given: "n >= 2", start: "u := f; v := h; t := 0",
		step: "u := u - eta*(n - 1)/(exp(beta*(v - u)) + n - 1); v := v + eta/(exp(beta*(v - u)) + n - 1); t := t + 1", positive: "eta",
	},
}

// Theorems about what those descents are made of, and what they come to.
var descentTheorems = []Theorem{
	{name: "pos.subgradient", refs: "C74 C75", says: "0 <= g <= 1 and g*u = pos(u) if pos(0) >= pos(u) + g*(0 - u) and pos(2*u) >= pos(u) + g*(2*u - u) and pos(u + 1) >= pos(u) + g*(u + 1 - u) and pos(u - 1) >= pos(u) + g*(u - 1 - u)", reads: "a subgradient of [·]⁺ at u lies below it at 0, 2u, u + 1 and u − 1"},
	{name: "descent.square-in-the-limit", refs: "C74 C75", says: "0 < exp(t*log(1 - 2*eta)) <= 1/(1 + 2*eta*t) if t >= 0 and 2*eta < 1", positive: "eta"},
	{name: "nll.tied", refs: "C52", says: "for all i != y: p[i] = 1/(exp(beta*(F[i] - F[y])) + n - 1) if min(j != y: F[j] - F[i]) >= 0 and max(j != y: F[j] - F[i]) <= 0"},
	{name: "nll.flow", refs: "I54", says: "for all i != y: D(exp(u) + (n - 1)*u, W) = beta*(exp(u) + n - 1)*(D(F[i], W) - D(F[y], W)) and (exp(u) + n - 1)*(p[i] + (1 - p[y])) = n if min(j != y: F[j] - F[i]) >= 0 and max(j != y: F[j] - F[i]) <= 0 where u = beta*(F[i] - F[y])", reads: "W is time, in which F_i moves at p_i, and F_y at −(1 − p_y), against the slopes of ℓ"},
	{name: "descent.nll-flow", refs: "I54", says: "0 <= s - (r + n*beta*T) <= eta*T*(n*beta)^2*exp(n*beta*b) if r + n*beta*eta*t <= s <= r + t*(n*beta*eta + (n*beta*eta)^2*exp(n*beta*eta)) and T = eta*t and t >= 0 and eta <= b", positive: "eta", reads: "s and r are e^u + (n − 1)u after t steps of η, in the time T = ηt, and at first: as η → 0 the steps tend to the flow, and s to r + nβT"},
	{name: "descent.nll-shares", refs: "C52", says: "v = (s + r/beta)/n and u = (s - (n - 1)*r/beta)/n if u + (n - 1)*v = s and r = beta*(v - u)"},
	{name: "descent.nll-without-bound", refs: "C52", says: "r >= log(s/n) if exp(r) + (n - 1)*r >= s", positive: "s", reads: "r = β(F̄ − F), and s grows with t without bound"},
	{name: "descent.least-squares-elsewhere", refs: "C18 C20", says: "(q - w*x)^2 = ((q - z) + (z - w*x))^2", reads: "so F(ȳ) tends to (ȳ − y)² as z − wx to 0, with z for y and q for ȳ"},
	{name: "descent.near-enough", refs: "C20", says: "(z - u)^2 < (q - u)^2 if 4*(z - u)^2 < (q - z)^2", reads: "u = wx, z the answer, or its centre, and q another: once (z − u)² is near 0, F(x, y) < F(x, ȳ)"},
	{name: "descent.collapsed", refs: "C18 C20", says: "(a*x - b*z)^2 <= (x^2 + z^2)*(a^2 + b^2)"},
	{name: "descent.to-nothing", refs: "C18 C20", says: "0 < exp(-k*t) <= 1/(1 + k*t) if t >= 0", positive: "k"},
}
