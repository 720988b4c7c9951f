package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"ebmcheck/properties/result"
)

// interruptible returns a context that ends with the first signal to end, which is its
// cause: whoever has a child can see to its end, too. The next signal, or any after
// stop, ends this process at once.
func interruptible() (ctx context.Context, stop func()) {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	came, done := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(came, signals...)
	go func() {
		select {
		case s := <-came:
			signal.Stop(came)
			cancel(errors.New(s.String()))
		case <-done:
		}
	}()
	return ctx, sync.OnceFunc(func() { signal.Stop(came); close(done) })
}

// interrupted is err, or that a signal came between.
func interrupted(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		return err
	}
	return exit{result.ExitIncomplete, fmt.Errorf("ended early (%w)", context.Cause(ctx))}
}
