import type { ReactNode } from 'react';
import { Alert, Button, Spin } from 'antd';
import { isRouteErrorResponse, Link, useRouteError } from 'react-router';
import { Refused, Unreached } from '../api/fault';
import { useWords } from '../words/language';
import { useRuleWords } from '../words/rules';
import { inPlainWords } from '../words/plain';

interface RuleSaid {
  title: string;
  required: string;
  measured: string;
  met: boolean;
  cure: string | null;
  en?: Omit<RuleSaid, 'met' | 'en'>;
}

/** Rules that a refusal names as not met, each with what would meet it. */
function UnmetRules({ rules }: { rules: unknown }) {
  const { t } = useWords();
  const { result } = useRuleWords();
  const unmet = (Array.isArray(rules) ? (rules as RuleSaid[]) : []).filter((r) => !r.met).map(result);
  if (unmet.length === 0) return null;
  return (
    <ul className="faults">
      {unmet.map((r) => (
        <li key={r.title}>
          {t('fault.rule', { title: r.title, required: r.required, measured: r.measured })}
          {r.cure ? ` ${inPlainWords(r.cure)}` : ''}
        </li>
      ))}
    </ul>
  );
}

/** What went wrong in the service's own words, with the cure; for any place on a page. */
export function FaultNote({ error, retry }: { error: Error; retry?: () => void }) {
  const { t, language } = useWords();
  const again = retry ? <Button onClick={retry}>{t('retry')}</Button> : undefined;
  if (error instanceof Refused) {
    const faults = error.errors.map((e) => (language === 'en' ? (e.detailEn ?? e.detail) : e.detail));
    return (
      <Alert
        type={error.status >= 500 ? 'error' : 'warning'}
        showIcon
        role="alert"
        title={error.title}
        description={
          <>
            <p>{inPlainWords(error.detail)}</p>
            {faults.length > 0 ? (
              <ul className="faults">
                {faults.map((f) => (
                  <li key={f}>{f}</li>
                ))}
              </ul>
            ) : null}
            <UnmetRules rules={error.more['rules']} />
            {error.requestId && error.status >= 500 ? (
              <p className="quiet">{t('fault.request', { id: error.requestId })}</p>
            ) : null}
          </>
        }
        action={again}
      />
    );
  }
  const [title, detail] =
    error instanceof Unreached
      ? [t('fault.unreached'), t('fault.unreached.detail')]
      : [t('fault.crash'), String(error.message)];
  return <Alert type="error" showIcon role="alert" title={title} description={detail} action={again} />;
}

export function Waiting() {
  const { t } = useWords();
  return (
    <div className="waiting" role="status" aria-label={t('loading')}>
      <Spin />
    </div>
  );
}

/** A page that says what is the matter and where to go. */
function Notice({ title, detail, children }: { title: string; detail?: string; children: ReactNode }) {
  return (
    <section className="notice">
      <h1>{title}</h1>
      {detail ? <p>{detail}</p> : null}
      {children}
    </section>
  );
}

export function NotFound() {
  const { t } = useWords();
  return (
    <Notice title={t('notFound.title')} detail={t('notFound.detail')}>
      <Link to="/">{t('home')}</Link>
    </Notice>
  );
}

/** A script that is gone after an update says so; any other crash shows its text. */
export function RouteFault() {
  const { t } = useWords();
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  const text = error instanceof Error ? error.message : String(error);
  const isUpdate = /dynamically imported module|module script/i.test(text);
  return (
    <Notice
      title={isUpdate ? t('fault.update') : t('fault.crash')}
      detail={isUpdate ? undefined : t('fault.crash.detail')}
    >
      {isUpdate ? null : <pre className="crash">{text}</pre>}
      <Button type="primary" onClick={() => window.location.reload()}>
        {t('reload')}
      </Button>
    </Notice>
  );
}
