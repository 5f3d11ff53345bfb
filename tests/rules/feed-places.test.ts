import { instant } from '../../src/kernel/pure/time';
import { isBehind, placeText, readPlace, type ChangePlace } from '../../src/modules/public-registry/changes.rules';

const place = (at: number, key: string): ChangePlace => ({ at: instant(at), key });

test('a place in the feed is read as it was written', () => {
  for (const one of [
    place(0, 'bar/019cac0f-2680-7d08-89ca-3942e1cc2d61/imposed'),
    place(1_772_413_200_000, 'bar/x/stayed/2026-03-12/open'),
    place(9_999_999_999_999, 'pool/x/left'),
  ]) {
    expect(readPlace(placeText(one))).toEqual(one);
  }
});

test.each([
  '',
  '1',
  '1.',
  '1.bar/',
  '1.other/x',
  '-1.bar/x',
  '1e3.bar/x',
  '99999999999999.bar/x',
  '1.bar/<b>',
  '1.bar/x\n',
])('none is read from %j', (text) => expect(readPlace(text)).toBeUndefined());

test('behind a place stands what is older, and of the same moment what has a greater key', () => {
  const here = place(1_000, 'bar/m/imposed');
  expect(isBehind(place(999, 'bar/a/imposed'), here)).toBe(true);
  expect(isBehind(place(1_000, 'bar/n/imposed'), here)).toBe(true);
  expect(isBehind(here, here)).toBe(false);
  expect(isBehind(place(1_000, 'bar/a/imposed'), here)).toBe(false);
  expect(isBehind(place(1_001, 'bar/z/imposed'), here)).toBe(false);
  expect(isBehind(here, undefined)).toBe(true);
});
