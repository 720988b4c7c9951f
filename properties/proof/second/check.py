#!/usr/bin/env python3
"""A second checker of certificates, of another hand than the first and without a line in common: python3 check.py FOLDER

It needs Python 3.8 and nothing else. The language, and why each rule is sound, is told in doc.go of package kernel. This one holds the
lines assume, prove and the proof to each other; that they are what the formula in "says" means, the first checker sees to. A wrong line
is named, with its file, and what is wrong; then the exit code is 1. With --each it reads certificates from standard input, each ended by
a line "end", and answers "taken", or "refused" and why, a line each. After "taken" is what the proof asks of its sums: whether it
counts answers, whether n occurs, and of how many functions the sum must exist, and be differentiated term by term.

Here bound indices have no names: an int counts how many sums out the one is that binds it, so that terms which differ in names only are
the same object. A term is a frozenset of (monomial, coefficient), a monomial a pair of a frozenset of (atom, power) and the term in its
exponential. Nothing is decided by its text.

    ('v', x)         a variable                      ('f', F, (i, j))   F[i,j]
    ('i', t)         inv(t)                          ('l', t)           ln(t)
    ('p', t)         pos(t)                          ('s', t)           the sum of t over all answers, its index is 0 in t
    ('d', {i, j})    1 if i is j, else 0

An index is a name, an int that is bound, or while its sum is being read or rebuilt a mark: ('mark', k).
"""
import os
import re
import sys
from fractions import Fraction
from itertools import count

MONOMIALS, PRODUCTS, BITS, TEXT, POWER, DEPTH, WORK = 4096, 1 << 16, 1 << 12, 1 << 16, 64, 64, 1 << 18


class Wrong(Exception):
    """What a line is refused with."""


# Terms.

EMPTY = frozenset()
ONE = (EMPTY, EMPTY)
marks = count()
weights, free = {}, {}  # of atoms: about how long they are, and what is free in them


def weight(atom):
    """About how many bytes the atom has as text."""
    if atom not in weights:
        kind, of = atom[0], atom[-1]
        weights[atom] = 6 + (size(of) if kind in 'ilps' else 4 * len(of) if kind != 'v' else len(of))
    return weights[atom]


def weigh(monomial):
    factors, exponent = monomial
    return sum(weight(a) for a, _ in factors) + (5 + size(exponent) if exponent else 0)


def size(term):
    n = sum(weigh(m) + 2 for m, _ in term)
    if n > TEXT:
        raise Wrong('a term is too long')
    return n


def frees(atom):
    """The names of variables and the indices that are free in the atom."""
    if atom not in free:
        kind, of = atom[0], atom[-1]
        if kind == 'v':
            found = {of}
        elif kind in 'fd':
            found = {i for i in of if not isinstance(i, int)}
        else:
            found = names(of)
        free[atom] = frozenset(found)
    return free[atom]


def names_in(monomial):
    factors, exponent = monomial
    return set().union(*(frees(a) for a, _ in factors), names(exponent))


def names(term):
    return set().union(*(names_in(m) for m, _ in term))


def collect(pairs):
    """The sum of coefficient times monomial."""
    total = {}
    for m, c in pairs:
        c += total.pop(m, 0)
        if c:
            if max(c.numerator.bit_length(), c.denominator.bit_length()) > BITS:
                raise Wrong('a coefficient is too long')
            total[m] = c
            if len(total) > MONOMIALS:
                raise Wrong('a term has too many monomials')
    return frozenset(total.items())


def number(c):
    return collect([(ONE, Fraction(c))])


def add(*terms):
    return collect(x for t in terms for x in t)


def scale(c, t):
    return collect((m, c * k) for m, k in t)


def minus(t):
    return scale(-1, t)


def subtract(a, b):
    return add(a, minus(b))


def join(m, o):
    """The product of two monomials: equal factors are counted, exponents added, and a delta is its own square."""
    powers = dict(m[0])
    for a, n in o[0]:
        powers[a] = 1 if a[0] == 'd' else powers.get(a, 0) + n
    p = frozenset(powers.items()), add(m[1], o[1]) if m[1] and o[1] else m[1] or o[1]
    if weigh(p) > TEXT:
        raise Wrong('a monomial is too long')
    return p


