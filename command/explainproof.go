package command

import (
	"fmt"
	"io"
	"strings"

	"ebmcheck/properties"
	"ebmcheck/properties/proof"
	"ebmcheck/properties/theory"
)

// shortProof is how many steps a proof has at most that is shown beside its claim, and not only by its own name.
const shortProof = 30

// explainProofs writes what is proved about c, and the proofs that are short.
func explainProofs(w io.Writer, c properties.Claim) error {
	if c.Layer() == "code" {
		return nil
	}
	explainPart(w, c.Refs[0])
	for _, t := range theory.About(c.Refs[0]) {
		if err := showTheorem(w, t, shortProof); err != nil {
			return err
		}
	}
	return nil
}

// explainPart writes which part of a claim or an identity is proved, if not all.
func explainPart(w io.Writer, ref string) {
	if part := theory.ProvedPart(ref); part != "" {
		fmt.Fprintf(w, "\nProved in part:\n%s\n", wrap(part, 76, "    "))
	}
}

// explainTheorems writes theorems with their proofs, if it is one of any length.
func explainTheorems(w io.Writer, ts []theory.Theorem) error {
	most := shortProof
	if len(ts) == 1 {
		most = 1 << 30
	}
	for i, t := range ts {
		if i > 0 {
			fmt.Fprintln(w)
		}
		if err := showTheorem(w, t, most); err != nil {
			return err
		}
	}
	return nil
}

// showTheorem writes a theorem and, if it has at most so many steps, its proof: each line with the facts that it leads to.
func showTheorem(w io.Writer, t theory.Theorem, most int) error {
	p, err := proof.Recheck(t.Pinned())
	if err != nil {
		return err
	}
	lines, err := p.Listing()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\nProved (%s):\n%s\n", t.Name(), wrap(t.Shown(), 76, "    "))
	fmt.Fprintf(w, "%s\n", wrap("for "+t.ForAll(p)+". Certificate: "+fmt.Sprintf("%d steps, %d bytes", p.Steps, p.Bytes)+", checked just now.", 76, "    "))
	if p.Steps > most {
		fmt.Fprintf(w, "    The proof: ebmcheck explain %s\n", t.Name())
		return nil
	}
	for _, l := range lines {
		indent := strings.Repeat("  ", 2+l.Depth)
		if l.Text != "" {
			fmt.Fprintf(w, "%s\n", wrap(l.Text, 76, indent))
		}
		for _, f := range l.Facts {
			fmt.Fprintf(w, "%s\n", wrap(f, 76, indent+"  "))
		}
	}
	return nil
}
