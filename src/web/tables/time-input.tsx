import { useEffect, useRef, useState } from 'react';
import { Input } from 'antd';

/** So long after the last key a day counts as typed. */
const PAUSE_MS = 1_200;

/**
 * A day or minute that a list or record is asked by. A browser calls half a year (0020) or the first digit of a day a
 * value already; nothing is asked before the typing is over, so that no page is changed under the typing hand.
 */
export function TimeInput(props: { type: 'date' | 'datetime-local'; value: string; choose: (value: string) => void }) {
  const { type, value, choose } = props;
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const isWhole = (text: string): boolean => text === '' || Number(text.slice(0, 4)) >= 1900;
  const settle = (text: string): void => {
    clearTimeout(timer.current);
    if (text !== value && isWhole(text)) choose(text);
  };
  return (
    <Input
      type={type}
      className="filter"
      max={type === 'date' ? '2199-12-31' : '2199-12-31T23:59'}
      value={typed}
      onChange={(e) => {
        const text = e.target.value;
        setTyped(text);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => settle(text), PAUSE_MS);
      }}
      onBlur={() => settle(typed)}
      onPressEnter={() => settle(typed)}
    />
  );
}
