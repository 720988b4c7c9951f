package command

import (
	"runtime"
	"runtime/debug"

	"ebmcheck/properties/result"
)

// version returns the suite's version, which every header has, and of which
// source and by which Go the command was built: "0.1.0 (v0.1.0, go1.26.8)".
// The source is the module's version, or else the revision, with +dirty if files
// differed from it, or else devel.
func version() string {
	b, ok := debug.ReadBuildInfo()
	if !ok {
		b = new(debug.BuildInfo)
	}
	return result.Version + " (" + source(b) + ", " + runtime.Version() + ")"
}

func source(b *debug.BuildInfo) string {
	if v := b.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	set := map[string]string{}
	for _, s := range b.Settings {
		set[s.Key] = s.Value
	}
	switch revision := set["vcs.revision"]; {
	case revision == "":
		return "devel"
	case set["vcs.modified"] == "true":
		return revision + "+dirty"
	default:
		return revision
	}
}
