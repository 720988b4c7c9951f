package command

import (
	"strings"
	"testing"

	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// TestAlike: a run goes on with one of the same, whenever and by whatever Go that was, and with
// none that differs in anything that its results depend on.
func TestAlike(t *testing.T) {
	header := func() result.Header {
		h := result.NewHeader(1, 20, op.Reference().Info())
		h.Claims, h.Shard = []string{"log.value", "mce.value"}, result.Shard{Index: 1, Of: 2}
		h.Subject.Declares = &result.Declares{}
		return h
	}
	later := header()
	later.Started, later.Go, later.Platform = "2027-01-01T00:00:00Z", "go1.99", "plan9/arm"
	if err := alike(later, header()); err != nil {
		t.Error(err)
	}
	for want, change := range map[string]func(h *result.Header){
		"of version 9, seed 1, 20 checks; this run is of version " + result.Version: func(h *result.Header) { h.Version = "9" },
		"seed 2, 20 checks; this run is of":                                         func(h *result.Header) { h.Seed = 2 },
		"seed 1, 21 checks; this run is of":                                         func(h *result.Header) { h.Checks = 21 },
		"on yours in float64; this run is on reference":                             func(h *result.Header) { h.Subject.Name = "yours" },
		"on reference in float32; this run is":                                      func(h *result.Header) { h.Subject.Precision = "float32" },
		"on reference 2 on the implementation":                                      func(h *result.Header) { h.Subject.Version = "2" },
		"on reference on numpy 2; this run is on reference on ":                     func(h *result.Header) { h.Subject.Framework = "numpy 2" },
		"declared otherwise than now":                                               func(h *result.Header) { h.Subject.Declares = nil },
		"on reference offering log; it now offers":                                  func(h *result.Header) { h.Subject.Ops = []string{"log"} },
		"on losses with other formulas":                                             func(h *result.Header) { h.Subject.Defined = []result.Definition{{Name: "mine"}} },
		"of shard 0 of 2; this run is of shard 1 of 2":                              func(h *result.Header) { h.Shard.Index = 0 },
		"of 1 claims, log.value; this run is of 2":                                  func(h *result.Header) { h.Claims = h.Claims[:1] },
	} {
		h := header()
		change(&h)
		if err := alike(h, header()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
