// Package promise tries what the comments of a package promise on aimed random cases, and shows that a planted fault
// breaks it. A family of cases is a function that draws one and says what is broken in it, "" if nothing.
//
//	go test ./ebm/... ./losses -run Promises -v -args -cases 3000
//
// has 3 000 of each family; without -args each has a share that takes no time. It is imported by tests alone.
package promise

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"
)

var cases = flag.Int("cases", 0, "cases of each family of promises; 0: a small share")

// drawn is what case i is drawn by.
func drawn(i int) *rand.Rand { return rand.New(rand.NewPCG(uint64(i), 92)) }

// Try tries a family: as many cases as -cases asks for, or the share. It logs how many are broken, and fails, with the first
// three of them, where one is.
func Try(t *testing.T, family string, share int, broken func(r *rand.Rand) string) {
	t.Helper()
	t.Run(family, func(t *testing.T) {
		t.Helper()
		n := share
		if *cases > 0 {
			n = *cases
		}
		failed, first := tried(n, broken)
		for _, why := range first {
			t.Error(why)
		}
		t.Logf("%d broken in %d cases", failed, n)
	})
}

// tried counts the broken cases among the first n of a family, and says of the first three what is.
func tried(n int, broken func(r *rand.Rand) string) (failed int, first []string) {
	for i := range n {
		if why := broken(drawn(i)); why != "" {
			if failed++; failed <= 3 {
				first = append(first, fmt.Sprintf("case %d: %s", i, why))
			}
		}
	}
	return failed, first
}

// Broken tries the first cases of families, as many of each as the share, and returns what is broken in the first that is;
// "" if none is.
func Broken(share int, families ...func(r *rand.Rand) string) string {
	for i := range share {
		for _, broken := range families {
			if why := broken(drawn(i)); why != "" {
				return why
			}
		}
	}
	return ""
}

// Refute fails unless a case of the share is broken by the planted fault.
func Refute(t *testing.T, fault string, share int, broken func(r *rand.Rand) string) {
	t.Helper()
	if Broken(share, broken) == "" {
		t.Errorf("%s: no case of %d is broken by it", fault, share)
	}
}
