import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Select, Spin } from 'antd';
import { FaultNote } from '../app/faults';
import { useNames } from '../records/name';
import { pickers } from './pickers';

const PAUSE_MS = 250;

/** Finds several records by name, code or number and keeps their ids, in the order in which they were chosen. */
export function PickMany(props: {
  of: string;
  value?: string[];
  onChange?: (ids: string[]) => void;
  id?: string;
  placeholder?: string;
}) {
  const { of, value = [], onChange, id, placeholder } = props;
  const [text, setText] = useState('');
  const [timer, setTimer] = useState<ReturnType<typeof setTimeout>>();
  const found = useQuery({ queryKey: ['pick', of, text], queryFn: () => pickers[of]!.find(text), staleTime: 30_000 });
  const names = useNames(of, value);
  const options = found.data ?? [];
  const missing = value.filter((one) => !options.some((o) => o.value === one));
  return (
    <Select
      id={id}
      mode="multiple"
      allowClear
      placeholder={placeholder}
      showSearch={{
        filterOption: false,
        onSearch: (typed) => {
          clearTimeout(timer);
          setTimer(setTimeout(() => setText(typed), PAUSE_MS));
        },
      }}
      value={value}
      onChange={onChange}
      // A refusal is no empty list.
      notFoundContent={
        found.isFetching ? <Spin size="small" /> : found.error ? <FaultNote error={found.error} /> : undefined
      }
      options={[...missing.map((one) => ({ value: one, label: names.get(one) ?? one })), ...options]}
    />
  );
}

/** One or several of what the screen itself knows, found by what they are called. */
export function PickAmong(props: {
  options: readonly { value: string; label: string; disabled?: boolean }[];
  many?: boolean;
  value?: string | string[];
  onChange?: (value: never) => void;
  id?: string;
  placeholder?: string;
}) {
  const { options, many, ...rest } = props;
  return (
    <Select
      {...(rest as object)}
      mode={many ? 'multiple' : undefined}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      options={[...options]}
    />
  );
}
