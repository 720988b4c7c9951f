package command

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"

	"ebmcheck/properties"
	"ebmcheck/properties/result"
	"ebmcheck/reports"
)

// unfinished returns the results that file holds of a run like this one, with the header want.
func unfinished(file string, like properties.Run, want result.Header) ([]result.Result, error) {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("--resume: there is no %s to go on with", file)
	} else if err != nil {
		return nil, err
	}
	defer f.Close()
	have, err := reports.Read(f)
	if err != nil {
		return nil, fmt.Errorf("--resume: %s: %w", file, err)
	}
	if err := alike(have.Header, want); err != nil {
		return nil, fmt.Errorf("--resume: %s is %w", file, err)
	}
	return like.Resumable(have.Results), nil
}

// alike says what keeps a run with the header want from going on with one that
// had the header h. The command of a child does not matter; what it says that
// it is does.
func alike(h, want result.Header) error {
	is, wants := h.Subject, want.Subject
	switch {
	case h.Version != want.Version || h.Seed != want.Seed || h.Checks != want.Checks:
		return fmt.Errorf("of version %s, seed %d, %d checks; this run is of version %s, seed %d, %d checks",
			h.Version, h.Seed, h.Checks, want.Version, want.Seed, want.Checks)
	case is.Name != wants.Name || is.Precision != wants.Precision:
		return fmt.Errorf("on %s in %s; this run is on %s in %s: give another --out", is.Name, is.Precision, wants.Name, wants.Precision)
	case !slices.Equal(is.Ops, wants.Ops):
		return fmt.Errorf("on %s offering %s; it now offers %s: begin again, without --resume",
			is.Name, strings.Join(is.Ops, ", "), strings.Join(wants.Ops, ", "))
	case is.Version != wants.Version || is.Framework != wants.Framework:
		return fmt.Errorf("on %s; this run is on %s: begin again, without --resume", released(is), released(wants))
	case !reflect.DeepEqual(is.Declares, wants.Declares):
		return errors.New("on arithmetic that was declared otherwise than now: begin again, without --resume")
	case !reflect.DeepEqual(is.Defined, wants.Defined):
		return errors.New("on losses with other formulas or ranges than now: begin again, without --resume")
	case h.Shard != want.Shard:
		return fmt.Errorf("of %s; this run is of %s: give the same --shard, or another --out", part(h.Shard), part(want.Shard))
	case !slices.Equal(h.Claims, want.Claims):
		return fmt.Errorf("of %d claims, %s; this run is of %d: give the same --claims", len(h.Claims), ends(h.Claims), len(want.Claims))
	}
	return nil
}

// released is a subject with what it says of its version.
func released(s result.SubjectInfo) string {
	text := strings.TrimSpace(s.Name + " " + s.Version)
	if s.Framework != "" {
		text += " on " + s.Framework
	}
	return text
}

// ends names the first and the last of claims.
func ends(claims []string) string {
	if len(claims) < 2 {
		return strings.Join(claims, "")
	}
	return claims[0] + " to " + claims[len(claims)-1]
}
