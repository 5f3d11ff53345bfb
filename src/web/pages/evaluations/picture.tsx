import { useEffect, useRef, useState } from 'react';
import { Button, Modal } from 'antd';
import { documentRoutes } from '../../../modules/documents/files.contract';
import { fetchFile } from '../../api/client';
import { Waiting } from '../../app/faults';
import { useWords } from '../../words/language';

/** The longest side that is drawn: a photograph of a camera has far more points than a screen. */
const LONGEST = 1600;

/** Draws the bytes onto a canvas: an upload is never an address that the page itself loads. */
async function draw(blob: Blob, canvas: HTMLCanvasElement): Promise<void> {
  const bitmap = await createImageBitmap(blob);
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
}

function Picture({ fileId, name }: { fileId: string; name: string }) {
  const { t } = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [state, setState] = useState<'reading' | 'shown' | 'broken'>('reading');
  useEffect(() => {
    const stop = new AbortController();
    fetchFile(documentRoutes.content, { params: { id: fileId }, signal: stop.signal })
      .then(({ blob }) => (canvas.current ? draw(blob, canvas.current) : undefined))
      .then(() => setState('shown'))
      .catch(() => {
        if (!stop.signal.aborted) setState('broken');
      });
    return () => stop.abort();
  }, [fileId]);
  return (
    <>
      {state === 'reading' ? <Waiting /> : null}
      {state === 'broken' ? <p role="alert">{t('evaluations.evidence.broken')}</p> : null}
      <canvas ref={canvas} className="picture" role="img" aria-label={name} hidden={state !== 'shown'} />
    </>
  );
}

/** Opens a picture that was uploaded. */
export function PictureButton({ fileId, name }: { fileId: string; name: string }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('evaluations.evidence.view')}
      </Button>
      <Modal open={isOpen} title={name} width={900} footer={null} destroyOnHidden onCancel={() => setOpen(false)}>
        <Picture fileId={fileId} name={name} />
      </Modal>
    </>
  );
}
