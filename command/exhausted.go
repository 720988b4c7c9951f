package command

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
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
	sets   []exhaust.Set
	done   []exhaust.Slice
}

// due are the names of the slices that the run did not do.
func (s sliced) due() []string {
	return exhaust.Run{Sets: s.sets, Shard: s.header.Shard, Have: s.done}.Due()
}

// readSlices reads an exhausted.jsonl, of which each slice is one of the run that the header
// is of. The last line may be torn: the run that wrote it was ended. An error names the file.
func readSlices(name string) (s sliced, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("%s: %w", name, cause(err))
		}
	}()
	f, err := os.Open(name)
	if err != nil {
		return s, err
	}
	defer f.Close()
	in := bufio.NewReader(f)
	for n := 1; ; n++ {
		line, end := in.ReadBytes('\n')
		if end == io.EOF { // what does not end in a newline is torn
			break
		} else if end != nil {
			return s, end
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
	p, err := op.ParsePrecision(s.header.Subject.Precision)
	if err != nil {
		return s, err
	}
	if s.sets, err = exhaust.Named(s.header.Claims, p); err != nil {
		return s, err
	}
	return s, exhaust.Check(s.sets, s.header.Shard, s.done)
}

// areExhausted reports whether there is a journal of slices among the files.
func areExhausted(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		s, _ := readSlices(name)
		return s.header.Profile == exhaustive
	})
}

// mergeExhausted makes one run of the slices of all shards of one.
func mergeExhausted(cmd *cobra.Command, also outputs, names []string, out string) error {
	var runs []sliced
	var all []exhaust.Slice
	var headers []result.Header
	for _, name := range names {
		s, err := readSlices(name)
		if err != nil {
			return exit{result.ExitUsage, err}
		}
		runs, headers, all = append(runs, s), append(headers, s.header), append(all, s.done...)
	}
	first, err := oneRun(names, headers)
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	for i, s := range runs {
		if due := s.due(); len(due) > 0 {
			return exit{result.ExitUsage, fmt.Errorf("%s, %s, is not done: %s is due, of %d. Go on with it by --resume", names[i], s.header.Shard.Words(), due[0], len(due))}
		}
	}
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
			return err
		}
		if i == 0 {
			first = s.header
		}
		if text := othersIn(s.header, first); text != "" {
			return fmt.Errorf("%s and %s are no runs of one subject: %s", names[0], name, text)
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
