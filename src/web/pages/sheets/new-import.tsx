import { useState } from 'react';
import { Alert, Button, Input, Radio, Space, Upload } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';
import { importKinds, importRoutes, type ImportKind } from '../../../modules/imports/imports.contract';
import { ask, download } from '../../api/client';
import { FaultNote } from '../../app/faults';
import { useStanding } from '../../app/session';
import { Pick } from '../../forms/pick';
import { Page, Sheet } from '../../records/page';
import { useWords } from '../../words/language';
import { useSay } from '../../words/say';

const isKind = (text: string | null): text is ImportKind => (importKinds as readonly string[]).includes(text ?? '');

interface Choice {
  institutionId?: string;
  from?: string;
  paper?: string;
  sheet?: string;
}

function Template({ kind }: { kind: ImportKind }) {
  const { t } = useWords();
  const [fault, setFault] = useState<Error>();
  const fetchAs = (format: 'xlsx' | 'csv') =>
    download(importRoutes.template, { params: { kind }, query: { format } }).catch((e: unknown) =>
      setFault(e as Error),
    );
  return (
    <Sheet title={t('step.template')}>
      <p className="quiet">{t('step.template.help')}</p>
      <Space wrap>
        <Button onClick={() => void fetchAs('xlsx')}>{t('step.template.xlsx')}</Button>
        <Button onClick={() => void fetchAs('csv')}>{t('step.template.csv')}</Button>
      </Space>
      {fault ? <FaultNote error={fault} /> : null}
    </Sheet>
  );
}

function Choices(props: { kind: ImportKind; choice: Choice; change: (part: Choice) => void }) {
  const { kind, choice, change } = props;
  const { t } = useWords();
  const { post } = useStanding();
  const line = (name: 'paper' | 'sheet') => (
    <div className="field">
      <label htmlFor={`upload-${name}`}>{t(`upload.${name}`)}</label>
      <Input
        id={`upload-${name}`}
        value={choice[name] ?? ''}
        onChange={(e) => change({ [name]: e.target.value || undefined })}
      />
    </div>
  );
  return (
    <div className="narrow">
      {kind === 'staff' && post?.institutionId === null ? (
        <div className="field">
          <label htmlFor="upload-institution">{t('upload.institution')}</label>
          <Pick
            of="institution"
            id="upload-institution"
            value={choice.institutionId}
            onChange={(institutionId) => change({ institutionId })}
          />
        </div>
      ) : null}
      <div className="field">
        <label htmlFor="upload-from">{t('upload.from')}</label>
        <Input
          id="upload-from"
          type="date"
          value={choice.from ?? ''}
          onChange={(e) => change({ from: e.target.value || undefined })}
        />
      </div>
      {line('paper')}
      {line('sheet')}
    </div>
  );
}

function UploadSheet({ kind, institutionId }: { kind: ImportKind; institutionId: string | undefined }) {
  const { t } = useWords();
  const { post } = useStanding();
  const navigate = useNavigate();
  const [choice, setChoice] = useState<Choice>({ institutionId });
  const [file, setFile] = useState<File>();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Error>();
  const isMissing = kind === 'staff' && post?.institutionId === null && choice.institutionId === undefined;
  const send = async (): Promise<void> => {
    setBusy(true);
    setFault(undefined);
    try {
      const query = { ...choice, institutionId: kind === 'staff' ? choice.institutionId : undefined };
      const begun = await ask(importRoutes.upload, { params: { kind }, query, file });
      void navigate(`/imports/${begun.id}${begun.repeated ? '?repeated=true' : ''}`);
    } catch (error) {
      setFault(error as Error);
      setBusy(false);
    }
  };
  return (
    <Sheet title={t('step.upload')}>
      <p className="quiet">{t('step.upload.help')}</p>
      <Choices kind={kind} choice={choice} change={(part) => setChoice({ ...choice, ...part })} />
      <Space wrap>
        <Upload
          showUploadList={false}
          accept=".xlsx,.csv"
          beforeUpload={(chosen) => {
            setFile(chosen);
            setFault(undefined);
            return false;
          }}
        >
          <Button>{t('upload.choose')}</Button>
        </Upload>
        {file ? <strong>{file.name}</strong> : null}
        <Button type="primary" disabled={!file || isMissing} loading={busy} onClick={() => void send()}>
          {t('upload.go')}
        </Button>
      </Space>
      {isMissing && file ? <p className="late">{t('upload.institutionFirst')}</p> : null}
      {busy ? <p role="status">{t('upload.busy')}</p> : null}
      {fault ? <FaultNote error={fault} /> : null}
    </Sheet>
  );
}

/** From the choice of what is imported to the upload that is checked. */
export function NewImport() {
  const { t } = useWords();
  const say = useSay();
  const { post } = useStanding();
  const [search, setSearch] = useSearchParams();
  // An institution brings in its own staff and nothing else.
  const kinds: readonly ImportKind[] = post?.role === 'institution' ? ['staff'] : importKinds;
  const asked = search.get('kind');
  const kind = isKind(asked) && kinds.includes(asked) ? asked : kinds[0]!;
  return (
    <Page title={t('imports.new')}>
      <Sheet title={t('step.kind')}>
        <Radio.Group
          value={kind}
          onChange={(e) => setSearch({ kind: e.target.value as string }, { replace: true })}
          options={kinds.map((value) => ({ value, label: say('import-kind', value) }))}
        />
        <Alert type="info" title={say('import-kind-help', kind)} />
      </Sheet>
      <Template kind={kind} />
      <UploadSheet key={kind} kind={kind} institutionId={search.get('institutionId') ?? undefined} />
    </Page>
  );
}
