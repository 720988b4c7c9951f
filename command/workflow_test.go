package command

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// TestWorkflow runs the shell steps of the workflow that adapters has for
// other repositories, as GitHub does: first on a wrong child, then, in the same
// folder, on a right one.
func TestWorkflow(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the command")
	}
	if runtime.GOOS == "windows" {
		t.Skip("it needs symbolic links, and a process's environment in the form of Unix")
	}
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip(err)
	}
	module, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	bin, temp, workspace := commands(t), t.TempDir(), t.TempDir()
	summary := filepath.Join(temp, "summary.md")
	if err := os.Symlink(module, filepath.Join(workspace, "ebmcheck")); err != nil {
		t.Skip(err)
	}
	job := func(adapter string) (passed bool) {
		passed = true
		for _, s := range shellSteps(t, "../adapters/workflow.yml", "gate") {
			if !passed && !s.always {
				continue
			}
			run := exec.Command(bash, "-e", "-c", s.script)
			run.Dir = workspace
			run.Env = append(os.Environ(), "ADAPTER="+filepath.Join(bin, "child")+" "+adapter+" hinge", "RUNNER_TEMP="+temp,
				"GITHUB_STEP_SUMMARY="+summary, "GITHUB_ACTIONS=true", "GITHUB_WORKSPACE="+workspace)
			out, err := run.CombinedOutput()
			t.Logf("%s: %v\n%s", s.name, err, out)
			passed = passed && err == nil
		}
		return passed
	}
	want := func(name, text string) {
		t.Helper()
		b, err := os.ReadFile(name)
		if err != nil || !strings.Contains(string(b), text) {
			t.Errorf("no %q in %s (%v)", text, name, err)
		}
	}
	out := filepath.Join(workspace, "out")
	if job("wrong") {
		t.Error("a wrong child passes")
	}
	want(summary, "Failed: 4 of")
	want(filepath.Join(out, "junit.xml"), `<failure type="refuted"`)
	want(filepath.Join(out, "report.html"), "hinge.value")
	want(filepath.Join(out, "counterexamples", "child-float64", "hinge.value-tame-required.json"), `"call"`)
	if !job("right") {
		t.Error("a right child fails")
	}
	want(summary, "Passed: ")
	want(summary, "### Fixed")
}

// A shellStep is a step of a workflow that runs a script.
type shellStep struct {
	name, script string
	always       bool // also after a step that failed
}

var jobLine = regexp.MustCompile(`^  (\w+):$`)

var stepLine = regexp.MustCompile(`^ *(- )?(name|if|run|uses): (.*)$`)

// shellSteps reads as much of YAML as our workflows have, the steps of one job: scripts are
// blocks, run: |.
func shellSteps(t *testing.T, file, job string) (steps []shellStep) {
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var s shellStep
	indent := -1 // of the script that is being read
	in := ""     // which job
	for line := range strings.Lines(string(b)) {
		at := len(line) - len(strings.TrimLeft(line, " "))
		if indent >= 0 && at > indent {
			steps[len(steps)-1].script += strings.TrimPrefix(line, strings.Repeat(" ", indent+2))
			continue
		}
		indent = -1
		if m := jobLine.FindStringSubmatch(strings.TrimSuffix(line, "\n")); m != nil {
			in = m[1]
		}
		if in != job {
			continue
		}
		m := stepLine.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil {
			continue
		}
		if m[1] != "" {
			s = shellStep{}
		}
		switch {
		case m[2] == "name":
			s.name = m[3]
		case m[2] == "if":
			s.always = strings.Contains(m[3], "!cancelled()")
		case m[2] == "run" && m[3] == "|":
			steps, indent = append(steps, s), at
		case m[2] == "run":
			t.Fatalf("%s: %q: want run: |", file, line)
		}
	}
	if len(steps) == 0 {
		t.Fatalf("%s: no step of the job %s runs a script", file, job)
	}
	return steps
}
