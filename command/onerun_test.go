package command

import (
	"testing"

	"ebmcheck/properties/result"
)

// TestOneRunOfMany: of very many shards the first that are missing are named, and the others counted.
func TestOneRunOfMany(t *testing.T) {
	for of, want := range map[int]string{
		7:             "of the 7 shards there is none for 0/7, 1/7, 3/7, 4/7, 5/7 and 1 more",
		6:             "of the 6 shards there is none for 0/6, 1/6, 3/6, 4/6, 5/6",
		2_000_000_000: "of the 2000000000 shards there is none for 0/2000000000, 1/2000000000, 3/2000000000, 4/2000000000, 5/2000000000 and 1999999994 more",
	} {
		_, err := oneRun([]string{"a"}, []result.Header{{Shard: result.Shard{Index: 2, Of: of}}})
		if err == nil || err.Error() != want {
			t.Errorf("%v, not %s", err, want)
		}
	}
}
