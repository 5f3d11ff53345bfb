import { Button } from 'antd';
import { useWords } from '../words/language';

type Cursor = string | null | undefined;

/** Turns the pages of a sheet inside a record, whose place stands in no address. */
export function Pager({
  previous,
  next,
  turn,
}: {
  previous: Cursor;
  next: Cursor;
  turn: (cursor: string | undefined) => void;
}) {
  const { t } = useWords();
  return (
    <div className="pager">
      <Button disabled={!previous} onClick={() => turn(previous ?? undefined)}>
        {t('table.previous')}
      </Button>
      <Button disabled={!next} onClick={() => turn(next ?? undefined)}>
        {t('table.next')}
      </Button>
    </div>
  );
}
