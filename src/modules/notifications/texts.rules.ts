import { chineseDate, isLegalDate, type LegalDate } from '../../kernel/pure/time';
import { notificationKinds, type NotificationKindName, type ShortText } from './kinds.contract';

export type Params = Readonly<Record<string, string | number>>;

const shorts: Record<ShortText, (until: string) => string> = {
  todo: (until) => `您有1项待办，请登录绿鉴查看${until === '' ? '' : `，截止${until}`}。`,
  notice: () => '您有1条通知，请登录绿鉴查看。',
  passed: (until) => `您有1项待办${until === '' ? '' : `已于${until}到期，`}尚未办结，请登录绿鉴查看。`,
  moved: (until) => `您有1项待办的截止日有变动${until === '' ? '' : `，现为${until}`}，请登录绿鉴查看。`,
};

/**
 * What leaves the house by mail or text message. Takes the kind and the day and nothing else, so that no name of a mine,
 * a person or a finding can get into it whatever the notice is about.
 */
export const shortText = (kind: NotificationKindName, deadline: LegalDate | null): string =>
  shorts[notificationKinds[kind].short](deadline === null ? '' : chineseDate(deadline));

/** The verification code of an address; nothing else of the account. */
export const codeText = (code: string, minutes: number): string =>
  `绿鉴验证码${code}，${minutes}分钟内有效，请勿告知他人。`;

const shown = (value: string | number): string =>
  typeof value === 'string' && isLegalDate(value) ? chineseDate(value) : String(value);

/** The names that a kind's sentence asks for. */
export const paramsOf = (kind: NotificationKindName): string[] =>
  [...notificationKinds[kind].detail.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!).filter((name) => name !== 'deadline');

/** Only what the kind's sentence asks for is kept: nothing else can be shown by mistake. Throws when one is missing. */
export function keptParams(kind: NotificationKindName, params: Params): Params {
  return Object.fromEntries(
    paramsOf(kind).map((name) => {
      const value = params[name];
      if (value === undefined) throw new Error(`notice ${kind} needs the parameter ${name}`);
      return [name, typeof value === 'string' ? value.slice(0, 200) : value];
    }),
  );
}

/** The inbox's sentence, behind sign-in. */
export function inboxText(kind: NotificationKindName, params: Params, deadline: LegalDate | null): string {
  const all: Params = { ...params, ...(deadline === null ? {} : { deadline }) };
  return notificationKinds[kind].detail.replace(/\{(\w+)\}/g, (_, name: string) =>
    name in all ? shown(all[name]!) : '（未定）',
  );
}

/** First sign and domain: enough to know one's own address. */
export const maskEmail = (address: string): string => address.replace(/^(.)[^@]*(@.*)$/, '$1***$2');
