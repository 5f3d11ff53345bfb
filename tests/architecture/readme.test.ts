import fs from 'node:fs';
import path from 'node:path';
import { ConfigError, readConfig } from '../../src/config';
import { repository } from './cruise';

const textOf = (name: string): string => fs.readFileSync(path.join(repository, name), 'utf8');

/** The settings that the service knows, as it lists them when it meets another. */
function knownSettings(): string[] {
  try {
    readConfig({ LUJIAN_NO_SUCH_SETTING: '1' });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split('known are ')[1]!
      .match(/LUJIAN_[A-Z_]+/g)!
      .sort();
  }
  throw new Error('an unknown setting was taken');
}

interface Readme {
  name: string;
  text: string;
}

const readmes: readonly Readme[] = ['README.md', 'README.zh-CN.md'].map((name) => ({ name, text: textOf(name) }));

/** The default that the table gives for a setting. */
const defaultIn = (text: string, name: string): string | undefined =>
  new RegExp(`^\\| \`${name}\`\\s*\\| \`([^\`]*)\`\\s*\\|`, 'm').exec(text)?.[1];

test.each(readmes)('$name has each setting in its table, once, and no other', ({ text }) => {
  const told = [...text.matchAll(/^\| `(LUJIAN_[A-Z_]+)`\s*\|/gm)].map((m) => m[1]!);
  expect(told.sort()).toEqual(knownSettings());
});

test.each(readmes)('$name tells the defaults that a start without settings has', ({ text }) => {
  const config = readConfig({});
  const defaults: Record<string, string> = {
    LUJIAN_PORT: String(config.port),
    LUJIAN_ROUTES: config.routes.join(','),
    LUJIAN_MAX_UPLOAD: `${config.maxUpload / 1024 ** 2}MiB`,
    LUJIAN_LOG_LEVEL: config.logLevel,
    LUJIAN_DATA: `./${path.relative(process.cwd(), config.dataDirectory)}`,
    LUJIAN_TRUST_PROXY: config.trustProxy === false ? 'none' : 'another',
  };
  for (const [name, value] of Object.entries(defaults)) expect(defaultIn(text, name)).toBe(value);
});

test.each(readmes)('$name names programs that package.json has', ({ text }) => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  const named = [...text.matchAll(/npm (?:run )?(start|test|(?<=run )[a-z]+(?:[:-][a-z]+)*)\b/g)].map((m) => m[1]!);
  expect(named.length).toBeGreaterThan(5);
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
});

test.each(readmes)('$name links to files that are there', ({ text }) => {
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((m) => m[1]!);
  expect(links.length).toBeGreaterThan(2);
  for (const link of links) expect(fs.existsSync(path.join(repository, link))).toBe(true);
});
