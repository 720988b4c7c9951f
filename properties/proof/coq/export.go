package coq

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/formula"
	"ebmcheck/properties/proof"
)

// Prelude are the files that every theorem rests on, in the order in which Coq compiles them.
var Prelude = []string{"normal.v", "derive.v", "rules.v", "words.v"}

//go:embed *.v
var files embed.FS

// Source returns the text of a file of the prelude.
func Source(name string) string {
	text, err := files.ReadFile(name)
	if err != nil {
		panic("coq: " + err.Error())
	}
	return string(text)
}

// A Theorem is one in Coq: its statement, rendered from the formula, and its proof, from the certificate.
type Theorem struct {
	Of          string // the name of its certificate
	Name        string // in Coq
	Statement   string
	says        string
	definitions []string // the facts, what they owe and the steps
	script      string
}

// Head is what a file of theorems begins with.
const Head = `Require Import Reals List QArith.
Require Import normal derive rules words.
Import ListNotations.
Open Scope R_scope.
`

// identifier is a theorem's name in Coq.
func identifier(x string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' || r == '-' {
			return '_'
		}
		return r
	}, x)
}

// Export returns t in Coq, proved by the steps of the certificate. It is an error if the statement or a step of the certificate has what is not exported.
func Export(t proof.Theorem, certificate string) (out Theorem, err error) {
	defer caught(&err)
	f, err := formula.ParseStatement(t.Says)
	if err != nil {
		return out, err
	}
	s := newStatement(f.Expand())
	text, says := s.state(t.Positive)
	script := s.script(says) // before the proof has names of its own
	out.Of, out.Name, out.Statement = t.Name, identifier(t.Name), text

	lines := strings.Split(strings.TrimSuffix(certificate, "\n"), "\n")
	start := slices.Index(lines, "proof")
	if start < 0 {
		refuse("the certificate has no proof")
	}
	r := &reader{numbering: &s.numbering, lets: map[string]abbreviation{}}
	for _, line := range lines[:start] {
		if rest, ok := strings.CutPrefix(line, "let "); ok {
			r.let(rest)
		}
	}
	r.lines = lines[start+1:]
	var proofs []string
	for range says {
		proofs = append(proofs, r.block())
	}
	if len(r.lines) > 0 {
		refuse("after the end of the proof: %q", r.lines[0])
	}
	facts := func(rs []relationship) string {
		var fs []string
		for _, r := range rs {
			fs = append(fs, r.fact)
		}
		return "[" + strings.Join(fs, ";\n  ") + "]"
	}
	var owed []string
	for _, d := range s.slopes {
		owed = append(owed, fmt.Sprintf("owes %d %s assumed %s", len(d.scope), d.speeds, d.of))
	}
	for _, d := range s.slopes {
		owed = append(owed, fmt.Sprintf("meaning %d %s", len(d.scope), d.of))
	}
	out.definitions = []string{
		"Definition assumed : list fact := " + facts(s.assumed) + ".",
		"Definition concluded : list fact := " + facts(says) + ".",
		"Definition owed_ : list (nat * debt) := " + strings.Join(append(owed, "flat_map (fun f => meaning 0 (tmf f)) concluded"), " ++ ") + ".",
		"Definition steps : list pf := [" + strings.Join(proofs, ";\n") + "].",
	}
	out.says, out.script = t.Says, script
	return out, nil
}

// Text is the theorem as it stands in a file, with its proof.
func (t Theorem) Text() string {
	return fmt.Sprintf(`(* %s *)
Module %s_.
%s
Lemma checked : proves assumed concluded owed_ steps = true.
Proof. vm_cast_no_check (eq_refl true). Qed.
Theorem statement : %s.
Proof.
%s
Qed.
End %s_.
Definition %s := %s_.statement.
`, t.says, t.Name, strings.Join(t.definitions, "\n"), t.Statement, t.script, t.Name, t.Name, t.Name)
}

// Trial asks Coq whether the steps prove the facts of the statement, and no more: it prints true or false.
func (t Theorem) Trial() string {
	return fmt.Sprintf("Module %s_.\n%s\nEval vm_compute in proves assumed concluded owed_ steps.\nEnd %s_.\n", t.Name, strings.Join(t.definitions, "\n"), t.Name)
}
