import '../pages/pages.css';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useIsFetching } from '@tanstack/react-query';
import { flushSync } from 'react-dom';
import { Button } from 'antd';
import { Link, useLocation } from 'react-router';
import { instant, instantText } from '../../kernel/pure/time';
import { areas } from '../app/area';
import { now } from '../app/browser';
import { useStanding } from '../app/session';
import { useWords } from '../words/language';
import { useSay } from '../words/say';
import { writeInstant } from '../words/write';

const COLUMN = { 'zh-CN': 0, en: 1 } as const;
const arrived: { at: string | undefined } = { at: undefined };

/**
 * The window is named after the screen, and whoever comes from another screen begins at its heading, by keyboard and by
 * ear. A screen that only reads anew leaves the focus where it is.
 */
function useHeading() {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const text = heading.current?.textContent ?? '';
    document.title = text === '' ? t('product') : `${text} · ${t('product')}`;
  });
  useEffect(() => {
    const isArrival = arrived.at !== undefined && arrived.at !== pathname;
    arrived.at = pathname;
    if (!isArrival) return;
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [pathname]);
  return heading;
}

/** From a record back to its list. */
function Crumbs() {
  const { t, language } = useWords();
  const { pathname } = useLocation();
  const [base, ...rest] = pathname.split('/').slice(1);
  const place = areas.flatMap((area) => area.places).find((p) => p.base === base && p.base !== '' && !p.hidden);
  if (!place || rest.filter((part) => part !== '').length === 0) return null;
  return (
    <nav className="crumbs no-print" aria-label={t('crumbs')}>
      <Link to={`/${place.base}`}>← {place.label[COLUMN[language]]}</Link>
    </nav>
  );
}

/** On paper alone: whose record it is, who printed it and when, as it was when it went to the printer. */
function PrintedBy() {
  const { t, language } = useWords();
  const say = useSay();
  const { session, post } = useStanding();
  const [at, setAt] = useState(now);
  useEffect(() => {
    // The paper is laid out as soon as this returns.
    const stamp = (): void => flushSync(() => setAt(now()));
    window.addEventListener('beforeprint', stamp);
    return () => window.removeEventListener('beforeprint', stamp);
  }, []);
  const role = post ? say('role', post.role) : '';
  return (
    <p className="print-only quiet">
      {t('print.by', {
        unit: [session.authority?.name, post?.office].filter(Boolean).join(' ') || '—',
        name: role === '' ? session.account.name : `${session.account.name}（${role}）`,
        at: writeInstant(instantText(instant(at)), language),
      })}
    </p>
  );
}

/** A screen: its heading, what can be done there, and its sheets. */
export function Page({
  title,
  tags,
  actions,
  children,
}: {
  title: ReactNode;
  tags?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const heading = useHeading();
  return (
    <div className="screen">
      <Crumbs />
      <header>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {tags}
        <div className="actions no-print">{actions}</div>
      </header>
      <PrintedBy />
      {children}
    </div>
  );
}

/** A part of a screen. */
export function Sheet({ title, extra, children }: { title?: ReactNode; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="sheet">
      {title === undefined ? null : (
        <div className="sheet-head">
          <h2>{title}</h2>
          {extra}
        </div>
      )}
      {children}
    </section>
  );
}

export const PrintButton = () => {
  const { t } = useWords();
  // A paper does not go out before everything on it was read.
  const isReading = useIsFetching() > 0;
  return (
    <Button disabled={isReading} onClick={() => window.print()}>
      {t('print')}
    </Button>
  );
};
