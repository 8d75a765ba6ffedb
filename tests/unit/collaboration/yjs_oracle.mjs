// What Yjs shows after each row, kept alive and asked line by line.
// Argument: the names of the root maps as JSON. A line holds rows and a snapshot in base64.
import { createInterface } from 'node:readline';
import * as Y from 'yjs';

const roots = JSON.parse(process.argv[2]);

// JSON has no undefined, NaN or bigint; a peer that sees one must not look like one that doesn't.
const plain = (value) => (Array.isArray(value) ? value.map(plain)
  : value === undefined || typeof value === 'bigint' || Number.isNaN(value) ? { odd: String(value) }
    : value);
const seen = (doc) => ({
  content: Object.fromEntries(roots.map((root) => [
    root,
    Object.fromEntries([...doc.getMap(root).entries()].map(([key, value]) => [key, plain(value)])),
  ])),
  waiting: doc.store.pendingStructs !== null || doc.store.pendingDs !== null,
});
const loaded = (update) => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return seen(doc);
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const { rows, snapshot } = JSON.parse(line);
  const doc = new Y.Doc();
  const steps = rows.map((row) => {
    Y.applyUpdate(doc, Buffer.from(row, 'base64'));
    return seen(doc);
  });
  const answer = {
    steps,
    fresh: [loaded(Buffer.from(snapshot, 'base64')), loaded(Y.encodeStateAsUpdate(doc))],
  };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});
