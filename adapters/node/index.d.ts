/** Numbers of any kind of array. */
export type Reals = ArrayLike<number> | Iterable<number>;

/** What a loss returns: its value, with or without the gradient by each energy. */
export type Answer = number | { value: number; grad: Reals };

/** A function of the energies and what its op is sent, which returns what the op answers. */
export type Op = (F: number[], ...sent: any[]) => Answer | Reals | Promise<Answer | Reals>;

/** What a loss by its formula is given beside the energies: its parameters, and y. */
export type Given = { [name: string]: number };

/** Ranges of parameters: the least and the largest. */
export type Ranges = { [parameter: string]: [number, number] };

export type LossFunction = (F: number[], given: any) => Answer | Promise<Answer>;

export interface Loss {
  formula: string;
  ranges: Ranges;
  f: LossFunction;
}

export type Precision = 'float64' | 'float32' | 'bfloat16' | 'float16';

export interface Arithmetic {
  precision?: Precision;
  declares?: { [what: string]: number | boolean | string };
}

/** This call is outside what the implementation does; the message says why. */
export class Unsupported extends Error {}

/** A loss that its formula defines: the ranges of its parameters, and the function. */
export function loss(formula: string, ranges: Ranges, f: LossFunction): Loss;

/** Marks f as one that is given all the calls of a request at once: each argument an array, one entry a call. */
export function batched(f: (F: number[][], ...columns: any[]) => any): Op & LossFunction;

/** What a batch is given beside its table of energies, and the other arguments as columns. */
export interface Table {
  /** Which energies count; what pads a row does not. */
  mask: boolean[][];
  /** Of each row, 0 or more. */
  weights: number[];
  reduction: 'none' | 'mean' | 'sum';
}

/** What a batch returns: its value, of reduction none the values of the rows, and the gradient by each energy. */
export type Reduced = number | Reals | { value: number; grads?: Iterable<Reals> } | { values: Reals; grads?: Iterable<Reals> };

export type BatchFunction = (F: number[][], ...given: any[]) => Reduced | Promise<Reduced>;

/** Answers the runner, over standard input and output, until it says stop. */
export function serve(name: string, ops: { [op: string]: Op | Loss }, about?: Arithmetic & { batch?: { [loss: string]: BatchFunction }; [info: string]: unknown }): Promise<never>;

/** There is no ebmcheck to run; the message says how to come by one. */
export class NoBinary extends Error {}

/** What the runner found of a function. */
export class Verdict {
  readonly name: string;
  /** The exit code of the runner. */
  readonly code: number;
  /** The runner's summary, with the counterexamples. */
  readonly text: string;
  /** The result lines of claims that were put to the test. */
  readonly results: { [field: string]: any }[];
  /** Which parts of the formula let errors pass as they are written, and what to write. */
  readonly advice: string[];
  /** Whether every claim that is required passed, and something was tested. */
  readonly passed: boolean;
  /** One line: the worst grade in each regime, or what failed. */
  line(): string;
}

/** A claim that is required did not pass, or nothing was tested. */
export class Failed extends Error {
  readonly verdict: Verdict;
}

export interface Checking extends Arithmetic {
  profile?: 'smoke' | 'gate' | 'deep';
  /** The seconds that a call may take, 10 unless said. */
  timeout?: number;
  /** A folder to keep: results.jsonl, report.html, counterexamples. */
  out?: string | URL;
}

/** The verdict on f, if every required claim passes; else rejects with Failed. */
export function check(f: Op, of: Checking & { op: string }): Promise<Verdict>;
export function check(f: LossFunction, of: Checking & { formula: string; ranges?: Ranges }): Promise<Verdict>;
export function check(f: Loss, how?: Checking): Promise<Verdict>;
