import { useState } from 'react';
import { Button, Upload } from 'antd';
import { documentRoutes } from '../../../modules/documents/files.contract';
import { ask, download } from '../../api/client';
import { FaultNote } from '../../app/faults';
import { useWords } from '../../words/language';

/** Several files in one field: each is stored as it is chosen, its id is kept. */
export function FileList(props: { value?: readonly string[]; onChange?: (ids: string[]) => void; id?: string }) {
  const { value = [], onChange, id } = props;
  const { t } = useWords();
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const [fault, setFault] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const store = async (files: readonly File[]): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    const ids = [...value];
    try {
      for (const file of files) {
        const stored = await ask(documentRoutes.store, { file });
        setNames((known) => ({ ...known, [stored.id]: stored.name }));
        if (!ids.includes(stored.id)) ids.push(stored.id);
      }
    } catch (error) {
      setFault(error as Error);
    }
    setBusy(false);
    onChange?.(ids);
  };
  return (
    <>
      <Upload
        id={id}
        multiple
        showUploadList={false}
        beforeUpload={(file, files) => {
          // The list comes once for every file of it.
          if (file === files[files.length - 1]) void store(files);
          return false;
        }}
      >
        <Button loading={busy}>{t('form.file.choose')}</Button>
      </Upload>
      <ul className="faults">
        {value.map((one, n) => (
          <li key={one}>
            <Button type="link" onClick={() => void download(documentRoutes.content, { params: { id: one } })}>
              {names[one] ?? `${t('form.file.stored')} ${n + 1}`}
            </Button>
            <Button type="link" danger onClick={() => onChange?.(value.filter((x) => x !== one))}>
              {t('remove')}
            </Button>
          </li>
        ))}
      </ul>
      {fault ? <FaultNote error={fault} /> : null}
    </>
  );
}
