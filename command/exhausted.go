package command

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"

	"github.com/spf13/cobra"

	"ebmcheck/properties/exhaust"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// exhaustive is the profile of a run whose journal has slices of sets.
const exhaustive = "exhaustive"

// A sliced is what an exhausted.jsonl holds.
type sliced struct {
	header result.Header
	done   []exhaust.Slice
}

// readSlices reads an exhausted.jsonl. The last line may be torn: the run that wrote it was
// ended.
func readSlices(name string) (s sliced, err error) {
	f, err := os.Open(name)
	if err != nil {
		return s, err
	}
	defer f.Close()
	in := bufio.NewReader(f)
	for n := 1; ; n++ {
		line, end := in.ReadBytes('\n')
		if end != nil { // what does not end in a newline is torn
			break
		}
		if n == 1 {
			if err := json.Unmarshal(line, &s.header); err != nil || s.header.Profile != exhaustive {
				return s, fmt.Errorf("line 1: want the header of a run of ebmcheck exhaustive")
			}
			continue
		}
		var one exhaust.Slice
		if err := json.Unmarshal(line, &one); err != nil || one.Type != "slice" {
			return s, fmt.Errorf("line %d: want a slice, as ebmcheck exhaustive writes it", n)
		}
		for _, w := range one.Worst {
			if w.At == nil {
				return s, fmt.Errorf("line %d: the largest error of %s has no case: want \"at\"", n, w.Claim)
			}
		}
		s.done = append(s.done, one)
	}
	if s.header.Profile == "" {
		return s, fmt.Errorf("it is empty: want the header of a run of ebmcheck exhaustive")
	}
	return s, nil
}

// areExhausted reports whether the files are journals of slices: whether the first is.
func areExhausted(names []string) bool {
	s, _ := readSlices(names[0])
	return s.header.Profile == exhaustive
}

// mergeExhausted makes one run of the slices of all shards of one.
func mergeExhausted(cmd *cobra.Command, also outputs, names []string, out string) error {
	var all []exhaust.Slice
	var first result.Header
	has := map[result.Shard]string{}
	for i, name := range names {
		s, err := readSlices(name)
		if err != nil {
			return exit{result.ExitUsage, fmt.Errorf("%s: %w", name, err)}
		}
		if i == 0 {
			first = s.header
		}
		h := s.header
		switch other, again := has[h.Shard]; {
		case h.Shard.IsZero():
			err = fmt.Errorf("%s is of a whole run, not a shard of one", name)
		case again:
			err = fmt.Errorf("%s and %s are both %s: give each once", other, name, h.Shard.Words())
		case h.Version != first.Version || h.Shard.Of != first.Shard.Of || !reflect.DeepEqual(h.Subject, first.Subject) || !reflect.DeepEqual(h.Claims, first.Claims):
			err = fmt.Errorf("%s and %s are of two runs: they differ in the version, the subject, the sets or the number of shards", names[0], name)
		}
		if err != nil {
			return exit{result.ExitUsage, err}
		}
		for _, one := range s.done {
			if !h.Shard.Owns(one.Unit) {
				return exit{result.ExitUsage, fmt.Errorf("%s, %s, has %s, which is not its own", name, h.Shard.Words(), one.Unit)}
			}
		}
		has[h.Shard] = name
		first.Started = min(first.Started, h.Started)
		all = append(all, s.done...)
	}
	first.Shard = result.Shard{}
	unlock, err := lock(out, first.Subject.Name, false)
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	defer unlock()
	return conclude(cmd, also, first, all, out)
}

// writeExhausted writes the page of what journals of one subject have.
func writeExhausted(file string, names []string) error {
	var all []exhaust.Slice
	var first result.Header
	var ids []string
	for i, name := range names {
		s, err := readSlices(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if i == 0 {
			first = s.header
		}
		if s.header.Version != first.Version || !reflect.DeepEqual(s.header.Subject, first.Subject) {
			return fmt.Errorf("%s and %s differ in the version or the subject: want one of both", names[0], name)
		}
		for _, id := range s.header.Claims {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		all = append(all, s.done...)
	}
	p, err := op.ParsePrecision(first.Subject.Precision)
	if err != nil {
		return err
	}
	sets, err := exhaust.Named(ids, p)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := exhaust.Page(&b, first.Subject, sets, all); err != nil {
		return err
	}
	if err := put(file, b.Bytes()); err != nil {
		return fmt.Errorf("%s: %w", file, cause(err))
	}
	return nil
}
