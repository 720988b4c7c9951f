//go:build versus && unix

package versus

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"ebmcheck/properties/op"
)

// FuzzProgram is what goFuzzing runs, a process for each program: VERSUS has its id, its op
// and the bound of the energies.
func FuzzProgram(f *testing.F) {
	var id, bounded string
	var o op.Op
	if n, _ := fmt.Sscan(os.Getenv("VERSUS"), &id, &o, &bounded); n != 3 {
		f.Skip("run by TestVersus")
	}
	bound, err := strconv.ParseFloat(bounded, 64)
	if err != nil {
		f.Fatal(err)
	}
	ask, asked := named(id, o).asking(), 0
	f.Add([]byte("\x03\x01\x00\x01energies"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if asked++; !nearRight(ofBytes(b, bound).call(o), ask) {
			t.Fatalf("refuted by example %d", asked)
		}
	})
}

var refuted = regexp.MustCompile(`refuted by example (\d+)`)

// goFuzzing is Go's own fuzzing, guided by what of the code is reached: as many inputs as the
// others have examples, by a seed, each program in a process of its own on one processor, of which
// the time is. As many run at once as there are processors.
func goFuzzing(t *testing.T, name string, bound float64, programs func(run int) []program) rival {
	type asked struct {
		run int
		id  string
		op  op.Op
	}
	folder, found := t.TempDir(), map[asked]kill{}
	binary := filepath.Join(folder, "versus.test")
	if out, err := exec.Command("go", "test", "-tags", "versus", "-c", "-fuzz", "FuzzProgram", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	fuzzed := func(run int, p program) (kill, error) {
		here, err := os.MkdirTemp(folder, "")
		if err != nil {
			return kill{}, err
		}
		defer os.RemoveAll(here)
		c := exec.Command(binary, "-test.run", "^$", "-test.fuzz", "FuzzProgram", "-test.fuzztime", fmt.Sprint(examples, "x"), "-test.parallel", "1",
			"-test.fuzzminimizetime", "0x", "-test.fuzzcachedir", here)
		c.Dir = here // where it writes what it found
		c.Env = append(os.Environ(), fmt.Sprintf("VERSUS=%s %s %v", p.id, p.op, bound), fmt.Sprintf("GODEBUG=fuzzseed=%d", run+1))
		out, err := c.CombinedOutput()
		m := refuted.FindSubmatch(out)
		switch {
		case err == nil && strings.HasSuffix(string(out), "PASS\n"):
			return kill{}, nil
		case m == nil:
			return kill{}, fmt.Errorf("%s: %v\n%s", p.id, err, out)
		}
		first, err := strconv.Atoi(string(m[1]))
		return kill{first, c.ProcessState.UserTime() + c.ProcessState.SystemTime()}, err
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	free := make(chan bool, runtime.GOMAXPROCS(0))
	for run := range runs {
		for _, p := range programs(run) {
			free <- true
			all.Go(func() {
				k, err := fuzzed(run, p)
				mu.Lock()
				defer mu.Unlock()
				if found[asked{run, p.id, p.op}] = k; err != nil {
					t.Error(err)
				}
				<-free
			})
		}
	}
	all.Wait()
	return rival{name, func(run int, p program) kill { return found[asked{run, p.id, p.op}] }}
}
