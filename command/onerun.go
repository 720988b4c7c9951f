package command

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"ebmcheck/properties/result"
)

// Shards are of one run if all that they say of it is the same.

// oneRun is the header of the run of which these are the headers of all shards, each once; what
// keeps them from being so is an error that names the files.
func oneRun(names []string, headers []result.Header) (result.Header, error) {
	has := map[result.Shard]string{}
	first := headers[0]
	one := first
	var goes, platforms []string
	for i, h := range headers {
		if h.Shard.IsZero() {
			return one, fmt.Errorf("%s is of a whole run, not a shard of one", names[i])
		}
		if difference := differs(h, first); difference != "" {
			return one, fmt.Errorf("%s and %s are of two runs: %s", names[0], names[i], difference)
		}
		if other, again := has[h.Shard]; again {
			return one, fmt.Errorf("%s and %s are both %s: give each once", other, names[i], h.Shard.Words())
		}
		has[h.Shard] = names[i]
		one.Started = min(one.Started, h.Started)
		goes, platforms = append(goes, h.Go), append(platforms, h.Platform)
	}
	if missing := first.Shard.Of - len(has); missing > 0 {
		return one, fmt.Errorf("of the %d shards there is none for %s", first.Shard.Of, without(has, first.Shard.Of, missing))
	}
	one.Shard, one.Whole = result.Shard{}, nil
	one.Go, one.Platform = distinct(goes), distinct(platforms)
	return one, nil
}

// without names shards that there are not, of so many: all that are missing, or the first five and how many more.
func without(has map[result.Shard]string, of, missing int) string {
	const most = 5
	var names []string
	for i := 0; len(names) < min(missing, most); i++ {
		if s := (result.Shard{Index: i, Of: of}); has[s] == "" {
			names = append(names, s.String())
		}
	}
	text := strings.Join(names, ", ")
	if missing > most {
		text += fmt.Sprintf(" and %d more", missing-most)
	}
	return text
}

// differs says in what two shards are of different runs; "" if of one.
func differs(h, first result.Header) string {
	var whole, firstWhole result.Whole // of exhaustive there is none
	if h.Whole != nil {
		whole = *h.Whole
	}
	if first.Whole != nil {
		firstWhole = *first.Whole
	}
	chosen := "claims"
	if h.Profile == exhaustive {
		chosen = "sets"
	}
	return cmp.Or(othersIn(h, first), difference([]compared{
		{"seed", h.Seed, first.Seed},
		{"number of checks", h.Checks, first.Checks},
		{"profile", h.Profile, first.Profile},
		{"number of shards", h.Shard.Of, first.Shard.Of},
		{chosen, h.Claims, first.Claims},
		{"units of work", whole.Units, firstWhole.Units},
		{"known failures", whole.Known, firstWhole.Known},
	}))
}

// othersIn says in what two runs are of different subjects, or suites; "" if of one.
func othersIn(h, first result.Header) string {
	return difference([]compared{
		{"version of ebmcheck", h.Version, first.Version},
		{"subject", h.Subject.Name, first.Subject.Name},
		{"subject's precision", h.Subject.Precision, first.Subject.Precision},
		{"subject's version", h.Subject.Version, first.Subject.Version},
		{"subject's framework", h.Subject.Framework, first.Subject.Framework},
		{"subject's ops", h.Subject.Ops, first.Subject.Ops},
		{"definitions of the subject's losses", h.Subject.Defined, first.Subject.Defined},
		{"subject's declarations", h.Subject.Declares, first.Subject.Declares},
	})
}

// A compared is what two runs have of one thing.
type compared struct {
	what       string
	is, wanted any
}

// difference says in which of them the runs differ first; "" if in none.
func difference(ds []compared) string {
	for _, d := range ds {
		if reflect.DeepEqual(d.is, d.wanted) {
			continue
		}
		text := "they differ in the " + d.what
		if is, wanted := fmt.Sprint(d.is), fmt.Sprint(d.wanted); len(is)+len(wanted) < 100 {
			text += fmt.Sprintf(", %s and %s", wanted, is)
		}
		return text
	}
	return ""
}

// distinct are the texts, each once.
func distinct(texts []string) string {
	slices.Sort(texts)
	return strings.Join(slices.Compact(texts), ", ")
}
