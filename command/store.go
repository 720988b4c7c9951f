package command

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/result"
)

// A store is the folder of counterexamples of the runs in one place: in it a folder for
// each subject, and there a file for each claim about code, regime and level that is
// refuted. The next run asks them first. Files of before there were folders are read, too.
type store struct {
	dir   string
	have  []storedFile
	fixed []storedFile // those whose claim passes now, and that are gone
	kept  []storedFile // those that stay although it does: that it passes says nothing of them
}

type storedFile struct {
	name string
	judge.Stored
}

// openStore reads the counterexamples in dir, which need not be there.
func openStore(dir string) (*store, error) {
	s := &store{dir: dir}
	var names []string
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && filepath.Ext(name) == ".json" {
			names = append(names, name)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		x, err := judge.ReadStored(b)
		if err != nil {
			return nil, fmt.Errorf("%s: %w; mend or remove it", name, err)
		}
		s.have = append(s.have, storedFile{name, x})
	}
	return s, nil
}

// counterexamples are those that the store had when it was opened.
func (s *store) counterexamples() []judge.Stored {
	var xs []judge.Stored
	for _, f := range s.have {
		xs = append(xs, f.Stored)
	}
	return xs
}

// settle keeps the counterexample of a result, and returns the name of its
// file, or "" if it has none. If the claim passed, what had been stored against
// it goes, but for a race, which a pass does not cure.
func (s *store) settle(r result.Result, h result.Header) (name string, err error) {
	if r.Outcome == result.Passed {
		for _, f := range s.have {
			switch {
			case !f.About(r, h):
			case f.Unshown > 0:
				s.kept = append(s.kept, f)
			default:
				if err := os.Remove(f.name); err != nil {
					return "", err
				}
				s.fixed = append(s.fixed, f)
			}
		}
		return "", nil
	}
	x, ok := judge.Store(r, h)
	if !ok {
		return "", nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(x); err != nil {
		return "", err
	}
	name = s.file(r, h)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return "", err
	}
	if err := put(name, b.Bytes()); err != nil {
		return "", fmt.Errorf("%s: %w", name, cause(err))
	}
	for _, f := range s.have { // of an earlier version, elsewhere
		if f.name != name && f.About(r, h) {
			if err := os.Remove(f.name); err != nil {
				return "", err
			}
		}
	}
	return name, nil
}

// file is where the counterexample of r is kept.
func (s *store) file(r result.Result, h result.Header) string {
	return filepath.Join(s.dir, folder(h.Subject), fmt.Sprintf("%s-%s-%s.json", r.Claim, r.Regime, r.Level))
}

// tell says what became of counterexamples whose claims pass.
func (s *store) tell(stdout io.Writer) {
	for _, f := range s.fixed {
		fmt.Fprintf(stdout, "Fixed: %s (%s, %s) passes; its counterexample %s is removed\n", f.Claim, f.Regime, f.Level, f.name)
	}
	for _, f := range s.kept {
		fmt.Fprintf(stdout, "Kept: %s (%s, %s) passes, but its counterexample is a race or a state that did not show again; remove %s when you know what it was\n", f.Claim, f.Regime, f.Level, f.name)
	}
}

// folder is the name of a subject's folder: its own with its precision, in what every
// system takes for a name. If that is not all of it, a hash tells it from others.
func folder(s result.SubjectInfo) string {
	const most = 50
	name := strings.Trim(foreign.ReplaceAllString(strings.ToLower(s.Name), "-"), "-.")
	name = name[:min(len(name), most)]
	if name != s.Name {
		h := fnv.New32a()
		h.Write([]byte(s.Name))
		name = fmt.Sprintf("%s-%08x", name, h.Sum32())
	}
	return name + "-" + s.Precision
}

// foreign is what does not stand in the name of a folder.
var foreign = regexp.MustCompile(`[^a-z0-9._-]+`)
