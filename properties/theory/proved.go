package theory

// provedAsTheyStand are the claims whose own formula has a certificate.
const provedAsTheyStand = "C07 C11 C12 C19 C24 C25 C27 C29 C30 C31 C32 C34 C35 C37 C38 C40 C41 C49 C50 C57 C60 C61 C62 C66 C67 C70 C72 C73 C76 C78"

// ProvedPart says which part of the claim of that number is proved, "" if it is the whole, or nothing.
func ProvedPart(ref string) string { return provedInPart[ref] }

// underTheSign is the part of what follows from line 2 of the chain.
const underTheSign = "for n answers, and for an integral that may be differentiated under the sign; that it may where a function dominates is Lebesgue's theorem of dominated convergence"

// provedInPart are the claims and identities of which the theorems that name them prove a part only: which. Of all others that have theorems all that
// is true of them is proved: together they say it, and the cases that refute the printed form do the rest.
var provedInPart = map[string]string{
	"C05": "for n answers: that F has a least value on a closed set of ℝᵈ rests on its compactness, of which the checker knows nothing",
	"C33": "that the two differ; a name is neither true nor false",
	"C36": "for n answers, and for an integral where F is affine in W and what bounds the error has one; that a function which dominates is enough is Lebesgue's theorem of dominated convergence",
	"C42": underTheSign,
	"C43": underTheSign,

	"I86": "that Z over a plane is 2π/(βa), given that dx₁dx₂ = r dr dφ there, and that Z of all coordinates is a product; a root of Z over a plane is Z over a line",
	"I87": "given that over ℝᵈ the divergence of what vanishes at infinity has the integral 0",
}
