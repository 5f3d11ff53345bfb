import { Button } from 'antd';
import { documentRoutes } from '../../modules/documents/files.contract';
import { download } from '../api/client';
import { useWords } from '../words/language';

/** Fetches a stored file that a record names by its id. */
export function StoredFile({ id, label }: { id: string | null | undefined; label?: string }) {
  const { t } = useWords();
  if (!id) return <span className="quiet">—</span>;
  return (
    <Button
      type="link"
      size="small"
      className="in-line"
      onClick={() => void download(documentRoutes.content, { params: { id } })}
    >
      {label ?? t('file.fetch')}
    </Button>
  );
}