def multiply(*terms):
    total = number(1)
    for t in terms:
        if len(total) * len(t) > PRODUCTS:
            raise Wrong('a product is too long')
        total = collect((join(m, o), c * k) for m, c in total for o, k in t)
    return total


def power(t, n, times=multiply):
    if n > POWER:
        raise Wrong('the power %d is too high' % n)
    result = number(1)
    for _ in range(n):
        result = times(result, t)
    return result


def atom(*a):
    return frozenset([((frozenset([(a, 1)]), EMPTY), Fraction(1))])


def constant(t):
    """The number that t is, or None."""
    if not t:
        return Fraction(0)
    (m, c), = t if len(t) == 1 else [(None, None)]
    return c if m == ONE else None


def exp(t):
    size(t)
    return frozenset([((EMPTY, t), Fraction(1))])


def inverse(t):
    if not t:
        return t
    if len(t) > 1:
        size(t)
        return atom('i', t)
    ((factors, exponent), c), = t
    result = frozenset([((EMPTY, minus(exponent)), 1 / c)])
    for a, n in factors:
        result = multiply(result, power(a[1], n) if a[0] == 'i' else atom(*a) if a[0] == 'd' else power(atom('i', atom(*a)), n))
    return result


def is_exp(t):
    return len(t) == 1 and all(not factors and c == 1 for (factors, _), c in t)


def logarithm(t):
    if is_exp(t):
        ((_, exponent), _), = t
        return exponent
    size(t)
    return atom('l', t)


def positive(t):
    c = constant(t)
    if c is not None:
        return number(max(c, 0))
    size(t)
    return atom('p', t)


def delta(i, j):
    return number(1) if i == j else atom('d', frozenset([i, j]))


def relabel(t, change, depth=0):
    """t with change(index, depth) for each index, depth sums down; where no two indices become one."""
    def of_atom(a):
        kind, of = a[0], a[-1]
        if kind == 'v':
            return a
        if kind == 'f':
            return (kind, a[1], tuple(change(i, depth) for i in of))
        if kind == 'd':
            return (kind, frozenset(change(i, depth) for i in of))
        return (kind, relabel(of, change, depth + (kind == 's')))
    return frozenset(((frozenset((of_atom(a), n) for a, n in factors), relabel(e, change, depth)), c) for (factors, e), c in t)


def opened(body):
    """A mark, and the body of a sum with it as its index."""
    mark = ('mark', next(marks))
    return mark, relabel(body, lambda i, depth: mark if i == depth and isinstance(i, int) else i)


def order(index):
    return isinstance(index, tuple), index


def total(j, t):
    """The sum of t over all answers j."""
    results = []
    for (factors, exponent), c in t:
        here = [(a, n) for a, n in factors if j in frees(a)]
        there = frozenset(factors) - frozenset(here)
        outside = frozenset((m, k) for m, k in exponent if j not in names_in(m))
        inside = exponent - outside
        others = sorted((i for a, _ in here if a[0] == 'd' for i in a[1] if i != j), key=order)
        if others:
            i = others[0]
            here.remove((('d', frozenset([i, j])), 1))
        body = frozenset([((frozenset(here), inside), Fraction(1))])
        if others:
            body = rename(body, j, i)
        elif not here and not inside:
            body = atom('v', 'n')
        else:
            size(body)
            body = atom('s', relabel(body, lambda i, depth: depth if i == j else i))
        results.append(multiply(frozenset([((there, outside), c)]), body))
    return add(*results)


def rebuild(t, leaf):
    """t made again, with leaf(atom) for an atom where that is not None."""
    def of_atom(a):
        new = leaf(a)
        if new is not None:
            return new
        if a[0] == 's':
            mark, body = opened(a[1])
            return total(mark, rebuild(body, leaf))
        return {'i': inverse, 'l': logarithm, 'p': positive}[a[0]](rebuild(a[1], leaf))
    return add(*(multiply(number(c), *[power(of_atom(a), n) for a, n in factors], exp(rebuild(e, leaf)) if e else number(1))
                 for (factors, e), c in t))


