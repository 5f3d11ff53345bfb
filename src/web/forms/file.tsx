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
  const [stored, setStored] = useState<{ id: string; name: string }>();
  const [fault, setFault] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const store = async (file: File): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      const made = await ask(documentRoutes.store, { file });
      setStored({ id: made.id, name: made.name });
      onChange?.(made.id);
    } catch (error) {
      setFault(error as Error);
    } finally {
      setBusy(false);
    }
  };
  const fetchIt = (file: string): void => {
    setFault(undefined);
    download(documentRoutes.content, { params: { id: file } }).catch((error: unknown) => setFault(error as Error));
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
          <Button type="link" onClick={() => fetchIt(value)}>
            {stored?.id === value ? stored.name : t('form.file.stored')}
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
