import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import type { Plugin, UserConfig } from 'vite';

const root = path.join(import.meta.dirname, '..', '..');
const outDir = path.join(root, 'dist', 'web');

/** Leaves each text file compressed beside itself, so that serving it costs nothing. */
const compressing: Plugin = {
  name: 'compressing',
  closeBundle() {
    const assets = path.join(outDir, 'assets');
    for (const name of fs.readdirSync(assets).filter((n) => /\.(js|css|svg)$/.test(n))) {
      const file = path.join(assets, name);
      const bytes = fs.readFileSync(file);
      fs.writeFileSync(`${file}.gz`, zlib.gzipSync(bytes, { level: 9 }));
      fs.writeFileSync(
        `${file}.br`,
        zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 9 } }),
      );
    }
  },
};

/** Leaves a list of what each script was made of, for `npm run sizes`: bytes before packing by package or folder. */
const listing: Plugin = {
  name: 'listing',
  generateBundle(_options, bundle) {
    const lists: Record<string, Record<string, number>> = {};
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      const list: Record<string, number> = (lists[path.basename(chunk.fileName)] = {});
      for (const [id, part] of Object.entries(chunk.modules)) {
        const name =
          /node_modules\/((?:@[^/]+\/)?[^/]+(?:\/es\/[^/]+)?)/.exec(id)?.[1] ?? path.relative(root, path.dirname(id));
        list[name] = (list[name] ?? 0) + part.renderedLength;
      }
    }
    fs.mkdirSync(outDir, { recursive: true });
    fs.writeFileSync(path.join(outDir, '..', 'web-parts.json'), JSON.stringify(lists));
  },
};

const kebab = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
const parts = /import \{([^}]*)\} from '(antd|@ant-design\/icons)';/g;

/**
 * Screens name components by the library's front door; the bundler is shown the parts behind it, for a door that all
 * screens share would bring every part with the first of them.
 */
const byParts: Plugin = {
  name: 'by-parts',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/src\/web\/.*\.tsx?$/.test(id)) return undefined;
    return code.replace(parts, (_whole, names: string, door: string) =>
      names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '' && !name.startsWith('type '))
        .map((name) => {
          const [exported, local = exported] = name.split(' as ').map((n) => n.trim());
          const part = door === 'antd' ? `antd/es/${kebab(exported!)}` : `@ant-design/icons/es/icons/${exported}`;
          return `import ${local} from '${part}';`;
        })
        .join(' '),
    );
  },
};

/** The bundler's settings: `vite build --config src/web/vite.config.mts`, into dist/web. */
const settings: UserConfig = {
  root: import.meta.dirname,
  base: '/console/',
  // Replaced in every response by the server (kernel/http/console.ts).
  html: { cspNonce: '__NONCE__' },
  plugins: [byParts, listing, compressing],
  build: {
    outDir,
    emptyOutDir: true,
    // The browsers that government machines have: 360 and its like are Chromium 86 and later.
    target: 'chrome86',
    cssTarget: 'chrome86',
    // Inlined files would be data: addresses, which the policy allows for images only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      // What only screens share stays out of the first load.
      experimental: { chunkOptimization: false },
      // Marks for servers that render React; there is none here.
      onLog: (level, log, handle) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
    chunkSizeWarningLimit: 2000,
  },
};

export default settings;
