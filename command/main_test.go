package command

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// long is for make misbehave: the children that write most, too, and every script on two children.
var long = flag.Bool("long", false, "also children that write very much, and every script on two children")

// kills is how often TestKilled and TestKilledShard kill the runner.
var kills = flag.Int("kills", 3, "how often TestKilled and TestKilledShard kill the runner")

func TestMain(m *testing.M) {
	os.Unsetenv("GOGC") // which is for the tests: the command has its own
	testscript.Main(m, map[string]func(){"ebmcheck": func() { os.Exit(Run(os.Args[1:])) }, "child": child})
}

// TestScript runs the command as its users do; the scripts are in
// testdata/script.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error { // of the SDKs
			adapters, err := filepath.Abs("../adapters")
			e.Setenv("ADAPTERS", adapters)
			e.Setenv("PYTHONPATH", filepath.Join(adapters, "python"))
			e.Setenv("PYTHONDONTWRITEBYTECODE", "1")
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"await": await,
		},
	})
}

// commands is a folder with ebmcheck and child, both this test binary.
func commands(t *testing.T) string {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	for _, name := range []string{"ebmcheck", "child"} {
		if err := os.Symlink(self, filepath.Join(bin, name)); err != nil {
			t.Fatal(err)
		}
	}
	return bin
}

// exits CODE COMMAND ARGS… runs a command and wants this exit code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var ended *exec.ExitError
		if !errors.As(err, &ended) {
			ts.Fatalf("%v", err)
		}
		got = ended.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// await FILE TEXT waits until the file holds the text.
func await(ts *testscript.TestScript, _ bool, args []string) {
	for {
		if b, err := os.ReadFile(ts.MkAbs(args[0])); err == nil && strings.Contains(string(b), args[1]) {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}
