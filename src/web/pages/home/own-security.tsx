import { useState } from 'react';
import { Alert, Button, Form, Input, Space } from 'antd';
import { oidcRoutes } from '../../../modules/identity/oidc/oidc.contract';
import { recoveryRoutes } from '../../../modules/identity/recovery/recovery.contract';
import { ask } from '../../api/client';
import { useAsk } from '../../api/hooks';
import { FaultNote } from '../../app/faults';
import { useStanding } from '../../app/session';
import { RecoveryCodes } from '../../entrance/second-factor';
import { Sheet } from '../../records/page';
import { SureButton } from '../../records/sure-button';
import { useWords, type Words } from '../../words/language';

/** A new set of recovery codes; the former ones end. */
export function NewCodes() {
  const { t } = useWords();
  const { session, refresh } = useStanding();
  const [codes, setCodes] = useState<readonly string[]>();
  const [fault, setFault] = useState<Error>();
  const make = async ({ totp }: { totp: string }): Promise<void> => {
    setFault(undefined);
    try {
      setCodes((await ask(recoveryRoutes.makeRecoveryCodes, { body: { totp: totp.trim() } })).codes ?? []);
      await refresh();
    } catch (error) {
      setFault(error as Error);
    }
  };
  if (codes) return <RecoveryCodes codes={codes} kept={() => setCodes(undefined)} />;
  return (
    <>
      <p>{t('own.totp.on', { count: session.recoveryCodesLeft })}</p>
      {session.recoveryCodesLeft <= 3 ? <Alert type="warning" showIcon title={t('own.codes.few')} /> : null}
      {fault ? <FaultNote error={fault} /> : null}
      <Form layout="vertical" requiredMark={false} className="narrow" onFinish={(v: { totp: string }) => void make(v)}>
        <Form.Item
          name="totp"
          label={t('totp.code')}
          extra={t('own.codes.help')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
        </Form.Item>
        <Button htmlType="submit">{t('own.codes.make')}</Button>
      </Form>
    </>
  );
}

/** The link to the province's unified sign-in, where one is connected. */
export function OwnOidc() {
  const { t } = useWords();
  const { session } = useStanding();
  const offered = useAsk(oidcRoutes.oidcOffered);
  const [fault, setFault] = useState<Error>();
  if (!offered.data?.name) return null;
  const link = async ({ password, totp }: { password: string; totp?: string }): Promise<void> => {
    setFault(undefined);
    try {
      const { url } = await ask(oidcRoutes.startOidcLink, { body: { password, ...(totp ? { totp } : {}) } });
      window.location.assign(url);
    } catch (error) {
      setFault(error as Error);
    }
  };
  const needed = [{ required: true, message: t('form.required') }];
  return (
    <Sheet title={`${t('own.oidc')}（${offered.data.name}）`}>
      <p className="quiet">{t('own.oidc.detail')}</p>
      {fault ? <FaultNote error={fault} /> : null}
      <Form
        layout="vertical"
        requiredMark={false}
        className="narrow"
        onFinish={(v: { password: string; totp?: string }) => void link(v)}
      >
        <Form.Item name="password" label={t('signIn.password')} rules={needed}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        {session.totp === 'on' ? (
          <Form.Item name="totp" label={t('totp.code')} rules={needed}>
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
          </Form.Item>
        ) : null}
        <Space wrap>
          <Button htmlType="submit">{t('own.oidc.link')}</Button>
          <SureButton
            danger
            label={t('own.oidc.unlink')}
            sure={t('own.oidc.unlink.sure')}
            route={oidcRoutes.unlinkOwnOidc}
            asked={{}}
          />
        </Space>
      </Form>
    </Sheet>
  );
}

export const securityWords: Words = {
  'own.codes.make': ['重新生成恢复码', 'Make new recovery codes'],
  'own.codes.help': ['生成后旧的恢复码全部作废', 'The former codes end with that'],
  'own.codes.few': ['恢复码将用完，请重新生成并离线保存', 'Few codes are left; make new ones and keep them offline'],
  'own.oidc': ['统一身份认证', 'Unified identity'],
  'own.oidc.detail': [
    '关联后可经统一身份认证登录；关联前须再次输入口令。',
    'Once linked you can sign in by it; the password is asked for once more.',
  ],
  'own.oidc.link': ['前往关联', 'Link'],
  'own.oidc.unlink': ['解除关联', 'Unlink'],
  'own.oidc.unlink.sure': ['解除后只能用用户名和口令登录。', 'Afterwards you sign in by user name and password only.'],
};