def rename(t, j, i):
    """t with the index i for the free index j."""
    if i == j or j not in names(t):
        return t

    def leaf(a):
        if j not in frees(a) or a[0] == 'v':
            return atom(*a)
        if a[0] == 'f':
            return atom('f', a[1], tuple(i if k == j else k for k in a[2]))
        return delta(*(i if k == j else k for k in a[1])) if a[0] == 'd' else None
    return rebuild(t, leaf)


def substitute(t, x, value):
    """t with a value for the variable x."""
    def leaf(a):
        if a == ('v', x):
            return value
        return None if x in frees(a) and a[0] in 'ilps' else atom(*a)
    return rebuild(t, leaf)


# Facts: (term, relation to 0, what it is for all of or None). That a term is not 0 is only ever owed.

RELATIONS = '>=', '>', '='


def implies(fact, other):
    (p, r, j), (q, s, k) = fact, other
    if (j is None) != (k is None):
        return False
    if j is not None:
        mark = ('mark', next(marks))
        p, q = rename(p, j, mark), rename(q, k, mark)
    if s == '!=':
        return r == '>' and (p == q or p == minus(q))
    return p == q and (r == s or s == '>=')


def about_all(j, owed):
    """What is owed of j is owed of all j."""
    return [(p, r, j if k is None and j in names(p) else k) for p, r, k in owed]


def differentiate(t, speed, sign, owed, under):
    """The derivative of t along a path on which atoms move at a speed. What it owes is put on the list, the sums that move in the set."""
    def of_atom(a):
        kind = a[0]
        if kind in 'vf':
            return speed(a)
        if kind == 'd':
            return EMPTY
        if kind == 's':
            mark, body = opened(a[1])
            inner = []
            slope = differentiate(body, speed, sign, inner, under)
            if slope:
                under.add(a)
            for p, _, k in inner:
                if k is not None and mark in names(p):
                    raise Wrong('a sum within a sum owes too much')
            owed.extend(about_all(mark, inner))
            return total(mark, slope)
        of = a[1]
        slope = differentiate(of, speed, sign, owed, under)
        if not slope:
            return EMPTY
        if kind == 'i':
            owed.append((of, '!=', None))
            return minus(multiply(atom(*a), atom(*a), slope))
        if kind == 'l':
            owed.append((of, '>', None))
            return multiply(inverse(of), slope)
        side = sign(of)
        if side == 0:
            raise Wrong('no derivative of pos where no assumption says on which side of 0 its argument is')
        return slope if side > 0 else EMPTY

    result = []
    for (factors, e), c in t:
        for a, n in factors:
            slope = of_atom(a)
            if slope:
                rest = frozenset([((factors - {(a, n)}, e), c * n)])
                result.append(multiply(rest, power(atom(*a), n - 1), slope))
        if e:
            result.append(multiply(frozenset([((factors, e), c)]), differentiate(e, speed, sign, owed, under)))
    return add(*result)


# Text.

RESERVED = 'exp', 'inv', 'ln', 'pos', 'sum', 'D', 'n'
NAME, INTEGER = re.compile('[A-Za-z_][A-Za-z0-9_]*'), re.compile('[+-]?[0-9]+')


def is_name(x):
    return NAME.fullmatch(x) is not None and x not in RESERVED


def named(x):
    if not is_name(x):
        raise Wrong('%r is no name' % x)
    return x


def integer(digits):
    if len(digits) > BITS // 3:
        raise Wrong('a coefficient is too long')
    return int(digits)


