import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Files of `folders` may not import what the patterns match. The house's one-way flow: inputs → files → desired → plan → Azure → report. */
const house = (files, patterns, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group: patterns, message }] }] },
});

const TOOLKIT = ['@actions/core', '@actions/github'];
/** No folder that others use imports these. */
const ABOVE_ALL = ['emulator', 'operations', 'report'];
const foldersOf = (names) => names.map((name) => `**/${name}/**`);
const WORLD = ['**/azure/**', '**/github/**', '@azure/*', 'node:*', '!node:crypto', ...TOOLKIT];

export default tseslint.config(
  { ignores: ['dist/', 'dist.new/', 'coverage/', 'node_modules/'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['*.js'] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true }],
      'no-console': 'error',
      // The bundle runs on Node 20 too.
      'no-restricted-properties': [
        'error',
        ...['Map.groupBy', 'Object.groupBy', 'Promise.withResolvers', 'Promise.try', 'Array.fromAsync'].map((name) => {
          const [object, property] = name.split('.');
          return { object, property, message: 'Node 20 does not have it.' };
        }),
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Ports are objects of closures; none of their methods uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      // The parser's errors come typed by shape.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // A port may be asynchronous where one of its implementations need not be.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'always' }],
    },
  },
  house(
    ['src/**'],
    ['**/emulator/**', ...TOOLKIT],
    'src/ never imports the emulator; only report/, github/ and action.ts import the toolkit.',
  ),
  house(
    ['src/report/**', 'src/action.ts'],
    ['**/emulator/**', '@actions/github'],
    'Only github/ imports @actions/github.',
  ),
  house(['src/github/**'], ['**/emulator/**'], 'src/ never imports the emulator.'),
  ...[
    ['spec', [...ABOVE_ALL, 'config', 'http', 'plan', 'rollout']],
    ['plan', [...ABOVE_ALL, 'config', 'http', 'rollout']],
    ['rollout', [...ABOVE_ALL, 'config', 'http']],
  ].map(([folder, above]) =>
    house(
      [`src/${folder}/**`],
      [...WORLD, ...foldersOf(above)],
      'spec/, plan/ and rollout/ are pure: no Azure, no GitHub, no clock, no files; and each knows only those before it.',
    ),
  ),
  ...[
    ['config', [...ABOVE_ALL, 'azure', 'github', 'http', 'plan', 'rollout']],
    ['http', [...ABOVE_ALL, 'azure', 'config', 'github', 'plan', 'rollout', 'spec']],
    ['azure', ABOVE_ALL],
  ].map(([folder, above]) =>
    house([`src/${folder}/**`], [...TOOLKIT, ...foldersOf(above)], 'A folder knows nothing of those that use it.'),
  ),
  house(['emulator/**'], ['**/src/**'], 'The emulator knows nothing of the product it is to prove.'),
  {
    files: ['__tests__/**', 'bench/**', 'conformance/**', 'emulator/**', 'scripts/**'],
    rules: { 'no-console': 'off', 'max-lines-per-function': 'off' },
  },
  {
    files: ['__tests__/**'],
    rules: {
      'max-lines': 'off',
      // Tests look into bodies that came over the wire; what they expect there is the check.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
