package result

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
)

// A run writes results.jsonl: one Header, a Result a claim × subject ×
// regime, one Footer; each a JSON object on a line of its own, told apart by
// "type". Everything that a person or a CI reads is derived from it.

// Header opens results.jsonl.
type Header struct {
	Type     string      `json:"type"` // "header"
	Suite    string      `json:"suite"`
	Version  string      `json:"version"`
	Seed     uint64      `json:"seed"`
	Profile  string      `json:"profile"`
	Checks   int         `json:"checks"` // random cases promised a claim and regime
	Subject  SubjectInfo `json:"subject"`
	Go       string      `json:"go"`
	Platform string      `json:"platform"`
	Started  string      `json:"started,omitempty"` // RFC 3339
	Claims   []string    `json:"claims,omitempty"`  // ids chosen, in order: what the footer's completeness is about
	Shard    Shard       `json:"shard,omitzero"`    // which part of a run it is, of one on many machines
	Whole    *Whole      `json:"whole,omitempty"`   // a shard: of the run that it is a part of
}

// SubjectInfo says who was judged.
type SubjectInfo struct {
	Name      string    `json:"name"`
	Version   string    `json:"version,omitempty"`
	Framework string    `json:"framework,omitempty"` // what it is built on, with its version
	Precision string    `json:"precision"`
	Declares  *Declares `json:"declares,omitempty"` // of its arithmetic
	Ops       []string  `json:"ops,omitempty"`

	Defined []Definition `json:"defined,omitempty"` // those of Ops that are defined by their formulas
	Advice  []string     `json:"advice,omitempty"`  // about parts of these formulas that lose digits as they are written
}

// Result is the outcome of one claim on one subject in one regime.
type Result struct {
	Type    string   `json:"type"` // "claim"
	Claim   string   `json:"claim"`
	Layer   Layer    `json:"layer"` // "theory" | "code"
	Refs    []string `json:"refs,omitempty"`
	Where   string   `json:"where,omitempty"` // the place in the source, Table 1 row, identity
	Subject string   `json:"subject,omitempty"`
	Regime  string   `json:"regime,omitempty"`
	Level   Level    `json:"level,omitempty"` // "required" | "recommended"
	Op      string   `json:"op,omitempty"`

	Says      string `json:"says"`                // the statement in words
	Printed   string `json:"printed,omitempty"`   // theory: the formula as the source prints it
	Formula   string `json:"formula,omitempty"`   // what holds: the corrected statement where the printed one does not
	Condition string `json:"condition,omitempty"` // holds-if: what the source leaves unsaid
	Why       string `json:"why,omitempty"`       // the reason of a verdict, or of an outcome other than passed
	Fault     string `json:"fault,omitempty"`     // theory: the planted wrong variant that the same cases refute

	Stated *Stated `json:"stated,omitempty"` // theory: the statement as it was examined, where it is a formula

	Outcome     Outcome         `json:"outcome"`
	Verdict     Verdict         `json:"verdict,omitempty"` // theory, about the printed statement
	Cases       int             `json:"cases"`
	Unsupported int             `json:"unsupported,omitempty"` // code: cases that the subject called unsupported, and that were not judged
	Strata      map[string]int  `json:"strata,omitempty"`
	Spent       Real            `json:"spent"`               // largest share of the allowance spent
	Ulps        *Real           `json:"ulps,omitempty"`      // code: largest error found, in ulps of the true value
	BySpread    []Spread        `json:"by_spread,omitempty"` // code, required, where digits are: the errors by how far apart the energies are
	Grade       string          `json:"grade,omitempty"`     // code: A+, A, B, F
	Small       *Counterexample `json:"smallest,omitempty"`
	Beyond      []Beyond        `json:"beyond,omitempty"`      // theory, holds-if: the smallest counterexample just beyond each part of the condition
	Worst       *Counterexample `json:"worst,omitempty"`       // code: the input of the largest error, refuted or not
	Planted     *Counterexample `json:"planted,omitempty"`     // theory: where the planted wrong variant fails
	Paths       []Path          `json:"paths,omitempty"`       // theory: descents that show what is said
	Evidence    Evidence        `json:"evidence,omitempty"`    // theory: what the verdict rests on; code: exhausted, or nothing
	ForAll      string          `json:"for_all,omitempty"`     // code, exhausted: what the cases are all of
	Proofs      []Proof         `json:"proofs,omitempty"`      // theory: theorems about it
	ProvedPart  string          `json:"proved_part,omitempty"` // theory: which part of it they prove, if not all
	Sides       map[string]int  `json:"sides,omitempty"`       // theory: how often the printed form held, failed, was undefined
	Likely      string          `json:"likely,omitempty"`      // code, refuted: the planted fault that answers alike
	Mend        string          `json:"mend,omitempty"`        // and what mends it
	Expected    string          `json:"expected,omitempty"`    // code: the reason why this failure is expected
	Replay      string          `json:"replay,omitempty"`
	Seconds     float64         `json:"seconds"`
}