class Reader:
    """Reads a term of a theorem."""

    def __init__(self, theorem, text):
        self.theorem, self.tokens, self.bound, self.depth, self.owed = theorem, re.findall('->|[A-Za-z0-9_#~]+|[^ ]', text, re.S), {}, 0, []
        self.tokens.reverse()

    def next(self):
        return self.tokens.pop() if self.tokens else ''

    def accept(self, token):
        if self.tokens and self.tokens[-1] == token:
            self.tokens.pop()
            return True
        return False

    def want(self, token):
        if not self.accept(token):
            raise Wrong('want %s before %r' % (token, ' '.join(self.tokens[::-1])[:80]))

    def whole(self):
        t = self.sum()
        if self.tokens:
            raise Wrong('what is %r after a term?' % ' '.join(self.tokens[::-1])[:80])
        return t

    def sum(self):
        self.depth += 1
        if self.depth > DEPTH:
            raise Wrong('brackets are too deep')
        t = self.product()
        while True:
            if self.accept('+'):
                t = add(t, self.product())
            elif self.accept('-'):
                t = subtract(t, self.product())
            else:
                self.depth -= 1
                return t

    def product(self):
        t = self.signed()
        while True:
            if self.accept('*'):
                t = self.theorem.multiply(t, self.signed())
            elif self.accept('/'):
                k = self.next()
                if not re.fullmatch('[0-9]+', k) or not integer(k):
                    raise Wrong('a division, but by an integer')
                t = scale(Fraction(1, integer(k)), t)
            else:
                return t

    def signed(self):
        negative = False
        while self.accept('-'):
            negative = not negative
        t = self.primary()
        if self.accept('^'):
            k = self.next()
            if not re.fullmatch('[0-9]+', k):
                raise Wrong('an exponent is a whole number')
            t = power(t, integer(k), self.theorem.multiply)
        return minus(t) if negative else t

    def index(self):
        i = self.next()
        return self.bound[i] if i in self.bound else named(i)

    def binding(self, read):
        """What read gives, of the index that comes next; it may have a # in its name."""
        j = self.next()
        named(j.replace('#', 'j', 1))
        old, start, mark = self.bound.get(j), len(self.owed), ('mark', next(marks))
        self.bound[j] = mark
        result = read(mark)
        self.owed[start:] = about_all(mark, self.owed[start:])
        del self.bound[j]
        if old is not None:
            self.bound[j] = old
        return result

    def primary(self):
        x = self.next()
        if x == '(':
            t = self.sum()
            self.want(')')
            return t
        if re.fullmatch('[0-9]+', x):
            return number(integer(x))
        if x == 'n':
            return atom('v', 'n')
        if self.tokens[-1:] == ['('] and (is_name(x) or x in RESERVED):
            self.next()
            t = self.function(x)
            self.want(')')
            return t
        named(x)
        short = self.theorem.short.get(x)
        if short is None:
            self.theorem.used.add(x)
        if not self.accept('['):
            if short is None:
                return atom('v', x)
            if short[0]:
                raise Wrong('%s takes an index' % x)
            self.theorem.spend(len(short[1]))
            self.owed += short[2]
            return short[1]
        indices = [self.index()]
        while short is None and self.accept(','):
            indices.append(self.index())
        self.want(']')
        if short is None:
            return atom('f', x, tuple(indices))
        j, t, owed = short
        if not j:
            raise Wrong('%s takes no index' % x)
        self.theorem.spend(size(t))
        self.owed += [(rename(p, j, indices[0]), r, k) for p, r, k in owed]
        return rename(t, j, indices[0])

    def function(self, x):
        if x == 'sum':
            def read(j):
                self.want(',')
                return total(j, self.sum())
            return self.asks(self.binding(read))
        if x == 'd':
            i = self.index()
            self.want(',')
            self.theorem.counts = True
            return delta(i, self.index())
        if x == 'D':
            return self.derivative()
        t = self.sum()
        if x == 'exp':
            return exp(t)
        if x == 'inv':
            self.owed += self.divisor(t)
            return inverse(t)
        if x == 'ln':
            if not is_exp(t):
                self.owed.append((t, '>', None))
            return logarithm(t)
        if x == 'pos':
            return positive(t)
        raise Wrong('no function %s' % x)

    @staticmethod
    def divisor(t):
        """1/t has a meaning: no factor of t is 0. The argument of an inverse was owed when it was read."""
        if len(t) != 1:
            return [(t, '!=', None)]
        return [(atom(*a), '!=', None) for (factors, _), _ in t for a, _ in factors if a[0] != 'i']

    def derivative(self):
        if self.theorem.frames is not None:
            raise Wrong('a derivative in a proof')
        t, speeds = self.sum(), {}
        while self.accept(';'):
            x = named(self.next())
            if x in self.theorem.short:
                raise Wrong('%s is an abbreviation' % x)
            if self.accept('['):
                def read(j):
                    self.want(']')
                    self.want('->')
                    return j, self.sum()
                speeds['f', x] = self.binding(read)
            else:
                self.want('->')
                speeds['v', x] = self.sum()

        def speed(a):
            if a[0] == 'v':
                return speeds.get(a, EMPTY)
            if len(a[2]) != 1 or ('f', a[1]) not in speeds:
                return EMPTY
            j, s = speeds['f', a[1]]
            return rename(s, j, a[2][0])
        return self.asks(differentiate(t, speed, self.theorem.sign, self.owed, self.theorem.under))

    def asks(self, t):
        """The term, which asks of sums what it does before any of it cancels; within a sum that one does."""
        if not self.bound:
            self.theorem.asks(t)
        return t


