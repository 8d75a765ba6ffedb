import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const source = fileURLToPath(new URL('./static/src', import.meta.url));

/** Each page has one entry; Django's templates name it as `pages/<name>.ts`. */
function pages(): string[] {
  return readdirSync(`${source}/pages`)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => `${source}/pages/${name}`);
}

// The sound engine's Vorbis decoder would instantiate WebAssembly at import; our banks are SF2.
const resolve = { alias: { 'stb-vorbis': `${source}/audio/vorbis-absent.ts` } };

/** The server's renderer: the page's sound engine, bundled for Node. */
const renderer = defineConfig({
  root: source,
  publicDir: false,
  resolve,
  ssr: { noExternal: true },
  build: {
    ssr: `${source}/audio/render-node.ts`,
    outDir: fileURLToPath(new URL('./static/dist/render', import.meta.url)),
    target: 'node20',
    rolldownOptions: { output: { entryFileNames: 'render.mjs' } },
  },
});

const browser = defineConfig({
  root: source,
  base: '/static/',
  publicDir: false,
  resolve,
  build: {
    outDir: fileURLToPath(new URL('./static/dist', import.meta.url)),
    // A server that is running goes on serving the bundle that it began with.
    emptyOutDir: false,
    manifest: 'manifest.json',
    target: 'es2022',
    // Inlined files would need data: addresses, which the content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: pages() },
  },
  worker: { format: 'es' },
});

export default defineConfig(({ mode }) => (mode === 'render' ? renderer : browser));
