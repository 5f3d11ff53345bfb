import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Select, Spin } from 'antd';
import { FaultNote } from '../app/faults';
import { pickers, type Found } from './pickers';

const PAUSE_MS = 250;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Finds a record by name, code or number and keeps its id. */
export function Pick(props: { of: string; value?: string; onChange?: (id: string | undefined) => void; id?: string }) {
  const { of, value, onChange, id } = props;
  const picker = pickers[of]!;
  const [text, setText] = useState('');
  const found = useQuery({
    queryKey: ['pick', of, text],
    queryFn: () => picker.find(text),
    staleTime: 30_000,
    // What is on the list stays until the next is there: nobody clicks at what has just gone.
    placeholderData: (before) => before,
  });
  const named = useQuery({
    queryKey: ['picked', of, value],
    queryFn: () => picker.name(value!),
    enabled: value !== undefined && value !== '',
    staleTime: Infinity,
    retry: false,
  });
  const options: Found[] = found.data ?? [];
  const here = value !== undefined && !options.some((o) => o.value === value);
  return (
    <Select
      id={id}
      allowClear
      showSearch={{
        filterOption: false,
        onSearch: (typed) => {
          clearTimeout(timer);
          timer = setTimeout(() => setText(typed), PAUSE_MS);
        },
      }}
      value={value}
      onChange={onChange}
      // A refusal is no empty list.
      notFoundContent={
        found.isFetching ? <Spin size="small" /> : found.error ? <FaultNote error={found.error} /> : undefined
      }
      options={here ? [{ value: value, label: named.data ?? value }, ...options] : options}
    />
  );
}
