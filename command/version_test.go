package command

import (
	"runtime/debug"
	"testing"
)

func TestSource(t *testing.T) {
	revision := debug.BuildSetting{Key: "vcs.revision", Value: "9fcf0ff"}
	dirty, clean := debug.BuildSetting{Key: "vcs.modified", Value: "true"}, debug.BuildSetting{Key: "vcs.modified", Value: "false"}
	for _, c := range []struct {
		module   string
		settings []debug.BuildSetting
		want     string
	}{
		{"v0.1.0", []debug.BuildSetting{revision, clean}, "v0.1.0"},
		{"v0.1.1-0.20261125+dirty", []debug.BuildSetting{revision, dirty}, "v0.1.1-0.20261125+dirty"}, // go made it up
		{"(devel)", []debug.BuildSetting{revision, dirty}, "9fcf0ff+dirty"},
		{"", []debug.BuildSetting{revision, clean}, "9fcf0ff"},
		{"(devel)", nil, "devel"}, // go run, go test, or no repository
		{"", nil, "devel"},
	} {
		b := &debug.BuildInfo{Main: debug.Module{Version: c.module}, Settings: c.settings}
		if got := source(b); got != c.want {
			t.Errorf("%q, %v: %q, want %q", c.module, c.settings, got, c.want)
		}
	}
}
