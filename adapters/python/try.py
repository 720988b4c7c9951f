"""Tries an adapter without ebmcheck: does it speak the protocol?

    python3 try.py -- python3 my_losses.py
    python3 try.py --speed -- python3 my_losses.py

Starts the adapter, sends each op it offers a few calls, ordinary and special,
and prints every call with its answer. Only the form of an answer is looked at,
not whether its numbers are right. Exit status 1 if anything was wrong. With
--speed it also measures, for half a second an op, calls a second in batches of 100.
"""

import json
import re
import subprocess
import sys
import time

# What each op is sent besides the energies, which field of its answer is not value, what
# a formula calls a parameter, and the ops of two energies. Written out again, and not
# taken from ebmcheck_adapter, whose import gives standard output away.
# ops, as `make update` writes them
SENT = {
    "gibbs": ("beta",),
    "free_energy": ("beta",),
    "infer": (),
    "energy": ("answer",),
    "perceptron": ("answer",),
    "nll": ("answer", "beta"),
    "mee": ("answer", "beta"),
    "simple": ("margin",),
    "hinge": ("margin",),
    "log": (),
    "soft_hinge": ("margin", "beta"),
    "square_square": ("margin",),
    "square_exp": ("gamma",),
    "mce": (),
    "lvq2": ("cap",),
}
ANSWERS = {
    "gibbs": "probs",
    "infer": "index",
}
PARAMETERS = {
    "beta": "beta",
    "margin": "m",
    "gamma": "gamma",
    "cap": "M",
}
PAIRS = {
    "simple",
    "hinge",
    "log",
    "soft_hinge",
    "square_square",
    "square_exp",
    "mce",
    "lvq2",
}
# end of ops
# Numbers that every precision holds exactly, bfloat16 too.
ORDINARY = [[0.5, -1.25], [-0.5, 2.0, 1.0]]
SPECIAL = [[0.0, 0.0], [-0.0, 40.0], [40.0, 0.0], [704.0, -8.0], [-38.0, 0.0], [1.0], [2.0, 1.0, 1.0],
           ["Infinity", 1.0], ["Infinity", "Infinity"], ["-Infinity", 1.0], ["NaN", 1.0], ["Infinity", "NaN"]]


def parameters(formula):
    """What a formula is sent besides the energies: its words but those before ( [ and :, and y, ybar, n."""
    bound = set(re.findall(r"\(\s*(\w+)\s*(?:!=\s*\w+\s*)?:", formula))
    words = re.findall(r"(?<!\w)[^\W\d]\w*(?!\w|\s*[\[(])", formula)
    if re.search(r"\bp\s*\[", formula):
        words.append("beta")
    return sorted(set(words) - bound - {"y", "ybar", "n"})


def calls(op, formula=None):
    """One ordinary call or two, then the special ones. A loss with a formula is asked as a pair."""
    def call(energies, **other):
        given = {"answer": 0, "beta": 2.0, "margin": 1.0, "gamma": 0.5, "cap": 1.0, **other}
        if formula is None:
            sent = SENT[op] + (("answer",) if op in PAIRS else ())
            return {"op": op, "energies": energies, **{name: given[name] for name in sent}}
        sent = {"op": op, "energies": energies, "answer": 0}
        for name in parameters(formula):
            field = {n: f for f, n in PARAMETERS.items()}.get(name)
            if field:
                sent[field] = given[field]
            else:
                sent.setdefault("params", {})[name] = 1.5
        return sent

    fits = (lambda e: len(e) == 2) if op in PAIRS or formula else (lambda e: True)
    ordinary = [call(e) for e in ORDINARY if fits(e)]
    special = [call(e) for e in SPECIAL if fits(e)]
    if op == "gibbs":
        special += [call([1.0, 2.0], beta="Infinity"), call([1.0, 2.0], beta=0.0)]
    return ordinary, special


def batches(of, formula):
    """The ordinary calls of op of as a batch of one row and, if they are as long, of two."""
    rows, _ = calls(of, formula)
    rows = [{k: v for k, v in row.items() if k != "op"} for row in rows if len(row["energies"]) == len(rows[0]["energies"])]
    mask = [[True] * len(row["energies"]) for row in rows]
    return [{"op": "batch", "of": of, "rows": rows, "mask": mask, "weights": [2.0] * len(rows), "reduction": r} for r in ("none", "mean", "sum")]


def no_bare(token):
    raise ValueError("bare %s: write the string \"%s\"" % (token, token))


def is_real(x):
    return x in ("NaN", "Infinity", "-Infinity") if isinstance(x, str) else type(x) in (int, float)


