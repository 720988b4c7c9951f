package command

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ebmcheck/properties"
	"ebmcheck/properties/judge"
	"ebmcheck/properties/op"
	"ebmcheck/properties/result"
)

// A gating is what gate was asked to do.
type gating struct {
	doorway
	claims, profile, seed, out string
	checks                     int
	budget                     time.Duration
	require                    []string
	expect                     string
	update, resume             bool
	shard                      string
	costs                      bool
	also                       outputs
}

// checksOf is how many random cases a claim and regime has in each profile.
var checksOf = map[string]int{"smoke": 200, "gate": properties.Promised, "deep": 20 * properties.Promised}

func gateCommand() *cobra.Command {
	var g gating
	c := &cobra.Command{
		Use:   "gate [flags] -- COMMAND ARGS...",
		Short: "Judge an implementation in any language, over a pipe",
		Long: `Gate starts COMMAND as a child process that speaks the adapter protocol (see
adapters/README.md) and puts it through every claim about code that the ops it
offers allow. It writes results.jsonl, report.html and report.md into the folder
of --out and a summary to the terminal.

--expect names a file of failures that are known, a line each:

  nll.value  wide  required  refuted:value  # why it is known; until 2027-06-30

The regime may be *, and so may parts of the claim and of the failure, as in
refuted:grad[*]. One that passes, matches nothing, fails otherwise or has
lapsed makes the run fail. What the child cannot be asked, for it calls the
cases unsupported, is known as not-run: instead of refuted:. --update-expect
writes the file as the run would need it, lines that are right stay as they
are; the exit code is that of the run without any.

--shard i/n does number i, from 0, of n parts of the work; its exit code is of
what it judged. "ebmcheck merge" makes one run of all parts.

Exit codes: 0 passed, 1 a REQUIRED claim refuted or an expectation stale, 2
usage, or a loss of the child's that cannot be defined, 3 the child could not be
started or broke the protocol, 4 incomplete: the budget ran out, something could
not run, or nothing ran.`,
		Example: `  ebmcheck gate -- python3 my_losses.py
  ebmcheck gate --profile smoke --claims 'nll.*' -- ./my-losses
  ebmcheck gate --expect known.txt --junit junit.xml -- node losses.mjs`,
		Args: commandAfterDash,
		RunE: func(cmd *cobra.Command, args []string) error {
			return g.run(cmd, args)
		},
	}
	g.doorway.flags(c)
	c.Flags().StringVar(&g.claims, "claims", "", "only the claims that match `PATTERN`")
	c.Flags().StringVar(&g.profile, "profile", "gate", "smoke, gate or deep: 200, 10 000 or 200 000 random cases a claim and regime")
	c.Flags().IntVar(&g.checks, "checks", 0, "that many random cases instead")
	c.Flags().StringVar(&g.seed, "seed", "1", "seed of the random cases, a number or random")
	c.Flags().DurationVar(&g.budget, "budget", 0, "end after this time, incomplete if not done (0: no limit)")
	c.Flags().StringSliceVar(&g.require, "require", nil, "`OPS` that must be offered")
	c.Flags().StringVar(&g.expect, "expect", "", "`FILE` of the failures that are known")
	c.Flags().BoolVar(&g.update, "update-expect", false, "write the file of --expect as this run would need it")
	c.Flags().StringVar(&g.out, "out", "out", "folder for results and reports")
	c.Flags().BoolVar(&g.resume, "resume", false, "go on with the unfinished results.jsonl in --out")
	c.Flags().BoolVar(&g.costs, "profile-run", false, "say at the end what the cases took, by op and by number of energies")
	shardFlag(c, &g.shard)
	g.also.flags(c)
	return c
}

