package reports

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
)

// SummaryRoom is the number of bytes that GitHub takes as the summary of a
// step: 1 MiB is refused as a whole.
const SummaryRoom = 1<<20 - 1

// Summary writes the run as Markdown does, in at most room bytes, for
// $GITHUB_STEP_SUMMARY. What does not fit is left out whole, the least bad
// first: failures of recommended claims, then the theory, the grades, the
// failures of required claims; and the page begins by saying how much. If not
// even that fits, nothing is written, and the error says so.
func Summary(w io.Writer, run *Run, room int) error {
	all := passages(run)
	size := 0
	for _, p := range all {
		size += len(p.text)
	}
	var b bytes.Buffer
	if size > room {
		const note = "> [!NOTE]\n> %d of %d parts of this page are left out, the least bad: there is room for %d bytes. The whole is in report.html.\n\n"
		kept := fitting(all, room-len(fmt.Sprintf(note, len(all), len(all), room)))
		if kept == nil {
			return fmt.Errorf("reports: no room for a summary: %d bytes", room)
		}
		fmt.Fprintf(&b, note, len(all)-len(kept), len(all), room)
		all = kept
	}
	for _, p := range all {
		b.WriteString(p.text)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// fitting returns those passages, in order, that fit into room when they are
// put there by rank; nil if there is less room than none.
func fitting(all []passage, room int) []passage {
	if room < 0 {
		return nil
	}
	byRank := make([]int, len(all))
	for i := range byRank {
		byRank[i] = i
	}
	slices.SortStableFunc(byRank, func(i, j int) int { return cmp.Compare(all[i].rank, all[j].rank) })
	var chosen []int
	for _, i := range byRank {
		if n := len(all[i].text); n <= room {
			chosen = append(chosen, i)
			room -= n
		}
	}
	slices.Sort(chosen)
	kept := []passage{}
	for _, i := range chosen {
		kept = append(kept, all[i])
	}
	return kept
}
