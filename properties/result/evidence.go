package result

// Evidence is what the verdict on a statement rests on.
type Evidence string

const (
	Proved    Evidence = "proved"    // what is true of it has certificates
	Exhausted Evidence = "exhausted" // all cases of a finite set
	Sampled   Evidence = "sampled"   // cases, and counterexamples
	Trained   Evidence = "trained"   // models that were trained
)

// A Proof is a theorem about a statement, whose certificate was checked in the run.
type Proof struct {
	Name   string   `json:"name"`
	Says   string   `json:"says"`
	Text   string   `json:"text"`    // the same, as package formula reads it
	ForAll string   `json:"for_all"` // what it is proved for
	Refs   []string `json:"refs,omitempty"`
	Steps  int      `json:"steps"`
	Bytes  int      `json:"bytes"` // of the certificate
}
