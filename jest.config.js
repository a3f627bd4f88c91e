/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['**/__tests__/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
    ],
  },
  collectCoverageFrom: ['src/**/*.ts'],
  // Many tests wait for processes of their own. By default a machine with two cores would run them one after the other.
  maxWorkers: '100%',
  // A test that hangs has to end; one that merely shares the machine has to pass.
  testTimeout: 240_000,
  setupFiles: ['./__tests__/support/seed.ts'],
  coverageProvider: 'v8',
  coverageReporters: ['text-summary', 'json-summary', 'lcovonly'],
  coverageThreshold: { global: { statements: 90 } },
};
