// What is kept of where a session comes from: enough for its holder to tell it from the others, and no more.

/** The network of an address: /24 of IPv4, /48 of IPv6 (the part that names one machine is left out); null if unknown. */
export function networkOf(address: string | undefined): string | null {
  if (address === undefined) return null;
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (plain === '127.0.0.1' || plain === '::1') return '本机';
  const v4 = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(plain);
  if (v4) return `${v4[1]!}.*`;
  if (!/^[0-9a-f:]+$/i.test(plain) || !plain.includes(':')) return null;
  const [head = ''] = plain.toLowerCase().split('::');
  const groups = head.split(':').filter((g) => g !== '');
  return `${[...groups, '0', '0', '0'].slice(0, 3).join(':')}::*`;
}

// The order counts: Edge and the domestic shells call themselves Chrome too, Chrome calls itself Safari.
const browsers = [
  [/MicroMessenger/, '微信'],
  [/\bEdgA?\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/(QQBrowser|360SE|360EE|MetaSr)/, '国产浏览器'],
  [/(Chrome|Chromium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;

const systems = [
  [/Android/, 'Android'],
  [/(iPhone|iPad)/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/(UOS|Kylin|Deepin)/i, '国产系统'],
  [/Linux/, 'Linux'],
] as const;

const firstOf = (list: readonly (readonly [RegExp, string])[], text: string): string | undefined =>
  list.find(([form]) => form.test(text))?.[1];

/** Kind of browser and system, of a closed set of words, so that nothing that a client says is kept as it said it. */
export function agentOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  const text = header.slice(0, 1000);
  const browser = firstOf(browsers, text);
  const system = firstOf(systems, text);
  return browser === undefined && system === undefined ? '其他程序' : [browser, system].filter(Boolean).join(' / ');
}
