import '../pages/pages.css';
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { useWords } from '../words/language';

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
  return (
    <div className="screen">
      <header>
        <h1>{title}</h1>
        {tags}
        <div className="actions no-print">{actions}</div>
      </header>
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
  return <Button onClick={() => window.print()}>{t('print')}</Button>;
};
