import { lazy, Suspense } from 'react';
import { Alert } from 'antd';
import { Waiting } from '../../app/faults';
import { now } from '../../app/browser';
import { useMay, useStanding } from '../../app/session';
import { Page } from '../../records/page';
import { addWords, useWords, type Words } from '../../words/language';
import { inBeijing, writeDay } from '../../words/write';
import { WorkHome } from './work-home';
import { workWords } from './work-rows';

export { Due } from './due';

// Each role loads its own.
const FirstStart = lazy(async () => {
  const { FirstStart: shown, words: said } = await import('./first-start');
  addWords(said);
  return { default: shown };
});
const RoleHome = lazy(async () => {
  const { RoleHome: shown, words: said } = await import('./role-home');
  addWords(said);
  return { default: shown };
});

/** Each role's first screen: what is owed, what is late, or what the role is there for. */
export function Screen() {
  const { t, language } = useWords();
  const { session } = useStanding();
  const may = useMay();
  return (
    <Page title={t('home')} tags={<span className="quiet">{writeDay(inBeijing(now()).day, language)}</span>}>
      {session.failedSince > 0 ? (
        <Alert type="warning" showIcon title={t('work.failed', { count: session.failedSince })} />
      ) : null}
      <Suspense fallback={<Waiting />}>
        {may('authority.set') ? <FirstStart /> : null}
        {may('work.read') ? <WorkHome /> : <RoleHome />}
      </Suspense>
    </Page>
  );
}

export const words: Words = {
  ...workWords,
  'work.failed': [
    '本次登录之前有 {count} 次未成功的登录；不是本人所为的，请更改口令并告知安全管理员。',
    '{count} sign-ins failed before this one. If they were not yours, change the password and tell the security administrator.',
  ],
  'home.counts': ['待办件数', 'Counts'],
  'home.overview': ['本机关在办事项', 'Work of the authority'],
  'home.deadlines': ['期限一览', 'Deadlines'],
  'home.more': [
    '共 {count} 项，先显示 200 项；办结后其余随即显示',
    '{count} in all, 200 of them shown; the others follow as these are done',
  ],
};
