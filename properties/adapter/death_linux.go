package adapter

import (
	"os/exec"
	"syscall"
)

// dieWithParent has the system kill the child when this process ends, however it does.
// ownGroup comes first.
func dieWithParent(cmd *exec.Cmd) { cmd.SysProcAttr.Pdeathsig = syscall.SIGKILL }
