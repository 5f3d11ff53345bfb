import type { Call } from '../../../kernel/call';
import type { Command } from '../../../kernel/db/command';
import type { Db } from '../../../kernel/db/database';
import type { Tx } from '../../../kernel/db/transaction';
import { Problem, unwrap } from '../../../kernel/problem';
import { say } from '../../../kernel/pure/wording';
import { instant, instantText, legalDateOf, type LegalDate } from '../../../kernel/pure/time';
import type { Audit } from '../../audit-log';
import { changePost, findPost, type Post } from '../posts/posts.store';
import { accountGuard } from '../posts/security-admins';
import type { LetterInput, LetterRequirement, LetterRequirementView, LettersReply } from './letters.contract';
import { earlier, judgeRenewal, letterEnds } from './letters.rules';
import { findRequiredFrom, insertLetter, lettersOf, setRequiredFrom } from './letters.store';

/** Uploaded files, as far as letters and signed lists want to know. */
export interface Files {
  /** Names the file in the record; throws Problem `request.not-found`. */
  attach(
    tx: Tx,
    call: Call,
    id: string,
    holder: { kind: 'letter' | 'hand-over'; ref: string },
  ): Promise<{ id: string; sha256: string; mediaType: string }>;
}

/** When the post ends with its letter, or null if it does not; deadlines, which lie to the right, remind of it. */
export type LetterExpiry = (
  tx: Tx,
  post: Pick<Post, 'id' | 'role' | 'institutionId'>,
  lastDay: LegalDate | null,
) => Promise<unknown>;

export interface LettersDeps {
  db: Db;
  command: Command;
  audit: Audit;
  files: Files;
  letterExpiry: LetterExpiry;
}

/** Stores the letter of a post; the caller has judged it and sets the post's own day. */
export async function recordLetter(
  { db, audit, files, letterExpiry }: LettersDeps,
  tx: Tx,
  call: Call,
  post: Post,
  letter: LetterInput,
): Promise<string> {
  if (letter.fileId !== null) await files.attach(tx, call, letter.fileId, { kind: 'letter', ref: post.id });
  const id = db.sources.ids.timed();
  const recorded = { recordedAt: db.sources.clock.now(), recordedBy: call.actor.accountId };
  await insertLetter(tx, { id, postId: post.id, ...letter, ...recorded });
  const payload = { letter: id, post: post.id, account: post.accountId, institution: post.institutionId, ...letter };
  await audit.append(tx, call, { type: 'post.letter-recorded', payload });
  await letterExpiry(tx, post, letterEnds(post.toDay, letter.lastDay));
  return id;
}

const notFound = (id: string): Problem => new Problem('request.not-found', { id, what: say('岗位', 'post') });

/** Letters of authorisation: with the first a post is granted, with the next it goes on. */
export function createLetters(deps: LettersDeps) {
  const { db, command, audit } = deps;
  const today = () => legalDateOf(db.sources.clock.now());
  return {
    async renew(call: Call, postId: string, letter: LetterInput) {
      const seen = await findPost(db, postId);
      if (!seen) throw notFound(postId);
      return command(call, { subjects: () => [accountGuard(seen.accountId)] }, async (tx) => {
        const post = (await findPost(tx, postId))!;
        const days = { role: post.role, from: post.fromDay, to: post.toDay, letterUntil: post.letterUntil };
        unwrap(judgeRenewal(days, letter.lastDay, today()));
        const id = await recordLetter(deps, tx, call, post, letter);
        if (!(await changePost(tx, post, { letterUntil: letter.lastDay }))) throw new Problem('request.conflict');
        return { id, postId, lastDay: letter.lastDay, to: earlier(post.toDay, letter.lastDay) };
      });
    },
    async list(postId: string): Promise<LettersReply> {
      if (!(await findPost(db, postId))) throw notFound(postId);
      const items = (await lettersOf(db, postId)).map(({ id, number, fileId, paper, lastDay, recordedAt }) => ({
        id,
        number,
        fileId,
        paper,
        lastDay,
        recordedAt: instantText(instant(recordedAt)),
      }));
      return { items };
    },
    setRule: (call: Call, { from }: LetterRequirement): Promise<LetterRequirementView> =>
      command(call, {}, async (tx) => {
        const before = await findRequiredFrom(tx);
        await setRequiredFrom(tx, from);
        await audit.append(tx, call, { type: 'post.letters-required', payload: { before, from } });
        return { from };
      }),
    readRule: async (): Promise<LetterRequirementView> => ({ from: await findRequiredFrom(db) }),
  };
}

export type Letters = ReturnType<typeof createLetters>;
