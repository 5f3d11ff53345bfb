import type { ReactNode } from 'react';
import { labelOf, type Field } from '../forms/schema';
import { useWords } from '../words/language';
import { useSay } from '../words/say';
import { writeDay, writeInstant, writeMoney } from '../words/write';
import { isNamed, Named } from './named';
import { StoredFile } from './stored-file';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
/** Code words are lower case, in the manner of contracts; texts that people typed are said as they are. */
const CODE_WORD = /^[a-z]+(-[a-z]+)*$/;
const FILE = /[fF]ileIds?$/;
const ID = /^(.*)Id$/;
const CODES = /^(uscc|licenceNumber|platformNumber|number|sha256)$/;

/** The contract knows which fields hold code words; without it their looks must do. */
const isCode = (value: string, field: Field | undefined): boolean =>
  field ? field.kind === 'choice' || field.kind === 'choices' : CODE_WORD.test(value);

function Values({ name, values, field }: { name: string; values: readonly unknown[]; field?: Field }): ReactNode {
  const { t, language } = useWords();
  if (values.length === 0) return t('none');
  const one = (value: unknown) => <Value name={name} value={value} field={field?.item ?? field} />;
  if (values.every((v) => typeof v !== 'object' || v === null)) {
    return values.map((value, n) => (
      <span key={String(value)}>
        {n > 0 ? (language === 'en' ? ', ' : '、') : ''}
        {one(value)}
      </span>
    ));
  }
  return (
    <ul className="values">
      {values.map((value, n) => (
        <li key={n}>{one(value)}</li>
      ))}
    </ul>
  );
}

/** Any value of a record in words: days and instants as they are written, code words as terms, money as 元. */
export function Value({ name, value, field }: { name: string; value: unknown; field?: Field }): ReactNode {
  const { t, language } = useWords();
  const say = useSay();
  const inside = (key: string) => field?.fields.find((f) => f.name === key) ?? { name: key, said: undefined };
  if (value === null || value === undefined || value === '') return <span className="quiet">—</span>;
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (typeof value === 'number') return /fen$/i.test(name) ? writeMoney(value, language) : String(value);
  if (typeof value === 'string') {
    if (DAY.test(value)) return writeDay(value, language);
    if (INSTANT.test(value)) return writeInstant(value, language);
    if (FILE.test(name)) return <StoredFile id={value} />;
    const of = ID.exec(name)?.[1];
    if (of !== undefined && isNamed(of)) return <Named of={of} id={value} />;
    if (CODES.test(name)) return <span className="code">{value}</span>;
    return isCode(value, field) ? say(name, value, field?.options.find((o) => o.value === value)?.said) : value;
  }
  if (Array.isArray(value)) return <Values name={name} values={value as unknown[]} field={field} />;
  const pairs: [string, unknown][] = Object.entries(value);
  return (
    <dl className="values">
      {pairs
        .filter(([, inner]) => inner !== null)
        .map(([key, inner]) => (
          <div key={key}>
            <dt>{labelOf(inside(key), t, language)}</dt>
            <dd>
              <Value name={key} value={inner} field={field?.fields.find((f) => f.name === key)} />
            </dd>
          </div>
        ))}
    </dl>
  );
}
