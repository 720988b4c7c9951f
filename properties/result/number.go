package result

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
)

// Real is a float64 on the wire: a JSON number that always has a '.' or an
// exponent and is the shortest that reads back as the same float64, or one of
// the strings "NaN", "Infinity", "-Infinity", which JSON numbers cannot say.
type Real float64

// MarshalJSON writes x as the protocol wants it: 1.0, -0.0, 1e+21, "NaN".
func (x Real) MarshalJSON() ([]byte, error) { return x.Append(nil), nil }

func (x Real) Append(b []byte) []byte {
	switch f := float64(x); {
	case math.IsNaN(f):
		return append(b, `"NaN"`...)
	case math.IsInf(f, 1):
		return append(b, `"Infinity"`...)
	case math.IsInf(f, -1):
		return append(b, `"-Infinity"`...)
	default:
		from := len(b)
		b = strconv.AppendFloat(b, f, 'g', -1, 64)
		if !bytes.ContainsAny(b[from:], ".e") {
			b = append(b, ".0"...)
		}
		return b
	}
}

// ParseFloat returns the float64 nearest to the decimal number of a JSON token, as
// strconv.ParseFloat does.
func ParseFloat(token []byte) (float64, error) {
	if x, ok := subnormal(token); ok {
		return x, nil
	}
	return strconv.ParseFloat(string(token), 64)
}

// UnmarshalJSON reads a JSON number or one of the three strings, a token of sound JSON. A
// number past the range of float64, or any other token, is an error that says what
// would be right.
func (x *Real) UnmarshalJSON(b []byte) error {
	switch string(b) {
	case `"NaN"`:
		*x = Real(math.NaN())
		return nil
	case `"Infinity"`:
		*x = Real(math.Inf(1))
		return nil
	case `"-Infinity"`:
		*x = Real(math.Inf(-1))
		return nil
	}
	if len(b) > 0 && (b[0] == '-' || '0' <= b[0] && b[0] <= '9') {
		if f, err := ParseFloat(b); err == nil {
			*x = Real(f)
			return nil
		}
	}
	var f float64
	if err := json.Unmarshal(b, &f); err != nil || string(b) == "null" {
		return fmt.Errorf(`%s is no number: want a float64 in decimal, or "NaN", "Infinity", "-Infinity"`, b)
	}
	*x = Real(f)
	return nil
}

func Floats(rs []Real) []float64 {
	if rs == nil {
		return nil
	}
	xs := make([]float64, len(rs))
	for i, r := range rs {
		xs[i] = float64(r)
	}
	return xs
}

// Decimal writes x for a person: 17 significant digits when fewer do not
// read back as the same float64.
func Decimal(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// Hex writes x exactly, as 0x1.8p+1.
func Hex(x float64) string { return strconv.FormatFloat(x, 'x', -1, 64) }

// Each shows every number of xs.
func Each(xs []float64, show func(float64) string) []string {
	s := make([]string, len(xs))
	for i, x := range xs {
		s[i] = show(x)
	}
	return s
}
