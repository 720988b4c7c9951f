package command

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A run has its folder for itself: two in one would write over each other. The file
// .lock in it is locked while a run lasts, and says whose it is. The system unlocks it
// when the process ends, however that comes.

// errHeld is the error of lockFile where another process has the lock.
var errHeld = errors.New("it is locked")

// lock takes the folder for a run on subject, and returns what gives it back. A folder
// that is not there is made, unless the run is to go on with what it holds.
func lock(dir, subject string, resume bool) (unlock func(), err error) {
	if resume {
		if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
			return func() {}, nil // there is nothing to go on with, which is said in a moment
		}
	} else if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	name := filepath.Join(dir, ".lock")
	f, err := lockFile(name)
	if errors.Is(err, errHeld) {
		return nil, fmt.Errorf("%s is in use by %s: wait for it, or give another --out", dir, holder(name))
	} else if err != nil {
		return nil, fmt.Errorf("%s cannot be locked: %w", name, err)
	}
	if err = f.Truncate(0); err == nil {
		_, err = fmt.Fprintf(f, "process %d, a run on %s since %s\n", os.Getpid(), strings.Join(strings.Fields(subject), " "), time.Now().Format(time.TimeOnly))
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() { f.Truncate(0); f.Close() }, nil
}

// holder is what the file says of who has the lock.
func holder(name string) string {
	b, err := os.ReadFile(name)
	if s := strings.TrimSpace(string(b)); err == nil && s != "" {
		return s
	}
	return "another process"
}
