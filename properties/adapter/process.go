package adapter

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"ebmcheck/properties/result"
)

const (
	maxLine = 16 << 20 // bytes in a line of the child
	flight  = 2        // requests that are not answered yet, at most
	linger  = 500 * time.Millisecond
	parting = 2 * time.Second // from stop to the end
)

// A failure is why a process gave no usable answer.
type failure struct {
	outcome result.Outcome // properties.Crashed, TimedOut, Garbage or NotRun
	text    string
}

// A process is a child in a process group of its own, with a line of its
// output read ahead. All its goroutines end when it is killed, even if a
// grandchild that left the group still holds the pipes.
type process struct {
	cmd    *exec.Cmd
	stdin  *os.File
	stdout *os.File
	stderr *os.File

	requests chan []byte  // to be written, in order
	written  atomic.Int64 // how many of them are

	lines   chan []byte // closed when standard output is at its end, or after a line too long
	tooLong bool        // read after lines is closed, as is rest
	rest    []byte      // an unfinished line
	errors  tail
	ended   chan struct{}  // closed when the child has ended
	readers sync.WaitGroup // the two that read its output, and the one that writes

	killing sync.Once
	quit    chan struct{} // closed by kill
	release func() bool   // from the context that kills it
}

// launch starts a command, which is killed when ctx ends. Its error is the
// operating system's.
func launch(ctx context.Context, command []string) (*process, error) {
	p := &process{cmd: exec.Command(command[0], command[1:]...), requests: make(chan []byte, flight),
		lines: make(chan []byte, 1), ended: make(chan struct{}), quit: make(chan struct{})}
	var theirs [3]*os.File
	var err error
	pipe := func() (r, w *os.File) {
		if err != nil {
			return nil, nil
		}
		r, w, err = os.Pipe()
		return r, w
	}
	theirs[0], p.stdin = pipe()
	p.stdout, theirs[1] = pipe()
	p.stderr, theirs[2] = pipe()
	if err == nil {
		p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = theirs[0], theirs[1], theirs[2]
		ownGroup(p.cmd)
		dieWithParent(p.cmd)
		err = p.run()
	}
	for _, f := range theirs {
		f.Close() // nil if there was no pipe, which Close knows
	}
	if err != nil {
		p.closePipes()
		return nil, err
	}
	p.readers.Go(p.writeLines)
	p.readers.Go(p.readLines)
	p.readers.Go(func() { io.Copy(&p.errors, p.stderr) })
	p.release = context.AfterFunc(ctx, p.kill)
	return p, nil
}

// run starts the command and sees to its end. One thread does both, and lasts as long:
// its end would be the parent's, to a child that is to die with it.
func (p *process) run() error {
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := p.cmd.Start()
		started <- err
		if err == nil {
			p.cmd.Wait()
			killGroup(p.cmd) // what it started and left behind
			close(p.ended)
		}
	}()
	return <-started
}

func (p *process) closePipes() {
	for _, f := range []*os.File{p.stdin, p.stdout, p.stderr} {
		f.Close()
	}
}

// readLines hands on the child's lines, without their ends, one ahead of who
// takes them: a child that floods is held up by the pipe.
func (p *process) readLines() {
	defer close(p.lines)
	r := bufio.NewReaderSize(p.stdout, 64<<10)
	for {
		var line []byte
		for {
			part, err := r.ReadSlice('\n')
			if len(line)+len(part) > maxLine {
				p.tooLong, p.rest = true, line
				return
			}
			line = append(slices.Grow(line, doubling(line, part)), part...)
			if err == nil {
				break
			}
			if !errors.Is(err, bufio.ErrBufferFull) {
				p.rest = line
				return
			}
		}
		line = line[:len(line)-1]
		if n := len(line); n > 0 && line[n-1] == '\r' {
			line = line[:n-1]
		}
		select {
		case p.lines <- line:
		case <-p.quit:
			return
		}
	}
}

