package draw

import (
	"flag"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// rapid's flags are global to the process: one shrink at a time sets them.
var shrinking sync.Mutex

// Shrink returns the smallest case that rapid finds to fail, starting from
// the one that draw gives for seed. If rapid cannot make that one fail again,
// found is returned as it is.
func Shrink[C any](draw *rapid.Generator[C], seed uint64, found C, fails func(C) bool) C {
	shrinking.Lock()
	defer shrinking.Unlock()
	if !flag.Parsed() { // outside go test: rapid asks testing.Short
		testing.Init()
		flag.CommandLine.Parse(nil)
	}
	defer setFlags(map[string]string{
		"rapid.seed": fmt.Sprint(seed), "rapid.checks": "5", "rapid.nofailfile": "true", "rapid.shrinktime": "20s"})()

	smallest := found
	done := make(chan struct{})
	go func() { // a failing check ends its goroutine
		defer close(done)
		rapid.Check(&recorder{}, func(t *rapid.T) {
			c := draw.Draw(t, "case")
			if fails(c) {
				smallest = c
				t.Fatalf("fails")
			}
		})
	}()
	<-done
	return smallest
}

// setFlags sets flags of the process and returns a function that puts back
// what they were.
func setFlags(values map[string]string) (restore func()) {
	settings.Lock()
	defer settings.Unlock()
	old := map[string]string{}
	for name, v := range values {
		f := flag.Lookup(name)
		old[name] = f.Value.String()
		if err := f.Value.Set(v); err != nil {
			panic("draw: " + err.Error()) // the names and values above are rapid's own
		}
	}
	return func() {
		settings.Lock()
		defer settings.Unlock()
		for name, v := range old {
			flag.Lookup(name).Value.Set(v)
		}
	}
}

// recorder is the testing.TB that rapid runs a shrink under: it notes that
// the check failed and says nothing.
type recorder struct{ failed bool }

func (r *recorder) Helper()               {}
func (r *recorder) Name() string          { return "shrink" }
func (r *recorder) Logf(string, ...any)   {}
func (r *recorder) Log(...any)            {}
func (r *recorder) Skipf(string, ...any)  { runtime.Goexit() }
func (r *recorder) Skip(...any)           { runtime.Goexit() }
func (r *recorder) SkipNow()              { runtime.Goexit() }
func (r *recorder) Errorf(string, ...any) { r.failed = true }
func (r *recorder) Error(...any)          { r.failed = true }
func (r *recorder) Fatalf(string, ...any) { r.FailNow() }
func (r *recorder) Fatal(...any)          { r.FailNow() }
func (r *recorder) FailNow()              { r.failed = true; runtime.Goexit() }
func (r *recorder) Fail()                 { r.failed = true }
func (r *recorder) Failed() bool          { return r.failed }
