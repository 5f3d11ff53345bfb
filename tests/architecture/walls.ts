import { builtinModules } from 'node:module';

// The import walls of the house as rules for dependency-cruiser. Paths are relative to the repository.

/** Modules in import order: each imports only from those before it. */
export const moduleOrder = [
  'audit-log',
  'identity',
  'policy',
  'notifications',
  'documents',
  'imports',
  'signing',
  'draws',
  'organisations',
  'institutions',
  'experts',
  'mines',
  'relations',
  'sanctions',
  'screening',
  'commissions',
  'evaluations',
  'pledges',
  'fee-guard',
  'complaints',
  'cases',
  'workbench',
  'public-registry',
] as const;

type Pattern = string | readonly string[];

export interface Wall {
  name: string;
  comment: string;
  severity: 'error';
  from: { path?: Pattern; pathNot?: Pattern };
  to: {
    path?: Pattern;
    pathNot?: Pattern;
    circular?: boolean;
    reachable?: boolean;
    couldNotResolve?: boolean;
    dependencyTypes?: readonly string[];
    dependencyTypesNot?: readonly string[];
  };
}

const wall = (name: string, comment: string, from: Wall['from'], to: Wall['to']): Wall => ({
  name,
  comment,
  severity: 'error',
  from,
  to,
});

const modules = '^src/modules/';
const ownModule = '^src/modules/$1/';
const frontDoors = '^src/modules/[^/]+/index\\.ts$';
const contracts = '\\.contract\\.ts$';
const cores = '^src/modules/[^/]+/core/';
const policyDoor = '^src/modules/policy/index\\.ts$';

// The first group names the module, so that a rule can speak of `$1`.
const browserSafeOfModules = '^src/modules/([^/]+)/(.*\\.(contract|rules|states)\\.ts$|core/)';

// Tables of data that rules may read as they read states.
const pureTables = '^src/modules/identity/permissions\\.ts$';
const rules = ['\\.(rules|states)\\.ts$', pureTables];

/** What runs in a browser too: contracts, cores, and all that rules decide. */
const browserSafe = [contracts, cores, '^src/kernel/pure/', ...rules];

/** Declarations of routes, the words of faults, names of states, and the table of who may use what. */
const sharedWithWeb = [
  '\\.states\\.ts$',
  '^src/kernel/pure/',
  '^src/kernel/http/(route|fields|history-routes)\\.ts$',
  '^src/kernel/field-faults\\.ts$',
  pureTables,
];

const builtins = `^(node:)?(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})$`;
const packages = (...names: string[]): string => `node_modules/(${names.join('|')})/`;
const networking = [
  'net',
  'tls',
  'dgram',
  'dns',
  'dns/promises',
  'http',
  'https',
  'http2',
  'child_process',
  'worker_threads',
];
const serverPackages = packages(
  'typeorm',
  'express',
  'express-session',
  'better-sqlite3',
  'mysql2',
  'passport[^/]*',
  'helmet',
  'pino',
  'prom-client',
  '@node-rs/[^/]+',
);

const importOrder = moduleOrder
  .slice(0, -1)
  .map((name, place) =>
    wall(
      `order-of-${name}`,
      `${name} stands left of these: what must flow back goes through a port that wire.ts supplies.`,
      { path: `${modules}${name}/` },
      { path: `${modules}(${moduleOrder.slice(place + 1).join('|')})/` },
    ),
  );

const doors = [
  wall(
    'front-door',
    'A module shows its index.ts; contracts and cores, being browser-safe, may be imported by their like.',
    { path: '^src/modules/([^/]+)/', pathNot: browserSafe },
    { path: modules, pathNot: [ownModule, frontDoors] },
  ),
  wall(
    'front-door-of-browser-safe',
    'Contracts, rules and cores take values from contracts and cores of others: a front door would bring its services.',
    { path: browserSafeOfModules },
    { path: modules, pathNot: [ownModule, contracts, cores, policyDoor], dependencyTypesNot: ['type-only'] },
  ),
  wall(
    'front-door-for-types',
    'Also types come through the front door, a contract or a core.',
    { path: browserSafeOfModules },
    { path: modules, pathNot: [ownModule, contracts, cores, frontDoors] },
  ),
  wall(
    'front-door-from-outside',
    'main, wire, catalogues and schema see front doors only.',
    { path: '^(src/(?!modules/|web/|cli/)|migrations/|ormconfig)' },
    { path: modules, pathNot: frontDoors },
  ),
  wall(
    'front-door-from-cli',
    'Programs see front doors, and what a browser may see.',
    { path: '^src/cli/' },
    { path: modules, pathNot: [frontDoors, contracts, cores] },
  ),
  wall(
    'web-sees-contracts',
    'The console imports contracts, cores and what else both sides say alike, nothing else of src; types may be any.',
    { path: '^src/web/' },
    { path: '^src/', pathNot: ['^src/web/', contracts, cores, ...sharedWithWeb], dependencyTypesNot: ['type-only'] },
  ),
];

