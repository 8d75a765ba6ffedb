import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const LAYERS = ['music', 'doc', 'roll', 'net', 'audio', 'ai', 'ui', 'pages'];
const BESIDE = ['roll', 'net', 'audio', 'ai'];
const MAY_SPEAK = ['ui', 'pages', 'roll'];
const DOM_FREE = ['music', 'doc'];
const DOM_GLOBALS = ['window', 'document', 'navigator', 'localStorage', 'HTMLElement'];

/** What one layer must not import: the layers above it, and by value the ones beside it. */
function fences(layer) {
  const height = (name) =>
    BESIDE.includes(name) ? LAYERS.indexOf('roll') : LAYERS.indexOf(name);
  const above = LAYERS.filter((name) => height(name) > height(layer));
  const beside = LAYERS.filter((name) => name !== layer && height(name) === height(layer));
  const patterns = [];
  if (above.length > 0) {
    patterns.push({
      group: above.flatMap((name) => [`**/${name}/*`, `**/${name}/**`]),
      message: `${layer}/ is a lower layer: it must not know the ones above it.`,
    });
  }
  if (beside.length > 0) {
    patterns.push({
      group: beside.flatMap((name) => [`**/${name}/*`, `**/${name}/**`]),
      allowTypeImports: true,
      message: `${layer}/ may import only types of the layers beside it.`,
    });
  }
  if (!MAY_SPEAK.includes(layer)) {
    patterns.push({
      group: ['**/i18n/*', '**/i18n/**'],
      message: 'Only pages/, ui/ and roll/ speak to people.',
    });
  }
  if (DOM_FREE.includes(layer)) {
    patterns.push({ group: ['lit', 'lit/**'], message: `${layer}/ has no DOM.` });
  }
  return {
    files: [`static/src/${layer}/**/*.ts`],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
      'no-restricted-globals': DOM_FREE.includes(layer) ? ['error', ...DOM_GLOBALS] : 'off',
    },
  };
}

export default defineConfig(
  globalIgnores(['.venv', 'node_modules', 'static/dist', '.antiphon', 'runs']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'max-len': ['error', { code: 100, ignoreUrls: true, ignoreStrings: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Name every export.' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  { files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['static/src/audio/render-node.ts'], rules: { 'no-console': 'off' } },
  ...LAYERS.map(fences),
);
