package theory

// passes are inductions along a chain of answers of which only neighbours meet: f_j is what the first answer j costs alone, g the next one,
// and B_i what i and that cost together. And one along the columns of a matrix of chances, and one up the layers of an integral.
var passes = []induction{
	{
		name: "chain.sum", refs: "C46 I79",
		says:    "exp(-beta*A[j]) = w[j]",
		start:   "A[j] := f[j]; w[j] := exp(-beta*f[j])",
		step:    "A[j] := g - log(sum(i: exp(-beta*(A[i] + B[i]))))/beta; w[j] := sum(i: w[i]*exp(-beta*B[i])*exp(-beta*g))",
		answers: "j", reads: "w_j is the sum over all sequences that end in j, and the sum of e^{−βA} is Z",
	},
	{
		name: "chain.least", refs: "I79",
		says:    "A[j] <= E[j]",
		start:   "A[j] := f[j]; E[j] := f[j]",
		step:    "A[j] := g + min(i: A[i] + B[i]); E[j] := E[k] + B[k] + g",
		answers: "j k", reads: "E_j is the energy of any sequence that ends in j, from any k",
	},
	{
		name: "chain.reached", refs: "I79",
		says:    "L[j] = A[j]",
		start:   "A[j] := f[j]; L[j] := f[j]",
		step:    "A[j] := g + min(i: A[i] + B[i]); L[j] := L[k] + B[k] + g",
		each:    "min(i: A[i] + B[i]) >= A[k] + B[k]",
		answers: "j k", reads: "L_j is the energy of the sequence that comes to j from a k where the least is: Viterbi's",
	},
	{
		name: "chain.cost", refs: "C46 I79",
		says:    "u = n + t*n^2 <= (t + 1)*n^2 and N[j] = exp(t*log(n))",
		start:   "u := n; N[j] := 1; t := 0",
		step:    "u := u + n^2; N[j] := sum(i: N[i]); t := t + 1",
		answers: "j", reads: "T = t + 1 answers out of n = V: u terms of the pass, for each of n next answers a sum of n; N_j sequences end in j, so that n of those, V^T, are all",
	},
	{ // c is a column of P; q and v are two distributions, and r the sums of the rows of P so far
		name: "gibbs.divergence-falls", refs: "I88",
		says:  "s <= sum(i: q[i]*r[i]*log(q[i]/v[i]))",
		given: "min(i: q[i]) > 0 and min(i: v[i]) > 0",
		start: "s := 0; r[j] := 0",
		step:  "s := s + sum(i: q[i]*c[i])*log(sum(i: q[i]*c[i])/sum(i: v[i]*c[i])); r[j] := r[j] + c[j]",
		each:  "min(i: c[i]) >= 0 and sum(i: c[i]) > 0", answers: "j",
		reads: "c is a column of P, which adds (qP)_j log((qP)_j/(vP)_j) to s; after the last, where r = 1, KL(qP‖vP) ≤ KL(q‖v); a column of zeros adds nothing",
	},
	{ // c_j is 1 where w_j > t, else 0; no w_j is between t and T
		name: "tractable.layers", refs: "C45",
		says:  "s = sum(j: w[j] - pos(w[j] - t))",
		given: "min(j: w[j]) >= 0",
		start: "s := 0; t := 0",
		step:  "s := s + (T - t)*sum(j: c[j]); t := T",
		each:  "T >= t and max(j: c[j]*(1 - c[j])) <= 0 and min(j: c[j]*(1 - c[j])) >= 0 and min(j: c[j]*(w[j] - T)) >= 0 and max(j: (1 - c[j])*(w[j] - t)) <= 0",
		reads: "w_j = e^{−βF_j}, and Σ c is the number of answers above t, which is that above all up to T: so s is ∫ μ{w > τ} dτ from 0 to t, and Σ w where t has passed the greatest",
	},
}
