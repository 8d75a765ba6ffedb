// A stock y-websocket client under Node, driven line by line: it knows nothing of our protocol.
// Arguments: socket address without the score, score id, Cookie header, Origin header.
import { createInterface } from 'node:readline';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

const [address, score, cookie, origin] = process.argv.slice(2);

class BrowserLikeSocket extends WebSocket {
  constructor(url, protocols) {
    super(url, protocols, { headers: { Cookie: cookie }, origin });
  }
}

const say = (message) => { process.stdout.write(`${JSON.stringify(message)}\n`); };
const ydoc = new Y.Doc();
const notes = ydoc.getMap('notes');
const provider = new WebsocketProvider(address, score, ydoc, {
  WebSocketPolyfill: BrowserLikeSocket,
  disableBc: true,
});

provider.on('sync', (synced) => { say({ event: 'sync', synced, notes: notes.size }); });
provider.on('connection-close', (event) => { say({ event: 'close', code: event?.code ?? null }); });
provider.awareness.on('change', () => {
  const states = Object.fromEntries(provider.awareness.getStates());
  say({ event: 'awareness', states });
});
notes.observe((event, transaction) => {
  if (!transaction.local) {
    say({ event: 'notes', keys: Object.fromEntries([...event.keysChanged].map((key) => [key, notes.get(key) ?? null])) });
  }
});

const commands = {
  set: ({ key, value }) => { notes.set(key, value); },
  delete: ({ key }) => { notes.delete(key); },
  point: ({ state }) => { provider.awareness.setLocalState(state); },
  tell: () => { say({ event: 'content', client: ydoc.clientID, notes: notes.toJSON() }); },
  quit: () => {
    provider.destroy();
    process.exit(0);
  },
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const command = JSON.parse(line);
  commands[command.do](command);
});
