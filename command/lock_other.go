//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package command

import "os"

// lockFile opens the file, which it makes if need be: there are no locks here.
func lockFile(name string) (*os.File, error) { return os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644) }
