package command

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/result"
)

// A store is the folder of counterexamples of a run, a file for each claim
// about code, regime and level that is refuted. The next run asks them first.
type store struct {
	dir   string
	have  []storedFile
	fixed []storedFile // those whose claim passes now, and that are gone
}

type storedFile struct {
	name string
	judge.Stored
}

// openStore reads the counterexamples in dir, which need not be there.
func openStore(dir string) (*store, error) {
	s := &store{dir: dir}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".json" {
			continue
		}
		name := filepath.Join(dir, e.Name())
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
// it goes.
func (s *store) settle(r result.Result, h result.Header) (name string, err error) {
	if r.Outcome == result.Passed {
		for _, f := range s.have {
			if f.About(r, h) {
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
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return "", err
	}
	name = filepath.Join(s.dir, fmt.Sprintf("%s-%s-%s.json", r.Claim, r.Regime, r.Level))
	if err := os.WriteFile(name+".part", b.Bytes(), 0o644); err != nil {
		return "", err
	}
	return name, os.Rename(name+".part", name)
}
