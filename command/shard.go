package command

import (
	"fmt"

	"github.com/spf13/cobra"

	"ebmcheck/properties/result"
)

// A run on many machines is a shard of it on each, which they agree about without a word:
// what is whose follows from the names of the units of work. "ebmcheck merge" makes one
// run of what they found.

func shardFlag(c *cobra.Command, shard *string) {
	c.Flags().StringVar(shard, "shard", "", "do `i/n`, which of n parts of the work, counted from 0; merge makes one run of them")
}

// shardOf reads --shard; the whole if it is not given.
func shardOf(s string) (result.Shard, error) {
	if s == "" {
		return result.Shard{}, nil
	}
	shard, err := result.ParseShard(s)
	if err != nil {
		return shard, fmt.Errorf("--shard %w", err)
	}
	return shard, nil
}

// portion says how much of the units is the shard's.
func portion(s result.Shard, units []string) string {
	own := 0
	for _, u := range units {
		if s.Owns(u) {
			own++
		}
	}
	if own == 0 {
		return fmt.Sprintf("%s: nothing to do, the %d units are those of others", s.Words(), len(units))
	}
	return fmt.Sprintf("%s: %d of %d units", s.Words(), own, len(units))
}

// part is a shard, or the whole, in words.
func part(s result.Shard) string {
	if s.IsZero() {
		return "a whole run"
	}
	return s.Words()
}
