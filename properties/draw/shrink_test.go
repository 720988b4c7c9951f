package draw

import (
	"testing"

	"pgregory.net/rapid"
)

// An example is of its seed, and of no other, while a case is shrunk beside it.
func TestExampleWhileShrinking(t *testing.T) {
	draw := rapid.Uint64()
	want := Example(draw, 7)
	done := make(chan uint64)
	go func() {
		smallest := uint64(0)
		for range 100 {
			smallest = Shrink(draw, 1, 1<<40, func(n uint64) bool { return n >= 1000 })
		}
		done <- smallest
	}()
	for {
		select {
		case got := <-done:
			if got != 1000 {
				t.Errorf("the smallest is %d, want 1000", got)
			}
			return
		default:
			if got := Example(draw, 7); got != want {
				t.Fatalf("%d, want %d", got, want)
			}
		}
	}
}
