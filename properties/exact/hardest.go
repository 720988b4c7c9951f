package exact

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// A Hard is a call of which a number lies next to the middle of two float64, so that of
// one computed with a small error only luck says to which it rounds. Of chance one would be
// as near as 2^−k ulps in one of 2^(k−1) calls; these inputs are solved for: but for one or
// two they are drawn, and those are what makes the number the middle, rounded.
type Hard struct {
	Number         string // of what op: log.value
	Bits           int    // it is no farther than 2^−Bits ulps from the middle
	M, Beta, Gamma float64
	F              []float64 // of a pair F and F̄; else y = 0
}

// hardestLines are written by TestHardest, and read by it.
//
//go:embed hardest.tsv
var hardestLines string

// Hardest are the hardest calls to round that were found, a hundred of each op whose numbers
// are transcendental. They must not be changed.
var Hardest = sync.OnceValue(func() []Hard { return readHardest(hardestLines) })

// readHardest reads what TestHardest writes, and panics on what it does not.
func readHardest(lines string) (all []Hard) {
	read := func(cell string) float64 {
		x, err := strconv.ParseFloat(cell, 64)
		if err != nil {
			panic("exact: hardest.tsv: " + err.Error())
		}
		return x
	}
	for line := range strings.Lines(lines) {
		if line[0] == '#' {
			continue
		}
		cells := strings.Split(strings.TrimSpace(line), "\t")
		h := Hard{Number: cells[0], Bits: int(read(cells[1])), M: read(cells[2]), Beta: read(cells[3]), Gamma: read(cells[4])}
		for _, c := range cells[5:] {
			h.F = append(h.F, read(c))
		}
		all = append(all, h)
	}
	return all
}
