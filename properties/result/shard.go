package result

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
)

// A Shard is number Index, counted from 0, of the Of parts of a run on so many machines.
// Which units of work are its own follows from their names alone, so that the parts are
// disjoint, make the whole, and stay when other units are added. The zero Shard is the whole.
type Shard struct{ Index, Of int }

// ParseShard reads i/n with 0 ≤ i < n.
func ParseShard(s string) (Shard, error) {
	index, of, _ := strings.Cut(s, "/")
	i, err := strconv.Atoi(index)
	n, err2 := strconv.Atoi(of)
	if err != nil || err2 != nil || i < 0 || i >= n {
		return Shard{}, fmt.Errorf("%q: want i/n, which of n shards it is, counted from 0, such as 0/4 to 3/4", s)
	}
	return Shard{i, n}, nil
}

// IsZero reports whether s is the whole.
func (s Shard) IsZero() bool { return s == Shard{} }

// Owns reports whether the unit of this name is the shard's: whether FNV-1a of the name,
// its halves folded, is Index modulo Of.
func (s Shard) Owns(unit string) bool { return s.IsZero() || s.of(unit) == s.Index }

// Owner is the shard, of as many, that owns the unit.
func (s Shard) Owner(unit string) Shard { return Shard{s.of(unit), s.Of} }

func (s Shard) of(unit string) int {
	h := fnv.New64a()
	h.Write([]byte(unit))
	x := h.Sum64()
	return int((x ^ x>>32) & (1<<32 - 1) % uint64(s.Of))
}

// String is s as ParseShard reads it.
func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.Index, s.Of) }

// Words is s for a person: shard 1 of 4.
func (s Shard) Words() string { return fmt.Sprintf("shard %d of %d", s.Index, s.Of) }

func (s Shard) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

func (s *Shard) UnmarshalText(b []byte) (err error) {
	*s, err = ParseShard(string(b))
	return err
}

// A Whole is what a shard says of the run that it is a part of, from which, and from all
// shards, merge makes what one run would have written.
type Whole struct {
	Units []string `json:"units"`           // of all shards, in order
	Known string   `json:"known,omitempty"` // the text of the expectations
	Out   string   `json:"out"`             // the folder of the counterexamples, as the commands to replay them name it
}
