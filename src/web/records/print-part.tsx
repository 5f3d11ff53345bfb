import { useRef, type ReactNode } from 'react';
import { Button } from 'antd';
import { useWords } from '../words/language';

/** Something of a screen that is printed by itself, such as a slip to hand over. */
export function PrintPart({ label, children, extra }: { label?: string; children: ReactNode; extra?: ReactNode }) {
  const { t } = useWords();
  const part = useRef<HTMLDivElement>(null);
  const print = (): void => {
    const marked = [document.body, part.current!];
    marked.forEach((e) => e.classList.add('prints-part'));
    const unmark = (): void => {
      marked.forEach((e) => e.classList.remove('prints-part'));
      window.removeEventListener('afterprint', unmark);
    };
    window.addEventListener('afterprint', unmark);
    window.print();
  };
  return (
    <>
      <div ref={part}>{children}</div>
      <div className="act-row no-print">
        <Button onClick={print}>{label ?? t('print')}</Button>
        {extra}
      </div>
    </>
  );
}
