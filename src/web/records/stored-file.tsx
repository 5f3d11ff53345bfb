import { useState } from 'react';
import { Button } from 'antd';
import { documentRoutes } from '../../modules/documents/files.contract';
import { download } from '../api/client';
import { useAsk } from '../api/hooks';
import { FaultNote } from '../app/faults';
import { useWords } from '../words/language';

interface StoredFileProps {
  id: string | null | undefined;
  label?: string;
  /** Shown by the name under which it was uploaded. */
  named?: boolean;
}

/** Fetches a stored file that a record names by its id. */
export function StoredFile({ id, label, named }: StoredFileProps) {
  const { t } = useWords();
  const about = useAsk(documentRoutes.show, { params: { id: id ?? '' } }, { enabled: Boolean(id) && named === true });
  const [fault, setFault] = useState<Error>();
  if (!id) return <span className="quiet">—</span>;
  const fetchIt = (): void => {
    setFault(undefined);
    download(documentRoutes.content, { params: { id } }).catch((error: unknown) => setFault(error as Error));
  };
  return (
    <>
      <Button type="link" size="small" className="in-line" onClick={fetchIt}>
        {label ?? about.data?.name ?? t('file.fetch')}
      </Button>
      {fault ? <FaultNote error={fault} /> : null}
    </>
  );
}
