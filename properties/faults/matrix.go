package faults

import (
	"fmt"
	"slices"
	"strings"

	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A Kill says that this claim refuted this fault, or variant, in this regime, at
// this level.
type Kill struct {
	ID     string
	Regime judge.Regime
	Claim  string
	Level  result.Level
}

// Judge lays the cases of op in regime r, once a precision, and returns every
// refutation of those faults of op that are to be refuted in r, or only in a
// harder regime, and of those variants that offer op. A fault is asked until the claim
// that it is named for refutes it at REQUIRED; a variant, which is asked all, one in
// thin cases.
func Judge(o op.Op, r judge.Regime, faults []Fault, variants []Variant, seed uint64, checks, thin int) []Kill {
	var kills []Kill
	about := judge.About(o, r)
	for _, p := range op.Precisions {
		var wrong, right party
		var named []string
		for _, f := range faults {
			if f.In == p && f.Op() == o && (f.Regime == r || f.Regime != nonfinite && harder(f.Regime, r)) {
				s := f.Subject()
				wrong.add(f.ID, s, judge.Tallies(about, r, s))
				named = append(named, f.Claim)
			}
		}
		for _, v := range variants {
			if s := v.Subject(); v.In == p && s.Offers(o) { // what is only RECOMMENDED does not refute what is right
				right.add(v.ID, s, slices.DeleteFunc(judge.Tallies(about, r, s), func(t *judge.Tally) bool { return t.Strictest() != result.Required }))
			}
		}
		enough := func(i int) bool {
			return slices.ContainsFunc(wrong.tallies[i], func(t *judge.Tally) bool { return t.Claim() == named[i] && owed(t) })
		}
		cases := judge.NewCases(o, r, p, seed, checks)
		kills = append(kills, wrong.asked(cases, r, enough)...)
		kills = append(kills, right.asked(judge.NewCases(o, r, p, seed, checks/thin).Thinned(thin), r, nil)...)
	}
	return kills
}

// A party is subjects that are asked the same cases.
type party struct {
	ids      []string
	subjects []op.Subject
	tallies  [][]*judge.Tally
}

func (p *party) add(id string, s op.Subject, ts []*judge.Tally) {
	p.ids, p.subjects, p.tallies = append(p.ids, id), append(p.subjects, s), append(p.tallies, ts)
}

// asked puts the cases of regime r to the party and returns every refutation.
func (p *party) asked(cases judge.Cases, r judge.Regime, enough func(i int) bool) []Kill {
	for i, a := range cases.Ask(p.subjects, enough) {
		for _, t := range p.tallies[i] {
			if !owed(t) { // one refutation is enough
				t.Add(a)
			}
		}
	}
	var kills []Kill
	for i, ts := range p.tallies {
		for _, t := range ts {
			if level := t.Refuted(); level != "" {
				kills = append(kills, Kill{p.ids[i], r, t.Claim(), level})
			}
		}
	}
	return kills
}

// owed reports whether t refutes what is REQUIRED.
func owed(t *judge.Tally) bool { return t.Refuted() == result.Required }

// judged are the ops that the matrix is about: those of the catalogue, and their batches.
var judged = slices.Concat(op.Ops, op.Batches)

// harder reports whether a comes after b in the order of the regimes.
func harder(a, b judge.Regime) bool {
	return slices.Index(judge.Regimes, a) > slices.Index(judge.Regimes, b)
}

// Markdown renders the kill matrix. It holds only what does not depend on the
// machine: the named refutations, and which other claims refute at REQUIRED in
// the same regime.
func Markdown(kills []Kill) []byte {
	others := map[string][]string{} // by ID/regime
	for _, k := range kills {
		name := k.Claim[strings.LastIndex(k.Claim, ".")+1:]
		if k.Level == result.Required {
			at := k.ID + "/" + string(k.Regime)
			others[at] = append(others[at], name)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# The kill matrix\n\n%d wrong implementations, each refuted by the claim named, at the level named, in the easiest regime that shows it; "+
		"%d right ones, none of them refuted at REQUIRED. The last column has every claim that refutes at REQUIRED in that regime by the cases that the named one needs.\n", len(Wrong), len(Right))
	b.WriteString(counted(Wrong))
	for _, o := range judged {
		fmt.Fprintf(&b, "\n## %s\n\n| fault | what it does wrong | source | refuted by | level | regime | all that refute it |\n|---|---|---|---|---|---|---|\n", o)
		for _, f := range Wrong {
			if f.Op() == o {
				where := string(f.Regime)
				if f.In != op.Float64 {
					where += ", " + f.In.String()
				}
				fmt.Fprintf(&b, "| %s | %s | %s | `%s` | %s | %s | %s |\n", f.ID, escape(f.Says), escape(f.Source), f.Claim, f.Level, where,
					strings.Join(others[f.ID+"/"+string(f.Regime)], " "))
			}
		}
	}
	b.WriteString("\n## Right, and not refuted\n\n| variant | what is different | ops |\n|---|---|---|\n")
	for _, v := range Right {
		var ops []string
		for _, op := range v.Subject().Ops {
			ops = append(ops, string(op))
		}
		all := strings.Join(ops, ", ")
		if len(ops) == len(op.Ops) {
			all = "all"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", v.ID, escape(v.Says), all)
	}
	return []byte(b.String())
}

// counted is the matrix of how many faults of each op each claim is named for, the claims in the order in which they first are.
func counted(faults []Fault) string {
	type at struct {
		op    op.Op
		claim string
	}
	n := map[at]int{}
	of := map[string]int{}
	var claims []string
	for _, f := range faults {
		name := f.Claim[strings.LastIndex(f.Claim, ".")+1:]
		if of[name] == 0 {
			claims = append(claims, name)
		}
		n[at{f.Op(), name}]++
		of[name]++
	}
	var b strings.Builder
	b.WriteString("\n## How many, by operation and claim\n\nFaults of the operation that the claim is named for; – where it is named for none.\n\n| operation | all |")
	for _, name := range claims {
		b.WriteString(" " + name + " |")
	}
	b.WriteString("\n|---|--:|" + strings.Repeat("--:|", len(claims)) + "\n")
	for _, o := range judged {
		row, all := "", 0
		for _, name := range claims {
			if k := n[at{o, name}]; k > 0 {
				row, all = fmt.Sprintf("%s %d |", row, k), all+k
			} else {
				row += " – |"
			}
		}
		fmt.Fprintf(&b, "| [%s](#%[1]s) | %d |%s\n", o, all, row)
	}
	fmt.Fprintf(&b, "| all | %d |", len(faults))
	for _, name := range claims {
		fmt.Fprintf(&b, " %d |", of[name])
	}
	return b.String() + "\n"
}

// escape keeps a bar from ending a cell.
func escape(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

// Kills returns the named kills by claim, in the order of Wrong.
func Kills() map[string][]string {
	by := map[string][]string{}
	for _, f := range Wrong {
		if !slices.Contains(by[f.Claim], f.ID) {
			by[f.Claim] = append(by[f.Claim], f.ID)
		}
	}
	return by
}
