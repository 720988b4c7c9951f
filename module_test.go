package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestModule gives a copy of the module another path, as make module does: every package,
// that of somebody else beside it too, is found under the new path, and none under the old one.
// With -omissions (make recipes) all tests of the copy run.
func TestModule(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("contributing/module.sh needs a shell, find and sed")
	}
	const path = "example.org/another/path"
	dir := t.TempDir()
	copyModule(t, dir)
	run := func(dir, name string, args ...string) string {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %q: %v\n%s", name, args, err, out)
		}
		return string(out)
	}
	old := strings.TrimSpace(run(dir, "go", "list", "-m"))
	run(dir, filepath.Join(dir, "contributing", "module.sh"), path)
	for where, want := range map[string]string{dir: path + "/command", filepath.Join(dir, "testdata", "outside"): path + "/properties"} {
		found := false
		for pkg := range strings.Lines(run(where, "go", "list", "-deps", "-test", "./...")) {
			pkg, _, _ = strings.Cut(strings.TrimSpace(pkg), " ") // without [for its test]
			found = found || pkg == want
			if pkg == old || strings.HasPrefix(pkg, old+"/") {
				t.Errorf("%s is still imported", pkg)
			}
		}
		if !found {
			t.Errorf("%s is not among the packages", want)
		}
	}
	if *omissions {
		run(dir, "go", "test", "-count=1", "./...")
	}
}

// copyModule copies the files of this module, without its history and what runs leave.
func copyModule(t *testing.T, to string) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name == ".git" || name == "out" || d.Name() == "node_modules"):
			return fs.SkipDir
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, name), 0o755)
		case !d.Type().IsRegular():
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, name), text, info.Mode())
	})
	if err != nil {
		t.Fatal(err)
	}
}