func (g gating) run(cmd *cobra.Command, command []string) error {
	checks, ok := checksOf[g.profile]
	if !ok {
		return exit{result.ExitUsage, fmt.Errorf("--profile %q: want smoke, gate or deep", g.profile)}
	}
	if cmd.Flags().Changed("checks") {
		checks = g.checks
	}
	if checks < 1 {
		return exit{result.ExitUsage, fmt.Errorf("--checks %d: want at least 1", checks)}
	}
	if g.budget < 0 {
		return exit{result.ExitUsage, fmt.Errorf("--budget %v: want a time such as 2m, or 0 for no limit", g.budget)}
	}
	seed, err := parseSeed(g.seed)
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	if g.update && g.expect == "" {
		return exit{result.ExitUsage, errors.New("--update-expect: want --expect FILE, the file to write")}
	}
	shard, err := shardOf(g.shard)
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	if g.update && !shard.IsZero() {
		return exit{result.ExitUsage, fmt.Errorf("--update-expect, --shard %s: a shard sees its own failures alone; write the file in a run without --shard", shard)}
	}
	text, known, err := g.expectations()
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	ctx, stop := interruptible()
	defer stop()
	door, subject, err := g.open(ctx, cmd.ErrOrStderr(), command)
	if err != nil {
		return err
	}
	defer door.Close()
	claims, err := properties.Select(g.claims) // now that its losses are defined
	if err != nil {
		return exit{result.ExitUsage, err}
	}
	claims = slices.DeleteFunc(slices.Clone(claims), func(c properties.Claim) bool { return c.Layer() != "code" })
	if len(claims) == 0 {
		return exit{result.ExitUsage, fmt.Errorf("--claims %s: no claim about code; those on theory are for verify", g.claims)}
	}
	if claims = slices.DeleteFunc(claims, func(c properties.Claim) bool { return !c.Asked(subject) }); len(claims) == 0 {
		return exit{result.ExitUsage, fmt.Errorf("--claims %s: %s offers none of these: batches of nll are offered as nll.batch", g.claims, subject.Name)}
	}
	for _, o := range g.require {
		if !subject.Offers(op.Op(o)) {
			return exit{result.ExitRefuted, fmt.Errorf("--require %s: %s offers only %v", o, subject.Name, subject.Ops)}
		}
	}
	s := session{claims: claims, subject: subject, profile: g.profile, seed: seed, checks: checks, shard: shard, out: g.out,
		resume: g.resume, again: resumption(cmd, seed, command), budget: g.budget, expect: known, known: text, also: g.also,
		replay: func(claim, file string) string {
			again, what := "replay", []string{file}
			if file == "" {
				again, what = "gate", []string{"--claims", claim, "--seed", fmt.Sprint(seed), "--checks", fmt.Sprint(checks)}
			}
			return quoted(slices.Concat([]string{"ebmcheck", again}, g.doorway.given(), what, behind(command))...)
		}}
	if g.costs {
		s.costs = new(judge.Costs)
	}
	if g.update {
		s.expect = nil
		s.judged = func(stdout io.Writer, all []result.Result, files *written) {
			files.add(g.expect, updateExpectations(stdout, g.expect, known, all))
		}
	}
	return s.run(ctx, stop, cmd.OutOrStdout(), cmd.ErrOrStderr())
}

// updateExpectations writes the file of expectations as these results need it, and says
// what has changed by that.
func updateExpectations(stdout io.Writer, file string, known []judge.Expectation, all []result.Result) error {
	var b bytes.Buffer
	if err := judge.WriteExpectations(&b, known, all, result.Required); err != nil {
		return err
	}
	text := b.String()
	es, err := judge.ReadExpectations(&b)
	if err != nil {
		return err
	}
	if err := put(file, []byte(text)); err != nil {
		return err
	}
	all = slices.Clone(all)
	then := "passes"
	if code := result.ExitCode(result.Shard{}, all, true, judge.Expect(es, all, time.Now())); code != result.ExitPassed {
		then = fmt.Sprintf("exits with %d", code)
	}
	fmt.Fprintf(stdout, "%s is written, %d expectations, %d of them with a TODO for the reason: with it this run %s.\n",
		file, len(es), strings.Count(text, "# "+judge.Todo), then)
	return nil
}

// expectations reads the file of --expect, which need not be there if it is
// to be written.
func (g gating) expectations() (text string, es []judge.Expectation, err error) {
	if g.expect == "" {
		return "", nil, nil
	}
	b, err := os.ReadFile(g.expect)
	if g.update && errors.Is(err, fs.ErrNotExist) {
		return "", nil, nil
	} else if err != nil {
		return "", nil, err
	}
	es, err = judge.ReadExpectations(bytes.NewReader(b))
	if err != nil {
		return "", nil, fmt.Errorf("%s: %w", g.expect, err)
	}
	return string(b), es, nil
}
