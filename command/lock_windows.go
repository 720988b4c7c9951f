package command

import (
	"errors"
	"os"
	"syscall"
)

// lockFile opens the file, which it makes if need be, so that nobody else may write it.
func lockFile(name string) (*os.File, error) {
	p, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return nil, err
	}
	const sharingViolation = syscall.Errno(32)
	h, err := syscall.CreateFile(p, syscall.GENERIC_READ|syscall.GENERIC_WRITE, syscall.FILE_SHARE_READ, nil,
		syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if errors.Is(err, sharingViolation) {
		return nil, errHeld
	} else if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(h), name), nil
}
