import { useState } from 'react';
import { App, Button, Form, Input } from 'antd';
import { sessionRoutes } from '../../modules/identity/sessions/sessions.contract';
import { ask } from '../api/client';
import { FaultNote } from '../app/faults';
import { useStanding } from '../app/session';
import { useWords } from '../words/language';
import { Threshold } from './sign-in';

interface Typed {
  oldPassword: string;
  newPassword: string;
  again: string;
}

/** Changes the own password; other sessions end with that. */
export function PasswordForm({ done }: { done: () => Promise<void> | void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const [fault, setFault] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const submit = async ({ oldPassword, newPassword }: Typed): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      await ask(sessionRoutes.changePassword, { body: { oldPassword, newPassword } });
      message.success(t('password.changed'));
      await done();
    } catch (error) {
      setFault(error as Error);
    } finally {
      setBusy(false);
    }
  };
  const needed = { required: true, message: t('form.required') };
  return (
    <Form layout="vertical" requiredMark={false} onFinish={(typed: Typed) => void submit(typed)} disabled={busy}>
      {fault ? <FaultNote error={fault} /> : null}
      <Form.Item name="oldPassword" label={t('password.old')} rules={[needed]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="newPassword" label={t('password.new')} rules={[needed]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('password.again')}
        dependencies={['newPassword']}
        rules={[
          needed,
          ({ getFieldValue }) => ({
            validator: (_rule, value) =>
              value === getFieldValue('newPassword')
                ? Promise.resolve()
                : Promise.reject(new Error(t('password.differs'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('password.change')}
      </Button>
    </Form>
  );
}

/** A one-time password opens nothing but this page. */
export function FirstPasswordPage() {
  const { t } = useWords();
  const { refresh } = useStanding();
  return (
    <Threshold title={t('password.first')}>
      <p>{t('password.first.detail')}</p>
      <PasswordForm done={refresh} />
    </Threshold>
  );
}
