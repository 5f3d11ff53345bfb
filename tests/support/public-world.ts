import request, { type Response } from 'supertest';
import { read, utils, type WorkBook } from '@e965/xlsx';
import { addDays, type LegalDate } from '../../src/kernel/pure/time';
import { done } from './client';
import { aCaseSubject, paperOn, type ACaseSubject } from './line-builders';
import {
  aFile,
  anExpert,
  anInstitution,
  anOrganisation,
  aReadyInstitution,
  type AnExpert,
  type AnInstitution,
  type ReadyInstitution,
} from './register-builders';
import { wholeService, type Whole } from './whole-service';

/** A name that would run, close what is open, or lead astray, if a page let it. */
export const HOSTILE = '示例<script>alert(1)</script>"\'&javascript:公司';

/** A service of which the public sees something: an institution in the register, barred ones, persons public and not. */
export interface PublicWorld {
  whole: Whole;
  today: LegalDate;
  /** In the register, with two people. */
  ready: ReadyInstitution;
  /** In the register under a hostile name, and barred from today on. */
  barred: AnInstitution;
  bar: ACaseSubject;
  barId: string;
  /** Barred, and nobody decided to publish it. */
  hidden: AnExpert;
  /** Barred, and published. */
  shown: AnExpert;
  shownBarId: string;
  /** On record, in no register. */
  outside: AnInstitution;
  /** Enters an institution in the register. */
  enter(institution: AnInstitution): Promise<string>;
  at(path: string, headers?: Record<string, string>): request.Test;
  /** The page's text; another status than expected ends the test. */
  page(path: string, status?: number): Promise<string>;
  /** Every page, in both languages. */
  everyPage(): string[];
  /** The first sheet of a workbook, row by row. */
  rowsOf(path: string): Promise<(string | undefined)[][]>;
  workbookOf(path: string): Promise<WorkBook>;
}

export const asked = (text: string): string => encodeURIComponent(text);

export const headingOf = (text: string): string =>
  /<h1[^>]*>([\s\S]*?)<\/h1>/
    .exec(text)![1]!
    .replace(/<[^>]+>/g, '')
    .trim();

/** Without markup, as it is read. */
export const readOf = (text: string): string =>
  text
    .replace(/<head>[\s\S]*<\/head>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

/** Do the page and its headers ask search engines to leave it out? */
export const unlisted = (reply: Response): boolean[] => [
  reply.text.includes('<meta name="robots" content="noindex"'),
  reply.headers['x-robots-tag'] === 'noindex',
];

const bytes = (res: request.Response, ready: (error: Error | null, body: Buffer) => void): void => {
  const parts: Buffer[] = [];
  const stream = res as unknown as NodeJS.ReadableStream;
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => ready(null, Buffer.concat(parts)));
};

type Seen = Pick<PublicWorld, 'ready' | 'barred' | 'outside' | 'barId' | 'shownBarId' | 'today'>;

const pathsOf = ({ ready, barred, outside, barId, shownBarId, today }: Seen): string[] => {
  const paths = [
    '/',
    '/search',
    '/search?q=示例',
    '/search?q=没有这样的机构',
    '/institutions',
    `/institutions/${ready.uscc}`,
    `/institutions/${barred.uscc}`,
    `/institutions/${barred.uscc}?asOf=${addDays(today, -1)}`,
    `/institutions/${barred.uscc}?asOf=2019-12-31`,
    `/institutions/${outside.uscc}`,
    '/blacklist',
    '/blacklist?state=all',
    '/blacklist?state=past',
    '/blacklist?q=示例',
    `/blacklist/${barId}`,
    `/blacklist/${shownBarId}`,
    '/open-data',
    '/about',
  ].map(encodeURI);
  return [...paths, ...paths.map((p) => (p === '/' ? '/en' : `/en${p}`))];
};

async function aPublishedPerson(whole: Whole, name: string): Promise<{ shown: AnExpert; shownBarId: string }> {
  const shown = await anExpert(whole, { name });
  const subject = await aCaseSubject(whole, { kind: 'person', id: shown.id }, { state: 'served' });
  const scan = await aFile(whole.lead);
  const publicity = { ...paperOn(whole.today(), 0, scan), impactAssessmentFileId: scan };
  await done(whole.secondLead.post(`/case-subjects/${subject.id}/publicise`, publicity));
  return { shown, shownBarId: subject.service!.bar.id };
}

/** Builds it; whoever asked closes `whole`. */
export async function publicWorld(): Promise<PublicWorld> {
  const whole = await wholeService();
  const enter = async ({ id }: AnInstitution): Promise<string> =>
    (await done(whole.bureau.post('/pool-entries', { institutionId: id }), 201)).id as string;
  const ready = await aReadyInstitution(whole, { staff: 2 });
  const barred = await anInstitution(whole, await anOrganisation(whole, { name: HOSTILE }));
  await enter(barred);
  const outside = await anInstitution(whole, await anOrganisation(whole, { name: '示例未入册评估有限公司' }));
  const bar = await aCaseSubject(whole, { kind: 'institution', id: barred.id }, { state: 'served' });
  const hidden = await anExpert(whole, { name: '示例不公开人员' });
  await aCaseSubject(whole, { kind: 'person', id: hidden.id }, { state: 'served' });
  const published = await aPublishedPerson(whole, '示例已公开人员');
  // Whoever serves does so all the time: pages lead to proofs.
  await whole.service.log.integrate();
  const made = { ready, barred, outside, bar, hidden, ...published, barId: bar.service!.bar.id, today: whole.today() };

  const at: PublicWorld['at'] = (path, headers = {}) => request(whole.url).get(path).set(headers);
  const workbookOf = async (path: string): Promise<WorkBook> => {
    const { body } = await at(path)
      .buffer(true)
      .parse(bytes as never)
      .expect(200);
    return read(body as Buffer, { type: 'buffer' });
  };
  return {
    ...made,
    ...{ whole, enter, at, workbookOf },
    page: async (path, status = 200) => {
      const reply = await at(path);
      expect({ path, status: reply.status }).toEqual({ path, status });
      return reply.text;
    },
    everyPage: () => pathsOf(made),
    rowsOf: async (path) => {
      const book = await workbookOf(path);
      return utils.sheet_to_json(book.Sheets[book.SheetNames[0]!]!, { header: 1 });
    },
  };
}