// Unit names the unit of work that r is of: a statement, or all claims about one op in one
// regime.
func (r Result) Unit() string {
	if r.Layer == Theory {
		return r.Claim
	}
	return r.Op + "/" + r.Regime
}

// Failure says in a word how the claim failed, "refuted:grad[1]" or
// "timeout:", and "" if it did not.
func (r Result) Failure() string {
	if !r.Outcome.Failed() {
		return ""
	}
	what := ""
	if r.Small != nil {
		what = strings.ReplaceAll(r.Small.What, " ", "-")
	}
	return string(r.Outcome) + ":" + what
}

// Counterexample is an input with what was got and what is right. For a
// passed claim about code it is the input of the largest error.
type Counterexample struct {
	Case      string          `json:"case"`               // as a person writes it
	Call      json.RawMessage `json:"call,omitempty"`     // code: the call, as the protocol has it
	Hex       []string        `json:"hex,omitempty"`      // the inputs, exactly
	What      string          `json:"what,omitempty"`     // which component: "value", "grad[1]"; theory: what is compared
	Relation  string          `json:"relation,omitempty"` // theory: what Got should be to Want, "≤"; "" if Want says it
	Got       string          `json:"got"`
	GotHex    string          `json:"got_hex,omitempty"`
	Want      string          `json:"want"`
	WantHex   string          `json:"want_hex,omitempty"`
	Enclosure string          `json:"enclosure,omitempty"` // certified bounds of the true value
	Allowance string          `json:"allowance,omitempty"`
	Note      string          `json:"note,omitempty"`

	// Code, of what is answered rightly alone: the calls asked in order, of which Call is
	// number At, counted from 0, and how often they were asked again in vain.
	Request []json.RawMessage `json:"request,omitempty"`
	At      int               `json:"at,omitempty"`
	Unshown int               `json:"unshown,omitempty"`
}

// Spread is what became of the cases whose greatest energy is at least From above the least,
// and not as far as the From of the next.
type Spread struct {
	From  Real `json:"from"`
	Cases int  `json:"cases"`
	Ulps  Real `json:"ulps"`  // largest error found
	Spent Real `json:"spent"` // largest share of the allowance
}

// Beyond is a part of a condition, and a counterexample where this part alone is broken.
type Beyond struct {
	Part  string          `json:"part"`
	Small *Counterexample `json:"smallest"`
}

// Footer closes results.jsonl. A file without one, or with Complete false,
// is of an unfinished run.
type Footer struct {
	Type     string          `json:"type"` // "footer"
	Complete bool            `json:"complete"`
	Counts   map[Outcome]int `json:"counts"`          // by outcome
	Stale    []string        `json:"stale,omitempty"` // expectations that passed, matched nothing, failed otherwise or expired
	Seconds  float64         `json:"seconds"`
}

// Version of the suite, written in every header.
const Version = "0.1.0"

// NewHeader returns the header of a run on this machine.
func NewHeader(seed uint64, checks int, s SubjectInfo) Header {
	return Header{Type: "header", Suite: "ebmcheck", Version: Version, Seed: seed, Profile: "gate", Checks: checks,
		Subject: s, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
}

// A Journal writes results.jsonl line by line, what is written at a time synced to the disk
// before more is, so that what a run had finished survives whatever ends it.
type Journal struct {
	w    io.Writer
	sync func() error
}

// NewJournal returns a journal that writes to w. A file is synced after every Write.
func NewJournal(w io.Writer) *Journal {
	l := &Journal{w: w, sync: func() error { return nil }}
	if f, ok := w.(*os.File); ok {
		l.sync = f.Sync
	}
	return l
}

// Write appends lines: a Header, Results, a Footer.
func (l *Journal) Write(lines ...any) error {
	w := bufio.NewWriter(l.w)
	for _, line := range lines {
		b, err := json.Marshal(line)
		if err != nil {
			return fmt.Errorf("results: %w", err)
		}
		w.Write(b)
		w.WriteByte('\n')
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("results: %w", err)
	}
	return l.sync()
}
