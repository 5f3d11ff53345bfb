import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { oidcRoutes } from '../../modules/identity/oidc/oidc.contract';
import { sessionRoutes } from '../../modules/identity/sessions/sessions.contract';
import { ask } from '../api/client';
import { FaultNote } from '../app/faults';
import { BrowserNotes } from './browser-notes';
import { chooseLanguage, useWords } from '../words/language';

interface Typed {
  username: string;
  password: string;
  totp?: string;
}

function SignInForm({ entered }: { entered: () => Promise<void> }) {
  const { t } = useWords();
  const [fault, setFault] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const oidc = useQuery({ queryKey: ['oidc'], queryFn: () => ask(oidcRoutes.oidcOffered), staleTime: Infinity });
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      await act();
    } catch (error) {
      setFault(error as Error);
    } finally {
      setBusy(false);
    }
  };
  const submit = ({ username, password, totp }: Typed) =>
    attempt(async () => {
      const code = totp?.trim();
      await ask(sessionRoutes.openSession, {
        body: { username: username.trim(), password, ...(code ? { totp: code } : {}) },
      });
      await entered();
    });
  const leave = () =>
    attempt(async () => {
      const { url } = await ask(oidcRoutes.startOidc);
      window.location.assign(url);
    });
  const needed = [{ required: true, message: t('form.required') }];
  return (
    <Form layout="vertical" requiredMark={false} onFinish={(typed: Typed) => void submit(typed)} disabled={busy}>
      {fault ? <FaultNote error={fault} /> : null}
      <Form.Item name="username" label={t('signIn.username')} rules={needed}>
        <Input autoComplete="username" autoFocus size="large" />
      </Form.Item>
      <Form.Item name="password" label={t('signIn.password')} rules={needed}>
        <Input.Password autoComplete="current-password" size="large" />
      </Form.Item>
      <Form.Item name="totp" label={t('signIn.totp')} extra={t('signIn.totp.help')}>
        <Input autoComplete="one-time-code" inputMode="text" size="large" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block size="large" loading={busy}>
        {t('signIn')}
      </Button>
      {oidc.data?.name ? (
        <Button block size="large" className="second" onClick={() => void leave()}>
          {t('signIn.oidc')}（{oidc.data.name}）
        </Button>
      ) : null}
    </Form>
  );
}

/** The frame of what is shown before one is in. */
export function Threshold({ title, children }: { title: string; children: ReactNode }) {
  const { t, language } = useWords();
  return (
    <main className="threshold">
      <header>
        <img src={new URL('../mark.svg', import.meta.url).href} alt="" width="44" height="44" />
        <div>
          <p className="brand">{t('product')}</p>
          <p>{t('product.long')}</p>
        </div>
      </header>
      <section className="sheet">
        <h1>{title}</h1>
        {children}
      </section>
      <footer>
        <a href={language === 'en' ? '/en/' : '/'}>{t('signIn.public')}</a>
        <Button
          type="link"
          lang={language === 'en' ? 'zh-CN' : 'en'}
          title={t('language.choose')}
          onClick={() => void chooseLanguage(language === 'en' ? 'zh-CN' : 'en')}
        >
          {t('language')}
        </Button>
      </footer>
    </main>
  );
}

/** Signed out here, while the unified sign-in could not be told. */
const isOpenAtProvider = (): boolean => new URLSearchParams(window.location.search).get('still') === 'open';

/** The first page for whoever has no session. */
export function SignInPage({ entered }: { entered: () => Promise<void> }) {
  const { t } = useWords();
  return (
    <Threshold title={t('signIn')}>
      <BrowserNotes />
      {isOpenAtProvider() ? <Alert type="warning" showIcon title={t('signIn.stillOpen')} /> : null}
      <SignInForm entered={entered} />
    </Threshold>
  );
}

/** Over the work that was on the screen, which stays as it is. */
export function SignInAgain({ entered }: { entered: () => Promise<void> }) {
  const { t } = useWords();
  return (
    <Modal open closable={false} footer={null} title={t('signIn.ended')} keyboard={false} mask={{ closable: false }}>
      <p>{t('signIn.ended.detail')}</p>
      <SignInForm entered={entered} />
    </Modal>
  );
}
