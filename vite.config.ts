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

export default defineConfig({
  root: source,
  base: '/static/',
  publicDir: false,
  build: {
    outDir: fileURLToPath(new URL('./static/dist', import.meta.url)),
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2022',
    // Inlined files would need data: addresses, which the content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: pages() },
  },
  worker: { format: 'es' },
});