// doubling is by how much to grow line for part: by as much as there is, if
// anything, so that 16 MiB in parts cost 32 MiB in all.
func doubling(line, part []byte) int {
	if len(line)+len(part) <= cap(line) {
		return 0
	}
	return len(line) + len(part)
}

// put has a line written as soon as those before it are. No more than flight of them
// may be unanswered: so many answers are read before anyone takes them, and the child is
// not held up by one that it cannot get rid of.
func (p *process) put(request []byte) { p.requests <- append(request, '\n') }

// writeLines writes requests until it is killed. Trouble with the pipe shows in what is read.
func (p *process) writeLines() {
	for {
		select {
		case r := <-p.requests:
			p.stdin.Write(r)
			p.written.Add(1)
		case <-p.quit:
			return
		}
	}
}

// take returns the next line, within limit: the answer to the n-th request.
func (p *process) take(ctx context.Context, n int64, limit time.Duration) ([]byte, *failure) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	ended := p.ended
	for {
		select {
		case line, ok := <-p.lines:
			return p.took(line, ok)
		case <-ended: // a last line may be on its way, and the end of output
			ended = nil
			timer.Reset(linger)
		case <-timer.C:
			select { // it may have been busy printing instead of reading
			case line, ok := <-p.lines:
				return p.took(line, ok)
			default:
			}
			switch {
			case ended == nil:
				return nil, &failure{result.Crashed, ""}
			case p.written.Load() < n:
				return nil, &failure{result.TimedOut, fmt.Sprintf("it did not read the request within %v", limit)}
			}
			return nil, &failure{result.TimedOut, fmt.Sprintf("no answer within %v", limit)}
		case <-ctx.Done():
			return nil, &failure{result.NotRun, ctx.Err().Error()}
		}
	}
}

// took is a line, or why there are no more.
func (p *process) took(line []byte, ok bool) ([]byte, *failure) {
	switch {
	case ok:
		return line, nil
	case p.tooLong:
		return nil, &failure{result.Garbage, fmt.Sprintf("a line longer than %d MiB: %s", maxLine>>20, clip(p.rest))}
	}
	select {
	case <-p.ended:
		return nil, &failure{result.Crashed, ""}
	case <-time.After(linger):
		return nil, &failure{result.Garbage, "it closed its standard output without an answer, and runs on"}
	}
}

// explain is f's text with how the process ended and the last it said. The
// process must have been killed.
func (p *process) explain(f failure) string {
	text := f.text
	if f.outcome == result.Crashed {
		text = "the process ended without an answer: " + p.status()
	}
	if len(p.rest) > 0 && !p.tooLong {
		text += fmt.Sprintf("; it had begun a line: %s", clip(p.rest))
	}
	if said := p.errors.last(2 << 10); said != "" {
		text += "; standard error: " + said
	}
	return text
}

// status is how the child ended: "exit status 3", "signal: segmentation fault".
func (p *process) status() string {
	select {
	case <-p.ended:
		return p.cmd.ProcessState.String()
	default:
		return "it cannot be ended"
	}
}

// stop asks the child to exit and sees to it that it does.
func (p *process) stop() {
	p.stdin.SetWriteDeadline(time.Now().Add(parting))
	p.stdin.Write([]byte("{\"cmd\":\"stop\"}\n"))
	p.stdin.Close()
	select {
	case <-p.ended:
	case <-time.After(parting):
	}
	p.kill()
	p.release()
}

// kill ends the process and its group, and returns when its goroutines have
// ended. What it had written to standard error is kept.
func (p *process) kill() {
	p.killing.Do(func() {
		close(p.quit)
		select {
		case <-p.ended: // its number may be another's by now
		default:
			killGroup(p.cmd)
		}
		select {
		case <-p.ended:
		case <-time.After(parting): // stuck in the kernel: leave it
		}
		p.stdin.Close()
		drained := make(chan struct{})
		go func() { p.readers.Wait(); close(drained) }()
		select {
		case <-drained:
		case <-time.After(linger): // someone else holds the pipes
		}
		p.closePipes()
		<-drained
	})
}