# Theorems and their proofs.

class Frame:
    """A goal, with the facts at hand, and what to do when it is reached."""

    def __init__(self, goal, facts, then):
        self.goal, self.facts, self.then = goal, list(facts), then


class Theorem:
    def __init__(self):
        self.name, self.short, self.used, self.given, self.goals, self.owed = '', {}, set(), [], [], []
        self.frames, self.proved, self.work = None, False, 0
        self.counts, self.atoms, self.under = False, set(), set()

    def asks(self, t):
        """What the term asks of sums."""
        for (factors, e), _ in t:
            for a, _ in factors:
                if a not in self.atoms:
                    self.atoms.add(a)
                    self.counts |= a[0] == 'd'
                    if a[0] in 'ilps':
                        self.asks(a[1])
            self.asks(e)

    def spend(self, n):
        self.work += n
        if self.work > WORK:
            raise Wrong('too much work')

    def multiply(self, t, o):
        self.spend(len(t) * len(o))
        return multiply(t, o)

    # lines

    def line(self, text):
        if len(text.encode()) > TEXT:
            raise Wrong('the line is too long')
        word, _, rest = text.strip().partition(' ')
        if self.proved:
            raise Wrong('after the end of the proof')
        if word == 'let':
            self.let(rest)
        elif self.frames is not None:
            self.step(word, [a.strip() for a in rest.split('|')])
        elif word == 'theorem' and not self.name and rest:
            self.name = rest
        elif word == 'assume':
            self.given.append(self.fact(rest)[0])
        elif word == 'prove':
            fact, owed = self.fact(rest)
            self.goals.append(fact)
            self.owed += owed
        elif word == 'proof' and not rest and self.name and self.goals:
            self.frames = []
            for t, _, _ in self.given:
                self.asks(t)
            self.begin(0, self.given)
        else:
            raise Wrong('no line of a theorem')

    def read(self, text):
        reader = Reader(self, text)
        return reader.whole(), reader.owed

    def term(self, text):
        t = self.read(text)[0]
        self.asks(t)
        return t

    def let(self, text):
        left, equals, right = text.partition('=')
        m = re.fullmatch(r' *([A-Za-z0-9_#~]+) *(?:\[ *([A-Za-z0-9_#~]+) *\] *)?', left)
        if not equals or not m or not is_name(m[1]) or m[1] in self.short or m[1] in self.used:
            raise Wrong('no abbreviation, or of a name that has a meaning')
        if m[2]:
            named(m[2])
        self.short[m[1]] = (m[2], *self.read(right))

    def fact(self, text):
        j = None
        if text.startswith('all '):
            j, colon, text = text[4:].partition(':')
            if not colon or not is_name(j):
                raise Wrong('want all j: and a relation')
        text = text.replace('->', '\u2192')
        for r in RELATIONS:
            left, sign, right = text.partition(r)
            if sign:
                (p, owed), (q, more) = (self.read(side.replace('\u2192', '->')) for side in (left, right))
                return (subtract(p, q), r, j), about_all(j, owed + more)
        raise Wrong('no relation')

    def sign(self, t):
        for p, r, j in self.given:
            if r == '>' and j is None and t in (p, minus(p)):
                return 1 if t == p else -1
        return 0

    # goals

    def begin(self, k, facts):
        if k == len(self.goals):
            self.pay(self.owed, facts)
            self.proved = True
            return
        frame = self.open(self.goals[k], facts, lambda: self.begin(k + 1, frame.facts + [self.goals[k]]))

    def pay(self, owed, facts):
        for o in owed:
            if not any(implies(f, o) for f in facts):
                raise Wrong('what is owed for a meaning is not among the facts')

    def open(self, goal, facts, then):
        if len(self.frames) >= DEPTH:
            raise Wrong('goals are too deep')
        self.asks(goal[0])
        self.frames.append(Frame(goal, facts, then))
        return self.frames[-1]

    def close(self):
        self.frames.pop().then()

    @property
    def top(self):
        return self.frames[-1]

    # rules

    def step(self, rule, arguments):
        do = getattr(self, 'rule_' + rule, None)
        if do is None or do.__code__.co_argcount - 1 != len(arguments):
            raise Wrong('no rule %s of %d arguments' % (rule, len(arguments)))
        self.spend(len(self.top.facts))
        do(*arguments)

    def put(self, t, relation, j=None):
        self.asks(t)
        self.top.facts.append((t, relation, j))

    def get(self, k):
        if not INTEGER.fullmatch(k) or not 0 <= int(k[:20]) < len(self.top.facts):
            raise Wrong('there is no fact %s' % k)
        fact = self.top.facts[int(k)]
        self.spend(len(fact[0]))
        return fact

    def plain(self, k):
        p, r, j = self.get(k)
        if j is not None:
            raise Wrong('fact %s is about all %s' % (k, j))
        return p, r

    def about(self, k):
        p, r, j = self.get(k)
        if j is None:
            raise Wrong('fact %s is not about all indices' % k)
        return p, r, j

    def above(self, k, *terms):
        p, r = self.plain(k)
        if r != '>' or p not in terms:
            raise Wrong('fact %s does not give that sign' % k)

    @staticmethod
    def relation(r):
        if r not in RELATIONS:
            raise Wrong('%r is no relation' % r)
        return r

    def rule_exp(self, t):
        t = self.term(t)
        self.put(subtract(exp(t), add(number(1), t)), '>=')

    def rule_exps(self, t, k):
        t = self.term(t)
        self.above(k, t, minus(t))
        self.put(subtract(exp(t), add(number(1), t)), '>')

    def rule_expp(self, t):
        self.put(exp(self.term(t)), '>')

    def rule_sq(self, t):
        t = self.term(t)
        self.put(self.multiply(t, t), '>=')

    def rule_pos(self, t):
        t = self.term(t)
        p = positive(t)
        self.put(p, '>=')
        self.put(subtract(p, t), '>=')
        self.put(self.multiply(p, subtract(p, t)), '=')

    def rule_inv(self, t, k):
        t = self.term(t)
        self.above(k, t, minus(t))
        self.put(subtract(multiply(t, inverse(t)), number(1)), '=')

    def rule_ln(self, t, k):
        t = self.term(t)
        self.above(k, t)
        self.put(subtract(exp(logarithm(t)), t), '=')

    def rule_comb(self, text):
        items = []
        for item in text.split(';'):
            left, at, right = item.partition('@')
            if not at:
                raise Wrong('want c @ facts')
            t = self.term(left)
            facts = [self.plain(k.strip()) for k in right.split(',')]
            c, relations = constant(t), [r for _, r in facts]
            relation = next((r for r in ('=', '>=') if r in relations), '>')
            if relation != '=' and (c is None or c <= 0):
                raise Wrong('the factor of an inequality is no number above 0')
            for p, _ in facts:
                t = self.multiply(t, p)
            items.append((t, relation))
        relations = [r for _, r in items]
        self.put(add(*(t for t, _ in items)), next((r for r in ('>', '>=') if r in relations), '='))

    def rule_div(self, t, relation, k, l):
        t, relation, (p, r), (q, s) = self.term(t), self.relation(relation), self.plain(k), self.plain(l)
        if s != '>' or not implies((p, r, None), (self.multiply(q, t), relation, None)):
            raise Wrong('fact %s is not fact %s times that, or the latter not above 0' % (k, l))
        self.put(t, relation)

    def rule_anti(self, k, l):
        (p, _), (q, _) = self.plain(k), self.plain(l)
        if p != minus(q):
            raise Wrong('facts %s and %s are not opposite' % (k, l))
        self.put(p, '=')

    def rule_delta(self, i, j, t):
        t, self.counts = self.term(t), True
        self.put(multiply(delta(named(i), named(j)), subtract(t, rename(t, j, i))), '=')

    def rule_inst(self, k, i):
        p, r, j = self.about(k)
        self.put(rename(p, j, named(i)), r)

    def rule_sum(self, k):
        p, r, j = self.about(k)
        self.put(total(j, p), r)

    def rule_drop(self, k, i):
        p, r, j = self.about(k)
        if r == '=':
            raise Wrong('fact %s is an equality' % k)
        self.counts = True
        self.put(subtract(total(j, p), rename(p, j, named(i))), '>=')

    def rule_have(self, t, relation):
        goal = self.term(t), self.relation(relation), None
        self.open(goal, self.top.facts, lambda: self.put(*goal))

    def rule_all(self, j, t, relation):
        named(j)
        t, relation = self.term(t), self.relation(relation)
        if any(k != j and j in names(p) for p, _, k in self.top.facts):
            raise Wrong('%s is not any index' % j)
        self.open((t, relation, None), self.top.facts, lambda: self.put(t, relation, j))

    def rule_cases(self, t):
        t, goal, facts = self.term(t), self.top.goal, list(self.top.facts)
        self.open(goal, facts + [(t, '>=', None)], lambda: self.open(goal, facts + [(minus(t), '>', None)], self.close))

    def rule_mono(self, x, a, t, relation, k):
        a, t, relation = self.term(a), self.term(t), self.relation(relation)
        since = subtract(atom('v', named(x)), a), '>=', None
        if x in self.short or x in names(a) or relation == '=' or not implies((*self.plain(k), None), since):
            raise Wrong('%s is no variable of which fact %s says that it is at least that' % (x, k))
        facts = [f for f in self.top.facts if x not in names(f[0])]
        owed = []
        slope = differentiate(t, lambda a: number(1) if a == ('v', x) else EMPTY, lambda t: 0, owed, self.under)

        def differentiable():
            self.pay(owed, second[0].facts)
            self.put(t, relation)
        second = []
        self.open((substitute(t, x, a), relation, None), facts,
                  lambda: second.append(self.open((slope, '>=', None), facts + [since], differentiable)))

    def rule_qed(self, k):
        if not implies(self.get(k), self.top.goal):
            raise Wrong('fact %s is not the goal' % k)
        self.close()

    def rule_absurd(self, k):
        p, r = self.plain(k)
        c = constant(p)
        if c is None or not (c < 0 or c == 0 and r == '>' or c > 0 and r == '='):
            raise Wrong('fact %s may be so' % k)
        self.close()


