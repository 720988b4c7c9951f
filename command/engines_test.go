package command

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// The files for engines that run a gate on many machines are tried as what they are: their
// scripts are run with the variables that the engine sets.

// An engine runs scripts.
type engine struct {
	shell string
	bin   string // the folder of ebmcheck and child
	temp  string
}

func newEngine(t *testing.T, shell string) engine {
	if testing.Short() {
		t.Skip("it runs for some seconds")
	}
	if runtime.GOOS == "windows" {
		t.Skip("it needs symbolic links, and a process's environment in the form of Unix")
	}
	path, err := exec.LookPath(shell)
	if err != nil {
		t.Skip(err)
	}
	return engine{path, commands(t), t.TempDir()}
}

// children are those on which scripts are tried, and whether they are right: one, at length
// both.
func children(one string) map[string]bool {
	both := map[string]bool{"tally": true, "sloppy": false}
	if *long {
		return both
	}
	return map[string]bool{one: both[one]}
}

// folder makes a folder in that of the engine.
func (e engine) folder(t *testing.T, names ...string) string {
	t.Helper()
	dir := filepath.Join(append([]string{e.temp}, names...)...)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// run runs the script in dir with these variables, and reports whether it passes, and what it says.
func (e engine) run(dir, script string, env ...string) (passes bool, says string) {
	c := exec.Command(e.shell, "-ec", script)
	c.Dir = dir
	c.Env = append(append(os.Environ(), "PROFILE=smoke", "PATH="+e.bin+string(os.PathListSeparator)+os.Getenv("PATH")), env...)
	out, err := c.CombinedOutput()
	return err == nil, string(out)
}

// TestGitHubShards runs the steps of shards.yml as GitHub does: those of the legs of the
// matrix, and those of the merge where their artifacts are.
func TestGitHubShards(t *testing.T) {
	e := newEngine(t, "bash")
	if err := os.Symlink(filepath.Join(e.bin, "ebmcheck"), filepath.Join(e.temp, "ebmcheck")); err != nil {
		t.Skip(err)
	}
	job := func(dir, name string, env ...string) (passes bool, says string) {
		passes = true
		for _, s := range shellSteps(t, "../adapters/shards.yml", name) {
			if s.name == "Build ebmcheck" || !passes && !s.always {
				continue
			}
			ok, out := e.run(dir, s.script, append(env, "RUNNER_TEMP="+e.temp, "GITHUB_STEP_SUMMARY="+filepath.Join(dir, "summary.md"))...)
			passes, says = passes && ok, says+out
		}
		return passes, says
	}
	for child, right := range children("tally") {
		merge, passed := e.folder(t, child, "merge"), 0
		for i := range 2 {
			leg, artifact := e.folder(t, child, fmt.Sprint(i)), e.folder(t, child, "merge", "shards", fmt.Sprint("ebmcheck-shard-", i))
			ok, says := job(leg, "shard", fmt.Sprintf("SHARD=%d/2", i), "ADAPTER="+filepath.Join(e.bin, "child")+" "+child+" "+leg)
			if ok {
				passed++
			}
			if err := os.Rename(filepath.Join(leg, "out", "results.jsonl"), filepath.Join(artifact, "results.jsonl")); err != nil {
				t.Fatal(err, says)
			}
		}
		if ok, says := job(merge, "merge"); ok != right || (passed == 2) != right {
			t.Errorf("%s: %d of 2 legs pass, the merge: %v\n%s", child, passed, ok, says)
		}
		for _, name := range []string{"report.html", "junit.xml"} {
			if _, err := os.Stat(filepath.Join(merge, "out", name)); err != nil {
				t.Error(err)
			}
		}
		if err := os.RemoveAll(filepath.Join(merge, "shards", "ebmcheck-shard-1")); err != nil {
			t.Fatal(err)
		}
		if ok, says := job(merge, "merge"); ok || !strings.Contains(says, "of the 2 shards there is none for 1/2") {
			t.Errorf("%s: a leg left nothing: %v\n%s", child, ok, says)
		}
	}
}

// TestKubernetesShards runs the scripts of kubernetes.yml as an Indexed Job does: one pod a
// shard, one of them again after it was cut short, and the merge.
func TestKubernetesShards(t *testing.T) {
	e := newEngine(t, "sh")
	b, err := os.ReadFile("../adapters/kubernetes.yml")
	if err != nil {
		t.Fatal(err)
	}
	var scripts []string
	for i, part := range strings.Split(string(b), "            - |\n") {
		if i > 0 {
			script, _, _ := strings.Cut(part, "          volumeMounts:")
			scripts = append(scripts, strings.ReplaceAll(script, strings.Repeat(" ", 14), ""))
		}
	}
	if len(scripts) != 2 {
		t.Fatalf("%d scripts, want those of the shards and of the merge", len(scripts))
	}
	for child, right := range children("sloppy") {
		results := e.folder(t, child)
		pod := func(script, index string) (bool, string) {
			return e.run(e.temp, script, "SHARDS=2", "JOB_COMPLETION_INDEX="+index, "RESULTS="+results, "ADAPTER="+filepath.Join(e.bin, "child")+" "+child+" "+results)
		}
		one, _ := pod(scripts[0], "0")
		two, _ := pod(scripts[0], "1")
		if one && two != right {
			t.Errorf("%s: the shards pass: %v, %v", child, one, two)
		}
		file := filepath.Join(results, "1", "results.jsonl")
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, b[:len(b)/2], 0o644); err != nil {
			t.Fatal(err)
		}
		if ok, says := pod(scripts[1], ""); ok || !strings.Contains(says, "is not done: ") {
			t.Errorf("%s: a pod was killed, the merge: %v\n%s", child, ok, says)
		}
		if again, says := pod(scripts[0], "1"); again != two {
			t.Errorf("%s: a pod that was killed, once more: %v\n%s", child, again, says)
		}
		if ok, says := pod(scripts[1], ""); ok != right {
			t.Errorf("%s: the merge: %v\n%s", child, ok, says)
		}
	}
}
