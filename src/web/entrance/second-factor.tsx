import { useState } from 'react';
import { Alert, Button, Form, Input } from 'antd';
import { sessionRoutes } from '../../modules/identity/sessions/sessions.contract';
import { ask } from '../api/client';
import { FaultNote } from '../app/faults';
import { useStanding } from '../app/session';
import { PrintPart } from '../records/print-part';
import { useWords } from '../words/language';
import { Threshold } from './sign-in';

/** Codes that are shown once. */
export function RecoveryCodes({ codes, kept }: { codes: readonly string[]; kept: () => void }) {
  const { t } = useWords();
  return (
    <section aria-label={t('totp.recovery')}>
      <Alert type="warning" showIcon title={t('totp.recovery.detail')} />
      <PrintPart
        extra={
          <Button type="primary" onClick={kept}>
            {t('totp.recovery.kept')}
          </Button>
        }
      >
        <ul className="codes">
          {codes.map((code) => (
            <li key={code}>
              <code className="code">{code}</code>
            </li>
          ))}
        </ul>
      </PrintPart>
    </section>
  );
}

/** Makes a key, has it confirmed by a code, and shows the recovery codes. */
export function SecondFactorForm({ done }: { done: () => Promise<void> | void }) {
  const { t } = useWords();
  const [made, setMade] = useState<{ secret?: string; uri?: string }>();
  const [codes, setCodes] = useState<readonly string[]>();
  const [fault, setFault] = useState<Error>();
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    setFault(undefined);
    await act().catch((error: unknown) => setFault(error as Error));
  };
  const confirm = ({ code }: { code: string }) =>
    attempt(async () => setCodes((await ask(sessionRoutes.confirmTotp, { body: { code: code.trim() } })).codes ?? []));
  if (codes) return <RecoveryCodes codes={codes} kept={() => void done()} />;
  return (
    <>
      {fault ? <FaultNote error={fault} /> : null}
      {made ? (
        <Form layout="vertical" requiredMark={false} onFinish={(typed: { code: string }) => void confirm(typed)}>
          <p>{t('totp.scan')}</p>
          <p>
            {t('totp.secret')}：<code className="code">{made.secret ?? ''}</code>
          </p>
          <Form.Item name="code" label={t('totp.code')} rules={[{ required: true, message: t('form.required') }]}>
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
          </Form.Item>
          <Button type="primary" htmlType="submit">
            {t('totp.enrol')}
          </Button>
        </Form>
      ) : (
        <Button type="primary" onClick={() => void attempt(async () => setMade(await ask(sessionRoutes.prepareTotp)))}>
          {t('totp.prepare')}
        </Button>
      )}
    </>
  );
}

/** Shown to whoever holds a post that asks for a second factor and has none. */
export function MustEnrolPage() {
  const { t } = useWords();
  const { refresh } = useStanding();
  return (
    <Threshold title={t('totp.enrol')}>
      <p>{t('totp.must')}</p>
      <SecondFactorForm done={refresh} />
    </Threshold>
  );
}
