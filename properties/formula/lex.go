package formula

import (
	"strings"
	"unicode/utf8"
)

// A token is a word of a text.
type token struct {
	kind string // "num", "name", "end", or the symbol in ASCII
	text string // as written, but for names: Greek letters and bars spelled out
	pos  int    // in runes
	raw  string // as written
}

// A letter is one that is written with its name.
type letter struct{ glyph, name, latex string }

// letters are the Greek ones; the first glyph of a name is the one that is printed.
var letters = []letter{
	{"α", "alpha", `\alpha`}, {"β", "beta", `\beta`}, {"γ", "gamma", `\gamma`}, {"δ", "delta", `\delta`},
	{"ε", "eps", `\varepsilon`}, {"ϵ", "eps", `\varepsilon`}, {"ζ", "zeta", `\zeta`}, {"η", "eta", `\eta`},
	{"θ", "theta", `\theta`}, {"ϑ", "theta", `\theta`}, {"ι", "iota", `\iota`}, {"κ", "kappa", `\kappa`},
	{"λ", "lambda", `\lambda`}, {"μ", "mu", `\mu`}, {"µ", "mu", `\mu`}, {"ν", "nu", `\nu`}, {"ξ", "xi", `\xi`},
	{"π", "pi", `\pi`}, {"ρ", "rho", `\rho`}, {"σ", "sigma", `\sigma`}, {"τ", "tau", `\tau`},
	{"υ", "upsilon", `\upsilon`}, {"φ", "phi", `\varphi`}, {"ϕ", "phi", `\varphi`}, {"χ", "chi", `\chi`},
	{"ψ", "psi", `\psi`}, {"ω", "omega", `\omega`}, {"Γ", "Gamma", `\Gamma`}, {"Δ", "Delta", `\Delta`},
	{"Θ", "Theta", `\Theta`}, {"Λ", "Lambda", `\Lambda`}, {"Ξ", "Xi", `\Xi`}, {"Π", "Pi", `\Pi`},
	{"Σ", "Sigma", `\Sigma`}, {"Φ", "Phi", `\Phi`}, {"Ψ", "Psi", `\Psi`}, {"Ω", "Omega", `\Omega`},
}

var (
	greek   = map[rune]string{} // glyph → name
	glyphOf = map[string]letter{}
)

func init() {
	for _, l := range letters {
		r, _ := utf8.DecodeRuneInString(l.glyph)
		greek[r] = l.name
		if _, ok := glyphOf[l.name]; !ok {
			glyphOf[l.name] = l
		}
	}
}

// symbols are other spellings of ASCII ones.
var symbols = map[rune]string{
	'−': "-", '·': "*", '⋅': "*", '×': "*", '÷': "/", '≠': "!=", '≤': "<=", '≥': ">=", '≔': ":=",
}

// pairs are the symbols of two characters.
var pairs = []string{"<=", ">=", "!=", ":="}

func isDigit(r rune) bool  { return '0' <= r && r <= '9' }
func isLatin(r rune) bool  { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }
func isMacron(r rune) bool { return r == '\u0304' || r == '\u0305' } // a combining bar above

// tokens splits a text.
func tokens(text string, runes []rune) ([]token, error) {
	ts := make([]token, 0, len(runes)/2+1) // about as many as there will be
	at := func(i int) rune {
		if i < len(runes) {
			return runes[i]
		}
		return 0
	}
	for i := 0; i < len(runes); {
		from, r := i, runes[i]
		add := func(kind, text string) { ts = append(ts, token{kind, text, from, string(runes[from:i])}) }
		switch {
		case r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\u00a0':
			i++
			continue
		case isDigit(r) || r == '.' && isDigit(at(i+1)):
			i = endOfNumber(runes, i)
			add("num", strings.ReplaceAll(string(runes[from:i]), "−", "-"))
		case isLatin(r) || greek[r] != "":
			name, letters := greek[r], isLatin(r) // a Greek letter is no part of a word
			if name == "" {
				name = string(r)
			}
			for i++; isDigit(at(i)) || at(i) == '_' || letters && isLatin(at(i)); i++ {
				letters = letters || at(i) == '_'
			}
			name += string(runes[from+1 : i])
			if isMacron(at(i)) && (name == "F" || name == "y") {
				name += "bar"
				i++
			}
			add("name", name)
		case r == 'ȳ':
			i++
			add("name", "ybar")
		case r == '∞':
			i++
			add("name", "inf")
		case symbols[r] != "":
			i++
			add(symbols[r], string(r))
		default:
			kind := ""
			for _, s := range pairs {
				if rune(s[0]) == r && rune(s[1]) == at(i+1) {
					kind = s
				}
			}
			if kind == "" && strings.ContainsRune("+-*/^()[],:=<>", r) {
				kind = string(r)
			}
			if kind == "" {
				return nil, meaningless(text, r, i)
			}
			i += len(kind)
			add(kind, kind)
		}
	}
	return append(ts, token{"end", "", len(runes), ""}), nil
}

// endOfNumber returns where the number that starts at i ends: digits, a point, digits, e, a sign, digits.
func endOfNumber(runes []rune, i int) int {
	digits := func() {
		for i < len(runes) && isDigit(runes[i]) {
			i++
		}
	}
	digits()
	if i < len(runes) && runes[i] == '.' {
		i++
		digits()
	}
	if i < len(runes) && (runes[i] == 'e' || runes[i] == 'E') {
		j := i + 1
		if j < len(runes) && (runes[j] == '-' || runes[j] == '+' || runes[j] == '−') {
			j++
		}
		if j < len(runes) && isDigit(runes[j]) {
			i = j
			digits()
		}
	}
	return i
}

// meaningless says what is wrong with a character that no formula has.
func meaningless(text string, r rune, pos int) error {
	switch {
	case strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", r):
		return errorf(text, pos, "a power is written with ^: x^2")
	case strings.ContainsRune("{}", r):
		return errorf(text, pos, "brackets are ( and ), an index has [ and ]")
	case isMacron(r):
		return errorf(text, pos, "only F and y have a bar: F[ybar]")
	case r == '∑':
		return errorf(text, pos, "a sum is written sum(j: …)")
	case r == '|':
		return errorf(text, pos, "an absolute value is written abs(…)")
	case r == '!':
		return errorf(text, pos, "! stands in != only")
	case r == '_':
		return errorf(text, pos, "a name begins with a letter; an index is written F[j]")
	case r == utf8.RuneError:
		return errorf(text, pos, "the text is not UTF-8 here")
	}
	return errorf(text, pos, "%q has no meaning here", r)
}
