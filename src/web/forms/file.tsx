import { useState } from 'react';
import { Button, Upload } from 'antd';
import { documentRoutes } from '../../modules/documents/files.contract';
import { ask, download } from '../api/client';
import { FaultNote } from '../app/faults';
import { useWords } from '../words/language';

/** Stores a file and keeps its id; the service judges its kind. */
export function FileField({
  value,
  onChange,
  id,
}: {
  value?: string;
  onChange?: (id: string | undefined) => void;
  id?: string;
}) {
  const { t } = useWords();
  const [name, setName] = useState<string>();
  const [fault, setFault] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const store = async (file: File): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      const stored = await ask(documentRoutes.store, { file });
      setName(stored.name);
      onChange?.(stored.id);
    } catch (error) {
      setFault(error as Error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Upload
        id={id}
        showUploadList={false}
        beforeUpload={(file) => {
          void store(file);
          return false;
        }}
      >
        <Button loading={busy}>{t('form.file.choose')}</Button>
      </Upload>{' '}
      {value ? (
        <>
          <Button type="link" onClick={() => void download(documentRoutes.content, { params: { id: value } })}>
            {name ?? t('form.file.stored')}
          </Button>
          <Button type="link" danger onClick={() => onChange?.(undefined)}>
            {t('remove')}
          </Button>
        </>
      ) : null}
      {fault ? <FaultNote error={fault} /> : null}
    </>
  );
}