const rooms = [
  wall('kernel-knows-no-module', 'The kernel knows no mine.', { path: '^src/kernel/' }, { path: '^src/(?!kernel/)' }),
  wall(
    'pure-stays-pure',
    'No package, no built-in module, nothing of the rest.',
    { path: '^src/kernel/pure/' },
    { pathNot: '^src/kernel/pure/' },
  ),
  wall(
    'modules-know-no-house',
    'Settings and services are handed to modules.',
    { path: modules },
    { path: '^(src/(?!kernel/|modules/)|migrations/|tests/|ormconfig)' },
  ),
  wall('src-knows-no-test', 'Tests know src, not the reverse.', { path: '^(src|migrations)/' }, { path: '^tests/' }),
  wall(
    'rules-are-pure',
    'Rules import contracts, states, rules and cores of their module, kernel/pure, and the front door of policy.',
    { path: rules },
    {
      path: ['^src/', 'node_modules/', builtins],
      pathNot: [contracts, '\\.(rules|states)\\.ts$', cores, pureTables, '^src/kernel/pure/', policyDoor],
      dependencyTypesNot: ['type-only'],
    },
  ),
  wall(
    'rules-know-no-row',
    'Rules see facts, not rows, requests or other places of the kernel: not even as types.',
    { path: rules },
    {
      path: [
        '\\.(store|views|service|http|jobs)\\.ts$',
        '^src/kernel/(?!pure/|call\\.ts|problem\\.ts)',
        packages('typeorm', 'express'),
      ],
    },
  ),
  wall(
    'typeorm-in-its-rooms',
    'Rows live in stores and views. Services may name search operators (see the source walls), others nothing of it.',
    {
      path: '^src/',
      pathNot: [
        '\\.(store|views|service)\\.ts$',
        '^src/kernel/(db|jobs)/',
        '^src/modules/identity/sessions/session-store\\.ts$',
      ],
    },
    { path: packages('typeorm'), dependencyTypesNot: ['type-only'] },
  ),
  wall(
    'express-in-its-rooms',
    'Only kernel/http knows requests and replies, and identity, which hangs sign-in into it.',
    { path: '^src/', pathNot: ['^src/kernel/http/', '^src/modules/identity/sessions/'] },
    { path: packages('express', 'express-session', 'passport[^/]*', 'helmet'), dependencyTypesNot: ['type-only'] },
  ),
  wall(
    'drivers-in-kernel-db',
    'Only kernel/db speaks with a database driver, and the demonstration, which copies its database.',
    { path: '^src/', pathNot: ['^src/kernel/db/', '^src/cli/demo/'] },
    { path: packages('better-sqlite3', 'mysql2') },
  ),
  wall(
    'shipped-packages-only',
    'What runs at a user may not need development packages.',
    { path: '^(src|migrations)/', pathNot: '^src/web/' },
    { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
  ),
  wall(
    'witness-stands-alone',
    'Others run the witness: it knows the pure core of the log, its cryptography, clock and randomness, and no service.',
    { path: '^src/cli/witness/' },
    {
      path: ['^src/', 'node_modules/'],
      pathNot: ['^src/cli/witness/', '^src/kernel/(pure/|tlog-crypto\\.ts|sources\\.ts)'],
    },
  ),
  wall('everything-resolves', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
];

/** Walls of what the source says, types included. */
export const importWalls: readonly Wall[] = [...importOrder, ...doors, ...rooms];

/** Walls of what is loaded when it runs: imports that are only types are gone. */
export const runtimeWalls: readonly Wall[] = [
  wall('no-cycles', 'Files that load each other see half of one another.', {}, { circular: true }),
  wall(
    'browser-safe',
    'Contracts, rules, cores and kernel/pure reach no built-in module and no server package, by no way.',
    { path: browserSafe },
    { path: [builtins, serverPackages], reachable: true },
  ),
  wall(
    'verifier-is-offline',
    'Whoever checks a proof needs no network and no database: nothing that could reach one is loaded.',
    { path: '^src/cli/verify/offline/' },
    { path: [`^(node:)?(${networking.join('|')})$`, serverPackages], reachable: true },
  ),
];