def checked(text):
    """Why the certificate is refused, with the number of the line, or ''; and the theorem."""
    weights.clear()
    free.clear()
    theorem, lines = Theorem(), (text[:-1] if text.endswith('\n') else text).split('\n')
    for i, line in enumerate(lines):
        if i == 1 and line.startswith('says '):
            continue
        try:
            theorem.line(line)
        except Wrong as w:
            return '%d: %s' % (i + 1, w), theorem
    return '' if theorem.proved else '%d: the certificate ends before the proof does' % len(lines), theorem


def main():
    sys.setrecursionlimit(20000)
    if sys.argv[1:] == ['--each']:
        lines = []
        for line in sys.stdin:
            if line == 'end\n':
                why, t = checked(''.join(lines))
                sums = sum(a[0] == 's' for a in t.atoms)
                print('refused %s' % why if why else 'taken %d %d %d %d' % (t.counts, ('v', 'n') in t.atoms, sums, len(t.under)), flush=True)
                lines = []
            else:
                lines.append(line)
        return
    if len(sys.argv) != 2 or not os.path.isdir(sys.argv[1]):
        sys.exit('usage: python3 check.py FOLDER, that of the certificates')
    files = sorted(f for f in os.listdir(sys.argv[1]) if f.endswith('.proof'))
    for f in files:
        path = os.path.join(sys.argv[1], f)
        with open(path, encoding='utf-8') as text:
            why, _ = checked(text.read())
        if why:
            sys.exit('%s:%s' % (path, why))
    if not files:
        sys.exit('%s has no certificate' % sys.argv[1])
    print('%d certificates, all taken' % len(files))


if __name__ == '__main__':
    main()
