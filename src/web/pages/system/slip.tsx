import { Alert, Descriptions } from 'antd';
import { PrintPart } from '../../records/print-part';
import { useWords, type Words } from '../../words/language';
import { writeInstant } from '../../words/write';
import type { ReactNode } from 'react';

export interface OneTime {
  username: string;
  oneTimePassword?: string;
  oneTimePasswordUntil: string;
}

/** The one-time password as a slip to hand to its owner: shown once and nowhere again. */
export function PasswordSlip({ given, name, extra }: { given: OneTime; name: string; extra?: ReactNode }) {
  const { t, language } = useWords();
  if (given.oneTimePassword === undefined) return <Alert type="warning" showIcon title={t('slip.gone')} />;
  const until = writeInstant(given.oneTimePasswordUntil, language);
  return (
    <section aria-label={t('slip')}>
      <Alert type="warning" showIcon className="no-print" title={t('slip.once')} />
      <PrintPart label={t('slip.print')} extra={extra}>
        <div className="slip">
          <h3>
            {t('product')} · {t('slip')}
          </h3>
          <Descriptions
            size="small"
            bordered
            column={1}
            items={[
              { key: 'name', label: t('accounts.person'), children: name },
              {
                key: 'address',
                label: t('slip.address'),
                children: <span className="code">{`${window.location.origin}/console/`}</span>,
              },
              {
                key: 'username',
                label: t('signIn.username'),
                children: <span className="code">{given.username}</span>,
              },
              {
                key: 'password',
                label: t('slip.password'),
                children: <strong className="code">{given.oneTimePassword}</strong>,
              },
              { key: 'until', label: t('slip.until'), children: until },
            ]}
          />
          <p>{t('slip.how')}</p>
        </div>
      </PrintPart>
    </section>
  );
}

export const slipWords: Words = {
  slip: ['首次登录单', 'First sign-in'],
  'slip.once': [
    '一次性口令只显示这一次，离开本页后不能再查看。请打印或当面告知本人；遗失的，再次重置即可。',
    'The one-time password is shown only now. Print it or tell it in person; if it is lost, reset it once more.',
  ],
  'slip.gone': [
    '一次性口令此前已经显示过。没有记下的，请在账号页重置口令。',
    'The one-time password was shown before. If nobody wrote it down, reset it on the account’s page.',
  ],
  'slip.print': ['打印登录单', 'Print the slip'],
  'slip.address': ['登录地址', 'Address'],
  'slip.password': ['一次性口令', 'One-time password'],
  'slip.until': ['有效至', 'Good until'],
  'slip.how': [
    '用本人的用户名和一次性口令登录，随即更改为只有本人知道的口令。岗位要求的，还须启用动态口令。',
    'Sign in with the user name and the one-time password, then choose a password that only you know. Where the post asks for it, a second factor is turned on too.',
  ],
};
