package draw

import (
	"fmt"
	"hash/fnv"
	"sync"

	"pgregory.net/rapid"
)

// Seed makes a seed for a part of the run from the run's seed.
func Seed(seed uint64, part string) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d/%s", seed, part)
	return h.Sum64() >> 8 // room to count up
}

// settings keeps every example from reading rapid's flags while a shrink sets them.
var settings sync.RWMutex

// Example returns the case that draw gives for seed.
func Example[C any](draw *rapid.Generator[C], seed uint64) C {
	settings.RLock() // rapid looks at its own seed first, and then takes this one
	defer settings.RUnlock()
	return draw.Example(int(seed))
}
