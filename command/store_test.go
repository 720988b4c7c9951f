package command

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ebmcheck/properties/result"
)

// TestFolder holds that subjects have folders of their own, within the store's, with
// names that any system takes.
func TestFolder(t *testing.T) {
	of := map[string]string{}
	for _, name := range []string{"child", "Child", "torch 2.9", "torch-2.9", "torch/2.9", "..", ".", "", "../../x", "F̄", "con", "-x", strings.Repeat("x", 60), strings.Repeat("x", 61)} {
		for _, precision := range []string{"float64", "float32"} {
			got := folder(result.SubjectInfo{Name: name, Precision: precision})
			if was, ok := of[got]; ok {
				t.Errorf("%q and %q share %s", was, name+precision, got)
			}
			of[got] = name + precision
			if !regexp.MustCompile(`^[a-z0-9._-]{1,80}$`).MatchString(got) || !filepath.IsLocal(got) || got == "." {
				t.Errorf("%q: %q", name, got)
			}
		}
	}
	if got := folder(result.SubjectInfo{Name: "child", Precision: "float64"}); got != "child-float64" {
		t.Error(got)
	}
}
