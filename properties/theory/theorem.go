package theory

import (
	"slices"
	"strings"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/proof"
	"ebmcheck/properties/result"
)

// A Theorem is a statement that is proved: of the source, of Table 1, or an identity. It is written as a formula, from which what is
// shown, what is proved and what is tried on cases are derived.
type Theorem struct {
	name     string
	refs     string // the claims and identities that it is about, or a part of
	says     string
	positive string // parameters that are above 0, besides β
	reads    string // what its letters stand for, where they are not those of what it is about
}

// Theorems are all that have certificates: what is true of each claim that is a formula, and those stated for themselves.
var Theorems = slices.Concat(claimTheorems(), gibbsTheorems, nllTheorems, pairTheorems, table1Theorems, sourceTheorems, identityTheorems, integralTheorems, descentTheorems, inductionTheorems())

// Pinned is the statement that a certificate of t proves.
func (t Theorem) Pinned() proof.Theorem {
	return proof.Theorem{Name: t.name, Says: t.says, Positive: strings.Fields(t.positive)}
}

// Name is that of its certificate.
func (t Theorem) Name() string { return t.name }

// Refs are the claims and identities that t is about.
func (t Theorem) Refs() []string { return strings.Fields(t.refs) }

// Shown is the theorem as a person writes it.
func (t Theorem) Shown() string { return formula.MustStatement(t.says).Unicode() }

// About are the theorems that are about the claim or identity, or a part of it.
func About(ref string) (ts []Theorem) {
	for _, t := range Theorems {
		if slices.Contains(t.Refs(), ref) {
			ts = append(ts, t)
		}
	}
	return ts
}

// claimTheorems are what is true of those claims that are proved as they stand, as formulas: the printed form, for holds-if under its
// condition, or what is true instead.
func claimTheorems() (ts []Theorem) {
	for _, c := range slices.Concat(intuition, likelihood, contrastive) {
		f, ok := c.Statement.(formulas)
		if !ok || !slices.Contains(strings.Fields(provedAsTheyStand), c.Refs[0]) {
			continue
		}
		says := f.truth()
		if f.condition != "" {
			says = formula.MustStatement(says).Under(f.condition)
		}
		ts = append(ts, Theorem{name: c.Refs[0], refs: strings.Join(c.Refs, " "), says: says, positive: "eps m t Z"})
	}
	return ts
}

// ForAll says what a proof of t proves it for: all numbers that occur in it, and what they stand for.
func (t Theorem) ForAll(p *proof.Proof) string {
	s := formula.MustStatement(t.says)
	var parts, reals, above []string
	if !s.Pair {
		parts = append(parts, "n ≥ 1")
		if strings.Contains(t.says, "F[") || strings.Contains(t.says, "p[") {
			reals = append(reals, "F")
		}
	} else {
		for _, x := range [][2]string{{"F[y]", "F"}, {"F[ybar]", "F̄"}} {
			if strings.Contains(t.says, x[0]) {
				reals = append(reals, x[1])
			}
		}
	}
	energies := slices.Clone(reals)
	for _, v := range s.Vectors {
		if v != "S" {
			reals = append(reals, v)
			continue
		}
		for _, F := range energies {
			reals = append(reals, "∂"+F+"/∂W")
		}
	}
	for _, p := range s.Params {
		letter := formula.MustParse(p).Unicode()
		if p == "beta" || slices.Contains(strings.Fields(t.positive), p) {
			above = append(above, letter+" > 0")
		} else {
			reals = append(reals, letter)
		}
	}
	if len(reals) > 0 {
		parts = append(parts, "all real "+strings.Join(reals, ", "))
	}
	text := strings.Join(append(parts, above...), ", ")
	if text == "" {
		text = "these numbers"
	}
	if t.reads != "" {
		text += "; " + t.reads
	}
	return text + otherSums(p)
}

// prove checks the certificates of what is known about the claim again, and says what is proved of it.
func (c Claim) prove(r *result.Result) (trouble string) {
	r.Evidence = result.Sampled
	if c.Paths != nil {
		r.Evidence = result.Trained
	}
	for _, t := range About(c.Refs[0]) {
		p, err := proof.Recheck(t.Pinned())
		if err != nil {
			return err.Error()
		}
		r.Proofs = append(r.Proofs, result.Proof{Name: t.name, Says: t.Shown(), Text: t.says, ForAll: t.ForAll(p), Refs: t.Refs(), Steps: p.Steps, Bytes: p.Bytes})
	}
	if len(r.Proofs) > 0 {
		part, inPart := provedInPart[c.Refs[0]]
		if r.ProvedPart = part; !inPart {
			r.Evidence = result.Proved
		}
	}
	return ""
}
