import { STAFF, type Seeded } from './seed';

export interface Question {
  method: 'GET' | 'POST';
  address: string;
  body?: object;
}

/** Chance that can be had again: the same questions in the same order on every run. */
export type Chance = () => number;

export function chanceFrom(start: number): Chance {
  let state = start;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const any = <T>(list: readonly T[], chance: Chance): T => list[Math.floor(chance() * list.length)]!;
const get = (address: string): Question => ({ method: 'GET', address });
const encoded = encodeURIComponent;
const after = (...key: string[]): string => Buffer.from(JSON.stringify(['after', ...key])).toString('base64url');

const bodies = (q: string): Question => get(`/organisations?q=${encoded(q)}`);
const persons = (name: string): Question => ({ method: 'POST', address: '/experts/search', body: { name } });

/** Each fills a page and more of the first thousand bodies or persons: whatever the size, the reply is as long. */
const COMMON = {
  texts: ['有限公司', '公司', '责任公司'],
  signs: ['公', '司', '有', '限', '责', '任', '市', '县'],
  codes: ['911', '913', '914'],
  familyNames: ['王', '李', '张', '刘'],
};

const moments = 'fromAsOf=2023-06-01&toAsOf=2024-06-01';

/**
 * What is asked, by name: each time of another record of the working set, drawn by chance. No question is about a text of
 * which a large register holds a page and a small one three: those replies would be compared, not the ways to them.
 */
export const questions: Readonly<Record<string, (s: Seeded, chance: Chance) => Question>> = {
  'directory of bodies, first page': () => get('/organisations'),
  'directory of bodies, deep page': (s, c) => {
    const { uscc } = any(s.bodies, c);
    return get(`/organisations?cursor=${after(uscc, uscc)}`);
  },
  'directory of persons, first page': () => get('/experts'),
  'directory of persons, deep page': (s, c) => {
    const { id } = any(s.persons, c);
    return get(`/experts?cursor=${after(id, id)}`);
  },
  'directory of assessors, first page': () => get('/institutions'),
  'search bodies: selective': (s, c) => bodies(any(s.bodies, c).name),
  'search bodies: part of a name': (s, c) => bodies(any(s.bodies, c).name.slice(2, -2)),
  'search bodies: common': (_s, c) => bodies(any(COMMON.texts, c)),
  'search bodies: no hit': (_s, c) => bodies(any(['示例无此名称', '鑫鑫鑫鑫鑫', '公司有限公司县'], c)),
  'search bodies: one sign': (_s, c) => bodies(any(COMMON.signs, c)),
  'search bodies: former name': (s, c) => bodies(any(s.renamed, c).former!),
  'search bodies: beginning of many codes': (_s, c) => bodies(any(COMMON.codes, c)),
  'search bodies: most of a code': (s, c) => bodies(any(s.bodies, c).uscc.slice(0, 13 + Math.floor(c() * 5))),
  'search assessors: common': (_s, c) => get(`/institutions?q=${encoded(any(COMMON.texts, c))}`),
  'search assessors: selective': (s, c) => get(`/institutions?q=${encoded(any(s.institutions, c).name)}`),
  'search persons: whole name': (s, c) => persons(any(s.persons, c).name),
  'search persons: family name': (_s, c) => persons(any(COMMON.familyNames, c)),
  'search persons: beginning of many numbers': (s, c) =>
    get(`/experts?number=${any(s.persons, c).platformNumber.slice(0, 3)}`),
  'search persons: most of a number': (s, c) =>
    get(`/experts?number=${any(s.persons, c).platformNumber.slice(0, 8 + Math.floor(c() * 4))}`),
  'one body as of a day': (s, c) => get(`/organisations/${any(s.bodies, c).id}?asOf=2023-06-01`),
  'history of a body': (s, c) => get(`/organisations/${any(s.bodies, c).id}/history?superseded=true`),
  'difference of a body': (s, c) => get(`/organisations/${any(s.bodies, c).id}/diff?${moments}`),
  'changes of a body': (s, c) => get(`/organisations/${any(s.bodies, c).id}/changes`),
  'one person': (s, c) => get(`/experts/${any(s.persons, c).id}`),
  'history of a person': (s, c) => get(`/experts/${any(s.persons, c).id}/history`),
  [`readiness, staff of ${STAFF}`]: (s, c) => get(`/institutions/${any(s.institutions, c).id}/readiness`),
  [`readiness in the past, staff of ${STAFF}`]: (s, c) =>
    get(`/institutions/${any(s.institutions, c).id}/readiness?asOf=2025-06-01`),
  [`staff of ${STAFF}`]: (s, c) => get(`/institutions/${any(s.institutions, c).id}/staff`),
};
