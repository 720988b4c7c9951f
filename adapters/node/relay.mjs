// What the runner starts as its child where another process answers:
//
//   node relay.mjs PORT
//
// connects to PORT of this machine, says the word in EBMCHECK_TOKEN, and hands on the
// runner's lines to there and the answers to the runner, until either side ends.

import net from 'node:net';

const line = net.connect(Number(process.argv[2]), '127.0.0.1');
line.setNoDelay();
line.write(process.env.EBMCHECK_TOKEN + '\n');
line.on('error', () => {}); // and then it closes
line.on('close', () => process.exit(0));
process.stdin.pipe(line);
line.pipe(process.stdout);
