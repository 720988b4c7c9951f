package reports

import (
	"slices"

	"ebmcheck/properties/result"
)

// codePage is what is known of the code: the table op × regime, and the claims
// subject by subject.
type codePage struct {
	Title    string
	Lacking  []string // ops that are not offered
	Key      string   // what the cells are
	Several  bool     // subjects: each op then has a row for each
	Regimes  []string
	Blocks   []pageBlock
	Errors   []picture // where a subject loses accuracy
	Subjects []codeClaims
}

type pageBlock struct {
	Op   string
	Rows []pageRow
}

// pageRow is a row that leads to its claims, if it has any.
type pageRow struct {
	row
	Link string
}

// codeClaims are the claims about a subject's code, op by op.
type codeClaims struct {
	Title, Anchor string
	Ops           []opClaims
}

type opClaims struct {
	Op, Anchor string
	Pairs      []pair
}

// pair is a claim in a regime on both levels.
type pair struct {
	Claim, Says, Regime, Where      string
	Required, Recommended           result.Outcome
	Grade, Class, Ulps, Cases       string
	Spent                           string
	Worst                           string
	FailsRequired, FailsRecommended bool
}

func (a anchors) code(ts []table, subject string) codePage {
	p := codePage{Title: "The program", Key: gradeKey, Several: len(ts) > 1}
	if len(ts) == 0 {
		return p
	}
	if p.Several {
		p.Title = "The programs"
	}
	for _, r := range ts[0].Regimes {
		p.Regimes = append(p.Regimes, orElse(r, "–"))
	}
	if name := ts[0].Subject; !p.Several && name != "" && name != subject {
		p.Title += ": " + name
	}
	type at struct{ subject, op string }
	links := make(map[at]string)
	for _, t := range ts {
		c := codeClaims{Title: p.Title, Anchor: a.give("claims")}
		if p.Several {
			c.Title = orElse(t.Subject, "–")
		}
		for _, r := range t.Rows {
			if !r.Offered() {
				continue
			}
			anchor := a.give("op-" + orElse(r.Op, "other"))
			links[at{t.Subject, r.Op}] = anchor
			c.Ops = append(c.Ops, opClaims{r.Op, anchor, pairs(r.Lines)})
		}
		p.Subjects = append(p.Subjects, c)
		whose := ""
		if p.Several {
			whose = c.Title
		}
		if drawn, ok := errorPicture(a.give("fig-errors"), whose, t.Rows); ok {
			p.Errors = append(p.Errors, drawn)
		}
	}
	for _, b := range abreast(ts) {
		if !slices.ContainsFunc(b.Rows, row.Offered) {
			p.Lacking = append(p.Lacking, orElse(b.Op, "other"))
			continue
		}
		block := pageBlock{Op: b.Op}
		for _, r := range b.Rows {
			block.Rows = append(block.Rows, pageRow{r, links[at{r.Subject, r.Op}]})
		}
		p.Blocks = append(p.Blocks, block)
	}
	return p
}

// pairs puts the two levels of a claim in a regime on one row.
func pairs(lines []result.Result) []pair {
	type at struct{ claim, regime string }
	var order []at
	rows := make(map[at][]result.Result)
	for _, r := range lines {
		k := at{r.Claim, r.Regime}
		if rows[k] == nil {
			order = append(order, k)
		}
		rows[k] = append(rows[k], r)
	}
	out := make([]pair, len(order))
	for i, k := range order {
		p := pair{Claim: k.claim, Regime: orElse(k.regime, "–"), Required: "–", Recommended: "–", Ulps: "–", Spent: "–"}
		var c cell
		spent := result.Real(-1)
		for _, r := range rows[k] {
			c.add(r)
			p.Says, p.Where = orElse(p.Says, r.Says), orElse(p.Where, r.Where)
			if r.Binding() {
				p.Required, p.FailsRequired = r.Outcome, r.Failed()
				if r.Attempted() {
					spent = r.Spent
				}
			} else {
				p.Recommended, p.FailsRecommended = r.Outcome, r.Failed()
			}
			if x := counterexample(r); p.Worst == "" && x != nil {
				p.Worst = witness(x, string(r.Layer))
			}
		}
		if c.Worst != nil {
			p.Worst = witness(c.Worst, "code")
		}
		if c.Ulps != nil {
			p.Ulps = figure(*c.Ulps)
		}
		if spent > 0 {
			p.Spent = figure(spent)
		}
		p.Grade, p.Class, p.Cases = orElse(c.Grade, "–"), c.Class(), group(c.Cases)
		out[i] = p
	}
	return out
}
