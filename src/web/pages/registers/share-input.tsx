import { useState } from 'react';
import { Input } from 'antd';

const HUNDRED = 100;
const read = (text: string): number | string | undefined => {
  const match = /^\s*(\d{1,3})(?:[.．](\d{1,2}))?\s*%?\s*$/.exec(text);
  if (match) return Number(match[1]) * HUNDRED + Number((match[2] ?? '').padEnd(2, '0'));
  return text.trim() === '' ? undefined : text;
};
const write = (value: unknown): string => {
  if (typeof value === 'number') return String(value / HUNDRED);
  return typeof value === 'string' ? value : '';
};

/** A share typed in percent and kept in hundredths of it; what is no share goes on as it is, for the contract to refuse. */
export function ShareInput(props: { value?: unknown; onChange?: (value: unknown) => void; id?: string }) {
  const [text, setText] = useState(() => write(props.value));
  return (
    <Input
      id={props.id}
      inputMode="decimal"
      suffix="%"
      value={text}
      onChange={(e) => {
        setText(e.target.value);
        props.onChange?.(read(e.target.value));
      }}
    />
  );
}
