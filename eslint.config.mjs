import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const clock = 'Time is handed in: only kernel/sources.ts asks the world for it.';
const chance = 'Ids and randomness are handed in: only kernel/sources.ts asks the world for them.';
const random = ['randomUUID', 'randomBytes', 'randomInt', 'randomFill', 'randomFillSync'];

const worldRules = {
  'no-restricted-syntax': [
    'error',
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: clock },
    { selector: "CallExpression[callee.name='Date']", message: clock },
    { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: clock },
    { object: 'Math', property: 'random', message: chance },
    ...random.map((property) => ({ object: 'crypto', property, message: chance })),
  ],
  'no-restricted-imports': [
    'error',
    ...['node:crypto', 'crypto'].map((name) => ({ name, importNames: random, message: chance })),
  ],
};

const FUNCTION_LIMIT = 60;

/**
 * No function over 60 lines, blank and comment lines apart. A factory (`create…`) is a list of functions that share what
 * it was handed: each of them is measured, and what the factory says itself.
 */
const functionLength = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { long: 'This function has {{ lines }} lines; {{ limit }} are allowed.' },
  },
  create(context) {
    const { lines } = context.sourceCode;
    const commented = new Set(
      context.sourceCode.getAllComments().flatMap(({ loc }) => {
        const own = [];
        for (let n = loc.start.line; n <= loc.end.line; n++) own.push(n);
        return own.filter((n) => /^\s*(\/[/*]|\*)/.test(lines[n - 1]));
      }),
    );
    const open = [];
    const nameOf = ({ id, parent }) =>
      id?.name ?? (parent.type === 'VariableDeclarator' ? parent.id.name : undefined) ?? '';
    const leave = (node) => {
      const { inner } = open.pop();
      const isFactory = /^create[A-Z]/.test(nameOf(node));
      let count = 0;
      for (let n = node.loc.start.line; n <= node.loc.end.line; n++) {
        if (lines[n - 1].trim() && !commented.has(n) && !(isFactory && inner.has(n))) count++;
      }
      if (count > FUNCTION_LIMIT)
        context.report({ node, messageId: 'long', data: { lines: count, limit: FUNCTION_LIMIT } });
      for (let n = node.loc.start.line; n <= node.loc.end.line; n++) open.at(-1)?.inner.add(n);
    };
    return { ':function': () => open.push({ inner: new Set() }), ':function:exit': leave };
  },
};

// supertest's replies are `any`; tests say what they expect of them.
const anyReplies = ['argument', 'assignment', 'call', 'member-access', 'return'];

export default defineConfig([
  globalIgnores(['dist/', 'data/', 'coverage/', 'node_modules/']),
  js.configs.recommended,
  {
    files: ['**/*.{ts,mts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { house: { rules: { 'function-length': functionLength } } },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', 400],
      'house/function-length': 'error',
      'no-undef': 'off',
      // Prettier breaks lines as it likes and puts the semicolons.
      'no-unexpected-multiline': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          varsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
          ignoreRestSiblings: true,
        },
      ],
      // What was caught is passed on as it came.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      // Whoever implements a port answers with a promise, whether it has to wait or not.
      '@typescript-eslint/require-await': 'off',
      // Services are factories of plain functions: there is no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}', 'migrations/**/*.ts'],
    ignores: ['src/kernel/sources.ts', 'src/web/app/browser.ts'],
    rules: worldRules,
  },
  {
    files: ['tests/**/*.ts'],
    rules: Object.fromEntries(anyReplies.map((what) => [`@typescript-eslint/no-unsafe-${what}`, 'off'])),
  },
  {
    // A describe is a list of cases, and a test tells one story from its beginning to its end.
    files: ['tests/**/*.test.ts'],
    rules: { 'house/function-length': 'off' },
  },
]);
