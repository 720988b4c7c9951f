package proof

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Certificates are committed, one file a theorem. What found them need not be believed.
//
//go:embed certificates
var certificates embed.FS

// Certificate returns the certificate of the theorem of that name.
func Certificate(name string) (string, error) {
	text, err := fs.ReadFile(certificates, "certificates/"+name+".proof")
	if err != nil {
		return "", fmt.Errorf("%s has no certificate", name)
	}
	return string(text), nil
}

// Certified are the names of all certificates, sorted.
func Certified() (names []string) {
	files, err := fs.ReadDir(certificates, "certificates")
	if err != nil {
		panic("proof: " + err.Error())
	}
	for _, f := range files {
		if name, ok := strings.CutSuffix(f.Name(), ".proof"); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Recheck checks the certificate of t.
func Recheck(t Theorem) (*Proof, error) {
	text, err := Certificate(t.Name)
	if err != nil {
		return nil, err
	}
	return Check(t, text)
}
