// What compiles, and what must not.
import { Failed, Verdict, check, loss, serve } from 'ebmcheck';

const right = (F: number[], m: number) => Math.max(m + F[0] - F[1], 0);
const verdict: Verdict = await check(right, { op: 'hinge', precision: 'float32' });
await check(loss('m*F[y]', { m: [0, 1] }, (F, { m }) => ({ value: m * F[0], grad: [m, 0] })));
await check((F, { m }: { m: number }) => m * F[0], { formula: 'm*F[y]', out: 'out' });
try {
  await serve('mine', { infer: (F) => F.indexOf(Math.min(...F)) }, { version: '1' });
} catch (e) {
  if (e instanceof Failed) console.log(e.verdict.results[0].claim, verdict.line());
}
// @ts-expect-error: neither op nor formula
await check(right);
// @ts-expect-error: no such precision
await check(right, { op: 'hinge', precision: 'float8' });
// @ts-expect-error: a string is no answer
await check(() => 'one', { op: 'hinge' });
