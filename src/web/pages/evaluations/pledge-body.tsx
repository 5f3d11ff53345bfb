import { useState } from 'react';
import { Alert, App, Button, Space, Tag } from 'antd';
import { pledgeRoutes, type PledgeView } from '../../../modules/pledges/pledges.contract';
import { download } from '../../api/client';
import { maySignHere } from '../../app/browser';
import { FaultNote } from '../../app/faults';
import { ActButton } from '../../records/act-button';
import { useWords } from '../../words/language';
import { State, useSay } from '../../words/say';
import { writeInstant } from '../../words/write';

type Signer = PledgeView['signers'][number];

/** The exact command that the signer runs on the own computer. */
const commandFor = (pledge: PledgeView, signer: Signer): string =>
  `npm run sign -- --url ${window.location.origin} --api-key-file key.txt --pledge ${pledge.id} --signer ${signer.partyId} --key own.pem --new-key`;

function Command({ pledge, signer }: { pledge: PledgeView; signer: Signer }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const command = commandFor(pledge, signer);
  return (
    <section className="how">
      <h3>{t('pledges.how')}</h3>
      <p>{t('pledges.how.detail')}</p>
      <pre className="command" tabIndex={0}>
        {command}
      </pre>
      {maySignHere() ? (
        <Button
          size="small"
          onClick={() => void navigator.clipboard.writeText(command).then(() => message.success(t('pledges.copied')))}
        >
          {t('pledges.copy')}
        </Button>
      ) : (
        <p className="quiet">{t('pledges.how.plain')}</p>
      )}
    </section>
  );
}

function Signers({ pledge }: { pledge: PledgeView }) {
  const { t, language } = useWords();
  const say = useSay();
  return (
    <ul className="signers">
      {pledge.signers.map((s) => (
        <li key={s.no}>
          <strong>{s.name}</strong> <span className="quiet">{say('signer-kind', s.kind)}</span>{' '}
          {s.signedAt ? (
            <Tag color="green">{`${t('pledges.signed')} ${writeInstant(s.signedAt, language)}`}</Tag>
          ) : (
            <Tag color="gold">{t('pledges.unsigned')}</Tag>
          )}
        </li>
      ))}
    </ul>
  );
}

/** One pledge: who signed and who did not, its file, and how it is signed. */
export function PledgeBody({ pledge }: { pledge: PledgeView }) {
  const { t, language } = useWords();
  const [fault, setFault] = useState<Error>();
  const signed = pledge.signers.filter((s) => s.signedAt !== null).length;
  const own = pledge.signers.find((s) => s.may.includes('sign') && s.signedAt === null);
  return (
    <div className="pledge">
      <Space wrap>
        <State of="pledge" value={pledge.state} />
        <span>{t('pledges.progress', { signed, all: pledge.signers.length })}</span>
        <span className="quiet">{`${t('pledges.preparedAt')} ${writeInstant(pledge.preparedAt, language)}`}</span>
        {pledge.completedAt ? (
          <span className="quiet">{`${t('pledges.completedAt')} ${writeInstant(pledge.completedAt, language)}`}</span>
        ) : null}
      </Space>
      {pledge.voidReason ? <p className="quiet">{`${t('pledges.voidReason')}：${pledge.voidReason}`}</p> : null}
      <Signers pledge={pledge} />
      {pledge.state === 'complete' && !pledge.licensed ? (
        <Alert type="warning" showIcon title={t('pledges.unlicensed')} />
      ) : null}
      <p className="quiet">
        {t('pledges.sha')} <span className="code wrap">{pledge.fileSha256}</span>
      </p>
      <Space wrap>
        <Button
          onClick={() => {
            setFault(undefined);
            download(pledgeRoutes.file, { params: { id: pledge.id } }).catch((e: unknown) => setFault(e as Error));
          }}
        >
          {t('pledges.file')}
        </Button>
        {pledge.may.includes('void') ? (
          <ActButton danger label={t('pledges.void')} route={pledgeRoutes.void} params={{ id: pledge.id }} />
        ) : null}
      </Space>
      {fault ? <FaultNote error={fault} /> : null}
      {own ? <Command pledge={pledge} signer={own} /> : null}
    </div>
  );
}
