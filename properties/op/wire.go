package op

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"ebmcheck/properties/result"
)

// wireCall is a Call as it is read from JSON: nil is what was not sent.
type wireCall struct {
	Op       Op                     `json:"op"`
	Beta     *result.Real           `json:"beta"`
	Margin   *result.Real           `json:"margin"`
	Gamma    *result.Real           `json:"gamma"`
	Cap      *result.Real           `json:"cap"`
	Params   map[string]result.Real `json:"params"`
	Energies []result.Real          `json:"energies"`
	Answer   *int                   `json:"answer"`

	wireBatch
}

// batch is the op of a call of rows, whatever theirs is.
const batch = "batch"

// sent returns what w has of p; nil if it was not sent.
func (w wireCall) sent(p Param) *result.Real {
	switch p.Sent {
	case "beta":
		return w.Beta
	case "margin":
		return w.Margin
	case "gamma":
		return w.Gamma
	case "cap":
		return w.Cap
	}
	if x, ok := w.Params[p.Name]; ok {
		return &x
	}
	return nil
}

// MarshalJSON writes c as PROTOCOL.md has it. It is called for every call that
// goes to a child, and so does without reflection.
func (c Call) MarshalJSON() ([]byte, error) {
	r, ok := Find(c.Op)
	if !ok {
		return nil, Unknown(c.Op)
	}
	b := make([]byte, 0, 64+24*c.Size())
	if c.Batch != nil {
		return c.Batch.append(b, r.Of), nil
	}
	b = append(append(append(b, `{"op":"`...), c.Op...), `",`...)
	return append(c.appendFields(b, r), '}'), nil
}

// appendFields appends what c is sent beside its op.
func (c Call) appendFields(b []byte, r *Row) []byte {
	other := 0
	for _, p := range r.Params {
		if p.Sent == "" {
			other++
			continue
		}
		b = append(append(append(b, '"'), p.Sent...), `":`...)
		b = append(result.Real(p.Of(c)).Append(b), ',')
	}
	if other > 0 {
		b = append(b, `"params":`...)
		open := byte('{')
		for _, p := range r.Params {
			if p.Sent == "" {
				b = append(append(append(append(b, open), '"'), p.Name...), `":`...)
				b = result.Real(p.Of(c)).Append(b)
				open = ','
			}
		}
		b = append(b, "},"...)
	}
	b = appendReals(append(b, `"energies":`...), c.Energies)
	if r.Answer || r.Pair {
		b = strconv.AppendInt(append(b, `,"answer":`...), int64(c.Answer), 10)
	}
	return b
}

func appendReals(b []byte, xs []float64) []byte {
	b = append(b, '[')
	for i, x := range xs {
		if i > 0 {
			b = append(b, ',')
		}
		b = result.Real(x).Append(b)
	}
	return append(b, ']')
}

// UnmarshalJSON reads a call and refuses one that its op could not be asked:
// an unknown op, missing or out-of-range fields.
func (c *Call) UnmarshalJSON(b []byte) error {
	var w wireCall
	if err := json.Unmarshal(b, &w); err != nil {
		return err
	}
	return c.take(w)
}

// take makes c of w, as it was sent.
func (c *Call) take(w wireCall) error {
	if w.Op == batch {
		return c.readBatch(w.wireBatch)
	}
	r, ok := Find(w.Op)
	if !ok {
		return Unknown(w.Op)
	}
	if r.Of != nil {
		return fmt.Errorf(`op %q: want {"op":"batch","of":%q,…}`, w.Op, r.Of.Op)
	}
	got := Call{Op: w.Op, Energies: result.Floats(w.Energies)}
	var missing []string
	for _, p := range named { // also what the op is not sent
		if x := w.sent(p); x != nil {
			p.Set(&got, float64(*x))
		}
	}
	for _, p := range r.Params {
		switch x := w.sent(p); {
		case x != nil:
			p.Set(&got, float64(*x))
		case p.Sent != "":
			missing = append(missing, p.Sent)
		default:
			missing = append(missing, fmt.Sprintf(`%q in "params"`, p.Name))
		}
	}
	if w.Answer != nil {
		got.Answer = *w.Answer
	} else if r.Answer || r.Pair {
		missing = append(missing, "answer")
	}
	if len(missing) > 0 {
		return fmt.Errorf("op %s: missing %s", w.Op, strings.Join(missing, ", "))
	}
	if err := got.Validate(); err != nil {
		return err
	}
	*c = got
	return nil
}

// Validate says why c is no question to its op: there is no such op, it wants another number
// of energies, the answer is none of them, β is below 0, or the batch lacks something.
func (c Call) Validate() error {
	r, ok := Find(c.Op)
	n := len(c.Energies)
	switch {
	case !ok:
		return Unknown(c.Op)
	case r.Of != nil:
		return r.validBatch(c.Batch)
	case n == 0:
		return fmt.Errorf("op %s: no energies", c.Op)
	case r.Pair && n != 2:
		return fmt.Errorf("op %s: %d energies, want the pair [F(x,y), F(x,ȳ)]", c.Op, n)
	case n < r.Least():
		return fmt.Errorf("op %s: %d energies, want %d or more: it is about an incorrect answer", c.Op, n, r.Least())
	case r.Pair && c.Answer != 0:
		return fmt.Errorf("op %s: answer %d, want 0", c.Op, c.Answer)
	case c.Answer < 0 || c.Answer >= n:
		return fmt.Errorf("op %s: answer %d of %d energies", c.Op, c.Answer, n)
	}
	if p, ok := r.Scaled(); ok && p.Of(c) < 0 {
		return fmt.Errorf("op %s: %s %v, want ≥ 0", c.Op, p.Name, p.Of(c))
	}
	return nil
}