def wrong(call, answer):
    """What is wrong with the form of an answer, or None."""
    if not isinstance(answer, dict):
        return "not an object"
    for refusal in ("unsupported", "error"):
        if refusal in answer:
            return None if isinstance(answer[refusal], str) and answer[refusal] else refusal + " wants a message"
    if call["op"] == "batch":
        table, numbers = answer.get("grads", []), answer.get("values") if call["reduction"] == "none" else [answer.get("value")]
        if not isinstance(numbers, list) or not all(map(is_real, numbers)):
            return "values wants a list of numbers" if call["reduction"] == "none" else "value wants a number"
        if not isinstance(table, list) or not all(isinstance(row, list) and all(map(is_real, row)) for row in table):
            return "grads wants a list of lists of numbers"
        return None
    n = len(call["energies"])
    field = ANSWERS.get(call["op"], "value")
    if field == "index":
        i = answer.get("index")
        return None if type(i) is int and 0 <= i < n else "index wants an integer from 0 to %d" % (n - 1)
    if field == "probs":
        vector, scalar = answer.get("probs"), 0.0
    else:
        vector, scalar = answer.get("grad", [0.0] * n), answer.get("value")
    if not is_real(scalar):
        return "value wants a number"
    if not isinstance(vector, list) or not all(map(is_real, vector)):
        return "probs or grad wants a list of numbers"
    return None if len(vector) == n else "%d numbers for %d energies" % (len(vector), n)


class Adapter:
    def __init__(self, command):
        self.child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.seq = 0

    def send(self, message):
        self.child.stdin.write((json.dumps(message) + "\n").encode())
        self.child.stdin.flush()

    def ask(self, message):
        self.send(message)
        line = self.child.stdout.readline()
        if not line.endswith(b"\n"):
            sys.exit("the adapter ended: exit status %s" % self.child.wait())
        try:
            return json.loads(line.decode("utf-8"), parse_constant=no_bare)
        except ValueError as e:
            sys.exit("not JSON: %s\n  %r" % (e, line[:200]))

    def run(self, batch):
        self.seq += 1
        reply = self.ask({"cmd": "run", "seq": self.seq, "calls": batch})
        if reply.get("seq") != self.seq:
            sys.exit("seq %r echoed for %d" % (reply.get("seq"), self.seq))
        if len(reply.get("results", [])) != len(batch):
            sys.exit("%d results for %d calls" % (len(reply.get("results", [])), len(batch)))
        return reply["results"]

    def stop(self):
        self.send({"cmd": "stop"})
        return self.child.wait(timeout=10)


def main(argv):
    if "--" not in argv or not argv[argv.index("--") + 1:]:
        sys.exit(__doc__)
    cut = argv.index("--")
    began = time.perf_counter()
    adapter = Adapter(argv[cut + 1:])
    start = adapter.ask({"cmd": "start", "version": 1})
    print("%s  (%.1f s)" % (json.dumps(start), time.perf_counter() - began))
    faults = []
    if start.get("version") != 1 or not start.get("implementation", {}).get("name"):
        faults.append("start: wants version 1 and implementation.name")
    if start.get("precision") not in ("float64", "float32", "bfloat16", "float16"):
        faults.append("start: precision %r" % start.get("precision"))
    formulas = {entry["name"]: entry.get("formula") for entry in start["ops"] if isinstance(entry, dict) and "name" in entry}
    for entry in start["ops"]:
        op, formula = (entry.get("name"), entry.get("formula")) if isinstance(entry, dict) else (entry, None)
        of = op[:-len(".batch")] if str(op).endswith(".batch") else None
        if op == "batch":
            print("  batch is of every loss on offer: not tried")
            continue
        if of is None and op not in SENT and not formula or of and of not in SENT and of not in formulas:
            faults.append("start: unknown op %r" % entry)
            continue
        ordinary, special = (batches(of, formulas.get(of)), []) if of else calls(op, formula)
        for i, (call, answer) in enumerate(zip(ordinary + special, adapter.run(ordinary + special))):
            why = wrong(call, answer)
            if why is None and i < len(ordinary) and "error" in answer:
                why = "an ordinary call refused"
            if why:
                faults.append("%s: %s" % (op, why))
            sent = {k: v for k, v in call.items() if k != "op"}
            print("%s %-14s %s → %s" % ("✗" if why else " ", op, json.dumps(sent), json.dumps(answer)))
            if why:
                print("    ^ " + why)
        if "--speed" in argv[:cut]:
            batch, done = ordinary[:1] * 100, 0
            began = time.perf_counter()
            while time.perf_counter() - began < 0.5:
                adapter.run(batch)
                done += len(batch)
            print("  %-14s %.0f calls/s" % (op, done / (time.perf_counter() - began)))
    status = adapter.stop()
    if status != 0:
        faults.append("exit status %d after stop" % status)
    print("\n".join(faults) or "the protocol is spoken: %d ops" % len(start["ops"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
