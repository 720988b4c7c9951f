package reports

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"ebmcheck/properties/result"
)

// A section of the source, by the numbers of its statements.
type section struct {
	Title, Short string
	First, Last  int
}

// sections of the source. The statements are C01 to C81.
var sections = []section{
	{"1.1 Energy-based models: the intuition", "1.1 Intuition", 1, 28},
	{"1.2 The negative log-likelihood loss", "1.2 Likelihood loss", 29, 53},
	{"1.3 Comparing contrastive losses", "1.3 Contrastive losses", 54, 80},
	{"Headings and names", "Headings", 81, 81},
}

// paragraphs of the sections, in our words.
var paragraphs = map[string]string{
	"1.1a": "One question, many answers", "1.1b": "Scores, not probabilities", "1.1c": "From energies to probabilities",
	"1.1d": "Cold and hot", "1.1e": "What a loss is for", "1.1f": "Pushing down alone", "1.1g": "Two ways to shape energies",
	"1.1h": "A loss from likelihood", "1.1i": "Inference, with hidden parts",
	"1.2a": "The distribution again", "1.2b": "The loss, and its scale", "1.2c": "Its gradient, line by line", "1.2d": "What it pushes",
	"1.3a": "The simple loss", "1.3b": "The hinge loss", "1.3c": "The log loss", "1.3d": "The square-square loss", "1.3e": "The losses compared",
}

// follows has, for a statement, those that it is a step from.
var follows = map[int][]int{
	11: {10}, 12: {10}, 15: {10}, 16: {10}, 24: {25}, 25: {10}, 26: {25}, 28: {27}, 29: {10}, 30: {29}, 31: {30}, 32: {31},
	34: {32}, 35: {34}, 36: {35}, 37: {36}, 38: {37}, 40: {38}, 41: {40}, 42: {41}, 43: {34, 42},
	49: {43}, 50: {43}, 51: {49}, 52: {50}, 55: {54}, 56: {54}, 57: {54}, 59: {58}, 60: {58}, 62: {61}, 64: {63}, 65: {63}, 66: {63},
	70: {62}, 71: {59, 62}, 72: {62}, 73: {60, 62}, 74: {55, 64}, 75: {56, 57, 65, 66}, 76: {58, 61}, 77: {60, 62}, 78: {54, 63}, 79: {55}, 80: {64},
}

const lastStatement = 81

// A statement is a theory line. N is its number in the source, 0 for what the
// source does not state (identities, rows of Table 1).
type statement struct {
	result.Result
	N    int
	ID   string   // C37, X07 of another text, or the claim's id
	Also []string // its other references
}

var (
	number = regexp.MustCompile(`^C(\d{1,3})$`)
	other  = regexp.MustCompile(`^X\d{1,3}$`)
)

// ofText reports whether the statement is another text's than the source.
func (s statement) ofText() bool { return other.MatchString(s.ID) }

// apart returns those of the source, with what is in no text, and those of other texts.
func apart(ss []statement) (source, texts []statement) {
	for _, s := range ss {
		if s.ofText() {
			texts = append(texts, s)
		} else {
			source = append(source, s)
		}
	}
	return source, texts
}

// phrases says how the statements stand: "1 holds", "2 refuted".
func phrases(ss []statement) (each []string) {
	for _, n := range tallyStandings(ss) {
		each = append(each, n.Phrase())
	}
	return each
}

// statements returns the theory lines, in the order of the source, then those
// that are not in it, as they came.
func statements(results []result.Result) []statement {
	var out []statement
	for _, r := range results {
		if r.Layer != "theory" {
			continue
		}
		s := statement{Result: r, ID: r.Claim}
		for _, ref := range r.Refs {
			if m := number.FindStringSubmatch(ref); m != nil && s.N == 0 {
				s.N, _ = strconv.Atoi(m[1])
				s.ID = ref
				continue
			}
			if other.MatchString(ref) {
				s.ID = ref
				continue
			}
			s.Also = append(s.Also, ref)
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b statement) int {
		switch {
		case a.N == b.N:
			return 0
		case a.N == 0:
			return 1
		case b.N == 0:
			return -1
		}
		return cmp.Compare(a.N, b.N)
	})
	return out
}

// established reports whether the suite showed the verdict.
func (s statement) established() bool { return s.Outcome == result.Passed }

// standing is the verdict as shown: the statement's own, or that there is none.
type standing struct {
	Key                result.Verdict // or "failed"
	Mark, Word, Plural string
}

var (
	standings = []standing{
		{"holds", "✓", "holds", "hold"},
		{"holds-if", "◑", "holds under a condition", "hold under a condition"},
		{"refuted", "✗", "refuted", "refuted"},
		{"not-checkable", "–", "not checkable", "not checkable"},
	}
	unestablished = standing{"failed", "!", "not established", "not established"}
	notRun        = standing{"absent", "·", "not run", "not run"}
)

func (s statement) Standing() standing {
	if s.Outcome == result.NotRun {
		return notRun
	}
	if !s.established() {
		return unestablished
	}
	return standingOf(s.Verdict)
}

func standingOf(v result.Verdict) standing {
	for _, s := range standings {
		if s.Key == v {
			return s
		}
	}
	return unestablished
}

// Word says a verdict in words: "holds under a condition".
func Word(v result.Verdict) string { return standingOf(v).Word }

// tallied is how many statements stand so.
type tallied struct {
	standing
	Count int
}

// Phrase is "20 refuted", "1 holds".
func (t tallied) Phrase() string { return count(t.Count, t.Word, t.Plural) }

// tallyStandings counts the statements by how they stand, in a fixed order,
// without those that none does.
func tallyStandings(ss []statement) []tallied {
	n := make(map[result.Verdict]int)
	for _, s := range ss {
		n[s.Standing().Key]++
	}
	var out []tallied
	for _, v := range append(slices.Clone(standings), unestablished, notRun) {
		if n[v.Key] > 0 {
			out = append(out, tallied{v, n[v.Key]})
		}
	}
	return out
}

// sides says how often the printed form holds and fails, outside its condition
// too, or says nothing.
func sides(m map[string]int) string {
	order := map[string]int{"holds": -5, "fails": -4, "holds outside": -3, "fails outside": -2, "says nothing": -1}
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(order[a], order[b]), cmp.Compare(a, b))
	})
	out := ""
	for _, k := range keys {
		if out != "" {
			out += ", "
		}
		out += fmt.Sprintf("%s %s", k, group(m[k]))
	}
	return out
}

// absent returns the numbers of the source that no statement carries, as C07.
func absent(ss []statement) []string {
	has := make(map[string]bool)
	for _, s := range ss {
		for _, ref := range s.Refs {
			has[ref] = true
		}
	}
	var out []string
	for n := 1; n <= lastStatement; n++ {
		if ref := fmt.Sprintf("C%02d", n); !has[ref] {
			out = append(out, ref)
		}
	}
	return out
}
